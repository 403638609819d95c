/* daemon/sync/guests.h — ad-hoc events that leave the calendar in which people made them */
#pragma once

#include "sync/book.h"
#include "sync/snapshot.h"

G_BEGIN_DECLS

/* How long something is missing before that counts (design section 7). */
#define TN_GUESTS_ABSENCE_US ((gint64) 15 * G_TIME_SPAN_MINUTE)

/* What a pass knows when it asks for guests and mirrors; all is borrowed from it. */
typedef struct
{
  TnBook *book;
  const TnCalendar *calendar;
  const TnSnapshot *snapshot;
  guint32 caps;         /* TurnusCaps */
  gboolean is_first;    /* no pass has ended well before: all that is there is older */
  gboolean is_approved; /* a person has said that what is gone is gone */
} TnVisit;

gboolean tn_guests_is_expected (TnBook *book, const TnGuest *guest, const TnCalendar *calendar);
gboolean tn_guests_is_counted (const TnVisit *visit, gint64 *absent_since_us, gboolean is_second);
gboolean tn_guests_is_any_new (TnBook *book, const TnCalendar *calendar);
gboolean tn_guests_is_open (TnBook *book, const TnCalendar *calendar);
gboolean tn_guests_take (const TnVisit *visit, char **ret_hold_text, GError **error);

G_END_DECLS
