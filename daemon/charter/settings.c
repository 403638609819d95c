/* The settings of one council. A secret never stands in them, only where one is kept: what is read
 * here is shown by `status`, copied into errors and readable by others (promise 11). */
#include "charter/settings.h"

#include <errno.h>
#include <string.h>

#include "base/encode.h"
#include "base/error.h"
#include "charter/access.h"
#include "charter/closures.h"
#include "charter/contacts.h"
#include "charter/document.h"
#include "charter/places.h"
#include "charter/publishers.h"

/* Days of an amount, rounded away from today: an event on the rim is rather published than not. */
static int
count_days (const TnValue *value)
{
  static const double days[] = { 1, 7, 365.2425 / 12, 365.2425 }; /* LENGTHS in keys.c */
  double length = ABS (value->number) * days[value->unit];
  int whole = (int) length;
  if (whole < length)
    whole++;
  return value->number < 0 ? -whole : whole;
}

static void
read_publish (TnGroup root, TnSettings *settings)
{
  TnGroup group = tn_group_enter (root, "publish");
  TnValue from = { 0 };
  TnValue to = { 0 };
  tn_group_read (group, "from", &from);
  tn_group_read (group, "to", &to);
  settings->publish_from_days = count_days (&from);
  settings->publish_to_days = count_days (&to);
  if (settings->publish_to_days <= settings->publish_from_days)
    tn_group_complain (group, "to", "publish ends before it begins, expected a later end");
}

static void
read_busy (TnGroup root, TnSettings *settings)
{
  g_auto (GStrv) files = NULL;
  g_autoptr (GStrvBuilder) absolute = g_strv_builder_new ();
  tn_group_read_texts (root, "busy", &files);
  for (guint i = 0; files != NULL && files[i] != NULL; i++)
    {
      g_autofree char *path = tn_places_dup_path (settings, files[i]);
      g_strv_builder_add (absolute, path);
      if (!tn_closures_is_calendar (path))
        tn_group_complain (root, "busy",
                           "busy = \"%.100s\" is no iCalendar file, expected a name that ends in "
                           ".ics",
                           files[i]);
    }
  g_strfreev (settings->busy);
  settings->busy = g_strv_builder_end (absolute);
}

static void
read_charters (TnGroup root, TnSettings *settings)
{
  g_auto (GStrv) charters = NULL;
  g_autoptr (GStrvBuilder) absolute = g_strv_builder_new ();
  tn_group_read_texts (root, "charters", &charters);
  for (guint i = 0; charters != NULL && charters[i] != NULL; i++)
    {
      g_autofree char *path = tn_places_dup_path (settings, charters[i]);
      g_strv_builder_add (absolute, path);
    }
  g_strfreev (settings->charters);
  settings->charters = g_strv_builder_end (absolute);
}

/* What the reading of a provider's own settings needs. */
typedef struct
{
  TnGroup group;
  const TnSettings *settings;
  TnCalendar *calendar;
} Options;

/* One letter too many, missing, or other; or two changed places. */
static gboolean
is_slip (const char *word, const char *meant)
{
  gsize n = 0;
  while (word[n] != '\0' && word[n] == meant[n])
    n++;
  const char *a = word + n;
  const char *b = meant + n;
  if (strlen (word) < 4 || strlen (meant) < 4 || (*a == '\0' && *b == '\0'))
    return FALSE;
  return (*a != '\0' && strcmp (a + 1, b) == 0) || (*b != '\0' && strcmp (a, b + 1) == 0)
         || (*a != '\0' && *b != '\0'
             && (strcmp (a + 1, b + 1) == 0
                 || (a[0] == b[1] && a[1] == b[0] && strcmp (a + 2, b + 2) == 0)));
}

/* A key of ours that was misspelt would go to the provider and never be missed. */
static const char *
find_meant (const char *name)
{
  g_autofree const char **names = tn_keys_list_names ("calendar");
  for (guint i = 0; names[i] != NULL; i++)
    if (is_slip (name, names[i]))
      return names[i];
  return NULL;
}

