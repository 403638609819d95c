/* tests/wheel/geometry.h — what must hold of each wheel, whatever its plan */
#pragma once

#include "wheel/layout.h"

G_BEGIN_DECLS

char *geometry_dup_fault (const TnLayout *layout);

G_END_DECLS
