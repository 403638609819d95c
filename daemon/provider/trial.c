/* What only a write shows, tried with an event of our own: that it is created and comes back, that
 * a write on an old revision is refused, that it can be removed, and made again under the same UID.
 *
 * It is no event of anybody's. It stands on 1 January 2001, before all that is ever published, is
 * transparent and private, invites nobody, has no category and no key; its UID can be derived from
 * no plan. So to any pass that sees it, of this daemon or another council's, it is a stranger: of
 * such a one id and revision are kept and nothing is written (promise 6); no twin of anything, for
 * twins are looked for fourteen days around (design section 8). What a stranger can do is to have
 * the first publication wait for a look at the plan: so who runs this keeps passes out meanwhile,
 * and it is taken away before it ends, whatever went wrong. If we are killed, it is found by its
 * name and its UID when this runs the next time, and nothing else is ever removed. */
#include "provider/trial.h"

#include "base/error.h"

#include <string.h>

/* So many items are looked through where a server names them as it likes. */
static const guint MAX_SWEPT = 500;

typedef enum
{
  STAGE_LIST,
  STAGE_SWEEP,        /* what an earlier one may have left is looked at … */
  STAGE_SWEEP_REMOVE, /* … and taken away */
  STAGE_CREATE,
  STAGE_READ,
  STAGE_CHANGE,
  STAGE_READ_CHANGED,
  STAGE_STALE, /* a write on the revision before the change */
  STAGE_READ_LAST,
  STAGE_REMOVE,
  STAGE_REVIVE,
  STAGE_READ_REVIVED,
  STAGE_REMOVE_REVIVED,
  STAGE_END
} Stage;

typedef struct
{
  Stage stage;
  char *uid;            /* (owned) */
  char *place;          /* (owned) what a new item is to be called */
  GPtrArray *steps;     /* (owned) (element-type TnTrialStep) */
  GPtrArray *leftovers; /* (owned) (element-type TurnusRef) */
  char *id;             /* (owned) (nullable) where the event is; %NULL when it is not there */
  char *revision;       /* (owned) (nullable) */
  char *old_revision;   /* (owned) (nullable) before the change */
  GBytes *sent;         /* (owned) (nullable) */
} Trial;

static void
trial_free (Trial *trial)
{
  g_free (trial->uid);
  g_free (trial->place);
  g_ptr_array_unref (trial->steps);
  g_ptr_array_unref (trial->leftovers);
  g_free (trial->id);
  g_free (trial->revision);
  g_free (trial->old_revision);
  g_clear_pointer (&trial->sent, g_bytes_unref);
  g_free (trial);
}

void
tn_trial_step_free (TnTrialStep *step)
{
  g_free (step->text);
  g_free (step);
}

const char *
tn_trial_verdict_to_string (TnTrialVerdict verdict)
{
  static const char *const words[] = { "ok", "weak", "bad" };
  return words[verdict];
}

static void
add (Trial *trial, const char *what, TnTrialVerdict verdict, const char *text)
{
  TnTrialStep *step = g_new0 (TnTrialStep, 1);
  step->what = what;
  step->verdict = verdict;
  step->text = g_strdup (text);
  g_ptr_array_add (trial->steps, step);
}

static void
add_failure (Trial *trial, const char *what, const GError *error, const char *advice)
{
  g_autofree char *text = g_strdup_printf ("%s; %s", error->message, advice);
  add (trial, what, TN_TRIAL_BAD, text);
}

/* CLASS and TRANSP, so that nobody reads it or is busy by it. */
static GBytes *
write_event (const Trial *trial, const char *description)
{
  char *text
      = g_strdup_printf ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//turnus//doctor//EN\r\n"
                         "BEGIN:VEVENT\r\nUID:%s\r\nDTSTAMP:20010101T000000Z\r\n"
                         "DTSTART;VALUE=DATE:20010101\r\nDTEND;VALUE=DATE:20010102\r\n"
                         "SUMMARY:turnus: test event\\, may be deleted\r\nDESCRIPTION:%s\r\n"
                         "TRANSP:TRANSPARENT\r\nCLASS:PRIVATE\r\nX-TURNUS-PLACED:20010101\r\n"
                         "END:VEVENT\r\nEND:VCALENDAR\r\n",
                         trial->uid, description);
  return g_bytes_new_take (text, strlen (text));
}

