/* Letters to a mail server. Curl connects, changes to TLS, holds the certificate against the host
 * and logs in (CURLOPT_CONNECT_ONLY); what is said then, of which only four lines are needed, is
 * dialogue.c's. For curl itself blocks the whole process at the end of each letter until the server
 * answers: its smtp_done() and smtp_disconnect() call a loop of their own, for two minutes at most
 * (seen in 7.88.1), and a server that looks for viruses first takes seconds (promise 8).
 *
 * Each letter has a connection of its own: they are few, and one that stalls delays no other. */
#include "http/smtp.h"

#include <glib-unix.h>
#include <string.h>

#include "base/error.h"
#include "base/loop.h"
#include "http/address.h"
#include "http/dialogue.h"
#include "http/login.h"
#include "http/source.h"

static const gsize MESSAGE_MAX_BYTES = 4u << 20;

struct _TnSmtp
{
  GObject parent;
  TnMail *mail;       /* (owned) */
  TnAddress *address; /* (owned) */
  TnLogin *login;     /* (owned) */
  TnLimits limits;
};

G_DEFINE_TYPE (TnSmtp, tn_smtp, G_TYPE_OBJECT)

/* A letter on its way: login -> connection -> dialogue. Its task owns it. */
typedef struct
{
  TnSmtp *smtp;         /* (unowned) the task's source */
  GTask *task;          /* (owned) until it is answered */
  TnDialogue *dialogue; /* (owned) */
  TnSecret *secret;     /* (owned) (nullable) */
  TnSource *source;     /* (owned) (nullable) once it is begun */
  CURL *easy;           /* (owned) (nullable) likewise */
  GSource *watch;       /* (owned) (nullable) of the socket, once it is connected */
  GSource *alarm;       /* (owned) (nullable) */
  GSource *cancel;      /* (owned) (nullable) */
  gboolean is_unsure;
  char reason[CURL_ERROR_SIZE];
} Send;

/* Curl says no farewell to a connection that was made for us: it closes it. */
static void
hang_up (Send *send)
{
  tn_loop_clear_source (&send->cancel);
  tn_loop_clear_source (&send->watch);
  tn_loop_clear_source (&send->alarm);
  if (send->source != NULL)
    tn_source_remove (send->source, send->easy);
  g_clear_pointer (&send->easy, curl_easy_cleanup);
  g_clear_pointer (&send->source, tn_source_free);
}

static void
send_free (Send *send)
{
  hang_up (send);
  tn_dialogue_free (send->dialogue);
  g_clear_pointer (&send->secret, tn_secret_unref);
  g_free (send);
}

/* Returns: (transfer full): the task of @send, which is out of everything else from now on */
static GTask *
conclude (Send *send)
{
  send->is_unsure = tn_dialogue_is_unsure (send->dialogue);
  hang_up (send);
  return g_steal_pointer (&send->task);
}

/* @error: (transfer full) */
static void
fail (Send *send, GError *error)
{
  g_autoptr (GTask) task = conclude (send);
  if (send->is_unsure)
    {
      g_clear_error (&error);
      error = g_error_new (TN_ERROR, TN_ERROR_TEMPORARY,
                           "no answer after the last line, it may have arrived; it is sent again "
                           "under the same Message-ID");
    }
  g_task_return_error (task, error);
}

static gboolean
on_alarm (gpointer user_data)
{
  Send *send = user_data;
  fail (send, g_error_new (TN_ERROR, TN_ERROR_TEMPORARY, "the server does not answer"));
  return G_SOURCE_REMOVE;
}

/* Returns: FALSE when @send has ended */
static gboolean
hear (Send *send)
{
  char bytes[4096];
  gsize n = 0;
  GError *error = NULL;
  CURLcode code = CURLE_OK;
  while ((code = curl_easy_recv (send->easy, bytes, sizeof bytes, &n)) == CURLE_OK && n > 0)
    if (!tn_dialogue_take (send->dialogue, bytes, n, &error))
      {
        fail (send, error);
        return FALSE;
      }
    else if (tn_dialogue_is_over (send->dialogue))
      return TRUE;
  if (code == CURLE_AGAIN)
    return TRUE;
  fail (send, g_error_new (TN_ERROR, TN_ERROR_TEMPORARY, "the server closed the connection"));
  return FALSE;
}

/* Returns: FALSE when @send has ended */
static gboolean
speak (Send *send, gboolean *ret_waits)
{
  gsize length = 0;
  gsize n = 0;
  const char *bytes = NULL;
  CURLcode code = CURLE_OK;
  while ((bytes = tn_dialogue_get_output (send->dialogue, &length)), length > 0)
    {
      code = curl_easy_send (send->easy, bytes, length, &n);
      if (code != CURLE_OK)
        break;
      tn_dialogue_note_sent (send->dialogue, n);
    }
  *ret_waits = code == CURLE_AGAIN;
  if (code == CURLE_OK || code == CURLE_AGAIN)
    return TRUE;
  fail (send, g_error_new (TN_ERROR, TN_ERROR_TEMPORARY, "the server closed the connection"));
  return FALSE;
}

