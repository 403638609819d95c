/* The fixture of several daemons: all of it is real but the calendars, the clocks and the disks. */
#include "sync/region.h"

#include <string.h>

#include "base/error.h"
#include "sync/journal.h"

static const char *const NAMES[REGION_N_TOWNS] = { "aarhus", "esbjerg", "odense" };

/* More than this, and something goes back and forth. */
static const guint MAX_ROUNDS = 12;

Region *
region_new (const char *common)
{
  Region *region = g_new0 (Region, 1);
  region->shared = tn_fake_provider_new ();
  for (guint i = 0; i < REGION_N_TOWNS; i++)
    {
      const char *const owners[] = { NAMES[i], NULL };
      region->towns[i] = town_new_council (NAMES[i], owners, region->shared, common);
    }
  return region;
}

void
region_free (Region *region)
{
  for (guint i = 0; i < REGION_N_TOWNS; i++)
    town_free (region->towns[i]);
  g_object_unref (region->shared);
  g_free (region);
}

/* The council's own calendar. */
const char *
region_get_calendar (RegionTown town)
{
  return NAMES[town];
}

static guint
count_writes (Region *region)
{
  guint writes = tn_fake_provider_get_writes (region->shared);
  for (guint i = 0; i < REGION_N_TOWNS; i++)
    writes += tn_fake_provider_get_writes (town_calendar (region->towns[i], NAMES[i]));
  return writes;
}

static void
reset_counts (Region *region)
{
  for (guint i = 0; i < REGION_N_TOWNS; i++)
    town_reset_counts (region->towns[i]);
}

/* Each daemon looks once at its calendars, in turn. */
void
region_round (Region *region)
{
  for (guint i = 0; i < REGION_N_TOWNS; i++)
    town_sync (region->towns[i]);
}

/* Promise 5: it settles after finitely many passes. */
void
region_settle (Region *region)
{
  for (guint i = 0; i < MAX_ROUNDS; i++)
    {
      reset_counts (region);
      region_round (region);
      if (count_writes (region) == 0)
        return;
    }
  g_error ("still %u writes after %u rounds", count_writes (region), MAX_ROUNDS);
}

void
region_assert_settled (Region *region)
{
  reset_counts (region);
  region_round (region);
  region_round (region);
  g_assert_cmpuint (count_writes (region), ==, 0);
}

static void
add_occurrences (GString *text, const TnPlan *plan)
{
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      g_autofree char *when = tn_when_to_string (&occurrence->when);
      g_string_append_printf (text, "%s %s %s %s '%s' '%s'\n", occurrence->series->id,
                              occurrence->cycle_text, when,
                              tn_status_to_string (occurrence->status), occurrence->title,
                              occurrence->place != NULL ? occurrence->place : "");
    }
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static void
add_knowledge (GString *text, TnBook *book)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *decisions = tn_book_get_decisions (book);
  for (guint i = 0; i < decisions->len; i++)
    {
      const TnDecision *decision = g_ptr_array_index (decisions, i);
      if (decision->kind != TN_DECISION_PLACED)
        g_ptr_array_add (lines, g_strdup (decision->id));
    }
  GPtrArray *proposals = tn_book_get_proposals (book);
  for (guint i = 0; i < proposals->len; i++)
    {
      const TnProposal *proposal = g_ptr_array_index (proposals, i);
      g_ptr_array_add (lines, g_strdup_printf ("%s %s %s", proposal->id,
                                               tn_proposal_state_to_string (proposal->state),
                                               proposal->answered_by));
    }
  g_ptr_array_sort (lines, compare_lines);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s\n", (char *) g_ptr_array_index (lines, i));
}

static char *
describe (Town *town)
{
  GString *text = g_string_new (NULL);
  add_occurrences (text, tn_book_get_plan (town->book));
  add_knowledge (text, town->book);
  return g_string_free (text, FALSE);
}

/* All daemons know the same and mean the same. */
void
region_assert_same (Region *region)
{
  g_autofree char *first = describe (region->towns[0]);
  for (guint i = 1; i < REGION_N_TOWNS; i++)
    {
      g_autofree char *other = describe (region->towns[i]);
      g_assert_cmpstr (other, ==, first);
    }
}

/* In the calendar of all, and in each one's own. */
void
region_assert_shows (Region *region, const char *uid, TnField field, const char *expected)
{
  town_assert_shows (region->towns[0], "faelles", uid, field, expected);
  for (guint i = 0; i < REGION_N_TOWNS; i++)
    town_assert_shows (region->towns[i], NAMES[i], uid, field, expected);
}
