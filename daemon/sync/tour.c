/* A tour: first the plan, then the guests of other calendars. pass -> hosting. Where the pass found
 * that the calendar is not as it should be, nobody is hosted in it. */
#include "sync/tour.h"

#include "sync/hosting.h"

typedef struct
{
  TnProvider *provider;       /* (owned) */
  TnSettings *settings;       /* (owned) keeps `calendar` alive */
  const TnCalendar *calendar; /* (unowned) */
  TnPassFlags flags;
  TnPassResult *result; /* (owned) (nullable) of the pass */
} Tour;

static void
tour_free (Tour *tour)
{
  g_object_unref (tour->provider);
  tn_settings_unref (tour->settings);
  tn_pass_result_free (tour->result);
  g_free (tour);
}

static void
finish (GTask *task)
{
  Tour *tour = g_task_get_task_data (task);
  g_task_return_pointer (task, g_steal_pointer (&tour->result),
                         (GDestroyNotify) tn_pass_result_free);
}

static void
on_hosted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;
  if (tn_hosting_finish (TN_BOOK (source), result, &error))
    finish (task);
  else
    g_task_return_error (task, error);
}

static gboolean
is_well (const TnPassResult *result)
{
  return result->problem == NULL && (result->hold == TN_HOLD_NONE || result->hold == TN_HOLD_BRAKE);
}

static void
on_passed (GObject *source, GAsyncResult *async_result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Tour *tour = g_task_get_task_data (task);
  TnBook *book = TN_BOOK (source);
  g_autoptr (GError) error = NULL;
  tour->result = tn_pass_run_finish (book, async_result, &error);
  g_autoptr (TnCalendarState) state
      = tour->result != NULL
            ? tn_store_load_calendar (tn_book_get_store (book), tour->calendar->id, &error)
            : NULL;
  if (state == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (!is_well (tour->result))
    {
      finish (task);
      return;
    }
  const TnHosting hosting = { .visit = { .book = book,
                                         .calendar = tour->calendar,
                                         .caps = tn_provider_get_caps (tour->provider),
                                         .is_approved = tour->result->was_approved },
                              .is_preview = (tour->flags & TN_PASS_PREVIEW) != 0,
                              .is_published = state->contact == TN_CONTACT_PUBLISHED,
                              .is_granted = (tour->flags & TN_PASS_GRANTED) != 0 };
  tn_hosting_async (&hosting, tour->provider, tour->result, g_task_get_cancellable (task),
                    on_hosted, g_object_ref (task));
}

/**
 * tn_tour_run_async:
 * @calendar: of the book's settings
 *
 * Brings one calendar in step with the plan, and with what people made in the others.
 *
 * Source: design sections 7 and 8.
 */
void
tn_tour_run_async (TnBook *book, TnProvider *provider, const TnCalendar *calendar,
                   TnPassFlags flags, GCancellable *cancellable, GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (book, cancellable, callback, user_data);
  g_task_set_source_tag (task, tn_tour_run_async);
  g_task_set_check_cancellable (task, FALSE);
  Tour *tour = g_new0 (Tour, 1);
  tour->provider = g_object_ref (provider);
  tour->settings = tn_settings_ref (tn_book_get_settings (book));
  tour->calendar = calendar;
  tour->flags = flags;
  g_task_set_task_data (task, tour, (GDestroyNotify) tour_free);
  tn_pass_run_async (book, provider, calendar, flags, cancellable, on_passed,
                     g_steal_pointer (&task));
}

/**
 * tn_tour_run_finish:
 *
 * Errors: when the store fails; what the calendar says is in the result's problem.
 * Returns: (transfer full) (nullable): what was found and done
 */
TnPassResult *
tn_tour_run_finish (TnBook *book, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, book), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
