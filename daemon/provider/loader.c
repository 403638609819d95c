/* Plugins are found in one folder, checked, and refused or opened; a refusal never concerns the
 * others (hazard 96). A plugin's constructors run inside dlopen, before any check of ours (design
 * section 11), so the folder and the file must belong to root or to us and be writable by nobody
 * else (hazard 113); magic, ABI, size, name and slots are read as data before any function of it is
 * called. RTLD_NOW refuses a plugin with a missing symbol here instead of dying in the first call
 * (hazard 95). Plugins stay loaded: types and sources of theirs may outlive a calendar. */
#include "provider/loader.h"

#include <dlfcn.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "provider/plugin.h"

struct _TnLoader
{
  char *folder;       /* (owned) */
  TnClock *clock;     /* (owned) */
  GHashTable *tables; /* (owned) (element-type utf8 TurnusPlugin), by name */
  TnWitness *witness; /* (unowned) (nullable) outlives the loader */
};

/* A slot that every plugin must fill. */
typedef struct
{
  const char *name;
  gsize offset;
} Slot;

#define SLOT_OF(type, field)                                                                       \
  {                                                                                                \
#field, G_STRUCT_OFFSET(type, field)                                                           \
  }
#define SLOT(field) SLOT_OF (TurnusPlugin, field)

static const Slot required_slots[] = {
  SLOT (open),        SLOT (close),        SLOT (get_caps),      SLOT (list_async),
  SLOT (list_finish), SLOT (load_async),   SLOT (load_finish),   SLOT (save_async),
  SLOT (save_finish), SLOT (remove_async), SLOT (remove_finish),
};

static const Slot publisher_slots[] = {
  SLOT_OF (TurnusPublisher, open),        SLOT_OF (TurnusPublisher, stop_async),
  SLOT_OF (TurnusPublisher, stop_finish), SLOT_OF (TurnusPublisher, close),
  SLOT_OF (TurnusPublisher, get_count),
};

/* [a-z0-9-]+: what can be no path. */
static gboolean
is_name (const char *name)
{
  if (*name == '\0' || strlen (name) > 64)
    return FALSE;
  for (const char *c = name; *c != '\0'; c++)
    if (!g_ascii_islower (*c) && !g_ascii_isdigit (*c) && *c != '-')
      return FALSE;
  return TRUE;
}

static gboolean
check_owner (const char *path, gboolean folder, GError **error)
{
  struct stat st;
  if (lstat (path, &st) != 0)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_FAILED, "cannot look at %s: %s", path,
                   g_strerror (errno));
      return FALSE;
    }
  if (folder ? !S_ISDIR (st.st_mode) : !S_ISREG (st.st_mode))
    {
      g_set_error (error, TN_ERROR, TN_ERROR_DENIED, "%s is not a %s", path,
                   folder ? "folder" : "regular file");
      return FALSE;
    }
  if (st.st_uid != 0 && st.st_uid != geteuid ())
    {
      g_set_error (error, TN_ERROR, TN_ERROR_DENIED,
                   "%s belongs to user %u, not to root or to the user of the daemon", path,
                   st.st_uid);
      return FALSE;
    }
  if ((st.st_mode & (S_IWGRP | S_IWOTH)) != 0)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_DENIED,
                   "%s can be written by others: take that away with chmod go-w", path);
      return FALSE;
    }
  return TRUE;
}

/* Installed plugins lie in the folder, freshly built ones each in a folder of its own below it. */
static char *
find_file (const TnLoader *loader, const char *name, GError **error)
{
  g_autofree char *file = g_strconcat (name, ".so", NULL);
  g_autofree char *flat = g_build_filename (loader->folder, file, NULL);
  if (!check_owner (loader->folder, TRUE, error))
    return NULL;
  if (g_file_test (flat, G_FILE_TEST_EXISTS))
    return check_owner (flat, FALSE, error) ? g_steal_pointer (&flat) : NULL;
  g_autofree char *own = g_build_filename (loader->folder, name, NULL);
  g_autofree char *deep = g_build_filename (own, file, NULL);
  if (g_file_test (deep, G_FILE_TEST_EXISTS))
    return check_owner (own, TRUE, error) && check_owner (deep, FALSE, error)
               ? g_steal_pointer (&deep)
               : NULL;
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "there is no %s in %s", file, loader->folder);
  return NULL;
}

