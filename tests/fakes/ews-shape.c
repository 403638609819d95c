/* Items as they are shown: what the shape asks for, in the order of the schema, with all that
 * Exchange makes up by itself. */
#include "fakes/ews-item.h"
#include "fakes/ews-moment.h"
#include "fakes/ews-series.h"

#include <string.h>

/* What the Default shape of a calendar item has (exchange.md 2). */
static const char *const usual[]
    = { "ItemId",   "Subject",          "HasAttachments", "Start", "End", "LegacyFreeBusyStatus",
        "Location", "CalendarItemType", "Organizer",      NULL };
/* What FindItem never shows. */
static const char *const unfound[] = { "Body",
                                       "TextBody",
                                       "RequiredAttendees",
                                       "OptionalAttendees",
                                       "Resources",
                                       "Recurrence",
                                       "FirstOccurrence",
                                       "LastOccurrence",
                                       "ModifiedOccurrences",
                                       "DeletedOccurrences",
                                       "StartTimeZone",
                                       "EndTimeZone",
                                       NULL };

typedef struct
{
  const TnEwsItem *item;
  const TnEwsFolder *folder;
  const TnEwsLook *look;
  xmlNode *out;
} Showing;

static gboolean
is_asked (const TnEwsLook *look, const char *name)
{
  const xmlNode *paths = tn_ews_tree_find (look->shape, "AdditionalProperties");
  for (xmlNode *one = tn_ews_tree_first (paths); one != NULL; one = tn_ews_tree_next (one))
    {
      g_autofree char *uri = tn_ews_tree_dup_value (one, "FieldURI");
      const char *colon = uri != NULL ? strchr (uri, ':') : NULL;
      if (colon != NULL && tn_ews_tree_is (one, "FieldURI") && strcmp (colon + 1, name) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_shown (const TnEwsLook *look, const char *name)
{
  g_autofree char *base = tn_ews_tree_dup_text (tn_ews_tree_find (look->shape, "BaseShape"));
  if (strcmp (name, "ItemId") == 0)
    return TRUE;
  if (look->is_find && g_strv_contains (unfound, name))
    return FALSE;
  if (is_asked (look, name))
    return TRUE;
  if (g_strcmp0 (base, "AllProperties") == 0)
    return strcmp (name, "MimeContent") != 0 && strcmp (name, "TextBody") != 0;
  return g_strcmp0 (base, "Default") == 0 && g_strv_contains (usual, name);
}

/* Returns: (transfer full): what Exchange's own conversion leaves of HTML, roughly */
static char *
strip_html (const char *html)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (const char *p = html; *p != '\0'; p++)
    {
      if (g_ascii_strncasecmp (p, "<br", 3) == 0 || g_ascii_strncasecmp (p, "</p", 3) == 0
          || g_ascii_strncasecmp (p, "</div", 5) == 0)
        g_string_append (text, "\r\n");
      if (*p == '<')
        p = strchr (p, '>') != NULL ? strchr (p, '>') : p + strlen (p) - 1;
      else if (*p != '\r' && *p != '\n')
        g_string_append_c (text, *p);
    }
  g_string_replace (text, "&nbsp;", " ", 0);
  g_string_replace (text, "&lt;", "<", 0);
  g_string_replace (text, "&gt;", ">", 0);
  g_string_replace (text, "&quot;", "\"", 0);
  g_string_replace (text, "&amp;", "&", 0);
  return g_strdup (text->str);
}

static char *
make_html (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  g_auto (GStrv) lines = g_strsplit (escaped, "\r\n", -1);
  g_autofree char *joined = g_strjoinv ("<br>\r\n", lines);
  return g_strdup_printf ("<html><head></head><body>%s</body></html>", joined);
}

/* `name`: Body, or TextBody, which never is HTML */
static void
show_body (const Showing *s, const char *name)
{
  const xmlNode *body = tn_ews_tree_find (s->item->fields, "Body");
  g_autofree char *asked = tn_ews_tree_dup_text (tn_ews_tree_find (s->look->shape, "BodyType"));
  g_autofree char *text = body != NULL ? tn_ews_tree_dup_text (body) : g_strdup ("");
  gboolean is_text = strcmp (name, "TextBody") == 0;
  gboolean has_html = tn_ews_tree_has_value (body, "BodyType", "HTML");
  gboolean is_best = asked == NULL || strcmp (asked, "Best") == 0;
  gboolean is_html = g_strcmp0 (asked, "HTML") == 0 || (is_best && has_html);
  gboolean wants_html = !is_text && (s->look->habits->makes_html || is_html);
  g_autofree char *other = wants_html ? make_html (text) : strip_html (text);
  xmlNode *out = tn_ews_tree_add_type (s->out, name, wants_html == has_html ? text : other);
  tn_ews_tree_set (out, "BodyType", wants_html ? "HTML" : "Text");
}

/* Extended properties are shown only when asked for by name. */
static void
show_properties (const Showing *s)
{
  const xmlNode *paths = tn_ews_tree_find (s->look->shape, "AdditionalProperties");
  for (xmlNode *path = tn_ews_tree_first (paths); path != NULL; path = tn_ews_tree_next (path))
    {
      g_autofree char *value = tn_ews_tree_is (path, "ExtendedFieldURI")
                                   ? tn_ews_item_dup_field (s->item->fields, path)
                                   : NULL;
      if (value == NULL)
        continue;
      xmlNode *property = tn_ews_tree_add_type (s->out, "ExtendedProperty", NULL);
      tn_ews_tree_copy (property, path);
      tn_ews_tree_add_type (property, "Value", value);
    }
}

/* Two names of the same rules, either of which stands for the other. */
static const char *
rename_zone (const char *name)
{
  static const char *const same[]
      = { "Romance Standard Time", "W. Europe Standard Time", "Central Europe Standard Time" };
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    if (strcmp (name, same[i]) == 0)
      return same[(i + 1) % G_N_ELEMENTS (same)];
  return name;
}

static void
show_zone (const Showing *s, const char *name)
{
  g_autofree char *id = tn_ews_tree_dup_value (tn_ews_tree_find (s->item->fields, name), "Id");
  if (id == NULL)
    return;
  const char *shown = s->look->habits->renames_zones ? rename_zone (id) : id;
  xmlNode *zone = tn_ews_tree_add_type (s->out, name, NULL);
  tn_ews_tree_set (zone, "Id", shown);
  tn_ews_tree_set (zone, "Name", shown);
}

static void
show_rights (const Showing *s)
{
  static const char *const names[]
      = { "CreateAssociated", "CreateContents", "CreateHierarchy", "Delete", "Modify", "Read" };
  xmlNode *rights = tn_ews_tree_add_type (s->out, "EffectiveRights", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gboolean may = strcmp (names[i], "Read") == 0 || !s->folder->is_read_only;
      tn_ews_tree_add_type (rights, names[i], may ? "true" : "false");
    }
}

static void
show_organizer (const Showing *s)
{
  xmlNode *organizer = tn_ews_tree_add_type (s->out, "Organizer", NULL);
  xmlNode *mailbox = tn_ews_tree_add_type (organizer, "Mailbox", NULL);
  tn_ews_tree_add_type (mailbox, "Name", s->folder->address);
  tn_ews_tree_add_type (mailbox, "EmailAddress", s->folder->address);
  tn_ews_tree_add_type (mailbox, "RoutingType", "SMTP");
}

static void
show_moment (const Showing *s, const char *name, const char *field)
{
  g_autoptr (GDateTime) moment = tn_ews_item_get_moment (s->item->fields, field);
  g_autofree char *text = moment != NULL ? tn_ews_moment_format (moment, s->look->zone) : NULL;
  if (text != NULL)
    tn_ews_tree_add_type (s->out, name, text);
}

/* The log has no clock: its places are seconds of one day. */
static void
show_log_time (const Showing *s, const char *name, guint64 at)
{
  g_autofree char *text = g_strdup_printf ("2026-11-01T%02u:%02u:%02uZ", (guint) (at / 3600 % 24),
                                           (guint) (at / 60 % 60), (guint) (at % 60));
  tn_ews_tree_add_type (s->out, name, text);
}

static void
show_duration (const Showing *s)
{
  g_autoptr (GDateTime) start = tn_ews_item_get_moment (s->item->fields, "Start");
  g_autoptr (GDateTime) end = tn_ews_item_get_moment (s->item->fields, "End");
  gint64 minutes = g_date_time_difference (end, start) / G_TIME_SPAN_MINUTE;
  g_autofree char *text = g_strdup_printf ("PT%" G_GINT64_FORMAT "M", minutes);
  tn_ews_tree_add_type (s->out, "Duration", text);
}

static void
show_uid (const Showing *s)
{
  g_autofree char *uid = tn_ews_tree_dup_text (tn_ews_tree_find (s->item->fields, "UID"));
  g_autofree char *made = g_compute_checksum_for_string (G_CHECKSUM_SHA1, s->item->id, -1);
  g_autofree char *own = g_strconcat ("040000008200E00074C5B7101A82E008", made, NULL);
  gboolean is_kept = uid != NULL && !s->look->habits->rewrites_uids;
  tn_ews_tree_add_type (s->out, "UID", is_kept ? uid : own);
}

static const char *
get_type (const TnEwsItem *item)
{
  if (item->type != NULL)
    return item->type;
  return tn_ews_tree_find (item->fields, "Recurrence") != NULL ? "RecurringMaster" : "Single";
}

/* What is neither kept nor has a function of its own. Returns: (nullable) */
static const char *
find_made_up (const Showing *s, const char *name)
{
  gboolean is_meeting = tn_ews_item_is_meeting (s->item->fields);
  const struct
  {
    const char *name;
    const char *text;
  } made_up[] = {
    { "ItemClass", "IPM.Appointment" },
    { "Size", "1024" },
    { "IsSubmitted", "false" },
    { "IsDraft", "false" },
    { "IsFromMe", "false" },
    { "IsResend", "false" },
    { "IsUnmodified", "false" },
    { "HasAttachments", "false" },
    { "LastModifiedName", "Somebody" },
    { "Culture", "da-DK" },
    { "IsMeeting", is_meeting ? "true" : "false" },
    { "IsCancelled", "false" },
    { "IsRecurring", s->item->type != NULL ? "true" : "false" },
    { "MeetingRequestWasSent", is_meeting ? "true" : "false" },
    { "IsResponseRequested", "true" },
    { "CalendarItemType", get_type (s->item) },
    { "MyResponseType", is_meeting ? "Organizer" : "Unknown" },
    { "AppointmentSequenceNumber", "0" },
    { "AppointmentState", is_meeting ? "1" : "0" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (made_up); i++)
    if (strcmp (made_up[i].name, name) == 0)
      return made_up[i].text;
  return NULL;
}

static void
show_id (const Showing *s)
{
  g_autofree char *key = tn_ews_item_dup_change_key (s->item);
  xmlNode *id = tn_ews_tree_add_type (s->out, "ItemId", NULL);
  tn_ews_tree_set (id, "Id", s->item->id);
  tn_ews_tree_set (id, "ChangeKey", key);
}

static void
show_parent (const Showing *s)
{
  xmlNode *id = tn_ews_tree_add_type (s->out, "ParentFolderId", NULL);
  tn_ews_tree_set (id, "Id", s->folder->id);
}

static void
show_plain (const Showing *s, const char *name)
{
  const xmlNode *field = tn_ews_tree_find (s->item->fields, name);
  const char *made_up = find_made_up (s, name);
  if (field != NULL)
    tn_ews_tree_copy (s->out, field);
  else if (made_up != NULL)
    tn_ews_tree_add_type (s->out, name, made_up);
}

static gboolean
is_one_of (const char *name, const char *a, const char *b)
{
  return strcmp (name, a) == 0 || strcmp (name, b) == 0;
}

static void
show_one (const Showing *s, const char *name)
{
  if (strcmp (name, "ItemId") == 0)
    show_id (s);
  else if (strcmp (name, "ParentFolderId") == 0)
    show_parent (s);
  else if (is_one_of (name, "Body", "TextBody"))
    show_body (s, name);
  else if (is_one_of (name, "StartTimeZone", "EndTimeZone"))
    show_zone (s, name);
  else if (is_one_of (name, "Start", "End"))
    show_moment (s, name, name);
  else if (is_one_of (name, "DateTimeCreated", "DateTimeReceived"))
    show_log_time (s, name, s->item->created_at);
  else if (is_one_of (name, "LastModifiedTime", "DateTimeStamp"))
    show_log_time (s, name, s->item->version);
  else if (strcmp (name, "EffectiveRights") == 0)
    show_rights (s);
  else if (strcmp (name, "Organizer") == 0)
    show_organizer (s);
  else if (strcmp (name, "Duration") == 0)
    show_duration (s);
  else if (strcmp (name, "UID") == 0)
    show_uid (s);
  else if (g_str_has_suffix (name, "Occurrence") || g_str_has_suffix (name, "Occurrences"))
    tn_ews_series_show (s->item, name, s->out);
  else
    show_plain (s, name);
}

/**
 * tn_ews_item_show:
 * @parent: the element in which the item is shown
 */
void
tn_ews_item_show (const TnEwsItem *item, const TnEwsFolder *folder, const TnEwsLook *look,
                  xmlNode *parent)
{
  const char *const *order = tn_ews_item_get_order ();
  Showing s = { item, folder, look, tn_ews_tree_add_type (parent, "CalendarItem", NULL) };
  for (guint i = 0; order[i] != NULL; i++)
    {
      const char *name = order[i] + (*order[i] == '!');
      if (strcmp (name, "ExtendedProperty") == 0)
        show_properties (&s);
      else if (is_shown (look, name))
        show_one (&s, name);
    }
}
