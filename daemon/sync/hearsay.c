/* What the journals of other councils tell now. A daemon may lose its state and its page at once;
 * then nobody tells what was decided there, and it can learn it back only from those who heard it
 * in time. They keep it: they tell it on as long as no page of its own council does (promise 9).
 *
 * Pages are read when they change, so what one told then is remembered with its link. Pure. */
#include "sync/hearsay.h"

#include <string.h>

#include "model/identity.h"
#include "sync/journal.h"
#include "sync/page.h"

#define TELLS "tells"

struct _TnHearsay
{
  GHashTable *told;     /* (owned) set of ids that any page of another council tells as its own */
  GHashTable *councils; /* (owned) set of those of which a page is there and known */
  GHashTable *unknown;  /* (owned) set of those of which one is there that nobody could read */
};

/**
 * tn_hearsay_dup_told:
 * @event: a page of a journal
 *
 * Returns: (transfer full) (nullable): which decisions it tells as its own, to be remembered; %NULL
 *   when it could not be read whole
 */
char *
tn_hearsay_dup_told (const TnEvent *event)
{
  g_autoptr (TnPage) page = event->ledger != NULL ? tn_page_parse (event->ledger, NULL) : NULL;
  if (page == NULL || page->n_damaged > 0)
    return NULL;
  GString *told = g_string_new (TELLS);
  for (guint i = 0; i < page->decisions->len; i++)
    {
      const TnDecision *decision = g_ptr_array_index (page->decisions, i);
      g_string_append_printf (told, " %s", decision->id);
    }
  return g_string_free (told, FALSE);
}

static void
add_page (TnHearsay *hearsay, const char *council, const char *told)
{
  if (told == NULL || !g_str_has_prefix (told, TELLS))
    {
      g_hash_table_add (hearsay->unknown, g_strdup (council));
      return;
    }
  g_hash_table_add (hearsay->councils, g_strdup (council));
  g_auto (GStrv) ids = g_strsplit (told, " ", -1);
  for (guint i = 1; ids[i] != NULL; i++)
    g_hash_table_add (hearsay->told, g_strdup (ids[i]));
}

static gboolean
is_read (const TnSeen *seen)
{
  return seen != NULL && seen->event != NULL;
}

static void
add_link (TnHearsay *hearsay, const char *own, const TnLink *link, const TnSnapshot *snapshot)
{
  g_autoptr (TnPageKey) page = tn_identity_page_from_key (link->key);
  if (page != NULL && strcmp (page->council, own) != 0
      && !is_read (tn_snapshot_find_seen (snapshot, link->uid))
      && !tn_snapshot_is_absent (snapshot, link->uid))
    add_page (hearsay, page->council, link->wished[TN_FIELD_NOTE]);
}

static void
add_seen (TnHearsay *hearsay, const char *own, const TnSeen *seen)
{
  g_autoptr (TnPageKey) page = is_read (seen) && seen->event->key != NULL
                                   ? tn_identity_page_from_key (seen->event->key)
                                   : NULL;
  if (page == NULL || strcmp (page->council, own) == 0)
    return;
  g_autofree char *told = tn_hearsay_dup_told (seen->event);
  add_page (hearsay, page->council, told);
}

/**
 * tn_hearsay_new:
 * @council: whose daemon this is
 * @links: (element-type TnLink): of pages
 *
 * Returns: (transfer full): what the pages of other councils tell, as read in this pass or before
 */
TnHearsay *
tn_hearsay_new (const char *council, GPtrArray *links, const TnSnapshot *snapshot)
{
  TnHearsay *hearsay = g_new0 (TnHearsay, 1);
  hearsay->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  hearsay->councils = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  hearsay->unknown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < links->len; i++)
    add_link (hearsay, council, g_ptr_array_index (links, i), snapshot);
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, snapshot->by_uid);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    add_seen (hearsay, council, value);
  return hearsay;
}

void
tn_hearsay_free (TnHearsay *hearsay)
{
  if (hearsay == NULL)
    return;
  g_hash_table_unref (hearsay->told);
  g_hash_table_unref (hearsay->councils);
  g_hash_table_unref (hearsay->unknown);
  g_free (hearsay);
}

/**
 * tn_hearsay_misses:
 * @council: in whose journal the decision was read
 *
 * A council without any page here may keep none, or has not begun to.
 *
 * Returns: %TRUE when @council has pages here, and nobody who decided it tells the decision @id any
 *   more
 */
gboolean
tn_hearsay_misses (const TnHearsay *hearsay, const char *council, const char *id)
{
  return g_hash_table_contains (hearsay->councils, council)
         && !g_hash_table_contains (hearsay->unknown, council)
         && !g_hash_table_contains (hearsay->told, id);
}
