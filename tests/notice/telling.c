/* tests/notice/telling.c — news as people read it */
#include "notice/telling.h"

#include <string.h>

static void
test_when (void)
{
  TnWhen day = tn_when_new_days (tn_date_new (2027, 5, 18), 1);
  TnWhen days = tn_when_new_days (tn_date_new (2028, 2, 5), 2);
  TnWhen hours = tn_when_new_timed (tn_date_new (2027, 9, 14), 600, tn_date_new (2027, 9, 14), 900);
  g_autofree char *one = tn_telling_format_when (TN_LANGUAGE_EN, &day);
  g_autofree char *two = tn_telling_format_when (TN_LANGUAGE_EN, &days);
  g_autofree char *timed = tn_telling_format_when (TN_LANGUAGE_EN, &hours);
  g_assert_cmpstr (one, ==, "18 May 2027 (week 20)");
  g_assert_cmpstr (two, ==, "5 February 2028 (week 5) to 6 February 2028 (week 5)");
  g_assert_cmpstr (timed, ==, "14 September 2027 (week 37), 10:00 to 15:00");
}

/* The first days of January can be in the last week of the year before. */
static void
test_iso_week (void)
{
  TnWhen day = tn_when_new_days (tn_date_new (2027, 1, 1), 1);
  g_autofree char *text = tn_telling_format_when (TN_LANGUAGE_EN, &day);
  g_assert_cmpstr (text, ==, "1 January 2027 (week 53)");
}

static void
test_safe (void)
{
  g_autofree char *lines = tn_telling_make_safe ("Tur\r\nBcc: x@y.example");
  g_autofree char *hidden = tn_telling_make_safe ("a\x1b[31mb\xe2\x80\xae"
                                                  "c");
  g_autofree char *danish = tn_telling_make_safe ("  Møde på Ærø ");
  g_autofree char *filled = g_strnfill (500, 'x');
  g_autofree char *cut = tn_telling_make_safe (filled);
  g_assert_cmpstr (lines, ==, "Tur  Bcc: x@y.example");
  g_assert_cmpstr (hidden, ==, "a [31mb c");
  g_assert_cmpstr (danish, ==, "Møde på Ærø");
  g_assert_cmpuint (strlen (cut), ==, 120);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notice/telling/dates-have-their-week", test_when);
  g_test_add_func ("/notice/telling/week-is-that-of-iso", test_iso_week);
  g_test_add_func ("/notice/telling/hazard-108-what-would-be-obeyed-is-not-there", test_safe);
  return g_test_run ();
}
