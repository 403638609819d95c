/* daemon/charter/source.h — a file that people wrote, read whole and safely */
#pragma once

#include "model/source-file.h"

G_BEGIN_DECLS

/* libconfig looks for duplicate keys by comparing each with each: 60,000 keys take it 17 s (design
 * section 11). */
#define TN_SOURCE_MAX_BYTES (64 * 1024)

/* An iCalendar file is read in one pass; a whole council's calendar of many years fits. */
#define TN_SOURCE_CALENDAR_MAX_BYTES (4 * 1024 * 1024)

TnSourceFile *tn_source_file_load (const char *path, GError **error);
TnSourceFile *tn_source_file_load_calendar (const char *path, GError **error);

G_END_DECLS
