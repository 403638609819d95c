#include "http/retry.h"

static void
test_backoff (void)
{
  g_assert_cmpint (tn_retry_get_delay_s (1, 503, -1, 0), ==, 30);
  g_assert_cmpint (tn_retry_get_delay_s (2, 503, -1, 0), ==, 60);
  g_assert_cmpint (tn_retry_get_delay_s (5, 0, -1, 0), ==, 480);
  g_assert_cmpint (tn_retry_get_delay_s (40, 429, -1, 0), ==, 3600);
  g_assert_cmpint (tn_retry_get_delay_s (G_MAXUINT, 429, -1, 1), ==, 3600 + 450);
}

static void
test_floor (void)
{
  g_assert_cmpint (tn_retry_get_delay_s (1, 429, 120, 0), ==, 120);
  g_assert_cmpint (tn_retry_get_delay_s (1, 429, 120, 1), ==, 135);
  g_assert_cmpint (tn_retry_get_delay_s (1, 503, 0, 0), ==, 30);
  g_assert_cmpint (tn_retry_get_delay_s (1, 503, G_MAXINT64, 0), ==, TN_RETRY_MOST_S);
}

static void
test_give_up (void)
{
  static const guint statuses[] = { 200, 301, 400, 401, 403, 404, 409, 412, 413, 500, 501, 507 };
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    g_assert_cmpint (tn_retry_get_delay_s (1, statuses[i], 60, 0), ==, TN_RETRY_GIVE_UP);
}

static void
test_parse (void)
{
  gint64 now_us = G_GINT64_CONSTANT (784111777) * G_USEC_PER_SEC; /* the date of RFC 9110 */
  g_assert_cmpint (tn_retry_parse_after ("120", now_us), ==, 120);
  g_assert_cmpint (tn_retry_parse_after ("0", now_us), ==, 0);
  g_assert_cmpint (tn_retry_parse_after ("Sun, 06 Nov 1994 08:50:37 GMT", now_us), ==, 60);
  g_assert_cmpint (tn_retry_parse_after ("Sunday, 06-Nov-94 08:50:37 GMT", now_us), ==, 60);
  g_assert_cmpint (tn_retry_parse_after ("Sun Nov  6 08:50:37 1994", now_us), ==, 60);
  g_assert_cmpint (tn_retry_parse_after ("Sun, 06 Nov 1994 08:00:00 GMT", now_us), ==, 0);
  g_assert_cmpint (tn_retry_parse_after ("99999999999999999999", now_us), ==, G_MAXINT32);
  g_assert_cmpint (tn_retry_parse_after ("soon", now_us), ==, -1);
  g_assert_cmpint (tn_retry_parse_after ("-5", now_us), ==, -1);
  g_assert_cmpint (tn_retry_parse_after ("", now_us), ==, -1);
  g_assert_cmpint (tn_retry_parse_after (NULL, now_us), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/retry/waits-twice-as-long-each-time-up-to-an-hour", test_backoff);
  g_test_add_func ("/http/retry/hazard-79-what-the-server-asks-for-is-the-least", test_floor);
  g_test_add_func ("/http/retry/what-stays-so-is-given-up", test_give_up);
  g_test_add_func ("/http/retry/hazard-79-reads-seconds-and-dates", test_parse);
  return g_test_run ();
}
