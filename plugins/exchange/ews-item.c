/* Items to and from XML. What is read stands in any order and among elements that nobody knows;
 * what is written stands in the order of the schema, times in UTC, which is absolute whatever zone
 * is named beside it. */
#include "ews-item.h"

#include <string.h>

/* What is read of an item, beside its id and its body. */
static const char *const read_uris[] = {
  "item:Subject",
  "item:Sensitivity",
  "item:Body",
  "item:LastModifiedTime",
  "calendar:UID",
  "calendar:Start",
  "calendar:End",
  "calendar:IsAllDayEvent",
  "calendar:LegacyFreeBusyStatus",
  "calendar:Location",
  "calendar:IsMeeting",
  "calendar:IsCancelled",
  "calendar:CalendarItemType",
  "calendar:MyResponseType",
  "calendar:RequiredAttendees",
  "calendar:OptionalAttendees",
  "calendar:Resources",
  "calendar:StartTimeZone",
  "calendar:EndTimeZone",
};

static const char *const shows[] = {
  [EX_SHOW_FREE] = "Free", [EX_SHOW_TENTATIVE] = "Tentative",        [EX_SHOW_BUSY] = "Busy",
  [EX_SHOW_OOF] = "OOF",   [EX_SHOW_ELSEWHERE] = "WorkingElsewhere", [EX_SHOW_UNKNOWN] = "NoData"
};
static const char *const sensitivities[] = { [EX_SENSITIVITY_NORMAL] = "Normal",
                                             [EX_SENSITIVITY_PERSONAL] = "Personal",
                                             [EX_SENSITIVITY_PRIVATE] = "Private",
                                             [EX_SENSITIVITY_CONFIDENTIAL] = "Confidential" };
static const char *const types[] = { [EX_ITEM_SINGLE] = "Single",
                                     [EX_ITEM_MASTER] = "RecurringMaster",
                                     [EX_ITEM_OCCURRENCE] = "Occurrence",
                                     [EX_ITEM_EXCEPTION] = "Exception" };
static const char *const responses[]
    = { [EX_RESPONSE_NONE] = "NoResponseReceived", [EX_RESPONSE_ORGANIZER] = "Organizer",
        [EX_RESPONSE_TENTATIVE] = "Tentative",     [EX_RESPONSE_ACCEPTED] = "Accept",
        [EX_RESPONSE_DECLINED] = "Decline",        [EX_RESPONSE_UNKNOWN] = "Unknown" };

static guint
find_word (const xmlNode *node, const char *name, const char *const *words, guint n_words,
           guint otherwise)
{
  g_autofree char *text = soap_dup_text_of (node, name);
  for (guint i = 0; text != NULL && i < n_words; i++)
    if (strcmp (words[i], text) == 0)
      return i;
  return otherwise;
}

static gboolean
read_flag (const xmlNode *node, const char *name)
{
  g_autofree char *text = soap_dup_text_of (node, name);
  return text != NULL && (strcmp (text, "true") == 0 || strcmp (text, "1") == 0);
}

/* Returns: %FALSE when there is no time that can be read. One without an offset is in the zone of
 * the request: UTC. */
static gboolean
read_time (const xmlNode *node, const char *name, gint64 *at_us)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *text = soap_dup_text_of (node, name);
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, utc) : NULL;
  if (time == NULL)
    return FALSE;
  *at_us = g_date_time_to_unix (time) * G_USEC_PER_SEC;
  return TRUE;
}

static void
read_text (const xmlNode *node, const char *name, guint field, char **slot, ExItem *item)
{
  char *text = soap_dup_text_of (node, name);
  item->fields |= field;
  if (text == NULL)
    return;
  g_free (*slot);
  *slot = text;
}

static void
read_when (const xmlNode *node, ExItem *item)
{
  if (read_time (node, "Start", &item->start_us) && read_time (node, "End", &item->end_us))
    item->fields |= EX_FIELD_WHEN;
  item->all_day = read_flag (node, "IsAllDayEvent");
  item->start_zone = soap_dup_value (soap_find (node, "StartTimeZone"), "Id");
  item->end_zone = soap_dup_value (soap_find (node, "EndTimeZone"), "Id");
}

