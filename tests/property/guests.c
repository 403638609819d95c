/* Random histories of ad-hoc events in a ring of calendars that all let them out: people make,
 * edit, delete, copy, paste and move them; servers rewrite, fail and lose answers; the daemon is
 * restarted. Then the faults stop. Nothing may come back as something else: in no calendar is a UID
 * twice, none is there that nobody made, no original is written, and it settles (hazard 44). */
#include "sync/town.h"

#include <string.h>

#include "base/error.h"

/* TURNUS_HISTORIES asks for more. */
static const char N_HISTORIES[] = "20";
static const guint N_STEPS = 25;
static const guint MAX_PASSES = 8;

static const char *const CALENDARS[] = { "esbjerg", "aalborg", "aarhus" };

typedef struct
{
  Town *town;            /* (owned) */
  GString *log;          /* (owned) what happened, a line each */
  GHashTable *made;      /* (owned) UIDs that people made, by making or by pasting */
  GHashTable *originals; /* (owned) (element-type utf8 utf8) bytes by `calendar/id` */
  GHashTable *doubled;   /* (owned) UIDs that people put twice into one calendar */
  guint counter;
} Ring;

static void
ring_free (Ring *ring)
{
  town_free (ring->town);
  g_string_free (ring->log, TRUE);
  g_hash_table_unref (ring->made);
  g_hash_table_unref (ring->originals);
  g_hash_table_unref (ring->doubled);
  g_free (ring);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ring, ring_free)

static guint
roll (guint n)
{
  return (guint) g_test_rand_int_range (0, (gint32) n);
}

static TnFakeProvider *
pick_calendar (Ring *ring, const char **ret_name)
{
  *ret_name = CALENDARS[roll (G_N_ELEMENTS (CALENDARS))];
  return town_calendar (ring->town, *ret_name);
}

static Ring *
ring_new (void)
{
  Ring *ring = g_new0 (Ring, 1);
  ring->town = town_new (TOWN_WRITE);
  ring->log = g_string_new (NULL);
  ring->made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ring->originals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  ring->doubled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  town_set_settings (ring->town, "mode = \"write\";", "mode = \"write\"; adopt = \"ring\";");
  town_reload (ring->town);
  for (guint i = 0; i < G_N_ELEMENTS (CALENDARS); i++)
    {
      TnFakeProvider *calendar = town_calendar (ring->town, CALENDARS[i]);
      tn_fake_provider_set_rewrite (calendar, roll (4) == 0 ? roll (16) : 0);
      tn_fake_provider_set_restless (calendar, roll (4) == 0);
      tn_fake_provider_set_deltas (calendar, roll (2) == 0);
    }
  town_sync (ring->town);
  return ring;
}

static void
put_item (Ring *ring, const char *calendar, const char *id, const char *text)
{
  tn_fake_provider_put (town_calendar (ring->town, calendar), id, text);
  g_hash_table_insert (ring->originals, g_strdup_printf ("%s/%s", calendar, id), g_strdup (text));
}

static void
make (Ring *ring)
{
  const char *calendar = NULL;
  pick_calendar (ring, &calendar);
  guint n = ring->counter++;
  g_autofree char *uid = g_strdup_printf ("moede-%u", n);
  g_autofree char *id = g_strdup_printf ("moede-%u.ics", n);
  g_autofree char *text = g_strdup_printf (
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//DA\r\nBEGIN:VEVENT\r\nUID:%s\r\n"
      "DTSTAMP:20261120T080000Z\r\nDTSTART;VALUE=DATE:202703%02u\r\nSUMMARY:M\xc3\xb8"
      "de %u\r\n"
      "CATEGORIES:Ring\r\n%sEND:VEVENT\r\nEND:VCALENDAR\r\n",
      uid, 1 + roll (28), n, roll (2) == 0 ? "RRULE:FREQ=WEEKLY;COUNT=5\r\n" : "");
  g_hash_table_add (ring->made, g_strdup (uid));
  put_item (ring, calendar, id, text);
  g_string_append_printf (ring->log, "make %s in %s\n", uid, calendar);
}

