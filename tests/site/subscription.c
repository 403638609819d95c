/* What those who subscribe get, and what they never get. */
#include "site/subscription.h"

#include <string.h>

#include "base/error.h"
#include "sync/town.h"

static Town *
published_town (void)
{
  Town *town = town_new (TOWN_WRITE);
  town_sync (town);
  return town;
}

static GBytes *
write_bytes (Town *town, const char *reference)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnSubscription) subscription
      = tn_subscription_parse (reference, tn_book_get_rulebook (town->book), &error);
  g_assert_no_error (error);
  return tn_subscription_write (subscription, tn_book_get_plan (town->book),
                                tn_book_get_publish_span (town->book));
}

/* Unfolded, so that a test can look for words. */
static char *
write_text (Town *town, const char *reference)
{
  g_autoptr (GBytes) bytes = write_bytes (town, reference);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) parts = g_strsplit (text, "\r\n ", -1);
  return g_strjoinv ("", parts);
}

static guint
count (const char *text, const char *word)
{
  g_auto (GStrv) parts = g_strsplit (text, word, -1);
  return g_strv_length (parts) - 1;
}

static void
test_collaboration (void)
{
  g_autoptr (Town) town = published_town ();
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);

  g_autofree char *text = write_text (town, "7by");

  g_assert_nonnull (strstr (text, "METHOD:PUBLISH\r\n"));
  g_assert_nonnull (strstr (text, "X-WR-CALNAME:7-by-samarbejdet\r\n"));
  g_assert_nonnull (strstr (text, trip));
  g_assert_nonnull (strstr (text, "DTSTART;VALUE=DATE:20270518"));
  g_assert_nonnull (strstr (text, "BEGIN:VTIMEZONE\r\nTZID:Europe/Copenhagen"));
}

/* Promises 4 and 11. */
static void
test_nothing_private (void)
{
  g_autoptr (Town) town = published_town ();

  g_autofree char *text = write_text (town, "7by+milestones");

  g_assert_null (strstr (text, "X-TURNUS"));
  g_assert_null (strstr (text, "ATTENDEE"));
  g_assert_null (strstr (text, "ORGANIZER"));
  g_assert_null (strstr (text, "--- turnus ---"));
}

static void
test_shared_text (void)
{
  g_autoptr (Town) town = published_town ();
  town_set_charter (town, "id = \"studietur\";", "id = \"studietur\"; text = \"shared\";");
  town_reload (town);
  town_decide (town, TN_DECISION_TEXT, "studietur", "2027", "Husk Karens allergi", "esbjerg");

  const TnOccurrence *trip
      = tn_plan_find (tn_book_get_plan (town->book), "7by", "studietur", "2027", NULL);
  g_autofree char *text = write_text (town, "7by");

  g_assert_cmpstr (trip->text, ==, "Husk Karens allergi");
  g_assert_null (strstr (text, "Karen"));
}

static void
test_role (void)
{
  g_autoptr (Town) town = published_town ();
  g_autofree char *own = town_uid ("studietur", "2027", NULL);
  g_autofree char *other = town_uid ("studietur", "2028", NULL);

  g_autofree char *host = write_text (town, "7by/esbjerg/host");
  g_autofree char *all = write_text (town, "7by/esbjerg");

  g_assert_nonnull (strstr (host, own));
  g_assert_null (strstr (host, other));
  g_assert_nonnull (strstr (all, own));
  g_assert_nonnull (strstr (all, other));
  g_assert_nonnull (strstr (host, "X-WR-CALNAME:7-by-samarbejdet: Esbjerg (V"));
}

static void
test_milestones (void)
{
  g_autoptr (Town) town = published_town ();
  g_autofree char *program = town_uid ("studietur", "2027", "program");

  g_autofree char *without = write_text (town, "7by/esbjerg");
  g_autofree char *with = write_text (town, "7by/esbjerg+milestones");
  g_autofree char *of_another = write_text (town, "7by/aarhus+milestones");

  g_assert_null (strstr (without, program));
  g_assert_nonnull (strstr (with, program));
  g_assert_nonnull (strstr (with, "DTSTART;VALUE=DATE:20270323"));
  g_assert_null (strstr (of_another, program));
}

