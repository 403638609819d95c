/* A visit and its page are plain values; who publishes the site makes the one and sends the other.
 */
#include "site/visit.h"

/**
 * tn_visit_new:
 *
 * Without query, form and headers; the caller puts them in.
 *
 * Returns: (transfer full)
 */
TnVisit *
tn_visit_new (const char *method, const char *path)
{
  TnVisit *visit = g_new0 (TnVisit, 1);
  visit->method = g_strdup (method);
  visit->path = g_strdup (path);
  visit->query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  visit->form = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  visit->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  visit->peer = g_strdup ("");
  return visit;
}

void
tn_visit_free (TnVisit *visit)
{
  if (visit == NULL)
    return;
  g_free (visit->method);
  g_free (visit->path);
  g_hash_table_unref (visit->query);
  g_hash_table_unref (visit->form);
  g_hash_table_unref (visit->headers);
  g_free (visit->peer);
  g_free (visit);
}

/**
 * tn_web_page_new:
 * @body: (transfer full) (nullable)
 *
 * Returns: (transfer full)
 */
TnWebPage *
tn_web_page_new (guint status, const char *type, GBytes *body)
{
  TnWebPage *page = g_new0 (TnWebPage, 1);
  page->status = status;
  page->type = g_strdup (type);
  page->body = body;
  page->headers = g_ptr_array_new_with_free_func (g_free);
  return page;
}

void
tn_web_page_add_header (TnWebPage *page, const char *name, const char *value)
{
  g_ptr_array_add (page->headers, g_strdup (name));
  g_ptr_array_add (page->headers, g_strdup (value));
}

void
tn_web_page_free (TnWebPage *page)
{
  if (page == NULL)
    return;
  g_free (page->type);
  g_clear_pointer (&page->body, g_bytes_unref);
  g_free (page->etag);
  g_ptr_array_unref (page->headers);
  g_free (page);
}
