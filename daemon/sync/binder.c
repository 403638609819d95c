/* The pages of a calendar, held against what stands there. This council's own are written whenever
 * they say something else than they should: whoever edits or deletes one changes nothing by it, it
 * is put back. Those of other councils are never written; where they stand, and by which edition
 * they go, is remembered.
 *
 * A page is linked like an event. It has no text of a person's that would be managed, so the base
 * of that field holds what was wished and shown of its property instead. Of another council's
 * nothing is wished: there its place holds which decisions the page tells (sync/hearsay.c). Pure.
 */
#include "sync/binder.h"

#include <string.h>

#include "base/encode.h"
#include "base/text.h"
#include "model/identity.h"
#include "sync/hearsay.h"
#include "sync/journal.h"

#define DIGEST_LENGTH 16

static const char UNREAD[] = "something here could not be read, and may be this page of the "
                             "journal; it is looked at again at the next pass";

static char *
dup_digest (const char *ledger)
{
  char *digest = tn_encode_sha256 (ledger != NULL ? ledger : "", -1);
  digest[DIGEST_LENGTH] = '\0';
  return digest;
}

/* What stands before the first record: whose page, and by which editions it goes. */
static char *
dup_head (const char *ledger)
{
  static const char *const marks[] = { " d=", " p=", " k=" };
  const char *end = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (marks) && end == NULL; i++)
    end = strstr (ledger, marks[i]);
  return end != NULL ? g_strndup (ledger, (gsize) (end - ledger)) : g_strdup (ledger);
}

/**
 * tn_binder_is_page:
 *
 * Returns: %TRUE when @change is of a page of a journal, and of no event
 */
gboolean
tn_binder_is_page (const TnChange *change)
{
  return tn_journal_is_page (change->key);
}

/**
 * tn_binder_show:
 * @link: of a page
 * @event: as it was read in the calendar
 *
 * Makes what the calendar shows the base of @link.
 */
void
tn_binder_show (TnLink *link, const TnEvent *event)
{
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      g_autofree char *shown
          = i == TN_FIELD_TEXT ? dup_digest (event->ledger) : tn_event_dup_field (event, i);
      tn_text_set (&link->shown[i], shown);
    }
  g_autofree char *head = event->ledger != NULL ? dup_head (event->ledger) : NULL;
  tn_text_set (&link->stamp, head);
}

static void
wish (TnLink *link, const TnPosting *page)
{
  g_autofree char *digest = dup_digest (page->event->ledger);
  for (guint i = 0; i < TN_N_FIELDS; i++)
    tn_text_set (&link->wished[i], i == TN_FIELD_TEXT ? digest : page->wished[i]);
}

/* Fields that have to be written; what the calendar made of our words at the last reading is no
 * difference (hazard 25). */
static guint
compare (const TnLink *link, const TnLink *old)
{
  guint fields = 0;
  for (guint i = 0; i < TN_N_FIELDS; i++)
    if (link->wished[i] != NULL && strcmp (link->wished[i], link->shown[i]) != 0
        && (old == NULL || g_strcmp0 (old->wished[i], link->wished[i]) != 0
            || g_strcmp0 (old->shown[i], link->shown[i]) != 0))
      fields |= 1u << i;
  return fields;
}

static void
add_update (GPtrArray *changes, const TnPosting *page, const TnLink *link, guint fields)
{
  TnChange *change = tn_change_new (TN_CHANGE_UPDATE, page, link);
  change->fields = fields & ~(1u << TN_FIELD_TEXT);
  change->pending = tn_link_copy (link);
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      if ((fields & (1u << i)) != 0)
        g_clear_pointer (&change->pending->wished[i], g_free); /* due until it is written */
      if ((change->fields & (1u << i)) != 0)
        {
          tn_text_set (&change->before[i], link->shown[i]);
          tn_text_set (&change->after[i], page->wished[i]);
        }
    }
  g_ptr_array_add (changes, change);
}

static void
add_creation (const TnDiffInput *input, GPtrArray *changes, const TnPosting *page)
{
  g_autofree char *name = g_strdelimit (g_strdup (page->event->uid), "@", '.');
  if (tn_snapshot_is_taken (input->snapshot, name))
    {
      g_autofree char *reason = g_strdup_printf (
          "the place of the journal, %s, is taken by something else: move that away", name);
      g_ptr_array_add (changes, tn_change_new_wait (page, NULL, reason));
      return;
    }
  g_autoptr (TnLink) link = tn_link_new (input->calendar->id, page->event->uid, page->event->key);
  wish (link, page);
  TnChange *change = tn_change_new (TN_CHANGE_CREATE, page, link);
  g_clear_pointer (&change->revision, g_free);
  tn_text_set (&change->item_id, name);
  g_ptr_array_add (changes, change);
}

