/* Requests to one account. Each account has its own multi handle, so its connections can carry
 * nobody else's credentials (hazard 84). Requests go to the origin of the account's URL and
 * nowhere else (hazards 75, 76); those beyond the limit, and writes beyond what the server is given
 * at a time (pace.c), wait here and not in curl, which would count the waiting into their time. */
#include "http/client.h"

#include "base/error.h"
#include "base/loop.h"
#include "http/login.h"
#include "http/pace.h"
#include "http/retry.h"
#include "http/source.h"

struct _TnClient
{
  GObject parent;
  TnAccount *account; /* (owned) */
  TnAddress *origin;  /* (owned) */
  TnClock *clock;     /* (owned) */
  TnLogin *login;     /* (owned) */
  TnLimits limits;
  TnSource *source; /* (owned) */
  GPtrArray *idle;  /* (owned) (element-type CURL) */
  GQueue waiting;   /* (element-type Send) (unowned) logged in, not started */
  TnPace pace;      /* of writes */
  guint n_running;
  guint n_writes;       /* of those that run */
  guint n_refused;      /* in a row, with 429 or 503 */
  gint64 not_before_us; /* 0: the server did not ask for patience */
};

G_DEFINE_TYPE (TnClient, tn_client, G_TYPE_OBJECT)

/* A request on its way: login -> wait -> transfer. Its task owns it. */
typedef struct
{
  TnClient *client;       /* (unowned) the task's source */
  GTask *task;            /* (owned) until it is answered */
  TnHttpRequest *request; /* (owned) */
  TnAddress *address;     /* (owned) */
  TnSecret *secret;       /* (owned) (nullable) */
  TnTransfer *transfer;   /* (owned) (nullable) while it runs */
  GSource *cancel;        /* (owned) (nullable) */
  gboolean is_waiting;
  gboolean is_second; /* sent again with another login */
  gboolean is_write;
  guint n_writes; /* under way when it was sent, itself included */
} Send;

static void log_in (Send *send);
static void start_waiting (TnClient *self);

static void
send_free (Send *send)
{
  tn_loop_clear_source (&send->cancel);
  g_clear_pointer (&send->request, tn_http_request_free);
  g_clear_pointer (&send->address, tn_address_free);
  g_clear_pointer (&send->secret, tn_secret_unref);
  g_clear_pointer (&send->transfer, tn_transfer_free);
  g_free (send);
}

/* Returns: (transfer full): the task of @send, which is out of everything else from now on */
static GTask *
conclude (Send *send)
{
  if (send->is_waiting)
    g_queue_remove (&send->client->waiting, send);
  send->is_waiting = FALSE;
  tn_loop_clear_source (&send->cancel);
  return g_steal_pointer (&send->task);
}

static void
fail (Send *send, GError *error)
{
  g_autoptr (GTask) task = conclude (send);
  g_prefix_error (&error, "cannot %s %s: ", send->request->method,
                  tn_address_get_text (send->address));
  g_task_return_error (task, error);
}

static void
note_end (Send *send)
{
  send->client->n_running--;
  send->client->n_writes -= send->is_write ? 1 : 0;
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Send *send = user_data;
  g_autoptr (TnClient) self = g_object_ref (send->client);
  if (send->transfer != NULL)
    {
      tn_source_remove (self->source, tn_transfer_get_easy (send->transfer));
      note_end (send);
    }
  g_autoptr (GTask) task = conclude (send);
  g_task_return_error_if_cancelled (task);
  start_waiting (self);
  return G_SOURCE_REMOVE;
}

static CURL *
take_easy (TnClient *self)
{
  if (self->idle->len > 0)
    return g_ptr_array_steal_index_fast (self->idle, self->idle->len - 1);
  return curl_easy_init ();
}

static void
start (Send *send)
{
  TnClient *self = send->client;
  send->transfer = tn_transfer_new (take_easy (self), self->account, &self->limits, send->address,
                                    send->request, send->secret);
  curl_easy_setopt (tn_transfer_get_easy (send->transfer), CURLOPT_PRIVATE, send);
  self->n_running++;
  self->n_writes += send->is_write ? 1 : 0;
  send->n_writes = self->n_writes;
  tn_source_add (self->source, tn_transfer_get_easy (send->transfer));
}

/* A server that asked for patience is not asked until then; a clock that was set back does not
 * make that longer than it can be (hazards 79, 82). */
static gint64
get_patience_s (TnClient *self)
{
  gint64 left_s = (self->not_before_us - tn_clock_now_us (self->clock)) / G_USEC_PER_SEC;
  return left_s > 0 && left_s <= 2 * TN_RETRY_MOST_S ? left_s : 0;
}

static void
start_or_fail (Send *send)
{
  gint64 patience_s = get_patience_s (send->client);
  if (patience_s == 0)
    start (send);
  else
    fail (send, g_error_new (TN_ERROR, TN_ERROR_TEMPORARY,
                             "the server asked for patience for %" G_GINT64_FORMAT " more seconds",
                             patience_s));
}

