/* Rebinding (design section 8, Lifecycle): what stands in the calendar now is held against what is
 * known of it, by key, by UID, and by the reference below the marker line (section 6). A person
 * looks at the list, answers where two items may be one event, and says so; then the links point to
 * the items found, and the calendar is bound to where it is now. Nothing is written to it here.
 *
 * list -> load -> match -> [commit]. The base of a link stays what it was, and its revision is
 * forgotten: the next pass reads each item, and what differs is judged as a person's edit (promise
 * 1). What was not found is absent, with all that this takes to count (section 7). */
#include "sync/rebind.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "ical/reader.h"
#include "model/identity.h"
#include "sync/posting.h"

typedef struct
{
  TnBook *book;         /* (owned) */
  TnSettings *settings; /* (owned) keeps `calendar` alive */
  const TnCalendar *calendar;
  char **answers; /* (owned) (nullable) `REFERENCE=ITEM` or `REFERENCE=` */
  gboolean does_it;
  TurnusListing *listing; /* (owned) (nullable) */
  GPtrArray *links;       /* (owned) (element-type TnLink) */
  TnPlan *plan;           /* (owned) outlives the postings */
  GPtrArray *postings;    /* (owned) (element-type TnPosting) */
  GHashTable *keys;       /* (owned) (element-type utf8 utf8) of all known events, by UID */
  GHashTable *uids;       /* (owned) (element-type utf8 utf8) by reference */
  GHashTable *by_uid;     /* (owned) (element-type utf8 TnFinding) borrowed */
  TnRebinding *rebinding; /* (owned) */
} Rebind;

const char *
tn_mark_to_string (TnMark mark)
{
  static const char *const names[] = { "key", "uid", "text" };
  return names[mark];
}

static void
finding_free (TnFinding *finding)
{
  g_free (finding->uid);
  g_free (finding->key);
  g_free (finding->reference);
  g_ptr_array_unref (finding->items);
  g_free (finding);
}

void
tn_rebinding_free (TnRebinding *rebinding)
{
  if (rebinding == NULL)
    return;
  g_ptr_array_unref (rebinding->findings);
  g_ptr_array_unref (rebinding->missing);
  g_free (rebinding);
}

/**
 * tn_rebinding_count_questions:
 *
 * Returns: for how many events a person has to say which item is it
 */
guint
tn_rebinding_count_questions (const TnRebinding *rebinding)
{
  guint n = 0;
  for (guint i = 0; i < rebinding->findings->len; i++)
    {
      const TnFinding *finding = g_ptr_array_index (rebinding->findings, i);
      n += !finding->is_told && finding->items->len > 1 ? 1 : 0;
    }
  return n;
}

static void
rebind_free (Rebind *rebind)
{
  g_object_unref (rebind->book);
  tn_settings_unref (rebind->settings);
  g_strfreev (rebind->answers);
  g_clear_pointer (&rebind->listing, turnus_listing_free);
  g_clear_pointer (&rebind->links, g_ptr_array_unref);
  g_clear_pointer (&rebind->postings, g_ptr_array_unref);
  tn_plan_unref (rebind->plan);
  g_hash_table_unref (rebind->keys);
  g_hash_table_unref (rebind->uids);
  g_hash_table_unref (rebind->by_uid);
  tn_rebinding_free (rebind->rebinding);
  g_free (rebind);
}

static void
know (Rebind *rebind, const char *uid, const char *key)
{
  if (key == NULL || g_hash_table_contains (rebind->keys, uid))
    return;
  g_hash_table_insert (rebind->keys, g_strdup (uid), g_strdup (key));
  g_hash_table_insert (rebind->uids, tn_identity_key_to_reference (key), g_strdup (uid));
}

/* Known is what the plan shows in this calendar, and what was linked there once. */
static void
know_all (Rebind *rebind)
{
  for (guint i = 0; i < rebind->postings->len; i++)
    {
      const TnPosting *posting = g_ptr_array_index (rebind->postings, i);
      know (rebind, posting->event->uid, posting->event->key);
    }
  for (guint i = 0; i < rebind->links->len; i++)
    {
      const TnLink *link = g_ptr_array_index (rebind->links, i);
      know (rebind, link->uid, link->key);
    }
}

