/* daemon/ical/property.h — one content line, read: parameters and value */
#pragma once

#include "ical/lines.h"

G_BEGIN_DECLS

#define TN_PROPERTY_MAX_BYTES ((gsize) 1024 * 1024) /* of a line that turnus reads (hazard 70) */

typedef struct _TnProperty TnProperty; /* immutable */

TnProperty *tn_property_new (const TnLines *lines, guint index, GError **error);
void tn_property_free (TnProperty *property);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnProperty, tn_property_free)

const char *tn_property_get_value (const TnProperty *property);
char *tn_property_dup_text (const TnProperty *property);
char *tn_property_dup_parameter (const TnProperty *property, const char *name);
char *tn_property_dup_with_value (const TnProperty *property, const char *const *without,
                                  const char *parameters, const char *value);
gboolean tn_property_is_sound (const char *line);

G_END_DECLS