static void
test_proposed_in_words (void)
{
  g_autoptr (Town) town = published_town ();
  g_autofree char *before = write_text (town, "7by/esbjerg/host");
  town_decide (town, TN_DECISION_DATE, "studietur", "2027", "2027-05-18", "esbjerg");

  g_autofree char *after = write_text (town, "7by/esbjerg/host");

  g_assert_cmpuint (count (before, "STATUS:TENTATIVE"), >, 0);
  g_assert_cmpuint (count (before, "STATUS:TENTATIVE"), ==,
                    count (before, " (foreslået dato)\r\n"));
  g_assert_cmpuint (count (after, "STATUS:TENTATIVE"), ==, count (after, " (foreslået dato)\r\n"));
}

static void
test_cancelled_stays (void)
{
  g_autoptr (Town) town = published_town ();
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  town_decide (town, TN_DECISION_CANCEL, "studietur", "2027", "yes", "esbjerg");

  g_autofree char *text = write_text (town, "7by/esbjerg/host");

  g_assert_nonnull (strstr (text, trip));
  g_assert_nonnull (strstr (text, "STATUS:CANCELLED"));
  g_assert_nonnull (strstr (text, "SUMMARY:AFLYST: Studietur 2027"));
}

static void
test_same_bytes (void)
{
  g_autoptr (Town) town = published_town ();
  g_autoptr (GBytes) first = write_bytes (town, "7by+milestones");
  tn_fake_clock_advance_us (town->clock, G_TIME_SPAN_HOUR);
  town_sync (town);

  g_autoptr (GBytes) second = write_bytes (town, "7by+milestones");
  g_autofree char *first_etag = tn_subscription_dup_etag (first);
  g_autofree char *second_etag = tn_subscription_dup_etag (second);

  g_assert_true (g_bytes_equal (first, second));
  g_assert_cmpstr (first_etag, ==, second_etag);
  g_assert_cmpuint (strlen (first_etag), ==, 32);
}

static void
test_sequence (void)
{
  g_autoptr (Town) town = published_town ();
  g_autofree char *before = write_text (town, "7by/esbjerg/host");
  town_decide (town, TN_DECISION_DATE, "studietur", "2027", "2027-05-19", "esbjerg");

  g_autofree char *after = write_text (town, "7by/esbjerg/host");

  g_assert_nonnull (strstr (after, "DTSTART;VALUE=DATE:20270519"));
  g_assert_cmpuint (count (after, "SEQUENCE:1\r\n"), ==, count (before, "SEQUENCE:1\r\n") + 1);
  g_assert_nonnull (strstr (after, "DTSTAMP:20261122T000000Z"));
}

typedef struct
{
  const char *path;
  const char *reference;
  const char *says;
} Refusal;

static const Refusal refusals[] = {
  { "/site/subscription/nothing-is-no-subscription", "", "collaboration/council/role" },
  { "/site/subscription/unknown-collaboration-is-refused", "8by", "no charter is called '8by'" },
  { "/site/subscription/unknown-council-is-refused", "7by/malmo", "knows no council 'malmo'" },
  { "/site/subscription/unknown-role-is-refused", "7by/odense/king", "has a role 'king'" },
  { "/site/subscription/more-than-a-role-is-refused", "7by/odense/host/x", "expected" },
};

static void
test_refusal (gconstpointer user_data)
{
  const Refusal *refusal = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Town) town = town_new (TOWN_WRITE);

  g_assert_null (
      tn_subscription_parse (refusal->reference, tn_book_get_rulebook (town->book), &error));

  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, refusal->says));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/site/subscription/collaboration-has-its-events-under-their-names",
                   test_collaboration);
  g_test_add_func ("/site/subscription/invites-nobody-and-carries-no-stamp", test_nothing_private);
  g_test_add_func ("/site/subscription/text-of-a-person-stays-where-it-is", test_shared_text);
  g_test_add_func ("/site/subscription/role-has-the-events-in-which-the-council-has-it", test_role);
  g_test_add_func ("/site/subscription/duties-of-the-council-are-shown-if-wished", test_milestones);
  g_test_add_func ("/site/subscription/proposed-date-says-so-in-words", test_proposed_in_words);
  g_test_add_func ("/site/subscription/cancelled-event-stays", test_cancelled_stays);
  g_test_add_func ("/site/subscription/bytes-are-the-same-as-long-as-the-plan-is", test_same_bytes);
  g_test_add_func ("/site/subscription/moved-date-raises-the-sequence", test_sequence);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    g_test_add_data_func (refusals[i].path, &refusals[i], test_refusal);
  return g_test_run ();
}