static guint
count_attendees (const xmlNode *node, const char *name)
{
  guint n = 0;
  const xmlNode *one = soap_first (soap_find (node, name));
  for (; one != NULL; one = soap_next (one))
    n += soap_is (one, "Attendee");
  return n;
}

/* A meeting is the mailbox's own when it organises it; whatever is no meeting is its own, too. */
static void
read_people (const xmlNode *node, ExItem *item)
{
  item->n_attendees = count_attendees (node, "RequiredAttendees")
                      + count_attendees (node, "OptionalAttendees")
                      + count_attendees (node, "Resources");
  item->response = find_word (node, "MyResponseType", responses, G_N_ELEMENTS (responses),
                              EX_RESPONSE_UNKNOWN);
  gboolean is_meeting = read_flag (node, "IsMeeting") || item->n_attendees > 0;
  gboolean is_ours
      = item->response == EX_RESPONSE_ORGANIZER || item->response == EX_RESPONSE_UNKNOWN;
  item->is_organizer = !is_meeting || is_ours;
  item->is_cancelled = read_flag (node, "IsCancelled");
}

static gboolean
is_known_own (const char *name)
{
  return g_strv_contains (ex_own_names, name);
}

static void
read_own (const xmlNode *node, ExItem *item)
{
  for (const xmlNode *one = soap_first (node); one != NULL; one = soap_next (one))
    {
      const xmlNode *path
          = soap_is (one, "ExtendedProperty") ? soap_find (one, "ExtendedFieldURI") : NULL;
      g_autofree char *set = soap_dup_value (path, "DistinguishedPropertySetId");
      g_autofree char *guid = soap_dup_value (path, "PropertySetId");
      g_autofree char *name = soap_dup_value (path, "PropertyName");
      g_autofree char *value = path != NULL ? soap_dup_text_of (one, "Value") : NULL;
      gboolean is_public = g_strcmp0 (set, "PublicStrings") == 0
                           || (guid != NULL && g_ascii_strcasecmp (guid, EX_OWN_SET) == 0);
      if (is_public && name != NULL && value != NULL && *value != '\0'
          && g_str_has_prefix (name, EX_OWN_PREFIX) && is_known_own (name + strlen (EX_OWN_PREFIX)))
        ex_item_set_own (item, name + strlen (EX_OWN_PREFIX), value);
    }
}

static void
read_body (const xmlNode *node, ExItem *item)
{
  g_autofree char *kind = soap_dup_value (soap_find (node, "Body"), "BodyType");
  read_text (node, "Body", EX_FIELD_BODY, &item->body, item);
  item->body_is_html = g_strcmp0 (kind, "HTML") == 0;
}

/**
 * ews_item_read:
 * @node: a CalendarItem
 *
 * Errors: %TURNUS_ERROR_PROTOCOL when it has no id; %TURNUS_ERROR_INVALID when it is none.
 * Returns: (transfer full)
 */
ExItem *
ews_item_read (const xmlNode *node, GError **error)
{
  const xmlNode *id = soap_find (node, "ItemId");
  g_autoptr (ExItem) item = ex_item_new ();
  item->id = soap_dup_value (id, "Id");
  item->revision = soap_dup_value (id, "ChangeKey");
  if (item->id == NULL || *item->id == '\0' || item->revision == NULL || *item->revision == '\0')
    {
      g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                           "the server gives an item without id or ChangeKey");
      return NULL;
    }
  if (!soap_is (node, "CalendarItem"))
    {
      g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_INVALID,
                           "it is no event: mail, tasks and the like are left alone");
      return NULL;
    }
  item->uid = soap_dup_text_of (node, "UID");
  read_text (node, "Subject", EX_FIELD_SUBJECT, &item->subject, item);
  read_text (node, "Location", EX_FIELD_LOCATION, &item->location, item);
  read_body (node, item);
  read_when (node, item);
  item->fields |= EX_FIELD_SHOW | EX_FIELD_SENSITIVITY;
  item->show
      = find_word (node, "LegacyFreeBusyStatus", shows, G_N_ELEMENTS (shows), EX_SHOW_UNKNOWN);
  item->sensitivity = find_word (node, "Sensitivity", sensitivities, G_N_ELEMENTS (sensitivities),
                                 EX_SENSITIVITY_NORMAL);
  item->type = find_word (node, "CalendarItemType", types, G_N_ELEMENTS (types), EX_ITEM_SINGLE);
  read_people (node, item);
  read_own (node, item);
  if (!read_time (node, "LastModifiedTime", &item->changed_us))
    item->changed_us = 0;
  return g_steal_pointer (&item);
}