/* Returns: (transfer none) (nullable): UID of the event whose reference stands in @note */
static const char *
find_reference (const Rebind *rebind, const char *note)
{
  g_auto (GStrv) words = g_strsplit_set (note, " \t\r\n,;()", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *uid = g_hash_table_lookup (rebind->uids, words[i]);
      if (uid != NULL)
        return uid;
    }
  return NULL;
}

static char *
recognise (const Rebind *rebind, const TnEvent *event, TnMark *ret_mark)
{
  g_autofree char *by_key = event->key != NULL ? tn_identity_key_to_uid (event->key) : NULL;
  *ret_mark = TN_MARK_KEY;
  if (by_key != NULL && g_hash_table_contains (rebind->keys, by_key))
    return g_steal_pointer (&by_key);
  *ret_mark = TN_MARK_UID;
  if (g_hash_table_contains (rebind->keys, event->uid))
    return g_strdup (event->uid);
  *ret_mark = TN_MARK_TEXT;
  return g_strdup (find_reference (rebind, event->note));
}

/* A copy beside the event itself is no question: the surer mark wins. */
static void
add_item (Rebind *rebind, const char *uid, TnMark mark, const char *item_id)
{
  TnFinding *finding = g_hash_table_lookup (rebind->by_uid, uid);
  if (finding == NULL)
    {
      finding = g_new0 (TnFinding, 1);
      finding->uid = g_strdup (uid);
      finding->key = g_strdup (g_hash_table_lookup (rebind->keys, uid));
      finding->reference = tn_identity_key_to_reference (finding->key);
      finding->mark = mark;
      finding->items = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (rebind->by_uid, finding->uid, finding);
      g_ptr_array_add (rebind->rebinding->findings, finding);
    }
  if (mark < finding->mark)
    g_ptr_array_set_size (finding->items, 0);
  if (mark <= finding->mark)
    g_ptr_array_add (finding->items, g_strdup (item_id));
  finding->mark = MIN (finding->mark, mark);
}

static int
compare_findings (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(TnFinding *const *) a)->reference, (*(TnFinding *const *) b)->reference);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static gboolean
take_loaded (Rebind *rebind, GPtrArray *loaded, GError **error)
{
  g_autoptr (TnZone) zone = tn_zone_new_utc (); /* no time is compared here */
  rebind->rebinding->n_items = loaded->len;
  for (guint i = 0; i < loaded->len; i++)
    {
      const TurnusLoaded *item = g_ptr_array_index (loaded, i);
      if (item->bytes == NULL && item->error != NULL && tn_error_is_temporary (item->error))
        {
          g_propagate_error (error, g_error_copy (item->error));
          return FALSE;
        }
      TnMark mark = TN_MARK_TEXT;
      g_autoptr (TnEvent) event
          = item->bytes != NULL ? tn_reader_read (item->bytes, zone, NULL) : NULL;
      g_autofree char *uid = event != NULL ? recognise (rebind, event, &mark) : NULL;
      if (uid != NULL)
        add_item (rebind, uid, mark, item->id);
    }
  g_ptr_array_sort (rebind->rebinding->findings, compare_findings);
  for (guint i = 0; i < rebind->rebinding->findings->len; i++)
    {
      const TnFinding *finding = g_ptr_array_index (rebind->rebinding->findings, i);
      g_ptr_array_sort (finding->items, compare_texts);
    }
  return TRUE;
}

static void
list_missing (Rebind *rebind)
{
  for (guint i = 0; i < rebind->links->len; i++)
    {
      const TnLink *link = g_ptr_array_index (rebind->links, i);
      if (link->state == TN_LINK_LIVE && *link->item_id != '\0' && link->key != NULL
          && !g_hash_table_contains (rebind->by_uid, link->uid))
        g_ptr_array_add (rebind->rebinding->missing, tn_identity_key_to_reference (link->key));
    }
  g_ptr_array_sort (rebind->rebinding->missing, compare_texts);
}

static TnFinding *
find_finding (const Rebind *rebind, const char *reference)
{
  const char *uid = g_hash_table_lookup (rebind->uids, reference);
  return uid != NULL ? g_hash_table_lookup (rebind->by_uid, uid) : NULL;
}

