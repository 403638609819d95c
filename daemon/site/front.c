/* The front of one publisher: what readers ask comes in here. Numbers and subscriptions are
 * answered at once; all else is a page of the site, or none. */
#include "site/front.h"

#include <string.h>

#include "base/error.h"
#include "control/addresses.h"
#include "site/crossing.h"
#include "site/metrics.h"
#include "site/subscription.h"

/* So long a calendar may show what it has; it asks by ETag then. Source: REFRESH-INTERVAL. */
static const char CALENDAR_CACHING[] = "private, max-age=900";
static const char CALENDAR[] = ".ics";
static const char SECRET[] = "/s/";        /* tn_addresses_dup_path() */
static const char OPEN[] = "/c/";          /* site/subscribe-page.c */
static const char DUTIES[] = "milestones"; /* of the query: 1 for duties as well */

struct _TnFront
{
  TnDesk *desk;               /* (owned) */
  char *id;                   /* (owned) of the publisher */
  const TnPulse *pulse;       /* (unowned) (nullable) outlives us */
  TnWebsite *website;         /* (owned) */
  TnPublication *publication; /* (owned) (nullable) while it is open */
  gboolean is_secret;
  gboolean shows_metrics;
};

/* An answer that is under way holds it. */
static void
clear (gpointer pointer)
{
  TnFront *front = pointer;
  tn_website_free (front->website);
  g_object_unref (front->desk);
  g_free (front->id);
}

static void
unref (gpointer front)
{
  g_rc_box_release_full (front, clear);
}

static TnWebPage *
make_page (char *text, const char *type, const char *caching)
{
  TnWebPage *page = tn_web_page_new (200, type, g_bytes_new_take (text, strlen (text)));
  tn_web_page_add_header (page, "Cache-Control", caching);
  return page;
}

static TnWebPage *
show_numbers (TnFront *front)
{
  TnMetricsFeed feed = tn_metrics_count (front->id, front->publication);
  gint64 longest_us = front->pulse != NULL ? tn_pulse_get_longest_us (front->pulse) : 0;
  return make_page (tn_metrics_write (front->desk, longest_us, &feed, 1), TN_METRICS_TYPE,
                    "no-store");
}

/* `7by`, `7by/odense` or `7by/odense/host` of `c/7by/council/odense/host.ics`. */
static char *
dup_open_target (const char *name, const TnVisit *visit)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", 5);
  guint n = g_strv_length (parts);
  const char *duties = g_hash_table_lookup (visit->query, DUTIES);
  const char *more = g_strcmp0 (duties, "1") == 0 ? "+milestones" : "";
  if (n == 1)
    return g_strconcat (parts[0], more, NULL);
  if ((n != 3 && n != 4) || strcmp (parts[1], "council") != 0)
    return NULL;
  return g_strconcat (parts[0], "/", parts[2], n == 4 ? "/" : "", n == 4 ? parts[3] : "", more,
                      NULL);
}

/* What is subscribed to under a path; %NULL: nothing that we know, or may say. */
static char *
dup_target (TnFront *front, const TnVisit *visit)
{
  const char *path = visit->path;
  if (!g_str_has_suffix (path, CALENDAR))
    return NULL;
  gsize n = strlen (path) - strlen (CALENDAR);
  if (g_str_has_prefix (path, OPEN) && !front->is_secret)
    {
      g_autofree char *name = g_strndup (path + strlen (OPEN), n - strlen (OPEN));
      return dup_open_target (name, visit);
    }
  if (!g_str_has_prefix (path, SECRET))
    return NULL;
  g_autofree char *token = g_strndup (path + strlen (SECRET), n - strlen (SECRET));
  g_autoptr (TnPeephole) peephole
      = tn_addresses_find (tn_book_get_store (tn_desk_get_book (front->desk)), token, NULL);
  gboolean is_calendar = peephole != NULL && strcmp (peephole->target, TN_ADDRESS_PAGES) != 0;
  return is_calendar ? g_strdup (peephole->target) : NULL;
}

/* Returns: (nullable): %NULL when there is no such calendar, as the page for what is missing says
 */
static TnWebPage *
show_calendar (TnFront *front, const TnVisit *visit)
{
  TnBook *book = tn_desk_get_book (front->desk);
  g_autofree char *target = dup_target (front, visit);
  g_autoptr (TnSubscription) subscription
      = target != NULL ? tn_subscription_parse (target, tn_book_get_rulebook (book), NULL) : NULL;
  if (subscription == NULL)
    return NULL;
  GBytes *bytes = tn_subscription_write (subscription, tn_book_get_plan (book),
                                         tn_book_get_publish_span (book));
  TnWebPage *page = tn_web_page_new (200, "text/calendar; charset=utf-8", bytes);
  page->etag = tn_subscription_dup_etag (bytes);
  tn_web_page_add_header (page, "Cache-Control", CALENDAR_CACHING);
  return page;
}

