/* A pass: pull, recognise, compare, judge, plan again, push (design section 8), for one calendar
 * and without waiting for any other. pull -> [read strangers] -> recall -> look -> weigh ->
 * carry -> [bind]; when somebody changed the calendar meanwhile, from the start, three times at
 * most.
 *
 * From recall to carry each chapter of the plan has a turn of the main loop to itself (promise 8),
 * and is stored whole before anything of it is written. */
#include "sync/pass.h"

#include <malloc.h>

#include "base/error.h"
#include "base/text.h"
#include "sync/courier.h"
#include "sync/logbook.h"
#include "sync/outbox.h"
#include "sync/pull.h"
#include "sync/reading.h"
#include "sync/round.h"
#include "sync/stay.h"
#include "sync/stride.h"

static const guint MAX_ROUNDS = 3;
/* Items of a calendar whose pass leaves so much behind in the heap that it is given back: a daemon
 * that read ten thousand events at once would keep the 14 MB until it ends. */
static const guint MANY_ITEMS = 1000;

typedef struct
{
  TnBook *book;         /* (owned) */
  TnProvider *provider; /* (owned) */
  TnSettings *settings; /* (owned) keeps `calendar` alive */
  const TnCalendar *calendar;
  TnPassFlags flags;
  guint n_rounds;
  gboolean is_strained;     /* a round has left writes whose outcome is unknown */
  gboolean is_approved;     /* a person said go on: what one round spends holds for the others */
  TnRound *round;           /* (owned) (nullable) */
  gboolean knows_strangers; /* all of them were read in this round */
  TurnusListing *witness;   /* (owned) (nullable) what was listed last to prove a round right */
  guint64 version;          /* of the book, but for what this pass itself decided */
  guint chapter;            /* with which the next turn of the main loop goes on */
  TnPassResult *result;     /* (owned) */
} Pass;

static void start_round (GTask *task);
static void recall (GTask *task);
static void begin_looking (GTask *task);

static void
clear_round (Pass *pass)
{
  g_clear_pointer (&pass->round, tn_round_free);
  pass->knows_strangers = FALSE;
}

static gboolean
is_of_many (const Pass *pass)
{
  const TnRound *round = pass->round;
  return round != NULL && round->traces->len + round->sightings->len > MANY_ITEMS;
}

static void
pass_free (Pass *pass)
{
  gboolean was_of_many = is_of_many (pass);
  clear_round (pass);
  g_clear_pointer (&pass->witness, turnus_listing_free);
  g_object_unref (pass->book);
  g_object_unref (pass->provider);
  tn_settings_unref (pass->settings);
  tn_pass_result_free (pass->result);
  g_free (pass);
  if (was_of_many)
    malloc_trim (0);
}

static gboolean
is_preview (const Pass *pass)
{
  return (pass->flags & TN_PASS_PREVIEW) != 0;
}

