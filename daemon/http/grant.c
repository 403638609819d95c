/* Tokens are had from a server of their own, over a client of its own: what logs in there is never
 * seen by the calendar's server, nor the other way round.
 *
 * A program that logs in as itself needs no token kept: its secret or certificate brings a new one
 * at any time, and a second secret on the disk would only be one more to steal. So its token lives
 * in memory, a refresh token that some server adds is dropped, and one that a person's login left
 * is not touched.
 *
 * Renewing: keep the old token once more (proof that the new one can be kept) -> ask -> keep the
 * new one -> hand out. Logging in: ask -> show -> wait, ask, wait … -> keep. */
#include "http/grant.h"

#include "base/error.h"
#include "base/loop.h"
#include "http/assertion.h"
#include "http/client.h"
#include "http/expiry.h"
#include "http/keyring.h"

static const gint64 SLOWER_S = 5; /* RFC 8628 3.5 */

struct _TnGrant
{
  GObject parent;
  TnAccount *account; /* (owned) */
  TnClock *clock;     /* (owned) */
  TnLimits limits;
  char *path;        /* (owned) of the refresh token */
  TnClient *tokens;  /* (owned) */
  TnClient *devices; /* (owned) (nullable) */
};

G_DEFINE_TYPE (TnGrant, tn_grant, G_TYPE_OBJECT)

static void
finalize (GObject *object)
{
  TnGrant *self = TN_GRANT (object);
  g_clear_pointer (&self->account, tn_account_unref);
  g_clear_object (&self->clock);
  g_free (self->path);
  g_clear_object (&self->tokens);
  g_clear_object (&self->devices);
  G_OBJECT_CLASS (tn_grant_parent_class)->finalize (object);
}

static void
tn_grant_class_init (TnGrantClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tn_grant_init (TnGrant *self)
{
}

static TnClient *
open_client (const TnGrant *self, const char *url, TnClock *clock, GError **error)
{
  g_autoptr (TnAccount) account = tn_account_new_for_tokens (self->account, url);
  return tn_client_new (account, clock, NULL, &self->limits, error);
}

/**
 * tn_grant_new:
 * @account: with a token_url and a client_id
 * @state_folder: where the refresh token is kept
 * @limits: (nullable): the usual ones when %NULL
 *
 * Errors: %TN_ERROR_INVALID when an address cannot be used.
 */
TnGrant *
tn_grant_new (const TnAccount *account, TnClock *clock, const char *state_folder,
              const TnLimits *limits, GError **error)
{
  g_autoptr (TnGrant) self = g_object_new (TN_TYPE_GRANT, NULL);
  if (account->token_url == NULL || account->client_id == NULL || state_folder == NULL)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "oauth has no token_url and client_id, expected both");
      return NULL;
    }
  self->account = tn_account_ref (account);
  self->clock = g_object_ref (clock);
  self->limits = limits != NULL ? *limits : tn_limits_usual;
  self->path = tn_keyring_dup_path (state_folder, account);
  self->tokens = open_client (self, account->token_url, clock, error);
  if (self->tokens == NULL)
    g_prefix_error (error, "token_url: ");
  else if (account->device_url == NULL)
    return g_steal_pointer (&self);
  else
    self->devices = open_client (self, account->device_url, clock, error);
  if (self->devices != NULL)
    return g_steal_pointer (&self);
  if (self->tokens != NULL)
    g_prefix_error (error, "device_url: ");
  return NULL;
}

/* A form on its way: key -> post. Its task gives the answer. */
typedef struct
{
  TnClient *client; /* (owned) */
  const char *url;  /* (unowned) of the grant's account */
  GBytes *form;     /* (owned) */
} Posting;

static void
posting_free (Posting *posting)
{
  g_clear_object (&posting->client);
  g_clear_pointer (&posting->form, g_bytes_unref);
  g_free (posting);
}

static void
on_posted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;
  TnHttpResponse *response = tn_client_send_finish (TN_CLIENT (source), result, &error);
  if (response == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, response, (GDestroyNotify) tn_http_response_free);
}

static void
post (GTask *owned_task)
{
  static const char *const headers[]
      = { "Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json", NULL };
  g_autoptr (GTask) task = owned_task;
  const Posting *posting = g_task_get_task_data (task);
  g_autoptr (TnHttpRequest) request
      = tn_http_request_new ("POST", posting->url, headers, posting->form);
  tn_client_send_async (posting->client, request, g_task_get_cancellable (task), on_posted,
                        g_object_ref (task));
}

