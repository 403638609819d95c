/* daemon/site/subscription.h — what somebody subscribes to, and the calendar that they get */
#pragma once

#include "model/plan.h"

G_BEGIN_DECLS

/* A collaboration; a council in it; or the events for which that council has a role. */
typedef struct
{
  char *collaboration;       /* (owned) */
  char *council;             /* (owned) (nullable) */
  char *role;                /* (owned) (nullable) only with `council` */
  gboolean shows_milestones; /* duties as well: of the council, or without one all */
} TnSubscription;

TnSubscription *tn_subscription_parse (const char *reference, const TnRulebook *rulebook,
                                       GError **error);
void tn_subscription_free (TnSubscription *subscription);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnSubscription, tn_subscription_free)

char *tn_subscription_dup_name (const TnSubscription *subscription, const TnPlan *plan);
GBytes *tn_subscription_write (const TnSubscription *subscription, const TnPlan *plan,
                               TnSpan publish);
char *tn_subscription_dup_etag (GBytes *bytes);

G_END_DECLS
