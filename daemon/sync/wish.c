/* A wish: the one place where a changed field of an event becomes a decision of the ledger, whether
 * a calendar, a command or the acceptance of a proposal asks for it (design section 7: all are
 * judged the same way). */
#include "sync/wish.h"

#include <string.h>

#include "base/error.h"
#include "rules/wording.h"

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "%s", why);
  return FALSE;
}

/* "2027-09-14T10:00..2027-09-14T15:00 Europe/Copenhagen": the zone is the collaboration's. */
static gboolean
parse_when (const char *value, TnWhen *when, GError **error)
{
  g_autofree char *span = g_strndup (value, strcspn (value, " "));
  return tn_when_parse (span, when, error);
}

static gboolean
draft_when (const TnWish *wish, TnDecisionDraft *draft, char **text, GError **error)
{
  TnWhen when = { 0 };
  if (!parse_when (wish->value, &when, error))
    return FALSE;
  if (wish->milestone == NULL)
    {
      draft->kind = TN_DECISION_DATE;
      draft->confirmed = wish->occurrence->status == TN_STATUS_CONFIRMED;
      draft->value = *text = tn_when_to_string (&when);
      return TRUE;
    }
  if (tn_span_get_days (when.days) != 1)
    return refuse (error, "a duty is due on one day");
  draft->kind = TN_DECISION_DUE;
  draft->anchor = wish->occurrence->when.days.start;
  draft->value = *text = tn_date_to_string (when.days.start);
  return TRUE;
}

static gboolean
draft_confirmed (const TnWish *wish, gboolean confirmed, TnDecisionDraft *draft, char **text)
{
  draft->kind = TN_DECISION_DATE;
  draft->confirmed = confirmed;
  draft->value = *text = tn_when_to_string (&wish->occurrence->when);
  return TRUE;
}

static gboolean
draft_status (const TnWish *wish, TnDecisionDraft *draft, char **text, GError **error)
{
  gboolean was_cancelled = wish->occurrence->status == TN_STATUS_CANCELLED;
  if (wish->milestone != NULL)
    return refuse (error, "a duty has no status; one that is done has a title that begins with ✓");
  if (wish->occurrence->is_postponed)
    return refuse (error, "the cycle is postponed; take that back to hold it after all");
  if (strcmp (wish->value, "none") == 0)
    return refuse (error, "an event without a status says nothing about it");
  if (strcmp (wish->value, "cancelled") == 0 || was_cancelled)
    {
      draft->kind = TN_DECISION_CANCEL;
      draft->value = strcmp (wish->value, "cancelled") == 0 ? "yes" : "no";
      return TRUE;
    }
  return draft_confirmed (wish, strcmp (wish->value, "confirmed") == 0, draft, text);
}

static gboolean
is_called_off (const char *title)
{
  return tn_word_strip_cancelled (title) != NULL;
}

/* Who leaves AFLYST before a title as it was, there or not, says nothing about it: also when the
 * occurrence was cancelled, or held after all, meanwhile, and when the write that says so may or
 * may not have been there. */
static gboolean
speaks_of_cancelling (const TnWish *wish, const char *bare)
{
  gboolean was_cancelled = wish->occurrence->status == TN_STATUS_CANCELLED;
  if ((bare != NULL) == was_cancelled)
    return FALSE;
  if (wish->written != NULL && is_called_off (wish->written) == (bare != NULL))
    return FALSE;
  return wish->seen == NULL || is_called_off (wish->seen) != (bare != NULL);
}

static gboolean
draft_title (const TnWish *wish, TnDecisionDraft *draft, char **text, GError **error)
{
  static const char DONE[] = "✓";
  const char *bare = tn_word_strip_cancelled (wish->value);
  if (wish->milestone != NULL)
    {
      gboolean done = g_str_has_prefix (wish->value, DONE);
      if (done == wish->milestone->done)
        return refuse (error, "the title of a duty is the charter's; only a ✓ before it says "
                              "something: that it is done");
      draft->kind = TN_DECISION_DONE;
      draft->value = done ? "yes" : "no";
      return TRUE;
    }
  if (speaks_of_cancelling (wish, bare))
    {
      if (wish->occurrence->is_postponed)
        return refuse (error, "the cycle is postponed; take that back to hold it after all");
      draft->kind = TN_DECISION_CANCEL;
      draft->value = bare != NULL ? "yes" : "no";
      return TRUE;
    }
  const char *title = bare != NULL ? bare : wish->value;
  if (*title == '\0')
    return refuse (error, "an event needs a title");
  draft->kind = TN_DECISION_TITLE;
  draft->value = *text = tn_wording_to_template (wish->occurrence, title);
  return TRUE;
}

static gboolean
draft_wish (const TnWish *wish, TnDecisionDraft *draft, char **text, TnRight *right, GError **error)
{
  switch (wish->field)
    {
    case TN_FIELD_WHEN:
      *right = TN_RIGHT_WHEN;
      return draft_when (wish, draft, text, error);
    case TN_FIELD_STATUS:
      *right = TN_RIGHT_STATUS;
      return draft_status (wish, draft, text, error);
    case TN_FIELD_TITLE:
      if (!draft_title (wish, draft, text, error))
        return FALSE;
      *right = draft->kind == TN_DECISION_TITLE ? TN_RIGHT_WHAT : TN_RIGHT_STATUS;
      return TRUE;
    case TN_FIELD_WHERE:
      if (wish->milestone != NULL)
        return refuse (error, "a duty has no place");
      *right = TN_RIGHT_WHERE;
      draft->kind = TN_DECISION_WHERE;
      draft->value = wish->value;
      return TRUE;
    case TN_FIELD_TEXT:
      if (wish->milestone != NULL || !wish->occurrence->series->shares_text)
        return refuse (error, "this text stays in its calendar");
      *right = TN_RIGHT_WHAT;
      draft->kind = TN_DECISION_TEXT;
      draft->value = wish->value;
      return TRUE;
    case TN_FIELD_NOTE:
    case TN_N_FIELDS:
    default:
      return refuse (error, "what stands below the line " TN_MARKER " is written by turnus");
    }
}

/**
 * tn_wish_to_decision:
 * @signature: who decides: `on`, `by`, `role`, `source`, `note`, `minutes`; the rest is filled in
 * @ret_right: (out): the right that it takes
 *
 * Errors: %TN_ERROR_INVALID when no decision says what is wished.
 * Returns: (transfer full) (nullable): the decision
 */
TnDecision *
tn_wish_to_decision (const TnWish *wish, const TnDecisionDraft *signature, TnRight *ret_right,
                     GError **error)
{
  TnDecisionDraft draft = *signature;
  TnRight right = TN_RIGHT_WHAT;
  g_autofree char *text = NULL;
  draft.collaboration = wish->occurrence->collaboration->id;
  draft.series = wish->occurrence->series->id;
  draft.cycle = wish->occurrence->cycle_text;
  draft.site = wish->occurrence->site;
  draft.milestone = wish->milestone != NULL ? wish->milestone->id : NULL;
  if (!draft_wish (wish, &draft, &text, &right, error))
    return NULL;
  *ret_right = right;
  return tn_decision_new (&draft);
}

/**
 * tn_wish_dup_sentence:
 *
 * Returns: (transfer full): what is wished, for a list: `when: 2027-05-20`
 */
char *
tn_wish_dup_sentence (const TnWish *wish)
{
  return g_strdup_printf ("%s: %s", tn_field_to_string (wish->field), wish->value);
}
