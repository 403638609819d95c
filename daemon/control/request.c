/* What a command says, as a decision: which event or series is meant, what each kind of decision
 * must have, and that the rest makes sense. Whether the one who asks may decide it is judged
 * elsewhere (design section 7). */
#include "control/request.h"

#include <string.h>

#include "base/error.h"
#include "control/mention.h"
#include "rules/authority.h"

struct _TnRequest
{
  GHashTable *fields;    /* (owned) (element-type utf8 utf8) */
  TnDecisionDraft draft; /* its texts are borrowed from `fields`, the plan, and those below */
  char *source;          /* (owned) `command anna` */
  char *value;           /* (owned) (nullable) */
};

/* A field that a kind of decision can have. */
typedef enum
{
  EVENT = 1 << 0,  /* an occurrence: `event`, or `series` and `cycle` */
  SERIES = 1 << 1, /* a series and a cycle of it, placed or not */
  MEMBER = 1 << 2, /* a collaboration: `collaboration`, or the only one */
  OTHER = 1 << 3,
  COUNCIL = 1 << 4,
  AFTER = 1 << 5,
  SINCE = 1 << 6,
  MILESTONE = 1 << 7,
  TEXT = 1 << 8, /* any text as value */
  WHEN = 1 << 9, /* a date, span or times as value, or none */
  DAY = 1 << 10  /* a day as value */
} Need;

typedef struct
{
  TnDecisionKind kind;
  guint needs;
  TnRight right;         /* by which somebody decides it */
  const char *values[4]; /* those that are allowed, ended by NULL; the first is usual */
} KindRule;

static const KindRule kinds[] = {
  { TN_DECISION_DATE, EVENT | WHEN, TN_RIGHT_WHEN, { NULL } },
  { TN_DECISION_CANCEL, EVENT, TN_RIGHT_STATUS, { "yes", "no", NULL } },
  { TN_DECISION_SWAP, SERIES | OTHER, TN_RIGHT_TURN, { NULL } },
  { TN_DECISION_SKIP, SERIES | COUNCIL, TN_RIGHT_TURN, { NULL } },
  { TN_DECISION_POSTPONE, EVENT, TN_RIGHT_TURN, { "kept", "used", "no", NULL } },
  { TN_DECISION_SET, SERIES | COUNCIL, TN_RIGHT_TURN, { "after", "unchanged", NULL } },
  { TN_DECISION_INSERT, SERIES | COUNCIL | AFTER, TN_RIGHT_TURN, { NULL } },
  { TN_DECISION_JOIN, MEMBER | COUNCIL | SINCE, TN_RIGHT_TURN, { NULL } },
  { TN_DECISION_LEAVE, MEMBER | COUNCIL | SINCE, TN_RIGHT_TURN, { NULL } },
  { TN_DECISION_THEME, EVENT | TEXT, TN_RIGHT_WHAT, { NULL } },
  { TN_DECISION_TITLE, EVENT | TEXT, TN_RIGHT_WHAT, { NULL } },
  { TN_DECISION_WHERE, EVENT | TEXT, TN_RIGHT_WHERE, { NULL } },
  { TN_DECISION_DUE, EVENT | MILESTONE | DAY, TN_RIGHT_WHEN, { NULL } },
  { TN_DECISION_DONE, EVENT | MILESTONE, TN_RIGHT_STATUS, { "yes", "no", NULL } },
};

static const char *const names[]
    = { "kind",    "event",   "collaboration", "series", "cycle",     "site", "milestone",
        "council", "after",   "other_cycle",   "value",  "confirmed", "for",  "on",
        "note",    "minutes", "since",         "role",   NULL };

static const gsize TEXT_MAX_BYTES = 2000;

void
tn_request_free (TnRequest *request)
{
  if (request == NULL)
    return;
  g_hash_table_unref (request->fields);
  g_free (request->source);
  g_free (request->value);
  g_free (request);
}

static const char *
get (const TnRequest *request, const char *name)
{
  const char *text = g_hash_table_lookup (request->fields, name);
  return text != NULL && *text != '\0' ? text : NULL;
}

static gboolean refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError **error, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, TN_ERROR, TN_ERROR_INVALID, text);
  return FALSE;
}

static gboolean
require (const TnRequest *request, const char *name, const char *expected, const char **ret_text,
         GError **error)
{
  *ret_text = get (request, name);
  return *ret_text != NULL ? TRUE : refuse (error, "expected %s (%s)", expected, name);
}

