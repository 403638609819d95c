/* tests/wheel/column.c — boxes above each other, each near where it wants to be */
#include "wheel/column.h"

static void
test_free (void)
{
  TnColumnBox boxes[] = { { 10, 5, 0 }, { 40, 5, 0 } };
  g_assert_true (tn_column_place (boxes, 2, 0, 100));
  g_assert_cmpfloat (boxes[0].top, ==, 10);
  g_assert_cmpfloat (boxes[1].top, ==, 40);
}

/* Both give way, by as much as each other. */
static void
test_push (void)
{
  TnColumnBox boxes[] = { { 50, 20, 0 }, { 50, 20, 0 } };
  g_assert_true (tn_column_place (boxes, 2, 0, 100));
  g_assert_cmpfloat (boxes[0].top, ==, 40);
  g_assert_cmpfloat (boxes[1].top, ==, 60);
}

static void
test_ends (void)
{
  TnColumnBox boxes[] = { { -50, 20, 0 }, { -40, 20, 0 }, { 200, 20, 0 } };
  g_assert_true (tn_column_place (boxes, 3, 0, 100));
  g_assert_cmpfloat (boxes[0].top, ==, 0);
  g_assert_cmpfloat (boxes[1].top, ==, 20);
  g_assert_cmpfloat (boxes[2].top, ==, 80);
}

static void
test_full (void)
{
  TnColumnBox boxes[] = { { 90, 50, 7 }, { 90, 50, 7 }, { 90, 1, 7 } };
  g_assert_false (tn_column_place (boxes, 3, 0, 100));
  g_assert_cmpfloat (boxes[0].top, ==, 7);
  g_assert_true (tn_column_place (boxes, 2, 0, 100));
  g_assert_cmpfloat (boxes[0].top, ==, 0);
  g_assert_cmpfloat (boxes[1].top, ==, 50);
  g_assert_true (tn_column_place (boxes, 0, 0, 100));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wheel/column/box-with-room-is-where-it-wants-to-be", test_free);
  g_test_add_func ("/wheel/column/boxes-give-way-equally", test_push);
  g_test_add_func ("/wheel/column/no-box-leaves-the-column", test_ends);
  g_test_add_func ("/wheel/column/too-many-are-not-placed", test_full);
  return g_test_run ();
}
