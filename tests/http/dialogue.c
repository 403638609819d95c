/* tests/http/dialogue.c — what is said to a mail server, and what its answers mean */
#include "http/dialogue.h"

#include <string.h>

#include "base/error.h"

static TnDialogue *
begin (const char *letter)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (letter, strlen (letter));
  return tn_dialogue_new ("turnus@odense.example", "raad@odense.example", bytes);
}

/* Says all that is to be said, which must be @wanted. */
static void
say (TnDialogue *dialogue, const char *wanted)
{
  gsize length = 0;
  const char *out = tn_dialogue_get_output (dialogue, &length);
  g_autofree char *said = g_strndup (out, length);
  g_assert_cmpstr (said, ==, wanted);
  tn_dialogue_note_sent (dialogue, length);
}

static void
hear (TnDialogue *dialogue, const char *line)
{
  g_autoptr (GError) error = NULL;
  gboolean done = tn_dialogue_take (dialogue, line, strlen (line), &error);
  g_assert_no_error (error);
  g_assert_true (done);
}

static void
hear_bad (TnDialogue *dialogue, const char *line, int code)
{
  g_autoptr (GError) error = NULL;
  g_assert_false (tn_dialogue_take (dialogue, line, strlen (line), &error));
  g_assert_error (error, TN_ERROR, code);
}

static void
test_whole (void)
{
  g_autoptr (TnDialogue) dialogue = begin ("Subject: x\r\n\r\n.dot\r\n..\r\nlast\r\n");
  say (dialogue, "MAIL FROM:<turnus@odense.example>\r\n");
  hear (dialogue, "250 2.1.0 well\r\n");
  say (dialogue, "RCPT TO:<raad@odense.example>\r\n");
  hear (dialogue, "250-2.1.5 well\r\n250 2.1.5 really\r\n");
  say (dialogue, "DATA\r\n");
  hear (dialogue, "354 go on\r\n");
  g_assert_false (tn_dialogue_is_unsure (dialogue));
  say (dialogue, "Subject: x\r\n\r\n..dot\r\n...\r\nlast\r\n.\r\n");
  g_assert_true (tn_dialogue_is_unsure (dialogue));
  g_assert_false (tn_dialogue_is_over (dialogue));
  hear (dialogue, "250 2.0.0 mine\r\n");
  g_assert_true (tn_dialogue_is_over (dialogue));
  g_assert_false (tn_dialogue_is_unsure (dialogue));
  say (dialogue, "QUIT\r\n");
}

static void
test_no_end (void)
{
  g_autoptr (TnDialogue) dialogue = begin ("Subject: x\r\n\r\nlast");
  say (dialogue, "MAIL FROM:<turnus@odense.example>\r\n");
  hear (dialogue, "250 well\r\n");
  say (dialogue, "RCPT TO:<raad@odense.example>\r\n");
  hear (dialogue, "251 well\r\n");
  say (dialogue, "DATA\r\n");
  hear (dialogue, "354 go on\r\n");
  say (dialogue, "Subject: x\r\n\r\nlast\r\n.\r\n");
}

static void
test_pieces (void)
{
  g_autoptr (TnDialogue) dialogue = begin ("x\r\n");
  say (dialogue, "MAIL FROM:<turnus@odense.example>\r\n");
  hear (dialogue, "2");
  hear (dialogue, "50 w");
  hear (dialogue, "ell\r");
  hear (dialogue, "\n");
  say (dialogue, "RCPT TO:<raad@odense.example>\r\n");
}

static void
test_not_smtp (void)
{
  static const char *const lines[]
      = { "HTTP/1.1 200 OK\r\n", "\r\n", "25\r\n", "999 x\r\n", "150 x\r\n", "abc\n" };
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (TnDialogue) dialogue = begin ("x\r\n");
      say (dialogue, "MAIL FROM:<turnus@odense.example>\r\n");
      hear_bad (dialogue, lines[i], TN_ERROR_PROTOCOL);
    }
}

static void
test_too_early (void)
{
  g_autoptr (TnDialogue) dialogue = begin ("x\r\n");
  hear_bad (dialogue, "250 I know already\r\n", TN_ERROR_PROTOCOL);
  g_autoptr (TnDialogue) other = begin ("x\r\n");
  say (other, "MAIL FROM:<turnus@odense.example>\r\n");
  hear_bad (other, "250 well\r\n250 the next too\r\n", TN_ERROR_PROTOCOL);
}

static void
test_no_line_end (void)
{
  g_autoptr (TnDialogue) dialogue = begin ("x\r\n");
  g_autofree char *line = g_strnfill (5000, '2');
  say (dialogue, "MAIL FROM:<turnus@odense.example>\r\n");
  hear_bad (dialogue, line, TN_ERROR_PROTOCOL);
}

static void
test_refusals (void)
{
  g_autoptr (TnDialogue) sender = begin ("x\r\n");
  say (sender, "MAIL FROM:<turnus@odense.example>\r\n");
  hear_bad (sender, "550 no\r\n", TN_ERROR_PROTOCOL);
  g_autoptr (TnDialogue) login = begin ("x\r\n");
  say (login, "MAIL FROM:<turnus@odense.example>\r\n");
  hear_bad (login, "530 log in\r\n", TN_ERROR_AUTH);
  g_autoptr (TnDialogue) receiver = begin ("x\r\n");
  say (receiver, "MAIL FROM:<turnus@odense.example>\r\n");
  hear (receiver, "250 well\r\n");
  say (receiver, "RCPT TO:<raad@odense.example>\r\n");
  hear_bad (receiver, "550 no\r\n", TN_ERROR_DENIED);
  g_autoptr (TnDialogue) later = begin ("x\r\n");
  say (later, "MAIL FROM:<turnus@odense.example>\r\n");
  hear_bad (later, "421 later\r\n", TN_ERROR_TEMPORARY);
}

/* Bytes of a server that means no good: they end it or not, and nothing else. */
static void
test_anything (void)
{
  static const char letters[] = "2345 -\r\n0x";
  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (TnDialogue) dialogue = begin ("x\r\n");
      gboolean goes_on = TRUE;
      for (guint j = 0; j < 60 && goes_on; j++)
        {
          gsize length = 0;
          tn_dialogue_get_output (dialogue, &length);
          tn_dialogue_note_sent (dialogue, length);
          char byte = letters[g_test_rand_int_range (0, sizeof letters - 1)];
          goes_on = tn_dialogue_take (dialogue, &byte, 1, NULL);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/dialogue/letter-is-said-and-its-dots-doubled", test_whole);
  g_test_add_func ("/http/dialogue/letter-without-a-last-line-end-gets-one", test_no_end);
  g_test_add_func ("/http/dialogue/answers-come-in-any-pieces", test_pieces);
  g_test_add_func ("/http/dialogue/what-is-not-smtp-ends-it", test_not_smtp);
  g_test_add_func ("/http/dialogue/answer-to-nothing-ends-it", test_too_early);
  g_test_add_func ("/http/dialogue/line-without-end-ends-it", test_no_line_end);
  g_test_add_func ("/http/dialogue/refusal-means-what-it-is-about", test_refusals);
  g_test_add_func ("/http/dialogue/any-bytes-do-no-harm", test_anything);
  return g_test_run ();
}
