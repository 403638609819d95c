/* Decisions that the councils took before there was a ledger, or outside of it. Each is one group
 * with one key that says what was decided. */
#include "charter/rulings.h"

#include <string.h>

#include "base/encode.h"
#include "charter/duties.h"
#include "charter/hindsight.h"
#include "charter/members.h"
#include "charter/rhythm.h"

typedef struct
{
  const char *key;
  TnDecisionKind kind;
  gboolean of_cycle; /* needs series and cycle; else neither may stand */
  gboolean of_ring;  /* needs a role that goes round; `set` also takes one with terms */
} Action;

static const Action ACTIONS[] = {
  { "date", TN_DECISION_DATE, TRUE, FALSE },         { "cancel", TN_DECISION_CANCEL, TRUE, FALSE },
  { "postpone", TN_DECISION_POSTPONE, TRUE, FALSE }, { "swap", TN_DECISION_SWAP, TRUE, TRUE },
  { "skip", TN_DECISION_SKIP, TRUE, TRUE },          { "set", TN_DECISION_SET, TRUE, TRUE },
  { "insert", TN_DECISION_INSERT, TRUE, TRUE },      { "join", TN_DECISION_JOIN, FALSE, FALSE },
  { "leave", TN_DECISION_LEAVE, FALSE, FALSE },      { "theme", TN_DECISION_THEME, TRUE, FALSE },
  { "title", TN_DECISION_TITLE, TRUE, FALSE },       { "where", TN_DECISION_WHERE, TRUE, FALSE },
  { "due", TN_DECISION_DUE, TRUE, FALSE },           { "done", TN_DECISION_DONE, TRUE, FALSE },
  { "text", TN_DECISION_TEXT, TRUE, FALSE },         { "placed", TN_DECISION_PLACED, TRUE, FALSE },
};

/* Keys that say more about one kind of decision and nothing about others. */
static const struct
{
  const char *key;
  const char *goes_with; /* parted by `|` */
  gboolean is_needed;
} COMPANIONS[] = {
  { "confirmed", "date", FALSE },
  { "then", "set", FALSE },
  { "after", "insert", TRUE },
  { "from", "join|leave", TRUE },
  { "milestone", "due|done", TRUE },
  { "role", "postpone|swap|skip|set|insert", FALSE },
  { "anchor", "due", FALSE },
  { "site", "date|cancel|postpone|theme|title|where|due|done|text|placed", FALSE },
};

/* What one decision is read with. */
typedef struct
{
  TnGroup charter;
  TnGroup group;
  const TnCollaboration *collaboration;
  const Action *action;
  const TnSeries *series; /* (nullable) */
  const TnRoleRule *ring; /* (nullable) or a role with terms */
} Ruling;

static const Action *
find_action (TnGroup group)
{
  const Action *found = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (ACTIONS); i++)
    if (tn_group_has (group, ACTIONS[i].key))
      {
        if (found != NULL)
          {
            tn_group_complain (group, ACTIONS[i].key,
                               "a decision says both %s and %s, expected two decisions", found->key,
                               ACTIONS[i].key);
            return NULL;
          }
        found = &ACTIONS[i];
      }
  if (found == NULL)
    tn_group_complain (
        group, NULL,
        "a decision decides nothing, expected one of date, cancel, postpone, swap, "
        "skip, set, insert, join, leave, theme, title, where, text, due, done and placed");
  return found;
}

static void
check_companions (const Ruling *ruling)
{
  const char *action = ruling->action->key;
  for (guint i = 0; i < G_N_ELEMENTS (COMPANIONS); i++)
    {
      g_auto (GStrv) with = g_strsplit (COMPANIONS[i].goes_with, "|", -1);
      gboolean goes = g_strv_contains ((const char *const *) with, action);
      gboolean stands = tn_group_has (ruling->group, COMPANIONS[i].key);
      g_autofree char *all = g_strjoinv (", ", with);
      if (stands && !goes)
        tn_group_complain (ruling->group, COMPANIONS[i].key,
                           "%s says nothing beside %s, expected it only with %s", COMPANIONS[i].key,
                           action, all);
      else if (!stands && goes && COMPANIONS[i].is_needed)
        tn_group_complain (ruling->group, action, "%s stands without %s, expected both", action,
                           COMPANIONS[i].key);
    }
}

