/* Links are what a change is measured against (design section 8, step 3): lost or mixed up, a
 * person's edit would be taken for turnus' own, or the other way round. */
#include "store/link.h"

#include <string.h>

#include "base/text.h"

#include "store/table.h"

static const char *const STATES[]
    = { "live", "absent", "not-here", "away", "untended", "stray", "private" };

#define TEXT(name, member) TN_COLUMN (TnLink, name, TN_COLUMN_TEXT, member)
#define NUMBER(name, member) TN_COLUMN (TnLink, name, TN_COLUMN_NUMBER, member)
static const TnColumn COLUMNS[] = {
  TEXT ("calendar", calendar),
  TEXT ("uid", uid),
  TEXT ("key", key),
  TEXT ("item_id", item_id),
  TEXT ("revision", revision),
  TEXT ("wished_when", wished[TN_FIELD_WHEN]),
  TEXT ("wished_where", wished[TN_FIELD_WHERE]),
  TEXT ("wished_title", wished[TN_FIELD_TITLE]),
  TEXT ("wished_status", wished[TN_FIELD_STATUS]),
  TEXT ("wished_text", wished[TN_FIELD_TEXT]),
  TEXT ("wished_note", wished[TN_FIELD_NOTE]),
  TEXT ("shown_when", shown[TN_FIELD_WHEN]),
  TEXT ("shown_where", shown[TN_FIELD_WHERE]),
  TEXT ("shown_title", shown[TN_FIELD_TITLE]),
  TEXT ("shown_status", shown[TN_FIELD_STATUS]),
  TEXT ("shown_text", shown[TN_FIELD_TEXT]),
  TEXT ("shown_note", shown[TN_FIELD_NOTE]),
  TN_COLUMN_LIMITED (TnLink, "state", state, G_N_ELEMENTS (STATES)),
  TN_COLUMN (TnLink, "absent_since_us", TN_COLUMN_BIG, absent_since_us),
  NUMBER ("n_absent", n_absent),
  NUMBER ("n_put_back", n_put_back),
  NUMBER ("n_revived", n_revived),
  TN_COLUMN_LIMITED (TnLink, "is_left", is_left, 2),
  TN_COLUMN_LIMITED (TnLink, "is_claimed", is_claimed, 2),
  NUMBER ("n_attendees", n_attendees),
  TEXT ("entry", entry),
  TEXT ("stamp", stamp),
};
#undef NUMBER
#undef TEXT

const TnTable tn_table_links = {
  .name = "links",
  .record_size = sizeof (TnLink),
  .n_keys = 2, /* a UID may stand in two calendars (hazard 32) */
  .n_columns = G_N_ELEMENTS (COLUMNS),
  .columns = COLUMNS,
  .free_record = (GDestroyNotify) tn_link_free,
};

const char *
tn_link_state_to_string (TnLinkState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (STATES), NULL);
  return STATES[state];
}

gboolean
tn_link_state_from_string (const char *text, TnLinkState *ret_state)
{
  guint index = 0;
  if (!tn_text_find (STATES, G_N_ELEMENTS (STATES), text, &index))
    return FALSE;
  *ret_state = (TnLinkState) index;
  return TRUE;
}

/**
 * tn_link_new:
 *
 * Returns: (transfer full): a live link; its other texts are empty, but never %NULL, save `entry`
 * and `stamp`
 */
TnLink *
tn_link_new (const char *calendar, const char *uid, const char *key)
{
  g_return_val_if_fail (calendar != NULL && uid != NULL && key != NULL, NULL);
  TnLink *link = g_new0 (TnLink, 1);
  link->calendar = g_strdup (calendar);
  link->uid = g_strdup (uid);
  link->key = g_strdup (key);
  link->item_id = g_strdup ("");
  link->revision = g_strdup ("");
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      link->wished[i] = g_strdup ("");
      link->shown[i] = g_strdup ("");
    }
  return link;
}

TnLink *
tn_link_copy (const TnLink *link)
{
  return tn_table_copy_record (&tn_table_links, link);
}

/**
 * tn_link_merge:
 * @base: as a write began
 * @changed: as the write left it
 * @stored: what is there by now: a person answered meanwhile
 *
 * Returns: (transfer full): what is to be stored
 */
TnLink *
tn_link_merge (const TnLink *base, const TnLink *changed, const TnLink *stored)
{
  return tn_table_merge_records (&tn_table_links, base, changed, stored);
}

void
tn_link_free (TnLink *link)
{
  tn_table_free_record (&tn_table_links, link);
}

/**
 * tn_trace_new:
 *
 * Returns: (transfer full): what is kept of @link while ten thousand others are looked at
 */
TnTrace *
tn_trace_new (const TnLink *link)
{
  gsize uid_size = strlen (link->uid) + 1;
  gsize key_size = strlen (link->key) + 1;
  gsize item_size = strlen (link->item_id) + 1;
  TnTrace *trace = g_malloc0 (sizeof (TnTrace) + uid_size + key_size + item_size);
  char *at = trace->texts;
  trace->uid = memcpy (at, link->uid, uid_size);
  trace->key = memcpy (at + uid_size, link->key, key_size);
  trace->item_id = memcpy (at + uid_size + key_size, link->item_id, item_size);
  trace->revision = g_strdup (link->revision);
  trace->state = link->state;
  trace->is_claimed = link->is_claimed;
  return trace;
}

void
tn_trace_free (TnTrace *trace)
{
  if (trace == NULL)
    return;
  g_free (trace->revision);
  g_free (trace);
}