static void
write_path (SoapLetter *letter, const char *uri)
{
  soap_letter_open (letter, "t:FieldURI");
  soap_letter_attribute (letter, "FieldURI", uri);
  soap_letter_close (letter);
}

/* `name`: without prefix */
void
ews_item_write_own_path (SoapLetter *letter, const char *name)
{
  g_autofree char *whole = g_strconcat (EX_OWN_PREFIX, name, NULL);
  soap_letter_open (letter, "t:ExtendedFieldURI");
  soap_letter_attribute (letter, "DistinguishedPropertySetId", "PublicStrings");
  soap_letter_attribute (letter, "PropertyName", whole);
  soap_letter_attribute (letter, "PropertyType", "String");
  soap_letter_close (letter);
}

/* An ItemShape with all that ews_item_read() reads; the body as it is stored. */
void
ews_item_ask (SoapLetter *letter)
{
  soap_letter_open (letter, "m:ItemShape");
  soap_letter_add (letter, "t:BaseShape", "IdOnly");
  soap_letter_add (letter, "t:BodyType", "Best");
  soap_letter_open (letter, "t:AdditionalProperties");
  for (guint i = 0; i < G_N_ELEMENTS (read_uris); i++)
    write_path (letter, read_uris[i]);
  for (guint i = 0; ex_own_names[i] != NULL; i++)
    ews_item_write_own_path (letter, ex_own_names[i]);
  soap_letter_close (letter);
  soap_letter_close (letter);
}

static void
write_time (SoapLetter *letter, const char *name, gint64 at_us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (at_us / G_USEC_PER_SEC);
  g_autofree char *text
      = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("");
  soap_letter_add (letter, name, text);
}

static void
write_zone (SoapLetter *letter, const char *name, const char *zone)
{
  soap_letter_open (letter, name);
  soap_letter_attribute (letter, "Id", zone);
  soap_letter_close (letter);
}

static void
write_body (SoapLetter *letter, const ExItem *item)
{
  soap_letter_open (letter, "t:Body");
  soap_letter_attribute (letter, "BodyType", item->body_is_html ? "HTML" : "Text");
  soap_letter_text (letter, item->body);
  soap_letter_close (letter);
}

static void
write_own (SoapLetter *letter, const char *name, const char *value)
{
  soap_letter_open (letter, "t:ExtendedProperty");
  ews_item_write_own_path (letter, name);
  soap_letter_add (letter, "t:Value", value);
  soap_letter_close (letter);
}

/* Names of @item's own properties, in one order. */
static GPtrArray *
list_own (const ExItem *item)
{
  GPtrArray *names = g_ptr_array_new ();
  for (guint i = 0; ex_own_names[i] != NULL; i++)
    if (ex_item_get_own (item, ex_own_names[i]) != NULL)
      g_ptr_array_add (names, (gpointer) ex_own_names[i]);
  return names;
}

static void
write_texts (SoapLetter *letter, const ExItem *item)
{
  soap_letter_add (letter, "t:Subject", item->subject);
  soap_letter_add (letter, "t:Sensitivity", sensitivities[item->sensitivity]);
  if (*item->body != '\0')
    write_body (letter, item);
}

/**
 * ews_item_write_new:
 *
 * Writes a CalendarItem with all fields.
 */
void
ews_item_write_new (SoapLetter *letter, const ExItem *item)
{
  g_autoptr (GPtrArray) own = list_own (item);
  soap_letter_open (letter, "t:CalendarItem");
  write_texts (letter, item);
  for (guint i = 0; i < own->len; i++)
    write_own (letter, own->pdata[i], ex_item_get_own (item, own->pdata[i]));
  write_time (letter, "t:Start", item->start_us);
  write_time (letter, "t:End", item->end_us);
  soap_letter_add (letter, "t:IsAllDayEvent", item->all_day ? "true" : "false");
  soap_letter_add (letter, "t:LegacyFreeBusyStatus", shows[item->show]);
  if (*item->location != '\0')
    soap_letter_add (letter, "t:Location", item->location);
  if (item->start_zone != NULL)
    write_zone (letter, "t:StartTimeZone", item->start_zone);
  if (item->end_zone != NULL)
    write_zone (letter, "t:EndTimeZone", item->end_zone);
  soap_letter_close (letter);
}