/* The last step of every pass. */
static void
finish (GTask *task)
{
  Pass *pass = g_task_get_task_data (task);
  gboolean has_person = (pass->flags & TN_PASS_SEEN) != 0;
  g_autoptr (GError) error = NULL;
  if (tn_logbook_enter (pass->round, pass->result, has_person, &error))
    g_task_return_pointer (task, g_steal_pointer (&pass->result),
                           (GDestroyNotify) tn_pass_result_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
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
    tn_text_set (&pass->round->state->binding, listing->binding);
  finish (task);
}

/* What was overtaken was not carried, so it is to be listed again. */
static void
finish_carrying (GTask *task, gboolean is_overtaken)
{
  Pass *pass = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  if (is_overtaken && pass->n_rounds < MAX_ROUNDS)
    {
      start_round (task);
      return;
    }
  if (!is_overtaken && !tn_outbox_close (pass->round, &error))
    {
      finish_with_problem (task, g_steal_pointer (&error));
      return;
    }
  pass->result->version = pass->version;
  if (pass->result->problem != NULL)
    finish (task);
  else if (is_overtaken)
    finish_with_problem (task, g_error_new (TN_ERROR, TN_ERROR_TEMPORARY,
                                            "somebody changes this calendar faster than it can be "
                                            "written; it is tried again at the next pass"));
  else if (pass->result->n_written > 0 && pass->round->state->binding == NULL)
    tn_provider_list_async (pass->provider, NULL, g_task_get_cancellable (task), on_bound,
                            g_object_ref (task));
  else
    finish (task);
}

static void
go_on (GTask *task, TnStrideStep step)
{
  tn_stride_take (task, step, finish_with_problem);
}

static void
begin (GTask *task, TnStrideStep step)
{
  Pass *pass = g_task_get_task_data (task);
  pass->chapter = 0;
  go_on (task, step);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GError) error = NULL;
  if (tn_reading_finish (TN_PROVIDER (source), result, &error))
    recall (task);
  else
    finish_with_problem (task, g_steal_pointer (&error));
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
  g_auto (GStrv) ids = tn_snapshot_list_strangers (pass->round->snapshot);
  if (ids[0] == NULL)
    return FALSE;
  tn_reading_async (pass->round, pass->provider, g_steal_pointer (&ids),
                    g_task_get_cancellable (task), on_read, g_object_ref (task));
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

static void
give_up_round (GTask *task, GError *error)
{
  Pass *pass = g_task_get_task_data (task);
  if (tn_error_is_conflict (error) && pass->n_rounds < MAX_ROUNDS)
    {
      g_error_free (error);
      start_round (task);
    }
  else
    finish_with_problem (task, error);
}

/* A second strained round is the last one. */
static void
on_carried (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Pass *pass = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnTrip) trip = tn_courier_finish (TN_BOOK (source), result, &error);
  if (trip == NULL)
    {
      finish_with_problem (task, g_steal_pointer (&error));
      return;
    }
  pass->version += trip->n_versions;
  if (trip->is_strained && pass->is_strained)
    pass->n_rounds = MAX_ROUNDS;
  pass->is_strained = pass->is_strained || trip->is_strained;
  if (trip->is_stopped)
    finish (task);
  else
    finish_carrying (task, trip->is_overtaken);
}

static void
carry (GTask *task)
{
  Pass *pass = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  if (tn_outbox_is_behind (pass->round))
    {
      begin_looking (task); /* what people wish is judged by what is decided now */
      return;
    }
  if (tn_stay_take (pass->round, pass->result, &error)
      && tn_outbox_open (pass->round, pass->result, &error))
    {
      tn_courier_async (pass->round, pass->provider, pass->is_strained, pass->result,
                        g_task_get_cancellable (task), on_carried, g_object_ref (task));
      return;
    }
  g_prefix_error (&error, "nothing is written, because it cannot be remembered: ");
  finish_with_problem (task, g_steal_pointer (&error));
}

static void
on_listed_once_more (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Pass *pass = g_task_get_task_data (task);
  GError *error = NULL;
  g_clear_pointer (&pass->witness, turnus_listing_free);
  pass->witness = tn_provider_list_finish (TN_PROVIDER (source), result, &error);
  if (pass->witness == NULL)
    finish_with_problem (task, error);
  else if (tn_snapshot_knows_all (pass->round->snapshot, pass->witness))
    carry (task);
  else
    give_up_round (task, g_error_new (TN_ERROR, TN_ERROR_CONFLICT,
                                      "listed twice, the calendar shows more the second time; "
                                      "nothing is written before two listings agree"));
}

/* Of what is not remembered the listing alone tells whether it stands there. One that left
 * something out would have it created again, so two have to agree (hazards 6 and 17, promise 2): a
 * later round agrees with what an earlier one had listed, for where each listing makes new
 * revisions nothing could be written after another one (hazard 24). */
static void
prove (GTask *task)
{
  Pass *pass = g_task_get_task_data (task);
  if (pass->witness != NULL && tn_snapshot_knows_all (pass->round->snapshot, pass->witness))
    {
      carry (task);
      return;
    }
  tn_provider_list_async (pass->provider, NULL, g_task_get_cancellable (task), on_listed_once_more,
                          g_object_ref (task));
}

