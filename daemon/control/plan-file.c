/* A plan that a person keeps names what it stands on: the charters in force and the one that waits,
 * the ledger, and of each change the revision of the entry and the base that it was measured
 * against. One digest holds all of it: what is applied later is the same plan, or nothing is
 * written (design section 10, `apply`).
 *
 * Whether something waits, and why, is no part of the digest: looking at a first contact lifts what
 * it waited for. Neither are `placed` entries, by which the daemon notes what it published. */
#include "control/plan-file.h"

#include <string.h>

#include "base/encode.h"
#include "base/error.h"
#include "control/outline.h"
#include "model/identity.h"
#include "store/ledger-text.h"

static const int FORMAT = 1;

/* Takes the text, with its length, so that no two lists of texts look alike. */
static void
add_fact (GString *facts, const char *text)
{
  if (text == NULL)
    g_string_append (facts, "-\n");
  else
    g_string_append_printf (facts, "%zu %s\n", strlen (text), text);
}

/* Returns: (transfer full): the links by UID, which they own */
static GHashTable *
load_links (TnBook *book, const char *calendar)
{
  g_autoptr (GPtrArray) links = tn_store_load_links (tn_book_get_store (book), calendar, NULL);
  if (links == NULL)
    return NULL;
  GHashTable *index
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) tn_link_free);
  g_ptr_array_set_free_func (links, NULL); /* they go over to the index */
  for (guint i = 0; i < links->len; i++)
    {
      TnLink *link = g_ptr_array_index (links, i);
      g_hash_table_replace (index, link->uid, link);
    }
  return index;
}

/* What the change was measured against; %NULL where nothing is remembered. */
static char *
dup_base (GHashTable *links, const TnChange *change)
{
  const TnLink *link = g_hash_table_lookup (links, change->uid);
  if (link == NULL)
    return NULL;
  g_autoptr (GString) facts = g_string_new (NULL);
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      add_fact (facts, link->wished[i]);
      add_fact (facts, link->shown[i]);
    }
  return tn_encode_sha256 (facts->str, (gssize) facts->len);
}

/* A revision is the server's, and may be longer than its entry. */
static char *
dup_revision (const TnChange *change)
{
  return change->revision != NULL ? tn_encode_sha256 (change->revision, -1) : NULL;
}

static void
add_change_facts (GString *facts, GHashTable *links, const TnChange *change)
{
  g_autofree char *base = dup_base (links, change);
  g_string_append_printf (facts, "%c %u\n", tn_change_get_sign (change), change->fields);
  add_fact (facts, change->uid);
  add_fact (facts, change->item_id);
  add_fact (facts, change->revision);
  add_fact (facts, base);
  add_fact (facts, change->label);
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      add_fact (facts, change->before[i]);
      add_fact (facts, change->after[i]);
    }
}

static char *
digest_calendar (const TnPassResult *result, GHashTable *links)
{
  g_autoptr (GString) facts = g_string_new (NULL);
  for (guint i = 0; i < result->changes->len; i++)
    if (tn_change_get_sign (g_ptr_array_index (result->changes, i)) != ' ')
      add_change_facts (facts, links, g_ptr_array_index (result->changes, i));
  for (guint i = 0; i < result->decisions->len; i++)
    add_fact (facts, ((const TnDecision *) g_ptr_array_index (result->decisions, i))->id);
  for (guint i = 0; i < result->proposals->len; i++)
    add_fact (facts, ((const TnProposal *) g_ptr_array_index (result->proposals, i))->id);
  add_fact (facts, result->problem != NULL ? result->problem->message : NULL);
  return tn_encode_sha256 (facts->str, (gssize) facts->len);
}

static void
add_footing (JsonBuilder *sheet, const TnChange *change, GHashTable *links)
{
  g_autofree char *revision = dup_revision (change);
  g_autofree char *base = dup_base (links, change);
  json_builder_begin_object (sheet);
  tn_sheet_text (sheet, "uid", change->uid);
  tn_sheet_text (sheet, "label", change->label);
  tn_sheet_text (sheet, "revision", revision);
  tn_sheet_text (sheet, "base", base);
  json_builder_end_object (sheet);
}

/* A decision as people know its event; the label is empty where the plan does not have it. */
static void
add_edit (JsonBuilder *sheet, const TnPlan *plan, const TnDecision *decision)
{
  const TnOccurrence *occurrence = tn_plan_find (plan, decision->collaboration, decision->series,
                                                 decision->cycle, decision->site);
  g_autofree char *when = occurrence != NULL ? tn_when_to_string (&occurrence->when) : NULL;
  g_autofree char *label
      = occurrence != NULL ? g_strdup_printf ("%s, %s", occurrence->title, when) : NULL;
  json_builder_begin_object (sheet);
  tn_sheet_text (sheet, "id", decision->id);
  tn_sheet_text (sheet, "label", label);
  tn_sheet_text (sheet, "what", tn_decision_kind_to_string (decision->kind));
  tn_sheet_text (sheet, "value", decision->value);
  json_builder_end_object (sheet);
}

