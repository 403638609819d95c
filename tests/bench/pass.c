/* How long a pass takes: ten thousand events in one calendar, published, found unchanged, and with
 * one edit among them; the longest time for which the main loop was held, and the memory. Prints
 * what it measured; a bench fails on a wrong count, never on a slow machine. */
#include "fakes/await.h"
#include "fakes/fake-clock.h"
#include "fakes/fake-provider.h"
#include "charter/charter.h"
#include "sync/desk.h"

#include <string.h>

/* Twelve months each, in a window of a year. */
static const guint N_COLLABORATIONS = 17;
static const guint N_SERIES = 50;

typedef struct
{
  TnFakeClock *clock;       /* (owned) */
  TnFakeProvider *calendar; /* (owned) */
  TnBook *book;             /* (owned) */
  TnDesk *desk;             /* (owned) */
} World;

static char *
write_charter (guint number)
{
  GString *text = g_string_new (NULL);
  g_string_append_printf (
      text,
      "collaboration = { id = \"stor-%u\"; name = \"Stor\"; edition = 1; language = \"da\";\n"
      "timezone = \"Europe/Copenhagen\"; holidays = [];\n"
      "councils = ( { id = \"odense\"; name = \"Odense\"; from = \"2005\"; } );\n"
      "series = (\n",
      number);
  for (guint i = 0; i < N_SERIES; i++)
    g_string_append_printf (
        text,
        "{ id = \"s%u\"; kind = \"meeting\"; title = \"Møde %u {cycle}\"; every = \"month\";\n"
        "first = \"2026-01\"; length = \"1 day\";\n"
        "roles = ( { role = \"host\"; council = \"odense\"; } ); }%s\n",
        i, i, i + 1 < N_SERIES ? "," : "");
  g_string_append (text, "); };\n");
  return g_string_free (text, FALSE);
}

static TnProvider *
open_calendar (gpointer user_data, const TnCalendar *calendar, const char *binding, GError **error)
{
  World *world = user_data;
  return g_object_ref (TN_PROVIDER (world->calendar));
}

static TnSettings *
make_settings (void)
{
  TnSettings *settings = tn_settings_new ();
  g_free (settings->council);
  settings->council = g_strdup ("odense");
  settings->publish_from_days = 0;
  settings->publish_to_days = 364;
  TnCalendar *calendar = tn_calendar_new ("stor", "fake");
  calendar->council = g_strdup ("odense");
  calendar->mode = TN_MODE_WRITE;
  g_ptr_array_add (settings->calendars, calendar);
  return settings;
}

static World *
world_new (void)
{
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_FLAG_RECURSION);
  World *world = g_new0 (World, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_source_file_free);
  for (guint i = 0; i < N_COLLABORATIONS; i++)
    {
      g_autofree char *path = g_strdup_printf ("stor-%u.conf", i);
      g_autofree char *text = write_charter (i);
      g_ptr_array_add (files, tn_source_file_new (path, text));
    }
  g_autoptr (TnSettings) settings = make_settings ();
  g_autoptr (TnStore) store = tn_store_new_memory ();
  world->clock = tn_fake_clock_new (tn_date_new (2026, 12, 31));
  world->calendar = tn_fake_provider_new ();
  world->book
      = tn_book_open (store, TN_CLOCK (world->clock), settings, tn_charter_read, files, &error);
  g_assert_no_error (error);
  world->desk = tn_desk_new (world->book, open_calendar, world);
  return world;
}

static void
world_free (World *world)
{
  g_clear_object (&world->desk);
  g_clear_object (&world->book);
  g_clear_object (&world->calendar);
  g_clear_object (&world->clock);
  g_free (world);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static long
read_peak_kib (void)
{
  g_autofree char *status = NULL;
  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  const char *line = strstr (status, "VmHWM:");
  g_assert_nonnull (line);
  return (long) g_ascii_strtoll (line + strlen ("VmHWM:"), NULL, 10);
}

/* One pass, and the longest turn of the main loop in it. */
static void
measure (World *world, const char *what)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 longest_us = 0;
  tn_fake_provider_reset_calls (world->calendar);
  gint64 start_us = g_get_monotonic_time ();
  tn_desk_sync_async (world->desk, NULL, 0, NULL, tn_await_store, &result);
  longest_us = g_get_monotonic_time () - start_us;
  while (result == NULL)
    {
      gint64 turn_us = g_get_monotonic_time ();
      g_main_context_iteration (NULL, TRUE);
      longest_us = MAX (longest_us, g_get_monotonic_time () - turn_us);
    }
  gint64 end_us = g_get_monotonic_time ();
  g_assert_true (tn_desk_sync_finish (world->desk, result, &error));
  g_assert_no_error (error);
  g_test_message ("%s: %.3f s, %u writes, longest turn of the loop %.1f ms, peak memory %.1f MiB",
                  what, (double) (end_us - start_us) / G_USEC_PER_SEC,
                  tn_fake_provider_get_writes (world->calendar), (double) longest_us / 1000,
                  (double) read_peak_kib () / 1024);
}

static void
edit_one (World *world)
{
  g_auto (GStrv) ids = tn_fake_provider_dup_ids (world->calendar);
  const char *text = tn_fake_provider_get (world->calendar, ids[0]);
  g_auto (GStrv) parts = g_strsplit (text, "STATUS:TENTATIVE", 2);
  g_autofree char *edited = g_strjoinv ("STATUS:CONFIRMED", parts);
  tn_fake_provider_put (world->calendar, ids[0], edited);
}

static void
test_pass (void)
{
  g_autoptr (World) world = world_new ();

  measure (world, "first pass");
  g_auto (GStrv) ids = tn_fake_provider_dup_ids (world->calendar);
  g_test_message ("%u events", g_strv_length (ids));
  g_assert_cmpuint (g_strv_length (ids), ==, N_COLLABORATIONS * N_SERIES * 12);
  measure (world, "pass without a change");
  edit_one (world);
  measure (world, "pass with one edit");
  tn_fake_provider_forget_tokens (world->calendar);
  measure (world, "full listing without a change");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bench/pass/ten-thousand-events", test_pass);
  return g_test_run ();
}