static gboolean
check_slots (gconstpointer functions, const Slot *slots, guint n_slots, GError **error)
{
  for (guint i = 0; i < n_slots; i++)
    {
      const void *const *slot = G_STRUCT_MEMBER_P (functions, slots[i].offset);
      if (*slot == NULL)
        {
          g_set_error (error, TN_ERROR, TN_ERROR_PROTOCOL, "its function %s is missing",
                       slots[i].name);
          return FALSE;
        }
    }
  return TRUE;
}

/* What was built before there were roles ends before them, or has padding there. */
static guint32
get_role (const TurnusPlugin *table)
{
  return table->abi >= 4 && table->size >= sizeof (TurnusPlugin) ? table->role
                                                                 : TURNUS_ROLE_PROVIDER;
}

static gboolean
check_functions (const TurnusPlugin *table, GError **error)
{
  const TurnusPublisher *publisher = NULL;
  switch (get_role (table))
    {
    case TURNUS_ROLE_PROVIDER:
      return check_slots (table, required_slots, G_N_ELEMENTS (required_slots), error);
    case TURNUS_ROLE_PUBLISHER:
      publisher = table->publisher;
      if (publisher != NULL && publisher->size >= sizeof (TurnusPublisher))
        return check_slots (publisher, publisher_slots, G_N_ELEMENTS (publisher_slots), error);
      g_set_error (error, TN_ERROR, TN_ERROR_PROTOCOL,
                   "it is a publisher without a whole table of a publisher's functions: build it "
                   "anew");
      return FALSE;
    default:
      g_set_error (error, TN_ERROR, TN_ERROR_PROTOCOL,
                   "its role is %u, expected %d (provider) or %d (publisher)", table->role,
                   TURNUS_ROLE_PROVIDER, TURNUS_ROLE_PUBLISHER);
      return FALSE;
    }
}

static gboolean
check_table (const TurnusPlugin *table, const char *name, GError **error)
{
  const gsize least = G_STRUCT_OFFSET (TurnusPlugin, watch);
  if (table->magic != TURNUS_PLUGIN_MAGIC)
    g_set_error (error, TN_ERROR, TN_ERROR_PROTOCOL,
                 "its turnus_plugin begins with 0x%08x, not with 0x%08x: it is no plugin of turnus",
                 table->magic, TURNUS_PLUGIN_MAGIC);
  else if (table->abi < TURNUS_PLUGIN_ABI_OLDEST || table->abi > TURNUS_PLUGIN_ABI)
    g_set_error (error, TN_ERROR, TN_ERROR_PROTOCOL,
                 "it speaks plugin interface %u, this turnus speaks %u to %u: build it anew",
                 table->abi, TURNUS_PLUGIN_ABI_OLDEST, TURNUS_PLUGIN_ABI);
  else if (table->size < least)
    g_set_error (error, TN_ERROR, TN_ERROR_PROTOCOL,
                 "its table has %" G_GSIZE_FORMAT " bytes, at least %" G_GSIZE_FORMAT
                 " are needed: build it anew",
                 table->size, least);
  else if (g_strcmp0 (table->name, name) != 0)
    g_set_error (error, TN_ERROR, TN_ERROR_PROTOCOL, "it calls itself %s",
                 table->name != NULL ? table->name : "nothing");
  else
    return check_functions (table, error);
  return FALSE;
}

static const TurnusPlugin *
load_file (const char *path, const char *name, GError **error)
{
  /* Never closed again, not even when refused: its constructors may have left something behind. */
  void *module = dlopen (path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (module == NULL)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_PROTOCOL, "%s", dlerror ());
      return NULL;
    }
  const TurnusPlugin *table = dlsym (module, "turnus_plugin");
  if (table == NULL)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_PROTOCOL, "it has no symbol turnus_plugin");
      return NULL;
    }
  return check_table (table, name, error) ? table : NULL;
}

/**
 * tn_loader_new:
 * @folder: where plugins are, `name.so` or `name/name.so`
 * @clock: given on to the plugins
 *
 * Returns: (transfer full)
 */
TnLoader *
tn_loader_new (const char *folder, TnClock *clock)
{
  TnLoader *loader = g_new0 (TnLoader, 1);
  loader->folder = g_strdup (folder);
  loader->clock = g_object_ref (clock);
  loader->tables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return loader;
}

void
tn_loader_free (TnLoader *loader)
{
  if (loader == NULL)
    return;
  g_free (loader->folder);
  g_clear_object (&loader->clock);
  g_clear_pointer (&loader->tables, g_hash_table_unref);
  g_free (loader);
}

