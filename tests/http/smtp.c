/* tests/http/smtp.c — letters, and what may become of them on the way */
#include "http/smtp.h"

#include <string.h>

#include "base/error.h"
#include "fakes/await.h"
#include "fakes/fake-clock.h"
#include "fakes/smtp-server.h"
#include "http/site.h"

#define LETTER "Subject: test\r\n\r\nFirst line.\r\n.second begins with a dot\r\n.\r\nlast\r\n"

/* A server, and how the settings describe it. */
typedef struct
{
  TnHttpSite site;      /* for its folder and clock */
  TnSmtpServer *server; /* (owned) */
  TnMail *mail;         /* (owned) */
  TnLimits limits;
  gboolean is_unsure; /* of the last letter */
} Fixture;

static void
describe (Fixture *self)
{
  g_autofree char *url = tn_smtp_server_dup_url (self->server);
  g_clear_pointer (&self->mail, tn_mail_unref);
  self->mail = tn_mail_new (url);
  self->mail->from = g_strdup ("turnus@odense.example");
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  tn_http_site_set_up (&self->site, NULL);
  self->server = tn_smtp_server_new (NULL, FALSE);
  self->limits = tn_limits_usual;
  describe (self);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  tn_smtp_server_free (self->server);
  tn_mail_unref (self->mail);
  tn_http_site_tear_down (&self->site, NULL);
}

static gboolean
send_to (Fixture *self, const char *to, GError **error)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (LETTER, strlen (LETTER));
  g_autoptr (TnSmtp) smtp = tn_smtp_new (self->mail, self->site.clock, &self->limits, error);
  g_assert_nonnull (smtp);
  tn_smtp_send_async (smtp, to, bytes, NULL, tn_await_store, &slot);
  g_autoptr (GAsyncResult) result = tn_await (&slot);
  return tn_smtp_send_finish (smtp, result, &self->is_unsure, error);
}

static void
assert_sent (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  gboolean is_sent = send_to (self, "raad@odense.example", &error);
  g_assert_no_error (error);
  g_assert_true (is_sent);
  g_assert_false (self->is_unsure);
}

static void
assert_fails (Fixture *self, int code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_assert_false (send_to (self, "raad@odense.example", &error));
  g_assert_error (error, TN_ERROR, code);
  if (strstr (error->message, words) == NULL)
    g_test_fail_printf ("'%s' is not in '%s'", words, error->message);
  g_assert_null (strstr (error->message, "hunter2"));
}

static void
push (Fixture *self, TnSmtpStage stage, const char *reply)
{
  tn_smtp_server_push_fault (self->server, &(TnSmtpFault){ .stage = stage, .reply = reply });
}

static GTlsCertificate *
load_certificate (const char *name, char **ret_path)
{
  g_autofree char *file = g_strconcat (name, ".pem", NULL);
  g_autofree char *path
      = g_build_filename (g_getenv ("TURNUS_SOURCE"), "tests", "http", "certificates", file, NULL);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_file (path, &error);
  g_assert_no_error (error);
  *ret_path = g_steal_pointer (&path);
  return certificate;
}

/* @trusted: its own certificate is, else that of another */
static void
serve_tls (Fixture *self, gboolean from_the_start, gboolean trusted)
{
  g_autofree char *own = NULL;
  g_autofree char *other = NULL;
  g_autoptr (GTlsCertificate) certificate = load_certificate ("good", &own);
  g_autoptr (GTlsCertificate) stranger = load_certificate ("other", &other);
  tn_smtp_server_free (self->server);
  self->server = tn_smtp_server_new (certificate, from_the_start);
  describe (self);
  self->mail->has_starttls = !from_the_start;
  self->mail->account->ca = g_strdup (trusted ? own : other);
}

static void
log_in (Fixture *self)
{
  self->mail->account->auth = TN_AUTH_BASIC;
  self->mail->account->user = g_strdup ("turnus");
  self->mail->account->password.file
      = tn_http_site_write_secret (&self->site, "secret", "hunter2\n");
}

static void
test_arrives (Fixture *self, gconstpointer unused)
{
  assert_sent (self);
  g_assert_cmpuint (tn_smtp_server_count (self->server), ==, 1);
  const TnCaught *caught = tn_smtp_server_get (self->server, 0);
  g_assert_cmpstr (caught->from, ==, "turnus@odense.example");
  g_assert_cmpstr (caught->to, ==, "raad@odense.example");
  g_assert_cmpstr (caught->text, ==, LETTER);
  g_assert_null (caught->login);
}

