/* daemon/provider/publication.h — what a loaded publisher shows, as long as it is open */
#pragma once

#include "base/clock.h"
#include "provider/turnus-plugin.h"

G_BEGIN_DECLS

/* Who answers what readers ask: the provider knows no site. `answer_finish` owes a page or an error
 * of TN_ERROR. */
typedef struct
{
  void (*answer_async) (gpointer user_data, const TurnusVisit *visit, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer callback_data);
  TurnusWebPage *(*answer_finish) (gpointer user_data, GAsyncResult *result, GError **error);
  guint64 (*get_version) (gpointer user_data); /* see get_site_version of turnus-plugin.h */
  gpointer user_data;
} TnAudience;

/* With what a publisher is opened; borrowed during the call. */
typedef struct
{
  const char *id;       /* in the settings */
  const char *url;      /* public address; its path is the folder of the site */
  GHashTable *options;  /* (element-type utf8 utf8) */
  const char *base_dir; /* relative paths in `options` start here */
} TnPublishing;

typedef struct _TnPublication TnPublication;

TnPublication *tn_publication_open (const TurnusPlugin *table, TnClock *clock,
                                    const TnPublishing *what, const TnAudience *audience,
                                    GError **error);
void tn_publication_close (TnPublication *publication);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnPublication, tn_publication_close)

void tn_publication_stop_async (TnPublication *publication, GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean tn_publication_stop_finish (TnPublication *publication, GAsyncResult *result,
                                     GError **error);
guint64 tn_publication_get_count (const TnPublication *publication, TurnusCount count);

G_END_DECLS
