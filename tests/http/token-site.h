/* tests/http/token-site.h — a calendar and a token server like Microsoft's, at one address */
#pragma once

#include "http/grant.h"
#include "http/site.h"

G_BEGIN_DECLS

#define TN_CANARY "kanarie-7351"

typedef struct
{
  TnHttpSite site;
  guint n_tokens;       /* given out */
  guint n_asked;        /* for tokens */
  const char *refusal;  /* (unowned) (nullable) JSON: the answer to the next question */
  GHashTable *ids;      /* (owned) of the assertions that were used */
  char *last_assertion; /* (owned) (nullable) */
  const char *known;    /* (unowned) the certificate that the app's registration knows */
} TnTokenSite;

void tn_token_site_set_up (TnTokenSite *place, gconstpointer unused);
void tn_token_site_tear_down (TnTokenSite *place, gconstpointer unused);
void tn_token_site_use_certificate (TnTokenSite *place, const char *name);
char *tn_token_site_find_certificate (const char *name);
char *tn_token_site_dup_field (const TnHttpSeen *seen, const char *name);
char *tn_token_site_dup_part (const char *token, guint index);
gboolean tn_token_site_verify (const char *token, const char *certificate);

#define TN_TOKEN_ADD(path, test)                                                                   \
  g_test_add (path, TnTokenSite, NULL, tn_token_site_set_up, test, tn_token_site_tear_down)

G_END_DECLS
