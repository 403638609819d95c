/* plugins/exchange/ews-request.h — the questions that EWS is asked, as envelopes */
#pragma once

#include "ews-account.h"

GBytes *ews_request_get_folder (const EwsAccount *account, const char *folder);
GBytes *ews_request_find_folders (const EwsAccount *account);
GBytes *ews_request_sync (const EwsAccount *account, const char *state);
GBytes *ews_request_get_items (const EwsAccount *account, const char *const *ids, guint n_ids);
GBytes *ews_request_get_id (const EwsAccount *account, const char *id);
GBytes *ews_request_find_uids (const EwsAccount *account, const char *const *uids, guint n_uids);
GBytes *ews_request_create (const EwsAccount *account, GPtrArray *items);
GBytes *ews_request_update (const EwsAccount *account, const ExItem *item);
GBytes *ews_request_remove (const EwsAccount *account, const char *id, const char *revision);
