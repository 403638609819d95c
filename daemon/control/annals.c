/* What was done and decided, told to whoever asks, and blanked where it should not have been said.
 */
#include "control/annals.h"

#include "control/mention.h"
#include "control/outline.h"
#include "sync/journal.h"
#include "sync/redaction.h"

static const guint USUAL_HISTORY = 100;
static const guint MAX_HISTORY = 10000;

static char *
find_uid (const TnErrand *call, const char *reference, GError **error)
{
  const TnMilestone *milestone = NULL;
  const TnOccurrence *occurrence = tn_mention_find_event (
      tn_book_get_plan (tn_errand_get_book (call)), reference, &milestone, error);
  if (occurrence == NULL)
    return NULL;
  return g_strdup (milestone != NULL ? milestone->uid : occurrence->uid);
}

/**
 * tn_annals_serve_history:
 * @call: (transfer full)
 *
 * The history of one event, or of all.
 */
void
tn_annals_serve_history (TnErrand *call, GVariant *arguments)
{
  g_autoptr (TnErrand) owned = call;
  const char *reference = NULL;
  guint most = 0;
  g_autoptr (GError) error = NULL;
  g_variant_get (arguments, "(&su)", &reference, &most);
  g_autofree char *uid = *reference != '\0' ? find_uid (call, reference, &error) : NULL;
  g_autoptr (GPtrArray) history
      = error == NULL
            ? tn_store_load_history (tn_book_get_store (tn_errand_get_book (call)), uid,
                                     most == 0 ? USUAL_HISTORY : MIN (most, MAX_HISTORY), &error)
            : NULL;
  if (history == NULL)
    {
      tn_errand_refuse (call, error);
      return;
    }
  g_autoptr (JsonBuilder) sheet = json_builder_new ();
  json_builder_begin_array (sheet);
  tn_outline_add_history (sheet, history, history->len);
  json_builder_end_array (sheet);
  tn_errand_answer (call, sheet);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  return tn_decision_compare (*(TnDecision *const *) a, *(TnDecision *const *) b);
}

/**
 * tn_annals_serve_ledger:
 * @call: (transfer full)
 *
 * All decisions, as people read them.
 */
void
tn_annals_serve_ledger (TnErrand *call, GVariant *arguments)
{
  g_autoptr (TnErrand) owned = call;
  g_autoptr (GError) error = NULL;
  TnStore *store = tn_book_get_store (tn_errand_get_book (call));
  g_autoptr (GPtrArray) decisions = tn_store_load_ledger (store, &error);
  if (decisions == NULL)
    {
      tn_errand_refuse (call, error);
      return;
    }
  g_ptr_array_sort (decisions, compare_entries);
  g_autoptr (JsonBuilder) sheet = json_builder_new ();
  json_builder_begin_array (sheet);
  tn_outline_add_ledger (sheet, decisions);
  json_builder_end_array (sheet);
  tn_errand_answer (call, sheet);
}

/**
 * tn_annals_serve_redact:
 * @call: (transfer full)
 *
 * Blanks the note of a decision (promise 11).
 */
void
tn_annals_serve_redact (TnErrand *call, GVariant *arguments)
{
  g_autoptr (TnErrand) owned = call;
  const char *id = NULL;
  g_autoptr (GError) error = NULL;
  g_variant_get (arguments, "(&s)", &id);
  g_autoptr (TnDecision) blanked = tn_redaction_take (tn_errand_get_book (call), id, &error);
  if (blanked == NULL)
    {
      tn_errand_refuse (call, error);
      return;
    }
  g_autoptr (JsonBuilder) sheet = json_builder_new ();
  json_builder_begin_object (sheet);
  tn_sheet_text (sheet, "id", blanked->id);
  tn_sheet_text (sheet, "origin", tn_journal_find_origin (blanked));
  json_builder_end_object (sheet);
  tn_desk_wake (call->desk);
  tn_errand_answer (call, sheet);
}
