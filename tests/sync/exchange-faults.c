/* Whatever happens to a request of the first publication, or of a move: once Graph answers again,
 * each event is there once, all calendars agree, and nothing more is written (promises 1, 2, 5). */
#include <string.h>

#include "sync/mailbox.h"

#define REQUESTS 7u
#define LATER_US (2 * G_TIME_SPAN_HOUR)

static const TnHttpFault faults[] = {
  { .drops = TRUE },                  /* the answer is lost, what was asked is done */
  { .is_lost = TRUE, .drops = TRUE }, /* the question is lost */
  { .cuts = TRUE, .cut_at = 40 },     /* half an answer */
  { .status = 503 },                  /* done, and denied */
  { .status = 429 },                  /* likewise */
};

/* Whatever comes of it. */
static void
sync_somehow (Mailbox *mailbox)
{
  g_autoptr (GError) error = NULL;
  town_try_sync (mailbox->town, NULL, 0, &error);
}

static void
wait (Mailbox *mailbox)
{
  tn_fake_clock_advance_us (mailbox->town->clock, LATER_US);
  tn_fake_clock_advance_us (mailbox->esbjerg->clock, LATER_US);
  tn_fake_clock_advance_us (mailbox->shared->clock, LATER_US);
}

static guint
count_uids (TnGraphServer *server, guint *ret_doubles)
{
  g_autoptr (GHashTable) uids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) ids = tn_graph_server_list_uids (server);
  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (uids, g_strdup (g_ptr_array_index (ids, i)));
  *ret_doubles = ids->len - g_hash_table_size (uids);
  return g_hash_table_size (uids);
}

static void
assert_right (Mailbox *mailbox, guint n_expected, gint64 start_s)
{
  guint doubles = 0;
  for (guint i = 0; i < 3; i++)
    {
      wait (mailbox);
      sync_somehow (mailbox);
    }
  mailbox_assert_settled (mailbox);
  g_assert_cmpuint (count_uids (mailbox->esbjerg->server, &doubles), ==, n_expected);
  g_assert_cmpuint (doubles, ==, 0);
  g_assert_cmpuint (tn_graph_server_count (mailbox->esbjerg->server), ==, n_expected);
  g_assert_cmpint (mailbox_find_trip (mailbox->esbjerg)->start_s, ==, start_s);
  g_assert_cmpint (mailbox_find_trip (mailbox->shared)->start_s, ==, start_s);
}

static guint
publish (Mailbox *mailbox, gint64 *ret_start_s)
{
  mailbox_assert_settled (mailbox);
  *ret_start_s = mailbox_find_trip (mailbox->esbjerg)->start_s;
  return tn_graph_server_count (mailbox->esbjerg->server);
}

static void
measure (guint *ret_n, gint64 *ret_start_s)
{
  Mailbox mailbox = { NULL };
  mailbox_set_up (&mailbox, NULL);
  *ret_n = publish (&mailbox, ret_start_s);
  mailbox_tear_down (&mailbox, NULL);
}

static void
run_publication (const TnHttpFault *fault, guint after, guint n_expected, gint64 start_s)
{
  Mailbox mailbox = { NULL };
  mailbox_set_up (&mailbox, NULL);
  tn_http_server_push_fault (tn_graph_server_get_http (mailbox.esbjerg->server), after, fault);
  sync_somehow (&mailbox);
  tn_http_server_clear_faults (tn_graph_server_get_http (mailbox.esbjerg->server));
  assert_right (&mailbox, n_expected, start_s);
  mailbox_tear_down (&mailbox, NULL);
}

static void
test_publication (gconstpointer user_data)
{
  guint n = 0;
  gint64 start_s = 0;
  measure (&n, &start_s);
  for (guint after = 0; after < REQUESTS; after++)
    run_publication (user_data, after, n, start_s);
}

static void
run_move (const TnHttpFault *fault, guint after)
{
  Mailbox mailbox = { NULL };
  gint64 start_s = 0;
  mailbox_set_up (&mailbox, NULL);
  guint n = publish (&mailbox, &start_s);
  tn_graph_server_edit (
      mailbox.esbjerg->server, mailbox_find_trip (mailbox.esbjerg)->id,
      "{\"start\":{\"dateTime\":\"2027-05-19T00:00:00\",\"timeZone\":\"Romance Standard Time\"},"
      "\"end\":{\"dateTime\":\"2027-05-20T00:00:00\",\"timeZone\":\"Romance Standard Time\"}}");
  start_s = mailbox_find_trip (mailbox.esbjerg)->start_s;
  tn_http_server_push_fault (tn_graph_server_get_http (mailbox.esbjerg->server), after, fault);
  tn_http_server_push_fault (tn_graph_server_get_http (mailbox.shared->server), after, fault);
  sync_somehow (&mailbox);
  tn_http_server_clear_faults (tn_graph_server_get_http (mailbox.esbjerg->server));
  tn_http_server_clear_faults (tn_graph_server_get_http (mailbox.shared->server));
  assert_right (&mailbox, n, start_s);
  mailbox_tear_down (&mailbox, NULL);
}

static void
test_move (gconstpointer user_data)
{
  for (guint after = 0; after < REQUESTS; after++)
    run_move (user_data, after);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *first
          = g_strdup_printf ("/sync/exchange-faults/publication-hazards-19-97/%u", i);
      g_autofree char *second = g_strdup_printf ("/sync/exchange-faults/move-hazards-19-97/%u", i);
      g_test_add_data_func (first, &faults[i], test_publication);
      g_test_add_data_func (second, &faults[i], test_move);
    }
  return g_test_run ();
}
