/* tests/fakes/dav-answer.h — the multistatus answers of the fake CalDAV server */
#pragma once

#include "fakes/dav-server.h"

typedef struct
{
  char *text; /* (owned) */
  char *etag; /* (owned) */
  char *uid;  /* (owned) */
  guint change;
} TnDavItem;

void tn_dav_item_free (TnDavItem *item);

typedef struct
{
  const TnDavQuirks *quirks;
  const TnHttpServer *http;
  GString *text; /* (owned) until it ends */
  guint change;
  guint generation;
} TnDavAnswer;

void tn_dav_answer_add_item (TnDavAnswer *answer, const char *name, const TnDavItem *item,
                             gboolean with_calendar);
void tn_dav_answer_add_status (TnDavAnswer *answer, const char *name, guint status);
void tn_dav_answer_add_raw_href (TnDavAnswer *answer, const char *href);
void tn_dav_answer_add_calendar (TnDavAnswer *answer, const char *path, const char *name);
void tn_dav_answer_add_account (TnDavAnswer *answer, const char *path, gboolean is_way);
void tn_dav_answer_end (TnDavAnswer *answer, const char *token, TnHttpAnswer *http);

void tn_dav_refuse (TnHttpAnswer *http, guint status, const char *condition);
void tn_dav_add_etag (const TnDavQuirks *quirks, const char *etag, TnHttpAnswer *http);
