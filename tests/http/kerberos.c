/* Logins that belong to a connection: Negotiate with Kerberos, and NTLM. A service that accepts
 * tickets, and a realm's server where this machine has one; without it those tests are skipped. */
#include <gssapi/gssapi_ext.h>
#include <string.h>

#include "base/error.h"
#include "http/realm.h"
#include "http/site.h"

#define CANARY "kanarie-7351"

typedef struct
{
  TnHttpSite site;
  TnRealm *realm;  /* (unowned) */
  char *keytab;    /* (owned) (nullable) of the service */
  GString *guests; /* (owned) who logged in, one a word */
} Place;

typedef struct
{
  TnRealm *realm;
  gboolean has_server;
} Setting;

static void
set_up (Place *place, gconstpointer user_data)
{
  const Setting *setting = user_data;
  tn_http_site_set_up (&place->site, NULL);
  place->site.account->auth = TN_AUTH_NEGOTIATE;
  place->realm = setting->realm;
  place->guests = g_string_new (NULL);
}

static void
tear_down (Place *place, gconstpointer user_data)
{
  tn_http_site_tear_down (&place->site, NULL);
  g_free (place->keytab);
  g_string_free (place->guests, TRUE);
}

/* Returns: whether the ticket in @token is for us */
static gboolean
accept_ticket (Place *place, const char *token)
{
  OM_uint32 minor = 0;
  gsize length = 0;
  g_autofree guchar *bytes = g_base64_decode (token, &length);
  g_autofree char *keytab = g_strconcat ("FILE:", place->keytab, NULL);
  gss_buffer_desc given = { length, bytes };
  gss_buffer_desc reply = GSS_C_EMPTY_BUFFER;
  gss_buffer_desc shown = GSS_C_EMPTY_BUFFER;
  gss_key_value_element_desc element = { "keytab", keytab };
  gss_key_value_set_desc store = { 1, &element };
  gss_cred_id_t own = GSS_C_NO_CREDENTIAL;
  gss_ctx_id_t context = GSS_C_NO_CONTEXT;
  gss_name_t guest = GSS_C_NO_NAME;
  gss_acquire_cred_from (&minor, GSS_C_NO_NAME, GSS_C_INDEFINITE, GSS_C_NO_OID_SET, GSS_C_ACCEPT,
                         &store, &own, NULL, NULL);
  OM_uint32 major
      = gss_accept_sec_context (&minor, &context, own, &given, GSS_C_NO_CHANNEL_BINDINGS, &guest,
                                NULL, &reply, NULL, NULL, NULL);
  if (major == GSS_S_COMPLETE && gss_display_name (&minor, guest, &shown, NULL) == GSS_S_COMPLETE)
    g_string_append_printf (place->guests, "%.*s ", (int) shown.length, (char *) shown.value);
  gss_release_buffer (&minor, &reply);
  gss_release_buffer (&minor, &shown);
  gss_release_name (&minor, &guest);
  gss_release_cred (&minor, &own);
  gss_delete_sec_context (&minor, &context, NULL);
  return major == GSS_S_COMPLETE;
}

static void
serve_tickets (const TnHttpSeen *seen, TnHttpAnswer *answer, gpointer user_data)
{
  const char *login = tn_http_seen_get_header (seen, "authorization");
  if (login != NULL && g_str_has_prefix (login, "Negotiate ")
      && accept_ticket (user_data, login + strlen ("Negotiate ")))
    return;
  answer->status = 401;
  tn_http_answer_add_header (answer, "WWW-Authenticate", "Negotiate");
}

