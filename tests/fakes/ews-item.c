/* Fields as they are set: by CreateItem, and by UpdateItem one by one. What is kept is what a
 * client may set, times in UTC; the rest is made up when an item is shown (ews-shape.c). */
#include "fakes/ews-item.h"

#include <string.h>

#include "fakes/ews-moment.h"

/* Elements of a calendar item in the order of the schema, as far as this server knows them; those
 * from `!` on cannot be set. */
static const char *const order[] = {
  "MimeContent",
  "!ItemId",
  "!ParentFolderId",
  "ItemClass",
  "Subject",
  "Sensitivity",
  "Body",
  "!Attachments",
  "!DateTimeReceived",
  "!Size",
  "Categories",
  "Importance",
  "!IsSubmitted",
  "!IsDraft",
  "!IsFromMe",
  "!IsResend",
  "!IsUnmodified",
  "!DateTimeSent",
  "!DateTimeCreated",
  "ReminderDueBy",
  "ReminderIsSet",
  "ReminderMinutesBeforeStart",
  "!DisplayCc",
  "!DisplayTo",
  "!HasAttachments",
  "ExtendedProperty",
  "Culture",
  "!EffectiveRights",
  "!LastModifiedName",
  "!LastModifiedTime",
  "!TextBody",
  "UID",
  "!RecurrenceId",
  "!DateTimeStamp",
  "Start",
  "End",
  "!OriginalStart",
  "IsAllDayEvent",
  "LegacyFreeBusyStatus",
  "Location",
  "!When",
  "!IsMeeting",
  "!IsCancelled",
  "!IsRecurring",
  "!MeetingRequestWasSent",
  "IsResponseRequested",
  "!CalendarItemType",
  "!MyResponseType",
  "!Organizer",
  "RequiredAttendees",
  "OptionalAttendees",
  "Resources",
  "!Duration",
  "!TimeZone",
  "!AppointmentSequenceNumber",
  "!AppointmentState",
  "Recurrence",
  "!FirstOccurrence",
  "!LastOccurrence",
  "!ModifiedOccurrences",
  "!DeletedOccurrences",
  "MeetingTimeZone",
  "StartTimeZone",
  "EndTimeZone",
  "ConferenceType",
  "AllowNewTimeProposal",
  "IsOnlineMeeting",
  "MeetingWorkspaceUrl",
  "NetShowUrl",
  NULL,
};

const char *const *
tn_ews_item_get_order (void)
{
  return order;
}

static int
find_place (const xmlNode *node)
{
  for (int i = 0; order[i] != NULL; i++)
    if (tn_ews_tree_is (node, order[i] + (*order[i] == '!')))
      return i;
  return -1;
}

/* Returns: (transfer full) (nullable) */
GTimeZone *
tn_ews_item_get_zone (const xmlNode *fields, const char *element)
{
  g_autofree char *name = tn_ews_tree_dup_value (tn_ews_tree_find (fields, element), "Id");
  return tn_ews_moment_find_zone (name);
}

/* Returns: (transfer full) (nullable): in UTC */
GDateTime *
tn_ews_item_get_moment (const xmlNode *fields, const char *element)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *text = tn_ews_tree_dup_text (tn_ews_tree_find (fields, element));
  return tn_ews_moment_parse (text, utc);
}

void
tn_ews_item_set_moment (xmlNode *fields, const char *element, GDateTime *moment)
{
  g_autofree char *text = tn_ews_moment_format (moment, NULL);
  tn_ews_tree_replace (fields, element, text);
}

gboolean
tn_ews_item_is_meeting (const xmlNode *fields)
{
  return tn_ews_tree_find (fields, "RequiredAttendees") != NULL
         || tn_ews_tree_find (fields, "OptionalAttendees") != NULL
         || tn_ews_tree_find (fields, "Resources") != NULL;
}

/* Returns: (transfer full) (element-type utf8): whom a mail about it would reach */
GPtrArray *
tn_ews_item_list_addresses (const xmlNode *fields)
{
  static const char *const kinds[] = { "RequiredAttendees", "OptionalAttendees", "Resources" };
  GPtrArray *addresses = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      xmlNode *one = tn_ews_tree_first (tn_ews_tree_find (fields, kinds[i]));
      for (; one != NULL; one = tn_ews_tree_next (one))
        {
          xmlNode *address = tn_ews_tree_find_path (one, "Mailbox/EmailAddress");
          if (address != NULL)
            g_ptr_array_add (addresses, tn_ews_tree_dup_text (address));
        }
    }
  return addresses;
}

static gboolean
is_same_property (const xmlNode *a, const xmlNode *b)
{
  static const char *const keys[] = { "DistinguishedPropertySetId",
                                      "PropertySetId",
                                      "PropertyTag",
                                      "PropertyName",
                                      "PropertyId",
                                      "PropertyType" };
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *value = tn_ews_tree_dup_value (a, keys[i]);
      if (!tn_ews_tree_has_value (b, keys[i], value))
        return FALSE;
    }
  return TRUE;
}

