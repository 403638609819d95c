/* daemon/charter/duties.h — who is what for a series, and what they must do: roles, milestones */
#pragma once

#include "charter/group.h"
#include "model/collaboration.h"

G_BEGIN_DECLS

void tn_duties_read (TnGroup charter, TnGroup group, const TnCollaboration *collaboration,
                     TnSeries *series);
const TnRoleRule *tn_duties_check_role (TnGroup group, const char *key, int line,
                                        const TnSeries *series, const char *name);
void tn_duties_check_title (TnGroup group, const char *key, const TnSeries *series,
                            const char *text);

G_END_DECLS
