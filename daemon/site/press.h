/* daemon/site/press.h — the publishers of the settings, opened, and what their readers are answered
 */
#pragma once

#include "provider/loader.h"
#include "site/visit.h"
#include "sync/desk.h"

G_BEGIN_DECLS

/* Who makes the pages; da: trykkeri og forlag. A site is made for each publisher, and outlives
 * every answer that is under way. */
typedef struct
{
  gpointer (*open) (gpointer user_data, const TnPublisher *publisher);
  void (*close) (gpointer site);
  /* `visit`: (transfer full) */
  void (*answer_async) (gpointer site, TnVisit *visit, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer callback_data);
  TnWebPage *(*answer_finish) (gpointer site, GAsyncResult *result, GError **error);
  guint64 (*get_version) (gpointer site);
  gint64 (*get_longest_us) (gpointer user_data); /* longest turn of the main loop */
  gpointer user_data;
} TnPressHouse;

typedef struct _TnPress TnPress;

TnPress *tn_press_open (TnLoader *loader, TnDesk *desk, const TnPressHouse *house);
void tn_press_close (TnPress *press);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnPress, tn_press_close)

void tn_press_stop_async (TnPress *press, GAsyncReadyCallback callback, gpointer user_data);
gboolean tn_press_stop_finish (TnPress *press, GAsyncResult *result, GError **error);
const char *tn_press_get_refusal (const TnPress *press, const char *publisher);
const TnPublication *tn_press_get_publication (const TnPress *press, const char *publisher);

G_END_DECLS