/* Where in @fields stands what the FieldURI or ExtendedFieldURI @path names? (nullable) */
static xmlNode *
find_field (const xmlNode *fields, const xmlNode *path)
{
  g_autofree char *uri = tn_ews_tree_dup_value (path, "FieldURI");
  const char *colon = uri != NULL ? strchr (uri, ':') : NULL;
  if (tn_ews_tree_is (path, "FieldURI") && colon != NULL)
    return tn_ews_tree_find (fields, colon + 1);
  xmlNode *one = tn_ews_tree_first (fields);
  for (; one != NULL; one = tn_ews_tree_next (one))
    if (tn_ews_tree_is (one, "ExtendedProperty")
        && is_same_property (tn_ews_tree_find (one, "ExtendedFieldURI"), path))
      return one;
  return NULL;
}

/* Returns: (transfer full) (nullable): the text of what @path names; %NULL: it has none */
char *
tn_ews_item_dup_field (const xmlNode *fields, const xmlNode *path)
{
  const xmlNode *field = find_field (fields, path);
  return tn_ews_tree_dup_text (
      tn_ews_tree_is (field, "ExtendedProperty") ? tn_ews_tree_find (field, "Value") : field);
}

/* Exchange keeps lines ended by CRLF. */
static void
keep_lines (xmlNode *body)
{
  g_autofree char *text = tn_ews_tree_dup_text (body);
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);
  g_autofree char *bare = g_strjoinv ("\n", lines);
  g_auto (GStrv) again = g_strsplit (bare, "\n", -1);
  g_autofree char *whole = g_strjoinv ("\r\n", again);
  xmlNodeSetContent (body, NULL);
  xmlNodeAddContent (body, (const xmlChar *) whole);
}

/* One zone for @element: what stands beside it, in what is given or in what is there already. */
static GTimeZone *
find_zone (const xmlNode *given, const xmlNode *fields, const char *element, GTimeZone *otherwise)
{
  const char *beside = strcmp (element, "End") == 0 ? "EndTimeZone" : "StartTimeZone";
  const char *const names[] = { beside, "StartTimeZone" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GTimeZone *zone = tn_ews_item_get_zone (given, names[i]);
      if (zone == NULL)
        zone = tn_ews_item_get_zone (fields, names[i]);
      if (zone != NULL)
        return zone;
    }
  return otherwise != NULL ? g_time_zone_ref (otherwise) : g_time_zone_new_utc ();
}

/* Takes one element of @given over into @fields; the one that was there is gone before. */
static gboolean
take (xmlNode *fields, const xmlNode *given, const xmlNode *one, GTimeZone *zone, const char **code)
{
  const char *name = (const char *) one->name;
  xmlNode *copy = tn_ews_tree_copy (fields, one);
  if (tn_ews_tree_is (one, "Body"))
    keep_lines (copy);
  if (tn_ews_tree_is (one, "StartTimeZone") || tn_ews_tree_is (one, "EndTimeZone"))
    while (tn_ews_tree_first (copy) != NULL)
      tn_ews_tree_drop (tn_ews_tree_first (copy));
  if (!tn_ews_tree_is (one, "Start") && !tn_ews_tree_is (one, "End"))
    return TRUE;
  g_autoptr (GTimeZone) own = find_zone (given, fields, name, zone);
  g_autofree char *text = tn_ews_tree_dup_text (one);
  g_autoptr (GDateTime) moment = tn_ews_moment_parse (text, own);
  if (moment == NULL)
    {
      *code = "ErrorInvalidPropertySet";
      return FALSE;
    }
  tn_ews_item_set_moment (fields, name, moment);
  return TRUE;
}

static gboolean
settle_all_day (xmlNode *fields, GTimeZone *zone)
{
  g_autoptr (GTimeZone) own = find_zone (fields, fields, "Start", zone);
  g_autoptr (GDateTime) start = tn_ews_item_get_moment (fields, "Start");
  g_autoptr (GDateTime) end = tn_ews_item_get_moment (fields, "End");
  g_autoptr (GDateTime) first = tn_ews_moment_floor (start, own);
  g_autoptr (GDateTime) last = tn_ews_moment_floor (end, own);
  gboolean is_whole = g_date_time_equal (last, end) && g_date_time_compare (last, first) > 0;
  g_autoptr (GDateTime) next = tn_ews_moment_add_days (last, own, is_whole ? 0 : 1);
  tn_ews_item_set_moment (fields, "Start", first);
  tn_ews_item_set_moment (fields, "End", next);
  return TRUE;
}

