/* plugins/exchange/mapping.h — items of Exchange to and from plain events; what an update changes
 */
#pragma once

#include "item.h"
#include "turnus-plugin.h"

G_BEGIN_DECLS

TurnusEvent *ex_mapping_to_event (const ExItem *item, const char *home, GError **error);
ExItem *ex_mapping_to_item (const TurnusEvent *event, const char *home, GError **error);
gboolean ex_mapping_is_body_different (const TurnusEvent *now, const TurnusEvent *wished);
ExItem *ex_mapping_diff (const ExItem *current, const TurnusEvent *now, const TurnusEvent *wished,
                         const char *home);

G_END_DECLS
