/* plugins/exchange/graph-page.h — what the pages of a listing say together */
#pragma once

#include "graph-json.h"
#include "turnus-plugin.h"

G_BEGIN_DECLS

/* Filled in page by page. */
typedef struct
{
  GHashTable *there;   /* (owned) (element-type utf8 utf8) id to revision: the last word on each */
  GHashTable *missing; /* (owned) (element-type utf8) ids that are said to be removed */
  gint64 expected;     /* how many the server counted; -1: it did not */
  char *next;          /* (owned) (nullable) where the next page is */
  char *last;          /* (owned) (nullable) the delta link */
} GraphPages;

GraphPages *graph_pages_new (void);
void graph_pages_free (GraphPages *pages);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GraphPages, graph_pages_free)

gboolean graph_pages_add (GraphPages *pages, JsonObject *page, GError **error);

G_END_DECLS
