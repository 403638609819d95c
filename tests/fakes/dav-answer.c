#include "fakes/dav-answer.h"

#include <string.h>

#define XML_TYPE "application/xml; charset=utf-8"
#define GOOD "<D:status>HTTP/1.1 200 OK</D:status>"
#define MISSING "<D:status>HTTP/1.1 404 Not Found</D:status>"

void
tn_dav_item_free (TnDavItem *item)
{
  g_free (item->text);
  g_free (item->etag);
  g_free (item->uid);
  g_free (item);
}

static void
append_escaped (TnDavAnswer *answer, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  g_string_append (answer->text, escaped);
}

static void
append_href (TnDavAnswer *answer, const char *name)
{
  const TnDavQuirks *quirks = answer->quirks;
  g_autofree char *escaped = g_uri_escape_string (name, ":@", FALSE);
  g_autofree char *lower = g_ascii_strdown (escaped, -1);
  g_autofree char *host
      = quirks->names_hosts ? tn_http_server_dup_url (answer->http, "") : g_strdup ("");
  g_string_append (answer->text, "<D:response><D:href>");
  append_escaped (answer, host);
  g_string_append (answer->text,
                   quirks->spells_otherwise ? "//dav//cals/turnus/" : TN_DAV_CALENDAR);
  append_escaped (answer,
                  quirks->spells_otherwise && strchr (escaped, '%') != NULL ? lower : escaped);
  g_string_append (answer->text, "</D:href>");
}

void
tn_dav_answer_add_item (TnDavAnswer *answer, const char *name, const TnDavItem *item,
                        gboolean with_calendar)
{
  const TnDavQuirks *quirks = answer->quirks;
  if (g_strcmp0 (quirks->failing, name) == 0 && quirks->member_status > 0)
    {
      tn_dav_answer_add_status (answer, name, quirks->member_status);
      return;
    }
  append_href (answer, name);
  g_string_append (answer->text, "<D:propstat><D:prop>");
  gboolean has_etag = !quirks->has_no_etag && !quirks->has_no_props;
  if (has_etag)
    {
      g_string_append (answer->text, "<D:getetag>");
      append_escaped (answer, item->etag);
      g_string_append (answer->text, "</D:getetag>");
    }
  if (with_calendar && !quirks->has_no_props)
    {
      g_string_append (answer->text, "<C:calendar-data>");
      append_escaped (answer, item->text);
      g_string_append (answer->text, "</C:calendar-data>");
    }
  g_string_append (answer->text, "</D:prop>");
  g_string_append (answer->text, quirks->has_no_props ? MISSING : GOOD);
  g_string_append (answer->text, "</D:propstat></D:response>");
}

void
tn_dav_answer_add_status (TnDavAnswer *answer, const char *name, guint status)
{
  append_href (answer, name);
  g_string_append_printf (answer->text, "<D:status>HTTP/1.1 %u Thing</D:status></D:response>",
                          status);
}

void
tn_dav_answer_add_raw_href (TnDavAnswer *answer, const char *href)
{
  g_string_append (answer->text, "<D:response><D:href>");
  append_escaped (answer, href);
  g_string_append (answer->text, "</D:href><D:propstat><D:prop><D:getetag>\"1\"</D:getetag>"
                                 "</D:prop>" GOOD "</D:propstat></D:response>");
}

static void
append_privileges (TnDavAnswer *answer)
{
  if (answer->quirks->hides_privileges)
    return;
  g_string_append (answer->text, "<D:current-user-privilege-set>"
                                 "<D:privilege><D:read/></D:privilege>");
  if (!answer->quirks->is_read_only)
    g_string_append (answer->text, "<D:privilege><D:write/></D:privilege>");
  g_string_append (answer->text, "</D:current-user-privilege-set>");
}