static gboolean
has_item (const TnFinding *finding, const char *item_id)
{
  return g_ptr_array_find_with_equal_func (finding->items, item_id, g_str_equal, NULL);
}

/* `REFERENCE=ITEM`: this one is it; `REFERENCE=`: none of them is. */
static gboolean
take_answer (const Rebind *rebind, const char *answer, GError **error)
{
  g_auto (GStrv) halves = g_strsplit (answer, "=", 2);
  gboolean is_pair = g_strv_length (halves) == 2;
  TnFinding *finding = is_pair ? find_finding (rebind, halves[0]) : NULL;
  if (finding == NULL)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "'%s' answers no question: expected REFERENCE=ITEM of the list, or REFERENCE= "
                   "for none",
                   answer);
      return FALSE;
    }
  if (*halves[1] != '\0' && !has_item (finding, halves[1]))
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "'%s' is no item that may be %s, expected one of the list", halves[1],
                   halves[0]);
      return FALSE;
    }
  g_ptr_array_set_size (finding->items, 0);
  if (*halves[1] != '\0')
    g_ptr_array_add (finding->items, g_strdup (halves[1]));
  finding->is_told = TRUE;
  return TRUE;
}

static const TnLink *
find_link (const Rebind *rebind, const char *uid)
{
  for (guint i = 0; i < rebind->links->len; i++)
    if (strcmp (((const TnLink *) g_ptr_array_index (rebind->links, i))->uid, uid) == 0)
      return g_ptr_array_index (rebind->links, i);
  return NULL;
}

/* Without a link of old the base is what turnus would have written: what is otherwise was
 * somebody's edit, and is judged as one. */
static TnLink *
make_link (const Rebind *rebind, const TnFinding *finding)
{
  TnLink *link = tn_link_new (rebind->calendar->id, finding->uid, finding->key);
  for (guint i = 0; i < rebind->postings->len; i++)
    {
      const TnPosting *posting = g_ptr_array_index (rebind->postings, i);
      for (guint k = 0; k < TN_N_FIELDS && strcmp (posting->event->uid, finding->uid) == 0; k++)
        {
          tn_text_set (&link->wished[k], posting->wished[k]);
          tn_text_set (&link->shown[k], posting->wished[k]);
        }
    }
  return link;
}

static void
put_link (const Rebind *rebind, const TnFinding *finding, TnBatch *batch)
{
  const TnLink *old = find_link (rebind, finding->uid);
  const char *item_id = g_ptr_array_index (finding->items, 0);
  if (old == NULL && finding->mark != TN_MARK_TEXT)
    return; /* the next pass knows it by itself */
  g_autoptr (TnLink) link = old != NULL ? tn_link_copy (old) : make_link (rebind, finding);
  tn_text_set (&link->item_id, item_id);
  tn_text_set (&link->revision, ""); /* read it anew */
  link->state = TN_LINK_LIVE;
  link->absent_since_us = 0;
  link->n_absent = 0;
  link->is_claimed = finding->mark == TN_MARK_TEXT;
  tn_batch_put_link (batch, link);
  tn_batch_drop_sighting (batch, rebind->calendar->id, item_id);
}

static gboolean
commit (const Rebind *rebind, GError **error)
{
  TnStore *store = tn_book_get_store (rebind->book);
  g_autoptr (TnCalendarState) state = tn_store_load_calendar (store, rebind->calendar->id, error);
  if (state == NULL)
    return FALSE;
  g_autoptr (TnBatch) batch = tn_batch_new ();
  for (guint i = 0; i < rebind->rebinding->findings->len; i++)
    {
      const TnFinding *finding = g_ptr_array_index (rebind->rebinding->findings, i);
      if (finding->items->len == 1)
        put_link (rebind, finding, batch);
    }
  tn_text_set (&state->binding, rebind->listing->binding);
  tn_text_set (&state->token, NULL);
  tn_text_set (&state->hold_text, NULL);
  tn_text_set (&state->problem, NULL);
  state->hold = TN_HOLD_NONE;
  tn_batch_put_calendar (batch, state);
  g_autoptr (TnHistory) history = tn_history_new ("bound anew");
  history->at_us = tn_clock_now_us (tn_book_get_clock (rebind->book));
  tn_text_set (&history->calendar, rebind->calendar->id);
  tn_text_set (&history->source, "command");
  tn_batch_append_history (batch, history);
  return tn_store_commit (store, batch, error);
}

