/* Bad listings by the thousand: cut at each byte, of each wrong status, type and shape, with each
 * wrong property. None is taken for a listing, and what is one says of nothing that it is gone
 * (hazards 1 to 5; promise 3). */
#include <string.h>

#include "base/error.h"
#include "fakes/await.h"
#include "provider/dav-site.h"

#define HEAD "<?xml version=\"1.0\"?>"
#define ROOT                                                                                       \
  "<D:multistatus xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\" "                     \
  "xmlns:S=\"http://calendarserver.org/ns/\">"
#define SELF                                                                                       \
  "<D:response><D:href>" TN_DAV_CALENDAR "</D:href><D:propstat><D:prop/>"                          \
  "<D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>"
#define ITEM(name, propstat)                                                                       \
  "<D:response><D:href>" TN_DAV_CALENDAR name "</D:href>" propstat "</D:response>"
#define GOOD                                                                                       \
  "<D:propstat><D:prop><D:getetag>\"1\"</D:getetag></D:prop>"                                      \
  "<D:status>HTTP/1.1 200 OK</D:status></D:propstat>"
#define TOKEN "<D:sync-token>data:,1-9</D:sync-token>"
#define END "</D:multistatus>"

static const guint N_ITEMS = 3;

static TurnusListing *
fill_and_list (TnDavFixture *f)
{
  for (guint i = 0; i < N_ITEMS; i++)
    {
      g_autofree char *uid = g_strdup_printf ("event-%u", i);
      g_autofree char *name = g_strconcat (uid, ".ics", NULL);
      tn_dav_fixture_put (f, name, uid, "Studietur");
    }
  return tn_dav_fixture_list (f, NULL);
}

/* Not a listing, with whatever error. */
static void
assert_none (TnDavFixture *f, const char *token)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusListing) listing = tn_await_list (f->provider, token, &error);
  g_assert_null (listing);
  g_assert_nonnull (error);
  tn_http_server_clear_faults (f->http);
}

/* How many bytes the last answer of a listing has, with everything in order. */
static gsize
measure_body (TnDavFixture *f, const char *token)
{
  gsize shortest = 0;
  for (gsize size = 4096; size > 0; size /= 2)
    {
      TnHttpFault fault = { .cuts = TRUE, .cut_at = shortest + size, .is_unending = TRUE };
      tn_http_server_push_fault (f->http, token == NULL ? 1 : 0, &fault);
      g_autoptr (TurnusListing) listing = tn_await_list (f->provider, token, NULL);
      tn_http_server_clear_faults (f->http);
      if (listing == NULL)
        shortest += size;
    }
  return shortest + 1;
}

/* `after`: good answers before the one that is cut. */
static void
cut_everywhere (TnDavFixture *f, const char *token, guint after)
{
  gsize length = measure_body (f, token);
  g_assert_cmpuint (length, >, 200);
  for (gsize at = 0; at < length; at++)
    for (guint i = 0; i < 2; i++)
      {
        TnHttpFault fault = { .cuts = TRUE, .cut_at = at, .is_unending = i == 0 };
        tn_http_server_push_fault (f->http, after, &fault);
        if (at == 0)
          tn_http_server_push_fault (f->http, 0, &fault);
        assert_none (f, token);
      }
  g_test_message ("%" G_GSIZE_FORMAT " cut listings", 2 * length);
}

static void
test_cut_changes (TnDavFixture *f, gconstpointer unused)
{
  g_autoptr (TurnusListing) first = fill_and_list (f);
  tn_dav_server_put (f->server, "event-0.ics", NULL);

  cut_everywhere (f, first->token, 0);
}

static void
test_cut_initial (TnDavFixture *f, gconstpointer unused)
{
  g_autoptr (TurnusListing) first = fill_and_list (f);

  cut_everywhere (f, NULL, 1);
}

static void
test_cut_propfind (TnDavFixture *f, gconstpointer unused)
{
  f->quirks->has_no_sync = TRUE;
  g_autoptr (TurnusListing) first = fill_and_list (f);

  cut_everywhere (f, NULL, 1);
}

static char *
make_raw (guint status, const char *type, const char *body)
{
  return g_strdup_printf ("HTTP/1.1 %u Thing\r\n%s%s%sContent-Length: %zu\r\n\r\n%s", status,
                          *type != '\0' ? "Content-Type: " : "", type, *type != '\0' ? "\r\n" : "",
                          strlen (body), body);
}

static void
send_bad (TnDavFixture *f, const char *token, guint status, const char *type, const char *body)
{
  g_autofree char *raw = make_raw (status, type, body);
  TnHttpFault fault = { .raw = raw };
  guint n_before = tn_http_server_count (f->http);
  tn_http_server_push_fault (f->http, token == NULL ? 1 : 0, &fault);
  assert_none (f, token);
  g_assert_cmpuint (tn_http_server_count (f->http), ==, n_before + (token == NULL ? 2 : 1));
  tn_dav_fixture_wait (f);
}

