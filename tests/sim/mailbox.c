/* A mailbox keeps no iCalendar, but fields and named properties: what is saved goes through the
 * plugin's own mapping and comes back by it. Only the protocols are left out; these have doubles
 * of their own (tests/fakes). */
#include "sim/mailbox.h"

#include <string.h>

#include "mapping.h"
#include "provider/plain.h"

static const char HOME[] = "Europe/Copenhagen";

static TurnusEvent *
read_plain (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  return tn_plain_read (bytes, HOME, error);
}

static void
copy_own (ExItem *item, const ExItem *changes)
{
  GHashTableIter iter;
  gpointer name = NULL;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, changes->own);
  while (g_hash_table_iter_next (&iter, &name, &value))
    ex_item_set_own (item, name, value);
}

static void
copy_text (char **slot, const char *text)
{
  g_free (*slot);
  *slot = g_strdup (text);
}

/* What PATCH and UpdateItem do: the fields that are named, and no others. */
static void
update (ExItem *item, const ExItem *changes)
{
  if (changes->fields & EX_FIELD_SUBJECT)
    copy_text (&item->subject, changes->subject);
  if (changes->fields & EX_FIELD_BODY)
    copy_text (&item->body, changes->body);
  if (changes->fields & EX_FIELD_LOCATION)
    copy_text (&item->location, changes->location);
  if (changes->fields & EX_FIELD_SHOW)
    item->show = changes->show;
  if (changes->fields & EX_FIELD_WHEN)
    {
      item->all_day = changes->all_day;
      item->start_us = changes->start_us;
      item->end_us = changes->end_us;
      copy_text (&item->start_zone, changes->start_zone);
      copy_text (&item->end_zone, changes->end_zone);
    }
  copy_own (item, changes);
}

static ExItem *
change (const char *before, const TurnusEvent *wished, GError **error)
{
  g_autoptr (TurnusEvent) now = read_plain (before, error);
  ExItem *item = now != NULL ? ex_mapping_to_item (now, HOME, error) : NULL;
  if (item == NULL)
    return NULL;
  g_autoptr (ExItem) changes = ex_mapping_diff (item, now, wished, HOME);
  update (item, changes);
  return item;
}

/**
 * sim_mailbox_keep:
 * @before: (nullable): what stands there; %NULL for a new item
 * @text: what is saved
 *
 * Errors: what the mapping refuses.
 * Returns: (transfer full) (nullable): what is read there afterwards
 */
char *
sim_mailbox_keep (const char *before, const char *text, GError **error)
{
  g_autoptr (TurnusEvent) wished = read_plain (text, error);
  if (wished == NULL)
    return NULL;
  g_autoptr (ExItem) item
      = before != NULL ? change (before, wished, error) : ex_mapping_to_item (wished, HOME, error);
  if (item == NULL)
    return NULL;
  g_autoptr (TurnusEvent) kept = ex_mapping_to_event (item, HOME, error);
  if (kept == NULL)
    return NULL;
  kept->n_attendees = wished->n_attendees;
  kept->is_meeting = wished->is_meeting;
  g_autoptr (GBytes) bytes = tn_plain_write (kept, error);
  return bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))
                       : NULL;
}