static TnWebPage *
show_at_once (TnFront *front, const TnVisit *visit)
{
  if (strcmp (visit->method, "GET") != 0)
    return NULL;
  if (strcmp (visit->path, "/metrics") == 0)
    return tn_metrics_is_allowed (visit, front->shows_metrics) ? show_numbers (front) : NULL;
  return show_calendar (front, visit);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  TnFront *front = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnWebPage) page = tn_website_answer_finish (front->website, result, &error);
  if (page == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, tn_web_page_to_plugin (page),
                           (GDestroyNotify) turnus_web_page_free);
}

static void
answer_async (gpointer user_data, const TurnusVisit *asked, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer callback_data)
{
  TnFront *front = user_data;
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, callback_data);
  g_autoptr (TnVisit) visit = tn_visit_new_from_plugin (asked);
  g_autoptr (TnWebPage) page = show_at_once (front, visit);
  g_task_set_source_tag (task, answer_async);
  g_task_set_task_data (task, g_rc_box_acquire (front), unref);
  if (page != NULL)
    g_task_return_pointer (task, tn_web_page_to_plugin (page),
                           (GDestroyNotify) turnus_web_page_free);
  else
    tn_website_answer_async (front->website, g_steal_pointer (&visit), cancellable, on_answered,
                             g_steal_pointer (&task));
}

static TurnusWebPage *
answer_finish (gpointer user_data, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static guint64
get_version (gpointer user_data)
{
  TnFront *front = user_data;
  return tn_website_get_version (front->website);
}

static gboolean
check_token (gpointer user_data, const char *token)
{
  TnFront *front = user_data;
  g_autoptr (TnPeephole) peephole
      = tn_addresses_find (tn_book_get_store (tn_desk_get_book (front->desk)), token, NULL);
  return peephole != NULL && strcmp (peephole->target, TN_ADDRESS_PAGES) == 0;
}

static TnPremises *
make_premises (const TnPublisher *publisher)
{
  TnPremises *premises = tn_premises_new (publisher->url);
  GHashTableIter iter;
  gpointer user = NULL;
  gpointer councils = NULL;
  premises->is_secret = publisher->is_secret;
  premises->decides = publisher->has_decisions;
  premises->accessibility = g_strdup (publisher->accessibility);
  premises->privacy = g_strdup (publisher->privacy);
  premises->contact = g_strdup (publisher->contact);
  premises->user_header = g_strdup (publisher->user_header);
  g_hash_table_iter_init (&iter, publisher->users);
  while (g_hash_table_iter_next (&iter, &user, &councils))
    g_hash_table_insert (premises->councils, g_strdup (user), g_strdup (councils));
  return premises;
}

/**
 * tn_front_open:
 * @publisher: of the settings of @desk
 * @pulse: (nullable): kept by the caller as long as the front
 *
 * From now on readers are answered.
 *
 * Errors: tn_loader_publish()'s.
 * Returns: (transfer full) (nullable)
 */
TnFront *
tn_front_open (TnLoader *loader, TnDesk *desk, const TnPublisher *publisher, const TnPulse *pulse,
               GError **error)
{
  g_autoptr (TnFront) front = g_rc_box_new0 (TnFront);
  front->desk = g_object_ref (desk);
  front->id = g_strdup (publisher->id);
  front->pulse = pulse;
  front->is_secret = publisher->is_secret;
  front->shows_metrics = publisher->shows_metrics;
  front->website = tn_website_new (desk, make_premises (publisher), NULL, NULL);
  tn_website_set_gate (front->website, check_token, front);
  const TnPublishing what = {
    .id = publisher->id,
    .url = publisher->url,
    .options = publisher->options,
    .base_dir = tn_book_get_settings (tn_desk_get_book (desk))->base_dir,
  };
  const TnAudience audience = { answer_async, answer_finish, get_version, front };
  front->publication = tn_loader_publish (loader, publisher->provider, &what, &audience, error);
  if (front->publication == NULL)
    return NULL;
  return g_steal_pointer (&front);
}

/**
 * tn_front_close:
 *
 * Readers are answered no more. Answers that are under way are not sent.
 */
void
tn_front_close (TnFront *front)
{
  if (front == NULL)
    return;
  g_clear_pointer (&front->publication, tn_publication_close);
  unref (front);
}

/**
 * tn_front_get_website:
 *
 * Returns: (transfer none)
 */
TnWebsite *
tn_front_get_website (TnFront *front)
{
  return front->website;
}
