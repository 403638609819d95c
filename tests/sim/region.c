/* A small collaboration with all that a reconciliation can meet: a ring, a role that follows it,
 * duties that go with the role, and private and shared calendars. Holidays and long windows are
 * other tests' matter; here a plan is to cost nothing. */
#include "sim/region.h"

#include <glib/gstdio.h>
#include <string.h>

#include "charter/charter.h"
#include "charter/settings.h"

static const char CHARTER[]
    = "collaboration = { id = \"lille\"; name = \"Lille\"; edition = 1; language = \"da\";\n"
      "  timezone = \"Europe/Copenhagen\"; holidays = [ ];\n"
      "  councils = ( { id = \"alfa\"; name = \"Alfa\"; from = \"2005\"; },\n"
      "               { id = \"bravo\"; name = \"Bravo\"; from = \"2005\"; },\n"
      "               { id = \"charlie\"; name = \"Charlie\"; from = \"2005\"; } );\n"
      "  series = (\n"
      "    { id = \"tur\"; kind = \"trip\"; title = \"Tur {cycle}: {host}\"; every = \"year\";\n"
      "      first = \"2026\"; window = { from = \"05-01\"; to = \"05-20\"; };\n"
      "      weekdays = [ \"tue\", \"wed\" ]; length = \"1 day\";\n"
      "      roles = ( { role = \"host\"; rotation = [ \"alfa\", \"bravo\", \"charlie\" ];\n"
      "                  start = { cycle = \"2026\"; council = \"charlie\"; }; } );\n"
      "      milestones = ( { id = \"program\"; title = \"Udsend program\"; before = \"8 weeks\";\n"
      "                       by = \"host\"; } ); },\n"
      "    { id = \"erfa\"; kind = \"erfa\"; title = \"Erfa {cycle}\"; every = \"year\";\n"
      "      first = \"2026\"; window = { from = \"09-01\"; to = \"09-20\"; };\n"
      "      weekdays = [ \"thu\" ]; time = \"10:00-15:00\";\n"
      "      roles = ( { role = \"organiser\"; follows = \"tur.host\"; } ); } );\n"
      "};\n";

static const SimRegionRule RULES[] = {
  { .name = "one daemon, four calendars",
    .offices = { { .council = "bravo",
                   .calendars = { "egen-alfa", "egen-bravo", "egen-charlie", "faelles" } } } },
  { .name = "two daemons, a shared calendar",
    .offices
    = { { .council = "alfa", .calendars = { "egen-alfa", "faelles" } },
        { .council = "bravo", .calendars = { "egen-bravo", "egen-charlie", "faelles" } } } },
  { .name = "three daemons, a shared calendar",
    .offices = { { .council = "alfa", .calendars = { "egen-alfa", "faelles" } },
                 { .council = "bravo", .calendars = { "egen-bravo", "faelles" } },
                 { .council = "charlie", .calendars = { "egen-charlie", "faelles" } } } },
  { .name = "two daemons, one of an older edition",
    .offices = { { .council = "alfa", .calendars = { "egen-alfa", "faelles" } },
                 { .council = "bravo",
                   .calendars = { "egen-bravo", "egen-charlie", "faelles" },
                   .charter = SIM_CHARTER_NEWER } } },
  { .name = "two daemons, equal editions that differ",
    .offices = { { .council = "alfa", .calendars = { "egen-alfa", "faelles" } },
                 { .council = "bravo",
                   .calendars = { "egen-bravo", "egen-charlie", "faelles" },
                   .charter = SIM_CHARTER_UNLIKE } } },
  { .name = "two daemons, one a year ahead",
    .offices
    = { { .council = "alfa", .calendars = { "egen-alfa", "faelles" }, .days_off = 365 },
        { .council = "bravo", .calendars = { "egen-bravo", "egen-charlie", "faelles" } } } },
  { .name = "two daemons, one a year behind",
    .offices = { { .council = "alfa", .calendars = { "egen-alfa", "faelles" } },
                 { .council = "bravo",
                   .calendars = { "egen-bravo", "egen-charlie", "faelles" },
                   .days_off = -365 } } },
  { .name = "one daemon, two mailboxes of Exchange among its calendars",
    .offices = { { .council = "bravo",
                   .calendars = { "egen-alfa", "egen-bravo", "egen-charlie", "faelles" } } },
    .graph = "faelles",
    .ews = "egen-bravo" },
  { .name = "two daemons, a shared mailbox of Exchange",
    .offices = { { .council = "alfa", .calendars = { "egen-alfa", "faelles" } },
                 { .council = "bravo", .calendars = { "egen-bravo", "egen-charlie", "faelles" } } },
    .graph = "faelles",
    .ews = "egen-charlie" },
};

