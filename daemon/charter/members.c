/* Councils and the periods in which they are members. A council without any period may be prepared
 * for a later `join`; until then no ring may name it. */
#include "charter/members.h"

#include <string.h>

#include "base/encode.h"

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  const TnSpan *one = a;
  const TnSpan *other = b;
  return (one->start > other->start) - (one->start < other->start);
}

/* A period that is wrong counts as always, lest a ring be told that it names no member. */
static void
read_period (TnGroup group, TnCouncil *council)
{
  TnValue from = { .days = TN_SPAN_ALWAYS };
  TnValue to = { .days = TN_SPAN_ALWAYS };
  TnReading from_reading = tn_group_read (group, "from", &from);
  tn_group_read (group, "to", &to);
  if (from_reading == TN_READING_ABSENT && tn_group_has (group, "to"))
    tn_group_complain (group, "to", "to stands without from, expected both or from alone");
  TnSpan span = tn_span_new (from.days.start, to.days.end);
  if (span.end <= span.start)
    {
      tn_group_complain (group, "to", "to = \"%s\" ends before from = \"%s\", expected a later end",
                         to.text, from.text);
      span = TN_SPAN_ALWAYS;
    }
  g_array_append_val (council->memberships, span);
}

/* Periods that touch are one. */
static void
join_periods (TnGroup group, TnCouncil *council)
{
  g_array_sort (council->memberships, compare_spans);
  for (guint i = 1; i < council->memberships->len;)
    {
      TnSpan *before = &g_array_index (council->memberships, TnSpan, i - 1);
      TnSpan *now = &g_array_index (council->memberships, TnSpan, i);
      if (now->start < before->end)
        tn_group_complain (group, "membership",
                           "two periods of '%s' overlap, expected each to end before the next "
                           "begins",
                           council->id);
      if (now->start > before->end)
        {
          i++;
          continue;
        }
      before->end = MAX (before->end, now->end);
      g_array_remove_index (council->memberships, i);
    }
}

static TnCouncil *
read_council (TnGroup group)
{
  TnValue id = { 0 };
  TnValue name = { 0 };
  if (tn_group_read (group, "id", &id) != TN_READING_GIVEN)
    return NULL;
  tn_group_read (group, "name", &name);

  TnCouncil *council = tn_council_new (id.text, name.text != NULL ? name.text : id.text);
  council->origin = tn_group_get_origin (group, NULL);
  tn_group_read_texts (group, "was", &council->was);
  gboolean is_one = tn_group_has (group, "from") || tn_group_has (group, "to");
  if (is_one && tn_group_has (group, "membership"))
    tn_group_complain (group, "membership",
                       "membership stands beside from and to, expected either the one or the "
                       "other");
  if (is_one)
    read_period (group, council);
  for (guint i = 0; i < tn_group_count (group, "membership") && !is_one; i++)
    read_period (tn_group_at (group, "membership", i), council);
  join_periods (group, council);
  return council;
}

static void
check_names (TnGroup group, const TnCollaboration *collaboration, const TnCouncil *council)
{
  const TnCouncil *twin = tn_collaboration_find_council (collaboration, council->id);
  if (twin != NULL)
    tn_group_complain (group, "id",
                       "council '%s' stands twice, expected one; the first is in line %d",
                       council->id, twin->origin.line);
  for (guint i = 0; council->was[i] != NULL; i++)
    if (strcmp (council->was[i], council->id) == 0
        || tn_collaboration_find_council (collaboration, council->was[i]) != NULL)
      tn_group_complain (group, "was",
                         "'%s' is the id of a council today, expected one that is no longer used",
                         council->was[i]);
}

/**
 * tn_members_read:
 * @charter: the group `collaboration`
 *
 * Adds all councils to @collaboration.
 */
void
tn_members_read (TnGroup charter, TnCollaboration *collaboration)
{
  for (guint i = 0; i < tn_group_count (charter, "councils"); i++)
    {
      TnGroup group = tn_group_at (charter, "councils", i);
      TnCouncil *council = read_council (group);
      if (council == NULL)
        continue;
      check_names (group, collaboration, council);
      g_ptr_array_add (collaboration->councils, council);
    }
}

/**
 * tn_members_check:
 * @line: where @id was written
 * @id: of a council, today's or a former one
 *
 * Returns: (transfer none) (nullable): the council; %NULL after a complaint that there is none
 */
const TnCouncil *
tn_members_check (TnGroup group, int line, const TnCollaboration *collaboration, const char *id)
{
  const TnCouncil *council = tn_collaboration_find_council (collaboration, id);
  if (council != NULL)
    return council;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  for (guint i = 0; i < collaboration->councils->len; i++)
    g_ptr_array_add (ids, ((TnCouncil *) g_ptr_array_index (collaboration->councils, i))->id);
  g_ptr_array_add (ids, NULL);
  const char *nearest = tn_encode_find_nearest (id, (const char *const *) ids->pdata);
  if (nearest != NULL)
    tn_group_complain_at (group, line, "unknown council '%s', expected '%s'?", id, nearest);
  else
    tn_group_complain_at (group, line, "unknown council '%s', expected an id from councils", id);
  return NULL;
}

/**
 * tn_members_is_ever:
 *
 * Returns: %TRUE when @council is a member at some time, be it by a decision of the charter
 */
gboolean
tn_members_is_ever (TnGroup charter, const TnCollaboration *collaboration, const TnCouncil *council)
{
  if (tn_council_is_ever_member (council))
    return TRUE;
  for (guint i = 0; i < tn_group_count (charter, "decisions"); i++)
    {
      TnValue joins = { 0 };
      if (tn_group_read (tn_group_at (charter, "decisions", i), "join", &joins) == TN_READING_GIVEN
          && tn_collaboration_find_council (collaboration, joins.text) == council)
        return TRUE;
    }
  return FALSE;
}
