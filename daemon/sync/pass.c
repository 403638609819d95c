/* A pass: pull, recognise, compare, judge, plan again, push (design section 8), for one calendar
 * and without waiting for any other. list -> load -> [load strangers] -> decide -> apply -> [bind];
 * when somebody changed the calendar meanwhile, from the start, three times at most.
 *
 * The decision step is pure up to one commit, which holds people's decisions, the intents that
 * follow from them and what the pull showed, all or nothing. */
#include "sync/pass.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "sync/apply.h"
#include "sync/diff.h"
#include "sync/guard.h"
#include "sync/judge.h"
#include "sync/record.h"
#include "sync/snapshot.h"
#include "sync/twins.h"

static const guint MAX_ROUNDS = 3;

typedef struct
{
  TnBook *book;         /* (owned) */
  TnProvider *provider; /* (owned) */
  TnSettings *settings; /* (owned) keeps `calendar` alive */
  const TnCalendar *calendar;
  TnPassFlags flags;
  guint round;
  TnCalendarState *state;   /* (owned) */
  GPtrArray *links;         /* (owned) */
  GPtrArray *intents;       /* (owned) */
  GPtrArray *sightings;     /* (owned) */
  TurnusListing *listing;   /* (owned) (nullable) */
  TnSnapshot *snapshot;     /* (owned) (nullable) */
  gboolean knows_strangers; /* all of them were read in this round */
  TnPlan *plan;             /* (owned) (nullable) what the changes were worked out from */
  GPtrArray *postings;      /* (owned) (nullable) (element-type TnPosting) of it */
  TnPassResult *result;     /* (owned) */
} Pass;

static void start_round (GTask *task);
static void list_items (GTask *task, const char *token);
static void decide (GTask *task);

static void
clear_round (Pass *pass)
{
  g_clear_pointer (&pass->snapshot, tn_snapshot_free);
  g_clear_pointer (&pass->listing, turnus_listing_free);
  g_clear_pointer (&pass->links, g_ptr_array_unref);
  g_clear_pointer (&pass->intents, g_ptr_array_unref);
  g_clear_pointer (&pass->sightings, g_ptr_array_unref);
  g_clear_pointer (&pass->state, tn_calendar_state_free);
  pass->knows_strangers = FALSE;
  g_clear_pointer (&pass->postings, g_ptr_array_unref);
  g_clear_pointer (&pass->plan, tn_plan_unref);
}

static void
pass_free (Pass *pass)
{
  clear_round (pass);
  g_object_unref (pass->book);
  g_object_unref (pass->provider);
  tn_settings_unref (pass->settings);
  tn_pass_result_free (pass->result);
  g_free (pass);
}

static gboolean
is_preview (const Pass *pass)
{
  return (pass->flags & TN_PASS_PREVIEW) != 0;
}

static void
note_outcome (Pass *pass)
{
  TnPassResult *result = pass->result;
  TnCalendarState *state = pass->state;
  state->last_try_us = tn_clock_now_us (tn_book_get_clock (pass->book));
  state->hold = result->hold;
  tn_text_set (&state->hold_text, result->hold_text);
  tn_text_set (&state->problem, result->problem != NULL ? result->problem->message : NULL);
  if (result->problem == NULL && result->hold == TN_HOLD_NONE)
    state->last_good_us = state->last_try_us;
}

/* The last step of every pass: how it went is remembered, and the result handed over. A preview
 * leaves one trace only: that a person has looked. */
static void
finish (GTask *task)
{
  Pass *pass = g_task_get_task_data (task);
  tn_pass_result_keep (pass->result, is_preview (pass));
  gboolean has_looked = (pass->flags & TN_PASS_SEEN) != 0 && pass->state->contact == TN_CONTACT_NEW
                        && pass->result->problem == NULL;
  if (has_looked)
    pass->state->contact = TN_CONTACT_SEEN;
  if (!is_preview (pass))
    note_outcome (pass);

  g_autoptr (GError) error = NULL;
  g_autoptr (TnBatch) batch = tn_batch_new ();
  tn_batch_put_calendar (batch, pass->state);
  if ((has_looked || !is_preview (pass))
      && !tn_store_commit (tn_book_get_store (pass->book), batch, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&pass->result),
                           (GDestroyNotify) tn_pass_result_free);
}