void
tn_dav_answer_add_calendar (TnDavAnswer *answer, const char *path, const char *name)
{
  const TnDavQuirks *quirks = answer->quirks;
  g_string_append_printf (answer->text,
                          "<D:response><D:href>%s</D:href><D:propstat><D:prop><D:resourcetype>"
                          "<D:collection/><C:calendar/></D:resourcetype><D:displayname>",
                          path);
  append_escaped (answer, name);
  g_string_append (answer->text,
                   "</D:displayname><D:current-user-principal><D:href>/dav/principal/</D:href>"
                   "</D:current-user-principal><C:supported-calendar-component-set>"
                   "<C:comp name=\"VEVENT\"/></C:supported-calendar-component-set>");
  append_privileges (answer);
  if (!quirks->has_no_sync)
    g_string_append (answer->text, "<D:supported-report-set><D:supported-report><D:report>"
                                   "<D:sync-collection/></D:report></D:supported-report>"
                                   "</D:supported-report-set>");
  if (!quirks->has_no_ctag)
    g_string_append_printf (answer->text, "<S:getctag>%u</S:getctag>", answer->change);
  if (quirks->has_creation_date)
    g_string_append_printf (answer->text, "<D:creationdate>2026-01-01T00:00:%02uZ</D:creationdate>",
                            answer->change % 60);
  if (quirks->has_resource_id)
    g_string_append_printf (answer->text,
                            "<D:resource-id><D:href>urn:uuid:%u</D:href></D:resource-id>",
                            answer->generation);
  g_string_append (answer->text, "</D:prop>" GOOD "</D:propstat><D:propstat><D:prop>"
                                 "<D:owner/></D:prop>" MISSING "</D:propstat></D:response>");
}

/* `is_way`: it says who we are, and where our calendars are. */
void
tn_dav_answer_add_account (TnDavAnswer *answer, const char *path, gboolean is_way)
{
  g_string_append_printf (answer->text,
                          "<D:response><D:href>%s</D:href><D:propstat><D:prop><D:resourcetype>"
                          "<D:collection/></D:resourcetype>",
                          path);
  if (is_way)
    g_string_append (answer->text, "<D:current-user-principal><D:href>/dav/principal/</D:href>"
                                   "</D:current-user-principal>");
  if (strcmp (path, "/dav/principal/") == 0)
    g_string_append (answer->text, "<C:calendar-home-set><D:href>/dav/cals/</D:href>"
                                   "</C:calendar-home-set>");
  g_string_append (answer->text, "</D:prop>" GOOD "</D:propstat></D:response>");
}

/* Sends what was added. */
void
tn_dav_answer_end (TnDavAnswer *answer, const char *token, TnHttpAnswer *http)
{
  g_autoptr (GString) text = answer->text;
  g_string_prepend (text, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                          "<D:multistatus xmlns:D=\"DAV:\" "
                          "xmlns:C=\"urn:ietf:params:xml:ns:caldav\" "
                          "xmlns:S=\"http://calendarserver.org/ns/\">");
  if (token != NULL)
    g_string_append_printf (text, "<D:sync-token>%s</D:sync-token>", token);
  g_string_append (text, "</D:multistatus>");
  tn_http_answer_set_text (http, XML_TYPE, text->str);
  http->status = 207;
}

void
tn_dav_refuse (TnHttpAnswer *http, guint status, const char *condition)
{
  g_autofree char *text = g_strdup_printf ("<?xml version=\"1.0\"?>\n<D:error xmlns:D=\"DAV:\" "
                                           "xmlns:C=\"urn:ietf:params:xml:ns:caldav\">%s</D:error>",
                                           condition);
  tn_http_answer_set_text (http, XML_TYPE, text);
  http->status = status;
}

void
tn_dav_add_etag (const TnDavQuirks *quirks, const char *etag, TnHttpAnswer *http)
{
  g_autofree char *bare = g_strndup (etag, strlen (etag) - 1);
  g_autofree char *gzip = g_strconcat (bare, "-gzip\"", NULL);
  if (!quirks->has_no_etag)
    tn_http_answer_add_header (http, "ETag", quirks->has_gzip_etags ? gzip : etag);
}