static void
open_set (SoapLetter *letter, const char *uri)
{
  soap_letter_open (letter, "t:SetItemField");
  write_path (letter, uri);
  soap_letter_open (letter, "t:CalendarItem");
}

static void
close_set (SoapLetter *letter)
{
  soap_letter_close (letter);
  soap_letter_close (letter);
}

/* Exchange wants an empty field deleted and not set to nothing. */
static void
delete_field (SoapLetter *letter, const char *uri)
{
  soap_letter_open (letter, "t:DeleteItemField");
  write_path (letter, uri);
  soap_letter_close (letter);
}

static void
update_text (SoapLetter *letter, const char *uri, const char *name, const char *text)
{
  if (*text == '\0')
    {
      delete_field (letter, uri);
      return;
    }
  open_set (letter, uri);
  soap_letter_add (letter, name, text);
  close_set (letter);
}

static void
update_body (SoapLetter *letter, const ExItem *item)
{
  if (*item->body == '\0')
    {
      delete_field (letter, "item:Body");
      return;
    }
  open_set (letter, "item:Body");
  write_body (letter, item);
  close_set (letter);
}

static void
update_when (SoapLetter *letter, const ExItem *item)
{
  if (item->start_zone != NULL)
    {
      open_set (letter, "calendar:StartTimeZone");
      write_zone (letter, "t:StartTimeZone", item->start_zone);
      close_set (letter);
    }
  if (item->end_zone != NULL)
    {
      open_set (letter, "calendar:EndTimeZone");
      write_zone (letter, "t:EndTimeZone", item->end_zone);
      close_set (letter);
    }
  open_set (letter, "calendar:Start");
  write_time (letter, "t:Start", item->start_us);
  close_set (letter);
  open_set (letter, "calendar:End");
  write_time (letter, "t:End", item->end_us);
  close_set (letter);
  update_text (letter, "calendar:IsAllDayEvent", "t:IsAllDayEvent",
               item->all_day ? "true" : "false");
}

static void
update_own (SoapLetter *letter, const char *name, const char *value)
{
  gboolean is_empty = *value == '\0';
  soap_letter_open (letter, is_empty ? "t:DeleteItemField" : "t:SetItemField");
  ews_item_write_own_path (letter, name);
  if (!is_empty)
    {
      soap_letter_open (letter, "t:CalendarItem");
      write_own (letter, name, value);
      soap_letter_close (letter);
    }
  soap_letter_close (letter);
}

/**
 * ews_item_write_updates:
 *
 * One update for each field that is there, and none for any other.
 */
void
ews_item_write_updates (SoapLetter *letter, const ExItem *item)
{
  g_autoptr (GPtrArray) own = list_own (item);
  soap_letter_open (letter, "t:Updates");
  if (item->fields & EX_FIELD_SUBJECT)
    update_text (letter, "item:Subject", "t:Subject", item->subject);
  if (item->fields & EX_FIELD_SENSITIVITY)
    update_text (letter, "item:Sensitivity", "t:Sensitivity", sensitivities[item->sensitivity]);
  if (item->fields & EX_FIELD_BODY)
    update_body (letter, item);
  if (item->fields & EX_FIELD_WHEN)
    update_when (letter, item);
  if (item->fields & EX_FIELD_SHOW)
    update_text (letter, "calendar:LegacyFreeBusyStatus", "t:LegacyFreeBusyStatus",
                 shows[item->show]);
  if (item->fields & EX_FIELD_LOCATION)
    update_text (letter, "calendar:Location", "t:Location", item->location);
  for (guint i = 0; i < own->len; i++)
    update_own (letter, own->pdata[i], ex_item_get_own (item, own->pdata[i]));
  soap_letter_close (letter);
}
