/* daemon/office.h — one council's part of the daemon: its store, book, calendars and control socket
 */
#pragma once

#include "base/clock.h"
#include "control/pulse.h"
#include "model/settings.h"
#include "sync/desk.h"

G_BEGIN_DECLS

/* What people wrote, read and found right. */
typedef struct
{
  TnSettings *settings; /* (owned) */
  GPtrArray *files;     /* (owned) (element-type TnSourceFile) */
} TnReading;

gboolean tn_reading_load (TnReading *reading, const TnSettings *settings, GError **error);
void tn_reading_clear (TnReading *reading);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TnReading, tn_reading_clear)

typedef struct _TnOffice TnOffice;

TnOffice *tn_office_open (const TnReading *reading, TnClock *clock, const char *plugins,
                          GError **error);
void tn_office_free (TnOffice *office);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnOffice, tn_office_free)

TnBook *tn_office_get_book (TnOffice *office);
TnDesk *tn_office_get_desk (TnOffice *office);
const TnSettings *tn_office_get_settings (TnOffice *office);

gboolean tn_office_start (TnOffice *office, const TnPulse *pulse, GError **error);
void tn_office_purge (TnOffice *office);

/* What is done when an office stands still. */
typedef void (*TnOfficeDone) (TnOffice *office, gpointer user_data);

void tn_office_reload (TnOffice *office, TnReading *next, TnOfficeDone done, gpointer user_data);
void tn_office_keep (TnOffice *office, const GError *fault);
void tn_office_stop (TnOffice *office, TnOfficeDone done, gpointer user_data);

G_END_DECLS