static gboolean
take_fields (TnRequest *request, GVariant *fields, GError **error)
{
  GVariantIter iter;
  const char *name = NULL;
  const char *text = NULL;
  g_variant_iter_init (&iter, fields);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &text))
    {
      if (!g_strv_contains (names, name))
        return refuse (error, "a decision has no '%s'", name);
      if (strlen (text) > TEXT_MAX_BYTES)
        return refuse (error, "'%s' is longer than %zu bytes", name, TEXT_MAX_BYTES);
      g_hash_table_insert (request->fields, g_strdup (name), g_strdup (text));
    }
  return TRUE;
}

/* `7by/studietur`, or `studietur` where that is enough. */
static const TnSeries *
find_series (const TnRulebook *rulebook, const char *asked, const TnCollaboration **ret_owner,
             GError **error)
{
  const TnSeries *found = NULL;
  for (guint i = 0; i < rulebook->collaborations->len; i++)
    {
      const TnCollaboration *collaboration = g_ptr_array_index (rulebook->collaborations, i);
      for (guint j = 0; j < collaboration->series->len; j++)
        {
          const TnSeries *series = g_ptr_array_index (collaboration->series, j);
          g_autofree char *full = g_strdup_printf ("%s/%s", collaboration->id, series->id);
          if (!tn_mention_is (full, asked))
            continue;
          if (found != NULL)
            {
              refuse (error, "'%s' may be more than one series; write it in full, like %s", asked,
                      full);
              return NULL;
            }
          found = series;
          *ret_owner = collaboration;
        }
    }
  if (found == NULL)
    refuse (error, "there is no series '%s' in the charters", asked);
  return found;
}

static gboolean
check_cycle (const TnSeries *series, const char *text, GError **error)
{
  TnCycle cycle = { 0 };
  if (!tn_cycle_parse (text, &cycle, error))
    return FALSE;
  if (cycle.period == series->every)
    return TRUE;
  g_autofree char *like = tn_cycle_to_string (&series->first);
  return refuse (error, "'%s' is no cycle of %s, whose cycles are like %s", text, series->id, like);
}

static gboolean
take_series (TnRequest *request, const TnPlan *plan, const TnSeries **ret_series, GError **error)
{
  const TnCollaboration *collaboration = NULL;
  const char *asked = NULL;
  if (!require (request, "series", "a series", &asked, error))
    return FALSE;
  const TnSeries *series = find_series (tn_plan_get_rulebook (plan), asked, &collaboration, error);
  if (series == NULL
      || !require (request, "cycle", "a cycle of the series", &request->draft.cycle, error)
      || !check_cycle (series, request->draft.cycle, error))
    return FALSE;
  request->draft.collaboration = collaboration->id;
  request->draft.series = series->id;
  request->draft.site = get (request, "site");
  *ret_series = series;
  return TRUE;
}

static const TnOccurrence *
take_event (TnRequest *request, guint needs, const TnPlan *plan, GError **error)
{
  const TnOccurrence *occurrence = NULL;
  const TnMilestone *milestone = NULL;
  const TnSeries *series = NULL;
  const char *reference = get (request, "event");
  if (reference != NULL)
    occurrence = tn_mention_find_event (plan, reference,
                                        (needs & MILESTONE) != 0 ? &milestone : NULL, error);
  else if (take_series (request, plan, &series, error))
    {
      occurrence = tn_plan_find (plan, request->draft.collaboration, series->id,
                                 request->draft.cycle, request->draft.site);
      if (occurrence == NULL)
        refuse (error, "there is no %s of %s in the plan", series->id, request->draft.cycle);
    }
  if (occurrence == NULL)
    return NULL;
  request->draft.collaboration = occurrence->collaboration->id;
  request->draft.series = occurrence->series->id;
  request->draft.cycle = occurrence->cycle_text;
  request->draft.site = occurrence->site;
  if (milestone != NULL)
    request->draft.milestone = milestone->id;
  return occurrence;
}

static gboolean
take_collaboration (TnRequest *request, const TnPlan *plan, GError **error)
{
  const TnRulebook *rulebook = tn_plan_get_rulebook (plan);
  const char *asked = get (request, "collaboration");
  if (asked == NULL && rulebook->collaborations->len == 1)
    asked = ((const TnCollaboration *) g_ptr_array_index (rulebook->collaborations, 0))->id;
  const TnCollaboration *found
      = asked != NULL ? tn_rulebook_find_collaboration (rulebook, asked) : NULL;
  if (found == NULL)
    return refuse (error, "there is no collaboration '%s' in the charters; name one of them",
                   asked != NULL ? asked : "");
  request->draft.collaboration = found->id;
  return TRUE;
}

static gboolean
take_council (TnRequest *request, const TnPlan *plan, const char *name, const char **ret_council,
              GError **error)
{
  const char *asked = NULL;
  if (!require (request, name, "a council", &asked, error))
    return FALSE;
  const TnCollaboration *collaboration
      = tn_rulebook_find_collaboration (tn_plan_get_rulebook (plan), request->draft.collaboration);
  if (tn_collaboration_find_council (collaboration, asked) == NULL)
    return refuse (error, "'%s' is no council of %s", asked, collaboration->name);
  *ret_council = asked;
  return TRUE;
}