static void
weigh (GTask *task)
{
  Pass *pass = g_task_get_task_data (task);
  TnRound *round = pass->round;
  g_autoptr (GError) error = NULL;
  if (pass->chapter <= tn_chapters_get_size (round->shown))
    {
      if (tn_round_weigh (round, pass->chapter++, pass->result, &error))
        go_on (task, weigh);
      else
        give_up_round (task, g_steal_pointer (&error));
      return;
    }
  if (tn_stay_wants_creation (round) && load_strangers (task))
    return; /* and here again, with what they are */
  tn_round_end_weighing (round, pass->result);
  if (is_preview (pass))
    finish (task);
  else if (tn_outbox_is_unproven (round, pass->result))
    prove (task);
  else
    carry (task);
}

static void
begin_weighing (GTask *task)
{
  Pass *pass = g_task_get_task_data (task);
  char *text = NULL;
  TnHold hold = tn_round_find_vanished (pass->round, &text);
  if (hold != TN_HOLD_NONE)
    {
      stop_at_hold (task, hold, text);
      return;
    }
  pass->version = tn_book_get_version (pass->book);
  tn_outbox_note_ledger (pass->round);
  GError *error = NULL;
  if (tn_round_begin_weighing (pass->round, pass->result, &error))
    begin (task, weigh);
  else
    give_up_round (task, error);
}

static void
look (GTask *task)
{
  Pass *pass = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  if (pass->chapter == tn_round_get_size (pass->round))
    begin_weighing (task);
  else if (tn_round_look (pass->round, pass->chapter++, &error))
    go_on (task, look);
  else
    give_up_round (task, g_steal_pointer (&error));
}

static void
begin_looking (GTask *task)
{
  Pass *pass = g_task_get_task_data (task);
  GError *error = NULL;
  pass->result->was_read = TRUE;
  if (!tn_round_begin_looking (pass->round, &error))
    finish_with_problem (task, error);
  else if (tn_snapshot_has_news (pass->round->snapshot))
    begin (task, look);
  else
    begin_weighing (task);
}

static void
ask_plan (GTask *task)
{
  Pass *pass = g_task_get_task_data (task);
  if (pass->chapter == tn_round_get_size (pass->round))
    begin_looking (task);
  else
    {
      tn_round_recall (pass->round, pass->chapter++);
      go_on (task, ask_plan);
    }
}

/* Which of the items read are events of the plan? Mostly what is remembered knows. */
static void
recall (GTask *task)
{
  Pass *pass = g_task_get_task_data (task);
  if (tn_round_is_doubtful (pass->round))
    begin (task, ask_plan);
  else
    begin_looking (task);
}

static void
on_pulled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Pass *pass = g_task_get_task_data (task);
  GError *error = NULL;
  if (!tn_pull_finish (TN_BOOK (source), result, &error))
    finish_with_problem (task, error);
  else if (tn_pull_found_other (pass->round))
    stop_at_hold (task, TN_HOLD_BINDING,
                  g_strdup_printf ("what is there now is not the calendar that was published to: "
                                   "it is empty, replaced or not mounted; bring it back, or name "
                                   "it as a new calendar in the settings"));
  else
    recall (task);
}

static void
start_round (GTask *task)
{
  Pass *pass = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean has_lost = pass->round != NULL && pass->round->study->has_lost;
  clear_round (pass);
  pass->n_rounds++;
  pass->round = tn_round_new (pass->book, pass->calendar, &error);
  if (pass->round == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  pass->is_approved = pass->is_approved || pass->round->before->is_approved;
  pass->round->before->is_approved = pass->is_approved;
  pass->round->study->has_lost = has_lost;
  pass->round->caps = tn_provider_get_caps (pass->provider);
  pass->round->is_preview = is_preview (pass);
  pass->round->is_granted = (pass->flags & TN_PASS_GRANTED) != 0;
  gboolean asks_all = tn_stay_needs_all (pass->round) || pass->n_rounds > 1;
  tn_pull_async (pass->round, pass->provider, asks_all, g_task_get_cancellable (task), on_pulled,
                 g_object_ref (task));
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