static void watch (Send *send, GIOCondition condition);

/* Says and hears what can be said and heard without waiting. */
static void
go_on (Send *send)
{
  gboolean waits = FALSE;
  gsize before = 0;
  gsize after = 0;
  do
    {
      if (!speak (send, &waits) || (!waits && !hear (send)))
        return;
      if (tn_dialogue_is_over (send->dialogue))
        {
          speak (send, &waits); /* the farewell, whose answer is of use to nobody */
          if (send->task == NULL)
            return;
          g_autoptr (GTask) task = conclude (send);
          g_task_return_boolean (task, TRUE);
          return;
        }
      before = after;
      tn_dialogue_get_output (send->dialogue, &after);
    }
  while (!waits && after > 0 && after != before);
  watch (send, waits ? G_IO_OUT : G_IO_IN);
}

static gboolean
on_ready (int socket, GIOCondition condition, gpointer user_data)
{
  Send *send = user_data;
  g_autoptr (GTask) held = g_object_ref (send->task);
  tn_loop_clear_source (&send->watch);
  go_on (send);
  return G_SOURCE_REMOVE;
}

static void
watch (Send *send, GIOCondition condition)
{
  curl_socket_t socket = CURL_SOCKET_BAD;
  if (curl_easy_getinfo (send->easy, CURLINFO_ACTIVESOCKET, &socket) != CURLE_OK
      || socket == CURL_SOCKET_BAD)
    {
      fail (send, g_error_new (TN_ERROR, TN_ERROR_TEMPORARY, "the server closed the connection"));
      return;
    }
  send->watch = g_unix_fd_source_new (socket, condition);
  g_source_set_callback (send->watch, G_SOURCE_FUNC (on_ready), send, NULL);
  g_source_attach (send->watch, NULL);
}

/* What the server said while it let us in, or did not. */
static GError *
judge_login (Send *send, CURLcode code)
{
  long reply = 0;
  curl_easy_getinfo (send->easy, CURLINFO_RESPONSE_CODE, &reply);
  g_autofree char *text
      = g_utf8_make_valid (*send->reason != '\0' ? send->reason : curl_easy_strerror (code), -1);
  gboolean is_trust = code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_ISSUER_ERROR
                      || code == CURLE_USE_SSL_FAILED;
  gboolean is_login = code == CURLE_LOGIN_DENIED || code == CURLE_SSL_CACERT_BADFILE;
  TnError kind = is_trust           ? TN_ERROR_PROTOCOL
                 : reply / 100 == 4 ? TN_ERROR_TEMPORARY
                 : is_login         ? TN_ERROR_AUTH
                 : reply / 100 == 5 ? TN_ERROR_PROTOCOL
                                    : TN_ERROR_TEMPORARY;
  if (reply >= 400)
    return g_error_new (TN_ERROR, kind, "%s was refused (SMTP %ld)",
                        is_login ? "the login" : "the connection", reply);
  return g_error_new (TN_ERROR, kind, "%s (curl %d)", text, code);
}

static void
on_connected (CURL *easy, CURLcode code, gpointer user_data)
{
  Send *send = user_data;
  g_autoptr (GTask) held = g_object_ref (send->task);
  if (code == CURLE_OK)
    {
      go_on (send);
      return;
    }
  GError *error = judge_login (send, code);
  if (g_error_matches (error, TN_ERROR, TN_ERROR_AUTH))
    tn_login_refuse (send->smtp->login, send->secret);
  fail (send, error);
}

static void
set_text (Send *send, CURLoption option, const char *text)
{
  curl_easy_setopt (send->easy, option, text);
}

static void
set_number (Send *send, CURLoption option, long number)
{
  curl_easy_setopt (send->easy, option, number);
}