static void
test_starttls (Fixture *self, gconstpointer unused)
{
  serve_tls (self, FALSE, TRUE);
  log_in (self);
  assert_sent (self);
  g_assert_true (tn_smtp_server_get (self->server, 0)->was_safe);
  g_assert_cmpstr (tn_smtp_server_get (self->server, 0)->login, ==, "turnus:hunter2");
}

static void
test_smtps (Fixture *self, gconstpointer unused)
{
  serve_tls (self, TRUE, TRUE);
  assert_sent (self);
  g_assert_true (tn_smtp_server_get (self->server, 0)->was_safe);
}

static void
test_wrong_certificate (Fixture *self, gconstpointer unused)
{
  serve_tls (self, FALSE, FALSE);
  log_in (self);
  assert_fails (self, TN_ERROR_PROTOCOL, "curl 60");
  serve_tls (self, TRUE, FALSE);
  assert_fails (self, TN_ERROR_PROTOCOL, "curl 60");
  g_assert_cmpuint (tn_smtp_server_count (self->server), ==, 0);
}

static void
test_tls_taken_out (Fixture *self, gconstpointer unused)
{
  serve_tls (self, FALSE, TRUE);
  tn_smtp_server_offer_nothing (self->server);
  log_in (self);
  assert_fails (self, TN_ERROR_PROTOCOL, "curl 64");
  g_assert_false (tn_smtp_server_heard (self->server, "AUTH"));
  g_assert_false (tn_smtp_server_heard (self->server, "MAIL"));
}

static void
test_plain_elsewhere (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnMail) mail = tn_mail_new ("smtp://mail.example");
  mail->from = g_strdup ("turnus@odense.example");
  g_assert_null (tn_smtp_new (mail, self->site.clock, NULL, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
}

static void
test_login_refused (Fixture *self, gconstpointer unused)
{
  log_in (self);
  push (self, TN_SMTP_AUTH, "535 5.7.8 hunter2 is wrong");
  assert_fails (self, TN_ERROR_AUTH, "refused");
  g_assert_cmpuint (tn_smtp_server_count (self->server), ==, 0);
}

static void
test_no_password (Fixture *self, gconstpointer unused)
{
  self->mail->account->auth = TN_AUTH_BASIC;
  self->mail->account->user = g_strdup ("turnus");
  self->mail->account->password.file = g_strdup ("/nowhere/secret");
  assert_fails (self, TN_ERROR_AUTH, "/nowhere/secret");
  g_assert_cmpuint (tn_smtp_server_count_connections (self->server), ==, 0);
}

static void
test_refused (Fixture *self, gconstpointer unused)
{
  push (self, TN_SMTP_RCPT, "550 5.1.1 no such mailbox");
  assert_fails (self, TN_ERROR_DENIED, "the receiver was refused (SMTP 550)");
  push (self, TN_SMTP_DATA, "554 5.7.1 not here");
  assert_fails (self, TN_ERROR_DENIED, "the letter was refused (SMTP 554)");
  push (self, TN_SMTP_DOT, "552 5.2.2 too big");
  assert_fails (self, TN_ERROR_DENIED, "the letter was refused (SMTP 552)");
  g_assert_false (self->is_unsure);
}

static void
test_refused_as_a_whole (Fixture *self, gconstpointer unused)
{
  push (self, TN_SMTP_MAIL, "550 5.7.1 not from here");
  assert_fails (self, TN_ERROR_PROTOCOL, "the sender was refused (SMTP 550)");
  push (self, TN_SMTP_MAIL, "530 5.7.0 log in first");
  assert_fails (self, TN_ERROR_AUTH, "SMTP 530");
  push (self, TN_SMTP_GREET, "554 5.7.1 no service");
  assert_fails (self, TN_ERROR_PROTOCOL, "SMTP 554");
}

static void
test_later (Fixture *self, gconstpointer unused)
{
  static const TnSmtpStage stages[]
      = { TN_SMTP_GREET, TN_SMTP_MAIL, TN_SMTP_RCPT, TN_SMTP_DATA, TN_SMTP_DOT };
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      push (self, stages[i], "451 4.3.0 later");
      assert_fails (self, TN_ERROR_TEMPORARY, "SMTP 451");
      g_assert_false (self->is_unsure);
    }
  g_assert_cmpuint (tn_smtp_server_count (self->server), ==, 0);
}

static void
test_several_lines (Fixture *self, gconstpointer unused)
{
  push (self, TN_SMTP_RCPT, "450-4.2.1 not now\r\n450 4.2.1 really not");
  assert_fails (self, TN_ERROR_TEMPORARY, "SMTP 450");
  assert_sent (self);
}