static gboolean
contains (GBytes *bytes, const char *text)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  return g_strstr_len (data, (gssize) size, text) != NULL;
}

static void
set (char **slot, const char *text)
{
  g_free (*slot);
  *slot = g_strdup (text);
}

static void take_step (GTask *task);

static void
go_to (GTask *task, Stage stage)
{
  ((Trial *) g_task_get_task_data (task))->stage = stage;
  take_step (task);
}

/* Whatever stopped us: what we made goes. */
static void
give_up (GTask *task)
{
  Trial *trial = g_task_get_task_data (task);
  go_to (task, trial->id != NULL ? STAGE_READ_REVIVED : STAGE_END);
}

/* The name that we gave it; or, where names are the server's own, any of a small calendar. */
static gboolean
may_be_ours (const Trial *trial, const TurnusRef *ref, gboolean is_opaque)
{
  return is_opaque || strstr (ref->id, trial->place) != NULL;
}

static gboolean
is_opaque (const GPtrArray *refs)
{
  for (guint i = 0; i < refs->len; i++)
    if (strstr (((const TurnusRef *) g_ptr_array_index (refs, i))->id, ".ics") != NULL)
      return FALSE;
  return refs->len <= MAX_SWEPT;
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Trial *trial = g_task_get_task_data (task);
  GError *error = NULL;
  TurnusListing *listing = tn_provider_list_finish (TN_PROVIDER (source), result, &error);
  if (listing == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  gboolean any = is_opaque (listing->changed);
  for (guint i = 0; i < listing->changed->len; i++)
    {
      const TurnusRef *ref = g_ptr_array_index (listing->changed, i);
      if (may_be_ours (trial, ref, any))
        g_ptr_array_add (trial->leftovers, turnus_ref_new (ref->id, ref->revision));
    }
  turnus_listing_free (listing);
  go_to (task, trial->leftovers->len > 0 ? STAGE_SWEEP : STAGE_CREATE);
}

/* Only what bears our UID is ours. */
static void
on_swept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Trial *trial = g_task_get_task_data (task);
  g_autoptr (GPtrArray) loaded = tn_provider_load_finish (TN_PROVIDER (source), result, NULL);
  g_ptr_array_set_size (trial->leftovers, 0);
  for (guint i = 0; loaded != NULL && i < loaded->len; i++)
    {
      const TurnusLoaded *item = g_ptr_array_index (loaded, i);
      if (item->bytes != NULL && contains (item->bytes, trial->uid))
        g_ptr_array_add (trial->leftovers, turnus_ref_new (item->id, item->revision));
    }
  go_to (task, trial->leftovers->len > 0 ? STAGE_SWEEP_REMOVE : STAGE_CREATE);
}

static void
on_left_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Trial *trial = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  if (tn_provider_remove_finish (TN_PROVIDER (source), result, &error))
    add (trial, "left over", TN_TRIAL_GOOD, "a test event of an earlier trial is taken away");
  else
    add_failure (trial, "left over", error,
                 "the test event of an earlier trial stays on 1 January 2001; it may be deleted");
  g_ptr_array_remove_index (trial->leftovers, 0);
  go_to (task, trial->leftovers->len > 0 ? STAGE_SWEEP_REMOVE : STAGE_CREATE);
}

static void
on_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Trial *trial = g_task_get_task_data (task);
  gboolean is_first = trial->stage == STAGE_CREATE;
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) ref = tn_provider_save_finish (TN_PROVIDER (source), result, &error);
  if (ref != NULL)
    {
      set (&trial->id, ref->id);
      set (&trial->revision, ref->revision);
      add (trial, is_first ? "create" : "revive", TN_TRIAL_GOOD,
           is_first ? "a test event is created"
                    : "what was removed can be made again under the same UID");
      go_to (task, is_first ? STAGE_READ : STAGE_READ_REVIVED);
      return;
    }
  if (is_first)
    add_failure (trial, "create", error,
                 "nothing can be published here; if it was made after all, the next trial takes "
                 "it away");
  else
    add (trial, "revive", TN_TRIAL_WEAK,
         "a UID that was removed is not taken again: an event that people delete comes back under "
         "another UID");
  go_to (task, STAGE_END);
}

