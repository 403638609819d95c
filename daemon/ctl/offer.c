/* Before a calendar stands in the settings no daemon knows its account, so this program asks by
 * itself, with the same plugin. It reads one password from a file that nobody else may read (hazard
 * 101), touches no state and writes nothing. */
#include "ctl/offer.h"

#include <string.h>

#include "base/error.h"
#include "ctl/table.h"
#include "model/catalogue.h"
#include "provider/loader.h"

static char *
find_plugins (const TnCall *call)
{
  const char *folder = g_getenv ("TURNUS_PLUGINS");
  g_autoptr (TnSettings) settings = folder == NULL ? tn_call_load_settings (call, NULL) : NULL;
  if (folder == NULL)
    folder = settings != NULL ? settings->plugins : TN_PLUGINDIR;
  return g_canonicalize_filename (folder, NULL);
}

static TnAccount *
make_account (const TnCall *call, const char *url, GError **error)
{
  const char *user = tn_call_get_option (call, "user");
  const char *file = tn_call_get_option (call, "password-file");
  if ((user == NULL) != (file == NULL))
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "only one of --user and --password-file is said, expected both");
      return NULL;
    }
  TnAccount *account = tn_account_new (url);
  if (user == NULL)
    return account;
  account->auth = TN_AUTH_BASIC;
  account->user = g_strdup (user);
  account->password.file = g_canonicalize_filename (file, NULL);
  return account;
}

/* What --provider says; else the one that most servers need. */
static const char *
get_plugin (const TnCall *call)
{
  const char *plugin = tn_call_get_option (call, "provider");
  return plugin != NULL ? plugin : "caldav";
}

/* Returns: (transfer full) (nullable): the url, and what --with says beside it */
static GHashTable *
make_options (const TnCall *call, const char *url, GError **error)
{
  const char *const *given = tn_call_list_option (call, "with");
  g_autoptr (GHashTable) options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; given != NULL && given[i] != NULL; i++)
    {
      const char *equals = strchr (given[i], '=');
      if (equals == NULL || equals == given[i])
        {
          g_set_error (
              error, TN_ERROR, TN_ERROR_INVALID,
              "--with is \"%.60s\", expected a key of the provider, =, and its value, like "
              "protocol=graph",
              given[i]);
          return NULL;
        }
      g_hash_table_insert (options, g_strndup (given[i], (gsize) (equals - given[i])),
                           g_strdup (equals + 1));
    }
  g_hash_table_insert (options, g_strdup ("url"), g_strdup (url));
  return g_steal_pointer (&options);
}

static TnProvider *
open_account (const TnCall *call, TnLoader *loader, TnClock *clock, const char *url, GError **error)
{
  g_autoptr (TnAccount) account = make_account (call, url, error);
  g_autoptr (TnClient) client
      = account != NULL ? tn_client_new (account, clock, NULL, NULL, error) : NULL;
  g_autoptr (GHashTable) options = client != NULL ? make_options (call, url, error) : NULL;
  if (options == NULL)
    return NULL;
  return tn_loader_open (loader, get_plugin (call), "new", options, "/", NULL, client, error);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static JsonNode *
make_node (GPtrArray *places)
{
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < places->len; i++)
    {
      const TurnusPlace *place = g_ptr_array_index (places, i);
      JsonObject *object = json_object_new ();
      json_object_set_string_member (object, "url", place->url);
      json_object_set_string_member (object, "name", place->name != NULL ? place->name : "");
      json_object_set_boolean_member (object, "read_only", place->read_only);
      json_array_add_object_element (array, object);
    }
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, array);
  return node;
}

/**
 * tn_offer_ask:
 * @url: of a host, an account or a calendar
 *
 * Errors: those of the plugin.
 * Returns: (transfer full) (nullable): as `Discover` of control.xml answers
 */