static gboolean
is_secret (const char *name)
{
  static const char *const words[] = { "password", "passwd", "passphrase", "secret", "token" };
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_suffix (name, words[i]))
      return TRUE;
  return FALSE;
}

static void
on_option (const char *name, const char *text, int line, gpointer user_data)
{
  const Options *options = user_data;
  const char *meant = find_meant (name);
  if (meant != NULL)
    tn_group_complain_at (options->group, line, "unknown key '%.60s', expected '%s'?", name, meant);
  else if (is_secret (name))
    tn_group_complain_at (options->group, line,
                          "a secret stands in '%.60s', expected only where it is kept: %.60s = { "
                          "file = \"…\"; } or { credential = \"…\"; } or { command = [ … ]; }",
                          name, name);
  else if (tn_access_has_user_in_url (text))
    tn_group_complain_at (options->group, line,
                          "a secret stands in the address '%.60s', expected it without; say user "
                          "and password = { file = \"…\"; }",
                          name);
  const char *dot = strrchr (name, '.');
  g_autofree char *owner = dot != NULL ? g_strndup (name, (gsize) (dot - name)) : g_strdup ("");
  if (is_secret (owner) && strcmp (dot, ".file") == 0)
    {
      g_autofree char *path = tn_places_dup_path (options->settings, text);
      tn_access_check_rights (options->group, line, name, path);
    }
  g_hash_table_insert (options->calendar->options, g_strdup (name), g_strdup (text));
}

static void
check_owner (TnGroup group, const TnCalendar *calendar)
{
  if ((calendar->council != NULL) == calendar->shared)
    tn_group_complain (group, calendar->shared ? "shared" : NULL,
                       "calendar '%s' has %s, expected either council = \"…\" or shared = true",
                       calendar->id,
                       calendar->shared ? "both an owner and shared" : "neither owner nor shared");
  if (!calendar->shared && tn_group_has (group, "trust"))
    tn_group_complain (group, "trust",
                       "trust says nothing of a calendar that is not shared, "
                       "expected it only beside shared = true");
}

static void
read_calendar_keys (TnGroup group, TnCalendar *calendar)
{
  static const int seconds[] = { 1, 60, 3600, 1, 60, 3600, 86400 }; /* words of `interval` */
  TnValue shared = { 0 };
  TnValue mode = { 0 };
  TnValue interval = { 0 };
  TnValue trust = { 0 };
  TnValue milestones = { 0 };
  tn_group_read_text (group, "council", &calendar->council);
  tn_group_read (group, "shared", &shared);
  tn_group_read (group, "mode", &mode);
  tn_group_read (group, "interval", &interval);
  tn_group_read (group, "trust", &trust);
  tn_group_read (group, "milestones", &milestones);
  tn_group_read_texts (group, "collaborations", &calendar->collaborations);
  tn_group_read_texts (group, "series", &calendar->series);
  tn_group_read_texts (group, "roles", &calendar->roles);
  tn_group_read_text (group, "adopt", &calendar->adopt);
  calendar->shared = shared.number != 0;
  calendar->mode = (TnMode) mode.number;
  calendar->interval_s = (int) MIN ((gint64) interval.number * seconds[interval.unit], G_MAXINT32);
  calendar->trust_decides = trust.number == 1;
  calendar->wants_milestones = milestones.number != 0;

  TnGroup brake = tn_group_enter (group, "brake");
  TnValue removals = { 0 };
  TnValue percent = { 0 };
  tn_group_read (brake, "removals", &removals);
  tn_group_read (brake, "percent", &percent);
  calendar->brake_removals = removals.number;
  calendar->brake_percent = percent.number;
}

