/* daemon/sync/seat.h — one calendar at the desk: opened, due, running a pass, or refused */
#pragma once

#include "provider/provider.h"
#include "sync/book.h"
#include "sync/pass.h"

G_BEGIN_DECLS

typedef struct _TnSeat TnSeat;

/* A pass of @seat has ended; its result is the seat's. */
typedef void (*TnSeatDone) (TnSeat *seat, gpointer user_data);

TnSeat *tn_seat_new (TnBook *book, const TnCalendar *calendar, TnProvider *provider,
                     const char *refusal, TnSeatDone done, gpointer user_data);
void tn_seat_free (TnSeat *seat);

void tn_seat_start (TnSeat *seat);
void tn_seat_stop (TnSeat *seat);
void tn_seat_run (TnSeat *seat, TnPassFlags flags);
void tn_seat_wake (TnSeat *seat);
gboolean tn_seat_borrow (TnSeat *seat);
void tn_seat_give_back (TnSeat *seat);

const TnCalendar *tn_seat_get_calendar (const TnSeat *seat);
TnProvider *tn_seat_get_provider (const TnSeat *seat);
const char *tn_seat_get_refusal (const TnSeat *seat);
const TnPassResult *tn_seat_get_result (const TnSeat *seat);
gint64 tn_seat_get_due_us (const TnSeat *seat);
gboolean tn_seat_is_running (const TnSeat *seat);
gboolean tn_seat_is_in_step (const TnSeat *seat);
gboolean tn_seat_is_behind (const TnSeat *seat);

G_END_DECLS
