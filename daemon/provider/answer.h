/* daemon/provider/answer.h — is what a plugin says possible at all? */
#pragma once

#include "provider/turnus-plugin.h"

G_BEGIN_DECLS

#define TN_ANSWER_ID_MAX_BYTES 4096u
#define TN_ANSWER_TOKEN_MAX_BYTES (64u * 1024)
#define TN_ANSWER_ITEM_MAX_BYTES (32u * 1024 * 1024)
#define TN_ANSWER_PLACES_MOST 10000u

gboolean tn_answer_check_listing (const TurnusListing *listing, GError **error);
gboolean tn_answer_check_loaded (GPtrArray *loaded, const char *const *ids, GError **error);
gboolean tn_answer_check_places (GPtrArray *places, GError **error);
gboolean tn_answer_check_ref (const TurnusRef *ref, GError **error);

G_END_DECLS
