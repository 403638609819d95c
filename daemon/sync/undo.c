/* Undoing a pass. The ledger is never rewritten: a decision that the pass took from somebody's edit
 * is answered by a counter-decision, judged like any other, and the values go back in all calendars
 * by themselves. What no decision of the pass brought about cannot be undone here, and is told with
 * what can be done instead.
 *
 * History has no mark of where a pass ends. Within one calendar a pass first judges, then writes,
 * so a judged edit behind a write begins another pass, and so does a pause. */
#include "sync/undo.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "model/identity.h"
#include "rules/authority.h"
#include "sync/decide.h"
#include "sync/wish.h"

static const guint MOST_HISTORY = 5000;
static const gint64 PAUSE_US = 2 * G_USEC_PER_SEC;

static const char *const WRITTEN[] = { "created", "changed", "put back", "removed", NULL };

static void
step_free (TnUndoStep *step)
{
  g_free (step->reference);
  g_free (step->what);
  g_free (step->field);
  g_free (step->before);
  g_free (step->after);
  g_free (step->why_not);
  tn_decision_unref (step->counter);
  g_clear_pointer (&step->effects, g_ptr_array_unref);
  g_free (step);
}

void
tn_undo_free (TnUndo *undo)
{
  if (undo == NULL)
    return;
  g_free (undo->pass);
  g_free (undo->calendar);
  g_clear_pointer (&undo->steps, g_ptr_array_unref);
  g_free (undo);
}

static gboolean
is_written (const TnHistory *entry)
{
  return g_strv_contains (WRITTEN, entry->what);
}

static gboolean
is_decided (const TnHistory *entry)
{
  return strcmp (entry->what, "decided") == 0;
}

/* Does @next, of the same calendar, belong to another pass than @last before it? */
static gboolean
is_another (const TnHistory *last, const TnHistory *next)
{
  return next->at_us - last->at_us > PAUSE_US || (is_written (last) && !is_written (next));
}

static char *
dup_name (const TnHistory *first)
{
  g_autoptr (GDateTime) epoch = g_date_time_new_from_unix_utc (0);
  g_autoptr (GDateTime) at = g_date_time_add (epoch, first->at_us);
  g_autofree char *time = g_date_time_format_iso8601 (at);
  return g_strdup_printf ("%s@%s", first->calendar, time);
}

/* @history runs from the newest entry. Returns: the place of the one before @place in the same
 * calendar; the length when there is none */
static guint
find_older (GPtrArray *history, guint place)
{
  const TnHistory *entry = g_ptr_array_index (history, place);
  for (place++; place < history->len; place++)
    if (g_strcmp0 (((const TnHistory *) g_ptr_array_index (history, place))->calendar,
                   entry->calendar)
        == 0)
      break;
  return place;
}

/* Returns: (transfer container) (element-type TnHistory): the pass whose last entry stands at
 * @place, oldest first */
static GPtrArray *
list_pass (GPtrArray *history, guint place)
{
  GPtrArray *entries = g_ptr_array_new ();
  for (guint older = place; older < history->len; place = older)
    {
      g_ptr_array_insert (entries, 0, g_ptr_array_index (history, place));
      older = find_older (history, place);
      if (older < history->len
          && is_another (g_ptr_array_index (history, older), g_ptr_array_index (history, place)))
        break;
    }
  return entries;
}

static gboolean
has_decided (GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    if (is_decided (g_ptr_array_index (entries, i)))
      return TRUE;
  return FALSE;
}

/* @pass: (nullable): the last one that took decisions when it is not named */
static GPtrArray *
find_pass (GPtrArray *history, const char *pass)
{
  g_autoptr (GHashTable) done = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < history->len; i++)
    {
      const TnHistory *entry = g_ptr_array_index (history, i);
      if (entry->calendar == NULL || g_hash_table_contains (done, entry))
        continue;
      g_autoptr (GPtrArray) entries = list_pass (history, i);
      for (guint j = 0; j < entries->len; j++)
        g_hash_table_add (done, g_ptr_array_index (entries, j));
      g_autofree char *name = dup_name (g_ptr_array_index (entries, 0));
      if (pass != NULL ? strcmp (name, pass) == 0 : has_decided (entries))
        return g_steal_pointer (&entries);
    }
  return NULL;
}

