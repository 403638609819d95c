/* daemon/wheel/stylesheet.h — what pages look like */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

extern const char TN_STYLESHEET[];

G_END_DECLS
