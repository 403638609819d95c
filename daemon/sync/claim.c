/* Claims (design section 8, First contact): a person says that an entry is the occurrence, or that
 * it is another. What is claimed is linked as it stands, and nothing is written to it: its date,
 * time and place become decisions where nobody decided before; after that it is judged like any
 * other event. */
#include "sync/claim.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "ical/reader.h"
#include "rules/authority.h"
#include "sync/posting.h"
#include "sync/wish.h"

typedef struct
{
  TnBook *book;         /* (owned) */
  TnSettings *settings; /* (owned) keeps `calendar` alive */
  const TnCalendar *calendar;
  char *item_id; /* (owned) */
  char *uid;     /* (owned) (nullable) the occurrence; NULL: the twin that was found */
} Claim;

static void
claim_free (Claim *claim)
{
  g_object_unref (claim->book);
  tn_settings_unref (claim->settings);
  g_free (claim->item_id);
  g_free (claim->uid);
  g_free (claim);
}

static TnSighting *
find_sighting (TnBook *book, const char *calendar, const char *item_id, GPtrArray **ret_sightings,
               GError **error)
{
  *ret_sightings = tn_store_load_sightings (tn_book_get_store (book), calendar, error);
  for (guint i = 0; *ret_sightings != NULL && i < (*ret_sightings)->len; i++)
    {
      TnSighting *sighting = g_ptr_array_index (*ret_sightings, i);
      if (strcmp (sighting->item_id, item_id) == 0)
        return sighting;
    }
  if (*ret_sightings != NULL)
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                 "there is no entry '%s' of somebody else in calendar %s; 'turnusctl plan' lists "
                 "those that may be twins",
                 item_id, calendar);
  return NULL;
}

static void
add_decision (const Claim *claim, const TnOccurrence *occurrence, TnField field, const char *value,
              GPtrArray *decisions)
{
  g_autofree char *source = g_strdup_printf ("claimed in calendar %s", claim->calendar->id);
  const TnPlan *plan = tn_book_get_plan (claim->book);
  TnWish wish = { .occurrence = occurrence, .field = field, .value = value };
  TnDecisionDraft signature = TN_DECISION_DRAFT_INIT;
  signature.on = tn_plan_get_today (plan);
  signature.by = claim->calendar->council;
  signature.source = source;
  TnRight right = TN_RIGHT_WHEN;
  g_autoptr (TnDecision) raw = tn_wish_to_decision (&wish, &signature, &right, NULL);
  if (raw != NULL)
    g_ptr_array_add (decisions, tn_ledger_succeed (tn_plan_get_ledger (plan), raw));
}

static gboolean
may_set (const Claim *claim, const TnOccurrence *occurrence, TnRight right)
{
  return !occurrence->is_placed
         || (claim->calendar->council != NULL
             && tn_authority_find_role (occurrence, NULL, claim->calendar->council, right) != NULL);
}

/* Nothing is written to what was claimed: what it shows is its base, in every field. */
static TnLink *
make_link (const Claim *claim, const TnPosting *posting, const TnEvent *event,
           const TurnusLoaded *loaded)
{
  TnLink *link = tn_link_new (claim->calendar->id, posting->event->uid, posting->event->key);
  tn_text_set (&link->item_id, loaded->id);
  tn_text_set (&link->revision, loaded->revision);
  link->is_claimed = TRUE;
  link->n_attendees = event->n_attendees;
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      g_autofree char *shown = tn_event_dup_field (event, (TnField) i);
      tn_text_set (&link->shown[i], shown);
      tn_text_set (&link->wished[i], posting->wished[i]);
    }
  return link;
}

static const TnPosting *
find_posting (GPtrArray *postings, const char *uid)
{
  for (guint i = 0; i < postings->len; i++)
    {
      const TnPosting *posting = g_ptr_array_index (postings, i);
      if (strcmp (posting->event->uid, uid) == 0)
        return posting;
    }
  return NULL;
}

static gboolean
is_linked (const Claim *claim, const char *uid)
{
  g_autoptr (GPtrArray) links
      = tn_store_load_links (tn_book_get_store (claim->book), claim->calendar->id, NULL);
  for (guint i = 0; links != NULL && i < links->len; i++)
    if (strcmp (((const TnLink *) g_ptr_array_index (links, i))->uid, uid) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
claim_event (const Claim *claim, const TnOccurrence *occurrence, const TnEvent *event,
             const TurnusLoaded *loaded, GError **error)
{
  g_autoptr (GPtrArray) decisions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_decision_unref);
  g_autofree char *when = tn_event_dup_field (event, TN_FIELD_WHEN);
  g_autofree char *where = tn_event_dup_field (event, TN_FIELD_WHERE);
  if (may_set (claim, occurrence, TN_RIGHT_WHEN))
    add_decision (claim, occurrence, TN_FIELD_WHEN, when, decisions);
  if (*where != '\0' && g_strcmp0 (where, occurrence->place) != 0
      && may_set (claim, occurrence, TN_RIGHT_WHERE))
    add_decision (claim, occurrence, TN_FIELD_WHERE, where, decisions);

  g_autoptr (TnPlan) plan = tn_book_plan_with (claim->book, decisions);
  g_autoptr (GPtrArray) postings
      = tn_posting_list (plan, claim->calendar, tn_book_get_publish_span (claim->book), NULL);
  const TnPosting *posting = find_posting (postings, occurrence->uid);
  if (posting == NULL)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "calendar %s does not show that occurrence",
                   claim->calendar->id);
      return FALSE;
    }
  g_autoptr (TnLink) link = make_link (claim, posting, event, loaded);
  g_autoptr (TnBatch) batch = tn_batch_new ();
  tn_batch_put_link (batch, link);
  tn_batch_drop_sighting (batch, claim->calendar->id, claim->item_id);
  TnHistory *history = tn_history_new ("claimed");
  history->at_us = tn_clock_now_us (tn_book_get_clock (claim->book));
  tn_text_set (&history->calendar, claim->calendar->id);
  tn_text_set (&history->uid, link->uid);
  tn_text_set (&history->key, link->key);
  tn_text_set (&history->after, claim->item_id);
  tn_text_set (&history->source, "command");
  tn_batch_append_history (batch, history);
  tn_history_free (history);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  return tn_book_commit (claim->book, batch, decisions, none, error);
}

