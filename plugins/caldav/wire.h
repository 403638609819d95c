/* plugins/caldav/wire.h — wishes as requests, answers as what they mean; no I/O */
#pragma once

#include "multistatus.h"
#include "turnus-plugin.h"

GBytes *caldav_wire_ask_place (void);
GBytes *caldav_wire_ask_ctag (void);
GBytes *caldav_wire_ask_etags (void);
GBytes *caldav_wire_ask_changes (const char *sync_token);
GBytes *caldav_wire_ask_items (const char *const *paths, gsize n_paths);
GBytes *caldav_wire_ask_uid (const char *uid);

const char *caldav_wire_find_header (const TurnusResponse *response, const char *name);
gboolean caldav_wire_is_xml (const TurnusResponse *response);
gboolean caldav_wire_check_multistatus (const TurnusResponse *response, const char *wish,
                                        GError **error);
guint caldav_wire_read_inner_status (GBytes *body, GError **error);
GBytes *caldav_wire_dup_calendar (const char *text);
GError *caldav_wire_make_error (const TurnusResponse *response, const char *condition,
                                const char *wish);
