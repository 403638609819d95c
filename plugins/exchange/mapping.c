/* One mapping for both protocols (issue 5, Build 1). Exchange has no STATUS: show-as says what it
 * can, and a property of ours the rest; what a person sets there later counts before our property.
 * An update names the fields that differ and no others (promise 6). Pure.
 *
 * `home` is the IANA name of the calendar's zone: a day begins at midnight there, and it stands in
 * for zones that nobody knows. */
#include "mapping.h"

#include "body.h"
#include "zone.h"

#include <string.h>

#define DAY_S G_GINT64_CONSTANT (86400)
#define US G_GINT64_CONSTANT (1000000)

static const char *const status_words[] = { "none", "tentative", "confirmed", "cancelled" };

/* What turnus keeps for itself, and no X-TURNUS- property. */
static gboolean
is_inner (const char *name)
{
  return strcmp (name, EX_OWN_UID) == 0 || strcmp (name, EX_OWN_STATUS) == 0
         || strcmp (name, EX_OWN_ZONE) == 0;
}

static void
set_text (char **slot, const char *text)
{
  g_free (*slot);
  *slot = g_strdup (text);
}

static gint64
get_midnight_us (const char *zone, gint32 day)
{
  return ex_zone_to_utc_s (zone, day * DAY_S) * US;
}

static void
put_when (TurnusEvent *event, const ExItem *item, const char *home)
{
  const char *ours = ex_item_get_own (item, EX_OWN_ZONE);
  g_autofree char *zone = ex_zone_choose (item->start_zone, ours, home);
  event->all_day = item->all_day;
  if (item->all_day)
    {
      event->start_day = ex_zone_find_day (zone, item->start_us / US);
      event->end_day = MAX (ex_zone_find_day (zone, item->end_us / US), event->start_day + 1);
      return;
    }
  event->zone = g_steal_pointer (&zone);
  event->start_us = item->start_us;
  event->end_us = item->end_us;
}

static TurnusStatus
find_noted_status (const ExItem *item)
{
  const char *noted = ex_item_get_own (item, EX_OWN_STATUS);
  for (guint i = 0; noted != NULL && i < G_N_ELEMENTS (status_words); i++)
    if (strcmp (noted, status_words[i]) == 0)
      return (TurnusStatus) i;
  return TURNUS_STATUS_NONE;
}

static TurnusStatus
find_status (const ExItem *item)
{
  TurnusStatus noted = find_noted_status (item);
  if (item->is_cancelled || noted == TURNUS_STATUS_CANCELLED)
    return TURNUS_STATUS_CANCELLED;
  if (item->show == EX_SHOW_TENTATIVE)
    return TURNUS_STATUS_TENTATIVE;
  /* Somebody made it busy since: that confirms it. */
  if (item->show != EX_SHOW_FREE && noted == TURNUS_STATUS_TENTATIVE)
    return TURNUS_STATUS_CONFIRMED;
  return noted;
}

/* Ours where we wrote one; nobody's empty name is an identity. */
static const char *
find_uid (const ExItem *item)
{
  const char *ours = ex_item_get_own (item, EX_OWN_UID);
  const char *uid = ours != NULL && *ours != '\0' ? ours : item->uid;
  return uid != NULL && *uid != '\0' ? uid : NULL;
}

static gboolean
check_item (const ExItem *item, GError **error)
{
  const char *why = NULL;
  if (item->type != EX_ITEM_SINGLE)
    why = "it recurs, and recurring events of Exchange are left alone: a rule of Exchange's is not "
          "approximated";
  else if ((item->fields & EX_FIELD_WHEN) == 0)
    why = "it has no start or no end";
  else if (item->end_us < item->start_us)
    why = "it ends before it starts";
  else if (find_uid (item) == NULL)
    why = "it has no UID";
  if (why != NULL)
    g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_INVALID, "cannot read the event: %s", why);
  return why == NULL;
}

static void
put_own (TurnusEvent *event, const ExItem *item)
{
  GHashTableIter iter;
  gpointer name = NULL;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, item->own);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (!is_inner (name))
      g_hash_table_insert (event->own, g_strdup (name), g_strdup (value));
}

/**
 * ex_mapping_to_event:
 * @item: as read
 * @home: IANA name of the calendar's zone
 *
 * Errors: %TURNUS_ERROR_INVALID for an item that turnus leaves alone, with the reason; it is there
 *   all the same.
 * Returns: (transfer full) (nullable)
 */
TurnusEvent *
ex_mapping_to_event (const ExItem *item, const char *home, GError **error)
{
  if (!check_item (item, error))
    return NULL;
  TurnusEvent *event = turnus_event_new (find_uid (item));
  set_text (&event->summary, item->subject);
  set_text (&event->location, item->location);
  g_free (event->description);
  event->description
      = item->body_is_html ? ex_body_html_to_text (item->body) : ex_body_tidy (item->body);
  put_when (event, item, home);
  event->status = find_status (item);
  event->is_transparent = item->show == EX_SHOW_FREE;
  event->is_private = item->sensitivity != EX_SENSITIVITY_NORMAL;
  event->is_meeting = item->n_attendees > 0 || !item->is_organizer;
  event->n_attendees = MAX (item->n_attendees, event->is_meeting ? 1u : 0u);
  event->changed_us = item->changed_us;
  put_own (event, item);
  return event;
}

static ExShow
find_show (const TurnusEvent *event)
{
  if (event->is_transparent)
    return EX_SHOW_FREE;
  return event->status == TURNUS_STATUS_TENTATIVE ? EX_SHOW_TENTATIVE : EX_SHOW_BUSY;
}

