/* Decisions. One table of fields drives the one-line form, the reading of it and the identity: the
 * line without source and note is what is hashed, so that every daemon that holds a decision calls
 * it the same (design section 6, Journal). */
#include "model/decision.h"

#include "base/encode.h"
#include "base/error.h"
#include "base/text.h"

#include <string.h>

static const char *const KINDS[TN_N_DECISIONS]
    = { "date",  "cancel", "swap",  "skip",  "postpone", "set", "insert", "join",
        "leave", "theme",  "title", "where", "text",     "due", "done",   "placed" };

typedef enum
{
  FIELD_KIND,
  FIELD_TEXT,
  FIELD_DATE,
  FIELD_FLAG
} FieldType;

static const struct
{
  const char *name;
  FieldType type;
  gsize offset;       /* in TnDecision */
  gsize draft_offset; /* in TnDecisionDraft */
} FIELDS[] = {
#define FIELD(name, type, member)                                                                  \
  {                                                                                                \
    name, type, G_STRUCT_OFFSET (TnDecision, member), G_STRUCT_OFFSET (TnDecisionDraft, member)    \
  }
  FIELD ("on", FIELD_DATE, on),
  FIELD ("do", FIELD_KIND, kind),
  FIELD ("c", FIELD_TEXT, collaboration),
  FIELD ("s", FIELD_TEXT, series),
  FIELD ("y", FIELD_TEXT, cycle),
  FIELD ("p", FIELD_TEXT, site),
  FIELD ("m", FIELD_TEXT, milestone),
  FIELD ("ring", FIELD_TEXT, role_name),
  FIELD ("council", FIELD_TEXT, council),
  FIELD ("after", FIELD_TEXT, after_council),
  FIELD ("with", FIELD_TEXT, other_cycle),
  FIELD ("value", FIELD_TEXT, value),
  FIELD ("since", FIELD_DATE, since),
  FIELD ("anchor", FIELD_DATE, anchor),
  FIELD ("confirmed", FIELD_FLAG, confirmed),
  FIELD ("by", FIELD_TEXT, by),
  FIELD ("role", FIELD_TEXT, role),
  FIELD ("source", FIELD_TEXT, source),
  FIELD ("minutes", FIELD_TEXT, minutes),
  FIELD ("note", FIELD_TEXT, note),
  FIELD ("replaces", FIELD_TEXT, replaces),
#undef FIELD
};

const char *
tn_decision_kind_to_string (TnDecisionKind kind)
{
  return KINDS[kind];
}

gboolean
tn_decision_kind_from_string (const char *text, TnDecisionKind *ret_kind)
{
  guint index = 0;
  if (!tn_text_find (KINDS, TN_N_DECISIONS, text, &index))
    return FALSE;
  *ret_kind = (TnDecisionKind) index;
  return TRUE;
}

static void
append_field (GString *line, const char *name, const char *value)
{
  g_autofree char *code = tn_encode_percent (value);
  g_string_append_printf (line, "%s%s=%s", line->len > 0 ? " " : "", name, code);
}

/* What was decided is what names a decision: not where this daemon heard of it (a line of a
 * charter, a calendar's id), nor a note, which may have to be blanked one day. */
static gboolean
is_named_by (guint field)
{
  return strcmp (FIELDS[field].name, "source") != 0 && strcmp (FIELDS[field].name, "note") != 0;
}

static char *
format_fields (const TnDecision *decision, gboolean all)
{
  GString *line = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    {
      if (!all && !is_named_by (i))
        continue;
      gconstpointer member = G_STRUCT_MEMBER_P (decision, FIELDS[i].offset);
      const char *text = FIELDS[i].type == FIELD_TEXT ? *(char *const *) member : NULL;
      g_autofree char *day = NULL;
      if (FIELDS[i].type == FIELD_KIND)
        text = KINDS[decision->kind];
      else if (FIELDS[i].type == FIELD_FLAG)
        text = *(const gboolean *) member ? "yes" : NULL;
      else if (FIELDS[i].type == FIELD_DATE && *(const TnDate *) member != TN_DATE_NONE)
        text = day = tn_date_to_string (*(const TnDate *) member);
      if (text != NULL)
        append_field (line, FIELDS[i].name, text);
    }
  return g_string_free (line, FALSE);
}

/**
 * tn_decision_to_line:
 *
 * Returns: (transfer full): the decision in one line of `name=value`, without its id
 */
char *
tn_decision_to_line (const TnDecision *decision)
{
  return format_fields (decision, TRUE);
}

/* Ten thousand decisions name few series, days and councils: their texts are shared. */
static void
decision_clear (TnDecision *decision)
{
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    if (FIELDS[i].type == FIELD_TEXT)
      g_clear_pointer (&G_STRUCT_MEMBER (char *, decision, FIELDS[i].offset), g_ref_string_release);
  g_free (decision->id);
}

/**
 * tn_decision_new:
 * @draft: what it says; an empty text counts as absent
 *
 * Returns: (transfer full): the decision, with its id
 */
TnDecision *
tn_decision_new (const TnDecisionDraft *draft)
{
  TnDecision *decision = g_atomic_rc_box_new0 (TnDecision);
  decision->kind = draft->kind;
  decision->on = draft->on;
  decision->since = draft->since;
  decision->anchor = draft->anchor;
  decision->confirmed = draft->confirmed;
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    if (FIELDS[i].type == FIELD_TEXT)
      {
        const char *text = G_STRUCT_MEMBER (const char *, draft, FIELDS[i].draft_offset);
        G_STRUCT_MEMBER (char *, decision, FIELDS[i].offset)
            = text != NULL && *text != '\0' ? g_ref_string_new_intern (text) : NULL;
      }

  g_autofree char *line = format_fields (decision, FALSE);
  g_autofree char *hash = tn_encode_sha256 (line, -1);
  decision->id = g_strndup (hash, 16); /* ten thousand dates have one each */
  return decision;
}

