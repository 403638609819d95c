/* Roles: from a ring, always the same council, for an election period, or whoever has a role of
 * another series in the same year. A ring that somebody asks for is walked once for all cycles of
 * the span; the rest is looked up. */
#include "rules/roles.h"

#include "rules/entry.h"
#include "rules/rhythm.h"
#include "rules/turn.h"
#include "rules/window.h"

#include <string.h>

struct _TnRoles
{
  const TnCollaboration *collaboration;
  const TnLedger *ledger;
  const TnMembership *membership;
  TnSpan span;
  GHashTable *rings; /* (owned) (element-type TnRoleRule Turns) walked so far */
  GHashTable *sets;  /* (owned) (element-type TnRoleRule GPtrArray) `set` of roles with terms */
};

/* The turns of one ring in a row. */
typedef struct
{
  int first;        /* index of the first */
  GPtrArray *turns; /* (owned) (element-type TnTurn) */
} Turns;

static void
turns_free (Turns *turns)
{
  g_ptr_array_unref (turns->turns);
  g_free (turns);
}

static const Turns *
walk_ring (const TnRoles *roles, const TnSeries *series, const TnRoleRule *role)
{
  Turns *turns = g_hash_table_lookup (roles->rings, role);
  if (turns != NULL)
    return turns;
  g_autoptr (TnRing) ring = tn_ring_new (roles->collaboration, series, role, roles->ledger);
  turns = g_new0 (Turns, 1);
  turns->first = tn_rhythm_get_index_at (series, roles->span.start);
  int end = tn_rhythm_get_last_index_at (series, roles->span.end) + 1;
  turns->turns = tn_turn_list (ring, roles->membership, turns->first, end);
  g_hash_table_insert (roles->rings, (gpointer) role, turns);
  return turns;
}

static const GPtrArray *
list_sets (const TnRoles *roles, const TnSeries *series, const TnRoleRule *role)
{
  GPtrArray *sets = g_hash_table_lookup (roles->sets, role);
  if (sets != NULL)
    return sets;
  g_autoptr (GPtrArray) entries = tn_entry_list (roles->ledger, roles->collaboration, series);
  sets = g_ptr_array_new ();
  for (guint i = 0; i < entries->len; i++)
    {
      TnDecision *decision = g_ptr_array_index (entries, i);
      if (decision->kind == TN_DECISION_SET && !tn_entry_is_taken_back (decision)
          && tn_series_find_named_role (series, decision->role_name) == role)
        g_ptr_array_add (sets, decision);
    }
  g_hash_table_insert (roles->sets, (gpointer) role, sets);
  return sets;
}

/**
 * tn_roles_new:
 * @ledger: outlives the roles
 * @span: the days whose cycles will be asked for, of whatever series
 *
 * Returns: (transfer full): the roles of all cycles whose period lies in @span
 */
TnRoles *
tn_roles_new (const TnCollaboration *collaboration, const TnLedger *ledger,
              const TnMembership *membership, TnSpan span)
{
  TnRoles *roles = g_new0 (TnRoles, 1);
  roles->collaboration = collaboration;
  roles->ledger = ledger;
  roles->membership = membership;
  roles->span = span;
  roles->rings = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) turns_free);
  roles->sets = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  return roles;
}

void
tn_roles_free (TnRoles *roles)
{
  if (roles == NULL)
    return;
  g_hash_table_unref (roles->rings);
  g_hash_table_unref (roles->sets);
  g_free (roles);
}

static void G_GNUC_PRINTF (3, 4) explain (TnTurn *turn, const char *rule, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_autofree char *source = tn_origin_to_string (&turn->rule->origin);
  g_ptr_array_add (turn->reasons, tn_reason_new (rule, source, "%s", text));
}

static void
add_council (TnTurn *turn, const char *council)
{
  guint n = g_strv_length (turn->councils);
  turn->councils = g_renew (char *, turn->councils, n + 2);
  turn->councils[n] = g_strdup (council);
  turn->councils[n + 1] = NULL;
}

static gboolean
is_member (const TnRoles *roles, const TnSeries *series, const TnCycle *cycle, const char *council)
{
  TnDate last_day
      = tn_membership_is_decided (roles->membership)
            ? tn_entry_find_last_day (roles->ledger, roles->collaboration, series, cycle)
            : TN_DATE_NONE;
  return tn_membership_had (roles->membership, council,
                            tn_window_get_membership_span (series, cycle), last_day);
}

/* Whoever has a role by another series or for good must still be there when this one is held. */
static void
add_member (const TnRoles *roles, TnTurn *turn, const TnSeries *series, const TnCycle *cycle,
            const char *id)
{
  const TnCouncil *council = tn_collaboration_find_council (roles->collaboration, id);
  g_autofree char *text = tn_cycle_to_string (cycle);
  if (council != NULL && is_member (roles, series, cycle, council->id))
    add_council (turn, council->id);
  else
    explain (turn, "membership", "nobody: %s is not a member in %s",
             tn_collaboration_get_council_name (roles->collaboration, id), text);
}