static void
write_when (ExItem *item, const TurnusEvent *event, const char *home)
{
  const char *zone = event->all_day || event->zone == NULL ? home : event->zone;
  item->fields |= EX_FIELD_WHEN;
  item->all_day = event->all_day;
  item->start_us = event->all_day ? get_midnight_us (zone, event->start_day) : event->start_us;
  item->end_us = event->all_day ? get_midnight_us (zone, event->end_day) : event->end_us;
  g_free (item->start_zone);
  g_free (item->end_zone);
  item->start_zone = ex_zone_to_windows (zone);
  item->end_zone = g_strdup (item->start_zone);
  ex_item_set_own (item, EX_OWN_ZONE, zone);
}

static void
write_status (ExItem *item, const TurnusEvent *event)
{
  item->fields |= EX_FIELD_SHOW;
  item->show = find_show (event);
  ex_item_set_own (item, EX_OWN_STATUS, status_words[event->status]);
}

static void
write_own (ExItem *item, const TurnusEvent *now, const TurnusEvent *wished)
{
  GHashTableIter iter;
  gpointer name = NULL;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, wished->own);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (!is_inner (name)
        && (now == NULL || g_strcmp0 (g_hash_table_lookup (now->own, name), value) != 0))
      ex_item_set_own (item, name, value);
}

/**
 * ex_mapping_to_item:
 * @event: to be created; who is invited is never written (promise 4)
 * @home: IANA name of the calendar's zone
 *
 * Errors: %TURNUS_ERROR_INVALID for an event that recurs.
 * Returns: (transfer full) (nullable): an item with all fields
 */
ExItem *
ex_mapping_to_item (const TurnusEvent *event, const char *home, GError **error)
{
  if (event->recurs)
    {
      g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_INVALID,
                           "the event recurs, and Exchange's rules are not those of iCalendar: "
                           "recurring events are not written there, and not approximated");
      return NULL;
    }
  ExItem *item = ex_item_new ();
  item->fields = EX_FIELDS;
  set_text (&item->subject, event->summary);
  set_text (&item->location, event->location);
  set_text (&item->body, event->description);
  item->sensitivity = event->is_private ? EX_SENSITIVITY_PRIVATE : EX_SENSITIVITY_NORMAL;
  write_when (item, event, home);
  write_status (item, event);
  write_own (item, NULL, event);
  ex_item_set_own (item, EX_OWN_UID, event->uid);
  return item;
}

static gboolean
is_when_different (const TurnusEvent *a, const TurnusEvent *b)
{
  if (a->all_day != b->all_day)
    return TRUE;
  if (a->all_day)
    return a->start_day != b->start_day || a->end_day != b->end_day;
  return a->start_us != b->start_us || a->end_us != b->end_us;
}

/**
 * ex_mapping_is_body_different:
 *
 * Returns: %TRUE when an update writes the body: then ex_mapping_diff() wants the body as it is
 *   stored, not turned to text by the server
 */
gboolean
ex_mapping_is_body_different (const TurnusEvent *now, const TurnusEvent *wished)
{
  g_autofree char *one = ex_body_tidy (now->description);
  g_autofree char *two = ex_body_tidy (wished->description);
  return !ex_body_shares_text (one, two) || !ex_body_shares_note (one, two);
}

static void
write_body (ExItem *item, const ExItem *current, const TurnusEvent *now, const TurnusEvent *wished)
{
  item->fields |= EX_FIELD_BODY;
  g_autofree char *kept
      = current->body_is_html && ex_body_shares_text (now->description, wished->description)
            ? ex_body_replace_note (current->body, wished->description)
            : NULL;
  item->body_is_html = kept != NULL;
  set_text (&item->body, kept != NULL ? kept : wished->description);
}

/* Out of office and elsewhere are kinds of busy, which is all that turnus ever says. */
static gboolean
is_busy (ExShow show)
{
  return show != EX_SHOW_FREE && show != EX_SHOW_TENTATIVE;
}

static void
write_other_status (ExItem *item, const ExItem *current, const TurnusEvent *wished)
{
  write_status (item, wished);
  if (item->show == current->show || (is_busy (item->show) && is_busy (current->show)))
    item->fields &= ~(guint) EX_FIELD_SHOW;
}

/**
 * ex_mapping_diff:
 * @current: the item as it stands, with its body as it is stored
 * @now: what it says, as the core reads it
 * @wished: what it is to say
 * @home: IANA name of the calendar's zone
 *
 * Returns: (transfer full): id, revision, and the fields and own properties to be set, no others
 */
ExItem *
ex_mapping_diff (const ExItem *current, const TurnusEvent *now, const TurnusEvent *wished,
                 const char *home)
{
  ExItem *item = ex_item_new ();
  item->id = g_strdup (current->id);
  item->revision = g_strdup (current->revision);
  if (strcmp (now->summary, wished->summary) != 0)
    {
      item->fields |= EX_FIELD_SUBJECT;
      set_text (&item->subject, wished->summary);
    }
  if (strcmp (now->location, wished->location) != 0)
    {
      item->fields |= EX_FIELD_LOCATION;
      set_text (&item->location, wished->location);
    }
  if (ex_mapping_is_body_different (now, wished))
    write_body (item, current, now, wished);
  if (is_when_different (now, wished))
    write_when (item, wished, home);
  if (now->status != wished->status || now->is_transparent != wished->is_transparent)
    write_other_status (item, current, wished);
  write_own (item, now, wished);
  return item;
}
