/* Kerberos. Curl asks for nothing but "the ticket of whoever runs this", so each account has a
 * ticket cache of its own, and is made that while curl works for it: two accounts never log in as
 * each other. With a keytab the cache is in memory, and the library fills and renews it by itself.
 *
 * The library speaks to the realm's server while everything else waits: some milliseconds in a
 * house that works, some seconds when that server is away. Curl does the same.
 *
 * Source: gss_acquire_cred_from(3) of MIT krb5 ("credential store extensions"), RFC 4559. */
#include "http/ticket.h"

#include <gssapi/gssapi_ext.h>
#include <gssapi/gssapi_krb5.h>
#include <string.h>

#include "base/error.h"

struct _TnTicket
{
  char *user;   /* (owned) (nullable) principal; else whoever the cache or keytab names first */
  char *keytab; /* (owned) (nullable) path */
  char *cache;  /* (owned) (nullable) name; else the default one of this process */
};

/**
 * tn_ticket_new:
 * @account: that logs in with Negotiate
 */
TnTicket *
tn_ticket_new (const TnAccount *account)
{
  TnTicket *self = g_new0 (TnTicket, 1);
  self->user = g_strdup (account->user);
  self->keytab = g_strdup (account->keytab);
  self->cache = g_strdup (account->ticket_cache);
  if (self->cache == NULL && self->keytab != NULL)
    self->cache = g_strdup_printf ("MEMORY:turnus-%p", (void *) self);
  return self;
}

void
tn_ticket_free (TnTicket *self)
{
  if (self == NULL)
    return;
  g_free (self->user);
  g_free (self->keytab);
  g_free (self->cache);
  g_free (self);
}

/* What the library says of @code, which names principals, caches and realms and no secret. */
static void
append (GString *text, OM_uint32 code, int kind)
{
  OM_uint32 minor = 0;
  OM_uint32 more = 0;
  gss_buffer_desc message = GSS_C_EMPTY_BUFFER;
  if (code == 0
      || GSS_ERROR (gss_display_status (&minor, code, kind, GSS_C_NO_OID, &more, &message)))
    return;
  g_autofree char *said = g_strndup (message.value, message.length);
  g_autofree char *valid = g_utf8_make_valid (said, -1);
  g_string_append_printf (text, "%s%s", text->len > 0 ? ": " : "", valid);
  gss_release_buffer (&minor, &message);
}

static gboolean
fail (const TnTicket *self, OM_uint32 major, OM_uint32 minor, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  append (text, minor, GSS_C_MECH_CODE);
  if (text->len == 0)
    append (text, major, GSS_C_GSS_CODE);
  if (self->keytab != NULL)
    g_set_error (error, TN_ERROR, TN_ERROR_AUTH,
                 "no Kerberos ticket can be had with the keytab %s (%s); see with kinit -k -t",
                 self->keytab, text->str);
  else
    g_set_error (error, TN_ERROR, TN_ERROR_AUTH,
                 "there is no Kerberos ticket in %s (%s); say keytab = \"…\", or run kinit as the "
                 "daemon's user",
                 self->cache != NULL ? self->cache : "the default cache", text->str);
  return FALSE;
}

static OM_uint32
acquire (const TnTicket *self, gss_name_t name, gss_cred_id_t *ret_credential, OM_uint32 *ret_minor)
{
  gss_key_value_element_desc elements[2];
  gss_key_value_set_desc store = { 0, elements };
  gss_OID_set_desc kerberos = { 1, (gss_OID) gss_mech_krb5 };
  g_autofree char *keytab = self->keytab != NULL ? g_strconcat ("FILE:", self->keytab, NULL) : NULL;
  if (self->cache != NULL)
    elements[store.count++] = (gss_key_value_element_desc){ "ccache", self->cache };
  if (keytab != NULL)
    elements[store.count++] = (gss_key_value_element_desc){ "client_keytab", keytab };
  return gss_acquire_cred_from (ret_minor, name, GSS_C_INDEFINITE, &kerberos, GSS_C_INITIATE,
                                &store, ret_credential, NULL, NULL);
}

/**
 * tn_ticket_renew:
 *
 * Gets a ticket, or a new one in time, when there is a keytab; else looks whether there is one.
 *
 * Errors: %TN_ERROR_AUTH when there is none.
 */
gboolean
tn_ticket_renew (TnTicket *self, GError **error)
{
  OM_uint32 minor = 0;
  OM_uint32 ignored = 0;
  OM_uint32 left_s = 0;
  OM_uint32 major = GSS_S_COMPLETE;
  gss_name_t name = GSS_C_NO_NAME;
  gss_cred_id_t credential = GSS_C_NO_CREDENTIAL;
  if (self->user != NULL)
    {
      gss_buffer_desc text = { strlen (self->user), self->user };
      major = gss_import_name (&minor, &text, GSS_C_NT_USER_NAME, &name);
    }
  if (!GSS_ERROR (major))
    major = acquire (self, name, &credential, &minor);
  if (!GSS_ERROR (major)) /* only now it looks into the cache, and asks the realm's server */
    major = gss_inquire_cred (&minor, credential, NULL, &left_s, NULL, NULL);
  if (!GSS_ERROR (major) && left_s == 0)
    major = GSS_S_CREDENTIALS_EXPIRED;
  gss_release_name (&ignored, &name);
  gss_release_cred (&ignored, &credential);
  return !GSS_ERROR (major) || fail (self, major, minor, error);
}

/* From here to tn_ticket_leave() this thread's ticket is the account's. */
void
tn_ticket_enter (const TnTicket *self)
{
  OM_uint32 minor = 0;
  if (self != NULL && self->cache != NULL)
    gss_krb5_ccache_name (&minor, self->cache, NULL);
}

void
tn_ticket_leave (const TnTicket *self)
{
  OM_uint32 minor = 0;
  if (self != NULL && self->cache != NULL)
    gss_krb5_ccache_name (&minor, NULL, NULL);
}
