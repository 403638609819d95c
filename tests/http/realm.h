/* tests/http/realm.h — a Kerberos realm on loopback, in a folder of its own */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _TnRealm TnRealm;

TnRealm *tn_realm_new (void);
void tn_realm_free (TnRealm *realm);
gboolean tn_realm_start (TnRealm *realm);
char *tn_realm_make_keytab (TnRealm *realm, const char *principal);
char *tn_realm_make_cache (TnRealm *realm, const char *principal);

G_END_DECLS
