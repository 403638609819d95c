/* Amendments: what somebody proposed about a guest is answered by the people in whose calendar it
 * was made (design section 7, last paragraph). What they accept turnus puts into the original for
 * them, once and under its revision, and nothing else of it is touched (promise 6); the copies
 * follow when it is read. load -> save -> remember. Done twice it is done once: an original that
 * shows the value already is not written. */
#include "sync/amend.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "ical/reader.h"
#include "ical/writer.h"
#include "model/identity.h"

typedef struct
{
  TnBook *book;         /* (owned) */
  TnProvider *provider; /* (owned) */
  TnProposal *answer;   /* (owned) the proposal as it will be */
  TnGuest *guest;       /* (owned) */
} Amendment;

static void
amendment_free (Amendment *amendment)
{
  g_object_unref (amendment->book);
  g_object_unref (amendment->provider);
  tn_proposal_free (amendment->answer);
  tn_guest_free (amendment->guest);
  g_free (amendment);
}

/**
 * tn_amend_is_for:
 *
 * Returns: %TRUE when @proposal is about a guest, of which no charter says who decides
 */
gboolean
tn_amend_is_for (const TnProposal *proposal)
{
  return tn_identity_find_guest_uid (proposal->key) != NULL;
}

/**
 * tn_amend_find_guest:
 *
 * Errors: %TN_ERROR_INVALID when it is gone by now.
 * Returns: (transfer full) (nullable): what @proposal is about
 */
TnGuest *
tn_amend_find_guest (TnBook *book, const TnProposal *proposal, GError **error)
{
  g_autoptr (GPtrArray) guests = tn_store_load_guests (tn_book_get_store (book), error);
  for (guint i = 0; guests != NULL && i < guests->len; i++)
    if (strcmp (((TnGuest *) g_ptr_array_index (guests, i))->uid, proposal->uid) == 0)
      return tn_guest_copy (g_ptr_array_index (guests, i));
  if (guests != NULL)
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                 "the event of this proposal was deleted, or is over");
  return NULL;
}

/**
 * tn_amend_find_calendar:
 *
 * Errors: %TN_ERROR_INVALID when event or calendar are gone by now.
 * Returns: (transfer none) (nullable): the calendar whose people made what @proposal is about
 */
const TnCalendar *
tn_amend_find_calendar (TnBook *book, const TnProposal *proposal, GError **error)
{
  g_autoptr (TnGuest) guest = tn_amend_find_guest (book, proposal, error);
  const TnCalendar *calendar
      = guest != NULL ? tn_settings_find_calendar (tn_book_get_settings (book), guest->origin)
                      : NULL;
  if (guest != NULL && calendar == NULL)
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                 "the calendar %s, in which the event of this proposal was made, is no longer in "
                 "the settings",
                 guest->origin);
  return calendar;
}

/* In a shared calendar everybody may change what stands there. */
static gboolean
may_answer (const TnCalendar *calendar, const TnProposal *proposal, const char *council,
            GError **error)
{
  if (calendar->council == NULL || g_strcmp0 (calendar->council, council) == 0)
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_DENIED,
               "cannot answer proposal %.8s for %s: the event was made in calendar %s, so that is "
               "for %s",
               proposal->id, council, calendar->id, calendar->council);
  return FALSE;
}

static TnProposal *
make_answer (const TnProposal *proposal, TnProposalState state, const char *council)
{
  TnProposal *answer = tn_proposal_copy (proposal);
  answer->state = state;
  tn_text_set (&answer->answered_by, council);
  return answer;
}

static gboolean
commit_answer (TnBook *book, const TnProposal *answer, TnBatch *batch, GError **error)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) answered = g_ptr_array_new ();
  g_ptr_array_add (answered, (gpointer) answer);
  TnHistory *history = tn_history_new (tn_proposal_state_to_string (answer->state));
  history->at_us = tn_clock_now_us (tn_book_get_clock (book));
  tn_text_set (&history->uid, answer->uid);
  tn_text_set (&history->key, answer->key);
  tn_text_set (&history->field, tn_field_to_string (answer->field));
  tn_text_set (&history->before, answer->instead_of);
  tn_text_set (&history->after, answer->value);
  tn_text_set (&history->source, answer->answered_by);
  tn_batch_append_history (batch, history);
  tn_history_free (history);
  return tn_book_commit (book, batch, none, answered, error);
}