static void
set_limits (Send *send)
{
  const TnLimits *limits = &send->smtp->limits;
  set_number (send, CURLOPT_CONNECT_ONLY, 1);
  set_number (send, CURLOPT_NOSIGNAL, 1);
  set_number (send, CURLOPT_CONNECTTIMEOUT_MS, (long) limits->total_ms);
  set_number (send, CURLOPT_NETRC, CURL_NETRC_IGNORED);
  set_text (send, CURLOPT_PROXY, ""); /* none, whatever the environment says */
  set_text (send, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt (send->easy, CURLOPT_ERRORBUFFER, send->reason);
  curl_easy_setopt (send->easy, CURLOPT_CURLU, tn_address_get_handle (send->smtp->address));
  send->alarm = g_timeout_source_new (limits->total_ms);
  g_source_set_callback (send->alarm, on_alarm, send, NULL);
  g_source_attach (send->alarm, NULL);
}

/* With STARTTLS it is TLS or nothing: a server that offers none, or somebody on the way who takes
 * the offer out, gets neither password nor letter (hazard 115). */
static void
set_trust (Send *send)
{
  const TnMail *mail = send->smtp->mail;
  set_number (send, CURLOPT_USE_SSL, mail->has_starttls ? CURLUSESSL_ALL : CURLUSESSL_NONE);
  set_number (send, CURLOPT_SSL_VERIFYPEER, 1);
  set_number (send, CURLOPT_SSL_VERIFYHOST, 2);
  set_number (send, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
  if (mail->account->ca != NULL)
    set_text (send, CURLOPT_CAINFO, mail->account->ca);
  if (send->secret == NULL)
    return;
  set_text (send, CURLOPT_USERNAME, mail->account->user);
  set_text (send, CURLOPT_PASSWORD, tn_secret_borrow (send->secret));
}

static void
start (Send *send)
{
  send->easy = curl_easy_init ();
  set_limits (send);
  set_trust (send);
  send->source = tn_source_new (1, NULL, on_connected, send);
  tn_source_keep_done (send->source);
  tn_source_add (send->source, send->easy);
}

/* Whether the server has it, nobody can say any more. */
static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Send *send = user_data;
  g_autoptr (GTask) task = conclude (send);
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static void
on_logged_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) held = G_TASK (user_data);
  Send *send = g_task_get_task_data (held);
  GError *error = NULL;
  TnSecret *secret = NULL;
  gboolean is_in = tn_login_get_finish (TN_LOGIN (source), result, &secret, &error);
  send->secret = secret;
  if (send->task == NULL) /* cancelled meanwhile */
    g_clear_error (&error);
  else if (is_in)
    start (send);
  else
    fail (send, error);
}

/**
 * tn_smtp_send_async:
 * @to: an address by tn_mail_is_address()
 * @message: the whole letter, head and body, lines ended by CRLF; dots are seen to
 *
 * Errors: as tn_dialogue_take(); %TN_ERROR_TEMPORARY also when it does not answer; %TN_ERROR_AUTH
 *   also when it refuses the login, or no password can be had; %TN_ERROR_PROTOCOL also when it has
 *   no TLS, or a certificate that does not hold; %TN_ERROR_LIMIT for a letter that is too big.
 */
void
tn_smtp_send_async (TnSmtp *self, const char *to, GBytes *message, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (tn_mail_is_address (to));
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tn_smtp_send_async);
  Send *send = g_new0 (Send, 1);
  send->smtp = self;
  send->dialogue = tn_dialogue_new (self->mail->from, to, message);
  g_task_set_task_data (task, send, (GDestroyNotify) send_free);
  if (g_bytes_get_size (message) > MESSAGE_MAX_BYTES)
    {
      g_task_return_new_error (task, TN_ERROR, TN_ERROR_LIMIT, "the letter is too big");
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
  send->task = g_object_ref (task);
  tn_login_get_async (self->login, NULL, on_logged_in, g_steal_pointer (&task));
}

/**
 * tn_smtp_send_finish:
 * @ret_is_unsure: (out): whether the server may have the letter although it is not sure; then the
 *   same one is to be sent again, under the same Message-ID
 *
 * Returns: %TRUE when the server has taken the letter over
 */
gboolean
tn_smtp_send_finish (TnSmtp *self, GAsyncResult *result, gboolean *ret_is_unsure, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  const Send *send = g_task_get_task_data (G_TASK (result));
  *ret_is_unsure = send->is_unsure;
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
finalize (GObject *object)
{
  TnSmtp *self = TN_SMTP (object);
  g_clear_pointer (&self->mail, tn_mail_unref);
  g_clear_pointer (&self->address, tn_address_free);
  g_clear_object (&self->login);
  G_OBJECT_CLASS (tn_smtp_parent_class)->finalize (object);
}

static void
tn_smtp_class_init (TnSmtpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tn_smtp_init (TnSmtp *self)
{
}

/**
 * tn_smtp_new:
 * @limits: (nullable): the usual ones when %NULL
 *
 * Touches nothing outside.
 *
 * Errors: %TN_ERROR_INVALID when the server's address cannot be used, or would get letters in the
 *   clear and is not this host.
 * Returns: (transfer full) (nullable)
 */
TnSmtp *
tn_smtp_new (const TnMail *mail, TnClock *clock, const TnLimits *limits, GError **error)
{
  g_autoptr (TnSmtp) self = g_object_new (TN_TYPE_SMTP, NULL);
  self->address = tn_address_parse_mail (mail->account->url, error);
  if (self->address == NULL)
    return NULL;
  if (!tn_address_is_secure (self->address) && !mail->has_starttls
      && !tn_address_is_loopback (self->address))
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "letters to %s would not be encrypted, expected smtps: or starttls = true",
                   tn_address_get_text (self->address));
      return NULL;
    }
  self->mail = tn_mail_ref (mail);
  self->login = tn_login_new (mail->account, clock, NULL);
  self->limits = limits != NULL ? *limits : tn_limits_usual;
  return g_steal_pointer (&self);
}