static void
judge_reading (Trial *trial, GBytes *bytes)
{
  if (g_bytes_equal (bytes, trial->sent))
    add (trial, "reading back", TN_TRIAL_GOOD, "it comes back byte for byte");
  else
    add (trial, "reading back", TN_TRIAL_GOOD,
         "the server writes it in its own way, which is no edit: events are compared by meaning");
  if (!contains (bytes, "X-TURNUS-PLACED"))
    add (
        trial, "marks", TN_TRIAL_WEAK,
        "X- properties are lost: events are known by their UID alone, and a calendar that councils "
        "share cannot carry their journals");
  if (!contains (bytes, "DESCRIPTION:first"))
    add (trial, "description", TN_TRIAL_WEAK,
         "the description does not come back as it was sent: what stands below our line may be "
         "taken for an edit");
}

/* The revision that counts is the one that the server tells now: some change it after a write. */
static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Trial *trial = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) loaded = tn_provider_load_finish (TN_PROVIDER (source), result, &error);
  const TurnusLoaded *item
      = loaded != NULL && loaded->len == 1 ? g_ptr_array_index (loaded, 0) : NULL;
  gboolean is_there = item != NULL && item->bytes != NULL;
  if (is_there)
    set (&trial->revision, item->revision);
  else if (error == NULL && item != NULL && item->error != NULL)
    error = g_error_copy (item->error);
  switch (trial->stage)
    {
    case STAGE_READ:
      if (is_there)
        judge_reading (trial, item->bytes);
      else
        add (trial, "reading back", TN_TRIAL_BAD,
             error != NULL ? error->message : "what was created cannot be read");
      go_to (task, is_there ? STAGE_CHANGE : STAGE_REMOVE);
      return;
    case STAGE_READ_CHANGED:
      go_to (task, STAGE_STALE);
      return;
    case STAGE_READ_LAST:
      go_to (task, STAGE_REMOVE);
      return;
    default:
      go_to (task, STAGE_REMOVE_REVIVED);
      return;
    }
}

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Trial *trial = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) ref = tn_provider_save_finish (TN_PROVIDER (source), result, &error);
  if (ref == NULL)
    {
      add_failure (trial, "change", error, "what is published here cannot be kept in step");
      give_up (task);
      return;
    }
  set (&trial->id, ref->id);
  set (&trial->revision, ref->revision);
  add (trial, "change", TN_TRIAL_GOOD, "it can be changed");
  go_to (task, STAGE_READ_CHANGED);
}

static void
on_stale_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Trial *trial = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) ref = tn_provider_save_finish (TN_PROVIDER (source), result, &error);
  if (ref != NULL)
    add (trial, "old revision", TN_TRIAL_BAD,
         "a write on an old revision is taken: what a person changes at the same moment can be "
         "lost");
  else if (g_error_matches (error, TN_ERROR, TN_ERROR_CONFLICT))
    add (trial, "old revision", TN_TRIAL_GOOD,
         "a write on an old revision is refused: no edit of a person is overwritten unseen");
  else
    add (trial, "old revision", TN_TRIAL_WEAK, error->message);
  go_to (task, STAGE_READ_LAST);
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Trial *trial = g_task_get_task_data (task);
  gboolean is_first = trial->stage == STAGE_REMOVE;
  g_autoptr (GError) error = NULL;
  if (!tn_provider_remove_finish (TN_PROVIDER (source), result, &error))
    {
      add_failure (
          trial, "remove", error,
          "the test event stays on 1 January 2001 until the next trial; it may be deleted");
      go_to (task, STAGE_END);
      return;
    }
  g_clear_pointer (&trial->id, g_free);
  if (is_first)
    add (trial, "remove", TN_TRIAL_GOOD, "it is removed");
  go_to (task, is_first ? STAGE_REVIVE : STAGE_END);
}