static gboolean
take_date (const TnRequest *request, const char *name, TnDate *ret_date, GError **error)
{
  const char *text = get (request, name);
  return text == NULL || tn_date_parse (text, ret_date, error);
}

/* A day alone moves the event as it is: its length and its times stay. */
static gboolean
take_when (TnRequest *request, const TnOccurrence *occurrence, GError **error)
{
  const char *asked = get (request, "value");
  gboolean is_placed = occurrence->status != TN_STATUS_UNPLACED;
  TnWhen when = occurrence->when;
  if (asked == NULL && !is_placed)
    return refuse (error, "%s has no date yet; name one", occurrence->title);
  if (asked != NULL && !tn_when_parse (asked, &when, error))
    return FALSE;
  if (asked != NULL && is_placed && strlen (asked) == strlen ("2027-05-18"))
    when = tn_when_move_to (&occurrence->when, when.days.start);
  request->value = tn_when_to_string (&when);
  request->draft.value = request->value;
  request->draft.confirmed = g_strcmp0 (get (request, "confirmed"), "yes") == 0
                             || occurrence->status == TN_STATUS_CONFIRMED;
  return TRUE;
}

/* `7by/studietur/2027#program`, or the event and its milestone beside it; of homework each
 * repetition is one: `hjemmearbeid-2`. */
static gboolean
take_milestone (TnRequest *request, const TnOccurrence *occurrence, GError **error)
{
  if (request->draft.milestone == NULL
      && !require (request, "milestone", "a milestone", &request->draft.milestone, error))
    return FALSE;
  if (tn_occurrence_find_milestone (occurrence, request->draft.milestone) != NULL)
    return TRUE;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  for (guint i = 0; i < occurrence->milestones->len; i++)
    g_ptr_array_add (ids, ((TnMilestone *) g_ptr_array_index (occurrence->milestones, i))->id);
  g_ptr_array_add (ids, NULL);
  g_autofree char *all = g_strjoinv (", ", (char **) ids->pdata);
  g_autofree char *reference = tn_occurrence_to_reference (occurrence);
  return refuse (error, "%s has no milestone '%s', expected %s%s", reference,
                 request->draft.milestone, ids->len > 1 ? "one of " : "one that it has",
                 ids->len > 1 ? all : "");
}

/* The day holds until the event moves: it remembers where the event was. */
static gboolean
take_due (TnRequest *request, const TnOccurrence *occurrence, GError **error)
{
  TnDate day = 0;
  if (!require (request, "value", "a day", &request->draft.value, error)
      || !tn_date_parse (request->draft.value, &day, error))
    return FALSE;
  request->draft.anchor = occurrence->when.days.start;
  return TRUE;
}

static gboolean
take_value (TnRequest *request, const KindRule *rule, GError **error)
{
  const char *asked = get (request, "value");
  if ((rule->needs & TEXT) != 0)
    return require (request, "value", "a text", &request->draft.value, error);
  if (rule->values[0] == NULL)
    return TRUE;
  request->draft.value = asked != NULL ? asked : rule->values[0];
  if (g_strv_contains (rule->values, request->draft.value))
    return TRUE;
  g_autofree char *allowed = g_strjoinv (", ", (char **) rule->values);
  return refuse (error, "'%s' is no value of this decision, expected one of %s", asked, allowed);
}

/* A ring whose turns can be traded, or for `set` a role with terms. */
static gboolean
take_role (TnRequest *request, const TnSeries *series, GError **error)
{
  const char *asked = get (request, "role");
  const TnRoleRule *role = tn_series_find_named_role (series, asked);
  request->draft.role_name = asked;
  if (role == NULL && asked != NULL)
    return refuse (error, "%s has no role '%s'", series->id, asked);
  if (role != NULL
      && (role->kind == TN_ROLE_RING
          || (role->kind == TN_ROLE_TERMS && request->draft.kind == TN_DECISION_SET)))
    return TRUE;
  if (asked != NULL)
    return refuse (error, "role '%s' of %s does not go round: it has no turns to decide on", asked,
                   series->id);
  return refuse (error, "no role of %s goes round: it has no turns to decide on", series->id);
}