static gboolean
same_place (const TnLink *a, const TnLink *b)
{
  for (guint i = 0; i < TN_N_FIELDS; i++)
    if (g_strcmp0 (a->wished[i], b->wished[i]) != 0 || g_strcmp0 (a->shown[i], b->shown[i]) != 0)
      return FALSE;
  return strcmp (a->item_id, b->item_id) == 0 && strcmp (a->revision, b->revision) == 0
         && a->n_attendees == b->n_attendees && g_strcmp0 (a->stamp, b->stamp) == 0;
}

/* What is written for a person who invited others would mail them (promise 4). */
static void
wait_for_mail (GPtrArray *changes, const TnPosting *page, const TnLink *old, TnLink *link,
               guint fields)
{
  for (guint i = 0; i < TN_N_FIELDS; i++)
    if ((fields & (1u << i)) != 0)
      g_clear_pointer (&link->wished[i], g_free); /* stays due */
  if (old == NULL || !same_place (old, link))
    g_ptr_array_add (changes, tn_change_new (TN_CHANGE_REMEMBER, page, link));
  g_ptr_array_add (changes,
                   tn_change_new_wait (page, link,
                                       "people are invited to this page of the journal; writing it "
                                       "would mail them: take the invitations out"));
}

static TnLink *
link_seen (const TnDiffInput *input, const TnSeen *seen, const char *uid, const char *key,
           const TnLink *old)
{
  TnLink *link = old != NULL ? tn_link_copy (old) : tn_link_new (input->calendar->id, uid, key);
  if (seen == NULL)
    return link;
  tn_text_set (&link->item_id, seen->id);
  tn_text_set (&link->revision, seen->revision);
  link->n_attendees = seen->event->n_attendees;
  tn_binder_show (link, seen->event);
  return link;
}

/* What nobody can read cannot be edited, and is not written over (hazard 72). */
static void
wait_for_repair (GPtrArray *changes, const TnPosting *page, const TnLink *link, const char *problem)
{
  g_autofree char *reason = g_strdup_printf (
      "this page of the journal cannot be read (%s: %s); it is left alone: repair or delete it",
      link->item_id, problem);
  g_ptr_array_add (changes, tn_change_new_wait (page, link, reason));
}

static void
diff_own (const TnDiffInput *input, GPtrArray *changes, const TnPosting *page)
{
  const TnLink *old = tn_snapshot_find_link (input->snapshot, page->event->uid);
  const TnSeen *seen = tn_snapshot_find_seen (input->snapshot, page->event->uid);
  const char *problem
      = old != NULL && seen == NULL ? tn_snapshot_find_problem (input->snapshot, old->uid) : NULL;
  if (problem != NULL)
    {
      wait_for_repair (changes, page, old, problem);
      return;
    }
  if (seen == NULL && (old == NULL || tn_snapshot_is_absent (input->snapshot, old->uid)))
    {
      /* What was not read may be the page, moved (promise 2). */
      gboolean may_have_moved = old != NULL && tn_snapshot_has_new_wreck (input->snapshot);
      if (tn_snapshot_is_all_read (input->snapshot) && !may_have_moved)
        add_creation (input, changes, page);
      else
        g_ptr_array_add (changes, tn_change_new_wait (page, NULL, UNREAD));
      return;
    }
  g_autoptr (TnLink) link = link_seen (input, seen, page->event->uid, page->event->key, old);
  wish (link, page);
  guint fields = compare (link, old);
  if (fields != 0 && link->n_attendees > 0 && (input->caps & TURNUS_CAP_NO_MAIL) == 0)
    wait_for_mail (changes, page, old, link, fields);
  else if (fields != 0)
    add_update (changes, page, link, fields);
  else if (old == NULL || !same_place (old, link))
    g_ptr_array_add (changes, tn_change_new (TN_CHANGE_REMEMBER, page, link));
}

static void
note_edit (const TnDiffInput *input, const TnPosting *page, TnField field, const TnLink *old,
           const char *shown, GPtrArray *history)
{
  TnHistory *line = tn_history_new ("not possible");
  line->at_us = input->now_us;
  tn_text_set (&line->calendar, input->calendar->id);
  tn_text_set (&line->uid, page->event->uid);
  tn_text_set (&line->key, page->event->key);
  tn_text_set (&line->field, tn_field_to_string (field));
  tn_text_set (&line->before, old->shown[field]);
  tn_text_set (&line->after, shown);
  tn_text_set (&line->source, "a page of the journal is written by turnus");
  g_ptr_array_add (history, line);
}

/**
 * tn_binder_note_edits:
 * @pages: (element-type TnPosting): this council's journal, as it is to stand
 * @history: (element-type TnHistory): what people changed in its pages is added
 *
 * A page is put back whatever people write there; what they wrote is kept (promise 1).
 */