static void
assert_no_login (Place *place, const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (tn_http_site_send (&place->site, "PUT", "/dav/", "x", &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_AUTH);
  g_assert_nonnull (strstr (error->message, reason));
  g_assert_cmpuint (tn_http_server_count (place->site.server), ==, 0);
}

static void
test_no_ticket (Place *place, gconstpointer unused)
{
  tn_http_server_set_handler (place->site.server, serve_tickets, place);
  assert_no_login (place, "there is no Kerberos ticket in the default cache");
  g_clear_object (&place->site.client);
  place->site.account->ticket_cache = g_strdup ("FILE:/nowhere/cache");
  assert_no_login (place, "there is no Kerberos ticket in FILE:/nowhere/cache");
  g_clear_object (&place->site.client);
  place->site.account->keytab = g_strdup ("/nowhere/keytab");
  assert_no_login (place, "no Kerberos ticket can be had with the keytab /nowhere/keytab");
}

/* Skips when this machine has no server for a realm. */
static gboolean
open_service (Place *place, gconstpointer user_data)
{
  const Setting *setting = user_data;
  if (!setting->has_server)
    {
      g_test_skip ("krb5-kdc and krb5-admin-server are missing");
      return FALSE;
    }
  place->keytab = tn_realm_make_keytab (place->realm, "HTTP/127.0.0.1");
  tn_http_server_set_handler (place->site.server, serve_tickets, place);
  return TRUE;
}

static void
test_keytab (Place *place, gconstpointer user_data)
{
  TnHttpSite *site = &place->site;
  if (!open_service (place, user_data))
    return;
  site->account->keytab = tn_realm_make_keytab (place->realm, "turnus");
  g_assert_cmpuint (tn_http_site_get_status (site, "PUT", "/dav/", "x"), ==, 200);
  g_assert_cmpuint (tn_http_site_get_status (site, "PUT", "/dav/", "x"), ==, 200);
  g_assert_true (g_str_has_prefix (place->guests->str, "turnus@TURNUS.TEST "));
  g_assert_cmpuint (tn_http_server_count_connections (site->server), ==, 1);
}

static void
test_cache (Place *place, gconstpointer user_data)
{
  if (!open_service (place, user_data))
    return;
  place->site.account->ticket_cache = tn_realm_make_cache (place->realm, "anna");
  g_assert_cmpuint (tn_http_site_get_status (&place->site, "GET", "/dav/", NULL), ==, 200);
  g_assert_true (g_str_has_prefix (place->guests->str, "anna@TURNUS.TEST "));
}

/* Each logs in as itself, on a connection of its own, whichever went before. */
static void
test_two_accounts (Place *place, gconstpointer user_data)
{
  TnHttpSite *site = &place->site;
  if (!open_service (place, user_data))
    return;
  g_autoptr (TnAccount) other = tn_account_new (site->account->url);
  other->auth = TN_AUTH_NEGOTIATE;
  other->keytab = tn_realm_make_keytab (place->realm, "bodil");
  site->account->keytab = tn_realm_make_keytab (place->realm, "carl");
  g_autoptr (TnClient) first = g_object_ref (tn_http_site_open (site));
  g_autoptr (TnClient) second = tn_client_new (other, site->clock, NULL, &site->limits, NULL);
  TnClient *turns[] = { first, second, first };
  for (guint i = 0; i < G_N_ELEMENTS (turns); i++)
    {
      g_set_object (&site->client, turns[i]);
      g_assert_cmpuint (tn_http_site_get_status (site, "GET", "/dav/", NULL), ==, 200);
      tn_http_server_close_connections (site->server);
    }
  g_assert_cmpstr (place->guests->str, ==, "carl@TURNUS.TEST bodil@TURNUS.TEST carl@TURNUS.TEST ");
}

static void
test_stranger (Place *place, gconstpointer user_data)
{
  TnHttpSite *site = &place->site;
  if (!open_service (place, user_data))
    return;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnHttpServer) stranger = tn_http_server_new ();
  g_autofree char *url = tn_http_server_dup_url (stranger, "/dav/");
  site->account->keytab = tn_realm_make_keytab (place->realm, "dorte");
  tn_http_server_set_handler (stranger, serve_tickets, place);
  g_assert_null (tn_http_site_send_to (site, "GET", url, NULL, NULL, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_PROTOCOL);
  g_assert_cmpuint (tn_http_server_count (stranger), ==, 0);
}

/* A server of the realm that gives no ticket for this service. */
static void
test_refused (Place *place, gconstpointer user_data)
{
  TnHttpSite *site = &place->site;
  if (!open_service (place, user_data))
    return;
  g_free (place->keytab);
  place->keytab = tn_realm_make_keytab (place->realm, "HTTP/elsewhere");
  site->account->keytab = tn_realm_make_keytab (place->realm, "eskild");
  g_assert_cmpuint (tn_http_site_get_status (site, "GET", "/dav/", NULL), ==, 401);
}

/* MS-NLMP 2.2.1.2: a challenge; only the connection that got it may answer it. */
static void
challenge (const TnHttpSeen *seen, TnHttpAnswer *answer, gpointer user_data)
{
  const char *login = tn_http_seen_get_header (seen, "authorization");
  gboolean is_answer = login != NULL && g_str_has_prefix (login, "NTLM TlRMTVNTUAAD");
  gboolean is_question = login != NULL && g_str_has_prefix (login, "NTLM TlRMTVNTUAAB");
  if (is_answer)
    return;
  answer->status = 401;
  tn_http_answer_add_header (
      answer, "WWW-Authenticate",
      is_question ? "NTLM "
                    "TlRMTVNTUAACAAAAAAAAADAAAAAFggAAASNFZ4mrze8AAAAAAAAAAAAAAAAwAAAA"
                  : "NTLM");
}

static void
test_ntlm (Place *place, gconstpointer unused)
{
  TnHttpSite *site = &place->site;
  site->account->auth = TN_AUTH_NTLM;
  site->account->user = g_strdup ("ODENSE\\anna");
  site->account->password.file = tn_http_site_write_secret (site, "password", CANARY);
  tn_http_server_set_handler (site->server, challenge, NULL);
  g_assert_cmpuint (tn_http_site_get_status (site, "PUT", "/dav/", "text"), ==, 200);
  g_assert_cmpuint (tn_http_server_count (site->server), ==, 2);
  g_assert_cmpuint (tn_http_server_count_connections (site->server), ==, 1);
  g_assert_cmpuint (g_bytes_get_size (tn_http_server_get_seen (site->server, 0)->body), ==, 0);
  for (guint i = 0; i < 2; i++)
    g_assert_null (strstr (tn_http_server_get_seen (site->server, i)->head, CANARY));
}

#define ADD(name, test)                                                                            \
  g_test_add ("/http/kerberos/" name, Place, &setting, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  Setting setting = { .realm = tn_realm_new () };
  setting.has_server = tn_realm_start (setting.realm);
  ADD ("no-ticket-is-said-before-anything-is-sent", test_no_ticket);
  ADD ("keytab-logs-in", test_keytab);
  ADD ("ticket-cache-logs-in", test_cache);
  ADD ("hazard-84-each-account-logs-in-as-itself", test_two_accounts);
  ADD ("hazard-75-another-server-gets-no-ticket", test_stranger);
  ADD ("ticket-for-another-service-is-refused", test_refused);
  ADD ("ntlm-logs-one-connection-in", test_ntlm);
  int exit_code = g_test_run ();
  tn_realm_free (setting.realm);
  return exit_code;
}