/* Every one of these is wrong, even with the right status and type. */
static const char *const wrong_bodies[] = {
  "",
  "<html><body>Log in</body></html>",
  "<!DOCTYPE html><html></html>",
  HEAD "<D:error xmlns:D=\"DAV:\"/>",
  HEAD "<multistatus/>",
  HEAD "<D:multistatus xmlns:D=\"DAV\"/>",
  HEAD ROOT ITEM ("a.ics", GOOD) TOKEN,
  HEAD ROOT ITEM ("a.ics", GOOD) TOKEN "</D:multistatu>",
  HEAD ROOT SELF ITEM ("a.ics", GOOD) TOKEN END "<more/>",
  HEAD ROOT SELF ITEM ("a.ics", GOOD) TOKEN END "garbage",
  HEAD ROOT SELF "<D:response>" GOOD "</D:response>" TOKEN END,
  HEAD ROOT SELF ITEM ("a.ics", "<D:status>OK</D:status>") TOKEN END,
  HEAD ROOT SELF ITEM ("a.ics", "<D:status>HTTP/1.1 2000 OK</D:status>") TOKEN END,
  HEAD ROOT SELF ITEM ("a.ics", "<D:propstat><D:prop/></D:propstat>") TOKEN END,
  HEAD ROOT SELF "<D:response><D:href></D:href>" GOOD "</D:response>" TOKEN END,
  HEAD ROOT SELF "<D:response><D:href>/elsewhere/a.ics</D:href>" GOOD "</D:response>" TOKEN END,
  HEAD "<!DOCTYPE x>" ROOT SELF TOKEN END,
  HEAD "<!DOCTYPE x [<!ENTITY e \"x\">]>" ROOT SELF ITEM ("a&e;.ics", GOOD) TOKEN END,
  HEAD "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" ROOT SELF TOKEN END,
  HEAD ROOT SELF ITEM ("a&undefined;.ics", GOOD) TOKEN END,
  HEAD ROOT SELF ITEM ("a\x01.ics", GOOD) TOKEN END,
  HEAD ROOT SELF ITEM ("a\xff.ics", GOOD) TOKEN END,
  HEAD ROOT SELF ITEM ("a%00.ics", GOOD) TOKEN END,
  "\xff\xfe<\0",
  "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
  "{\"value\":[]}",
};

static void
test_wrong_bodies (TnDavFixture *f, gconstpointer unused)
{
  g_autoptr (TurnusListing) first = fill_and_list (f);
  for (guint way = 0; way < 2; way++)
    for (guint i = 0; i < G_N_ELEMENTS (wrong_bodies); i++)
      {
        f->quirks->has_no_sync = way == 1;
        send_bad (f, NULL, 207, "application/xml", wrong_bodies[i]);
        send_bad (f, first->token, 207, "text/xml; charset=utf-8", wrong_bodies[i]);
      }
}

/* A good body under a wrong status or type. */
static void
test_wrong_heads (TnDavFixture *f, gconstpointer unused)
{
  static const char body[]
      = HEAD ROOT SELF ITEM ("event-0.ics", GOOD) ITEM ("event-1.ics", GOOD) TOKEN END;
  static const char *const types[] = {
    "",    "text/html",  "text/plain", "application/json", "text/calendar", "application/xhtml",
    "xml", "text/xmlish"
  };
  g_autoptr (TurnusListing) first = fill_and_list (f);
  f->quirks->initial_status = 0;
  for (guint status = 200; status < 600; status += status == 226 ? 74 : 1)
    if (status != 204 && status != 304 && status != 207)
      {
        f->quirks->has_no_sync = status % 2 == 0;
        send_bad (f, first->token, status, "text/xml", body);
        if (f->quirks->has_no_sync)
          send_bad (f, NULL, status, "text/xml", body);
      }
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      send_bad (f, first->token, 207, types[i], body);
      send_bad (f, NULL, 207, types[i], body);
    }
}

/* A whole listing, in which some properties are missing or refused: nothing in it is gone. */
static void
test_wrong_propstats (TnDavFixture *f, gconstpointer unused)
{
  g_autoptr (TurnusListing) first = fill_and_list (f);
  for (guint status = 300; status < 600; status++)
    for (guint with_etag = 0; with_etag < 2; with_etag++)
      {
        g_autofree char *body = g_strdup_printf (
            HEAD ROOT SELF ITEM ("event-0.ics", GOOD)
                ITEM ("event-1.ics", "<D:propstat><D:prop>%s</D:prop>"
                                     "<D:status>HTTP/1.1 %u Thing</D:status></D:propstat>")
                    TOKEN END,
            with_etag ? "<D:getetag>\"2\"</D:getetag>" : "<D:getetag/>", status);
        g_autofree char *raw = make_raw (207, "text/xml", body);
        TnHttpFault fault = { .raw = raw };
        tn_http_server_push_fault (f->http, 0, &fault);
        g_autoptr (TurnusListing) delta = tn_dav_fixture_list (f, first->token);
        tn_http_server_push_fault (f->http, 1, &fault);
        g_autoptr (TurnusListing) full = tn_dav_fixture_list (f, NULL);

        g_assert_cmpuint (delta->removed->len, ==, 0);
        g_assert_cmpuint (delta->changed->len, ==, 2);
        g_assert_cmpuint (full->changed->len, ==, 2);
        g_assert_cmpstr (tn_await_find (full, "event-1.ics")->revision, !=, "\"2\"");
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TN_DAV_ADD ("/caldav/bad-listings/changes-cut-at-each-byte-hazard-3", test_cut_changes);
  TN_DAV_ADD ("/caldav/bad-listings/initial-sync-cut-at-each-byte-hazard-3", test_cut_initial);
  TN_DAV_ADD ("/caldav/bad-listings/propfind-cut-at-each-byte-hazard-3", test_cut_propfind);
  TN_DAV_ADD ("/caldav/bad-listings/wrong-bodies-hazards-1-3-104-105", test_wrong_bodies);
  TN_DAV_ADD ("/caldav/bad-listings/wrong-statuses-and-types-hazard-1", test_wrong_heads);
  TN_DAV_ADD ("/caldav/bad-listings/wrong-propstats-hazards-4-5", test_wrong_propstats);
  return g_test_run ();
}
