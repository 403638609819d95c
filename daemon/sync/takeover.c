/* Taking over (design section 4, Editions): a daemon whose charter is too old shows in its own
 * calendars what the newer one wrote in the shared one, instead of what its own rules say. What
 * people decided here since stays: the newer daemon learns it from the journal. */
#include "sync/takeover.h"

#include <string.h>

#include "base/text.h"
#include "ical/stamp.h"
#include "sync/hand.h"
#include "sync/journal.h"

struct _TnTakeover
{
  GHashTable *newer; /* (owned) (element-type utf8 TnLink) last written by newer editions, by UID */
};

static GHashTable *
make_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) tn_link_free);
}

/**
 * tn_takeover_new:
 *
 * Returns: (transfer full): one that takes nothing over yet
 */
TnTakeover *
tn_takeover_new (void)
{
  TnTakeover *self = g_new0 (TnTakeover, 1);
  self->newer = make_table ();
  return self;
}

void
tn_takeover_free (TnTakeover *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->newer);
  g_free (self);
}

static const TnCollaboration *
find_collaboration (const TnRulebook *rulebook, const char *key)
{
  for (guint i = 0; i < rulebook->collaborations->len; i++)
    {
      const TnCollaboration *collaboration = g_ptr_array_index (rulebook->collaborations, i);
      g_autofree char *scope = g_strdup_printf ("v1\nc=%s\n", collaboration->id);
      if (g_str_has_prefix (key, scope))
        return collaboration;
    }
  return NULL;
}

static gboolean
is_newer (const TnRulebook *rulebook, const TnLink *link)
{
  const TnCollaboration *collaboration
      = link->stamp != NULL && link->state == TN_LINK_LIVE && !tn_journal_is_page (link->key)
            ? find_collaboration (rulebook, link->key)
            : NULL;
  g_autoptr (TnStamp) stamp = collaboration != NULL ? tn_stamp_parse (link->stamp, NULL) : NULL;
  return stamp != NULL
         && tn_hand_compare_editions (stamp->edition, stamp->engine, collaboration) > 0;
}

static gboolean
tells_of_newer (const TnRulebook *rulebook, const char *head)
{
  g_autoptr (TnPage) page = head != NULL ? tn_page_parse (head, NULL) : NULL;
  for (guint i = 0; page != NULL && i < page->editions->len; i++)
    {
      const TnEdition *edition = g_ptr_array_index (page->editions, i);
      const TnCollaboration *own
          = tn_rulebook_find_collaboration (rulebook, edition->collaboration);
      if (own != NULL && tn_hand_compare_editions (edition->edition, edition->engine, own) > 0)
        return TRUE;
    }
  return FALSE;
}

/* The journal says whether there can be any; mostly there is none, and ten thousand links need not
 * be fetched to know it. */
static gboolean
may_have_newer (TnStore *store, const char *calendar, const TnRulebook *rulebook)
{
  g_autoptr (GPtrArray) traces = tn_store_load_traces (store, calendar, NULL);
  for (guint i = 0; traces != NULL && i < traces->len; i++)
    {
      const TnTrace *trace = g_ptr_array_index (traces, i);
      TnLink *found = NULL;
      if (!tn_journal_is_page (trace->key)
          || !tn_store_find_link (store, calendar, trace->uid, &found, NULL) || found == NULL)
        continue;
      g_autoptr (TnLink) link = found;
      if (tells_of_newer (rulebook, link->stamp))
        return TRUE;
    }
  return FALSE;
}

static void
take_when (TnPosting *posting, const char *shown)
{
  TnWhen when = { 0 };
  g_autofree char *span = g_strndup (shown, strcspn (shown, " "));
  if (!tn_when_parse (span, &when, NULL))
    return;
  posting->event->when = when;
  if (!when.all_day && posting->event->zone == NULL)
    posting->event->zone = tn_zone_ref (posting->occurrence->collaboration->zone);
  posting->days = when.days;
}

