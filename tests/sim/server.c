/* A server keeps items under ids, gives each state of one a revision that never comes again, and
 * makes of the bytes what its habits say. It is honest: lies and losses are the network's
 * (sim/net.c). */
#include "sim/server.h"

#include <string.h>

#include "base/error.h"
#include "fakes/fake-provider.h"
#include "fakes/rewrite.h"
#include "sim/mailbox.h"

typedef struct
{
  char *text;         /* (owned) (nullable) NULL: deleted, kept for listings of changes */
  char *revision;     /* (owned) */
  guint64 changed;    /* when, as a number of changes */
  gboolean is_closed; /* nobody can read it there: it recurs, in a mailbox */
} Item;

struct _SimServer
{
  char *name; /* (owned) */
  SimHabits habits;
  SimTrace *trace;   /* (unowned) */
  GTree *items;      /* (owned) (element-type utf8 Item) sorted, so that a seed replays */
  GHashTable *known; /* (owned) (element-type utf8) revisions whose bytes a daemon has seen */
  GHashTable *given; /* (owned) (element-type utf8 utf8) names of our choice for proposed ones */
  guint64 now;       /* number of changes so far */
  guint64 forgotten; /* tokens before it are not known any more */
  guint n_writes;
  guint n_listings;
  SimWitness witness;
  gpointer witness_data;
};

static void
item_free (gpointer data)
{
  Item *item = data;
  g_free (item->text);
  g_free (item->revision);
  g_free (item);
}

static int
compare_ids (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return strcmp (a, b);
}

SimServer *
sim_server_new (const char *name, const SimHabits *habits, SimTrace *trace)
{
  SimServer *server = g_new0 (SimServer, 1);
  server->name = g_strdup (name);
  server->habits = *habits;
  server->trace = trace;
  server->items = g_tree_new_full (compare_ids, NULL, g_free, item_free);
  server->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  server->given = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return server;
}

void
sim_server_free (SimServer *server)
{
  if (server == NULL)
    return;
  g_tree_unref (server->items);
  g_hash_table_unref (server->known);
  g_hash_table_unref (server->given);
  g_free (server->name);
  g_free (server);
}

void
sim_server_watch (SimServer *server, SimWitness witness, gpointer user_data)
{
  server->witness = witness;
  server->witness_data = user_data;
}

const char *
sim_server_get_name (const SimServer *server)
{
  return server->name;
}

const SimHabits *
sim_server_get_habits (const SimServer *server)
{
  return &server->habits;
}

/* Writes of daemons that changed something. */
guint
sim_server_get_writes (const SimServer *server)
{
  return server->n_writes;
}

/* How often anybody asked what is there. */
guint
sim_server_get_listings (const SimServer *server)
{
  return server->n_listings;
}

static Item *
find_item (const SimServer *server, const char *id)
{
  Item *item = g_tree_lookup (server->items, id);
  return item != NULL && item->text != NULL ? item : NULL;
}

static Item *
set_item (SimServer *server, const char *id, const char *text)
{
  Item *item = g_new0 (Item, 1);
  item->text = g_strdup (text);
  item->changed = ++server->now;
  item->revision = g_strdup_printf ("r%" G_GUINT64_FORMAT, server->now);
  g_tree_replace (server->items, g_strdup (id), item);
  return item;
}

typedef struct
{
  TurnusListing *listing;
  guint64 since;
} Listing;

static gboolean
add_to_listing (gpointer id, gpointer value, gpointer user_data)
{
  const Item *item = value;
  Listing *listing = user_data;
  if (item->changed <= listing->since)
    return FALSE;
  if (item->text != NULL)
    g_ptr_array_add (listing->listing->changed, turnus_ref_new (id, item->revision));
  else if (!listing->listing->full)
    g_ptr_array_add (listing->listing->removed, g_strdup (id));
  return FALSE;
}

/* Errors: GONE when the token is not known. */
TurnusListing *
sim_server_list (SimServer *server, const char *token, GError **error)
{
  guint64 since = 0;
  gboolean delta = server->habits.deltas && token != NULL;
  server->n_listings++;
  if (server->habits.restless)
    sim_server_stir (server);
  if (delta
      && (token[0] != 't'
          || !g_ascii_string_to_unsigned (token + 1, 10, 0, server->now, &since, NULL)
          || since < server->forgotten))
    {
      g_set_error (error, TN_ERROR, TN_ERROR_GONE, "the token %s is not known", token);
      return NULL;
    }
  Listing listing = { turnus_listing_new (!delta), since };
  g_tree_foreach (server->items, add_to_listing, &listing);
  if (server->habits.deltas)
    listing.listing->token = g_strdup_printf ("t%" G_GUINT64_FORMAT, server->now);
  listing.listing->binding = g_strdup_printf ("binding-of-%s", server->name);
  return listing.listing;
}

TurnusLoaded *
sim_server_load (SimServer *server, const char *id)
{
  const Item *item = find_item (server, id);
  if (item == NULL)
    {
      TurnusLoaded *loaded = turnus_loaded_new (id, NULL, NULL);
      loaded->error = g_error_new (TN_ERROR, TN_ERROR_GONE, "%s is not there", id);
      return loaded;
    }
  if (item->is_closed)
    {
      TurnusLoaded *loaded = turnus_loaded_new (id, item->revision, NULL);
      loaded->error = g_error_new (TN_ERROR, TN_ERROR_INVALID, "%s recurs", id);
      return loaded;
    }
  g_autoptr (GBytes) bytes = g_bytes_new (item->text, strlen (item->text));
  g_hash_table_add (server->known, g_strdup (item->revision));
  return turnus_loaded_new (id, item->revision, bytes);
}

/* A server that names what is created knows a creation again by what was proposed, as Graph does by
 * its transactionId (hazard 27). */