static void
add_wish (JsonBuilder *sheet, const TnProposal *proposal)
{
  g_autofree char *reference = tn_identity_key_to_reference (proposal->key);
  json_builder_begin_object (sheet);
  tn_sheet_text (sheet, "id", proposal->id);
  tn_sheet_text (sheet, "label", reference);
  tn_sheet_text (sheet, "what", tn_field_to_string (proposal->field));
  tn_sheet_text (sheet, "value", proposal->value);
  json_builder_end_object (sheet);
}

static void
add_calendar (JsonBuilder *sheet, const TnPlan *plan, const char *id, const TnPassResult *result,
              GHashTable *links)
{
  json_builder_begin_object (sheet);
  tn_sheet_text (sheet, "calendar", id);
  tn_sheet_list (sheet, "entries");
  for (guint i = 0; i < result->changes->len; i++)
    if (tn_change_get_sign (g_ptr_array_index (result->changes, i)) != ' ')
      add_footing (sheet, g_ptr_array_index (result->changes, i), links);
  json_builder_end_array (sheet);
  tn_sheet_list (sheet, "edits");
  for (guint i = 0; i < result->decisions->len; i++)
    add_edit (sheet, plan, g_ptr_array_index (result->decisions, i));
  for (guint i = 0; i < result->proposals->len; i++)
    add_wish (sheet, g_ptr_array_index (result->proposals, i));
  json_builder_end_array (sheet);
}

/* Closes the object that add_calendar() began. */
static void
end_calendar (JsonBuilder *sheet, const char *digest)
{
  tn_sheet_text (sheet, "digest", digest);
  json_builder_end_object (sheet);
}

static void
add_charters (JsonBuilder *sheet, TnBook *book, GString *facts)
{
  const TnRulebook *rulebook = tn_book_get_rulebook (book);
  g_autoptr (TnChapters) offered = tn_book_dup_new_chapters (book);
  const char *waiting = offered != NULL ? tn_chapters_get_rulebook (offered)->digest : NULL;
  add_fact (facts, rulebook->digest);
  add_fact (facts, waiting);
  json_builder_set_member_name (sheet, "rulebook");
  json_builder_begin_object (sheet);
  tn_sheet_text (sheet, "digest", rulebook->digest);
  tn_sheet_text (sheet, "waiting", waiting);
  tn_sheet_list (sheet, "charters");
  for (guint i = 0; i < rulebook->collaborations->len; i++)
    {
      const TnCollaboration *collaboration = g_ptr_array_index (rulebook->collaborations, i);
      json_builder_begin_object (sheet);
      tn_sheet_text (sheet, "collaboration", collaboration->id);
      tn_sheet_number (sheet, "edition", collaboration->edition);
      tn_sheet_text (sheet, "digest", collaboration->digest);
      json_builder_end_object (sheet);
    }
  json_builder_end_array (sheet);
  json_builder_end_object (sheet);
}

/* As in `ledger.txt`, but for the note: it can be blanked there, and not in a file of somebody's.
 */
static char *
dup_sentence (const TnDecision *decision)
{
  TnDecisionDraft draft = tn_decision_to_draft (decision);
  draft.note = NULL;
  g_autoptr (TnDecision) bare = tn_decision_new (&draft);
  return g_strchomp (tn_ledger_text_format (bare));
}

static void
add_ledger (JsonBuilder *sheet, const TnLedger *ledger, GString *facts)
{
  tn_sheet_list (sheet, "ledger");
  for (guint i = 0; i < tn_ledger_get_size (ledger); i++)
    {
      const TnDecision *decision = tn_ledger_get (ledger, i);
      if (decision->kind == TN_DECISION_PLACED)
        continue;
      g_autofree char *sentence = dup_sentence (decision);
      add_fact (facts, decision->id);
      json_builder_begin_object (sheet);
      tn_sheet_text (sheet, "id", decision->id);
      tn_sheet_text (sheet, "text", sentence);
      json_builder_end_object (sheet);
    }
  json_builder_end_array (sheet);
}

static gboolean
is_meant (const TnErrand *call, const char *id)
{
  return call->calendars == NULL || call->calendars[0] == NULL
         || g_strv_contains ((const char *const *) call->calendars, id);
}