/**
 * tn_decision_to_draft:
 *
 * Returns: a draft that says the same; its texts belong to @decision
 */
TnDecisionDraft
tn_decision_to_draft (const TnDecision *decision)
{
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = decision->kind;
  draft.on = decision->on;
  draft.since = decision->since;
  draft.anchor = decision->anchor;
  draft.confirmed = decision->confirmed;
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    if (FIELDS[i].type == FIELD_TEXT)
      G_STRUCT_MEMBER (const char *, &draft, FIELDS[i].draft_offset)
          = G_STRUCT_MEMBER (char *, decision, FIELDS[i].offset);
  return draft;
}

TnDecision *
tn_decision_ref (const TnDecision *decision)
{
  return g_atomic_rc_box_acquire ((TnDecision *) decision);
}

void
tn_decision_unref (TnDecision *decision)
{
  if (decision != NULL)
    g_atomic_rc_box_release_full (decision, (GDestroyNotify) decision_clear);
}

static gboolean
read_field (TnDecisionDraft *draft, GPtrArray *texts, const char *name, const char *code,
            GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    {
      if (strcmp (FIELDS[i].name, name) != 0)
        continue;
      gpointer member = G_STRUCT_MEMBER_P (draft, FIELDS[i].draft_offset);
      char *text = tn_decode_percent (code);
      if (text == NULL)
        break;
      g_ptr_array_add (texts, text);
      if (FIELDS[i].type == FIELD_DATE)
        return tn_date_parse (text, member, error);
      if (FIELDS[i].type == FIELD_FLAG)
        *(gboolean *) member = strcmp (text, "yes") == 0;
      else if (FIELDS[i].type == FIELD_TEXT)
        *(const char **) member = text;
      else if (!tn_decision_kind_from_string (text, &draft->kind))
        break;
      return TRUE;
    }
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "'%s=%s' is no part of a decision", name, code);
  return FALSE;
}

/**
 * tn_decision_from_line:
 *
 * Errors: %TN_ERROR_INVALID when @line is not one that tn_decision_to_line() writes.
 * Returns: (transfer full) (nullable): the decision
 */
TnDecision *
tn_decision_from_line (const char *line, GError **error)
{
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = TN_N_DECISIONS;
  draft.on = TN_DATE_NONE;
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  for (gsize i = 0; words[i] != NULL; i++)
    {
      char *equals = strchr (words[i], '=');
      if (equals == NULL)
        {
          g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "'%s' is no part of a decision",
                       words[i]);
          return NULL;
        }
      *equals = '\0';
      if (!read_field (&draft, texts, words[i], equals + 1, error))
        return NULL;
    }
  if (draft.kind == TN_N_DECISIONS || draft.on == TN_DATE_NONE || draft.collaboration == NULL)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "a decision needs at least on=, do= and c=, this is '%s'", line);
      return NULL;
    }

  /* One decision has one line: what the reading forgives is not how a decision is written. */
  g_autoptr (TnDecision) decision = tn_decision_new (&draft);
  g_autofree char *again = tn_decision_to_line (decision);
  if (strcmp (again, line) != 0)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "a decision is written as '%s', this is '%s'",
                   again, line);
      return NULL;
    }
  return g_steal_pointer (&decision);
}

/**
 * tn_decision_is_same_subject:
 *
 * Returns: %TRUE when of @a and @b only one can hold: the same kind of thing said of the same event
 */
gboolean
tn_decision_is_same_subject (const TnDecision *a, const TnDecision *b)
{
  return a->kind == b->kind && g_strcmp0 (a->collaboration, b->collaboration) == 0
         && g_strcmp0 (a->series, b->series) == 0 && g_strcmp0 (a->cycle, b->cycle) == 0
         && g_strcmp0 (a->site, b->site) == 0 && g_strcmp0 (a->milestone, b->milestone) == 0
         && g_strcmp0 (a->role_name, b->role_name) == 0
         && ((a->kind != TN_DECISION_JOIN && a->kind != TN_DECISION_LEAVE
              && a->kind != TN_DECISION_SKIP && a->kind != TN_DECISION_INSERT)
             || g_strcmp0 (a->council, b->council) == 0)
         && a->since == b->since;
}

/**
 * tn_decision_can_replace:
 *
 * A council may leave, join and leave again, so each day of that is a subject of its own; an entry
 * that corrects the day of an earlier one names it in `replaces`.
 *
 * Returns: %TRUE when @decision may name @old as the entry that it replaces
 */
gboolean
tn_decision_can_replace (const TnDecision *decision, const TnDecision *old)
{
  if (tn_decision_is_same_subject (decision, old))
    return TRUE;
  return (decision->kind == TN_DECISION_JOIN || decision->kind == TN_DECISION_LEAVE)
         && decision->kind == old->kind
         && g_strcmp0 (decision->collaboration, old->collaboration) == 0
         && g_strcmp0 (decision->council, old->council) == 0;
}

/**
 * tn_decision_compare:
 *
 * Source: design section 6: sorted by date, then id, never by arrival.
 */
int
tn_decision_compare (const TnDecision *a, const TnDecision *b)
{
  if (a->on != b->on)
    return a->on < b->on ? -1 : 1;
  return strcmp (a->id, b->id);
}