static void
finish_with_problem (GTask *task, GError *problem)
{
  Pass *pass = g_task_get_task_data (task);
  g_clear_error (&pass->result->problem);
  pass->result->problem = problem;
  finish (task);
}

/* A new calendar is bound once something of ours stands in it. */
static void
on_bound (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Pass *pass = g_task_get_task_data (task);
  g_autoptr (TurnusListing) listing = tn_provider_list_finish (TN_PROVIDER (source), result, NULL);
  if (listing != NULL)
    tn_text_set (&pass->state->binding, listing->binding);
  finish (task);
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Pass *pass = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnApplied) applied = tn_apply_finish (TN_BOOK (source), result, &error);
  if (applied == NULL)
    {
      finish_with_problem (task, g_steal_pointer (&error));
      return;
    }
  pass->result->n_written += applied->n_written;
  if (applied->problem != NULL)
    finish_with_problem (task, g_steal_pointer (&applied->problem));
  else if (applied->changed_meanwhile && pass->round < MAX_ROUNDS)
    start_round (task);
  else if (applied->changed_meanwhile)
    finish_with_problem (task, g_error_new (TN_ERROR, TN_ERROR_TEMPORARY,
                                            "somebody changes this calendar faster than it can be "
                                            "written; it is tried again at the next pass"));
  else if (applied->n_written > 0 && pass->state->binding == NULL)
    tn_provider_list_async (pass->provider, NULL, g_task_get_cancellable (task), on_bound,
                            g_object_ref (task));
  else
    finish (task);
}

static gboolean
commit_decided (Pass *pass, TnJudgement *judgement, GError **error)
{
  TnRecord record = { .book = pass->book,
                      .calendar = pass->calendar,
                      .state = pass->state,
                      .listing = pass->listing,
                      .snapshot = pass->snapshot,
                      .intents = pass->intents,
                      .sightings = pass->sightings,
                      .plan = pass->plan,
                      .postings = pass->postings,
                      .changes = pass->result->changes,
                      .judgement = judgement };
  return tn_record_commit (&record, error);
}

