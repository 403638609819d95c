/* A plugin's lists become tables, of names that are given twice the first; our page becomes what
 * the interface of plugins has. */
#include "site/crossing.h"

static void
take_fields (GHashTable *table, const char *const *fields)
{
  for (guint i = 0; fields != NULL && fields[i] != NULL && fields[i + 1] != NULL; i += 2)
    if (!g_hash_table_contains (table, fields[i]))
      g_hash_table_insert (table, g_strdup (fields[i]), g_strdup (fields[i + 1]));
}

/**
 * tn_visit_new_from_plugin:
 *
 * Returns: (transfer full): a copy
 */
TnVisit *
tn_visit_new_from_plugin (const TurnusVisit *visit)
{
  TnVisit *ours = tn_visit_new (visit->method, visit->path);
  take_fields (ours->query, visit->query);
  take_fields (ours->form, visit->form);
  take_fields (ours->headers, visit->headers);
  g_free (ours->peer);
  ours->peer = g_strdup (visit->peer != NULL ? visit->peer : "");
  return ours;
}

/**
 * tn_web_page_to_plugin:
 *
 * Returns: (transfer full): a copy; the body is shared
 */
TurnusWebPage *
tn_web_page_to_plugin (const TnWebPage *page)
{
  g_autoptr (GStrvBuilder) headers = g_strv_builder_new ();
  TurnusWebPage *theirs = turnus_web_page_new (page->status, page->type, page->body);
  theirs->etag = g_strdup (page->etag);
  for (guint i = 0; i + 1 < page->headers->len; i += 2)
    g_strv_builder_add_many (headers, g_ptr_array_index (page->headers, i),
                             g_ptr_array_index (page->headers, i + 1), NULL);
  theirs->headers = g_strv_builder_end (headers);
  return theirs;
}
