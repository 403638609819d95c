/* What a plugin says is judged before anything is built on it (hazard 98): an id that is no text,
 * or one that stands in a listing twice, would otherwise become a wrong deletion far from its
 * cause. Limits are generous for real servers and small enough to hold in memory (hazard 83). */
#include "provider/answer.h"

#include "base/error.h"

static gboolean
check_text (const char *text, gsize max_bytes, const char *what, GError **error)
{
  if (text == NULL || *text == '\0')
    {
      g_set_error (error, TN_ERROR, TN_ERROR_PROTOCOL, "the plugin gave no text for its %s", what);
      return FALSE;
    }
  gsize length = strnlen (text, max_bytes + 1);
  if (length > max_bytes)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_PROTOCOL,
                   "the plugin gave more than %" G_GSIZE_FORMAT " bytes for its %s", max_bytes,
                   what);
      return FALSE;
    }
  if (!g_utf8_validate (text, (gssize) length, NULL))
    {
      g_autofree char *start = g_strndup (text, MIN (length, 80));
      g_autofree char *shown = g_strescape (start, NULL);
      g_set_error (error, TN_ERROR, TN_ERROR_PROTOCOL,
                   "the plugin gave text that is not UTF-8 for its %s: \"%s\"", what, shown);
      return FALSE;
    }
  return TRUE;
}

/* Ids are compared byte by byte: two that differ in case alone are two (hazard 35). */
static gboolean
check_first_time (GHashTable *seen, const char *id, GError **error)
{
  if (g_hash_table_add (seen, (gpointer) id))
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_PROTOCOL, "the plugin named the item %s twice", id);
  return FALSE;
}

/**
 * tn_answer_check_ref:
 * @ref: (nullable)
 *
 * Errors: %TN_ERROR_PROTOCOL
 */
gboolean
tn_answer_check_ref (const TurnusRef *ref, GError **error)
{
  if (ref == NULL)
    {
      g_set_error_literal (error, TN_ERROR, TN_ERROR_PROTOCOL,
                           "the plugin gave nothing where an item should be");
      return FALSE;
    }
  return check_text (ref->id, TN_ANSWER_ID_MAX_BYTES, "item id", error)
         && check_text (ref->revision, TN_ANSWER_ID_MAX_BYTES, "revision", error);
}

static gboolean
check_members (const TurnusListing *listing, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < listing->changed->len; i++)
    {
      const TurnusRef *ref = g_ptr_array_index (listing->changed, i);
      if (!tn_answer_check_ref (ref, error) || !check_first_time (seen, ref->id, error))
        return FALSE;
    }
  for (guint i = 0; i < listing->removed->len; i++)
    {
      const char *id = g_ptr_array_index (listing->removed, i);
      if (!check_text (id, TN_ANSWER_ID_MAX_BYTES, "removed item's id", error)
          || !check_first_time (seen, id, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * tn_answer_check_listing:
 *
 * Errors: %TN_ERROR_PROTOCOL
 */
gboolean
tn_answer_check_listing (const TurnusListing *listing, GError **error)
{
  if (listing->changed == NULL || listing->removed == NULL)
    {
      g_set_error_literal (error, TN_ERROR, TN_ERROR_PROTOCOL,
                           "the plugin gave a listing with a part missing");
      return FALSE;
    }
  if (listing->full && listing->removed->len > 0)
    {
      g_set_error_literal (error, TN_ERROR, TN_ERROR_PROTOCOL,
                           "the plugin named removed items in a full listing");
      return FALSE;
    }
  if (listing->token != NULL
      && !check_text (listing->token, TN_ANSWER_TOKEN_MAX_BYTES, "token", error))
    return FALSE;
  if (listing->binding != NULL
      && !check_text (listing->binding, TN_ANSWER_ID_MAX_BYTES, "binding", error))
    return FALSE;
  return check_members (listing, error);
}

/* An item that breaks a rule by itself is taken for unreadable; the others stand. */
static void
check_item (TurnusLoaded *item)
{
  if (item->error != NULL)
    {
      g_clear_pointer (&item->bytes, g_bytes_unref);
      return;
    }
  if (item->bytes == NULL)
    item->error = g_error_new (TN_ERROR, TN_ERROR_PROTOCOL,
                               "the plugin gave no bytes and no reason for %s", item->id);
  else if (g_bytes_get_size (item->bytes) > TN_ANSWER_ITEM_MAX_BYTES)
    item->error = g_error_new (TN_ERROR, TN_ERROR_LIMIT, "item %s is bigger than %u MiB", item->id,
                               TN_ANSWER_ITEM_MAX_BYTES / (1024 * 1024));
  else
    check_text (item->revision, TN_ANSWER_ID_MAX_BYTES, "revision", &item->error);
  if (item->error != NULL)
    g_clear_pointer (&item->bytes, g_bytes_unref);
}

/**
 * tn_answer_check_loaded:
 * @loaded: (element-type TurnusLoaded): items that cannot be used get an error of their own
 * @ids: what was asked for
 *
 * Errors: %TN_ERROR_PROTOCOL when it is not exactly one answer for each id.
 */
gboolean
tn_answer_check_loaded (GPtrArray *loaded, const char *const *ids, GError **error)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; ids[i] != NULL; i++)
    g_hash_table_add (wanted, (gpointer) ids[i]);
  for (guint i = 0; i < loaded->len; i++)
    {
      TurnusLoaded *item = g_ptr_array_index (loaded, i);
      if (item == NULL || !check_text (item->id, TN_ANSWER_ID_MAX_BYTES, "item id", error))
        {
          if (item == NULL)
            g_set_error_literal (error, TN_ERROR, TN_ERROR_PROTOCOL,
                                 "the plugin gave nothing where an item should be");
          return FALSE;
        }
      if (!g_hash_table_remove (wanted, item->id))
        {
          g_set_error (error, TN_ERROR, TN_ERROR_PROTOCOL,
                       "the plugin gave the item %s, which was not asked for or came twice",
                       item->id);
          return FALSE;
        }
      check_item (item);
    }
  if (g_hash_table_size (wanted) == 0)
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_PROTOCOL, "the plugin gave no answer for %u items",
               g_hash_table_size (wanted));
  return FALSE;
}

/**
 * tn_answer_check_places:
 * @places: (element-type TurnusPlace)
 *
 * Errors: %TN_ERROR_PROTOCOL; %TN_ERROR_LIMIT
 */
gboolean
tn_answer_check_places (GPtrArray *places, GError **error)
{
  if (places->len > TN_ANSWER_PLACES_MOST)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_LIMIT, "the account offers more than %u calendars",
                   TN_ANSWER_PLACES_MOST);
      return FALSE;
    }
  for (guint i = 0; i < places->len; i++)
    {
      const TurnusPlace *place = g_ptr_array_index (places, i);
      if (!check_text (place != NULL ? place->url : NULL, TN_ANSWER_ID_MAX_BYTES, "url", error))
        return FALSE;
      gboolean is_named = place->name != NULL && *place->name != '\0';
      if (is_named && !check_text (place->name, TN_ANSWER_ID_MAX_BYTES, "calendar's name", error))
        return FALSE;
    }
  return TRUE;
}