static void
wait_for (TnClient *self, guint status, gint64 after_s)
{
  gint64 delay_s = tn_retry_get_delay_s (++self->n_refused, status, after_s, g_random_double ());
  self->not_before_us
      = MAX (self->not_before_us, tn_clock_now_us (self->clock) + delay_s * G_USEC_PER_SEC);
}

/* Source: hazard 79. */
static void
note_refusal (TnClient *self, const TnHttpResponse *response)
{
  if (response->status != 429 && response->status != 503)
    {
      self->n_refused = 0;
      return;
    }
  const char *after = tn_http_response_find_header (response, "retry-after");
  wait_for (self, response->status, tn_retry_parse_after (after, tn_clock_now_us (self->clock)));
}

/* Questions pass writes that wait for others. */
static Send *
pop_waiting (TnClient *self)
{
  if (self->n_running >= self->limits.parallel)
    return NULL;
  GList *link = self->waiting.head;
  while (link != NULL && ((Send *) link->data)->is_write && self->n_writes >= self->pace.width)
    link = link->next;
  if (link == NULL)
    return NULL;
  Send *send = link->data;
  g_queue_delete_link (&self->waiting, link);
  send->is_waiting = FALSE;
  return send;
}

static void
start_waiting (TnClient *self)
{
  Send *send = NULL;
  while ((send = pop_waiting (self)) != NULL)
    start_or_fail (send);
}

/* What the server did with a write, and when, says how many it can be given. */
static void
note_pace (const Send *send, const TnHttpResponse *response)
{
  TnPace *pace = &send->client->pace;
  if (!send->is_write)
    return;
  if (response->status < 300)
    tn_pace_note (pace, send->n_writes, tn_clock_monotonic_us (send->client->clock));
  else if (send->n_writes > 1 && (response->status >= 500 || response->status == 429))
    tn_pace_strain (pace);
}

/* A refused login did nothing, so asking again with another one is no retry of a write. */
static gboolean
can_log_in_again (Send *send, const TnHttpResponse *response)
{
  gboolean is_first = !send->is_second;
  if (response->status != 401 || !tn_login_refuse (send->client->login, send->secret))
    return FALSE;
  send->is_second = TRUE;
  return is_first;
}

static void
on_transferred (CURL *easy, CURLcode code, gpointer user_data)
{
  g_autoptr (TnClient) self = g_object_ref (TN_CLIENT (user_data));
  Send *send = NULL;
  GError *error = NULL;
  curl_easy_getinfo (easy, CURLINFO_PRIVATE, (char **) &send);
  g_autoptr (TnTransfer) transfer = g_steal_pointer (&send->transfer);
  note_end (send);
  TnHttpResponse *response = tn_transfer_end (transfer, code, &error);
  if (response != NULL)
    {
      note_refusal (self, response);
      note_pace (send, response);
    }
  g_ptr_array_add (self->idle, tn_transfer_steal_easy (transfer));
  if (response == NULL)
    fail (send, error);
  else if (can_log_in_again (send, response))
    {
      tn_http_response_free (response);
      log_in (send);
    }
  else
    {
      g_autoptr (GTask) task = conclude (send);
      g_task_return_pointer (task, response, (GDestroyNotify) tn_http_response_free);
    }
  start_waiting (self);
}

static void
on_logged_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Send *send = g_task_get_task_data (task);
  GError *error = NULL;
  TnSecret *secret = NULL;
  gboolean is_in = tn_login_get_finish (TN_LOGIN (source), result, &secret, &error);
  if (send->task == NULL) /* cancelled meanwhile */
    {
      g_clear_error (&error);
      g_clear_pointer (&secret, tn_secret_unref);
      return;
    }
  if (!is_in)
    {
      fail (send, error);
      return;
    }
  g_clear_pointer (&send->secret, tn_secret_unref);
  send->secret = secret;
  send->is_waiting = TRUE;
  g_queue_push_tail (&send->client->waiting, send);
  start_waiting (send->client);
}

/* The login may outlast this request, so it does not get its cancellable. */
static void
log_in (Send *send)
{
  tn_login_get_async (send->client->login, NULL, on_logged_in, g_object_ref (send->task));
}

static gboolean
check_target (TnClient *self, Send *send, GError **error)
{
  g_autoptr (GError) reason = NULL;
  send->address = tn_address_parse (send->request->url, &reason);
  if (send->address == NULL)
    g_set_error (error, TN_ERROR, TN_ERROR_PROTOCOL, "cannot %s: %s", send->request->method,
                 reason->message);
  else if (!tn_address_has_same_origin (send->address, self->origin))
    g_set_error (error, TN_ERROR, TN_ERROR_PROTOCOL,
                 "cannot %s %s: another server than %s; nothing was sent there",
                 send->request->method, tn_address_get_text (send->address),
                 tn_address_get_text (self->origin));
  else
    return TRUE;
  return FALSE;
}