static void
add_ring_turn (const TnRoles *roles, TnTurn *turn, const TnSeries *series, const TnRoleRule *role,
               int index)
{
  const Turns *turns = walk_ring (roles, series, role);
  int place = index - turns->first;
  if (place < 0 || (guint) place >= turns->turns->len)
    {
      explain (turn, "rotation", "nobody: the cycle lies outside of the plan");
      return;
    }
  const TnTurn *found = g_ptr_array_index (turns->turns, place);
  for (gsize i = 0; found->councils[i] != NULL; i++)
    add_council (turn, found->councils[i]);
  for (guint i = 0; i < found->reasons->len; i++)
    g_ptr_array_add (turn->reasons, tn_reason_copy (g_ptr_array_index (found->reasons, i)));
  turn->status = found->status;
  turn->owner = g_strdup (found->owner);
}

static TnTurn *make_turn (const TnRoles *roles, const TnSeries *series, const TnRoleRule *role,
                          int index, int depth);

/* Of several in the period the one with the follower's number; else the first. */
static TnCycle
find_led (const TnSeries *leader, const TnCycle *cycle, int *index)
{
  TnCycle led = tn_rhythm_get_cycle (leader, *index);
  TnCycle same = led;
  same.ordinal = cycle->ordinal;
  if (led.ordinal > 0 && tn_rhythm_find_index (leader, &same, index))
    return same;
  return led;
}

static void
add_followed (const TnRoles *roles, TnTurn *turn, const TnSeries *series, const TnCycle *cycle,
              int depth)
{
  const TnRoleRule *rule = turn->rule;
  const TnSeries *leader
      = tn_collaboration_find_series (roles->collaboration, rule->follows_series);
  const TnRoleRule *role = leader != NULL ? tn_series_find_role (leader, rule->follows_role) : NULL;
  TnDate start = tn_cycle_get_span (cycle).start;
  int index = leader != NULL ? tn_rhythm_get_index_at (leader, start) : -1;
  TnCycle led = { 0 };
  if (index >= 0)
    led = find_led (leader, cycle, &index);
  if (role == NULL || depth <= 0 || index < 0
      || !tn_span_contains (tn_cycle_get_span (&led), start))
    {
      explain (turn, "follows", "nobody: there is no %s.%s to follow in that period",
               rule->follows_series, rule->follows_role);
      return;
    }

  TnTurn *found = make_turn (roles, leader, role, index, depth - 1);
  g_autofree char *text = tn_cycle_to_string (&led);
  g_autoptr (GString) names = g_string_new (NULL);
  for (gsize i = 0; found->councils[i] != NULL; i++)
    g_string_append_printf (
        names, "%s%s", i > 0 ? ", " : "",
        tn_collaboration_get_council_name (roles->collaboration, found->councils[i]));
  explain (turn, "follows", "follows %s.%s of %s%s: %s", leader->id, role->name, text,
           found->status == TN_TURN_POSTPONED ? ", whose turn was put off" : "",
           names->len > 0 ? names->str : "nobody");
  for (guint i = 0; i < found->reasons->len; i++)
    g_ptr_array_add (turn->reasons, tn_reason_copy (g_ptr_array_index (found->reasons, i)));
  for (gsize i = 0; found->councils[i] != NULL; i++)
    add_member (roles, turn, series, cycle, found->councils[i]);
  tn_turn_free (found);
}

static void
add_shared (const TnRoles *roles, TnTurn *turn, const TnSeries *series, const TnCycle *cycle)
{
  char **councils = turn->rule->shared;
  g_autoptr (GString) names = g_string_new (NULL);
  for (gsize i = 0; councils[i] != NULL; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            tn_collaboration_get_council_name (roles->collaboration, councils[i]));
  explain (turn, "shared", "shared by %s", names->str);
  for (gsize i = 0; councils[i] != NULL; i++)
    add_member (roles, turn, series, cycle, councils[i]);
}

static TnDate
find_term_day (const TnSeries *series, int index)
{
  TnCycle cycle = tn_rhythm_get_cycle (series, index);
  return tn_window_get_membership_span (series, &cycle).start;
}

/* The term that holds when the cycle's window begins. */
static const TnTerm *
find_term (const TnRoleRule *role, TnDate start)
{
  for (guint i = 0; i < role->terms->len; i++)
    {
      const TnTerm *term = g_ptr_array_index (role->terms, i);
      if (tn_span_contains (term->days, start))
        return term;
    }
  return NULL;
}

