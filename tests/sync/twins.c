/* Which entries may have been made by hand for an occurrence. Design section 8, First contact. */
#include "sync/town.h"
#include "sync/twins.h"

#include <string.h>

typedef struct
{
  Town *town;          /* (owned) */
  GPtrArray *postings; /* (owned) */
} Scene;

static void
scene_free (Scene *scene)
{
  g_ptr_array_unref (scene->postings);
  town_free (scene->town);
  g_free (scene);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)

static Scene *
scene_new (void)
{
  Scene *scene = g_new0 (Scene, 1);
  scene->town = town_new (TOWN_WRITE);
  TnBook *book = scene->town->book;
  scene->postings = tn_posting_list (
      tn_book_get_plan (book), tn_settings_find_calendar (tn_book_get_settings (book), "esbjerg"),
      tn_book_get_publish_span (book), NULL);
  return scene;
}

/* The trip of 2027 on 18 May, or one of its duties. */
static const TnPosting *
get_trip (const Scene *scene, const char *milestone)
{
  g_autofree char *uid = town_uid ("studietur", "2027", milestone);
  for (guint i = 0; i < scene->postings->len; i++)
    {
      const TnPosting *posting = g_ptr_array_index (scene->postings, i);
      if (strcmp (posting->event->uid, uid) == 0)
        return posting;
    }
  g_assert_not_reached ();
}

static gboolean
is_likely (const Scene *scene, const char *title, TnDate day)
{
  g_autoptr (TnEvent) stranger = tn_event_new ("by-hand");
  g_free (stranger->title);
  stranger->title = g_strdup (title);
  stranger->when.all_day = TRUE;
  stranger->when.days = tn_span_new (day, day + 1);
  return tn_twins_is_likely (get_trip (scene, NULL), stranger);
}

static void
test_days (void)
{
  g_autoptr (Scene) scene = scene_new ();
  TnDate day = tn_date_new (2027, 5, 18);

  g_assert_true (is_likely (scene, "Studietur", day));
  g_assert_true (is_likely (scene, "Studietur", day - 14));
  g_assert_true (is_likely (scene, "Studietur", day + 14));
  g_assert_false (is_likely (scene, "Studietur", day - 15));
  g_assert_false (is_likely (scene, "Studietur", day + 15));
}

static void
test_words (void)
{
  g_autoptr (Scene) scene = scene_new ();
  TnDate day = tn_date_new (2027, 5, 18);

  g_assert_true (is_likely (scene, "STUDIETUR!", day));
  g_assert_true (is_likely (scene, "Tur med 7-by-samarbejdet", day));
  g_assert_true (is_likely (scene, "besøg: Esbjerg", day));
  g_assert_false (is_likely (scene, "Tandlæge 2027", day)); /* a year says nothing */
  g_assert_false (is_likely (scene, "", day));
}

static void
test_recurring (void)
{
  g_autoptr (Scene) scene = scene_new ();
  const TnPosting *trip = get_trip (scene, NULL);
  g_autoptr (TnEvent) stranger = tn_event_new ("by-hand");
  g_free (stranger->title);
  stranger->title = g_strdup ("Studietur");
  stranger->when = trip->event->when;
  g_assert_true (tn_twins_is_likely (trip, stranger));

  stranger->has_rule = TRUE;
  g_assert_false (tn_twins_is_likely (trip, stranger));
}

static void
test_duties (void)
{
  g_autoptr (Scene) scene = scene_new ();
  const TnPosting *program = get_trip (scene, "program");
  g_autoptr (TnEvent) stranger = tn_event_new ("by-hand");
  g_free (stranger->title);
  stranger->title = g_strdup (program->event->title);
  stranger->when = program->event->when;

  g_assert_false (tn_twins_is_likely (program, stranger));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/twins/are-within-fourteen-days", test_days);
  g_test_add_func ("/sync/twins/share-a-word-that-says-something", test_words);
  g_test_add_func ("/sync/twins/do-not-recur", test_recurring);
  g_test_add_func ("/sync/twins/are-of-events-and-not-of-duties", test_duties);
  return g_test_run ();
}
