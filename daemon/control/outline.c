/* Changes, history, decisions and their effects as JSON. The keys are those of control.xml. */
#include "control/outline.h"

#include "model/identity.h"

/**
 * tn_outline_is_waiting:
 *
 * Returns: %TRUE when nothing happens until a person does something
 */
gboolean
tn_outline_is_waiting (const TnChange *change)
{
  return change->is_held || change->kind == TN_CHANGE_TWIN || change->kind == TN_CHANGE_WAIT;
}

static const char *
find_sign (TnChangeKind kind)
{
  static const char *const signs[] = { [TN_CHANGE_CREATE] = "+",
                                       [TN_CHANGE_UPDATE] = "~",
                                       [TN_CHANGE_REMOVE] = "-",
                                       [TN_CHANGE_TWIN] = "?",
                                       [TN_CHANGE_WAIT] = "!" };
  return (guint) kind < G_N_ELEMENTS (signs) ? signs[kind] : NULL;
}

static void
add_fields (JsonBuilder *sheet, const TnChange *change)
{
  tn_sheet_list (sheet, "fields");
  for (guint i = 0; i < TN_N_FIELDS && change->kind == TN_CHANGE_UPDATE; i++)
    {
      if ((change->fields & (1u << i)) == 0)
        continue;
      json_builder_begin_object (sheet);
      tn_sheet_text (sheet, "field", tn_field_to_string ((TnField) i));
      tn_sheet_text (sheet, "before", change->before[i]);
      tn_sheet_text (sheet, "after", change->after[i]);
      json_builder_end_object (sheet);
    }
  json_builder_end_array (sheet);
}

static void
add_change (JsonBuilder *sheet, const TnChange *change, const char *sign)
{
  g_autofree char *reference = tn_identity_key_to_reference (change->key);
  json_builder_begin_object (sheet);
  tn_sheet_text (sheet, "sign", sign);
  tn_sheet_flag (sheet, "held", change->is_held);
  tn_sheet_text (sheet, "uid", change->uid);
  tn_sheet_text (sheet, "reference", reference);
  tn_sheet_text (sheet, "label", change->label);
  tn_sheet_text (sheet, "item", change->item_id);
  add_fields (sheet, change);
  tn_sheet_text (sheet, "why", change->reason);
  json_builder_end_object (sheet);
}

/**
 * tn_outline_add_changes:
 * @changes: (element-type TnChange)
 * @only_waiting: leave out what needs no person
 */
void
tn_outline_add_changes (JsonBuilder *sheet, const char *name, GPtrArray *changes,
                        gboolean only_waiting)
{
  tn_sheet_list (sheet, name);
  for (guint i = 0; i < changes->len; i++)
    {
      const TnChange *change = g_ptr_array_index (changes, i);
      const char *sign = find_sign (change->kind);
      if (sign != NULL && (!only_waiting || tn_outline_is_waiting (change)))
        add_change (sheet, change, sign);
    }
  json_builder_end_array (sheet);
}

/**
 * tn_outline_add_plan:
 * @result: (nullable): of a preview; %NULL when the calendar was refused
 * @refusal: (nullable): why
 */
void
tn_outline_add_plan (JsonBuilder *sheet, const char *calendar, const TnPassResult *result,
                     const char *refusal, gboolean new_rulebook)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  const char *problem = refusal;
  if (result != NULL)
    problem = result->problem != NULL ? result->problem->message : NULL;
  else if (problem == NULL)
    problem = "what is remembered of it cannot be read";
  json_builder_begin_object (sheet);
  tn_sheet_text (sheet, "calendar", calendar);
  tn_sheet_text (sheet, "problem", problem);
  tn_sheet_text (sheet, "hold",
                 result != NULL && result->hold != TN_HOLD_NONE ? tn_hold_to_string (result->hold)
                                                                : NULL);
  tn_sheet_text (sheet, "hold_text", result != NULL ? result->hold_text : NULL);
  tn_sheet_flag (sheet, "new_rulebook", new_rulebook);
  tn_sheet_number (sheet, "decisions", result != NULL ? result->decisions->len : 0);
  tn_sheet_number (sheet, "proposals", result != NULL ? result->proposals->len : 0);
  tn_outline_add_changes (sheet, "changes", result != NULL ? result->changes : none, FALSE);
  json_builder_end_object (sheet);
}

static void
add_history_entry (JsonBuilder *sheet, const TnHistory *history)
{
  g_autofree char *reference
      = history->key != NULL ? tn_identity_key_to_reference (history->key) : NULL;
  json_builder_begin_object (sheet);
  tn_sheet_time (sheet, "at", history->at_us);
  tn_sheet_text (sheet, "calendar", history->calendar);
  tn_sheet_text (sheet, "reference", reference);
  tn_sheet_text (sheet, "what", history->what);
  tn_sheet_text (sheet, "field", history->field);
  tn_sheet_text (sheet, "before", history->before);
  tn_sheet_text (sheet, "after", history->after);
  tn_sheet_text (sheet, "source", history->source);
  json_builder_end_object (sheet);
}

/**
 * tn_outline_add_history:
 * @history: (element-type TnHistory), newest first
 * @n: so many of them
 *
 * Writes the elements of an array that the caller begins and ends.
 */
