/* The parts of the caldav plugin that do no I/O: hrefs, revisions, tokens, bodies and answers. */
#include <string.h>

#include <glib.h>

#include "href.h"
#include "refusal.h"
#include "revision.h"
#include "token.h"
#include "wire.h"

#define ROOT                                                                                       \
  "<D:multistatus xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\" "                     \
  "xmlns:S=\"http://calendarserver.org/ns/\">"
#define END "</D:multistatus>"

/* Hazard 111: what a server names may hold a password or a token. */
static void
test_shown_hrefs (void)
{
  static const struct
  {
    const char *href;
    const char *shown;
  } cases[] = {
    { "/cal/a@b.ics", "/cal/a@b.ics" },
    { "https://dav.example.org/cal/", "https://dav.example.org/cal/" },
    { "https://user:secret@dav.example.org/cal/", "https://dav.example.org/cal/" },
    { "//user:secret@dav.example.org", "//dav.example.org" },
    { "https://a@b:secret@dav.example.org/c@d", "https://dav.example.org/c@d" },
    { "https://dav.example.org/?token=secret#x", "https://dav.example.org/" },
    { "https://dav.example.org#secret", "https://dav.example.org" },
    { "/cal/\n\033[1m", "/cal/\\n\\033[1m" },
    { "", "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = caldav_href_dup_shown (cases[i].href);
      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

static void
test_normal_hrefs (void)
{
  static const struct
  {
    const char *href;
    const char *normal;
  } cases[] = {
    { "/cal/a.ics", "/cal/a.ics" },
    { "/cal/%c3%a6.ics", "/cal/%C3%A6.ics" },
    { "/cal/\xc3\xa6.ics", "/cal/%C3%A6.ics" },
    { "/cal/a@b:c.ics", "/cal/a%40b%3Ac.ics" },
    { "/cal/a%40b%3ac.ics", "/cal/a%40b%3Ac.ics" },
    { "/cal/%61%2E%7e-_", "/cal/a.~-_" },
    { "//cal///a.ics", "/cal/a.ics" },
    { "/cal/a b+c.ics", "/cal/a%20b%2Bc.ics" },
    { "/cal/a%2Fb.ics", "/cal/a%2Fb.ics" },
    { "/cal/../a.ics", NULL },
    { "/cal/%2e%2E/a.ics", NULL },
    { "/cal/./a.ics", NULL },
    { "/cal/%00.ics", NULL },
    { "/cal/%0a.ics", NULL },
    { "/cal/%4.ics", NULL },
    { "/cal/%", NULL },
    { "cal/a.ics", NULL },
    { "", NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *normal = caldav_href_normalise (cases[i].href);
      g_assert_cmpstr (normal, ==, cases[i].normal);
    }
}

static void
test_long_href (void)
{
  g_autofree char *fits = g_strnfill (CALDAV_HREF_MAX_BYTES, 'a');
  g_autofree char *longer = g_strnfill (CALDAV_HREF_MAX_BYTES + 1, 'a');
  *fits = *longer = '/';
  g_autofree char *normal = caldav_href_normalise (fits);
  g_autofree char *none = caldav_href_normalise (longer);
  g_assert_cmpstr (normal, ==, fits);
  g_assert_null (none);
}

static void
test_origins (void)
{
  static const struct
  {
    const char *href;
    const char *path; /* NULL: refused */
  } cases[] = {
    { "/cal/a.ics", "/cal/a.ics" },
    { "a.ics", "/cal/a.ics" },
    { "https://dav.example.org/cal/a.ics", "/cal/a.ics" },
    { "HTTPS://DAV.example.org:443/cal/a.ics", "/cal/a.ics" },
    { "//evil.example/cal/a.ics", "//evil.example/cal/a.ics" }, /* a path on our own host */
    { "https://dav.example.org", "/" },
    { "/cal/\xc3\xa6 .ics", "/cal/%C3%A6%20.ics" },
    { "http://dav.example.org/cal/a.ics", NULL },
    { "https://dav.example.org:8443/cal/a.ics", NULL },
    { "https://evil.example/cal/a.ics", NULL },
    { "https://dav.example.org@evil.example/a.ics", NULL },
    { "https://u:p@dav.example.org/a.ics", NULL },
    { "file:///etc/passwd", NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path
          = caldav_href_dup_path ("https://dav.example.org", "/cal/", cases[i].href, &error);
      g_assert_cmpstr (path, ==, cases[i].path);
      g_assert_true ((path == NULL) == (error != NULL));
    }
}

static void
test_members (void)
{
  static const struct
  {
    const char *collection;
    const char *path;
    const char *member;
  } cases[] = {
    { "/cal/", "/cal/a.ics", "a.ics" },
    { "/cal/", "/cal", "" },
    { "/cal/", "/cal/", "" },
    { "/c%40l/", "/c@l/%c3%a6.ics", "%C3%A6.ics" },
    { "/cal/", "/calendar/a.ics", NULL },
    { "/cal/", "/", NULL },
    { "/cal/", "/cal/sub/a.ics", "sub/a.ics" },
    { "/", "/a.ics", "a.ics" },
    { "/Cal/", "/cal/a.ics", NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *member = caldav_href_dup_member (cases[i].collection, cases[i].path);
      g_assert_cmpstr (member, ==, cases[i].member);
    }
}

static void
test_etags (void)
{
  static const struct
  {
    const char *etag;
    const char *condition; /* NULL: is no revision */
    gboolean is_exact;
  } cases[] = {
    { "\"abc\"", "\"abc\"", TRUE },
    { " \"abc\"\n", "\"abc\"", TRUE },
    { "abc", "abc", TRUE },
    { "W/\"abc\"", "\"abc\"", FALSE },
    { "", NULL, FALSE },
    { "a\nb", NULL, FALSE },
    { "\xff", NULL, FALSE },
    { "unread 12", NULL, FALSE },
    { "sha256 12", NULL, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *revision = caldav_revision_from_etag (cases[i].etag);
      g_autofree char *condition
          = revision != NULL ? caldav_revision_to_condition (revision) : NULL;
      g_assert_cmpstr (condition, ==, cases[i].condition);
      g_assert_true (caldav_revision_is_exact (revision) == cases[i].is_exact);
    }
}

static void
test_made_up_revisions (void)
{
  g_autofree char *unread = caldav_revision_make_unread (1);
  g_autofree char *later = caldav_revision_make_unread (2);
  g_autofree char *unconfirmed = caldav_revision_make_unconfirmed (1);
  g_autofree char *none = caldav_revision_to_condition (unread);
  g_autofree char *nor = caldav_revision_to_condition (unconfirmed);
  g_assert_cmpstr (unread, !=, later);
  g_assert_null (none);
  g_assert_null (nor);
}

static void
test_proxy_etags (void)
{
  g_autofree char *gzip = caldav_revision_from_header ("\"abc-gzip\"");
  g_autofree char *weak = caldav_revision_from_header ("W/\"abc-br\"");
  g_autofree char *empty = caldav_revision_from_header ("\"-gzip\"");
  g_assert_cmpstr (gzip, ==, "\"abc\"");
  g_assert_cmpstr (weak, ==, "W/\"abc\"");
  g_assert_cmpstr (empty, ==, "\"-gzip\"");
}

static void
test_token (void)
{
  CaldavToken token = { .kind = CALDAV_LIST_SYNC,
                        .full_at_s = 1790000000,
                        .path = (char *) "/dav/c%20l/",
                        .mark = (char *) "http://x/ns/sync/1 2 3" };
  g_autofree char *text = caldav_token_format (&token, "https://dav.example.org/");
  g_auto (CaldavToken) read = { 0 };
  g_auto (CaldavToken) other = { 0 };

  g_assert_true (caldav_token_parse (text, "https://dav.example.org/", &read));
  g_assert_false (caldav_token_parse (text, "https://dav.example.org/x/", &other));
  g_assert_cmpint (read.kind, ==, CALDAV_LIST_SYNC);
  g_assert_cmpint (read.full_at_s, ==, 1790000000);
  g_assert_cmpstr (read.path, ==, token.path);
  g_assert_cmpstr (read.mark, ==, token.mark);
}

static void
test_bad_tokens (void)
{
  static const char *const texts[]
      = { "", "1", "no-token-of-yours", "1 s 0 0 / x", "2 s x 1 /dav/ x", "1 s  1 dav x" };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto (CaldavToken) token = { 0 };
      g_assert_false (caldav_token_parse (texts[i], "https://dav.example.org/", &token));
    }
}

/* What was visited, a line for each. */
static gboolean
visit (const CaldavMember *member, gpointer user_data, GError **error)
{
  const char *etag = member->texts[CALDAV_TEXT_ETAG], *name = member->texts[CALDAV_TEXT_NAME];
  g_string_append_printf (user_data, "%s %u %u %d %x %s %s\n", member->href, member->status,
                          member->bad_status, member->has_good, member->flags,
                          etag != NULL ? etag : "-", name != NULL ? name : "-");
  return TRUE;
}

static char *
read_all (const char *xml, GError **error)
{
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (GBytes) body = g_bytes_new (xml, strlen (xml));
  g_autofree char *token = NULL;
  if (!caldav_multistatus_read (body, visit, seen, &token, error))
    return NULL;
  g_string_append (seen, token != NULL ? token : "");
  return g_strdup (seen->str);
}

static void
assert_reads (const char *xml, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *seen = read_all (xml, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (seen, ==, expected);
}

static void
test_answers (void)
{
  /* Radicale: a default namespace. Xandikos: the status first. Cyrus: CDATA. */
  assert_reads ("<multistatus xmlns=\"DAV:\"><response><href>/a</href><propstat><prop><getetag>"
                "&quot;1&quot;</getetag></prop><status>HTTP/1.1 200 OK</status></propstat>"
                "</response><sync-token>t</sync-token></multistatus>",
                "/a 0 0 1 0 \"1\" -\nt");
  assert_reads ("<a:multistatus xmlns:a=\"DAV:\"><a:response><a:href> /a\n</a:href><a:propstat>"
                "<a:status>HTTP/1.1 200 OK</a:status><a:prop><a:getetag>1</a:getetag></a:prop>"
                "</a:propstat></a:response></a:multistatus>",
                "/a 0 0 1 0 1 -\n");
  assert_reads (ROOT "<D:response><D:href>/a</D:href><D:propstat><D:prop><D:displayname>"
                     "<![CDATA[A & B]]></D:displayname></D:prop>"
                     "<D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>" END,
                "/a 0 0 1 0 - A & B\n");
  assert_reads (ROOT "<D:response><D:href>/a</D:href><D:href>/b</D:href>"
                     "<D:status>HTTP/1.1 404 Not Found</D:status></D:response>" END,
                "/a 404 0 0 0 - -\n/b 404 0 0 0 - -\n");
}

/* Hazard 4. */
static void
test_propstats (void)
{
  assert_reads (ROOT "<D:response><D:href>/a</D:href><D:propstat><D:prop><D:getetag/></D:prop>"
                     "<D:status>HTTP/1.1 404 Not Found</D:status></D:propstat></D:response>" END,
                "/a 0 0 0 0 - -\n");
  assert_reads (ROOT "<D:response><D:href>/a</D:href><D:propstat><D:prop><D:getetag>1</D:getetag>"
                     "</D:prop><D:status>HTTP/1.1 403 No</D:status></D:propstat><D:propstat>"
                     "<D:prop><D:displayname>n</D:displayname></D:prop>"
                     "<D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>" END,
                "/a 0 403 1 0 - n\n");
}

/* What looks like a property and stands elsewhere is none. */
static void
test_strangers (void)
{
  assert_reads (ROOT
                "<X:x xmlns:X=\"urn:x\"><D:response><D:href>/evil</D:href></D:response></X:x>"
                "<D:response><D:href>/a</D:href><D:propstat><D:prop><X:y xmlns:X=\"urn:x\">"
                "<D:getetag>2</D:getetag><D:href>/evil</D:href><D:status>x</D:status></X:y>"
                "<D:getetag>1</D:getetag></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>"
                "<D:error><D:href>/evil</D:href></D:error></D:response>" END,
                "/a 0 0 1 0 1 -\n");
}

static void
test_flags (void)
{
  assert_reads (
      ROOT "<D:response><D:href>/a</D:href><D:propstat><D:prop><D:resourcetype><D:collection/>"
           "<C:calendar/></D:resourcetype><D:supported-report-set><D:supported-report><D:report>"
           "<D:sync-collection/></D:report></D:supported-report></D:supported-report-set>"
           "<D:current-user-privilege-set><D:privilege><D:write-content/></D:privilege>"
           "</D:current-user-privilege-set><C:supported-calendar-component-set>"
           "<C:comp name=\"VTODO\"/><C:comp name=\"vevent\"/></C:supported-calendar-component-set>"
           "</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>" END,
      "/a 0 0 1 7f - -\n");
  /* Xandikos: without `report`. */
  assert_reads (ROOT "<D:response><D:href>/a</D:href><D:propstat><D:prop><D:supported-report-set>"
                     "<D:supported-report><D:sync-collection/></D:supported-report>"
                     "</D:supported-report-set></D:prop>"
                     "<D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>" END,
                "/a 0 0 1 4 - -\n");
}

/* Hazards 104 and 105. */
static void
test_attacks (void)
{
  g_autofree char *depth = g_strnfill (3 * 5000, '<');
  for (guint i = 0; i < 5000; i++)
    memcpy (depth + 3 * i, "<a>", 3);
  g_autofree char *deep = g_strconcat (ROOT, depth, NULL);
  const char *const attacks[] = {
    "<!DOCTYPE D:multistatus [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" ROOT
    "<D:response><D:href>&e;</D:href></D:response>" END,
    "<!DOCTYPE l [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
    "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">]>" ROOT
    "<D:response><D:href>&d;&d;&d;&d;</D:href></D:response>" END,
    "<!DOCTYPE x PUBLIC \"x\" \"http://127.0.0.1:1/x.dtd\">" ROOT END,
    ROOT "<D:response><D:href>&e;</D:href></D:response>" END,
    deep,
  };
  for (guint i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *seen = read_all (attacks[i], &error);
      g_assert_null (seen);
      g_assert_error (error, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL);
    }
}

static void
test_long_text (void)
{
  g_autofree char *filling = g_strnfill (65 * 1024, 'x');
  g_autofree char *xml = g_strconcat (ROOT "<D:sync-token>", filling, "</D:sync-token>" END, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *seen = read_all (xml, &error);
  g_assert_null (seen);
  g_assert_error (error, TURNUS_ERROR, TURNUS_ERROR_LIMIT);
}

static void
test_line_ends (void)
{
  g_autoptr (GBytes) taken = caldav_wire_dup_calendar ("BEGIN:VCALENDAR\nEND:VCALENDAR\n");
  g_autoptr (GBytes) kept = caldav_wire_dup_calendar ("BEGIN:VCALENDAR\r\nEND:VCALENDAR\n");
  g_assert_cmpmem (g_bytes_get_data (taken, NULL), g_bytes_get_size (taken),
                   "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", 32);
  g_assert_cmpuint (g_bytes_get_size (kept), ==, 31);
}

static void
assert_contains (GBytes *body, const char *needle)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_assert_nonnull (strstr (text, needle));
  g_bytes_unref (body);
}

static void
test_requests (void)
{
  const char *const paths[] = { "/cal/a&b.ics", "/cal/c.ics" };
  assert_contains (caldav_wire_ask_changes ("<&>"), "<D:sync-token>&lt;&amp;&gt;</D:sync-token>");
  assert_contains (caldav_wire_ask_changes (NULL), "<D:sync-token></D:sync-token>");
  assert_contains (caldav_wire_ask_items (paths, 2),
                   "<D:href>/cal/a&amp;b.ics</D:href><D:href>/cal/c.ics</D:href>");
  assert_contains (caldav_wire_ask_uid ("<uid>"), "\"i;octet\">&lt;uid&gt;</C:text-match>");
}

static void
assert_refusal (guint status, const char *xml, const char *condition, const char *href)
{
  char *headers[] = { (char *) "content-type", (char *) "application/xml; charset=utf-8", NULL };
  g_autoptr (GBytes) body = g_bytes_new (xml, strlen (xml));
  TurnusResponse response = { .status = status, .headers = headers, .body = body };
  g_auto (CaldavRefusal) refusal = { 0 };
  caldav_refusal_read (&response, &refusal);
  g_assert_cmpstr (refusal.condition, ==, condition);
  g_assert_cmpstr (refusal.href, ==, href);
}

static void
test_refusals (void)
{
  assert_refusal (403,
                  "<D:error xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\">"
                  "<C:unique-scheduling-object-resource><D:href>/dav/a.ics</D:href>"
                  "</C:unique-scheduling-object-resource></D:error>",
                  "unique-scheduling-object-resource", "/dav/a.ics");
  assert_refusal (409,
                  "<error xmlns=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\">"
                  "<C:no-uid-conflict /></error>",
                  "no-uid-conflict", NULL);
  assert_refusal (415,
                  "<d:error xmlns:d=\"DAV:\" xmlns:s=\"http://sabredav.org/ns\">"
                  "<s:exception>Sabre\\DAV\\Exception</s:exception><s:message>no</s:message>"
                  "</d:error>",
                  NULL, NULL);
  assert_refusal (412,
                  ROOT "<D:response><D:href>/a.ics</D:href><D:status>HTTP/1.1 412 No</D:status>"
                       "<D:error><C:no-uid-conflict/></D:error></D:response>" END,
                  "no-uid-conflict", NULL);
  assert_refusal (403, "<html>no</html>", NULL, NULL);
  assert_refusal (403, "garbage", NULL, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/caldav/href/is-shown-without-secrets-hazard-111", test_shown_hrefs);
  g_test_add_func ("/caldav/href/has-one-normal-form-hazard-38", test_normal_hrefs);
  g_test_add_func ("/caldav/href/has-a-limit", test_long_href);
  g_test_add_func ("/caldav/href/stays-on-its-origin-hazards-75-76", test_origins);
  g_test_add_func ("/caldav/href/is-under-its-collection-or-not-hazard-76", test_members);
  g_test_add_func ("/caldav/revision/is-an-etag-that-can-be-sent-hazard-22", test_etags);
  g_test_add_func ("/caldav/revision/made-up-ones-are-no-condition", test_made_up_revisions);
  g_test_add_func ("/caldav/revision/loses-what-a-proxy-added-hazard-22", test_proxy_etags);
  g_test_add_func ("/caldav/token/says-again-what-it-was-given", test_token);
  g_test_add_func ("/caldav/token/of-others-is-none", test_bad_tokens);
  g_test_add_func ("/caldav/multistatus/reads-what-servers-write", test_answers);
  g_test_add_func ("/caldav/multistatus/missing-property-says-nothing-hazard-4", test_propstats);
  g_test_add_func ("/caldav/multistatus/strangers-say-nothing", test_strangers);
  g_test_add_func ("/caldav/multistatus/elements-say-what-it-is", test_flags);
  g_test_add_func ("/caldav/multistatus/refuses-attacks-hazards-104-105", test_attacks);
  g_test_add_func ("/caldav/multistatus/has-limits", test_long_text);
  g_test_add_func ("/caldav/wire/calendars-have-crlf", test_line_ends);
  g_test_add_func ("/caldav/wire/requests-are-escaped", test_requests);
  g_test_add_func ("/caldav/refusal/says-what-did-not-hold", test_refusals);
  return g_test_run ();
}
