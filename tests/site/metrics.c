/* What a program that watches the daemon is told, and who may ask. */
#include "site/metrics.h"

#include <string.h>

#include "sync/town.h"

static char *
write_metrics (Town *town)
{
  TnMetricsFeed feed = { "sted", { 3, 1000, 2, 1, 5 } };
  return tn_metrics_write (town->desk, 12500, &feed, 1);
}

static void
test_values (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  town_sync (town);

  g_autofree char *text = write_metrics (town);

  g_assert_nonnull (strstr (text, "\nturnus_info{version=\"" TN_VERSION "\"} 1\n"));
  g_assert_nonnull (strstr (text, "\nturnus_loop_longest_turn_seconds 0.012500\n"));
  g_assert_nonnull (strstr (text, "\nturnus_calendar_ok{calendar=\"esbjerg\"} 1\n"));
  g_assert_nonnull (strstr (text, "\nturnus_calendar_needs_person{calendar=\"esbjerg\"} 0\n"));
  g_assert_nonnull (strstr (text, "\nturnus_feed_unchanged_total{publisher=\"sted\"} 1000\n"));
  g_assert_nonnull (strstr (text, "\nturnus_feed_connections{publisher=\"sted\"} 5\n"));
  g_assert_nonnull (strstr (text, "\n# TYPE turnus_feed_unchanged_total counter\n"));
}

static void
test_never_passed (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);

  g_autofree char *text = write_metrics (town);

  g_assert_nonnull (strstr (
      text, "\nturnus_calendar_last_good_pass_timestamp_seconds{calendar=\"esbjerg\"} 0\n"));
}

static void
test_proposal (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  town_edit (town, "aarhus", trip, TOWN_DAYS ("20270518", "20270519"),
             TOWN_DAYS ("20270525", "20270526"));
  town_sync (town);

  g_autofree char *text = write_metrics (town);

  g_assert_nonnull (strstr (text, "\nturnus_calendar_proposals_open{calendar=\"aarhus\"} 1\n"));
  g_assert_nonnull (strstr (text, "\nturnus_calendar_conflicts_open{calendar=\"aarhus\"} 0\n"));
}

/* Every line is a comment, or a name, labels and a number: what Prometheus reads. */
static void
test_format (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  town_sync (town);
  g_autofree char *text = write_metrics (town);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    g_assert_true (g_regex_match_simple (
        "^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\\{[a-z]+=\"[^\"\\\\]*\"\\})? [0-9.]+)$", lines[i], 0,
        0));
  g_assert_true (g_str_has_suffix (text, "\n"));
}

static TnVisit *
visit_from (const char *peer, const char *host)
{
  TnVisit *visit = tn_visit_new ("GET", "/metrics");
  g_free (visit->peer);
  visit->peer = g_strdup (peer);
  g_hash_table_insert (visit->headers, g_strdup ("host"), g_strdup (host));
  return visit;
}

static void
test_local (void)
{
  static const char *const places[][2] = { { "127.0.0.1", "127.0.0.1:8080" },
                                           { "127.0.0.1", "localhost:8080" },
                                           { "::1", "[::1]:8080" },
                                           { "unix", "localhost" } };
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (TnVisit) visit = visit_from (places[i][0], places[i][1]);
      g_assert_true (tn_metrics_is_allowed (visit, FALSE));
    }
}

static void
test_others (void)
{
  g_autoptr (TnVisit) stranger = visit_from ("192.0.2.1", "localhost:8080");
  g_autoptr (TnVisit) through = visit_from ("127.0.0.1", "kalender.example.dk");
  g_autoptr (TnVisit) forwarded = visit_from ("127.0.0.1", "127.0.0.1:8080");
  g_hash_table_insert (forwarded->headers, g_strdup ("x-forwarded-for"), g_strdup ("192.0.2.1"));

  g_assert_false (tn_metrics_is_allowed (stranger, FALSE));
  g_assert_false (tn_metrics_is_allowed (through, FALSE));
  g_assert_false (tn_metrics_is_allowed (forwarded, FALSE));
  g_assert_true (tn_metrics_is_allowed (forwarded, TRUE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/site/metrics/each-calendar-and-publisher-has-its-numbers", test_values);
  g_test_add_func ("/site/metrics/calendar-without-a-pass-has-none", test_never_passed);
  g_test_add_func ("/site/metrics/change-that-waits-is-counted", test_proposal);
  g_test_add_func ("/site/metrics/lines-are-as-prometheus-reads-them", test_format);
  g_test_add_func ("/site/metrics/this-host-may-ask", test_local);
  g_test_add_func ("/site/metrics/others-may-not", test_others);
  return g_test_run ();
}
