/* A decision of the ledger in the charter's own words. What a charter cannot say of one is in
 * which role somebody wrote it down, who else agreed to a swap, and which entry it replaced: they
 * have done their work by then. */
#include "ctl/decision-syntax.h"

#include <string.h>

/**
 * tn_decision_syntax_bare:
 *
 * Returns: (transfer full): what of @decision a charter can say; two that mean the same there have
 *   the same id
 */
TnDecision *
tn_decision_syntax_bare (const TnDecision *decision)
{
  TnDecisionDraft draft = tn_decision_to_draft (decision);
  draft.role = NULL;
  if (draft.kind == TN_DECISION_SWAP)
    draft.council = NULL;
  draft.replaces = NULL;
  draft.source = NULL;
  return tn_decision_new (&draft);
}

static void
append_string (GString *text, const char *value)
{
  g_string_append_c (text, '"');
  for (const char *c = value; *c != '\0'; c++)
    if (*c == '\n')
      g_string_append (text, "\\n");
    else if (*c == '\t')
      g_string_append (text, "\\t");
    else
      {
        if (*c == '"' || *c == '\\')
          g_string_append_c (text, '\\');
        g_string_append_c (text, *c);
      }
  g_string_append_c (text, '"');
}

static void
add_text (GString *text, const char *key, const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (text, " %s = ", key);
  append_string (text, value);
  g_string_append_c (text, ';');
}

static void
add_date (GString *text, const char *key, TnDate date)
{
  g_autofree char *value = date != TN_DATE_NONE ? tn_date_to_string (date) : NULL;
  add_text (text, key, value);
}

static void
add_flag (GString *text, const char *key, gboolean flag)
{
  g_string_append_printf (text, " %s = %s;", key, flag ? "true" : "false");
}

/* The one key that says what was decided, and its companions. */
static void
add_action (GString *text, const TnDecision *decision)
{
  const char *key = tn_decision_kind_to_string (decision->kind);
  switch (decision->kind)
    {
    case TN_DECISION_CANCEL:
    case TN_DECISION_DONE:
      add_flag (text, key, g_strcmp0 (decision->value, "yes") == 0);
      break;
    case TN_DECISION_SWAP:
      add_text (text, key, decision->other_cycle);
      break;
    case TN_DECISION_SET:
      add_text (text, key, decision->council);
      add_text (text, "then", decision->value);
      break;
    case TN_DECISION_SKIP:
    case TN_DECISION_INSERT:
    case TN_DECISION_JOIN:
    case TN_DECISION_LEAVE:
      add_text (text, key, decision->council);
      add_text (text, "after", decision->after_council);
      add_date (text, "from", decision->since);
      break;
    default:
      add_text (text, key, decision->value);
    }
  if (decision->kind == TN_DECISION_DATE)
    add_flag (text, "confirmed", decision->confirmed);
}

/**
 * tn_decision_syntax_write:
 *
 * Returns: (transfer full): `{ on = "2027-01-12"; series = "studietur"; … }`, on one line
 */
char *
tn_decision_syntax_write (const TnDecision *decision)
{
  GString *text = g_string_new ("{");
  add_date (text, "on", decision->on);
  add_text (text, "series", decision->series);
  add_text (text, "cycle", decision->cycle);
  add_text (text, "site", decision->site);
  add_text (text, "milestone", decision->milestone);
  add_action (text, decision);
  add_date (text, "anchor", decision->anchor);
  add_text (text, "role", decision->role_name);
  add_text (text, "by", decision->by);
  add_text (text, "minutes", decision->minutes);
  add_text (text, "note", decision->note);
  g_string_append (text, " }");
  return g_string_free (text, FALSE);
}
