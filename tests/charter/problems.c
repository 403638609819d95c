/* tests/charter/problems.c — everything that is wrong, told at once */
#include "charter/problems.h"

#include <string.h>

#include "base/error.h"

static void
test_none (void)
{
  g_autoptr (TnProblems) problems = tn_problems_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (tn_problems_to_error (problems, &error));
  g_assert_no_error (error);
}

static void
test_order (void)
{
  g_autoptr (TnProblems) problems = tn_problems_new ();
  g_autoptr (GError) error = NULL;
  tn_problems_add (problems, "b", 2, "third");
  tn_problems_add (problems, "b", 1, "second");
  tn_problems_add (problems, "a", 9, "first");
  tn_problems_add (problems, "b", 2, "fourth");
  tn_problems_add (problems, "b", 2, "third");

  g_assert_false (tn_problems_to_error (problems, &error));

  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "a:9: first\nb:1: second\nb:2: third\nb:2: fourth");
}

static void
test_limit (void)
{
  g_autoptr (TnProblems) problems = tn_problems_new ();
  g_autoptr (GError) error = NULL;
  for (int i = 1; i <= 105; i++)
    tn_problems_add (problems, "f", i, "wrong");

  g_assert_false (tn_problems_to_error (problems, &error));

  g_assert_cmpuint (tn_problems_get_size (problems), ==, 105);
  g_assert_true (g_str_has_suffix (error->message, "f:100: wrong\nand 5 more"));
}

/* Hazard 108: nothing of a file moves the cursor of whoever reads the error. */
static void
test_hostile_text (void)
{
  g_autoptr (TnProblems) problems = tn_problems_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *longest = g_strnfill (10000, 'x');
  tn_problems_add (problems, "f", 1, "%s", "a\x1b[2Jb\nf:2: forged");
  tn_problems_add (problems, "f", 3, "%s", longest);

  g_assert_false (tn_problems_to_error (problems, &error));

  g_assert_null (strchr (error->message, '\x1b'));
  g_assert_null (strstr (error->message, "\nf:2"));
  g_assert_cmpuint (strlen (error->message), <, 700);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charter/problems/none-are-no-error", test_none);
  g_test_add_func ("/charter/problems/they-stand-in-the-order-of-lines-once", test_order);
  g_test_add_func ("/charter/problems/the-list-has-a-limit", test_limit);
  g_test_add_func ("/charter/problems/hazard-108-control-characters-are-shown", test_hostile_text);
  return g_test_run ();
}