static TnUndoStep *
step_new (const TnHistory *entry)
{
  TnUndoStep *step = g_new0 (TnUndoStep, 1);
  step->reference = entry->key != NULL ? tn_identity_key_to_reference (entry->key) : NULL;
  step->what = g_strdup (entry->what);
  step->field = g_strdup (entry->field);
  step->before = g_strdup (entry->before);
  step->after = g_strdup (entry->after);
  return step;
}

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, TN_ERROR, TN_ERROR_INVALID, why);
  return FALSE;
}

/* A date and its confirmation are one entry, which history knows by the date alone. */
static gboolean
is_of_entry (const TnLedger *ledger, const TnHistory *entry, const TnDecision *standing)
{
  g_autofree char *source = g_strdup_printf ("calendar %s", entry->calendar);
  if (strcmp (standing->id, entry->source) == 0)
    return TRUE;
  return tn_ledger_find_id (ledger, entry->source) == NULL
         && g_strcmp0 (standing->source, source) == 0 && standing->value != NULL
         && g_str_has_prefix (entry->after, standing->value);
}

/* The decision that @counter is to replace. Where that is not the pass's own any more, taking the
 * pass back would take back what somebody decided later. */
static const TnDecision *
find_standing (const TnPlan *plan, const TnHistory *entry, const TnDecision *counter,
               GError **error)
{
  const TnLedger *ledger = tn_plan_get_ledger (plan);
  const TnDecision *standing
      = tn_ledger_find (ledger, counter->kind, counter->collaboration, counter->series,
                        counter->cycle, counter->site, counter->milestone);
  if (standing != NULL && is_of_entry (ledger, entry, standing))
    return standing;
  if (standing == NULL)
    refuse (error, "the ledger does not have that decision any more");
  else
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                 "it was decided otherwise since, in entry %s; that one stands", standing->id);
  return NULL;
}

/* A date that was confirmed before is confirmed again. */
static gboolean
was_confirmed (const TnPlan *plan, const TnDecision *standing)
{
  const TnDecision *old = standing->replaces != NULL
                              ? tn_ledger_find_id (tn_plan_get_ledger (plan), standing->replaces)
                              : NULL;
  return old != NULL && old->confirmed;
}

/* Returns: (transfer full) (nullable): the decision that gives back what stood before @entry */
static TnDecision *
make_counter (const TnPlan *plan, const TnHistory *entry, const TnDecisionDraft *signature,
              GError **error)
{
  TnWish wish = { 0 };
  TnRight right = TN_RIGHT_WHAT;
  wish.occurrence
      = entry->uid != NULL ? tn_plan_find_uid (plan, entry->uid, &wish.milestone) : NULL;
  if (wish.occurrence == NULL || entry->field == NULL
      || !tn_field_from_string (entry->field, &wish.field))
    {
      refuse (error, "the event is not in the plan any more");
      return NULL;
    }
  if (entry->before == NULL || entry->after == NULL)
    {
      refuse (error, "what stood before is not known any more");
      return NULL;
    }
  wish.value = entry->before;
  g_autoptr (TnDecision) counter = tn_wish_to_decision (&wish, signature, &right, error);
  const TnDecision *standing = counter != NULL ? find_standing (plan, entry, counter, error) : NULL;
  if (standing == NULL)
    return NULL;
  TnDecisionDraft draft = tn_decision_to_draft (counter);
  draft.role = tn_authority_find_role (wish.occurrence, wish.milestone, signature->by, right);
  if (draft.kind == TN_DECISION_DATE && wish.field == TN_FIELD_WHEN)
    draft.confirmed = was_confirmed (plan, standing);
  return tn_decision_new (&draft);
}

