/* tests/notice/delivery.c — what becomes of a letter after an attempt to send it */
#include "notice/delivery.h"

#include "base/error.h"
#include "base/text.h"

static const gint64 NOW_US = G_GINT64_CONSTANT (1795000000000000);

static TnLetter *
make_letter (TnLetterKind kind)
{
  TnLetter *letter = tn_letter_new ("1", "raad@odense.example", kind);
  letter->written_us = NOW_US;
  tn_text_set (&letter->message, "Subject: x\r\n\r\nx\r\n");
  return letter;
}

static void
fail (TnLetter *letter, int code, gint64 now_us)
{
  g_autoptr (GError) error = g_error_new (TN_ERROR, code, "no");
  tn_delivery_begin (letter);
  tn_delivery_note (letter, error, FALSE, now_us, 0.0);
}

static void
test_sent (void)
{
  g_autoptr (TnLetter) letter = make_letter (TN_LETTER_DIGEST);
  tn_delivery_begin (letter);
  g_assert_cmpint (letter->state, ==, TN_LETTER_UNDERWAY);
  tn_delivery_note (letter, NULL, FALSE, NOW_US + 1, 0.0);
  g_assert_cmpint (letter->state, ==, TN_LETTER_SENT);
  g_assert_cmpint (letter->settled_us, ==, NOW_US + 1);
  g_assert_null (letter->message);
  g_assert_false (tn_delivery_is_due (letter, G_MAXINT64));
}

static void
test_later (void)
{
  g_autoptr (TnLetter) letter = make_letter (TN_LETTER_DIGEST);
  fail (letter, TN_ERROR_TEMPORARY, NOW_US);
  g_assert_cmpint (letter->state, ==, TN_LETTER_WAITING);
  g_assert_cmpstr (letter->problem, ==, "no");
  gint64 first_us = letter->next_us;
  g_assert_false (tn_delivery_is_due (letter, first_us - 1));
  g_assert_true (tn_delivery_is_due (letter, first_us));
  fail (letter, TN_ERROR_AUTH, first_us);
  g_assert_cmpint (letter->next_us - first_us, >, first_us - NOW_US);
  g_assert_nonnull (letter->message);
}

static void
test_five_days (void)
{
  g_autoptr (TnLetter) letter = make_letter (TN_LETTER_URGENT);
  fail (letter, TN_ERROR_TEMPORARY, NOW_US + 5 * G_TIME_SPAN_DAY - 1);
  g_assert_cmpint (letter->state, ==, TN_LETTER_WAITING);
  fail (letter, TN_ERROR_TEMPORARY, NOW_US + 5 * G_TIME_SPAN_DAY);
  g_assert_cmpint (letter->state, ==, TN_LETTER_GIVEN_UP);
  g_assert_null (letter->message);
  g_assert_cmpstr (letter->problem, ==, "no");
}

static void
test_refused (void)
{
  g_autoptr (TnLetter) letter = make_letter (TN_LETTER_DIGEST);
  fail (letter, TN_ERROR_DENIED, NOW_US);
  g_assert_cmpint (letter->state, ==, TN_LETTER_GIVEN_UP);
}

static void
test_ticket (void)
{
  g_autoptr (TnLetter) letter = make_letter (TN_LETTER_TICKET);
  fail (letter, TN_ERROR_TEMPORARY, NOW_US + G_TIME_SPAN_HOUR);
  g_assert_cmpint (letter->state, ==, TN_LETTER_GIVEN_UP);
}

static void
test_underway (void)
{
  g_autoptr (TnLetter) letter = make_letter (TN_LETTER_DIGEST);
  tn_delivery_begin (letter);
  g_assert_true (tn_delivery_is_due (letter, NOW_US));
}

static void
test_wrong_clock (void)
{
  g_autoptr (TnLetter) letter = make_letter (TN_LETTER_DIGEST);
  g_assert_true (tn_delivery_is_due (letter, NOW_US));
  letter->next_us = NOW_US + 300 * G_TIME_SPAN_DAY;
  g_assert_true (tn_delivery_is_due (letter, NOW_US));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notice/delivery/letter-that-went-keeps-no-text", test_sent);
  g_test_add_func ("/notice/delivery/what-may-pass-is-tried-again-later-and-later", test_later);
  g_test_add_func ("/notice/delivery/after-five-days-it-is-given-up", test_five_days);
  g_test_add_func ("/notice/delivery/what-is-refused-is-given-up", test_refused);
  g_test_add_func ("/notice/delivery/link-that-is-stale-is-not-sent", test_ticket);
  g_test_add_func ("/notice/delivery/underway-at-a-crash-is-sent-again", test_underway);
  g_test_add_func ("/notice/delivery/hazard-82-clock-that-was-wrong-holds-nothing-back",
                   test_wrong_clock);
  return g_test_run ();
}