/* An item that bears the category, in a random calendar; NULL when there is none. */
static char *
pick_item (Ring *ring, const char **ret_calendar)
{
  TnFakeProvider *calendar = pick_calendar (ring, ret_calendar);
  g_auto (GStrv) ids = tn_fake_provider_dup_ids (calendar);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  for (guint i = 0; ids[i] != NULL; i++)
    if (strstr (tn_fake_provider_get (calendar, ids[i]), "CATEGORIES:Ring") != NULL)
      g_ptr_array_add (found, ids[i]);
  return found->len > 0 ? g_strdup (g_ptr_array_index (found, roll (found->len))) : NULL;
}

static char *
replace (const char *text, const char *old, const char *new)
{
  g_auto (GStrv) parts = g_strsplit (text, old, -1);
  return g_strjoinv (new, parts);
}

/* People's own bytes are remembered; of a copy that turnus wrote they are not. */
static void
change_item (Ring *ring, const char *calendar, const char *id, const char *text)
{
  g_autofree char *place = g_strdup_printf ("%s/%s", calendar, id);
  if (g_hash_table_contains (ring->originals, place))
    put_item (ring, calendar, id, text);
  else
    tn_fake_provider_put (town_calendar (ring->town, calendar), id, text);
}

static void
edit (Ring *ring)
{
  const char *calendar = NULL;
  g_autofree char *id = pick_item (ring, &calendar);
  if (id == NULL)
    return;
  const char *text = tn_fake_provider_get (town_calendar (ring->town, calendar), id);
  g_autofree char *title = g_strdup_printf ("SUMMARY:Nyt %u ", ring->counter++);
  g_autofree char *edited = replace (text, "SUMMARY:", title);
  change_item (ring, calendar, id, edited);
  g_string_append_printf (ring->log, "edit %s/%s: %s\n", calendar, id, title);
}

static void
delete_item (Ring *ring, const char *calendar, const char *id)
{
  g_autofree char *place = g_strdup_printf ("%s/%s", calendar, id);
  g_hash_table_remove (ring->originals, place);
  tn_fake_provider_delete (town_calendar (ring->town, calendar), id);
}

static void delete (Ring *ring)
{
  const char *calendar = NULL;
  g_autofree char *id = pick_item (ring, &calendar);
  if (id == NULL)
    return;
  delete_item (ring, calendar, id);
  g_string_append_printf (ring->log, "delete %s/%s\n", calendar, id);
}