/**
 * tn_client_send_async:
 * @request: copied
 *
 * Errors: as TurnusHost.send_async: %TN_ERROR_TEMPORARY no answer, or not a whole one: what the
 *   server did is unknown; %TN_ERROR_AUTH no login can be had; %TN_ERROR_PROTOCOL not HTTP, a
 *   certificate that does not hold, or another origin; %TN_ERROR_LIMIT an answer that is too big.
 */
void
tn_client_send_async (TnClient *self, const TnHttpRequest *request, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tn_client_send_async);
  Send *send = g_new0 (Send, 1);
  GError *error = NULL;
  send->client = self;
  send->request = tn_http_request_new (request->method, request->url,
                                       (const char *const *) request->headers, request->body);
  send->is_write = !tn_http_request_is_safe (send->request);
  g_task_set_task_data (task, send, (GDestroyNotify) send_free);
  if (!tn_http_request_check (send->request, &error) || !check_target (self, send, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (g_task_return_error_if_cancelled (task))
    return;
  if (cancellable != NULL)
    {
      send->cancel = g_cancellable_source_new (cancellable);
      g_source_set_callback (send->cancel, G_SOURCE_FUNC (on_cancelled), send, NULL);
      g_source_attach (send->cancel, NULL);
    }
  send->task = g_steal_pointer (&task);
  log_in (send);
}

/**
 * tn_client_send_finish:
 *
 * Returns: (transfer full) (nullable): the whole answer, whatever its status
 */
TnHttpResponse *
tn_client_send_finish (TnClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* UTC microseconds since 1970 before which the server wants no request; 0: it did not say. */
gint64
tn_client_get_not_before_us (TnClient *self)
{
  return self->not_before_us;
}

/**
 * tn_client_be_patient:
 * @after_s: that the server asked for; -1 when it did not say how long
 *
 * The server refused a part of what it was asked in an answer whose status says nothing of it.
 *
 * Source: hazard 79.
 */
void
tn_client_be_patient (TnClient *self, gint64 after_s)
{
  wait_for (self, 429, after_s);
}

static void
finalize (GObject *object)
{
  TnClient *self = TN_CLIENT (object);
  g_clear_pointer (&self->idle, g_ptr_array_unref);
  g_clear_pointer (&self->source, tn_source_free);
  g_clear_pointer (&self->account, tn_account_unref);
  g_clear_pointer (&self->origin, tn_address_free);
  g_clear_object (&self->clock);
  g_clear_object (&self->login);
  G_OBJECT_CLASS (tn_client_parent_class)->finalize (object);
}

static void
tn_client_class_init (TnClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tn_client_init (TnClient *self)
{
  self->idle = g_ptr_array_new_with_free_func (curl_easy_cleanup);
  g_queue_init (&self->waiting);
}

static gboolean
open_login (TnClient *self, const char *state_folder, GError **error)
{
  g_autoptr (TnGrant) grant = NULL;
  if (self->account->auth == TN_AUTH_OAUTH2)
    {
      grant = tn_grant_new (self->account, self->clock, state_folder, &self->limits, error);
      if (grant == NULL)
        return FALSE;
    }
  self->login = tn_login_new (self->account, self->clock, grant);
  return TRUE;
}

/* What this curl was built with; Debian's has both, and NTLM is leaving curl. */
static gboolean
check_scheme (const TnAccount *account, GError **error)
{
  int features = curl_version_info (CURLVERSION_NOW)->features;
  if (account->auth == TN_AUTH_NTLM && (features & CURL_VERSION_NTLM) == 0)
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                 "this curl has no NTLM; say auth = \"negotiate\", or basic over TLS");
  else if (account->auth == TN_AUTH_NEGOTIATE && (features & CURL_VERSION_SPNEGO) == 0)
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                 "this curl has no Negotiate; say auth = \"basic\"");
  else
    return TRUE;
  return FALSE;
}

/**
 * tn_client_new:
 * @state_folder: (nullable): where tokens that change are kept
 * @limits: (nullable): the usual ones when %NULL
 *
 * Touches nothing outside.
 *
 * Errors: %TN_ERROR_INVALID when the account's URL cannot be used, or curl lacks its scheme.
 * Returns: (transfer full) (nullable)
 */
TnClient *
tn_client_new (const TnAccount *account, TnClock *clock, const char *state_folder,
               const TnLimits *limits, GError **error)
{
  g_autoptr (TnClient) self = g_object_new (TN_TYPE_CLIENT, NULL);
  self->origin = tn_address_parse (account->url, error);
  if (self->origin == NULL || !check_scheme (account, error))
    return NULL;
  self->account = tn_account_ref (account);
  self->clock = g_object_ref (clock);
  self->limits = limits != NULL ? *limits : tn_limits_usual;
  if (account->auth == TN_AUTH_NTLM) /* it logs a connection in: one, or each asks anew */
    self->limits.parallel = 1;
  tn_pace_init (&self->pace, self->limits.parallel);
  if (!open_login (self, state_folder, error))
    return NULL;
  self->source = tn_source_new (self->limits.parallel, tn_login_get_ticket (self->login),
                                on_transferred, self);
  return g_steal_pointer (&self);
}
