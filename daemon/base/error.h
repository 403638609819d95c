/* daemon/base/error.h — one error domain, its codes named by what the caller will do */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TN_ERROR (tn_error_quark ())

typedef enum
{
  TN_ERROR_INVALID,   /* bad input: tell the user where; exit code 2 */
  TN_ERROR_DENIED,    /* the one who asks may not: say who may */
  TN_ERROR_AUTH,      /* ask for a credential */
  TN_ERROR_CONFLICT,  /* changed meanwhile: load again, decide anew */
  TN_ERROR_GONE,      /* the token or the thing is no more: full listing */
  TN_ERROR_TEMPORARY, /* later, maybe */
  TN_ERROR_PROTOCOL,  /* the peer broke a rule: quote it */
  TN_ERROR_LIMIT,     /* too big, too deep, too many */
  TN_ERROR_FAILED     /* the system said no: nothing cleverer to do than to say so */
} TnError;

GQuark tn_error_quark (void);

gboolean tn_error_is_temporary (const GError *error);
gboolean tn_error_is_invalid (const GError *error);
gboolean tn_error_is_conflict (const GError *error);
gboolean tn_error_is_gone (const GError *error);

G_END_DECLS
