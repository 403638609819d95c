/* daemon/charter/access.h — the keys of a calendar that say how it is reached and logged in to */
#pragma once

#include "charter/group.h"
#include "model/account.h"

G_BEGIN_DECLS

TnAccount *tn_access_read (TnGroup calendar, const char *base_dir, const char *url);
void tn_access_check_rights (TnGroup group, int line, const char *name, const char *path);
void tn_access_read_place (TnGroup parent, const char *key, const char *base_dir,
                           TnSecretPlace *place);
gboolean tn_access_has_user_in_url (const char *text);

G_END_DECLS
