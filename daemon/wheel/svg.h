/* daemon/wheel/svg.h — a year wheel as a picture
 *
 * A whole file for A3, or a part of a page: there it has no style and no script, so a strict policy
 * lets it be. With a @base, events are links to @base and their reference, `/event/` and
 * `7by/studietur/2027`; a picture that hangs on a wall has none. */
#pragma once

#include "wheel/layout.h"

G_BEGIN_DECLS

void tn_svg_append (GString *markup, const TnLayout *layout, const char *base);
char *tn_svg_from_layout (const TnLayout *layout, const char *base);

G_END_DECLS