static void
on_key (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  TnGrant *self = g_task_get_source_object (task);
  Posting *posting = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (TnSecret) assertion = NULL;
  g_autoptr (TnSecret) key = tn_secret_load_finish (result, &error);
  if (key != NULL)
    assertion = tn_assertion_sign (self->account, key, tn_clock_now_us (self->clock), id, &error);
  if (assertion == NULL)
    {
      g_prefix_error (&error, "client_key: ");
      g_task_return_error (task, error);
      return;
    }
  posting->form = tn_oauth2_add_assertion (posting->form, assertion);
  post (g_steal_pointer (&task));
}

/* To the token server goes what shows who asks; certificate and key are read each time, so whoever
 * puts new ones there restarts nothing. */
static void
post_async (TnGrant *self, TnClient *client, const char *url, GBytes *owned_form,
            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, post_async);
  Posting *posting = g_new0 (Posting, 1);
  *posting = (Posting){ g_object_ref (client), url, owned_form };
  g_task_set_task_data (task, posting, (GDestroyNotify) posting_free);
  if (client == self->tokens && self->account->signing_certificate != NULL)
    tn_secret_load_async (&self->account->signing_key, cancellable, on_key,
                          g_steal_pointer (&task));
  else
    post (g_steal_pointer (&task));
}

static TnHttpResponse *
post_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
keep (TnGrant *self, const TnOauth2Token *token, GError **error)
{
  gboolean is_kept = token->refresh != NULL && !tn_account_is_for_itself (self->account);
  return !is_kept || tn_keyring_save (self->path, token->refresh, error);
}

static void
on_renewed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  TnGrant *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (TnHttpResponse) response = post_finish (result, &error);
  g_autoptr (TnOauth2Token) token
      = response != NULL ? tn_oauth2_parse_token (response, NULL, &error) : NULL;
  if (token == NULL || !keep (self, token, &error))
    {
      g_prefix_error (&error, "cannot renew the token: ");
      g_task_return_error (task, error);
    }
  else
    g_task_return_pointer (task, g_steal_pointer (&token), (GDestroyNotify) tn_oauth2_token_free);
}

/**
 * tn_grant_renew_async:
 *
 * Errors: %TN_ERROR_AUTH nobody has logged in, or has to again; as tn_client_send_async() else.
 */
void
tn_grant_renew_async (TnGrant *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tn_grant_renew_async);
  GError *error = NULL;
  GBytes *form = NULL;
  g_autoptr (TnSecret) refresh = NULL;
  if (tn_account_is_for_itself (self->account))
    form = tn_oauth2_format_client_grant (self->account);
  else
    refresh = tn_keyring_load (self->path, &error);
  if (refresh != NULL && tn_keyring_save (self->path, refresh, &error))
    form = tn_oauth2_format_refresh_grant (self->account, refresh);
  if (form == NULL)
    g_task_return_error (task, error);
  else
    post_async (self, self->tokens, self->account->token_url, form, cancellable, on_renewed,
                g_steal_pointer (&task));
}

