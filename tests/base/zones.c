/* Every zone of tzdata at each of its changes, against a table of an independent reader (hazards 47
 * and 48). zones.py writes the table and names it in TURNUS_ZONES. */
#include "base/zone.h"

#include <stdio.h>

typedef struct
{
  guint n_checked;
  guint n_wrong;
  TnZone *zone; /* (owned) (nullable) the one of the last line */
} Tally;

static void
note_wrong (Tally *tally, const char *line, gint64 got_s)
{
  tally->n_wrong++;
  if (tally->n_wrong <= 20)
    g_test_message ("%s: got %" G_GINT64_FORMAT, line, got_s);
}

static TnZone *
take_zone (Tally *tally, const char *id)
{
  if (tally->zone == NULL || g_strcmp0 (tn_zone_get_id (tally->zone), id) != 0)
    {
      g_clear_pointer (&tally->zone, tn_zone_unref);
      tally->zone = tn_zone_new (id, NULL);
    }
  return tally->zone;
}

static gint64
convert (const TnZone *zone, char direction, gint64 from_s)
{
  if (direction == 'U')
    {
      TnLocalTime local = tn_zone_to_local (zone, from_s);
      return (gint64) local.date * 86400 + local.second;
    }
  gint64 day = from_s >= 0 ? from_s / 86400 : -((-from_s + 86399) / 86400);
  return tn_zone_to_utc_s (zone, (TnLocalTime){ (TnDate) day, (int) (from_s - day * 86400) });
}

static void
check_line (Tally *tally, const char *line)
{
  char direction = 0;
  char id[64] = "";
  gint64 from_s = 0;
  gint64 want_s = 0;
  g_assert_cmpint (sscanf (line, "%c\t%63s\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT, &direction,
                           id, &from_s, &want_s),
                   ==, 4);
  const TnZone *zone = take_zone (tally, id);
  tally->n_checked++;
  gint64 got_s = zone == NULL ? G_MININT64 : convert (zone, direction, from_s);
  if (got_s != want_s)
    note_wrong (tally, line, got_s);
}

static void
test_table (void)
{
  const char *path = g_getenv ("TURNUS_ZONES");
  if (path == NULL)
    {
      g_test_skip ("TURNUS_ZONES names no table: run it by zones.py");
      return;
    }
  FILE *table = fopen (path, "re");
  g_assert_nonnull (table);

  Tally tally = { 0 };
  char line[160];
  while (fgets (line, sizeof line, table) != NULL)
    check_line (&tally, g_strchomp (line));
  fclose (table);
  g_clear_pointer (&tally.zone, tn_zone_unref);

  g_test_message ("%u times checked", tally.n_checked);
  g_assert_cmpuint (tally.n_checked, >, 100000);
  g_assert_cmpuint (tally.n_wrong, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/zones/hazards-47-48-every-change-agrees-with-an-independent-reader",
                   test_table);
  return g_test_run ();
}