/* The last one named in this term up to the cycle @index; one that is named for a single cycle
 * counts in that cycle. */
static const TnDecision *
find_set (const TnRoles *roles, const TnSeries *series, const TnRoleRule *role, const TnTerm *term,
          int index)
{
  const GPtrArray *sets = list_sets (roles, series, role);
  const TnDecision *found = NULL;
  int found_index = 0;
  for (guint i = 0; i < sets->len; i++)
    {
      const TnDecision *set = g_ptr_array_index (sets, i);
      int at = 0;
      if (!tn_rhythm_parse_index (series, set->cycle, &at) || at > index
          || (found != NULL && at < found_index))
        continue;
      gboolean lasts = g_strcmp0 (set->value, "unchanged") != 0 && term != NULL
                       && tn_span_contains (term->days, find_term_day (series, at));
      if (at < index && !lasts)
        continue;
      found = set;
      found_index = at;
    }
  return found;
}

static void
add_named (const TnRoles *roles, TnTurn *turn, const TnSeries *series, const TnCycle *cycle,
           const TnDecision *set)
{
  const TnCouncil *council = tn_collaboration_find_council (roles->collaboration, set->council);
  const char *name = tn_collaboration_get_council_name (roles->collaboration, set->council);
  g_autofree char *source = tn_entry_dup_source (set);
  g_autofree char *how = tn_entry_describe (set, roles->collaboration);
  gboolean is_single = g_strcmp0 (set->value, "unchanged") == 0;
  g_ptr_array_add (
      turn->reasons,
      is_single ? tn_reason_new ("set", source, "%s is named for this cycle, %s", name, how)
                : tn_reason_new ("set", source, "%s is named from %s until the period ends, %s",
                                 name, set->cycle, how));
  add_council (turn, council->id);
  if (!is_member (roles, series, cycle, council->id))
    g_ptr_array_add (
        turn->reasons,
        tn_reason_new ("breach", source, "breaks membership: %s is not a member then", name));
}

/* Source: charters.md section 3: a chair is elected for the period; one who resigns before its end
 * is followed by whoever is named then. */
static void
add_term (const TnRoles *roles, TnTurn *turn, const TnSeries *series, const TnCycle *cycle,
          int index)
{
  TnDate start = find_term_day (series, index);
  const TnTerm *term = find_term (turn->rule, start);
  const TnDecision *set = find_set (roles, series, turn->rule, term, index);
  g_autofree char *date = tn_date_to_string (term != NULL ? term->days.start : start);
  if (term != NULL)
    {
      g_autofree char *source = tn_origin_to_string (&term->origin);
      g_ptr_array_add (
          turn->reasons,
          tn_reason_new ("term", source, "%s has it for the period from %s",
                         tn_collaboration_get_council_name (roles->collaboration, term->council),
                         date));
    }
  else
    explain (turn, "term", "nobody: no term of the charter holds on %s", date);
  if (set != NULL && tn_collaboration_find_council (roles->collaboration, set->council) != NULL)
    add_named (roles, turn, series, cycle, set);
  else if (term != NULL)
    add_member (roles, turn, series, cycle, term->council);
}

static TnTurn *
make_turn (const TnRoles *roles, const TnSeries *series, const TnRoleRule *role, int index,
           int depth)
{
  TnTurn *turn = tn_turn_new (role);
  TnCycle cycle = tn_rhythm_get_cycle (series, index);
  switch (role->kind)
    {
    case TN_ROLE_RING:
      add_ring_turn (roles, turn, series, role, index);
      break;
    case TN_ROLE_FIXED:
      explain (turn, "fixed", "the charter names %s",
               tn_collaboration_get_council_name (roles->collaboration, role->council));
      add_member (roles, turn, series, &cycle, role->council);
      break;
    case TN_ROLE_SHARED:
      add_shared (roles, turn, series, &cycle);
      break;
    case TN_ROLE_TERMS:
      add_term (roles, turn, series, &cycle, index);
      break;
    case TN_ROLE_FOLLOWS:
    default:
      add_followed (roles, turn, series, &cycle, depth);
      break;
    }
  return turn;
}

/**
 * tn_roles_make_turn:
 * @index: of the cycle in the rhythm of @series
 *
 * Source: design section 4, Rotation: a role that follows another series' role of the same period,
 * in a postponed cycle that of the council whose turn was put off.
 *
 * Returns: (transfer full): who has @role; nobody, with a reason, where the charter gives it to
 * none
 */
TnTurn *
tn_roles_make_turn (const TnRoles *roles, const TnSeries *series, const TnRoleRule *role, int index)
{
  /* Roles that follow each other in a circle end after as many steps as there are series. */
  return make_turn (roles, series, role, index, (int) roles->collaboration->series->len);
}
