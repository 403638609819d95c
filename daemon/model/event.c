/* Events are compared by meaning (design section 8, step 3): each managed field has one normal
 * form, a text. Servers re-order, re-fold and re-escape; none of that reaches the normal form
 * (hazards 25, 26). */
#include "model/event.h"

#include "base/text.h"

#include "base/encode.h"

#include <string.h>

static const char *const FIELDS[TN_N_FIELDS]
    = { "when", "where", "title", "status", "text", "note" };

const char *
tn_field_to_string (TnField field)
{
  return FIELDS[field];
}

gboolean
tn_field_from_string (const char *text, TnField *ret_field)
{
  guint index = 0;
  if (!tn_text_find (FIELDS, TN_N_FIELDS, text, &index))
    return FALSE;
  *ret_field = (TnField) index;
  return TRUE;
}

/**
 * tn_event_new:
 *
 * Returns: (transfer full): an event with empty texts, to be filled in
 */
TnEvent *
tn_event_new (const char *uid)
{
  TnEvent *event = g_new0 (TnEvent, 1);
  event->uid = g_strdup (uid);
  event->where = g_strdup ("");
  event->title = g_strdup ("");
  event->text = g_strdup ("");
  event->note = g_strdup ("");
  return event;
}

void
tn_event_free (TnEvent *event)
{
  if (event == NULL)
    return;
  g_free (event->uid);
  g_free (event->key);
  tn_zone_unref (event->zone);
  g_free (event->where);
  g_free (event->title);
  g_free (event->text);
  g_free (event->note);
  g_free (event->stamp);
  g_free (event->placed);
  g_free (event->ledger);
  g_free (event);
}

/**
 * tn_event_normalise_text:
 *
 * Line ends become LF, blanks at the ends of lines and of the text go: what servers and editors do
 * by themselves is no change of a person's.
 *
 * Returns: (transfer full): the normal form
 */
char *
tn_event_normalise_text (const char *text)
{
  GString *normal = g_string_sized_new (strlen (text));
  for (const char *c = text; *c != '\0'; c++)
    {
      char letter = *c;
      if (letter == '\r')
        {
          if (c[1] == '\n')
            continue;
          letter = '\n';
        }
      if (letter == '\n')
        while (normal->len > 0
               && (normal->str[normal->len - 1] == ' ' || normal->str[normal->len - 1] == '\t'))
          g_string_truncate (normal, normal->len - 1);
      g_string_append_c (normal, letter);
    }
  return g_strstrip (g_string_free (normal, FALSE));
}

static char *
dup_when (const TnEvent *event)
{
  g_autofree char *when = tn_when_to_string (&event->when);
  if (event->when.all_day || event->zone == NULL)
    return g_steal_pointer (&when);
  return g_strdup_printf ("%s %s", when, tn_zone_get_id (event->zone));
}

/**
 * tn_event_dup_field:
 *
 * Returns: (transfer full): the normal form of @field
 */
char *
tn_event_dup_field (const TnEvent *event, TnField field)
{
  static const char *const statuses[] = { "none", "tentative", "confirmed", "cancelled" };
  switch (field)
    {
    case TN_FIELD_WHEN:
      return dup_when (event);
    case TN_FIELD_WHERE:
      return tn_event_normalise_text (event->where);
    case TN_FIELD_TITLE:
      return tn_event_normalise_text (event->title);
    case TN_FIELD_STATUS:
      /* Free or busy is set along with a status but not compared: a person may block the day or
       * not. */
      return g_strdup (statuses[event->status]);
    case TN_FIELD_TEXT:
      return tn_event_normalise_text (event->text);
    case TN_FIELD_NOTE:
      return tn_event_normalise_text (event->note);
    case TN_N_FIELDS:
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * tn_event_dup_hash:
 *
 * The hash of the managed fields in normal form that a stamp carries (design section 6). The
 * person's text is not in it: it differs between calendars.
 *
 * Returns: (transfer full): 16 hexadecimal digits
 */
char *
tn_event_dup_hash (const TnEvent *event)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      if (i == TN_FIELD_TEXT)
        continue;
      g_autofree char *field = tn_event_dup_field (event, (TnField) i);
      g_checksum_update (sum, (const guchar *) field, strlen (field) + 1);
    }
  return g_strndup (g_checksum_get_string (sum), 16);
}
