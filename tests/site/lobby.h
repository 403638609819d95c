/* tests/site/lobby.h — a town with a site, and somebody who reads it without a socket */
#pragma once

#include "site/website.h"
#include "sync/town.h"

G_BEGIN_DECLS

typedef struct
{
  Town *town;           /* (owned) */
  TnPremises *premises; /* (owned) */
  TnWebsite *site;      /* (owned) */
  char *cookie;         /* (owned) (nullable) that the browser sends */
  char *peer;           /* (owned) */
  char *user;           /* (owned) (nullable) in the header of the proxy */
  char *origin;         /* (owned) (nullable) Sec-Fetch-Site */
  char *known;          /* (owned) (nullable) If-None-Match */
  char *mailed_to;      /* (owned) (nullable) council of the last letter */
  char *mailed_url;     /* (owned) (nullable) its link */
  guint n_mails;
  gboolean mail_fails;
} Lobby;

Lobby *lobby_new (void);
Lobby *lobby_new_at (const char *url);
void lobby_free (Lobby *lobby);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Lobby, lobby_free)

void lobby_open (Lobby *lobby);
TnWebPage *lobby_send (Lobby *lobby, TnVisit *visit);
TnWebPage *lobby_get (Lobby *lobby, const char *path);
TnWebPage *lobby_post (Lobby *lobby, const char *path, ...) G_GNUC_NULL_TERMINATED;
TnWebPage *lobby_hand_in (Lobby *lobby, const TnWebPage *page, const char *button);
TnWebPage *lobby_hand_in_with (Lobby *lobby, const TnWebPage *page, const char *button,
                               const char *name, const char *value);
TnWebPage *lobby_follow (Lobby *lobby, const TnWebPage *page);
void lobby_sign_in (Lobby *lobby, const char *council);
char *lobby_mail_link (Lobby *lobby, const char *council);

const char *lobby_read (const TnWebPage *page);
const char *lobby_header (const TnWebPage *page, const char *name);
void lobby_assert_has (const TnWebPage *page, const char *words);
void lobby_assert_lacks (const TnWebPage *page, const char *words);

G_END_DECLS