static void
take_status (TnPosting *posting, const char *shown)
{
  posting->event->status = strcmp (shown, "confirmed") == 0   ? TN_EVENT_CONFIRMED
                           : strcmp (shown, "cancelled") == 0 ? TN_EVENT_CANCELLED
                                                              : TN_EVENT_TENTATIVE;
  posting->event->is_transparent
      = posting->event->is_transparent || posting->event->status == TN_EVENT_CANCELLED;
}

static gboolean
has_remark (GPtrArray *remarks, const char *uid)
{
  for (guint i = 0; remarks != NULL && i < remarks->len; i++)
    if (strcmp (((const TnRemark *) g_ptr_array_index (remarks, i))->uid, uid) == 0)
      return TRUE;
  return FALSE;
}

static void
take_over (TnPosting *posting, const TnLink *link, gboolean has_own_note)
{
  TnEvent *event = posting->event;
  take_when (posting, link->shown[TN_FIELD_WHEN]);
  take_status (posting, link->shown[TN_FIELD_STATUS]);
  tn_text_set (&event->title, link->shown[TN_FIELD_TITLE]);
  tn_text_set (&event->where, link->shown[TN_FIELD_WHERE]);
  if (!has_own_note)
    tn_text_set (&event->note, link->shown[TN_FIELD_NOTE]);
  for (guint i = 0; i < TN_N_FIELDS; i++)
    if (posting->wished[i] != NULL)
      {
        g_autofree char *wished = tn_event_dup_field (event, (TnField) i);
        tn_text_set (&posting->wished[i], wished);
      }
}

static gboolean
rests_on_the_same (const TnPosting *posting, const TnLink *link)
{
  g_autoptr (TnStamp) stamp = tn_stamp_parse (link->stamp, NULL);
  return stamp != NULL && g_strcmp0 (stamp->entry, posting->decision) == 0;
}

static gboolean
is_known (const TnTakeover *self, const TnLink *link)
{
  const TnLink *known = g_hash_table_lookup (self->newer, link->uid);
  for (guint i = 0; known != NULL && i < TN_N_FIELDS; i++)
    if (g_strcmp0 (known->shown[i], link->shown[i]) != 0)
      return FALSE;
  return known != NULL && g_strcmp0 (known->stamp, link->stamp) == 0;
}

/**
 * tn_takeover_look:
 *
 * Finds out anew what newer editions of the charters than those of @rulebook wrote in shared
 * calendars.
 *
 * Returns: %TRUE when it is something else than before
 */
gboolean
tn_takeover_look (TnTakeover *self, TnStore *store, const TnSettings *settings,
                  const TnRulebook *rulebook)
{
  g_autoptr (GHashTable) found = make_table ();
  gboolean differs = FALSE;
  for (guint i = 0; i < settings->calendars->len; i++)
    {
      const TnCalendar *calendar = g_ptr_array_index (settings->calendars, i);
      g_autoptr (GPtrArray) links
          = calendar->shared && may_have_newer (store, calendar->id, rulebook)
                ? tn_store_load_links (store, calendar->id, NULL)
                : NULL;
      for (guint j = 0; links != NULL && j < links->len; j++)
        {
          const TnLink *link = g_ptr_array_index (links, j);
          if (!is_newer (rulebook, link))
            continue;
          differs = differs || !is_known (self, link);
          TnLink *copy = tn_link_copy (link);
          g_hash_table_replace (found, copy->uid, copy);
        }
    }
  if (!differs && g_hash_table_size (found) == g_hash_table_size (self->newer))
    return FALSE;
  g_hash_table_unref (self->newer);
  self->newer = g_steal_pointer (&found);
  return TRUE;
}

/**
 * tn_takeover_apply:
 * @postings: (element-type TnPosting): of a calendar of one council; changed
 * @remarks: (nullable) (element-type TnRemark): what stands under its events of our own
 */
void
tn_takeover_apply (const TnTakeover *self, GPtrArray *postings, GPtrArray *remarks)
{
  for (guint i = 0; g_hash_table_size (self->newer) > 0 && i < postings->len; i++)
    {
      TnPosting *posting = g_ptr_array_index (postings, i);
      const TnLink *link = g_hash_table_lookup (self->newer, posting->event->uid);
      if (link != NULL && rests_on_the_same (posting, link))
        take_over (posting, link, has_remark (remarks, posting->event->uid));
    }
}
