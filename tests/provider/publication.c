/* A publisher carries visits to the audience and pages back, and no further. */
#include "provider/publication.h"

#include <string.h>

#include "base/error.h"
#include "fakes/fake-clock.h"
#include "provider/loader.h"

/* Answers when the test says so, and keeps what it was asked. */
typedef struct
{
  TnLoader *loader;    /* (owned) */
  GHashTable *options; /* (owned) */
  char *asked;         /* (owned) method, path, first query, peer */
  GTask *waiting;      /* (owned) (nullable) */
  gboolean is_stopped;
} Place;

static void
answer_async (gpointer user_data, const TurnusVisit *visit, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer callback_data)
{
  Place *place = user_data;
  place->asked = g_strjoin (" ", visit->method, visit->path, visit->query[0], visit->query[1],
                            visit->peer, NULL);
  place->waiting = g_task_new (NULL, cancellable, callback, callback_data);
}

static TurnusWebPage *
answer_finish (gpointer user_data, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static guint64
get_version (gpointer user_data)
{
  return 4711;
}

static void
set_up (Place *place, gconstpointer unused)
{
  g_autoptr (TnFakeClock) clock = tn_fake_clock_new (20000);
  place->loader = tn_loader_new (g_getenv ("TURNUS_BAD_PLUGINS"), TN_CLOCK (clock));
  place->options = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (place->options, (gpointer) "path", (gpointer) "/aarshjul");
}

static void
tear_down (Place *place, gconstpointer unused)
{
  g_clear_object (&place->waiting);
  g_hash_table_unref (place->options);
  tn_loader_free (place->loader);
  g_free (place->asked);
}

static TnPublication *
publish (Place *place, const char *plugin, GError **error)
{
  TnPublishing what = { .id = "sted",
                        .url = "https://kalender.example.dk/turnus/",
                        .options = place->options,
                        .base_dir = "/" };
  TnAudience audience = { answer_async, answer_finish, get_version, place };
  return tn_loader_publish (place->loader, plugin, &what, &audience, error);
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  Place *place = user_data;
  place->is_stopped = tn_publication_stop_finish (NULL, result, &error);
  g_assert_no_error (error);
}

static void
test_carries (Place *place, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = g_bytes_new_static ("hjul", 4);
  g_autoptr (TnPublication) publication = publish (place, "parrot", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (place->asked, ==, "GET /aarshjul year 2027 127.0.0.1");
  tn_publication_stop_async (publication, on_stopped, place);
  g_assert_false (place->is_stopped);

  g_task_return_pointer (place->waiting, turnus_web_page_new (200, "text/html", body),
                         (GDestroyNotify) turnus_web_page_free);
  while (!place->is_stopped)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpuint (tn_publication_get_count (publication, TURNUS_COUNT_ANSWERED), ==, 200);
  g_assert_cmpuint (tn_publication_get_count (publication, TURNUS_COUNT_BUSY), ==, 4);
  g_assert_cmpuint (tn_publication_get_count (publication, TURNUS_COUNT_UNCHANGED), ==, 4711);
}

static void
test_failure (Place *place, gconstpointer unused)
{
  g_autoptr (TnPublication) publication = publish (place, "parrot", NULL);
  tn_publication_stop_async (publication, on_stopped, place);

  g_task_return_new_error (place->waiting, TN_ERROR, TN_ERROR_TEMPORARY, "the site is closing");
  while (!place->is_stopped)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpuint (tn_publication_get_count (publication, TURNUS_COUNT_ANSWERED), ==, 0);
  g_assert_cmpuint (tn_publication_get_count (publication, TURNUS_COUNT_REFUSED), ==,
                    TURNUS_ERROR_TEMPORARY + 1);
}

static void
test_refuses (Place *place, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_hash_table_insert (place->options, (gpointer) "mood", (gpointer) "refuses");

  g_assert_null (publish (place, "parrot", &error));

  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "sted does not want to show https://kalender"));
}

static void
test_options (Place *place, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_hash_table_insert (place->options, (gpointer) "paht", (gpointer) "/");

  g_assert_null (publish (place, "parrot", &error));

  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "did you mean path"));
}

static void
test_roles (Place *place, gconstpointer unused)
{
  g_autoptr (GError) as_calendar = NULL, as_publisher = NULL;

  g_assert_null (tn_loader_open (place->loader, "parrot", "egen", place->options, "/", NULL, NULL,
                                 &as_calendar));
  g_assert_null (publish (place, "evil", &as_publisher));

  g_assert_error (as_calendar, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (as_calendar->message, "parrot publishes and keeps no calendar"));
  g_assert_error (as_publisher, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (as_publisher->message, "evil keeps calendars"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, run)                                                                             \
  g_test_add ("/provider/publication/" name, Place, NULL, set_up, run, tear_down)
  ADD ("visit-goes-to-the-audience-and-its-page-comes-back", test_carries);
  ADD ("failure-of-the-audience-comes-back-in-the-plugins-words", test_failure);
  ADD ("plugin-that-cannot-be-opened-says-why", test_refuses);
  ADD ("options-are-checked-by-its-own-list", test_options);
  ADD ("plugin-of-the-other-role-is-refused-and-told-where-it-belongs", test_roles);
  return g_test_run ();
}
