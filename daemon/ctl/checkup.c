/* Looks at one calendar as the daemon would use it, step by step, and stops at the first that
 * fails: secret, connection, clock, listing, right to write. It asks and writes nothing, neither
 * there nor in the state; so what only a write could tell is said to be unknown, and a login that a
 * person gave is left to the daemon, whose token would change if it were used here as well (hazard
 * 100). */
#include "ctl/checkup.h"

#include "base/error.h"
#include "http/expiry.h"
#include "http/login.h"
#include "provider/loader.h"

/* A token server and a ticket's realm forgive five minutes, Exchange as well. */
static const gint64 OFFSET_MOST_S = 120;

typedef struct
{
  const TnSettings *settings;
  const TnCalendar *calendar;
  const char *not_mailbox; /* (unowned) (nullable) one that must not answer */
  TnClock *clock;
  GPtrArray *findings; /* (element-type TnFinding) */
} Checkup;

void
tn_finding_free (TnFinding *finding)
{
  g_free (finding->calendar);
  g_free (finding->text);
  g_free (finding);
}

const char *
tn_verdict_to_string (TnVerdict verdict)
{
  static const char *const words[] = { "ok", "soon", "unknown", "weak", "bad" };
  return words[verdict];
}

static void G_GNUC_PRINTF (4, 5)
    add (Checkup *checkup, const char *what, TnVerdict verdict, const char *format, ...)
{
  va_list args;
  TnFinding *finding = g_new0 (TnFinding, 1);
  va_start (args, format);
  finding->text = g_strdup_vprintf (format, args);
  va_end (args);
  finding->calendar = g_strdup (checkup->calendar->id);
  finding->what = what;
  finding->verdict = verdict;
  g_ptr_array_add (checkup->findings, finding);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Returns: (transfer full) */
static GAsyncResult *
await (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *slot;
}

static gboolean
check_place (Checkup *checkup, const char *key, const TnSecretPlace *place)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GError) error = NULL;
  if (!tn_secret_place_is_set (place))
    return TRUE;
  tn_secret_load_async (place, NULL, on_ended, &slot);
  g_autoptr (GAsyncResult) result = await (&slot);
  g_autoptr (TnSecret) secret = tn_secret_load_finish (result, &error);
  if (secret == NULL)
    add (checkup, "secret", TN_VERDICT_BAD, "%s: %s", key, error->message);
  else
    add (checkup, "secret", TN_VERDICT_OK, "%s can be read", key);
  return secret != NULL;
}

static gboolean
check_secrets (Checkup *checkup)
{
  const TnAccount *account = checkup->calendar->account;
  g_autoptr (GPtrArray) ends = tn_expiry_list (account, tn_clock_now_us (checkup->clock));
  gboolean is_well = check_place (checkup, "password", &account->password)
                     && check_place (checkup, "token", &account->token)
                     && check_place (checkup, "client_secret", &account->client_secret)
                     && check_place (checkup, "client_key", &account->signing_key);
  for (guint i = 0; i < ends->len; i++)
    {
      const TnExpiry *end = g_ptr_array_index (ends, i);
      TnVerdict verdict = end->left_us <= 0         ? TN_VERDICT_BAD
                          : tn_expiry_is_near (end) ? TN_VERDICT_SOON
                                                    : TN_VERDICT_OK;
      add (checkup, "end", verdict, "%s%s%s", end->text, verdict == TN_VERDICT_OK ? "" : ": ",
           verdict == TN_VERDICT_OK ? "" : end->advice);
    }
  return is_well;
}

static void
check_clock (Checkup *checkup, const TnHttpResponse *response)
{
  gint64 server_us = tn_http_response_get_date_us (response);
  gint64 offset_s = (tn_clock_now_us (checkup->clock) - server_us) / G_USEC_PER_SEC;
  if (server_us == 0)
    add (checkup, "clock", TN_VERDICT_UNKNOWN, "the server does not say what time it is");
  else if (ABS (offset_s) > OFFSET_MOST_S)
    add (checkup, "clock", TN_VERDICT_BAD,
         "this machine is %" G_GINT64_FORMAT " s %s the server; set its clock, or the server's",
         ABS (offset_s), offset_s > 0 ? "ahead of" : "behind");
  else
    add (checkup, "clock", TN_VERDICT_OK, "%" G_GINT64_FORMAT " s from the server's",
         ABS (offset_s));
}