TnOauth2Token *
tn_grant_renew_finish (TnGrant *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A device that asks to be let in. */
typedef struct
{
  TnOauth2Show show;
  gpointer user_data;
  TnOauth2Device *device; /* (owned) (nullable) */
  gint64 waited_s;
  GSource *timer; /* (owned) (nullable) */
} Asking;

static void wait_and_ask (GTask *task);

static void
asking_free (Asking *asking)
{
  tn_loop_clear_source (&asking->timer);
  tn_oauth2_device_free (asking->device);
  g_free (asking);
}

static void
finish_login (TnGrant *self, GTask *task, const TnOauth2Token *token)
{
  GError *error = NULL;
  if (token->refresh == NULL)
    g_task_return_new_error (task, TN_ERROR, TN_ERROR_AUTH,
                             "the server gives no refresh token; say scope = \"… offline_access\"");
  else if (!keep (self, token, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  TnGrant *self = g_task_get_source_object (task);
  Asking *asking = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  TnOauth2Wait wait = TN_OAUTH2_WAIT_NO;
  g_autoptr (TnHttpResponse) response = post_finish (result, &error);
  g_autoptr (TnOauth2Token) token
      = response != NULL ? tn_oauth2_parse_token (response, &wait, &error) : NULL;
  if (token != NULL)
    {
      finish_login (self, task, token);
      return;
    }
  asking->device->interval_s += wait == TN_OAUTH2_WAIT_LONGER ? SLOWER_S : 0;
  if (wait == TN_OAUTH2_WAIT_NO && !tn_error_is_temporary (error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (asking->waited_s >= asking->device->lifetime_s)
    g_task_return_new_error (task, TN_ERROR, TN_ERROR_AUTH, "nobody typed the code in time");
  else
    wait_and_ask (task);
}

/* The timer is the task's, and holds it; both end here. */
static void
ask (GTask *owned_task)
{
  g_autoptr (GTask) task = owned_task;
  TnGrant *self = g_task_get_source_object (task);
  Asking *asking = g_task_get_task_data (task);
  tn_loop_clear_source (&asking->timer);
  if (g_task_return_error_if_cancelled (task))
    return;
  GBytes *form = tn_oauth2_format_device_grant (self->account, asking->device->device_code);
  post_async (self, self->tokens, self->account->token_url, form, g_task_get_cancellable (task),
              on_asked, g_object_ref (task));
}

/* It is time, or the login was cancelled: the child source wakes this one. */
static gboolean
on_timer (gpointer user_data)
{
  ask (user_data);
  return G_SOURCE_REMOVE;
}

static void
wait_and_ask (GTask *task)
{
  TnGrant *self = g_task_get_source_object (task);
  Asking *asking = g_task_get_task_data (task);
  gint64 interval_s = CLAMP (asking->device->interval_s, 1, 600);
  asking->waited_s += interval_s;
  asking->timer = g_timeout_source_new ((guint) interval_s * self->limits.poll_unit_ms);
  g_source_set_callback (asking->timer, on_timer, g_object_ref (task), NULL);
  if (g_task_get_cancellable (task) != NULL)
    {
      g_autoptr (GSource) cancel = g_cancellable_source_new (g_task_get_cancellable (task));
      g_source_set_dummy_callback (cancel);
      g_source_add_child_source (asking->timer, cancel);
    }
  g_source_attach (asking->timer, NULL);
}

static void
on_device (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Asking *asking = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TnHttpResponse) response = post_finish (result, &error);
  asking->device = response != NULL ? tn_oauth2_parse_device (response, &error) : NULL;
  if (asking->device == NULL)
    {
      g_prefix_error (&error, "cannot ask to be let in: ");
      g_task_return_error (task, error);
      return;
    }
  asking->show (asking->device->url, asking->device->user_code, asking->device->lifetime_s,
                asking->user_data);
  wait_and_ask (task);
}

/* Why nobody can log the account in at another screen. */
static GError *
refuse_login (const TnGrant *self)
{
  if (!tn_account_is_for_itself (self->account))
    return g_error_new (
        TN_ERROR, TN_ERROR_INVALID,
        "the settings have no device_url, expected one in oauth = { … }, or tenant");
  g_autoptr (GPtrArray) ends = tn_expiry_list (self->account, tn_clock_now_us (self->clock));
  const TnExpiry *end = ends->len > 0 ? g_ptr_array_index (ends, ends->len - 1) : NULL;
  g_autofree char *further
      = end != NULL ? g_strdup_printf ("; %s: %s", end->text, end->advice) : g_strdup ("");
  return g_error_new (
      TN_ERROR, TN_ERROR_INVALID, "it logs in as itself with its %s, and no person has to%s",
      self->account->signing_certificate != NULL ? "certificate" : "secret", further);
}

/**
 * tn_oauth2_login_async:
 * @show: told what a person has to type where
 *
 * Lets a person log the account in at another screen, and keeps the token that comes of it. Clients
 * of the account find it when they next need one.
 *
 * Source: RFC 8628.
 * Errors: %TN_ERROR_INVALID no device_url, or no person is needed; %TN_ERROR_AUTH refused, or not
 * in time.
 */
void
tn_oauth2_login_async (TnGrant *self, TnOauth2Show show, gpointer show_user_data,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tn_oauth2_login_async);
  if (self->devices == NULL)
    {
      g_task_return_error (task, refuse_login (self));
      return;
    }
  Asking *asking = g_new0 (Asking, 1);
  asking->show = show;
  asking->user_data = show_user_data;
  g_task_set_task_data (task, asking, (GDestroyNotify) asking_free);
  post_async (self, self->devices, self->account->device_url,
              tn_oauth2_format_device_question (self->account), cancellable, on_device,
              g_steal_pointer (&task));
}

gboolean
tn_oauth2_login_finish (TnGrant *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