/**
 * tn_loader_set_witness:
 * @witness: outlives the loader and what it opens
 *
 * From now on it is noted when a plugin is at work.
 */
void
tn_loader_set_witness (TnLoader *loader, TnWitness *witness)
{
  loader->witness = witness;
}

/**
 * tn_loader_load:
 * @name: of the plugin
 *
 * Errors: %TN_ERROR_INVALID when there is none of that name, %TN_ERROR_DENIED when somebody else
 *   could have written it, %TN_ERROR_PROTOCOL when it does not fit.
 * Returns: (transfer none): its table, which stays valid for ever
 */
const TurnusPlugin *
tn_loader_load (TnLoader *loader, const char *name, GError **error)
{
  const TurnusPlugin *known = g_hash_table_lookup (loader->tables, name);
  if (known != NULL)
    return known;
  if (!is_name (name))
    {
      g_autofree char *shown = g_strescape (name, NULL);
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "\"%s\" is no name of a plugin: expected letters a-z, digits and -", shown);
      return NULL;
    }
  g_autofree char *path = find_file (loader, name, error);
  const TurnusPlugin *table = path != NULL ? load_file (path, name, error) : NULL;
  if (table == NULL)
    {
      g_prefix_error (error, "cannot load the plugin %s: ", name);
      return NULL;
    }
  g_hash_table_insert (loader->tables, g_strdup (name), (gpointer) table);
  return table;
}

/* A calendar named among the publishers, or a publisher among the calendars. */
static const TurnusPlugin *
load_as (TnLoader *loader, const char *name, TurnusRole role, GError **error)
{
  const TurnusPlugin *table = tn_loader_load (loader, name, error);
  if (table == NULL || get_role (table) == role)
    return table;
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
               role == TURNUS_ROLE_PROVIDER
                   ? "the plugin %s publishes and keeps no calendar: expected it among publishers"
                   : "the plugin %s keeps calendars and does not publish: expected it among "
                     "calendars",
               name);
  return NULL;
}

/**
 * tn_loader_open:
 * @plugin: its name
 * @calendar: its id in the settings
 * @options: (element-type utf8 utf8): the settings that are the plugin's own
 * @base_dir: relative paths in @options start here
 * @binding: (nullable): what the last listing was bound to
 * @client: (nullable): to the server of its `url`
 *
 * Errors: as tn_loader_load(); %TN_ERROR_INVALID when an option is missing or wrong.
 * Returns: (transfer full): the calendar; nothing outside has been touched yet
 */
TnProvider *
tn_loader_open (TnLoader *loader, const char *plugin, const char *calendar, GHashTable *options,
                const char *base_dir, const char *binding, TnClient *client, GError **error)
{
  TnStint *stint
      = loader->witness != NULL ? tn_witness_get_stint (loader->witness, calendar) : NULL;
  tn_stint_enter (stint);
  const TurnusPlugin *table = load_as (loader, plugin, TURNUS_ROLE_PROVIDER, error);
  TnProvider *provider = table != NULL ? tn_plugin_open (table, loader->clock, calendar, options,
                                                         base_dir, binding, client, error)
                                       : NULL;
  tn_stint_leave (stint);
  if (provider != NULL)
    tn_plugin_set_stint (TN_PLUGIN (provider), stint);
  return provider;
}

/**
 * tn_loader_publish:
 * @plugin: its name
 * @what: how it is opened
 * @audience: who answers; copied, its user data outlives the publication
 *
 * From now on readers are answered.
 *
 * Errors: as tn_loader_load(); %TN_ERROR_INVALID when an option is missing or wrong, or the plugin
 *   is no publisher; %TN_ERROR_FAILED when its address cannot be had.
 * Returns: (transfer full)
 */
TnPublication *
tn_loader_publish (TnLoader *loader, const char *plugin, const TnPublishing *what,
                   const TnAudience *audience, GError **error)
{
  TnStint *stint
      = loader->witness != NULL ? tn_witness_get_stint (loader->witness, what->id) : NULL;
  tn_stint_enter (stint);
  const TurnusPlugin *table = load_as (loader, plugin, TURNUS_ROLE_PUBLISHER, error);
  TnPublication *publication
      = table != NULL ? tn_publication_open (table, loader->clock, what, audience, error) : NULL;
  tn_stint_leave (stint);
  return publication;
}