/* Any answer shows that the server is there and its certificate holds; whether it lets us in, the
 * listing shows. */
static gboolean
check_connection (Checkup *checkup, TnClient *client)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GError) error = NULL;
  const char *url = checkup->calendar->account->url;
  g_autoptr (TnHttpRequest) request = tn_http_request_new ("OPTIONS", url, NULL, NULL);
  tn_client_send_async (client, request, NULL, on_ended, &slot);
  g_autoptr (GAsyncResult) result = await (&slot);
  g_autoptr (TnHttpResponse) response = tn_client_send_finish (client, result, &error);
  if (response == NULL)
    {
      add (checkup, "connection", TN_VERDICT_BAD, "%s", error->message);
      return FALSE;
    }
  add (checkup, "connection", TN_VERDICT_OK, "%s",
       g_str_has_prefix (url, "https:") ? "it answers, and its certificate holds"
                                        : "it answers, without TLS, on this host");
  check_clock (checkup, response);
  return TRUE;
}

static gboolean
check_listing (Checkup *checkup, TnProvider *provider)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GError) error = NULL;
  tn_provider_list_async (provider, NULL, NULL, on_ended, &slot);
  g_autoptr (GAsyncResult) result = await (&slot);
  TurnusListing *listing = tn_provider_list_finish (provider, result, &error);
  if (listing == NULL)
    {
      add (checkup, "listing", TN_VERDICT_BAD, "%s", error->message);
      return FALSE;
    }
  add (checkup, "listing", TN_VERDICT_OK, "%u items", listing->changed->len);
  turnus_listing_free (listing);
  return TRUE;
}

static void
check_rights (Checkup *checkup, TnProvider *provider)
{
  gboolean is_read_only = (tn_provider_get_caps (provider) & TURNUS_CAP_READ_ONLY) != 0;
  if (checkup->calendar->mode == TN_MODE_OBSERVE)
    add (checkup, "writing", TN_VERDICT_OK, "not wanted: mode is observe");
  else if (is_read_only)
    add (checkup, "writing", TN_VERDICT_BAD,
         "the calendar is read-only for this login; give it the right to write, or say mode = "
         "\"observe\"");
  else
    add (checkup, "writing", TN_VERDICT_UNKNOWN,
         "the server does not forbid it; only a write would show it, and none was made");
}

/* Returns: (transfer full) (nullable): %NULL when it is found to be bad */
static TnProvider *
open_with (Checkup *checkup, TnLoader *loader, TnClient *client, GHashTable *options)
{
  g_autoptr (GError) error = NULL;
  const TnCalendar *calendar = checkup->calendar;
  TnProvider *provider = tn_loader_open (loader, calendar->provider, calendar->id, options,
                                         checkup->settings->base_dir, NULL, client, &error);
  if (provider == NULL)
    add (checkup, "settings", TN_VERDICT_BAD, "%s", error->message);
  return provider;
}

static TnProvider *
open_calendar (Checkup *checkup, TnLoader *loader, TnClient *client)
{
  return open_with (checkup, loader, client, checkup->calendar->options);
}

/* The settings of the calendar, of the mailbox that must not answer.
 * Returns: (transfer full) (element-type utf8 utf8) */
static GHashTable *
make_foreign_options (const Checkup *checkup)
{
  GHashTable *options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer key = NULL;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, checkup->calendar->options);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (options, g_strdup (key), g_strdup (value));
  g_hash_table_insert (options, g_strdup ("mailbox"), g_strdup (checkup->not_mailbox));
  return options;
}

