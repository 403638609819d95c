/* daemon/model/publisher.h — one place where the plan is shown: a plugin, its settings, its site */
#pragma once

#include <glib.h>

#include "model/reason.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;               /* (owned) */
  char *provider;         /* (owned) name of the plugin */
  char *url;              /* (owned) public address of the site, ends with a slash */
  char *listen;           /* (owned) `127.0.0.1:8080`, `[::1]:8080` or `unix:/run/…` */
  char *accessibility;    /* (owned) (nullable) address in the foot of each page; likewise below */
  char *privacy;          /* (owned) (nullable) */
  char *contact;          /* (owned) (nullable) */
  gboolean is_secret;     /* pages and subscriptions have addresses that nobody can guess */
  gboolean has_decisions; /* decisions can be taken on pages */
  gboolean shows_metrics; /* /metrics also to readers who come through a proxy */
  char *user_header;      /* (owned) (nullable) in small letters: who the proxy says it is */
  char **trusted_proxies; /* (owned) addresses, or `unix`; empty: none is believed */
  GHashTable *users;   /* (owned) (element-type utf8 utf8) councils of a user, parted by blanks */
  GHashTable *options; /* (owned) (element-type utf8 utf8) all that the plugin is opened with */
  TnOrigin origin;
} TnPublisher; /* immutable once read */

TnPublisher *tn_publisher_new (const char *id, const char *provider);
void tn_publisher_free (TnPublisher *publisher);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnPublisher, tn_publisher_free)

char *tn_publisher_dup_folder (const TnPublisher *publisher);
char *tn_publisher_dup_address (const TnPublisher *publisher, const char *path);

G_END_DECLS
