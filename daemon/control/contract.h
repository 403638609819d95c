/* daemon/control/contract.h — control.xml as a value: made of it when the program is built */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

extern const GDBusInterfaceInfo org_turnus_control1_interface;

G_END_DECLS
