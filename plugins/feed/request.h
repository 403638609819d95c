/* plugins/feed/request.h — a request, judged: what the site is asked, or why it is not */
#pragma once

#include "head.h"

G_BEGIN_DECLS

/* What requests are judged by; from the settings. */
typedef struct
{
  char *origin;      /* (owned) of the site: `https://kalender.example.dk` */
  char *folder;      /* (owned) of the site: begins and ends with a slash */
  char **hosts;      /* (owned) names by which we are called */
  char **trusted;    /* (owned) whose word on other addresses is believed: addresses, or `unix` */
  char *user_header; /* (owned) (nullable) in small letters */
} FeedRules;

typedef struct
{
  guint refusal;      /* status of HTTP; 0: the site is asked */
  char *location;     /* (owned) (nullable) of a refusal that knows better */
  char *method;       /* (owned) GET or POST */
  gboolean is_head;   /* the reader wants no body */
  gboolean is_old;    /* HTTP/1.0 */
  gboolean closes;    /* no other request follows */
  char *target;       /* (owned) as it was sent */
  char *path;         /* (owned) */
  GPtrArray *query;   /* (owned) name, value … NULL; likewise below */
  GPtrArray *form;    /* (owned) */
  GPtrArray *headers; /* (owned) */
  char *peer;         /* (owned) */
  char *tag;          /* (owned) (nullable) If-None-Match */
  gboolean takes_gzip;
  gboolean is_personal; /* the page may be made for this reader alone */
} FeedRequest;

FeedRules *feed_rules_new (const char *url, const char *listen, const char *trusted,
                           const char *user_header);
void feed_rules_free (FeedRules *rules);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeedRules, feed_rules_free)

FeedRequest *feed_request_new_refused (guint refusal);
FeedRequest *feed_request_judge (const FeedRules *rules, const FeedHead *head, const char *body,
                                 const char *caller);
void feed_request_free (FeedRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeedRequest, feed_request_free)

G_END_DECLS
