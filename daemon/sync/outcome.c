/* Outcomes: what becomes of link, intent and history when a write was made, and when the calendar
 * showed what it made of it. */
#include "sync/outcome.h"

#include "base/text.h"
#include "ical/reader.h"
#include "sync/binder.h"

static void
note_field (TnBook *book, const char *calendar, TnBatch *batch, const TnChange *change,
            TnHistory *history)
{
  history->at_us = tn_clock_now_us (tn_book_get_clock (book));
  tn_text_set (&history->calendar, calendar);
  tn_text_set (&history->uid, change->uid);
  tn_text_set (&history->key, change->key);
  tn_text_set (&history->source, change->posting != NULL && change->posting->decision != NULL
                                     ? change->posting->decision
                                     : "rules");
  tn_batch_append_history (batch, history);
}

static void
note_written (TnBook *book, const char *calendar, const TnChange *change, TnBatch *batch)
{
  if (change->fields == 0)
    {
      g_autoptr (TnHistory) history = tn_history_new (tn_change_get_word (change));
      tn_text_set (&history->after, change->label);
      note_field (book, calendar, batch, change, history);
    }
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      if ((change->fields & (1u << i)) == 0)
        continue;
      g_autoptr (TnHistory) history = tn_history_new (tn_change_get_word (change));
      tn_text_set (&history->field, tn_field_to_string ((TnField) i));
      tn_text_set (&history->before, change->before[i]);
      tn_text_set (&history->after, change->after[i]);
      note_field (book, calendar, batch, change, history);
    }
}

static void
show_field (TnLink *link, TnField field, const TnEvent *event)
{
  g_autofree char *shown = tn_event_dup_field (event, field);
  tn_text_set (&link->shown[field], shown);
}

static void
show_event (TnChange *change, const TnEvent *event)
{
  if (tn_binder_is_page (change))
    {
      tn_binder_show (change->link, event);
      return;
    }
  for (guint i = 0; i < TN_N_FIELDS; i++)
    show_field (change->link, (TnField) i, event);
  tn_text_set (&change->link->stamp, event->stamp);
}

static void
take_link (TnChange *change, const TurnusRef *ref)
{
  TnLink *link = change->link;
  tn_text_set (&link->item_id, ref->id);
  tn_text_set (&link->revision, ref->revision);
  tn_text_set (&link->entry, change->posting->decision);
  if (tn_binder_is_page (change))
    tn_binder_show (link, change->posting->event);
  for (guint i = 0; !tn_binder_is_page (change) && i < TN_N_FIELDS; i++)
    if (change->kind == TN_CHANGE_CREATE)
      {
        tn_text_set (&link->wished[i], change->posting->wished[i]);
        show_field (link, (TnField) i, change->posting->event);
      }
    else if ((change->fields & (1u << i)) != 0)
      tn_text_set (&link->shown[i], change->after[i]); /* until, and unless, it is read back */
}

/**
 * tn_outcome_take:
 * @ref: (nullable): where it stands now; %NULL after a removal
 * @batch: gets the history, and the end of the intent; the link is for the caller to put there,
 *   once the calendar was read back
 *
 * @change was made.
 */
void
tn_outcome_take (TnBook *book, const char *calendar, TnChange *change, const TurnusRef *ref,
                 TnBatch *batch)
{
  note_written (book, calendar, change, batch);
  tn_batch_drop_intent (batch, calendar, change->uid);
  if (change->kind == TN_CHANGE_REMOVE)
    tn_batch_drop_link (batch, calendar, change->uid);
  else
    take_link (change, ref);
}

/**
 * tn_outcome_show:
 *
 * The base is what the calendar shows when it is read back, not what we sent (design section 1).
 * Where somebody was faster than the reading, the next pass sees it as an edit.
 */
void
tn_outcome_show (TnChange *change, const TurnusLoaded *loaded)
{
  if (loaded->bytes == NULL || g_strcmp0 (loaded->revision, change->link->revision) != 0)
    return;
  g_autoptr (TnZone) zone = tn_posting_dup_zone (change->posting);
  g_autoptr (TnEvent) event = tn_reader_read (loaded->bytes, zone, NULL);
  if (event != NULL)
    show_event (change, event);
}
