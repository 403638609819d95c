/* Opens a publisher for each one in the settings; one that is refused is told, and the others go on
 * (promise 8). /metrics is answered here, because only here it is known what all publishers
 * counted; whatever else is asked goes to the site. */
#include "site/press.h"

#include <string.h>

#include "base/log.h"
#include "site/crossing.h"
#include "site/metrics.h"

/* A publisher and its site. Answers that are under way hold it. */
typedef struct
{
  TnPress *press; /* (unowned) (nullable) NULL once it is closed */
  TnPressHouse house;
  TnSettings *settings;         /* (owned) */
  const TnPublisher *publisher; /* (unowned) of `settings` */
  gpointer site;                /* (owned) by `house` */
  TnPublication *publication;   /* (owned) (nullable) NULL: refused */
  char *refusal;                /* (owned) (nullable) */
} Stand;

struct _TnPress
{
  TnDesk *desk; /* (owned) */
  TnPressHouse house;
  GPtrArray *stands; /* (owned) (element-type Stand) */
  guint n_stopping;
  GTask *stopping; /* (owned) (nullable) */
};

static void
stand_clear (gpointer data)
{
  Stand *stand = data;
  stand->house.close (stand->site);
  tn_settings_unref (stand->settings);
  g_free (stand->refusal);
}

static void
stand_unref (gpointer stand)
{
  g_rc_box_release_full (stand, stand_clear);
}

static char *
write_metrics (const TnPress *press)
{
  g_autoptr (GArray) feeds = g_array_new (FALSE, TRUE, sizeof (TnMetricsFeed));
  for (guint i = 0; i < press->stands->len; i++)
    {
      const Stand *stand = g_ptr_array_index (press->stands, i);
      if (stand->publication == NULL)
        continue;
      TnMetricsFeed feed = tn_metrics_count (stand->publisher->id, stand->publication);
      g_array_append_val (feeds, feed);
    }
  return tn_metrics_write (press->desk, press->house.get_longest_us (press->house.user_data),
                           (const TnMetricsFeed *) (gpointer) feeds->data, feeds->len);
}

/* Who may not see them is told nothing of them. */
static TnWebPage *
make_metrics (const Stand *stand, const TnVisit *visit)
{
  if (stand->press == NULL || strcmp (visit->method, "GET") != 0
      || !tn_metrics_is_allowed (visit, stand->publisher->shows_metrics))
    return tn_web_page_new (404, "text/plain; charset=utf-8", g_bytes_new_static ("404\n", 4));
  char *text = write_metrics (stand->press);
  return tn_web_page_new (200, TN_METRICS_TYPE, g_bytes_new_take (text, strlen (text)));
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  const Stand *stand = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TnWebPage) page = stand->house.answer_finish (stand->site, result, &error);
  if (page == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, tn_web_page_to_plugin (page),
                           (GDestroyNotify) turnus_web_page_free);
}

static void
answer_async (gpointer user_data, const TurnusVisit *asked, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer callback_data)
{
  Stand *stand = user_data;
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, callback_data);
  g_autoptr (TnVisit) visit = tn_visit_new_from_plugin (asked);
  g_task_set_source_tag (task, answer_async);
  g_task_set_task_data (task, g_rc_box_acquire (stand), stand_unref);
  if (strcmp (visit->path, "/metrics") == 0)
    {
      g_autoptr (TnWebPage) page = make_metrics (stand, visit);
      g_task_return_pointer (task, tn_web_page_to_plugin (page),
                             (GDestroyNotify) turnus_web_page_free);
      return;
    }
  stand->house.answer_async (stand->site, g_steal_pointer (&visit), cancellable, on_answered,
                             g_steal_pointer (&task));
}