static gboolean
has_uid (Ring *ring, const char *calendar, const char *uid)
{
  TnFakeProvider *provider = town_calendar (ring->town, calendar);
  g_auto (GStrv) ids = tn_fake_provider_dup_ids (provider);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (TnEvent) event = town_parse (tn_fake_provider_get (provider, ids[i]));
      if (event != NULL && strcmp (event->uid, uid) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Into the same calendar or another: as it is, or as a new event; moved, if it is taken along. */
static void
copy (Ring *ring, gboolean renames, gboolean moves)
{
  const char *calendar = NULL;
  const char *other = NULL;
  g_autofree char *id = pick_item (ring, &calendar);
  pick_calendar (ring, &other);
  if (id == NULL)
    return;
  g_autofree char *text
      = g_strdup (tn_fake_provider_get (town_calendar (ring->town, calendar), id));
  g_autoptr (TnEvent) event = town_parse (text);
  g_autofree char *uid
      = renames ? g_strdup_printf ("kopi-%u", ring->counter++) : g_strdup (event->uid);
  g_autofree char *new_id = g_strdup_printf ("kopi-%u.ics", ring->counter++);
  g_autofree char *pasted = replace (text, event->uid, uid);
  if (moves)
    delete_item (ring, calendar, id);
  if (has_uid (ring, other, uid))
    g_hash_table_add (ring->doubled, g_strdup (uid));
  g_hash_table_add (ring->made, g_strdup (uid));
  tn_fake_provider_put (town_calendar (ring->town, other), new_id, pasted);
  g_string_append_printf (ring->log, "%s %s/%s as %s to %s\n", moves ? "move" : "copy", calendar,
                          id, uid, other);
}

static void
break_something (Ring *ring)
{
  static const TnFakeTrick tricks[] = { TN_FAKE_FAIL, TN_FAKE_LOSE_ANSWER };
  const char *calendar = NULL;
  TnFakeProvider *provider = pick_calendar (ring, &calendar);
  TnFakeCall call = roll (TN_FAKE_N_CALLS);
  tn_fake_provider_script (provider, call, tricks[roll (2)], TN_ERROR_TEMPORARY);
  g_string_append_printf (ring->log, "break call %d of %s\n", (int) call, calendar);
}

static void
step (Ring *ring)
{
  switch (roll (10))
    {
    case 0:
    case 1:
      make (ring);
      return;
    case 2:
      edit (ring);
      return;
    case 3:
      delete (ring);
      return;
    case 4:
      copy (ring, roll (2) == 0, roll (3) == 0);
      return;
    case 5:
      break_something (ring);
      return;
    case 6:
      town_restart (ring->town);
      g_string_append (ring->log, "restart\n");
      return;
    default:
      if (roll (2) == 0)
        tn_fake_clock_advance_us (ring->town->clock, 16 * G_TIME_SPAN_MINUTE);
      town_try_sync (ring->town, NULL, 0, NULL);
      g_string_append (ring->log, "sync\n");
      return;
    }
}

static void
settle (Ring *ring)
{
  for (guint i = 0; i < G_N_ELEMENTS (CALENDARS); i++)
    {
      TnFakeProvider *calendar = town_calendar (ring->town, CALENDARS[i]);
      tn_fake_provider_clear_script (calendar);
      tn_fake_provider_set_restless (calendar, FALSE);
    }
  for (guint pass = 0; pass < MAX_PASSES; pass++)
    {
      town_sync (ring->town);
      for (guint i = 0; i < G_N_ELEMENTS (CALENDARS); i++)
        tn_decide_approve (ring->town->book, CALENDARS[i], NULL);
      tn_fake_clock_advance_us (ring->town->clock, 16 * G_TIME_SPAN_MINUTE);
    }
}

static void
check_calendar (Ring *ring, const char *name)
{
  TnFakeProvider *calendar = town_calendar (ring->town, name);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) ids = tn_fake_provider_dup_ids (calendar);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      const char *text = tn_fake_provider_get (calendar, ids[i]);
      g_autoptr (TnEvent) event = town_parse (text);
      g_autofree char *place = g_strdup_printf ("%s/%s", name, ids[i]);
      const char *original = g_hash_table_lookup (ring->originals, place);
      if (original != NULL && strcmp (original, text) != 0)
        g_error ("%s was written:\n%s\nafter\n%s", place, text, ring->log->str);
      if (g_str_has_suffix (event->uid, "@turnus"))
        continue; /* of the plan */
      if (!g_hash_table_contains (ring->made, event->uid))
        g_error ("nobody made %s (%s) after\n%s", event->uid, place, ring->log->str);
      if (!g_hash_table_add (seen, g_strdup (event->uid))
          && !g_hash_table_contains (ring->doubled, event->uid))
        g_error ("%s stands twice in %s after\n%s", event->uid, name, ring->log->str);
    }
}

static void
test_ring (void)
{
  const char *asked = g_getenv ("TURNUS_HISTORIES");
  guint64 n_histories = g_ascii_strtoull (asked != NULL ? asked : N_HISTORIES, NULL, 10);
  for (guint64 n = 0; n < n_histories; n++)
    {
      g_autoptr (Ring) ring = ring_new ();
      for (guint i = 0; i < N_STEPS; i++)
        step (ring);
      settle (ring);
      for (guint i = 0; i < G_N_ELEMENTS (CALENDARS); i++)
        check_calendar (ring, CALENDARS[i]);
      town_reset_counts (ring->town);
      town_sync (ring->town);
      if (town_count_writes (ring->town) > 0)
        g_error ("it does not settle (promise 5) after\n%s", ring->log->str);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/property/guests/hazard-44-nothing-echoes-in-a-ring", test_ring);
  return g_test_run ();
}