static void
load (GTask *task, GPtrArray *refs, GAsyncReadyCallback callback)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  for (guint i = 0; i < refs->len; i++)
    g_ptr_array_add (ids, ((TurnusRef *) g_ptr_array_index (refs, i))->id);
  g_ptr_array_add (ids, NULL);
  tn_provider_load_async (g_task_get_source_object (task), (const char *const *) ids->pdata,
                          g_task_get_cancellable (task), callback, g_object_ref (task));
}

static void
load_one (GTask *task)
{
  const Trial *trial = g_task_get_task_data (task);
  const char *const ids[] = { trial->id, NULL };
  tn_provider_load_async (g_task_get_source_object (task), ids, g_task_get_cancellable (task),
                          on_read, g_object_ref (task));
}

static void
save (GTask *task, const char *id, const char *revision, const char *description,
      GAsyncReadyCallback callback)
{
  Trial *trial = g_task_get_task_data (task);
  g_clear_pointer (&trial->sent, g_bytes_unref);
  trial->sent = write_event (trial, description);
  tn_provider_save_async (g_task_get_source_object (task), id, revision, trial->sent,
                          g_task_get_cancellable (task), callback, g_object_ref (task));
}

static void
remove_item (GTask *task, const char *id, const char *revision, GAsyncReadyCallback callback)
{
  tn_provider_remove_async (g_task_get_source_object (task), id, revision,
                            g_task_get_cancellable (task), callback, g_object_ref (task));
}

static void
change (GTask *task)
{
  Trial *trial = g_task_get_task_data (task);
  set (&trial->old_revision, trial->revision);
  save (task, trial->id, trial->revision, "second", on_changed);
}

static void
end (GTask *task)
{
  Trial *trial = g_task_get_task_data (task);
  g_task_return_pointer (task, g_ptr_array_ref (trial->steps), (GDestroyNotify) g_ptr_array_unref);
}

static void
take_step (GTask *task)
{
  Trial *trial = g_task_get_task_data (task);
  const TurnusRef *left
      = trial->leftovers->len > 0 ? g_ptr_array_index (trial->leftovers, 0) : NULL;
  switch (trial->stage)
    {
    case STAGE_LIST:
      tn_provider_list_async (g_task_get_source_object (task), NULL, g_task_get_cancellable (task),
                              on_listed, g_object_ref (task));
      return;
    case STAGE_SWEEP:
      load (task, trial->leftovers, on_swept);
      return;
    case STAGE_SWEEP_REMOVE:
      remove_item (task, left->id, left->revision, on_left_removed);
      return;
    case STAGE_CREATE:
    case STAGE_REVIVE:
      save (task, trial->place, NULL, "first", on_created);
      return;
    case STAGE_READ:
    case STAGE_READ_CHANGED:
    case STAGE_READ_LAST:
    case STAGE_READ_REVIVED:
      load_one (task);
      return;
    case STAGE_CHANGE:
      change (task);
      return;
    case STAGE_STALE:
      save (task, trial->id, trial->old_revision, "third", on_stale_saved);
      return;
    case STAGE_REMOVE:
    case STAGE_REMOVE_REVIVED:
      remove_item (task, trial->id, trial->revision, on_removed);
      return;
    case STAGE_END:
      end (task);
      return;
    default:
      g_assert_not_reached ();
    }
}

/**
 * tn_trial_run_async:
 * @name: of the calendar and whose trial it is: two councils that try a calendar at once do not
 * meet
 *
 * The caller sees to it that no pass of its own is on.
 */
void
tn_trial_run_async (TnProvider *provider, const char *name, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (provider, cancellable, callback, user_data);
  g_task_set_source_tag (task, tn_trial_run_async);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, name, -1);
  Trial *trial = g_new0 (Trial, 1);
  trial->uid = g_strdup_printf ("trial-%.32s@turnus", digest);
  trial->place = g_strdup_printf ("turnus-trial-%.32s", digest);
  trial->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_trial_step_free);
  trial->leftovers = g_ptr_array_new_with_free_func ((GDestroyNotify) turnus_ref_free);
  g_task_set_task_data (task, trial, (GDestroyNotify) trial_free);
  take_step (task);
}

/**
 * tn_trial_run_finish:
 *
 * Errors: those of the listing; nothing was written then.
 * Returns: (transfer full) (nullable) (element-type TnTrialStep): what was tried, in order
 */
GPtrArray *
tn_trial_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