void
tn_binder_note_edits (const TnDiffInput *input, GPtrArray *pages, GPtrArray *history)
{
  for (guint i = 0; i < pages->len; i++)
    {
      const TnPosting *page = g_ptr_array_index (pages, i);
      const TnLink *old = tn_snapshot_find_link (input->snapshot, page->event->uid);
      const TnSeen *seen = tn_snapshot_find_seen (input->snapshot, page->event->uid);
      const TnIntent *intent = g_hash_table_lookup (input->snapshot->intents, page->event->uid);
      for (guint j = 0; old != NULL && seen != NULL && j < TN_N_FIELDS; j++)
        {
          g_autofree char *shown = tn_event_dup_field (seen->event, (TnField) j);
          if (page->wished[j] != NULL && g_strcmp0 (shown, old->shown[j]) != 0
              && strcmp (shown, page->wished[j]) != 0
              && (intent == NULL || g_strcmp0 (shown, intent->wished[j]) != 0))
            note_edit (input, page, (TnField) j, old, shown, history);
        }
    }
}

/**
 * tn_binder_is_mute:
 * @link: of a page
 *
 * Returns: %TRUE when what it says for daemons was written, and the calendar showed nothing of it
 *   when it was read back
 */
gboolean
tn_binder_is_mute (const TnLink *link)
{
  g_autofree char *nothing = dup_digest (NULL);
  const char *wished = link->wished[TN_FIELD_TEXT];
  return wished != NULL && *wished != '\0' && strcmp (wished, nothing) != 0
         && g_strcmp0 (link->shown[TN_FIELD_TEXT], nothing) == 0;
}

static void
diff_foreign (const TnDiffInput *input, GPtrArray *changes, const TnSeen *seen)
{
  const TnLink *old = tn_snapshot_find_link (input->snapshot, seen->uid);
  g_autoptr (TnLink) link = link_seen (input, seen, seen->uid, seen->event->key, old);
  g_autofree char *told = tn_hearsay_dup_told (seen->event);
  tn_text_set (&link->wished[TN_FIELD_NOTE], told);
  /* A page that could not be read whole is read again each time: the next version of the program
   * may know what stands there. */
  if (told == NULL)
    tn_text_set (&link->revision, "");
  if (old == NULL || !same_place (old, link))
    g_ptr_array_add (changes, tn_change_new (TN_CHANGE_REMEMBER, NULL, link));
}

static gboolean
is_of (const char *key, const char *council)
{
  g_autoptr (TnPageKey) page = tn_identity_page_from_key (key);
  return page != NULL && strcmp (page->council, council) == 0;
}

static int
compare_seen (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(TnSeen *const *) a)->id, (*(TnSeen *const *) b)->id);
}

static void
diff_others (const TnDiffInput *input, const char *council, GPtrArray *links, GPtrArray *changes)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, input->snapshot->by_uid);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const TnSeen *seen = value;
      if (seen->event != NULL && seen->event->key != NULL && tn_journal_is_page (seen->event->key)
          && !is_of (seen->event->key, council))
        g_ptr_array_add (pages, value);
    }
  g_ptr_array_sort (pages, compare_seen);
  for (guint i = 0; i < pages->len; i++)
    diff_foreign (input, changes, g_ptr_array_index (pages, i));
  for (guint i = 0; i < links->len; i++)
    {
      const TnLink *link = g_ptr_array_index (links, i);
      if (tn_journal_is_page (link->key) && !is_of (link->key, council)
          && tn_snapshot_find_seen (input->snapshot, link->uid) == NULL
          && tn_snapshot_is_absent (input->snapshot, link->uid))
        g_ptr_array_add (changes, tn_change_new (TN_CHANGE_FORGET, NULL, link));
    }
}

/**
 * tn_binder_diff:
 * @council: whose daemon this is
 * @pages: (element-type TnPosting): its journal, as it is to stand
 * @links: (element-type TnLink): of all pages that are remembered
 * @changes: (element-type TnChange): what is to be done about the pages is added
 *
 * Source: design section 6, Journal.
 */
void
tn_binder_diff (const TnDiffInput *input, const char *council, GPtrArray *pages, GPtrArray *links,
                GPtrArray *changes)
{
  for (guint i = 0; i < pages->len; i++)
    diff_own (input, changes, g_ptr_array_index (pages, i));
  diff_others (input, council, links, changes);
}

/* What the calendar shows is remembered, what is due stays due, and a person is told. */
static void
put_off (GPtrArray *changes, TnChange *change, const char *reason)
{
  if (change->kind != TN_CHANGE_UPDATE)
    {
      change->kind = TN_CHANGE_WAIT;
      tn_change_hold (change, reason);
      return;
    }
  g_ptr_array_add (changes, tn_change_new_wait (change->posting, change->pending, reason));
  change->kind = TN_CHANGE_REMEMBER;
  tn_link_free (change->link);
  change->link = g_steal_pointer (&change->pending);
}

/**
 * tn_binder_put_off:
 * @reason: why the journal cannot be written
 * @changes: (element-type TnChange): of events: none is written, for it would name what the journal
 *   does not tell
 */
void
tn_binder_put_off (const char *reason, GPtrArray *changes)
{
  guint n = changes->len;
  for (guint i = 0; i < n; i++)
    {
      TnChange *change = g_ptr_array_index (changes, i);
      if (tn_change_is_write (change))
        put_off (changes, change, reason);
    }
}
