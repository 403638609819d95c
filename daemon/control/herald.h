/* daemon/control/herald.h — tells systemd how the daemon is, where there is one that listens */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TnHerald TnHerald;

TnHerald *tn_herald_new (void);
void tn_herald_free (TnHerald *herald);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnHerald, tn_herald_free)

void tn_herald_ready (TnHerald *herald, const char *status);
void tn_herald_reloading (TnHerald *herald);
void tn_herald_stopping (TnHerald *herald);

G_END_DECLS
