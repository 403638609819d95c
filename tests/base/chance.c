/* tests/base/chance.c — bytes that nobody can guess */
#include "base/chance.h"

#include <string.h>

static void
test_differs (void)
{
  guint8 first[32] = { 0 };
  guint8 second[32] = { 0 };
  tn_chance_fill (first, sizeof first);
  tn_chance_fill (second, sizeof second);
  g_assert_cmpint (memcmp (first, second, sizeof first), !=, 0);
}

static void
test_long (void)
{
  const gsize n = 1 << 20; /* more than the kernel gives at once */
  g_autofree guint8 *bytes = g_malloc0 (n);
  static const guint8 none[64] = { 0 };
  tn_chance_fill (bytes, n);
  g_assert_cmpint (memcmp (bytes + n - sizeof none, none, sizeof none), !=, 0);
}

static void
test_bounds (void)
{
  guint8 bytes[3] = { 7, 7, 7 };
  tn_chance_fill (bytes + 1, 0);
  g_assert_cmpuint (bytes[0] + bytes[1] + bytes[2], ==, 21);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/chance/is-never-the-same", test_differs);
  g_test_add_func ("/base/chance/fills-to-the-last-byte", test_long);
  g_test_add_func ("/base/chance/writes-no-more-than-asked", test_bounds);
  return g_test_run ();
}
