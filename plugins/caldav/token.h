/* plugins/caldav/token.h — what the next listing needs to know of this one */
#pragma once

#include "turnus-plugin.h"

typedef enum
{
  CALDAV_LIST_SYNC = 's', /* RFC 6578: by sync-token */
  CALDAV_LIST_CTAG = 'c', /* all, unless the calendar's ctag is the same */
  CALDAV_LIST_ALL = 'e'   /* all, with their ETags */
} CaldavListKind;

typedef struct
{
  CaldavListKind kind;
  gint64 full_at_s; /* when all was listed last */
  char *path;       /* (owned) of the collection */
  char *mark;       /* (owned) the sync-token, or the ctag */
} CaldavToken;

void caldav_token_clear (CaldavToken *token);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CaldavToken, caldav_token_clear)

char *caldav_token_format (const CaldavToken *token, const char *url);
gboolean caldav_token_parse (const char *text, const char *url, CaldavToken *token);
