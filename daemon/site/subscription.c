/* Calendars to subscribe to: the plan, as sync would put it into a calendar, in one file. What
 * people wrote into an event stays in its calendar, also where the series shares it with the other
 * councils (promise 11): who subscribes is nobody of the council. */
#include "site/subscription.h"

#include <string.h>

#include "base/encode.h"
#include "base/text.h"
#include "control/addresses.h"
#include "ical/feed.h"
#include "model/catalogue.h"
#include "sync/posting.h"

static const int REFRESH_HOURS = 6; /* a plan changes a few times a month */

void
tn_subscription_free (TnSubscription *subscription)
{
  if (subscription == NULL)
    return;
  g_free (subscription->collaboration);
  g_free (subscription->council);
  g_free (subscription->role);
  g_free (subscription);
}

/**
 * tn_subscription_parse:
 * @reference: `7by`, `7by/odense` or `7by/odense/host`; `+milestones` behind it for duties, too
 *
 * Errors: %TN_ERROR_INVALID when the charters do not know a part of it.
 * Returns: (transfer full) (nullable)
 */
TnSubscription *
tn_subscription_parse (const char *reference, const TnRulebook *rulebook, GError **error)
{
  static const char DUTIES[] = "+milestones";
  if (!tn_addresses_check_target (reference, rulebook, error))
    return NULL;
  gboolean shows_milestones = g_str_has_suffix (reference, DUTIES);
  g_autofree char *bare
      = g_strndup (reference, strlen (reference) - (shows_milestones ? strlen (DUTIES) : 0));
  g_auto (GStrv) parts = g_strsplit (bare, "/", 4);
  TnSubscription *subscription = g_new0 (TnSubscription, 1);
  subscription->collaboration = g_strdup (parts[0]);
  subscription->council = g_strdup (parts[1]);
  subscription->role = parts[1] != NULL ? g_strdup (parts[2]) : NULL;
  subscription->shows_milestones = shows_milestones;
  return subscription;
}

/**
 * tn_subscription_dup_name:
 *
 * Returns: (transfer full): what the calendar is called in the programs of those who subscribe
 */
char *
tn_subscription_dup_name (const TnSubscription *subscription, const TnPlan *plan)
{
  const TnCollaboration *collaboration
      = tn_rulebook_find_collaboration (tn_plan_get_rulebook (plan), subscription->collaboration);
  TnLanguage language = collaboration->language;
  if (subscription->council == NULL)
    return g_strdup (collaboration->name);
  const char *council = tn_collaboration_get_council_name (collaboration, subscription->council);
  if (subscription->role == NULL)
    return g_strdup_printf (tn_say_in (language, "calendar", "%s: %s"), collaboration->name,
                            council);
  return g_strdup_printf (tn_say_in (language, "calendar", "%s: %s (%s)"), collaboration->name,
                          council, tn_word_for_role (language, subscription->role));
}

/* The calendar that sync would keep for it. */
static TnCalendar *
make_calendar (const TnSubscription *subscription)
{
  const char *collaborations[] = { subscription->collaboration, NULL };
  const char *roles[] = { subscription->role, NULL };
  TnCalendar *calendar = tn_calendar_new ("subscription", "");
  calendar->council = g_strdup (subscription->council);
  calendar->shared = subscription->council == NULL;
  calendar->wants_milestones = subscription->shows_milestones;
  g_strfreev (calendar->collaborations);
  calendar->collaborations = g_strdupv ((char **) collaborations);
  g_strfreev (calendar->roles);
  calendar->roles = g_strdupv ((char **) roles);
  return calendar;
}

static gboolean
concerns (const TnDecision *decision, const TnPosting *posting)
{
  const TnOccurrence *occurrence = posting->occurrence;
  const TnMilestone *milestone = posting->milestone;
  return g_strcmp0 (decision->series, occurrence->series->id) == 0
         && g_strcmp0 (decision->collaboration, occurrence->collaboration->id) == 0
         && (g_strcmp0 (decision->cycle, occurrence->cycle_text) == 0
             || g_strcmp0 (decision->other_cycle, occurrence->cycle_text) == 0)
         && g_strcmp0 (decision->site, occurrence->site) == 0
         && (decision->milestone == NULL
             || (milestone != NULL && strcmp (decision->milestone, milestone->id) == 0));
}

/* By the ledger, which all daemons share, and no clock: the last decision on it, and how many there
 * were. What nobody decided on yet bears a day that never changes. */
static void
date_entry (TnFeedEntry *entry, const TnPosting *posting, const TnLedger *ledger)
{
  TnDate last = tn_date_new (2000, 1, 1);
  for (guint i = 0; i < tn_ledger_get_size (ledger); i++)
    {
      const TnDecision *decision = tn_ledger_get (ledger, i);
      if (!concerns (decision, posting))
        continue;
      last = MAX (last, decision->on);
      entry->sequence += decision->kind != TN_DECISION_PLACED;
    }
  entry->changed_us = (gint64) last * G_TIME_SPAN_DAY;
}

/* As it stands in a calendar, without what is for daemons and what people wrote, and with what a
 * program that shows no status would leave out. */
static void
bare_event (TnEvent *event, const TnPosting *posting)
{
  TnLanguage language = posting->occurrence->collaboration->language;
  tn_text_set (&event->text, event->note);
  tn_text_set (&event->note, "");
  tn_text_set (&event->key, NULL);
  tn_text_set (&event->placed, NULL);
  if (event->status != TN_EVENT_TENTATIVE)
    return;
  g_autofree char *title
      = g_strdup_printf (tn_say_in (language, "title", "%s (proposed date)"), event->title);
  tn_text_set (&event->title, title);
}

/**
 * tn_subscription_write:
 * @publish: days that are shown, as events are created in calendars
 *
 * The same plan gives the same bytes, whenever it is asked for.
 *
 * Source: design section 6, promises 4, 9 and 11.
 * Returns: (transfer full): iCalendar
 */
GBytes *
tn_subscription_write (const TnSubscription *subscription, const TnPlan *plan, TnSpan publish)
{
  g_autoptr (TnCalendar) calendar = make_calendar (subscription);
  g_autoptr (GPtrArray) postings = tn_posting_list (plan, calendar, publish, NULL);
  g_autoptr (GArray) entries = g_array_new (FALSE, TRUE, sizeof (TnFeedEntry));
  for (guint i = 0; i < postings->len; i++)
    {
      TnPosting *posting = g_ptr_array_index (postings, i);
      if (!posting->may_create || (posting->milestone != NULL && !subscription->shows_milestones))
        continue;
      TnFeedEntry entry = { .event = posting->event };
      date_entry (&entry, posting, tn_plan_get_ledger (plan));
      bare_event (posting->event, posting);
      g_array_append_val (entries, entry);
    }
  g_autofree char *name = tn_subscription_dup_name (subscription, plan);
  return tn_feed_write (name, REFRESH_HOURS, (const TnFeedEntry *) (gpointer) entries->data,
                        entries->len);
}

/**
 * tn_subscription_dup_etag:
 *
 * Returns: (transfer full): 32 digits that differ when the bytes do
 */
char *
tn_subscription_dup_etag (GBytes *bytes)
{
  g_autofree char *hash
      = tn_encode_sha256 (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  return g_strndup (hash, 32);
}
