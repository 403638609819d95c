/* daemon/model/account.h — where a calendar is on the network, and where what logs in is kept */
#pragma once

#include <glib.h>

#include "base/date.h"

G_BEGIN_DECLS

typedef enum
{
  TN_AUTH_NONE,
  TN_AUTH_BASIC,
  TN_AUTH_DIGEST,
  TN_AUTH_BEARER,
  TN_AUTH_OAUTH2,
  TN_AUTH_NEGOTIATE, /* Kerberos */
  TN_AUTH_NTLM
} TnAuth;

/* Where a secret is kept; never the secret. At most one place is set. */
typedef struct
{
  char *file;         /* (owned) (nullable) absolute path */
  char *credential;   /* (owned) (nullable) name below $CREDENTIALS_DIRECTORY */
  char **command;     /* (owned) (nullable) what prints it; no shell */
  gboolean has_lines; /* it is a PEM and no line */
} TnSecretPlace;

/* What a certificate signs with: the new way, and the one that older servers want. */
typedef enum
{
  TN_SIGNATURE_PS256,
  TN_SIGNATURE_RS256
} TnSignature;

gboolean tn_secret_place_is_set (const TnSecretPlace *place);

/* Reference-counted; nothing changes once it is built. */
typedef struct
{
  char *url; /* (owned) of the calendar; requests go to its scheme, host and port alone */
  TnAuth auth;
  char *user;             /* (owned) (nullable) */
  TnSecretPlace password; /* of basic, digest and ntlm */
  TnSecretPlace token;    /* of bearer */
  char *keytab;           /* (owned) (nullable) negotiate: path */
  char *ticket_cache;     /* (owned) (nullable) negotiate: name, as in $KRB5CCNAME */
  char *token_url;        /* (owned) (nullable) OAuth 2: where tokens are given out */
  char *device_url;       /* (owned) (nullable) OAuth 2: where a device asks to be let in */
  char *client_id;        /* (owned) (nullable) OAuth 2 */
  TnSecretPlace client_secret;
  TnDate client_secret_end;  /* last day of `client_secret`; TN_DATE_NONE: nobody said */
  char *signing_certificate; /* (owned) (nullable) OAuth 2: path, PEM; instead of a secret */
  TnSecretPlace signing_key; /* of `signing_certificate` */
  TnSignature signature;
  char *scope;              /* (owned) (nullable) OAuth 2 */
  char *client_certificate; /* (owned) (nullable) path, PEM */
  char *client_key;         /* (owned) (nullable) path, PEM */
  char *proxy; /* (owned) (nullable) URL; none: direct, whatever the environment says */
  char *ca;    /* (owned) (nullable) path: trusted instead of the system's */
} TnAccount;

TnAccount *tn_account_new (const char *url);
TnAccount *tn_account_new_for_tokens (const TnAccount *account, const char *url);
gboolean tn_account_is_for_itself (const TnAccount *account);
TnAccount *tn_account_ref (const TnAccount *account);
void tn_account_unref (const TnAccount *account);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnAccount, tn_account_unref)

G_END_DECLS
