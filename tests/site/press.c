/* Publishers of the settings with the sites behind them; the plugin is one that makes up its visit.
 */
#include "site/press.h"

#include <string.h>

#include "sync/town.h"

/* A house whose sites answer with the address of their publisher, at once or when they are told. */
typedef struct
{
  Town *town;       /* (owned) */
  TnLoader *loader; /* (owned) */
  TnPress *press;   /* (owned) (nullable) */
  GPtrArray *held;  /* (owned) (element-type GTask) */
  gboolean waits;
  guint n_open; /* sites */
  gboolean is_stopped;
} Place;

typedef struct
{
  Place *place;
  const TnPublisher *publisher;
} Site;

static gpointer
open_site (gpointer user_data, const TnPublisher *publisher)
{
  Place *place = user_data;
  Site *site = g_new0 (Site, 1);
  *site = (Site){ place, publisher };
  place->n_open++;
  return site;
}

static void
close_site (gpointer data)
{
  Site *site = data;
  site->place->n_open--;
  g_free (site);
}

static void
answer_async (gpointer data, TnVisit *visit, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer callback_data)
{
  Site *site = data;
  g_autoptr (TnVisit) owned = visit;
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, callback_data);
  if (site->place->waits)
    g_ptr_array_add (site->place->held, g_steal_pointer (&task));
  else
    g_task_return_boolean (task, TRUE);
}

static TnWebPage *
answer_finish (gpointer data, GAsyncResult *result, GError **error)
{
  const Site *site = data;
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  const char *url = site->publisher->url;
  return tn_web_page_new (200, "text/html", g_bytes_new (url, strlen (url)));
}

static guint64
get_version (gpointer data)
{
  return 42;
}

static gint64
get_longest_us (gpointer user_data)
{
  return 1000;
}

static void
open_press (Place *place, const char *publishers)
{
  static const TnPressHouse house = { .open = open_site,
                                      .close = close_site,
                                      .answer_async = answer_async,
                                      .answer_finish = answer_finish,
                                      .get_version = get_version,
                                      .get_longest_us = get_longest_us };
  TnPressHouse own = house;
  g_autofree char *text = g_strdup_printf ("publishers = ( %s );\ncharters = ", publishers);
  own.user_data = place;
  town_set_settings (place->town, "charters = ", text);
  town_reload (place->town);
  place->press = tn_press_open (place->loader, place->town->desk, &own);
}

#define PARROT(id, more)                                                                           \
  "{ id = \"" id "\"; provider = \"parrot\"; listen = \"127.0.0.1:80\"; "                          \
  "url = \"https://example.dk/" id "/\"; " more " }"

static void
set_up (Place *place, gconstpointer unused)
{
  place->town = town_new (TOWN_WRITE);
  place->loader = tn_loader_new (g_getenv ("TURNUS_BAD_PLUGINS"), TN_CLOCK (place->town->clock));
  place->held = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
turn (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
tear_down (Place *place, gconstpointer unused)
{
  g_clear_pointer (&place->press, tn_press_close);
  turn ();
  g_assert_cmpuint (place->n_open, ==, 0);
  g_ptr_array_unref (place->held);
  tn_loader_free (place->loader);
  town_free (place->town);
}

static guint64
get_status (Place *place, const char *id)
{
  turn ();
  return tn_publication_get_count (tn_press_get_publication (place->press, id),
                                   TURNUS_COUNT_ANSWERED);
}

static void
test_sites (Place *place, gconstpointer unused)
{
  open_press (place, PARROT ("et", "path = \"/\";") ", " PARROT ("andet", "path = \"/\";"));

  g_assert_cmpuint (place->n_open, ==, 2);
  g_assert_cmpuint (get_status (place, "et"), ==, 200);
  g_assert_cmpuint (tn_publication_get_count (tn_press_get_publication (place->press, "andet"),
                                              TURNUS_COUNT_BUSY),
                    ==, strlen ("https://example.dk/andet/"));
  g_assert_cmpuint (tn_publication_get_count (tn_press_get_publication (place->press, "et"),
                                              TURNUS_COUNT_UNCHANGED),
                    ==, 42);
}

static void
test_refused (Place *place, gconstpointer unused)
{
  g_test_expect_message ("turnus", G_LOG_LEVEL_WARNING, "*et is not published*");
  open_press (place, PARROT ("et", "path = \"/\"; mood = \"refuses\";") ", " PARROT (
                         "andet", "path = \"/\";"));

  g_assert_nonnull (strstr (tn_press_get_refusal (place->press, "et"), "does not want to show"));
  g_assert_null (tn_press_get_refusal (place->press, "andet"));
  g_assert_cmpuint (get_status (place, "andet"), ==, 200);
}

static void
test_metrics (Place *place, gconstpointer unused)
{
  open_press (place, PARROT ("et", "path = \"/metrics\";") ", " PARROT (
                         "andet", "path = \"/metrics\"; metrics = true;"));

  g_assert_cmpuint (get_status (place, "et"), ==, 404);
  g_assert_cmpuint (get_status (place, "andet"), ==, 200);
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Place *place = user_data;
  place->is_stopped = tn_press_stop_finish (NULL, result, NULL);
}

static void
test_stop (Place *place, gconstpointer unused)
{
  place->waits = TRUE;
  open_press (place, PARROT ("et", "path = \"/\";"));
  tn_press_stop_async (place->press, on_stopped, place);
  turn ();
  g_assert_false (place->is_stopped);

  g_task_return_boolean (g_ptr_array_index (place->held, 0), TRUE);
  turn ();

  g_assert_true (place->is_stopped);
  g_assert_cmpuint (get_status (place, "et"), ==, 200);
}

static void
test_none (Place *place, gconstpointer unused)
{
  open_press (place, "");

  tn_press_stop_async (place->press, on_stopped, place);
  turn ();

  g_assert_true (place->is_stopped);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, run) g_test_add ("/site/press/" name, Place, NULL, set_up, run, tear_down)
  ADD ("each-publisher-has-a-site-of-its-own", test_sites);
  ADD ("publisher-that-is-refused-leaves-the-others", test_refused);
  ADD ("metrics-are-answered-for-those-who-may", test_metrics);
  ADD ("stopping-waits-for-what-is-under-way", test_stop);
  ADD ("settings-without-a-publisher-publish-nothing", test_none);
  return g_test_run ();
}