static void
finish (GTask *task)
{
  const Amendment *amendment = g_task_get_task_data (task);
  g_autoptr (TnBatch) batch = tn_batch_new ();
  GError *error = NULL;
  if (commit_answer (amendment->book, amendment->answer, batch, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_prefix_error (&error,
                  "cannot remember that proposal %.8s is accepted: ", amendment->answer->id);
  g_task_return_error (task, error);
}

static void
fail (GTask *task, GError *error)
{
  const Amendment *amendment = g_task_get_task_data (task);
  g_prefix_error (&error, "cannot accept proposal %.8s, to be written in calendar %s: ",
                  amendment->answer->id, amendment->guest->origin);
  g_task_return_error (task, error);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;
  g_autoptr (TurnusRef) ref = tn_provider_save_finish (TN_PROVIDER (source), result, &error);
  if (ref != NULL)
    finish (task);
  else
    fail (task, error);
}

/* "2027-01-07T10:00..2027-01-07T11:00 Europe/Copenhagen", or days without a zone. */
static gboolean
put_when (TnEvent *event, const char *value, GError **error)
{
  TnWhen when = { 0 };
  gsize size = strcspn (value, " ");
  g_autofree char *span = g_strndup (value, size);
  if (!tn_when_parse (span, &when, error))
    return FALSE;
  g_autoptr (TnZone) zone = value[size] != '\0' ? tn_zone_new (value + size + 1, error) : NULL;
  if (value[size] != '\0' && zone == NULL)
    return FALSE;
  event->when = when;
  g_clear_pointer (&event->zone, tn_zone_unref);
  event->zone = g_steal_pointer (&zone);
  return TRUE;
}

static gboolean
put_status (TnEvent *event, const char *value)
{
  event->status = strcmp (value, "confirmed") == 0   ? TN_EVENT_CONFIRMED
                  : strcmp (value, "cancelled") == 0 ? TN_EVENT_CANCELLED
                  : strcmp (value, "tentative") == 0 ? TN_EVENT_TENTATIVE
                                                     : TN_EVENT_NO_STATUS;
  return event->status != TN_EVENT_NO_STATUS;
}

/* Returns: %FALSE when only a calendar program can say it: a time of a series, one of its
 *   exceptions, no status at all */
static gboolean
put_value (TnEvent *event, const TnProposal *proposal, GError **error)
{
  switch (proposal->field)
    {
    case TN_FIELD_WHEN:
      return !event->has_rule && put_when (event, proposal->value, error);
    case TN_FIELD_WHERE:
      tn_text_set (&event->where, proposal->value);
      return TRUE;
    case TN_FIELD_TITLE:
      tn_text_set (&event->title, proposal->value);
      return TRUE;
    case TN_FIELD_STATUS:
      return put_status (event, proposal->value);
    case TN_FIELD_TEXT:
      tn_text_set (&event->text, proposal->value);
      return TRUE;
    case TN_FIELD_NOTE:
    case TN_N_FIELDS:
    default:
      return FALSE;
    }
}

/* What the proposal was made instead of is what stands there still: lines of a rule never are. */
static gboolean
check_standing (const char *standing, const TnProposal *proposal, GError **error)
{
  if (strcmp (standing, proposal->instead_of) == 0)
    return TRUE;
  gboolean is_text = proposal->field == TN_FIELD_TEXT;
  g_set_error (error, TN_ERROR, is_text ? TN_ERROR_INVALID : TN_ERROR_CONFLICT, "%s",
               is_text ? "it is about the repetition, or about lines that no field has: change the "
                         "original in the calendar program, then reject it"
                       : "the original was changed since it was made: look at it, and change it "
                         "there or reject the proposal");
  return FALSE;
}

/* In which the time that is to be changed was told. */
static TnZone *
dup_zone (const TnProposal *proposal)
{
  const char *id = proposal->field == TN_FIELD_WHEN ? strchr (proposal->instead_of, ' ') : NULL;
  TnZone *zone = id != NULL ? tn_zone_new (id + 1, NULL) : NULL;
  return zone != NULL ? zone : tn_zone_new_utc ();
}

/* Returns: (transfer full) (nullable): what the original is to be; without an error when it shows
 *   it already */
static GBytes *
make_bytes (const Amendment *amendment, GBytes *bytes, GError **error)
{
  const TnProposal *proposal = amendment->answer;
  g_autoptr (TnZone) zone = dup_zone (proposal);
  g_autoptr (TnEvent) event = tn_reader_read (bytes, zone, error);
  if (event == NULL)
    return NULL;
  g_autofree char *standing = tn_event_dup_field (event, proposal->field);
  if (strcmp (standing, proposal->value) == 0 || !check_standing (standing, proposal, error))
    return NULL;
  guint32 caps = tn_provider_get_caps (amendment->provider);
  if (event->n_attendees > 0 && (caps & TURNUS_CAP_NO_MAIL) == 0)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "people are invited to it, and writing it would mail them: change it in the "
                   "calendar program, then reject it");
      return NULL;
    }
  g_autoptr (GError) cause = NULL;
  if (!put_value (event, proposal, &cause))
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "only a calendar program can change that in the original: change it there, then "
                   "reject it");
      return NULL;
    }
  return tn_writer_edit (bytes, event, 1u << proposal->field,
                         tn_clock_now_us (tn_book_get_clock (amendment->book)), error);
}