static void
read_calendar (TnGroup group, TnSettings *settings)
{
  TnValue id = { 0 };
  TnValue provider = { 0 };
  if (tn_group_read (group, "id", &id) != TN_READING_GIVEN)
    return;
  tn_group_read (group, "provider", &provider);
  const TnCalendar *twin = tn_settings_find_calendar (settings, id.text);
  if (twin != NULL)
    tn_group_complain (group, "id",
                       "calendar '%s' stands twice, expected one; the first is in "
                       "line %d",
                       id.text, twin->origin.line);
  TnCalendar *calendar = tn_calendar_new (id.text, provider.text != NULL ? provider.text : "");
  g_ptr_array_add (settings->calendars, calendar);
  calendar->origin = tn_group_get_origin (group, NULL);
  read_calendar_keys (group, calendar);
  check_owner (group, calendar);
  Options options = { group, settings, calendar };
  tn_group_foreach_other (group, on_option, &options);
  calendar->account
      = tn_access_read (group, settings->base_dir, g_hash_table_lookup (calendar->options, "url"));
}

static void
read_council (TnGroup root, TnSettings *settings)
{
  TnValue keep = { 0 };
  tn_group_read (root, "keep", &keep);
  settings->keep_days = count_days (&keep);
  read_publish (root, settings);
  read_charters (root, settings);
  read_busy (root, settings);
  for (guint i = 0; i < tn_group_count (root, "calendars"); i++)
    read_calendar (tn_group_at (root, "calendars", i), settings);
  tn_publishers_read (root, settings);
  tn_contacts_read (root, settings);
}

static void
read_settings (TnGroup root, TnSettings *settings, const TnSettings *host)
{
  gboolean is_council = g_str_equal (root.kind, "settings");
  if (is_council)
    tn_group_read_text (root, "council", &settings->council);
  tn_places_read (root, settings, host);
  if (is_council)
    read_council (root, settings);
}

/**
 * tn_settings_load:
 * @path: of turnus.conf
 *
 * As tn_settings_read(), of a file.
 *
 * Errors: as there; %TN_ERROR_FAILED when the system cannot read the file.
 * Returns: (transfer full) (nullable): the settings
 */
TnSettings *
tn_settings_load (const char *path, GError **error)
{
  g_autoptr (TnSourceFile) source = tn_source_file_load (path, error);
  return source != NULL ? tn_settings_read (source, NULL, error) : NULL;
}

/**
 * tn_settings_load_council:
 * @path: of one of those that tn_household_list() finds
 * @host: the settings that include it
 *
 * As tn_settings_read(), of a file.
 *
 * Errors: as there; %TN_ERROR_FAILED when the system cannot read the file.
 * Returns: (transfer full) (nullable): the settings
 */
TnSettings *
tn_settings_load_council (const char *path, const TnSettings *host, GError **error)
{
  g_autoptr (TnSourceFile) source = tn_source_file_load (path, error);
  return source != NULL ? tn_settings_read (source, host, error) : NULL;
}

/**
 * tn_settings_read:
 * @source: the text; relative paths in it start at the folder of its path
 * @host: (nullable): the settings that include them, for those of one council among many
 *
 * Reads no charter and asks for no secret; of a secret's file only the rights are looked at. A file
 * that includes those of councils may do without a council of its own: then `council` is %NULL and
 * there are no calendars.
 *
 * Source: design section 5.
 * Errors: %TN_ERROR_INVALID with everything that is wrong, `file:line: what, expected what`, one a
 *   line.
 * Returns: (transfer full) (nullable): the settings
 */
TnSettings *
tn_settings_read (const TnSourceFile *source, const TnSettings *host, GError **error)
{
  g_autoptr (TnProblems) problems = tn_problems_new ();
  g_autoptr (TnDocument) document = tn_document_open (source, problems);
  g_autoptr (TnSettings) settings = tn_settings_new ();
  settings->path = g_canonicalize_filename (source->path, NULL);
  settings->base_dir = g_path_get_dirname (settings->path);
  if (document != NULL)
    {
      TnGroup root = tn_document_get_root (document, "settings");
      if (tn_group_has (root, "include") && !tn_group_has (root, "council"))
        root.kind = "host";
      tn_group_check (root);
      read_settings (root, settings, host);
    }
  return tn_problems_to_error (problems, error) ? g_steal_pointer (&settings) : NULL;
}