static const TnSeries *
read_series (const Ruling *ruling)
{
  TnValue value = { 0 };
  if (tn_group_read (ruling->group, "series", &value) != TN_READING_GIVEN)
    return NULL;
  const TnSeries *series = tn_collaboration_find_series (ruling->collaboration, value.text);
  if (series == NULL)
    {
      g_autoptr (GPtrArray) ids = g_ptr_array_new ();
      for (guint i = 0; i < ruling->collaboration->series->len; i++)
        g_ptr_array_add (ids,
                         ((TnSeries *) g_ptr_array_index (ruling->collaboration->series, i))->id);
      g_ptr_array_add (ids, NULL);
      const char *nearest = tn_encode_find_nearest (value.text, (const char *const *) ids->pdata);
      if (nearest != NULL)
        tn_group_complain (ruling->group, "series", "unknown series '%s', expected '%s'?",
                           value.text, nearest);
      else
        tn_group_complain (ruling->group, "series",
                           "unknown series '%s', expected an id from series", value.text);
    }
  return series;
}

/* Which occurrence it is about; %NULL texts when that is wrong. */
static void
read_subject (Ruling *ruling, TnDecisionDraft *draft)
{
  const char *const keys[] = { "series", "cycle" };
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gboolean stands = tn_group_has (ruling->group, keys[i]);
      if (ruling->action->of_cycle && !stands)
        tn_group_complain (ruling->group, NULL, "a decision on %s needs a %s, expected %s = \"…\"",
                           ruling->action->key, keys[i], keys[i]);
      else if (!ruling->action->of_cycle && stands)
        tn_group_complain (ruling->group, keys[i], "%s says nothing beside %s, expected it not",
                           keys[i], ruling->action->key);
    }
  ruling->series = ruling->action->of_cycle ? read_series (ruling) : NULL;
  TnValue cycle = { 0 };
  if (ruling->series == NULL || tn_group_read (ruling->group, "cycle", &cycle) != TN_READING_GIVEN)
    return;
  draft->series = ruling->series->id;
  if (tn_rhythm_check_held (ruling->group, "cycle", ruling->series, &cycle.cycle))
    draft->cycle = cycle.text;
}

/* Of one that is held at several places, most decisions are about one of them. */
static void
read_site (const Ruling *ruling, TnDecisionDraft *draft)
{
  TnValue site = { 0 };
  if (ruling->series == NULL || ruling->action->of_ring)
    return;
  if (tn_group_read (ruling->group, "site", &site) != TN_READING_GIVEN)
    {
      if (ruling->series->sites->len > 0 && !tn_group_has (ruling->group, "site"))
        tn_group_complain (ruling->group, NULL,
                           "'%s' is held at several places, expected site = \"…\"",
                           ruling->series->id);
      return;
    }
  draft->site = site.text;
  if (tn_series_find_site (ruling->series, site.text) == NULL)
    tn_group_complain (ruling->group, "site",
                       "series '%s' has no site '%s', expected one of its "
                       "sites",
                       ruling->series->id, site.text);
}

static void
find_ring (Ruling *ruling, TnDecisionDraft *draft)
{
  TnValue name = { 0 };
  if (ruling->series == NULL)
    return;
  if (tn_group_read (ruling->group, "role", &name) == TN_READING_GIVEN)
    {
      ruling->ring
          = tn_duties_check_role (ruling->group, "role", tn_group_get_line (ruling->group, "role"),
                                  ruling->series, name.text);
      draft->role_name = name.text;
    }
  else
    ruling->ring = tn_series_find_named_role (ruling->series, NULL);
  gboolean goes_round = ruling->ring != NULL && ruling->ring->kind == TN_ROLE_RING;
  gboolean may_name = ruling->action->kind == TN_DECISION_SET && ruling->ring != NULL
                      && ruling->ring->kind == TN_ROLE_TERMS;
  if (goes_round || may_name)
    return;
  if (name.text != NULL && ruling->ring != NULL)
    tn_group_complain (ruling->group, "role",
                       "role '%s' does not go round, expected one with rotation", name.text);
  else if (ruling->action->of_ring && name.text == NULL)
    tn_group_complain (ruling->group, ruling->action->key,
                       "no role of series '%s' goes round, expected one with rotation",
                       ruling->series->id);
  ruling->ring = NULL;
}

/* Does the ring hold @council, be it by an `insert` of this charter? */
static gboolean
ring_has (const Ruling *ruling, const char *council)
{
  if (ruling->ring->kind != TN_ROLE_RING)
    return TRUE; /* a term is not bound to a ring */
  if (g_strv_contains ((const char *const *) ruling->ring->ring, council))
    return TRUE;
  for (guint i = 0; i < tn_group_count (ruling->charter, "decisions"); i++)
    {
      TnGroup other = tn_group_at (ruling->charter, "decisions", i);
      TnValue insert = { 0 };
      if (tn_group_read (other, "insert", &insert) != TN_READING_GIVEN)
        continue;
      const TnCouncil *joined = tn_collaboration_find_council (ruling->collaboration, insert.text);
      if (joined != NULL && strcmp (joined->id, council) == 0)
        return TRUE;
    }
  return FALSE;
}