static void
add_calendars (JsonBuilder *sheet, const TnErrand *call, GHashTable *results, GString *facts)
{
  TnBook *book = tn_errand_get_book (call);
  GPtrArray *all = tn_book_get_settings (book)->calendars;
  tn_sheet_list (sheet, "footing");
  for (guint i = 0; i < all->len; i++)
    {
      const char *id = ((const TnCalendar *) g_ptr_array_index (all, i))->id;
      const TnPassResult *result = g_hash_table_lookup (results, id);
      g_autoptr (GHashTable) links = load_links (book, id);
      if (!is_meant (call, id) || result == NULL || links == NULL)
        continue;
      g_autofree char *digest = digest_calendar (result, links);
      add_fact (facts, id);
      add_fact (facts, digest);
      add_calendar (sheet, tn_book_get_plan (book), id, result, links);
      end_calendar (sheet, digest);
    }
  json_builder_end_array (sheet);
}

static void
add_plan (JsonBuilder *sheet, const TnErrand *call, GHashTable *results)
{
  TnBook *book = tn_errand_get_book (call);
  GPtrArray *all = tn_book_get_settings (book)->calendars;
  tn_sheet_list (sheet, "calendars");
  for (guint i = 0; i < all->len; i++)
    {
      const char *id = ((const TnCalendar *) g_ptr_array_index (all, i))->id;
      if (is_meant (call, id))
        tn_outline_add_plan (sheet, id, g_hash_table_lookup (results, id),
                             tn_desk_get_refusal (call->desk, id), tn_book_has_new_rulebook (book));
    }
  json_builder_end_array (sheet);
}

static void
add_meant (JsonBuilder *sheet, const TnErrand *call)
{
  tn_sheet_list (sheet, "meant");
  for (guint i = 0; call->calendars != NULL && call->calendars[i] != NULL; i++)
    json_builder_add_string_value (sheet, call->calendars[i]);
  json_builder_end_array (sheet);
}

/* Returns: (transfer full): the digest of the plan that is written to @sheet */
static char *
add_document (JsonBuilder *sheet, const TnErrand *call, GHashTable *results)
{
  TnBook *book = tn_errand_get_book (call);
  const TnPlan *plan = tn_book_get_plan (book);
  g_autoptr (GString) facts = g_string_new (NULL);
  json_builder_begin_object (sheet);
  tn_sheet_number (sheet, "turnus_plan", FORMAT);
  tn_sheet_text (sheet, "council", tn_book_get_settings (book)->council);
  tn_sheet_date (sheet, "today", tn_plan_get_today (plan));
  add_meant (sheet, call);
  add_plan (sheet, call, results);
  add_charters (sheet, book, facts);
  add_ledger (sheet, tn_plan_get_ledger (plan), facts);
  add_calendars (sheet, call, results, facts);
  char *digest = tn_encode_sha256 (facts->str, (gssize) facts->len);
  tn_sheet_text (sheet, "digest", digest);
  json_builder_end_object (sheet);
  return digest;
}

static void
on_previewed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnErrand) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) results = tn_desk_preview_finish (TN_DESK (source), result, &error);
  if (results == NULL)
    {
      tn_errand_refuse (call, error);
      return;
    }
  g_autoptr (JsonBuilder) sheet = json_builder_new ();
  g_autofree char *digest = add_document (sheet, call, results);
  tn_errand_answer (call, sheet);
}

/**
 * tn_plan_file_serve:
 * @call: (transfer full)
 *
 * Answers with the plan as a document that turnusctl keeps.
 */
void
tn_plan_file_serve (TnErrand *call, GVariant *arguments)
{
  g_variant_get (arguments, "(^as)", &call->calendars);
  tn_desk_preview_async (call->desk, (const char *const *) call->calendars, call->stop,
                         on_previewed, call);
}

static gboolean
check_digest (const TnErrand *call, GHashTable *results, GError **error)
{
  g_autoptr (JsonBuilder) unread = json_builder_new ();
  g_autofree char *digest = add_document (unread, call, results);
  if (strcmp (digest, call->digest) == 0)
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_CONFLICT,
               "what this plan stands on has moved since it was made, so nothing is written; make "
               "it anew with turnusctl plan -o FILE");
  return FALSE;
}

static void
on_weighed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnErrand) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) results = tn_desk_preview_finish (TN_DESK (source), result, &error);
  if (results == NULL || !check_digest (call, results, &error)
      || !tn_book_take_new_rulebook (tn_errand_get_book (call), &error))
    {
      tn_errand_refuse (call, error);
      return;
    }
  tn_errand_pass (g_steal_pointer (&call), TN_PASS_GRANTED | TN_PASS_SEEN);
}

/**
 * tn_plan_file_serve_apply:
 * @call: (transfer full)
 *
 * Looks at the calendars anew, and passes over them if they give the plan with this digest.
 */
void
tn_plan_file_serve_apply (TnErrand *call, GVariant *arguments)
{
  g_variant_get (arguments, "(^ass)", &call->calendars, &call->digest);
  tn_errand_note_begin (call);
  tn_desk_preview_async (call->desk, (const char *const *) call->calendars, call->stop, on_weighed,
                         call);
}