static gboolean
has_council (const TnRulebook *rulebook, const char *id)
{
  for (guint i = 0; i < rulebook->collaborations->len; i++)
    if (tn_collaboration_find_council (g_ptr_array_index (rulebook->collaborations, i), id) != NULL)
      return TRUE;
  return FALSE;
}

/* @name: `series`, or `collaboration/series` */
static gboolean
has_series (const TnRulebook *rulebook, const char *name)
{
  const char *slash = strchr (name, '/');
  for (guint i = 0; i < rulebook->collaborations->len; i++)
    {
      const TnCollaboration *collaboration = g_ptr_array_index (rulebook->collaborations, i);
      gboolean is_meant = slash == NULL
                          || (strlen (collaboration->id) == (gsize) (slash - name)
                              && g_str_has_prefix (name, collaboration->id));
      if (is_meant
          && tn_collaboration_find_series (collaboration, slash == NULL ? name : slash + 1) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_role (const TnRulebook *rulebook, const char *name)
{
  for (guint i = 0; i < rulebook->collaborations->len; i++)
    {
      const TnCollaboration *collaboration = g_ptr_array_index (rulebook->collaborations, i);
      for (guint j = 0; j < collaboration->series->len; j++)
        if (tn_series_find_role (g_ptr_array_index (collaboration->series, j), name) != NULL)
          return TRUE;
    }
  return FALSE;
}

static void
check_calendar (const TnSettings *settings, const TnCalendar *calendar, const TnRulebook *rulebook,
                TnProblems *problems)
{
  int line = calendar->origin.line;
  if (calendar->council != NULL && !has_council (rulebook, calendar->council))
    tn_problems_add (problems, settings->path, line,
                     "calendar '%s': no charter knows a council '%s', expected an id from councils",
                     calendar->id, calendar->council);
  for (guint i = 0; calendar->collaborations[i] != NULL; i++)
    if (tn_rulebook_find_collaboration (rulebook, calendar->collaborations[i]) == NULL)
      tn_problems_add (problems, settings->path, line,
                       "calendar '%s': no charter is called '%s', expected the id of one",
                       calendar->id, calendar->collaborations[i]);
  for (guint i = 0; calendar->series[i] != NULL; i++)
    if (!has_series (rulebook, calendar->series[i]))
      tn_problems_add (problems, settings->path, line,
                       "calendar '%s': no charter knows a series '%s', expected series or "
                       "collaboration/series",
                       calendar->id, calendar->series[i]);
  for (guint i = 0; calendar->roles[i] != NULL; i++)
    if (!has_role (rulebook, calendar->roles[i]))
      tn_problems_add (problems, settings->path, line,
                       "calendar '%s': no series has a role '%s', expected one from roles",
                       calendar->id, calendar->roles[i]);
}

/**
 * tn_settings_check:
 * @rulebook: what the charters of @settings say
 *
 * Holds councils, collaborations, series and roles that the settings name against the charters.
 *
 * Errors: %TN_ERROR_INVALID with everything that does not fit.
 */
gboolean
tn_settings_check (const TnSettings *settings, const TnRulebook *rulebook, GError **error)
{
  g_autoptr (TnProblems) problems = tn_problems_new ();
  if (!has_council (rulebook, settings->council))
    tn_problems_add (problems, settings->path, 0,
                     "no charter knows council '%s', expected an id from councils",
                     settings->council);
  for (guint i = 0; i < settings->calendars->len; i++)
    check_calendar (settings, g_ptr_array_index (settings->calendars, i), rulebook, problems);
  for (guint i = 0; i < settings->contacts->len; i++)
    {
      const TnMailbox *contact = g_ptr_array_index (settings->contacts, i);
      if (contact->council != NULL && !has_council (rulebook, contact->council))
        tn_problems_add (
            problems, settings->path, contact->line,
            "contact %s: no charter knows a council '%s', expected an id from councils",
            contact->address, contact->council);
    }
  return tn_problems_to_error (problems, error);
}