void
tn_outline_add_history (JsonBuilder *sheet, GPtrArray *history, guint n)
{
  for (guint i = 0; i < n; i++)
    add_history_entry (sheet, g_ptr_array_index (history, i));
}

static void
add_subject (JsonBuilder *sheet, const TnDecision *decision)
{
  tn_sheet_text (sheet, "collaboration", decision->collaboration);
  tn_sheet_text (sheet, "series", decision->series);
  tn_sheet_text (sheet, "cycle", decision->cycle);
  tn_sheet_text (sheet, "site", decision->site);
  tn_sheet_text (sheet, "milestone", decision->milestone);
  tn_sheet_text (sheet, "council", decision->council);
  tn_sheet_text (sheet, "after", decision->after_council);
  tn_sheet_text (sheet, "other_cycle", decision->other_cycle);
  tn_sheet_text (sheet, "value", decision->value);
  tn_sheet_date (sheet, "since", decision->since);
  tn_sheet_flag (sheet, "confirmed", decision->confirmed);
  tn_sheet_text (sheet, "replaces", decision->replaces);
}

static void
add_entry (JsonBuilder *sheet, const TnDecision *decision)
{
  tn_sheet_text (sheet, "id", decision->id);
  tn_sheet_text (sheet, "kind", tn_decision_kind_to_string (decision->kind));
  tn_sheet_date (sheet, "on", decision->on);
  tn_sheet_text (sheet, "by", decision->by);
  tn_sheet_text (sheet, "role", decision->role);
  tn_sheet_text (sheet, "source", decision->source);
  tn_sheet_text (sheet, "note", decision->note);
  tn_sheet_text (sheet, "minutes", decision->minutes);
  add_subject (sheet, decision);
}

/**
 * tn_outline_add_decision:
 * @decision: (nullable)
 */
void
tn_outline_add_decision (JsonBuilder *sheet, const char *name, const TnDecision *decision)
{
  if (decision == NULL)
    {
      tn_sheet_nothing (sheet, name);
      return;
    }
  json_builder_set_member_name (sheet, name);
  json_builder_begin_object (sheet);
  add_entry (sheet, decision);
  json_builder_end_object (sheet);
}

/**
 * tn_outline_add_ledger:
 * @decisions: (element-type TnDecision)
 *
 * Writes the elements of an array that the caller begins and ends, each with the line that
 * tn_decision_from_line() reads.
 */
void
tn_outline_add_ledger (JsonBuilder *sheet, GPtrArray *decisions)
{
  for (guint i = 0; i < decisions->len; i++)
    {
      const TnDecision *decision = g_ptr_array_index (decisions, i);
      g_autofree char *line = tn_decision_to_line (decision);
      json_builder_begin_object (sheet);
      add_entry (sheet, decision);
      tn_sheet_text (sheet, "line", line);
      json_builder_end_object (sheet);
    }
}

/**
 * tn_outline_add_effects:
 * @effects: (element-type TnEffect)
 */
void
tn_outline_add_effects (JsonBuilder *sheet, const char *name, GPtrArray *effects)
{
  tn_sheet_list (sheet, name);
  for (guint i = 0; i < effects->len; i++)
    {
      const TnEffect *effect = g_ptr_array_index (effects, i);
      json_builder_begin_object (sheet);
      tn_sheet_text (sheet, "reference", effect->reference);
      tn_sheet_text (sheet, "title", effect->title);
      tn_sheet_text (sheet, "field", effect->field);
      tn_sheet_text (sheet, "before", effect->before);
      tn_sheet_text (sheet, "after", effect->after);
      json_builder_end_object (sheet);
    }
  json_builder_end_array (sheet);
}

static void
add_fairness (JsonBuilder *sheet, const char *name, const TnFairness *fairness)
{
  json_builder_set_member_name (sheet, name);
  json_builder_begin_object (sheet);
  tn_sheet_number (sheet, "held", fairness->n_held);
  tn_sheet_number (sheet, "planned", fairness->n_planned);
  tn_sheet_number (sheet, "given", fairness->n_given);
  tn_sheet_number (sheet, "taken", fairness->n_taken);
  tn_sheet_number (sheet, "skipped", fairness->n_skipped);
  if (fairness->years_since >= 0)
    tn_sheet_number (sheet, "years_since", fairness->years_since);
  else
    tn_sheet_nothing (sheet, "years_since");
  tn_sheet_text (sheet, "next", fairness->next);
  json_builder_end_object (sheet);
}

/**
 * tn_outline_add_shares:
 * @shares: (nullable) (element-type TnShare)
 */
void
tn_outline_add_shares (JsonBuilder *sheet, const char *name, GPtrArray *shares)
{
  if (shares == NULL)
    {
      tn_sheet_nothing (sheet, name);
      return;
    }
  tn_sheet_list (sheet, name);
  for (guint i = 0; i < shares->len; i++)
    {
      const TnShare *share = g_ptr_array_index (shares, i);
      json_builder_begin_object (sheet);
      tn_sheet_text (sheet, "collaboration", share->collaboration);
      tn_sheet_text (sheet, "series", share->series);
      tn_sheet_text (sheet, "role", share->role);
      tn_sheet_text (sheet, "council", share->before->council);
      add_fairness (sheet, "before", share->before);
      add_fairness (sheet, "after", share->after);
      json_builder_end_object (sheet);
    }
  json_builder_end_array (sheet);
}