/* Why what is no decision cannot be taken back, and what to do instead. */
static char *
dup_why_not (const TnHistory *entry)
{
  static const struct
  {
    const char *what;
    const char *why;
  } reasons[] = {
    { "created", "the charter asks for this event: cancel or postpone it, or change the charter" },
    { "removed", "the plan has no such event any more; what people wrote in it is in turnusctl "
                 "history" },
    { "put back", "whoever changed it may not; the change waits in turnusctl proposals" },
    { "proposed", "it is not done, but waits for an answer: turnusctl proposals" },
    { "conflict", "the one that lost is kept: accept it with turnusctl proposals" },
    { "found", "the date stood in the calendar already; move it with turnusctl move" },
    { "claimed", "the entry was made by hand and is linked now; delete it, or cancel the event" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (strcmp (reasons[i].what, entry->what) == 0)
      return g_strdup (reasons[i].why);
  if (strcmp (entry->what, "changed") != 0)
    return g_strdup ("nothing was changed by it");
  return strcmp (entry->source, "rules") == 0
             ? g_strdup ("the rules give it: change the charter, or decide otherwise")
             : g_strdup_printf ("it follows from entry %s of the ledger, which this pass did not "
                                "take: decide otherwise",
                                entry->source);
}

/* What a pass writes because of what it decided goes back with the decision. */
static gboolean
follows (const TnHistory *entry, GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const TnHistory *other = g_ptr_array_index (entries, i);
      if (is_written (entry) && is_decided (other) && g_strcmp0 (entry->source, other->source) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
weigh_step (TnUndoStep *step, TnBook *book, const TnHistory *entry,
            const TnDecisionDraft *signature)
{
  g_autoptr (GError) error = NULL;
  if (!is_decided (entry))
    {
      step->why_not = dup_why_not (entry);
      return;
    }
  g_autoptr (TnDecision) counter = make_counter (tn_book_get_plan (book), entry, signature, &error);
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  if (counter != NULL)
    {
      draft = tn_decision_to_draft (counter);
      step->counter = tn_decide (book, &draft, TRUE, &step->effects, &error);
    }
  if (step->counter == NULL)
    step->why_not = g_strdup (error->message);
}

static GPtrArray *
load_pass (TnBook *book, GPtrArray **ret_history, const char *pass, GError **error)
{
  g_autoptr (GPtrArray) history
      = tn_store_load_history (tn_book_get_store (book), NULL, MOST_HISTORY, error);
  if (history == NULL)
    return NULL;
  GPtrArray *entries = find_pass (history, pass);
  if (entries == NULL && pass != NULL)
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                 "there is no pass '%s' in the history; turnusctl undo names the last one that "
                 "took a decision from a calendar",
                 pass);
  else if (entries == NULL)
    refuse (error, "no pass of which the history tells took a decision from a calendar");
  *ret_history = g_steal_pointer (&history);
  return entries;
}

/**
 * tn_undo_new:
 * @pass: (nullable): its name; the last one that took decisions from a calendar when not said
 * @council: who takes it back
 * @user: who asks
 *
 * Works out what would take a pass back; nothing is done.
 *
 * Errors: %TN_ERROR_INVALID when there is no such pass, else what the store says.
 * Returns: (transfer full) (nullable): the pass, with what takes each step back, or why nothing
 * does
 */
TnUndo *
tn_undo_new (TnBook *book, const char *pass, const char *council, const char *user, GError **error)
{
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GPtrArray) entries = load_pass (book, &history, pass, error);
  if (entries == NULL)
    return NULL;
  const TnHistory *first = g_ptr_array_index (entries, 0);
  g_autoptr (TnUndo) undo = g_new0 (TnUndo, 1);
  undo->pass = dup_name (first);
  undo->calendar = g_strdup (first->calendar);
  undo->at_us = first->at_us;
  undo->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) step_free);
  g_autofree char *source = g_strdup_printf ("command %s", user);
  g_autofree char *note = g_strdup_printf ("undo %s", undo->pass);
  TnDecisionDraft signature = TN_DECISION_DRAFT_INIT;
  signature.on = tn_plan_get_today (tn_book_get_plan (book));
  signature.by = council;
  signature.source = source;
  signature.note = note;
  for (guint i = 0; i < entries->len; i++)
    {
      const TnHistory *entry = g_ptr_array_index (entries, i);
      if (follows (entry, entries))
        continue;
      TnUndoStep *step = step_new (entry);
      g_ptr_array_add (undo->steps, step);
      weigh_step (step, book, entry, &signature);
    }
  return g_steal_pointer (&undo);
}

/**
 * tn_undo_take:
 *
 * Takes the counter-decisions.
 *
 * Errors: what the store says, or that a decision may not be taken after another of them; those
 *   before it are taken.
 */
gboolean
tn_undo_take (TnUndo *undo, TnBook *book, GError **error)
{
  for (guint i = 0; i < undo->steps->len; i++)
    {
      TnUndoStep *step = g_ptr_array_index (undo->steps, i);
      if (step->counter == NULL)
        continue;
      TnDecisionDraft draft = tn_decision_to_draft (step->counter);
      g_autoptr (GPtrArray) effects = NULL;
      g_autoptr (TnDecision) taken = tn_decide (book, &draft, FALSE, &effects, error);
      if (taken == NULL)
        return FALSE;
    }
  return TRUE;
}