/* Can the entry be the occurrence at all? */
static gboolean
check_entry (const Claim *claim, const TnEvent *event, GError **error)
{
  if (event->has_rule)
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                 "a recurring event cannot be one occurrence; make it a single event first");
  else if (event->is_private)
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                 "it is private (CLASS:PRIVATE or CONFIDENTIAL), and what is private never leaves "
                 "its calendar: make it public there and claim it again, or say 'turnusctl claim "
                 "%s %s --none', and the event is created beside it",
                 claim->calendar->id, claim->item_id);
  return !event->has_rule && !event->is_private;
}

static gboolean
take_loaded (const Claim *claim, const TurnusLoaded *loaded, GError **error)
{
  const TnPlan *plan = tn_book_get_plan (claim->book);
  const TnMilestone *milestone = NULL;
  const TnOccurrence *occurrence = tn_plan_find_uid (plan, claim->uid, &milestone);
  if (occurrence == NULL || milestone != NULL)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "there is no such occurrence in the plan");
      return FALSE;
    }
  if (is_linked (claim, claim->uid))
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "the occurrence has an event in calendar %s already", claim->calendar->id);
      return FALSE;
    }
  if (loaded->bytes == NULL)
    {
      g_propagate_error (error, g_error_copy (loaded->error));
      return FALSE;
    }
  g_autoptr (TnEvent) event
      = tn_reader_read (loaded->bytes, occurrence->collaboration->zone, error);
  return event != NULL && check_entry (claim, event, error)
         && claim_event (claim, occurrence, event, loaded, error);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  const Claim *claim = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) items = tn_provider_load_finish (TN_PROVIDER (source), result, &error);
  if (items != NULL && items->len == 1 && take_loaded (claim, g_ptr_array_index (items, 0), &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (error == NULL)
    g_set_error (&error, TN_ERROR, TN_ERROR_FAILED, "the entry could not be read");
  g_prefix_error (&error, "cannot claim %s in calendar %s: ", claim->item_id, claim->calendar->id);
  g_task_return_error (task, error);
}

/**
 * tn_claim_async:
 * @item_id: the posting, as `plan` names it
 * @uid: (nullable): UID of the occurrence; %NULL for the one that `plan` names
 *
 * Links an entry that somebody made by hand with its occurrence.
 */
void
tn_claim_async (TnBook *book, TnProvider *provider, const TnCalendar *calendar, const char *item_id,
                const char *uid, GCancellable *cancellable, GAsyncReadyCallback callback,
                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (book, cancellable, callback, user_data);
  g_task_set_source_tag (task, tn_claim_async);
  g_autoptr (GPtrArray) sightings = NULL;
  GError *error = NULL;
  const TnSighting *sighting = find_sighting (book, calendar->id, item_id, &sightings, &error);
  const char *twin_of = uid != NULL ? uid : sighting != NULL ? sighting->twin_of : NULL;
  if (sighting != NULL && twin_of == NULL)
    g_set_error (&error, TN_ERROR, TN_ERROR_INVALID,
                 "'%s' looks like no occurrence; name the one that it is", item_id);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  Claim *claim = g_new0 (Claim, 1);
  claim->book = g_object_ref (book);
  claim->settings = tn_settings_ref (tn_book_get_settings (book));
  claim->calendar = calendar;
  claim->item_id = g_strdup (item_id);
  claim->uid = g_strdup (twin_of);
  g_task_set_task_data (task, claim, (GDestroyNotify) claim_free);
  const char *const ids[] = { item_id, NULL };
  tn_provider_load_async (provider, ids, cancellable, on_loaded, g_steal_pointer (&task));
}

gboolean
tn_claim_finish (TnBook *book, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, book), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * tn_claim_none:
 *
 * Says that the entry @item_id is none of the occurrences: what waited for that is published.
 */
gboolean
tn_claim_none (TnBook *book, const char *calendar, const char *item_id, GError **error)
{
  g_autoptr (GPtrArray) sightings = NULL;
  TnSighting *sighting = find_sighting (book, calendar, item_id, &sightings, error);
  if (sighting == NULL)
    return FALSE;
  sighting->not_twin = TRUE;
  g_autoptr (TnBatch) batch = tn_batch_new ();
  tn_batch_put_sighting (batch, sighting);
  return tn_store_commit (tn_book_get_store (book), batch, error);
}