static void
test_drops (Fixture *self, gconstpointer unused)
{
  static const TnSmtpStage stages[]
      = { TN_SMTP_GREET, TN_SMTP_EHLO, TN_SMTP_MAIL, TN_SMTP_RCPT, TN_SMTP_DATA };
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      tn_smtp_server_push_fault (self->server, &(TnSmtpFault){ .stage = stages[i], .drops = TRUE });
      assert_fails (self, TN_ERROR_TEMPORARY, "");
      g_assert_false (self->is_unsure);
    }
  g_assert_cmpuint (tn_smtp_server_count (self->server), ==, 0);
}

static void
test_lost_answer (Fixture *self, gconstpointer unused)
{
  tn_smtp_server_push_fault (self->server, &(TnSmtpFault){ .stage = TN_SMTP_DOT, .drops = TRUE });
  assert_fails (self, TN_ERROR_TEMPORARY, "same Message-ID");
  g_assert_true (self->is_unsure);
  g_assert_cmpuint (tn_smtp_server_count (self->server), ==, 1);
}

static void
test_hangs (Fixture *self, gconstpointer unused)
{
  static const TnSmtpStage stages[] = { TN_SMTP_GREET, TN_SMTP_RCPT, TN_SMTP_DOT };
  self->limits.total_ms = 200;
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      tn_smtp_server_push_fault (self->server, &(TnSmtpFault){ .stage = stages[i], .hangs = TRUE });
      assert_fails (self, TN_ERROR_TEMPORARY, "");
    }
  g_assert_true (self->is_unsure);
}

/* Curl would wait for the answer to its farewell and do nothing else: this server, in the same main
 * loop, could then not even be asked for it. */
static void
test_farewell (Fixture *self, gconstpointer unused)
{
  gint64 begin_us = g_get_monotonic_time ();
  tn_smtp_server_push_fault (self->server, &(TnSmtpFault){ .stage = TN_SMTP_QUIT, .hangs = TRUE });
  assert_sent (self);
  push (self, TN_SMTP_RCPT, "550 5.1.1 no such mailbox");
  tn_smtp_server_push_fault (self->server, &(TnSmtpFault){ .stage = TN_SMTP_QUIT, .hangs = TRUE });
  assert_fails (self, TN_ERROR_DENIED, "SMTP 550");
  g_test_message ("both letters took %" G_GINT64_FORMAT " us", g_get_monotonic_time () - begin_us);
}

static void
test_cancel (Fixture *self, gconstpointer unused)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static (LETTER, strlen (LETTER));
  g_autoptr (TnSmtp) smtp = tn_smtp_new (self->mail, self->site.clock, &self->limits, NULL);
  tn_smtp_server_push_fault (self->server, &(TnSmtpFault){ .stage = TN_SMTP_MAIL, .hangs = TRUE });
  tn_smtp_send_async (smtp, "raad@odense.example", bytes, stop, tn_await_store, &slot);
  while (!tn_smtp_server_heard (self->server, "MAIL"))
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (stop);
  g_autoptr (GAsyncResult) result = tn_await (&slot);
  g_assert_false (tn_smtp_send_finish (smtp, result, &self->is_unsure, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (self->is_unsure);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(sentence, test)                                                                        \
  g_test_add ("/http/smtp/" sentence, Fixture, NULL, set_up, test, tear_down)
  ADD ("letter-arrives-as-it-was", test_arrives);
  ADD ("starttls-comes-before-the-password", test_starttls);
  ADD ("smtps-is-safe-from-the-start", test_smtps);
  ADD ("hazard-78-certificate-that-does-not-hold-stops-all", test_wrong_certificate);
  ADD ("hazard-115-server-whose-tls-was-taken-out-gets-nothing", test_tls_taken_out);
  ADD ("hazard-115-plain-only-to-this-host", test_plain_elsewhere);
  ADD ("login-that-is-refused-is-no-fault-of-the-letter", test_login_refused);
  ADD ("without-its-password-nobody-is-asked", test_no_password);
  ADD ("receiver-or-letter-that-is-refused", test_refused);
  ADD ("sender-that-is-refused-is-about-all-letters", test_refused_as_a_whole);
  ADD ("later-is-later-at-each-stage", test_later);
  ADD ("answer-of-several-lines-is-one", test_several_lines);
  ADD ("connection-that-breaks-is-tried-again", test_drops);
  ADD ("answer-to-the-last-line-that-is-lost-is-unsure", test_lost_answer);
  ADD ("server-that-hangs-has-a-deadline", test_hangs);
  ADD ("farewell-is-not-waited-for", test_farewell);
  ADD ("cancelled-letter-ends-at-once", test_cancel);
#undef ADD
  return g_test_run ();
}