/**
 * tn_ews_item_settle:
 * @zone: (nullable): of the TimeZoneContext
 *
 * After a change: an all-day event lies between midnights of its zone, an end is no earlier than
 * its start.
 */
gboolean
tn_ews_item_settle (xmlNode *fields, GTimeZone *zone, const char **code)
{
  g_autofree char *all_day = tn_ews_tree_dup_text (tn_ews_tree_find (fields, "IsAllDayEvent"));
  g_autoptr (GDateTime) start = tn_ews_item_get_moment (fields, "Start");
  g_autoptr (GDateTime) end = tn_ews_item_get_moment (fields, "End");
  if (start == NULL || end == NULL)
    *code = "ErrorCalendarDurationIsTooLong";
  else if (g_date_time_compare (end, start) < 0)
    *code = "ErrorCalendarEndDateIsEarlierThanStartDate";
  else
    return g_strcmp0 (all_day, "true") != 0 || settle_all_day (fields, zone);
  return FALSE;
}

static void
add_default (xmlNode *fields, const char *name, const char *text)
{
  if (tn_ews_tree_find (fields, name) == NULL)
    tn_ews_tree_add_type (fields, name, text);
}

/**
 * tn_ews_item_make_fields:
 * @given: a CalendarItem as a client wrote it
 * @zone: (nullable): of the TimeZoneContext
 * @code: (out): why not
 *
 * Returns: (transfer full) (nullable)
 */
xmlNode *
tn_ews_item_make_fields (const xmlNode *given, GTimeZone *zone, const char **code)
{
  xmlNode *fields = tn_ews_tree_new_root (TN_EWS_TYPES, "CalendarItem");
  int place = -1;
  gboolean is_right = TRUE;
  for (xmlNode *one = tn_ews_tree_first (given); is_right && one != NULL;
       one = tn_ews_tree_next (one))
    {
      int here = find_place (one);
      is_right = here >= place && here >= 0 && *order[here] != '!';
      *code = here < place || here < 0 ? "ErrorSchemaValidation" : "ErrorInvalidPropertySet";
      place = here;
      is_right = is_right && take (fields, given, one, zone, code);
    }
  add_default (fields, "Subject", "");
  add_default (fields, "Sensitivity", "Normal");
  add_default (fields, "Importance", "Normal");
  add_default (fields, "ReminderIsSet", "true");
  add_default (fields, "ReminderMinutesBeforeStart", "15");
  add_default (fields, "IsAllDayEvent", "false");
  add_default (fields, "LegacyFreeBusyStatus", "Busy");
  if (is_right && tn_ews_item_settle (fields, zone, code))
    return fields;
  tn_ews_tree_free_root (fields);
  return NULL;
}

static gboolean
change_one (xmlNode *fields, const xmlNode *update, GTimeZone *zone, const char **code)
{
  const xmlNode *path = tn_ews_tree_first (update);
  const xmlNode *given = tn_ews_tree_find (update, "CalendarItem");
  const xmlNode *value = tn_ews_tree_first (given);
  gboolean is_set = tn_ews_tree_is (update, "SetItemField");
  g_autofree char *uri = tn_ews_tree_dup_value (path, "FieldURI");
  gboolean is_one = value != NULL && tn_ews_tree_next (value) == NULL;
  int place = is_set && is_one ? find_place (value) : -1;
  if (is_set && (place < 0 || *order[place] == '!'))
    *code = is_one ? "ErrorInvalidPropertySet" : "ErrorIncorrectUpdatePropertyCount";
  else if (!is_set && !tn_ews_tree_is (update, "DeleteItemField"))
    *code = "ErrorInvalidRequest";
  else if (!is_set
           && (g_strcmp0 (uri, "calendar:Start") == 0 || g_strcmp0 (uri, "calendar:End") == 0))
    *code = "ErrorInvalidPropertyDelete";
  else
    {
      tn_ews_tree_drop (find_field (fields, path));
      return !is_set || take (fields, given, value, zone, code);
    }
  return FALSE;
}

/**
 * tn_ews_item_change:
 * @fields: changed in place; half changed when refused: work on a copy
 * @updates: Updates of an ItemChange
 *
 * Zones first, because times without an offset are read in them.
 */
gboolean
tn_ews_item_change (xmlNode *fields, const xmlNode *updates, GTimeZone *zone, const char **code)
{
  for (guint turn = 0; turn < 2; turn++)
    for (xmlNode *one = tn_ews_tree_first (updates); one != NULL; one = tn_ews_tree_next (one))
      {
        g_autofree char *uri = tn_ews_tree_dup_value (tn_ews_tree_first (one), "FieldURI");
        gboolean is_zone = uri != NULL && g_str_has_suffix (uri, "TimeZone");
        if (is_zone == (turn == 0) && !change_one (fields, one, zone, code))
          return FALSE;
      }
  return tn_ews_item_settle (fields, zone, code);
}
