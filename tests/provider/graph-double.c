/* The fake Graph by itself: what it must do so that the tests on it mean something. */
#include <string.h>

#include "fakes/await.h"
#include "provider/graph-site.h"

#define EVENT                                                                                      \
  "{\"subject\":\"Vagt\",\"start\":{\"dateTime\":\"2027-09-14T10:00:00\",\"timeZone\":"            \
  "\"Romance Standard Time\"},\"end\":{\"dateTime\":\"2027-09-14T11:00:00\",\"timeZone\":"         \
  "\"Romance Standard Time\"}"
#define DAILY                                                                                      \
  EVENT ",\"recurrence\":{\"pattern\":{\"type\":\"daily\",\"interval\":2},\"range\":{\"type\":"    \
        "\"numbered\",\"startDate\":\"2027-09-14\",\"numberOfOccurrences\":10}}}"
#define EVENTS "/users/" TN_GRAPH_MAILBOX "/calendars/AAMkCal-turnus_AA%3D/events"

/* `headers`: as in TnHttpRequest. */
static TnHttpResponse *
ask (TnGraphFixture *f, const char *method, const char *path, const char *const *headers,
     const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *base = tn_graph_server_dup_url (f->server);
  g_autofree char *url = g_strconcat (base, path, NULL);
  g_autoptr (GBytes) body = text != NULL ? g_bytes_new (text, strlen (text)) : NULL;
  g_autoptr (TnHttpRequest) request = tn_http_request_new (method, url, headers, body);
  GAsyncResult *slot = NULL;
  tn_client_send_async (f->site->client, request, NULL, tn_await_store, &slot);
  g_autoptr (GAsyncResult) result = tn_await (&slot);
  TnHttpResponse *response = tn_client_send_finish (f->site->client, result, &error);
  g_assert_no_error (error);
  return response;
}

static JsonObject *
read_body (const TnHttpResponse *response)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (response->body, &length);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_assert_true (json_parser_load_from_data (parser, text, (gssize) length, NULL));
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

static guint
count_value (const TnHttpResponse *response)
{
  g_autoptr (JsonObject) body = read_body (response);
  return json_array_get_length (json_object_get_array_member (body, "value"));
}

static void
test_view_lays_out (TnGraphFixture *f, gconstpointer unused)
{
  tn_graph_server_put (f->server, DAILY);
  tn_graph_server_put (f->server, EVENT "}");

  g_autoptr (TnHttpResponse) view
      = ask (f, "GET",
             "/users/" TN_GRAPH_MAILBOX "/calendars/AAMkCal-turnus_AA%3D/calendarView"
             "?startDateTime=2027-09-14T00:00:00Z&endDateTime=2027-09-20T00:00:00Z",
             NULL, NULL);
  g_autoptr (TnHttpResponse) list = ask (f, "GET", EVENTS, NULL, NULL);

  g_assert_cmpuint (count_value (view), ==, 4); /* 14, 16, 18 September, and the single one */
  g_assert_cmpuint (count_value (list), ==, 2);
}

static void
test_invitation_mails (TnGraphFixture *f, gconstpointer unused)
{
  static const char *const headers[] = { "Content-Type", "application/json", NULL };
  g_autoptr (TnGraphServer) other = tn_graph_server_new ();
  TnGraphServer *ours = f->server;
  f->server = other;
  g_autofree char *base = tn_graph_server_dup_url (other);
  g_autoptr (TnAccount) account = tn_account_new (base);
  g_set_object (&f->site->client, NULL);
  f->site->client = tn_client_new (account, TN_CLOCK (f->site->clock), NULL, NULL, NULL);

  g_autoptr (TnHttpResponse) made
      = ask (f, "POST", EVENTS, headers,
             EVENT ",\"attendees\":[{\"emailAddress\":{\"address\":\"a@example.org\"}},"
                   "{\"emailAddress\":{\"address\":\"b@example.org\"}}]}");

  f->server = ours;
  g_assert_cmpuint (made->status, ==, 201);
  g_assert_cmpuint (tn_graph_server_count_mails (other), ==, 2);
}

static void
test_stale_write (TnGraphFixture *f, gconstpointer unused)
{
  static const char *const headers[]
      = { "Content-Type", "application/json", "If-Match", "W/\"old\"", NULL };
  g_autofree char *id
      = g_uri_escape_string (tn_graph_server_put (f->server, EVENT "}"), NULL, FALSE);
  g_autofree char *path = g_strconcat ("/users/" TN_GRAPH_MAILBOX "/events/", id, NULL);

  g_autoptr (TnHttpResponse) changed = ask (f, "PATCH", path, headers, "{\"subject\":\"x\"}");
  g_autoptr (TnHttpResponse) removed = ask (f, "DELETE", path, headers, NULL);

  g_assert_cmpuint (changed->status, ==, 412);
  g_assert_cmpuint (removed->status, ==, 412);
  g_assert_cmpuint (tn_graph_server_count_writes (f->server), ==, 0);
}

static void
test_nonsense (TnGraphFixture *f, gconstpointer unused)
{
  static const char *const headers[] = { "Content-Type", "application/json", NULL };
  static const char *const bad[] = { EVENT ",\"showAs\":\"bsy\"}", EVENT ",\"colour\":\"red\"}",
                                     EVENT ",\"isAllDay\":true}", "{\"subject\":\"x\"}" };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (TnHttpResponse) made = ask (f, "POST", EVENTS, headers, bad[i]);
      g_assert_cmpuint (made->status, ==, 400);
    }
}

/* Five at once: the fifth is too many. */
static void
test_fifth_part (TnGraphFixture *f, gconstpointer unused)
{
  static const char *const headers[] = { "Content-Type", "application/json", NULL };
  g_autoptr (GString) text = g_string_new ("{\"requests\":[");
  for (guint i = 1; i <= 5; i++)
    g_string_append_printf (text, "%s{\"id\":\"%u\",\"method\":\"GET\",\"url\":\"%s\"}",
                            i > 1 ? "," : "", i, EVENTS);
  g_string_append (text, "]}");

  g_autoptr (TnHttpResponse) batch = ask (f, "POST", "/$batch", headers, text->str);

  g_autoptr (JsonObject) body = read_body (batch);
  JsonArray *parts = json_object_get_array_member (body, "responses");
  guint n_refused = 0;
  for (guint i = 0; i < json_array_get_length (parts); i++)
    n_refused
        += json_object_get_int_member (json_array_get_object_element (parts, i), "status") == 429;
  g_assert_cmpuint (batch->status, ==, 200);
  g_assert_cmpuint (json_array_get_length (parts), ==, 5);
  g_assert_cmpuint (n_refused, ==, 1);
}

static void
test_other_mailbox (TnGraphFixture *f, gconstpointer unused)
{
  g_autoptr (TnHttpResponse) other
      = ask (f, "GET", "/users/somebody.else@example.org/calendars", NULL, NULL);

  g_assert_cmpuint (other->status, ==, 403);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TN_GRAPH_ADD ("/graph/double/view-lays-out-what-recurs-pitfall-2", test_view_lays_out);
  TN_GRAPH_ADD ("/graph/double/invitation-would-mail-pitfall-7", test_invitation_mails);
  TN_GRAPH_ADD ("/graph/double/stale-write-is-refused", test_stale_write);
  TN_GRAPH_ADD ("/graph/double/nonsense-is-refused", test_nonsense);
  TN_GRAPH_ADD ("/graph/double/fifth-at-once-is-refused-pitfall-6", test_fifth_part);
  TN_GRAPH_ADD ("/graph/double/another-mailbox-is-denied", test_other_mailbox);
  return g_test_run ();
}
