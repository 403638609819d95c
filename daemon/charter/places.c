/* Where things are: what the settings say, else what systemd or the session says, else a place
 * below that. A council among many on a host has its own state and socket in the host's places. */
#include "charter/places.h"

#include <string.h>
#include <sys/un.h>

/**
 * tn_places_dup_path:
 * @path: as the settings say it
 *
 * Returns: (transfer full): absolute; a relative one starts at the folder of the settings
 */
char *
tn_places_dup_path (const TnSettings *settings, const char *path)
{
  return g_canonicalize_filename (path, settings->base_dir);
}

/* The first of the folders that systemd names, if it names any. */
static char *
dup_service_folder (const char *variable)
{
  const char *folders = g_getenv (variable);
  if (folders == NULL || *folders != '/')
    return NULL;
  return g_strndup (folders, strcspn (folders, ":"));
}

static char *
dup_state (void)
{
  char *folder = dup_service_folder ("STATE_DIRECTORY");
  if (folder != NULL)
    return folder;
  const char *home = g_getenv ("XDG_STATE_HOME");
  if (home != NULL && *home == '/')
    return g_build_filename (home, "turnus", NULL);
  return g_build_filename (g_get_home_dir (), ".local", "state", "turnus", NULL);
}

static char *
dup_socket (const TnSettings *settings)
{
  g_autofree char *folder = dup_service_folder ("RUNTIME_DIRECTORY");
  const char *session = g_getenv ("XDG_RUNTIME_DIR");
  if (folder != NULL)
    return g_build_filename (folder, "control", NULL);
  if (session != NULL && *session == '/')
    return g_build_filename (session, "turnus", "control", NULL);
  return g_build_filename (settings->state, "control", NULL);
}

static char *
dup_holiday_folder (const TnSettings *settings)
{
  g_autofree char *beside = g_build_filename (settings->base_dir, "holidays", NULL);
  if (g_file_test (beside, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&beside);
  return g_build_filename (TN_DATADIR, "holidays", NULL);
}

static void
read_path (TnGroup root, const char *key, const TnSettings *settings, char **ret_path)
{
  TnValue value = { 0 };
  if (tn_group_read (root, key, &value) == TN_READING_GIVEN)
    *ret_path = tn_places_dup_path (settings, value.text);
}

static void
read_include (TnGroup root, TnSettings *settings, const TnSettings *host)
{
  read_path (root, "include", settings, &settings->include);
  if (settings->include == NULL)
    return;
  g_autofree char *folder = g_path_get_dirname (settings->include);
  if (host != NULL)
    tn_group_complain (root, "include",
                       "one council's file includes others, expected include only in %s",
                       host->path);
  if (strpbrk (folder, "*?") != NULL)
    tn_group_complain (root, "include",
                       "include has a * in its folder, expected it only in the name of the files: "
                       "councils.d/*.conf");
}

/**
 * tn_places_dup_socket:
 *
 * Returns: (transfer full): where a council of @host has its socket, when its own file does not say
 */
char *
tn_places_dup_socket (const TnSettings *host, const char *council)
{
  return g_strdup_printf ("%s-%s", host->socket, council);
}

/* What a council's own file does not say is as the host has it; state and socket in the host's own
 * places, told apart by the council. */
static void
take_from_host (TnSettings *settings, const TnSettings *host)
{
  if (settings->holiday_folder == NULL)
    settings->holiday_folder = g_strdup (host->holiday_folder);
  if (settings->state == NULL)
    settings->state = g_build_filename (host->state, "councils", settings->council, NULL);
  if (settings->socket == NULL)
    settings->socket = tn_places_dup_socket (host, settings->council);
  if (settings->plugins == NULL)
    settings->plugins = g_strdup (host->plugins);
}

/**
 * tn_places_read:
 * @root: the group of the whole file
 * @settings: their `council` is read already
 * @host: (nullable): the settings that include these
 *
 * Fills in where state, socket, plugins, holidays and the files of further councils are.
 *
 * Source: design section 5.
 */
void
tn_places_read (TnGroup root, TnSettings *settings, const TnSettings *host)
{
  read_include (root, settings, host);
  read_path (root, "holidays", settings, &settings->holiday_folder);
  read_path (root, "state", settings, &settings->state);
  read_path (root, "socket", settings, &settings->socket);
  read_path (root, "plugins", settings, &settings->plugins);
  if (host != NULL && settings->council != NULL)
    take_from_host (settings, host);
  if (settings->holiday_folder == NULL)
    settings->holiday_folder = dup_holiday_folder (settings);
  if (settings->state == NULL)
    settings->state = dup_state ();
  if (settings->socket == NULL)
    settings->socket = dup_socket (settings);
  if (settings->plugins == NULL)
    settings->plugins = g_strdup (TN_PLUGINDIR);
  if (strlen (settings->socket) >= sizeof ((struct sockaddr_un *) NULL)->sun_path)
    tn_group_complain (root, "socket",
                       "the path of the control socket is %zu bytes long, expected less than %zu; "
                       "say socket = \"…\"",
                       strlen (settings->socket), sizeof ((struct sockaddr_un *) NULL)->sun_path);
}