static const char *
read_council (const Ruling *ruling, const char *key, gboolean of_ring)
{
  TnValue value = { 0 };
  if (tn_group_read (ruling->group, key, &value) != TN_READING_GIVEN)
    return NULL;
  const TnCouncil *council = tn_members_check (
      ruling->group, tn_group_get_line (ruling->group, key), ruling->collaboration, value.text);
  if (council == NULL)
    return NULL;
  if (of_ring && ruling->ring != NULL && !ring_has (ruling, council->id))
    tn_group_complain (ruling->group, key,
                       "'%s' is not in the ring of '%s', expected a council of "
                       "its rotation",
                       value.text, ruling->ring->name);
  return council->id;
}

/* A day alone has the length and the hours of its series (the value must stand for itself: it
 * travels without the charter). */
static char *
dup_when (const TnSeries *series, const TnValue *value)
{
  TnWhen when = value->when;
  gboolean is_day_alone = strstr (value->text, "..") == NULL;
  TnDate last = is_day_alone ? when.days.start + series->length_days - 1 : when.days.end - 1;
  if (when.all_day && series->has_time)
    when = tn_when_new_timed (when.days.start, series->start_minute, last, series->end_minute);
  else if (when.all_day)
    when = tn_when_new_days (when.days.start, last - when.days.start + 1);
  return tn_when_to_string (&when);
}

static void
read_membership (const Ruling *ruling, TnDecisionDraft *draft)
{
  TnValue from = { 0 };
  draft->council = read_council (ruling, ruling->action->key, FALSE);
  if (tn_group_read (ruling->group, "from", &from) == TN_READING_GIVEN)
    draft->since = from.days.start;
}