static gboolean
settle (Rebind *rebind, GPtrArray *loaded, GError **error)
{
  if (!take_loaded (rebind, loaded, error))
    return FALSE;
  list_missing (rebind);
  for (guint i = 0; rebind->answers != NULL && rebind->answers[i] != NULL; i++)
    if (!take_answer (rebind, rebind->answers[i], error))
      return FALSE;
  if (!rebind->does_it || tn_rebinding_count_questions (rebind->rebinding) > 0)
    return TRUE;
  rebind->rebinding->is_done = commit (rebind, error);
  return rebind->rebinding->is_done;
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Rebind *rebind = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) loaded = tn_provider_load_finish (TN_PROVIDER (source), result, &error);
  if (loaded != NULL && settle (rebind, loaded, &error))
    g_task_return_pointer (task, g_steal_pointer (&rebind->rebinding),
                           (GDestroyNotify) tn_rebinding_free);
  else
    g_task_return_error (task, error);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Rebind *rebind = g_task_get_task_data (task);
  GError *error = NULL;
  rebind->listing = tn_provider_list_finish (TN_PROVIDER (source), result, &error);
  if (rebind->listing == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  for (guint i = 0; i < rebind->listing->changed->len; i++)
    g_ptr_array_add (ids, ((TurnusRef *) g_ptr_array_index (rebind->listing->changed, i))->id);
  g_ptr_array_add (ids, NULL);
  tn_provider_load_async (TN_PROVIDER (source), (const char *const *) ids->pdata,
                          g_task_get_cancellable (task), on_loaded, g_object_ref (task));
}

static Rebind *
rebind_new (TnBook *book, const TnCalendar *calendar, GPtrArray *links)
{
  Rebind *rebind = g_new0 (Rebind, 1);
  rebind->book = g_object_ref (book);
  rebind->settings = tn_settings_ref (tn_book_get_settings (book));
  rebind->calendar = calendar;
  rebind->links = links;
  rebind->plan = tn_plan_ref (tn_book_get_plan (book));
  rebind->postings
      = tn_posting_list (rebind->plan, calendar, tn_book_get_publish_span (book), NULL);
  rebind->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  rebind->uids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  rebind->by_uid = g_hash_table_new (g_str_hash, g_str_equal);
  rebind->rebinding = g_new0 (TnRebinding, 1);
  rebind->rebinding->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) finding_free);
  rebind->rebinding->missing = g_ptr_array_new_with_free_func (g_free);
  return rebind;
}

/**
 * tn_rebind_async:
 * @answers: (nullable): `REFERENCE=ITEM` each, `REFERENCE=` for none
 * @does_it: a person has seen the list: bind the calendar anew, unless a question is open
 *
 * Finds the known events in @calendar as it is now. No pass of it may run meanwhile.
 *
 * Source: design sections 6 and 8; hazard 13.
 * Errors: %TN_ERROR_INVALID when an answer answers nothing; those of the provider and the store.
 */
void
tn_rebind_async (TnBook *book, TnProvider *provider, const TnCalendar *calendar,
                 const char *const *answers, gboolean does_it, GCancellable *cancellable,
                 GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (book, cancellable, callback, user_data);
  g_task_set_source_tag (task, tn_rebind_async);
  GError *error = NULL;
  GPtrArray *links = tn_store_load_links (tn_book_get_store (book), calendar->id, &error);
  if (links == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  Rebind *rebind = rebind_new (book, calendar, links);
  rebind->answers = g_strdupv ((char **) answers);
  rebind->does_it = does_it;
  know_all (rebind);
  g_task_set_task_data (task, rebind, (GDestroyNotify) rebind_free);
  tn_provider_list_async (provider, NULL, cancellable, on_listed, g_steal_pointer (&task));
}

/**
 * tn_rebind_finish:
 *
 * Returns: (transfer full) (nullable): what was found, and whether the calendar is bound anew
 */
TnRebinding *
tn_rebind_finish (TnBook *book, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, book), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