/* Whoever may read one mailbox of Exchange may easily read them all, and nothing shows it (README
 * of exchange). Only names of calendars are asked for, and none is said. The calendar itself was
 * listed before, so what is refused now is not refused because of the login. */
static void
check_foreign (Checkup *checkup, TnLoader *loader, TnClient *client)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) options = make_foreign_options (checkup);
  g_autoptr (TnProvider) provider = open_with (checkup, loader, client, options);
  if (provider == NULL)
    return;
  tn_provider_discover_async (provider, NULL, on_ended, &slot);
  g_autoptr (GAsyncResult) result = await (&slot);
  g_autoptr (GPtrArray) places = tn_provider_discover_finish (provider, result, &error);
  if (places != NULL)
    add (checkup, "confined", TN_VERDICT_BAD,
         "the other mailbox answers, too: this login may do more than it needs; take the rights to "
         "all mailboxes from it, as the README of the provider says");
  else if (g_error_matches (error, TN_ERROR, TN_ERROR_DENIED)
           || g_error_matches (error, TN_ERROR, TN_ERROR_AUTH))
    add (checkup, "confined", TN_VERDICT_OK, "the other mailbox is refused");
  else
    add (checkup, "confined", TN_VERDICT_UNKNOWN,
         "the other mailbox neither answers nor is refused: %s", error->message);
}

static void
check_network (Checkup *checkup, TnLoader *loader)
{
  g_autoptr (GError) error = NULL;
  const TnAccount *account = checkup->calendar->account;
  gboolean is_persons = account->auth == TN_AUTH_OAUTH2 && !tn_account_is_for_itself (account);
  g_autoptr (TnClient) client
      = tn_client_new (account, checkup->clock, checkup->settings->state, NULL, &error);
  if (client == NULL)
    add (checkup, "settings", TN_VERDICT_BAD, "%s", error->message);
  g_autoptr (TnProvider) provider = client != NULL ? open_calendar (checkup, loader, client) : NULL;
  if (provider == NULL || !check_secrets (checkup))
    return;
  if (is_persons)
    add (checkup, "login", TN_VERDICT_UNKNOWN,
         "a person logged in, and only the daemon may use that token: turnusctl status says how it "
         "goes%s",
         checkup->not_mailbox != NULL ? "; the other mailbox was not asked" : "");
  else if (check_connection (checkup, client) && check_listing (checkup, provider))
    {
      check_rights (checkup, provider);
      if (checkup->not_mailbox != NULL)
        check_foreign (checkup, loader, client);
    }
}

/* A listing of files may leave a marker behind, so none is made. */
static void
check_local (Checkup *checkup, TnLoader *loader)
{
  g_autoptr (TnProvider) provider = open_calendar (checkup, loader, NULL);
  if (provider != NULL)
    add (checkup, "listing", TN_VERDICT_UNKNOWN,
         "not over the network: turnusctl status says how it goes");
  if (checkup->not_mailbox != NULL)
    add (checkup, "confined", TN_VERDICT_UNKNOWN, "not in a mailbox, so no other was asked");
}

/**
 * tn_checkup_run:
 * @not_mailbox: (nullable): address of a mailbox that must not answer to the calendar's login
 * @findings: (element-type TnFinding): takes what is found
 *
 * Writes nothing anywhere.
 */
void
tn_checkup_run (const TnSettings *settings, const TnCalendar *calendar, const char *not_mailbox,
                GPtrArray *findings)
{
  const char *folder = g_getenv ("TURNUS_PLUGINS");
  g_autofree char *plugins
      = g_canonicalize_filename (folder != NULL ? folder : settings->plugins, NULL);
  g_autoptr (TnClock) clock = tn_clock_new_system ();
  g_autoptr (TnLoader) loader = tn_loader_new (plugins, clock);
  Checkup checkup = { settings, calendar, not_mailbox, clock, findings };
  if (calendar->account != NULL)
    check_network (&checkup, loader);
  else
    check_local (&checkup, loader);
}
