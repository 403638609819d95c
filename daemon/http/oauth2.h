/* daemon/http/oauth2.h — what OAuth 2 says on the wire */
#pragma once

#include "http/request.h"
#include "http/secret.h"

G_BEGIN_DECLS

/* What a token endpoint gave. */
typedef struct
{
  TnSecret *access;  /* (owned) */
  TnSecret *refresh; /* (owned) (nullable) */
  gint64 lifetime_s; /* of the access token */
} TnOauth2Token;

void tn_oauth2_token_free (TnOauth2Token *token);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnOauth2Token, tn_oauth2_token_free)

/* What a device is told: a code for it, and a shorter one for a person. */
typedef struct
{
  TnSecret *device_code; /* (owned) */
  char *user_code;       /* (owned) */
  char *url;             /* (owned) where a person types it */
  gint64 lifetime_s;
  gint64 interval_s; /* between two questions */
} TnOauth2Device;

void tn_oauth2_device_free (TnOauth2Device *device);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnOauth2Device, tn_oauth2_device_free)

GBytes *tn_oauth2_add_assertion (GBytes *form, const TnSecret *assertion);
GBytes *tn_oauth2_format_client_grant (const TnAccount *account);
GBytes *tn_oauth2_format_refresh_grant (const TnAccount *account, const TnSecret *refresh);
GBytes *tn_oauth2_format_device_question (const TnAccount *account);
GBytes *tn_oauth2_format_device_grant (const TnAccount *account, const TnSecret *device_code);

typedef enum
{
  TN_OAUTH2_WAIT_NO,
  TN_OAUTH2_WAIT_AS_BEFORE, /* authorization_pending */
  TN_OAUTH2_WAIT_LONGER     /* slow_down */
} TnOauth2Wait;

TnOauth2Token *tn_oauth2_parse_token (const TnHttpResponse *response, TnOauth2Wait *ret_wait,
                                      GError **error);
TnOauth2Device *tn_oauth2_parse_device (const TnHttpResponse *response, GError **error);

G_END_DECLS
