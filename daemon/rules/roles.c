/* Roles: from a ring, always the same council, or whoever has a role of another series in the same
 * year. Rings are walked once for all cycles of a span; the rest is looked up. */
#include "rules/roles.h"

#include "rules/rhythm.h"
#include "rules/turn.h"
#include "rules/window.h"

#include <string.h>

struct _TnRoles
{
  const TnCollaboration *collaboration;
  const TnMembership *membership;
  GHashTable *rings; /* (owned) (element-type TnRoleRule Turns) */
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

static void
walk_ring (TnRoles *roles, const TnSeries *series, const TnRoleRule *role, const TnLedger *ledger,
           TnSpan span)
{
  g_autoptr (TnRing) ring = tn_ring_new (roles->collaboration, series, role, ledger);
  Turns *turns = g_new0 (Turns, 1);
  turns->first = tn_rhythm_get_index_at (series, span.start);
  int end = tn_rhythm_get_last_index_at (series, span.end) + 1;
  turns->turns = tn_turn_list (ring, roles->membership, turns->first, end);
  g_hash_table_insert (roles->rings, (gpointer) role, turns);
}

/**
 * tn_roles_new:
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
  roles->membership = membership;
  roles->rings = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) turns_free);
  for (guint i = 0; i < collaboration->series->len; i++)
    {
      const TnSeries *series = g_ptr_array_index (collaboration->series, i);
      for (guint j = 0; j < series->roles->len; j++)
        {
          const TnRoleRule *role = g_ptr_array_index (series->roles, j);
          if (role->kind == TN_ROLE_RING)
            walk_ring (roles, series, role, ledger, span);
        }
    }
  return roles;
}

void
tn_roles_free (TnRoles *roles)
{
  if (roles == NULL)
    return;
  g_hash_table_unref (roles->rings);
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

/* Whoever has a role by another series or for good must still be there when this one is held. */
static void
add_member (const TnRoles *roles, TnTurn *turn, const TnSeries *series, const TnCycle *cycle,
            const char *id)
{
  const TnCouncil *council = tn_collaboration_find_council (roles->collaboration, id);
  TnSpan span = tn_window_get_membership_span (series, cycle);
  g_autofree char *text = tn_cycle_to_string (cycle);
  if (council != NULL && tn_membership_has (roles->membership, council->id, span))
    add_council (turn, council->id);
  else
    explain (turn, "membership", "nobody: %s is not a member in %s",
             tn_collaboration_get_council_name (roles->collaboration, id), text);
}

static void
add_ring_turn (const TnRoles *roles, TnTurn *turn, const TnRoleRule *role, int index)
{
  const Turns *turns = g_hash_table_lookup (roles->rings, role);
  int place = turns != NULL ? index - turns->first : -1;
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

/* The term that holds when the cycle's window begins. */
static void
add_term (const TnRoles *roles, TnTurn *turn, const TnSeries *series, const TnCycle *cycle)
{
  TnDate start = tn_window_get_membership_span (series, cycle).start;
  for (guint i = 0; i < turn->rule->terms->len; i++)
    {
      const TnTerm *term = g_ptr_array_index (turn->rule->terms, i);
      if (!tn_span_contains (term->days, start))
        continue;
      g_autofree char *source = tn_origin_to_string (&term->origin);
      g_autofree char *from = tn_date_to_string (term->days.start);
      g_ptr_array_add (
          turn->reasons,
          tn_reason_new ("term", source, "%s has it for the period from %s",
                         tn_collaboration_get_council_name (roles->collaboration, term->council),
                         from));
      add_member (roles, turn, series, cycle, term->council);
      return;
    }
  g_autofree char *date = tn_date_to_string (start);
  explain (turn, "term", "nobody: no term of the charter holds on %s", date);
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
      add_ring_turn (roles, turn, role, index);
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
      add_term (roles, turn, series, &cycle);
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
