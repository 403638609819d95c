/* tests/ical/bare.c — a calendar without what people wrote in it */
#include "ical/bare.h"

#include <string.h>

#define OWN                                                                                        \
  "BEGIN:VCALENDAR\r\nX-WR-CALNAME:Karens kalender\r\nBEGIN:VEVENT\r\nUID:1\r\n"                   \
  "SUMMARY:Tandlæge\r\n  med Karen\r\nDTSTART;VALUE=DATE:20270518\r\n"                            \
  "ATTENDEE;CN=Karen:mailto:karen@example.org\r\nRRULE:FREQ=DAILY;COUNT=2\r\nBEGIN:VALARM\r\n"     \
  "DESCRIPTION:Husk\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

static guint
count_lines (const char *text)
{
  guint n = 0;
  for (const char *c = text; *c != '\0'; c++)
    n += *c == '\n';
  return n;
}

static void
test_texts (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bare = tn_bare_dup (OWN, &error);

  g_assert_no_error (error);
  g_assert_null (strstr (bare, "Karen"));
  g_assert_null (strstr (bare, "karen"));
  g_assert_null (strstr (bare, "Tandl"));
  g_assert_null (strstr (bare, "Husk"));
  g_assert_nonnull (strstr (bare, "DTSTART;VALUE=DATE:20270518\r\n"));
  g_assert_nonnull (strstr (bare, "RRULE:FREQ=DAILY;COUNT=2\r\n"));
  g_assert_cmpuint (count_lines (bare), ==, count_lines (OWN));
}

/* It is what the store keeps, and read from there again. */
static void
test_again (void)
{
  g_autofree char *bare = tn_bare_dup (OWN, NULL);
  g_autofree char *twice = tn_bare_dup (bare, NULL);
  g_assert_cmpstr (twice, ==, bare);
}

static void
test_zones (void)
{
  const char *text = "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Hjemme\nBEGIN:STANDARD\n"
                     "TZOFFSETFROM:+0100\nEND:STANDARD\nEND:VTIMEZONE\nEND:VCALENDAR\n";
  g_autofree char *bare = tn_bare_dup (text, NULL);
  g_assert_cmpstr (bare, ==, text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ical/bare/texts-and-people-are-left-behind", test_texts);
  g_test_add_func ("/ical/bare/what-is-bare-stays-so", test_again);
  g_test_add_func ("/ical/bare/zones-stay", test_zones);
  return g_test_run ();
}