const SimRegionRule *
sim_region_get_rules (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (RULES);
  return RULES;
}

/* Returns: (nullable): the council whose calendar it is; NULL when shared */
const char *
sim_region_get_owner (const char *calendar)
{
  return g_str_has_prefix (calendar, "egen-") ? calendar + strlen ("egen-") : NULL;
}

/* How many daemons keep the calendar. */
guint
sim_region_count_keepers (const SimRegionRule *rule, const char *calendar)
{
  guint n = 0;
  for (guint i = 0; rule->offices[i].council != NULL; i++)
    if (g_strv_contains (rule->offices[i].calendars, calendar))
      n++;
  return n;
}

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static char *
make_settings (const SimOfficeRule *office)
{
  GString *text = g_string_new (NULL);
  g_string_append_printf (text,
                          "council = \"%s\";\ncharters = [ \"lille.conf\" ];\n"
                          "publish = { from = \"-1 year\"; to = \"+2 years\"; };\ncalendars = (\n",
                          office->council);
  for (guint i = 0; office->calendars[i] != NULL; i++)
    {
      const char *owner = sim_region_get_owner (office->calendars[i]);
      g_autofree char *whose = owner != NULL ? g_strdup_printf ("council = \"%s\";", owner)
                                             : g_strdup ("shared = true; milestones = true;");
      g_string_append_printf (text, "%s{ id = \"%s\"; provider = \"sim\"; mode = \"write\"; %s }\n",
                              i > 0 ? "," : "", office->calendars[i], whose);
    }
  g_string_append (text, ");\n");
  return g_string_free (text, FALSE);
}

static TnSettings *
load_settings (const char *folder, const SimOfficeRule *office)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = make_settings (office);
  g_autofree char *path = g_build_filename (folder, "turnus.conf", NULL);
  write_file (folder, "turnus.conf", text);
  TnSettings *settings = tn_settings_load (path, &error);
  g_assert_no_error (error);
  return settings;
}

static void
remove_files (const char *folder)
{
  static const char *const names[] = { "turnus.conf", "lille.conf" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      g_unlink (path);
    }
  g_rmdir (folder);
}

static char *
dup_charter (SimCharter charter)
{
  GString *text = g_string_new (CHARTER);
  if (charter == SIM_CHARTER_NEWER)
    {
      g_string_replace (text, "edition = 1", "edition = 2", 1);
      g_string_replace (text, "Erfa {cycle}", "Erfamøde {cycle}", 1);
      g_string_replace (text, "10:00-15:00", "09:00-14:00", 1);
    }
  else if (charter == SIM_CHARTER_UNLIKE)
    g_string_replace (text, "Tur {cycle}", "Rejse {cycle}", 1);
  return g_string_free (text, FALSE);
}

static void
add_office (SimRegion *region, const char *folder, const SimOfficeRule *office)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *charter = dup_charter (office->charter);
  write_file (folder, "lille.conf", charter);
  TnSettings *settings = load_settings (folder, office);
  g_ptr_array_add (region->settings, settings);
  GPtrArray *files = tn_charter_load_files ((const char *const *) settings->charters,
                                            settings->holiday_folder, &error);
  g_assert_no_error (error);
  g_ptr_array_add (region->files, files);
}

SimRegion *
sim_region_new (const SimRegionRule *rule)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("turnus-sim-XXXXXX", &error);
  g_assert_no_error (error);
  SimRegion *region = g_new0 (SimRegion, 1);
  region->rule = rule;
  region->settings = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_settings_unref);
  region->files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; rule->offices[i].council != NULL; i++)
    add_office (region, folder, &rule->offices[i]);
  remove_files (folder);
  return region;
}

void
sim_region_free (SimRegion *region)
{
  if (region == NULL)
    return;
  g_ptr_array_unref (region->settings);
  g_ptr_array_unref (region->files);
  g_free (region);
}