JsonNode *
tn_offer_ask (const TnCall *call, const char *url, GError **error)
{
  g_autofree char *plugins = find_plugins (call);
  g_autoptr (TnClock) clock = tn_clock_new_system ();
  g_autoptr (TnLoader) loader = tn_loader_new (plugins, clock);
  g_autoptr (TnProvider) provider = open_account (call, loader, clock, url, error);
  if (provider == NULL)
    return NULL;
  g_autoptr (GAsyncResult) result = NULL;
  tn_provider_discover_async (provider, NULL, on_answered, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (GPtrArray) places = tn_provider_discover_finish (provider, result, error);
  return places != NULL ? make_node (places) : NULL;
}

/* An id for the settings that people recognise: lower-case letters, digits and dashes. */
static char *
make_id (JsonObject *place, guint number)
{
  g_autofree char *ascii = g_str_to_ascii (json_object_get_string_member (place, "name"), "da");
  GString *id = g_string_new (NULL);
  for (const char *at = ascii; *at != '\0' && id->len < 24; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (id, g_ascii_tolower (*at));
    else if (id->len > 0 && id->str[id->len - 1] != '-')
      g_string_append_c (id, '-');
  while (id->len > 0 && id->str[id->len - 1] == '-')
    g_string_truncate (id, id->len - 1);
  if (id->len == 0 || !g_ascii_isalpha (id->str[0]))
    g_string_printf (id, "calendar-%u", number + 1);
  return g_string_free (id, FALSE);
}

/* Of which provider the calendar @like of the settings is. Returns: (transfer full) */
static char *
dup_provider (const TnCall *call, const char *like)
{
  if (like == NULL)
    return g_strdup (get_plugin (call));
  g_autoptr (TnSettings) settings = tn_call_load_settings (call, NULL);
  const TnCalendar *calendar = settings != NULL ? tn_settings_find_calendar (settings, like) : NULL;
  return g_strdup (calendar != NULL ? calendar->provider : "…");
}

static void
print_login (const TnCall *call, const char *like)
{
  const char *const *given = tn_call_list_option (call, "with");
  if (like != NULL)
    {
      tn_call_print (
          call, tn_say (call->language, "/* login, and what else is said, as in \"%s\" */ "), like);
      return;
    }
  for (guint i = 0; given != NULL && given[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (given[i], "=", 2);
      g_autofree char *value = g_strescape (pair[1], NULL);
      tn_call_print (call, "%s = \"%s\"; ", pair[0], value);
    }
  if (tn_call_get_option (call, "user") != NULL)
    tn_call_print (call, "user = \"%s\"; password = { file = \"%s\"; }; ",
                   tn_call_get_option (call, "user"), tn_call_get_option (call, "password-file"));
}

static void
print_line (const TnCall *call, JsonObject *place, guint number, const char *provider,
            const char *like)
{
  g_autofree char *id = make_id (place, number);
  g_autofree char *url = g_strescape (json_object_get_string_member (place, "url"), NULL);
  tn_call_print (call, "  { id = \"%s\"; provider = \"%s\"; url = \"%s\";\n    ", id, provider,
                 url);
  print_login (call, like);
  tn_call_print (call, "council = \"…\"%s },\n",
                 json_object_get_boolean_member (place, "read_only") ? "; mode = \"observe\";"
                                                                     : ";");
}

/**
 * tn_offer_print:
 * @like: (nullable): the calendar of the settings whose account was asked
 *
 * Prints the calendars, and for each the line to put into turnus.conf.
 */
void
tn_offer_print (const TnCall *call, JsonArray *places, const char *like)
{
  static const char *const headings[] = { N_ ("NAME"), N_ ("WRITABLE"), N_ ("URL"), NULL };
  g_autoptr (TnTable) table = tn_table_new_in (call->language, headings);
  guint n = json_array_get_length (places);
  if (n == 0)
    {
      tn_call_print (call, tn_say (call->language, "the account offers no calendar\n"));
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      JsonObject *place = json_array_get_object_element (places, i);
      g_autofree char *name
          = g_strescape (json_object_get_string_member (place, "name"), "æøåÆØÅäöÄÖéÉ");
      gboolean read_only = json_object_get_boolean_member (place, "read_only");
      tn_table_add (table, name, tn_say_code (call->language, read_only ? "no" : "yes"),
                    json_object_get_string_member (place, "url"), NULL);
    }
  tn_table_print (table, call->out);
  tn_call_print (
      call, tn_say (call->language,
                    "\nThe line for turnus.conf, with whose calendar it is, or shared = true;\n"));
  g_autofree char *provider = dup_provider (call, like);
  for (guint i = 0; i < n; i++)
    print_line (call, json_array_get_object_element (places, i), i, provider, like);
}
