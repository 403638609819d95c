/* tests/provider/feed-site.h — the feed on a socket of this host, and readers who write every byte
 */
#pragma once

#include "provider/loader.h"

G_BEGIN_DECLS

#define FEED_HOST "Host: kalender.example.dk\r\n"
#define FEED_GET(path) "GET " path " HTTP/1.1\r\n" FEED_HOST
#define FEED_CLOSE "Connection: close\r\n\r\n"

/* The site behind it: answers at once, unless it is told to wait. */
typedef struct
{
  TnLoader *loader;           /* (owned) */
  GHashTable *options;        /* (owned) (element-type utf8 utf8) */
  TnPublication *publication; /* (owned) (nullable) */
  char *listen;               /* (owned) */
  guint16 port;
  guint n_asked;
  char *asked; /* (owned) (nullable) the last visit: method, path, peer, and its fields in order */
  guint64 version;
  const char *etag;          /* (nullable) of its pages */
  const char *cache_control; /* (nullable) */
  const char *body;
  gboolean waits;  /* until feed_site_let_go() */
  GPtrArray *held; /* (owned) (element-type GTask) */
  gboolean is_stopped;
} FeedSite;

void feed_site_set_up (FeedSite *site, gconstpointer unused);
void feed_site_tear_down (FeedSite *site, gconstpointer unused);
void feed_site_option (FeedSite *site, const char *name, const char *value);
void feed_site_open (FeedSite *site);
void feed_site_let_go (FeedSite *site);
void feed_site_stop (FeedSite *site);
void feed_site_turn (FeedSite *site);

GSocketConnection *feed_site_dial (FeedSite *site);
void feed_site_send (GSocketConnection *connection, const char *bytes, gssize length);
char *feed_site_hear (FeedSite *site, GSocketConnection *connection);
char *feed_site_talk (FeedSite *site, const char *bytes);
guint feed_site_status (FeedSite *site, const char *bytes);

G_END_DECLS