static void
save (GTask *task, const TurnusLoaded *loaded)
{
  const Amendment *amendment = g_task_get_task_data (task);
  GError *error = NULL;
  if (loaded->bytes == NULL)
    {
      fail (task, g_error_copy (loaded->error));
      return;
    }
  g_autoptr (GBytes) bytes = make_bytes (amendment, loaded->bytes, &error);
  if (error != NULL)
    fail (task, error);
  else if (bytes == NULL)
    finish (task);
  else
    tn_provider_save_async (amendment->provider, loaded->id, loaded->revision, bytes,
                            g_task_get_cancellable (task), on_saved, g_object_ref (task));
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;
  g_autoptr (GPtrArray) items = tn_provider_load_finish (TN_PROVIDER (source), result, &error);
  if (items != NULL && items->len == 1)
    save (task, g_ptr_array_index (items, 0));
  else
    fail (task,
          error != NULL ? error : g_error_new (TN_ERROR, TN_ERROR_FAILED, "it cannot be read"));
}

/* Who may, and whether the calendar takes it at all. */
static gboolean
check (TnBook *book, const TnProposal *proposal, const TnGuest *guest, const char *council,
       GError **error)
{
  const TnCalendar *calendar = tn_amend_find_calendar (book, proposal, error);
  if (calendar == NULL || !may_answer (calendar, proposal, council, error))
    return FALSE;
  if (guest->state != TN_GUEST_HERE)
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                 "cannot accept proposal %.8s: its people took the event back, or deleted it",
                 proposal->id);
  else if (calendar->mode == TN_MODE_OBSERVE)
    g_set_error (error, TN_ERROR, TN_ERROR_DENIED,
                 "cannot accept proposal %.8s: nothing is written to calendar %s, whose mode is "
                 "\"observe\"; change the original there",
                 proposal->id, calendar->id);
  return guest->state == TN_GUEST_HERE && calendar->mode != TN_MODE_OBSERVE;
}

/**
 * tn_amend_accept_async:
 * @provider: of the calendar that tn_amend_find_calendar() says
 * @proposal: open, and about a guest
 * @council: who accepts
 *
 * Writes what was proposed into the original. Errors: %TN_ERROR_DENIED when that is for others;
 * %TN_ERROR_CONFLICT when the original was changed since; %TN_ERROR_INVALID when turnus cannot make
 * the change; else what the calendar says, and the proposal stays open.
 */
void
tn_amend_accept_async (TnBook *book, TnProvider *provider, const TnProposal *proposal,
                       const char *council, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (book, cancellable, callback, user_data);
  g_task_set_source_tag (task, tn_amend_accept_async);
  g_task_set_check_cancellable (task, FALSE); /* what was written is remembered all the same */
  GError *error = NULL;
  g_autoptr (TnGuest) guest = tn_amend_find_guest (book, proposal, &error);
  if (guest == NULL || !check (book, proposal, guest, council, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  Amendment *amendment = g_new0 (Amendment, 1);
  amendment->book = g_object_ref (book);
  amendment->provider = g_object_ref (provider);
  amendment->answer = make_answer (proposal, TN_PROPOSAL_ACCEPTED, council);
  amendment->guest = tn_guest_copy (guest);
  g_task_set_task_data (task, amendment, (GDestroyNotify) amendment_free);
  const char *const ids[] = { guest->item_id, NULL };
  tn_provider_load_async (provider, ids, cancellable, on_loaded, g_steal_pointer (&task));
}

gboolean
tn_amend_accept_finish (TnBook *book, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, book), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* A copy that was left as a person wants it waits for this answer: after a no it is written as the
 * original has it. */
static gboolean
take_up_left (TnBook *book, const TnProposal *proposal, TnBatch *batch, GError **error)
{
  g_autoptr (GPtrArray) mirrors
      = tn_store_load_mirrors (tn_book_get_store (book), proposal->calendar, error);
  for (guint i = 0; mirrors != NULL && i < mirrors->len; i++)
    {
      TnMirror *mirror = g_ptr_array_index (mirrors, i);
      if (mirror->state != TN_MIRROR_LEFT || strcmp (mirror->uid, proposal->uid) != 0)
        continue;
      mirror->state = TN_MIRROR_LIVE;
      mirror->n_put_back = 0;
      tn_text_set (&mirror->wished, ""); /* due again */
      tn_batch_put_mirror (batch, mirror);
    }
  return mirrors != NULL;
}

/**
 * tn_amend_reject:
 * @proposal: open, and about a guest
 * @council: who rejects
 *
 * Also when the event is gone: then whoever asks may close it.
 *
 * Errors: %TN_ERROR_DENIED when that is for others.
 */
gboolean
tn_amend_reject (TnBook *book, const TnProposal *proposal, const char *council, GError **error)
{
  const TnCalendar *calendar = tn_amend_find_calendar (book, proposal, NULL);
  g_autoptr (TnProposal) answer = make_answer (proposal, TN_PROPOSAL_REJECTED, council);
  g_autoptr (TnBatch) batch = tn_batch_new ();
  return (calendar == NULL || may_answer (calendar, proposal, council, error))
         && take_up_left (book, proposal, batch, error)
         && commit_answer (book, answer, batch, error);
}
