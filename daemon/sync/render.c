/* Bytes for a change (design section 6): a new event whole, an existing one with nothing touched
 * but the fields that change, both with the stamp of who wrote them. Pure. */
#include "sync/render.h"

#include "base/text.h"
#include "ical/reader.h"
#include "ical/stamp.h"
#include "ical/writer.h"
#include "model/rulebook.h"

static char *
make_stamp (const TnPosting *posting, const char *council, const char *hash)
{
  const TnCollaboration *collaboration = posting->occurrence->collaboration;
  g_autofree char *digest = g_strndup (collaboration->digest, 16);
  TnStamp stamp = { .by = (char *) council,
                    .edition = collaboration->edition,
                    .engine = TN_ENGINE,
                    .digest = digest,
                    .hash = (char *) hash,
                    .entry = posting->decision };
  return tn_stamp_to_string (&stamp);
}

static void
copy_field (TnEvent *event, const TnEvent *from, TnField field)
{
  char **slots[] = { [TN_FIELD_WHERE] = &event->where,
                     [TN_FIELD_TITLE] = &event->title,
                     [TN_FIELD_TEXT] = &event->text,
                     [TN_FIELD_NOTE] = &event->note };
  char *texts[] = { [TN_FIELD_WHERE] = from->where,
                    [TN_FIELD_TITLE] = from->title,
                    [TN_FIELD_TEXT] = from->text,
                    [TN_FIELD_NOTE] = from->note };
  if (field == TN_FIELD_WHEN)
    {
      event->when = from->when;
      tn_zone_unref (event->zone);
      event->zone = from->zone != NULL ? tn_zone_ref (from->zone) : NULL;
    }
  else if (field == TN_FIELD_STATUS)
    {
      event->status = from->status;
      event->is_transparent = from->is_transparent;
    }
  else
    tn_text_set (slots[field], texts[field]);
}

/* The event as it will be: what stands there, and the fields that are written over it. */
static TnEvent *
merge_event (const TnChange *change, GBytes *bytes, GError **error)
{
  const TnPosting *posting = change->posting;
  g_autoptr (TnZone) zone = tn_posting_dup_zone (posting);
  TnEvent *event = tn_reader_read (bytes, zone, error);
  for (guint i = 0; event != NULL && i < TN_N_FIELDS; i++)
    if ((change->fields & (1u << i)) != 0)
      copy_field (event, posting->event, (TnField) i);
  if (event != NULL)
    {
      tn_text_set (&event->key, posting->event->key);
      tn_text_set (&event->placed, posting->event->placed);
    }
  return event;
}

/* A page of a journal says by itself whose it is. */
static void
set_stamp (TnEvent *event, const TnPosting *posting, const char *council)
{
  if (posting->occurrence == NULL)
    {
      tn_text_set (&event->ledger, posting->event->ledger);
      return;
    }
  g_autofree char *hash = tn_event_dup_hash (event);
  g_autofree char *stamp = make_stamp (posting, council, hash);
  tn_text_set (&event->stamp, stamp);
}

/**
 * tn_render_change:
 * @change: a creation or an update
 * @council: whose daemon writes
 * @current: (nullable): what the item is now; of an update only
 *
 * Errors: %TN_ERROR_INVALID when @current cannot be edited.
 * Returns: (transfer full) (nullable): what is to be saved
 */
GBytes *
tn_render_change (const TnChange *change, const char *council, GBytes *current, gint64 now_us,
                  GError **error)
{
  if (change->kind == TN_CHANGE_CREATE)
    {
      set_stamp (change->posting->event, change->posting, council);
      return tn_writer_write (change->posting->event, now_us);
    }
  g_autoptr (TnEvent) event = merge_event (change, current, error);
  if (event == NULL)
    return NULL;
  set_stamp (event, change->posting, council);
  return tn_writer_edit (current, event, change->fields, now_us, error);
}
