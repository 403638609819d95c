/* daemon/charter/contacts.h — how letters are sent, and to whom, as the settings say it */
#pragma once

#include "charter/group.h"
#include "model/settings.h"

G_BEGIN_DECLS

void tn_contacts_read (TnGroup root, TnSettings *settings);

G_END_DECLS
