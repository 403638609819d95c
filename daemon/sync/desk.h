/* daemon/sync/desk.h — all calendars of the settings, and when each is reconciled */
#pragma once

#include "provider/provider.h"
#include "sync/book.h"
#include "sync/pass.h"

G_BEGIN_DECLS

/* Opens the calendar @calendar; @binding: (nullable) what it was bound to. */
typedef TnProvider *(*TnDeskOpen) (gpointer user_data, const TnCalendar *calendar,
                                   const char *binding, GError **error);

#define TN_TYPE_DESK (tn_desk_get_type ())
G_DECLARE_FINAL_TYPE (TnDesk, tn_desk, TN, DESK, GObject)

TnDesk *tn_desk_new (TnBook *book, TnDeskOpen open, gpointer user_data);
TnBook *tn_desk_get_book (TnDesk *self);
void tn_desk_reopen (TnDesk *self);
void tn_desk_open_refused (TnDesk *self, const char *calendar);
TnProvider *tn_desk_borrow (TnDesk *self, const char *calendar, GError **error);
void tn_desk_give_back (TnDesk *self, const char *calendar, gboolean is_bound_anew);
void tn_desk_start (TnDesk *self);
void tn_desk_stop_async (TnDesk *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean tn_desk_stop_finish (TnDesk *self, GAsyncResult *result, GError **error);

void tn_desk_sync_async (TnDesk *self, const char *const *calendars, TnPassFlags flags,
                         GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data);
gboolean tn_desk_sync_finish (TnDesk *self, GAsyncResult *result, GError **error);
void tn_desk_preview_async (TnDesk *self, const char *const *calendars, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
GHashTable *tn_desk_preview_finish (TnDesk *self, GAsyncResult *result, GError **error);
void tn_desk_wake (TnDesk *self);

const TnPassResult *tn_desk_get_result (TnDesk *self, const char *calendar);
const char *tn_desk_get_refusal (TnDesk *self, const char *calendar);
TnProvider *tn_desk_get_provider (TnDesk *self, const char *calendar);
gint64 tn_desk_get_due_us (TnDesk *self, const char *calendar);

G_END_DECLS