static gboolean
has_creation (GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const TnChange *change = g_ptr_array_index (changes, i);
      if (change->kind == TN_CHANGE_CREATE)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_open_absence (GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const TnChange *change = g_ptr_array_index (changes, i);
      if (change->kind == TN_CHANGE_REMEMBER && change->link->state == TN_LINK_ABSENT)
        return TRUE;
    }
  return FALSE;
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Pass *pass = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = tn_provider_load_finish (TN_PROVIDER (source), result, &error);
  if (items == NULL)
    {
      finish_with_problem (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < items->len; i++)
    tn_snapshot_add_loaded (pass->snapshot, g_ptr_array_index (items, i),
                            tn_book_get_plan (pass->book));
  decide (task);
}

/* Before something is created, all strangers are looked through for twins, and for copies that have
 * outlived their original; their content is not kept, so they are read again. */
static gboolean
load_strangers (GTask *task)
{
  Pass *pass = g_task_get_task_data (task);
  if (pass->knows_strangers)
    return FALSE;
  pass->knows_strangers = TRUE;
  g_auto (GStrv) ids = tn_snapshot_list_strangers (pass->snapshot);
  if (ids[0] == NULL)
    return FALSE;
  tn_provider_load_async (pass->provider, (const char *const *) ids, g_task_get_cancellable (task),
                          on_loaded, g_object_ref (task));
  return TRUE;
}

static void
stop_at_hold (GTask *task, TnHold hold, char *text)
{
  Pass *pass = g_task_get_task_data (task);
  pass->result->hold = hold;
  g_free (pass->result->hold_text);
  pass->result->hold_text = text;
  finish (task);
}

/* The calendar as it was to stand before this pull. */
static void
make_postings (Pass *pass)
{
  g_autoptr (GPtrArray) remarks = tn_book_list_remarks (pass->book, pass->calendar, NULL);
  g_clear_pointer (&pass->postings, g_ptr_array_unref);
  g_clear_pointer (&pass->plan, tn_plan_unref);
  pass->plan = tn_plan_ref (tn_book_get_plan (pass->book));
  pass->postings = tn_posting_list (pass->plan, pass->calendar,
                                    tn_book_get_publish_span (pass->book), remarks);
}

/* Made anew only where people's edits, or an edition that a preview shows, change something: a plan
 * of ten thousand events is not made twice for nothing (promise 8). */
static void
remake_postings (Pass *pass, const TnJudgement *judgement)
{
  gboolean shows_offer = is_preview (pass) && tn_book_has_new_rulebook (pass->book);
  if (judgement->decisions->len == 0 && judgement->proposals->len == 0 && !shows_offer)
    return;
  g_autoptr (GPtrArray) remarks
      = tn_book_list_remarks (pass->book, pass->calendar, judgement->proposals);
  TnPlan *plan = shows_offer ? tn_book_plan_new_rulebook (pass->book, judgement->decisions)
                             : tn_book_plan_with (pass->book, judgement->decisions);
  g_ptr_array_unref (pass->postings);
  tn_plan_unref (pass->plan);
  pass->plan = plan;
  pass->postings
      = tn_posting_list (plan, pass->calendar, tn_book_get_publish_span (pass->book), remarks);
}

static TnDiffInput
make_input (const Pass *pass)
{
  return (TnDiffInput){ .plan = pass->plan,
                        .calendar = pass->calendar,
                        .council = pass->settings->council,
                        .postings = pass->postings,
                        .links = pass->links,
                        .snapshot = pass->snapshot,
                        .state = pass->state,
                        .caps = tn_provider_get_caps (pass->provider),
                        .now_us = tn_clock_now_us (tn_book_get_clock (pass->book)),
                        .is_granted = (pass->flags & TN_PASS_GRANTED) != 0 };
}

/* The whole decision, made of pure functions; nothing is stored in here. */
static TnJudgement *
work_out (Pass *pass)
{
  TnPassResult *result = pass->result;
  TnJudgement *judgement = tn_judge (pass->plan, pass->calendar, pass->postings, pass->snapshot,
                                     tn_book_get_proposals (pass->book), pass->settings->council,
                                     tn_clock_now_us (tn_book_get_clock (pass->book)));
  g_clear_pointer (&result->changes, g_ptr_array_unref);
  remake_postings (pass, judgement);
  tn_twins_mark (pass->postings, pass->snapshot, pass->sightings, pass->calendar->id);
  TnDiffInput input = make_input (pass);
  result->changes = tn_diff (&input);
  g_clear_pointer (&result->hold_text, g_free);
  result->hold = tn_guard_hold (&input, result->changes, &result->hold_text);
  return judgement;
}

static gboolean
is_vanished (Pass *pass, char **text)
{
  TnDiffInput input = make_input (pass);
  return tn_guard_find_vanished (&input, text) != TN_HOLD_NONE;
}

static gboolean
is_other_calendar (const Pass *pass)
{
  return pass->state->binding != NULL
         && g_strcmp0 (pass->state->binding, pass->listing->binding) != 0;
}

static void
keep_result (Pass *pass, TnJudgement *judgement)
{
  TnPassResult *result = pass->result;
  for (guint i = 0; i < judgement->decisions->len; i++)
    g_ptr_array_add (result->decisions,
                     tn_decision_ref (g_ptr_array_index (judgement->decisions, i)));
  for (guint i = 0; i < judgement->proposals->len; i++)
    g_ptr_array_add (result->proposals,
                     tn_proposal_copy (g_ptr_array_index (judgement->proposals, i)));
  result->is_absence_open = has_open_absence (result->changes);
}

static void
decide (GTask *task)
{
  Pass *pass = g_task_get_task_data (task);
  make_postings (pass);
  tn_snapshot_recognise (pass->snapshot, pass->plan);
  char *text = NULL;
  if (is_vanished (pass, &text))
    {
      stop_at_hold (task, TN_HOLD_VANISHED, text);
      return;
    }
  g_autoptr (TnJudgement) judgement = work_out (pass);
  if (has_creation (pass->result->changes) && load_strangers (task))
    return; /* and here again, with what they are */

  keep_result (pass, judgement);
  g_autoptr (GError) error = NULL;
  if (is_preview (pass))
    {
      finish (task);
      return;
    }
  if (!commit_decided (pass, judgement, &error))
    {
      g_prefix_error (&error, "nothing is written, because it cannot be remembered: ");
      finish_with_problem (task, g_steal_pointer (&error));
      return;
    }
  pass->result->version = tn_book_get_version (pass->book);
  tn_apply_async (pass->book, pass->provider, pass->calendar, pass->result->changes, pass->snapshot,
                  g_task_get_cancellable (task), on_applied, g_object_ref (task));
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Pass *pass = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  pass->listing = tn_provider_list_finish (TN_PROVIDER (source), result, &error);
  if (pass->listing == NULL && tn_error_is_gone (error) && pass->state->token != NULL)
    {
      g_clear_pointer (&pass->state->token, g_free); /* a full listing instead (hazard 7) */
      list_items (task, NULL);
      return;
    }
  if (pass->listing == NULL)
    {
      finish_with_problem (task, g_steal_pointer (&error));
      return;
    }
  if (is_other_calendar (pass))
    {
      stop_at_hold (task, TN_HOLD_BINDING,
                    g_strdup_printf ("what is there now is not the calendar that was published to: "
                                     "it is empty, replaced or not mounted; bring it back, or name "
                                     "it as a new calendar in the settings"));
      return;
    }
  pass->snapshot = tn_snapshot_new (pass->listing, pass->links, pass->intents, pass->sightings);
  g_auto (GStrv) ids = tn_snapshot_list_unread (pass->snapshot);
  if (ids[0] == NULL)
    decide (task);
  else
    tn_provider_load_async (pass->provider, (const char *const *) ids,
                            g_task_get_cancellable (task), on_loaded, g_object_ref (task));
}

static void
list_items (GTask *task, const char *token)
{
  Pass *pass = g_task_get_task_data (task);
  tn_provider_list_async (pass->provider, token, g_task_get_cancellable (task), on_listed,
                          g_object_ref (task));
}

/* A deletion counts when two complete listings say so, and a listing of changes says nothing about
 * what did not change (design section 7). Open intents are settled against all that is there. */
static gboolean
needs_all (const Pass *pass)
{
  for (guint i = 0; i < pass->links->len; i++)
    if (((const TnLink *) g_ptr_array_index (pass->links, i))->state == TN_LINK_ABSENT)
      return TRUE;
  return pass->intents->len > 0 || pass->round > 1;
}

static void
start_round (GTask *task)
{
  Pass *pass = g_task_get_task_data (task);
  TnStore *store = tn_book_get_store (pass->book);
  const char *id = pass->calendar->id;
  g_autoptr (GError) error = NULL;
  clear_round (pass);
  pass->round++;
  pass->state = tn_store_load_calendar (store, id, &error);
  pass->links = pass->state != NULL ? tn_store_load_links (store, id, &error) : NULL;
  pass->intents = pass->links != NULL ? tn_store_load_intents (store, id, &error) : NULL;
  pass->sightings = pass->intents != NULL ? tn_store_load_sightings (store, id, &error) : NULL;
  if (pass->sightings == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  list_items (task, needs_all (pass) ? NULL : pass->state->token);
}

/**
 * tn_pass_run_async:
 * @calendar: of the book's settings
 *
 * Reconciles one calendar with the plan.
 *
 * Source: design section 8.
 */
void
tn_pass_run_async (TnBook *book, TnProvider *provider, const TnCalendar *calendar,
                   TnPassFlags flags, GCancellable *cancellable, GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (book, cancellable, callback, user_data);
  g_task_set_source_tag (task, tn_pass_run_async);
  g_task_set_check_cancellable (task, FALSE);
  Pass *pass = g_new0 (Pass, 1);
  pass->book = g_object_ref (book);
  pass->provider = g_object_ref (provider);
  pass->settings = tn_settings_ref (tn_book_get_settings (book));
  pass->calendar = calendar;
  pass->flags = flags;
  pass->result = tn_pass_result_new_problem (NULL);
  g_task_set_task_data (task, pass, (GDestroyNotify) pass_free);
  start_round (task);
}

/**
 * tn_pass_run_finish:
 *
 * Errors: when the store fails; what the calendar says is in the result's problem.
 * Returns: (transfer full) (nullable): what was found and done
 */
TnPassResult *
tn_pass_run_finish (TnBook *book, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, book), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
