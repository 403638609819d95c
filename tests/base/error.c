/* Predicates of the error domain. */
#include "base/error.h"

#include <gio/gio.h>

static void
test_predicates (void)
{
  g_autoptr (GError) temporary = g_error_new_literal (TN_ERROR, TN_ERROR_TEMPORARY, "later");
  g_autoptr (GError) invalid = g_error_new_literal (TN_ERROR, TN_ERROR_INVALID, "bad");
  g_autoptr (GError) conflict = g_error_new_literal (TN_ERROR, TN_ERROR_CONFLICT, "changed");
  g_autoptr (GError) gone = g_error_new_literal (TN_ERROR, TN_ERROR_GONE, "away");

  g_assert_true (tn_error_is_temporary (temporary));
  g_assert_false (tn_error_is_temporary (invalid));
  g_assert_true (tn_error_is_invalid (invalid));
  g_assert_false (tn_error_is_invalid (conflict));
  g_assert_true (tn_error_is_conflict (conflict));
  g_assert_false (tn_error_is_conflict (gone));
  g_assert_true (tn_error_is_gone (gone));
  g_assert_false (tn_error_is_gone (temporary));
}

static void
test_other_domains (void)
{
  g_autoptr (GError) foreign
      = g_error_new_literal (G_IO_ERROR, (int) TN_ERROR_TEMPORARY, "same number");

  g_assert_false (tn_error_is_temporary (foreign));
  g_assert_false (tn_error_is_temporary (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/error/predicates-tell-codes-apart", test_predicates);
  g_test_add_func ("/base/error/codes-of-other-domains-do-not-count", test_other_domains);
  return g_test_run ();
}