static void
read_turn (const Ruling *ruling, const TnValue *value, TnDecisionDraft *draft)
{
  TnValue then = { 0 };
  switch (ruling->action->kind)
    {
    case TN_DECISION_SWAP:
      if (ruling->series != NULL
          && tn_rhythm_check_held (ruling->group, "swap", ruling->series, &value->cycle))
        draft->other_cycle = value->text;
      if (g_strcmp0 (draft->cycle, value->text) == 0)
        tn_group_complain (ruling->group, "swap",
                           "a cycle is swapped with itself, expected "
                           "another one");
      break;
    case TN_DECISION_SET:
      tn_group_read (ruling->group, "then", &then);
      draft->value = then.text;
      draft->council = read_council (ruling, "set", then.number == 0);
      break;
    case TN_DECISION_INSERT:
      draft->council = read_council (ruling, "insert", FALSE);
      draft->after_council = read_council (ruling, "after", TRUE);
      if (draft->council != NULL && g_strcmp0 (draft->council, draft->after_council) == 0)
        tn_group_complain (ruling->group, "after",
                           "a council cannot stand behind itself, expected "
                           "another one");
      break;
    case TN_DECISION_SKIP:
      draft->council = read_council (ruling, "skip", TRUE);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
read_milestone (const Ruling *ruling, TnDecisionDraft *draft)
{
  TnValue id = { 0 };
  TnValue anchor = { 0 };
  if (ruling->series == NULL || tn_group_read (ruling->group, "milestone", &id) != TN_READING_GIVEN)
    return;
  draft->milestone = id.text;
  if (tn_group_read (ruling->group, "anchor", &anchor) == TN_READING_GIVEN)
    draft->anchor = anchor.days.start;
  const TnMilestoneRule *rule = tn_series_find_milestone (ruling->series, id.text);
  if (rule != NULL && rule->every > 0)
    tn_group_complain (ruling->group, "milestone",
                       "'%s' comes again and again, expected one of its repetitions, like '%s-1'",
                       id.text, id.text);
  else if (!tn_series_has_milestone (ruling->series, id.text))
    tn_group_complain (ruling->group, "milestone",
                       "series '%s' has no milestone '%s', expected one of its milestones",
                       ruling->series->id, id.text);
}

/* @storage: (out): keeps a value that was made here as long as @draft */
static void
read_action (const Ruling *ruling, TnDecisionDraft *draft, char **storage)
{
  TnValue value = { 0 };
  TnValue confirmed = { 0 };
  if (tn_group_read (ruling->group, ruling->action->key, &value) != TN_READING_GIVEN)
    return;
  switch (ruling->action->kind)
    {
    case TN_DECISION_DATE:
      if (ruling->series != NULL)
        draft->value = *storage = dup_when (ruling->series, &value);
      tn_group_read (ruling->group, "confirmed", &confirmed);
      draft->confirmed = confirmed.number != 0;
      break;
    case TN_DECISION_PLACED:
      if (ruling->series != NULL)
        draft->value = *storage = dup_when (ruling->series, &value);
      break;
    case TN_DECISION_CANCEL:
      draft->value = value.number != 0 ? "yes" : "no";
      break;
    case TN_DECISION_DUE:
    case TN_DECISION_DONE:
      read_milestone (ruling, draft);
      draft->value = value.text != NULL ? value.text : value.number != 0 ? "yes" : "no";
      break;
    case TN_DECISION_JOIN:
    case TN_DECISION_LEAVE:
      read_membership (ruling, draft);
      break;
    case TN_DECISION_SWAP:
    case TN_DECISION_SET:
    case TN_DECISION_INSERT:
    case TN_DECISION_SKIP:
      read_turn (ruling, &value, draft);
      break;
    case TN_DECISION_TITLE:
      draft->value = value.text;
      if (ruling->series != NULL)
        tn_duties_check_title (ruling->group, "title", ruling->series, value.text);
      break;
    default:
      draft->value = value.text;
    }
}

static TnDecision *
read_decision (Ruling *ruling)
{
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  TnValue on = { 0 };
  TnValue note = { 0 };
  TnValue minutes = { 0 };
  g_autofree char *value = NULL;
  TnOrigin origin = tn_group_get_origin (ruling->group, NULL);
  g_autofree char *place = tn_origin_to_string (&origin);
  g_autofree char *source = g_strconcat ("charter ", place, NULL);
  tn_origin_clear (&origin);

  if (tn_group_read (ruling->group, "on", &on) == TN_READING_GIVEN)
    draft.on = on.days.start;
  tn_group_read (ruling->group, "note", &note);
  tn_group_read (ruling->group, "minutes", &minutes);
  draft.kind = ruling->action->kind;
  draft.collaboration = ruling->collaboration->id;
  draft.source = source;
  draft.note = note.text;
  draft.minutes = minutes.text;
  draft.by = read_council (ruling, "by", FALSE);
  check_companions (ruling);
  read_subject (ruling, &draft);
  read_site (ruling, &draft);
  find_ring (ruling, &draft);
  read_action (ruling, &draft, &value);
  return tn_decision_new (&draft);
}

/* Of two that are equally young no one could say which holds. */
static void
check_rivals (TnGroup group, const TnCollaboration *collaboration, const TnDecision *decision)
{
  for (guint i = 0; i < collaboration->decisions->len; i++)
    {
      const TnDecision *other = g_ptr_array_index (collaboration->decisions, i);
      if (other->on == decision->on && tn_decision_is_same_subject (other, decision))
        tn_group_complain (group, NULL,
                           "two decisions of one day on the same thing, expected one of them, or "
                           "different days; the other is %s",
                           other->source);
    }
}

/**
 * tn_rulings_read:
 * @charter: the group `collaboration`
 * @collaboration: with councils and series
 *
 * Adds the decisions to @collaboration.
 */
void
tn_rulings_read (TnGroup charter, TnCollaboration *collaboration)
{
  g_autoptr (GArray) rulings = g_array_new (FALSE, FALSE, sizeof (Ruling));
  for (guint i = 0; i < tn_group_count (charter, "decisions"); i++)
    {
      Ruling ruling = { .charter = charter,
                        .group = tn_group_at (charter, "decisions", i),
                        .collaboration = collaboration };
      if (ruling.group.setting == NULL)
        continue;
      ruling.action = find_action (ruling.group);
      if (ruling.action == NULL)
        continue;
      TnDecision *decision = read_decision (&ruling);
      check_rivals (ruling.group, collaboration, decision);
      g_ptr_array_add (collaboration->decisions, decision);
      g_array_append_val (rulings, ruling);
    }
  for (guint i = 0; i < rulings->len; i++)
    {
      const Ruling *ruling = &g_array_index (rulings, Ruling, i);
      tn_hindsight_check_decision (ruling->group, ruling->action->key, collaboration,
                                   g_ptr_array_index (collaboration->decisions, i));
    }
  tn_hindsight_check_rings (charter, collaboration);
}
