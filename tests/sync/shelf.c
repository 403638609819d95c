/* The shelf: what is kept of plans is what would be made anew. Promises 8 and 9. */
#include "sync/shelf.h"

#include "sync/town.h"

typedef struct
{
  Town *town; /* (owned) */
  TnShelf *shelf;
  TnChapters *chapters; /* (unowned) */
  const TnLedger *ledger;
} Fixture;

static const TnDate TODAY = 20600;

static TnSpan
get_span (void)
{
  return tn_span_new (TODAY, TODAY + 1500);
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->town = town_new (TOWN_WRITE);
  fixture->shelf = tn_shelf_new ();
  fixture->chapters = tn_book_get_chapters (fixture->town->book);
  fixture->ledger = tn_book_get_ledger (fixture->town->book);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  tn_shelf_free (fixture->shelf);
  town_free (fixture->town);
}

static TnPlan *
ask (Fixture *fixture, TnDate today)
{
  return tn_shelf_plan (fixture->shelf, fixture->chapters, 0, fixture->ledger, get_span (), today);
}

static void
test_once (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (TnPlan) first = ask (fixture, TODAY);

  g_autoptr (TnPlan) second = ask (fixture, TODAY);

  g_assert_true (second == first);
  g_assert_cmpuint (tn_plan_get_size (first), >, 0);
}

static void
test_day (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (TnPlan) first = ask (fixture, TODAY);

  g_autoptr (TnPlan) next = ask (fixture, TODAY + 1);

  g_assert_cmpint (tn_plan_get_today (next), ==, TODAY + 1);
}

static void
test_ledger (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (TnPlan) first = ask (fixture, TODAY);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (TnLedger) other = tn_ledger_new (none);

  g_autoptr (TnPlan) second
      = tn_shelf_plan (fixture->shelf, fixture->chapters, 0, other, get_span (), TODAY);

  g_assert_true (tn_plan_get_ledger (second) == other);
}

static void
test_span (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (TnPlan) first = ask (fixture, TODAY);

  g_autoptr (TnPlan) second = tn_shelf_plan (fixture->shelf, fixture->chapters, 0, fixture->ledger,
                                             tn_span_new (TODAY, TODAY + 9), TODAY);

  g_assert_cmpuint (tn_plan_get_size (second), <, tn_plan_get_size (first));
}

static void
test_room (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (TnPlan) first = ask (fixture, TODAY);
  for (guint i = 1; i <= TN_SHELF_MOST_OCCURRENCES; i++)
    tn_plan_unref (ask (fixture, TODAY + (TnDate) i));

  g_autoptr (TnPlan) again = ask (fixture, TODAY);

  g_assert_true (again != first);
  g_assert_cmpuint (tn_plan_get_size (again), ==, tn_plan_get_size (first));
}

int
main (int argc, char **argv)
{
#define ADD(name, function)                                                                        \
  g_test_add ("/sync/shelf/" name, Fixture, NULL, set_up, function, tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("what-was-just-planned-is-not-planned-again", test_once);
  ADD ("another-day-is-another-plan", test_day);
  ADD ("another-ledger-is-another-plan", test_ledger);
  ADD ("another-span-is-another-plan", test_span);
  ADD ("promise-8-what-was-not-asked-for-longest-makes-room", test_room);
  return g_test_run ();
}