static gboolean
take_subject (TnRequest *request, const KindRule *rule, const TnPlan *plan, GError **error)
{
  const TnSeries *series = NULL;
  if ((rule->needs & EVENT) != 0)
    {
      const TnOccurrence *occurrence = take_event (request, rule->needs, plan, error);
      if (occurrence == NULL
          || ((rule->needs & MILESTONE) != 0 && !take_milestone (request, occurrence, error))
          || ((rule->needs & DAY) != 0 && !take_due (request, occurrence, error)))
        return FALSE;
      if ((rule->needs & WHEN) != 0 && !take_when (request, occurrence, error))
        return FALSE;
    }
  if ((rule->needs & SERIES) != 0
      && (!take_series (request, plan, &series, error) || !take_role (request, series, error)))
    return FALSE;
  if ((rule->needs & OTHER) != 0
      && (!require (request, "other_cycle", "the other cycle", &request->draft.other_cycle, error)
          || !check_cycle (series, request->draft.other_cycle, error)))
    return FALSE;
  return (rule->needs & MEMBER) == 0 || take_collaboration (request, plan, error);
}

static gboolean
take_councils (TnRequest *request, const KindRule *rule, const TnPlan *plan, GError **error)
{
  if ((rule->needs & COUNCIL) != 0
      && !take_council (request, plan, "council", &request->draft.council, error))
    return FALSE;
  if ((rule->needs & AFTER) != 0
      && !take_council (request, plan, "after", &request->draft.after_council, error))
    return FALSE;
  if ((rule->needs & SINCE) != 0 && get (request, "since") == NULL)
    return refuse (error, "expected the first day of it (since)");
  return (rule->needs & SINCE) == 0 || take_date (request, "since", &request->draft.since, error);
}

static const KindRule *
find_kind (const TnRequest *request, GError **error)
{
  const char *asked = get (request, "kind");
  for (guint i = 0; asked != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (tn_decision_kind_to_string (kinds[i].kind), asked) == 0)
      return &kinds[i];
  refuse (error, "'%s' is no kind of decision that can be asked for", asked != NULL ? asked : "");
  return NULL;
}

/* As what the council decides; NULL where only minutes give it the right, or nothing does. */
static const char *
find_role (const TnRequest *request, const TnPlan *plan, TnRight right)
{
  const TnDecisionDraft *draft = &request->draft;
  const TnOccurrence *occurrence
      = draft->series != NULL
            ? tn_plan_find (plan, draft->collaboration, draft->series, draft->cycle, draft->site)
            : NULL;
  const TnMilestone *milestone = occurrence != NULL && draft->milestone != NULL
                                     ? tn_occurrence_find_milestone (occurrence, draft->milestone)
                                     : NULL;
  return occurrence != NULL ? tn_authority_find_role (occurrence, milestone, draft->by, right)
                            : NULL;
}

static gboolean
sign (TnRequest *request, TnBook *book, const TnPlan *plan, const char *source, GError **error)
{
  const char *council = get (request, "for");
  request->draft.by = council != NULL ? council : tn_book_get_settings (book)->council;
  request->draft.on = tn_plan_get_today (plan);
  request->draft.note = get (request, "note");
  request->draft.minutes = get (request, "minutes");
  request->source = g_strdup (source);
  request->draft.source = request->source;
  if (!take_date (request, "on", &request->draft.on, error))
    return FALSE;
  if (request->draft.on > tn_plan_get_today (plan))
    return refuse (error, "the day of a decision is today or before (on)");
  if (council == NULL)
    return TRUE;
  const TnCollaboration *collaboration
      = tn_rulebook_find_collaboration (tn_plan_get_rulebook (plan), request->draft.collaboration);
  if (tn_collaboration_find_council (collaboration, council) == NULL)
    return refuse (error, "'%s' is no council of %s", council, collaboration->name);
  return TRUE;
}

/**
 * tn_request_new:
 * @fields: `a{ss}`, see Decide in control.xml
 * @source: who speaks, and by what, as the ledger keeps it: `command anna`, `page esbjerg`
 *
 * Errors: %TN_ERROR_INVALID with what is wrong, or missing.
 * Returns: (transfer full) (nullable): what is asked for; borrows from the plan of @book and must
 *   not outlive it
 */
TnRequest *
tn_request_new (TnBook *book, GVariant *fields, const char *source, GError **error)
{
  const TnPlan *plan = tn_book_get_plan (book);
  g_autoptr (TnRequest) request = g_new0 (TnRequest, 1);
  request->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  request->draft = (TnDecisionDraft) TN_DECISION_DRAFT_INIT;
  if (!take_fields (request, fields, error))
    return NULL;
  const KindRule *rule = find_kind (request, error);
  if (rule == NULL)
    return NULL;
  request->draft.kind = rule->kind;
  if (!take_subject (request, rule, plan, error) || !take_councils (request, rule, plan, error)
      || !take_value (request, rule, error) || !sign (request, book, plan, source, error))
    return NULL;
  request->draft.role = find_role (request, plan, rule->right);
  return g_steal_pointer (&request);
}

const TnDecisionDraft *
tn_request_get_draft (const TnRequest *request)
{
  return &request->draft;
}