/* Touches no stand: it may be gone when the answer comes. */
static TurnusWebPage *
answer_finish (gpointer user_data, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static guint64
get_version (gpointer user_data)
{
  const Stand *stand = user_data;
  return stand->house.get_version (stand->site);
}

static void
open_stand (TnPress *press, TnLoader *loader, const TnPublisher *publisher)
{
  g_autoptr (GError) error = NULL;
  const TnSettings *settings = tn_book_get_settings (tn_desk_get_book (press->desk));
  Stand *stand = g_rc_box_new0 (Stand);
  TnAudience audience = { answer_async, answer_finish, get_version, stand };
  TnPublishing what = { publisher->id, publisher->url, publisher->options, settings->base_dir };
  stand->press = press;
  stand->house = press->house;
  stand->settings = tn_settings_ref (settings);
  stand->publisher = publisher;
  stand->site = press->house.open (press->house.user_data, publisher);
  g_ptr_array_add (press->stands, stand);
  stand->publication = tn_loader_publish (loader, publisher->provider, &what, &audience, &error);
  if (stand->publication != NULL)
    return;
  stand->refusal = g_strdup (error->message);
  tn_log_warning (NULL, NULL, "%s is not published: %s", publisher->id, error->message);
}

/**
 * tn_press_open:
 * @loader: outlives the press
 * @house: copied; its user data outlives the press
 *
 * Opens all publishers of the desk's settings. Those that are refused are logged.
 *
 * Returns: (transfer full)
 */
TnPress *
tn_press_open (TnLoader *loader, TnDesk *desk, const TnPressHouse *house)
{
  TnPress *press = g_new0 (TnPress, 1);
  const TnSettings *settings = tn_book_get_settings (tn_desk_get_book (desk));
  press->desk = g_object_ref (desk);
  press->house = *house;
  press->stands = g_ptr_array_new_with_free_func (stand_unref);
  for (guint i = 0; i < settings->publishers->len; i++)
    open_stand (press, loader, g_ptr_array_index (settings->publishers, i));
  return press;
}

/**
 * tn_press_close:
 *
 * At once: readers who wait are cut off. tn_press_stop_async() is the polite way.
 */
void
tn_press_close (TnPress *press)
{
  if (press == NULL)
    return;
  for (guint i = 0; i < press->stands->len; i++)
    {
      Stand *stand = g_ptr_array_index (press->stands, i);
      stand->press = NULL;
      g_clear_pointer (&stand->publication, tn_publication_close);
    }
  g_ptr_array_unref (press->stands);
  g_object_unref (press->desk);
  g_clear_object (&press->stopping);
  g_free (press);
}

static void
end_stop (TnPress *press)
{
  g_autoptr (GTask) task = g_steal_pointer (&press->stopping);
  g_task_return_boolean (task, TRUE);
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TnPress *press = user_data;
  tn_publication_stop_finish (NULL, result, NULL); /* it takes nobody in any more, or never did */
  if (--press->n_stopping == 0)
    end_stop (press);
}

/**
 * tn_press_stop_async:
 *
 * Takes nobody in any more; who waits for a page gets it. The press is closed after that.
 */
void
tn_press_stop_async (TnPress *press, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (press->stopping == NULL);
  press->stopping = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (press->stopping, tn_press_stop_async);
  press->n_stopping = 1; /* so that it does not end while it begins */
  for (guint i = 0; i < press->stands->len; i++)
    {
      Stand *stand = g_ptr_array_index (press->stands, i);
      if (stand->publication == NULL)
        continue;
      press->n_stopping++;
      tn_publication_stop_async (stand->publication, on_stopped, press);
    }
  if (--press->n_stopping == 0)
    end_stop (press);
}

gboolean
tn_press_stop_finish (TnPress *press, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static const Stand *
find_stand (const TnPress *press, const char *publisher)
{
  for (guint i = 0; i < press->stands->len; i++)
    {
      const Stand *stand = g_ptr_array_index (press->stands, i);
      if (strcmp (stand->publisher->id, publisher) == 0)
        return stand;
    }
  return NULL;
}

/**
 * tn_press_get_refusal:
 *
 * Returns: (nullable): why @publisher shows nothing
 */
const char *
tn_press_get_refusal (const TnPress *press, const char *publisher)
{
  const Stand *stand = find_stand (press, publisher);
  return stand != NULL ? stand->refusal : NULL;
}

/**
 * tn_press_get_publication:
 *
 * Returns: (transfer none) (nullable): what @publisher shows
 */
const TnPublication *
tn_press_get_publication (const TnPress *press, const char *publisher)
{
  const Stand *stand = find_stand (press, publisher);
  return stand != NULL ? stand->publication : NULL;
}
