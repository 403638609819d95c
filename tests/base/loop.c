/* tests/base/loop.c — sources of the main loop that somebody holds on to */
#include "base/loop.h"

static gboolean
on_due (gpointer user_data)
{
  (*(guint *) user_data)++;
  return G_SOURCE_CONTINUE;
}

static void
test_cleared (void)
{
  guint n = 0;
  GSource *source = g_idle_source_new ();
  g_source_set_callback (source, on_due, &n, NULL);
  g_source_attach (source, NULL);
  g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (n, ==, 1);

  tn_loop_clear_source (&source);
  g_main_context_iteration (NULL, FALSE);

  g_assert_null (source);
  g_assert_cmpuint (n, ==, 1);
}

static void
test_none (void)
{
  GSource *source = NULL;
  tn_loop_clear_source (&source);
  g_assert_null (source);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/loop/what-was-cleared-is-not-called", test_cleared);
  g_test_add_func ("/base/loop/nothing-is-cleared-twice", test_none);
  return g_test_run ();
}
