/* daemon/ctl/naming.h — what people call series, roles and councils, without any id */
#pragma once

#include "model/collaboration.h"

G_BEGIN_DECLS

const char *tn_naming_kind (TnLanguage language, TnKind kind);
char *tn_naming_title (TnLanguage language, const TnSeries *series, const char *template);
char *tn_naming_series (TnLanguage language, const TnSeries *series);
char *tn_naming_role (TnLanguage language, const char *role);
char *tn_naming_roles (TnLanguage language, char **roles);
char *tn_naming_councils (const TnCollaboration *collaboration, char **councils);
char *tn_naming_area (const TnCollaboration *collaboration, const char *area);
char *tn_naming_cycle (TnLanguage language, const TnCycle *cycle);

G_END_DECLS