static gboolean
is_given (SimServer *server, const char *id)
{
  const char *place = g_hash_table_lookup (server->given, id);
  return place != NULL && find_item (server, place) != NULL;
}

typedef struct
{
  char *uid_line; /* (owned) */
  gboolean is_found;
} Search;

static gboolean
look_for_uid (gpointer id, gpointer value, gpointer user_data)
{
  const Item *item = value;
  Search *search = user_data;
  search->is_found = item->text != NULL && strstr (item->text, search->uid_line) != NULL;
  return search->is_found;
}

/* RFC 4791 5.3.2.1, no-uid-conflict: what stands elsewhere is not created again. */
static gboolean
has_uid (SimServer *server, const char *text)
{
  const char *start = strstr (text, "\nUID:");
  g_assert_nonnull (start);
  Search search = { g_strndup (start, strcspn (start + 1, "\r\n") + 1), FALSE };
  g_tree_foreach (server->items, look_for_uid, &search);
  g_free (search.uid_line);
  return search.is_found;
}

static gboolean
check_precondition (SimServer *server, const char *id, const char *revision, const char *text,
                    GError **error)
{
  const Item *item = find_item (server, id);
  if (revision != NULL && !g_hash_table_contains (server->known, revision))
    sim_trace_break (server->trace,
                     "%s: %s is written under %s, whose bytes were never seen (hazards 19, 20)",
                     server->name, id, revision);
  if (revision == NULL && (item != NULL || is_given (server, id)))
    g_set_error (error, TN_ERROR, TN_ERROR_CONFLICT, "%s is there already", id);
  else if (revision == NULL && !server->habits.doubles && has_uid (server, text))
    g_set_error (error, TN_ERROR, TN_ERROR_CONFLICT, "the UID of %s is there already", id);
  else if (revision != NULL && item == NULL)
    g_set_error (error, TN_ERROR, TN_ERROR_GONE, "%s is not there", id);
  else if (revision != NULL && strcmp (item->revision, revision) != 0)
    g_set_error (error, TN_ERROR, TN_ERROR_CONFLICT, "%s is %s and not %s", id, item->revision,
                 revision);
  else
    return TRUE;
  return FALSE;
}

static char *
name_item (SimServer *server, const char *id, gboolean is_new)
{
  if (!is_new || (server->habits.rewrite & TN_FAKE_RENAME) == 0)
    return g_strdup (id);
  char *place = g_strdup_printf ("server-%" G_GUINT64_FORMAT, server->now);
  g_hash_table_replace (server->given, g_strdup (id), g_strdup (place));
  return place;
}

static char *
keep (const SimServer *server, const char *before, const char *text, GError **error)
{
  if (server->habits.system == SIM_SYSTEM_PLAIN)
    return tn_rewrite (text, server->habits.rewrite);
  return sim_mailbox_keep (before, text, error);
}

TurnusRef *
sim_server_save (SimServer *server, const char *id, const char *revision, const char *text,
                 GError **error)
{
  if (!check_precondition (server, id, revision, text, error))
    return NULL;
  const Item *before = find_item (server, id);
  g_autofree char *kept = keep (server, before != NULL ? before->text : NULL, text, error);
  if (kept == NULL)
    return NULL;
  server->witness (server->witness_data, server, id, before != NULL ? before->text : NULL, text);
  g_autofree char *place = name_item (server, id, revision == NULL);
  const Item *item = set_item (server, place, kept);
  server->n_writes++;
  g_hash_table_add (server->known, g_strdup (item->revision));
  return turnus_ref_new (place, item->revision);
}

gboolean
sim_server_remove (SimServer *server, const char *id, const char *revision, GError **error)
{
  if (!check_precondition (server, id, revision, NULL, error))
    return FALSE;
  server->witness (server->witness_data, server, id, find_item (server, id)->text, NULL);
  set_item (server, id, NULL);
  server->n_writes++;
  return TRUE;
}

/* People do to an item whatever they like; what a mailbox has no field for is not there. */
void
sim_server_put (SimServer *server, const char *id, const char *text)
{
  gboolean is_mailbox = server->habits.system != SIM_SYSTEM_PLAIN;
  g_autofree char *kept = is_mailbox ? sim_mailbox_keep (NULL, text, NULL) : g_strdup (text);
  set_item (server, id, kept != NULL ? kept : text)->is_closed = kept == NULL;
}

void
sim_server_delete (SimServer *server, const char *id)
{
  if (find_item (server, id) != NULL)
    set_item (server, id, NULL);
}

/* Every token given so far is GONE (hazard 7). */
void
sim_server_forget_tokens (SimServer *server)
{
  server->forgotten = ++server->now;
}

/* New revisions with the same bytes (hazard 24). */
void
sim_server_stir (SimServer *server)
{
  g_autoptr (GPtrArray) ids = sim_server_list_ids (server);
  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      const Item *item = find_item (server, id);
      gboolean is_closed = item->is_closed;
      g_autofree char *text = g_strdup (item->text);
      set_item (server, id, text)->is_closed = is_closed;
    }
}

/* Returns: (nullable) (transfer none): what stands there, until it is changed */
const char *
sim_server_get (const SimServer *server, const char *id)
{
  const Item *item = find_item (server, id);
  return item != NULL ? item->text : NULL;
}

static gboolean
add_id (gpointer id, gpointer value, gpointer user_data)
{
  if (((const Item *) value)->text != NULL)
    g_ptr_array_add (user_data, g_strdup (id));
  return FALSE;
}

/* Returns: (transfer full) (element-type utf8): of what is there, sorted */
GPtrArray *
sim_server_list_ids (const SimServer *server)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  g_tree_foreach (server->items, add_id, ids);
  return ids;
}
