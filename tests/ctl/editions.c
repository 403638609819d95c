/* tests/ctl/editions.c — was the edition raised when the meaning changed? */
#include "ctl/editions.h"

#include <string.h>

static TnRulebook *
make_rulebook (const char *id, int edition, const char *digest)
{
  TnRulebook *rulebook = tn_rulebook_new ();
  TnCollaboration *collaboration = tn_collaboration_new (id);
  collaboration->edition = edition;
  g_free (collaboration->digest);
  collaboration->digest = g_strdup (digest);
  g_ptr_array_add (rulebook->collaborations, collaboration);
  return rulebook;
}

static void
assert_compares (int edition, const char *digest, int before, const char *digest_before,
                 const char *expected)
{
  g_autoptr (TnRulebook) now = make_rulebook ("7by", edition, digest);
  g_autoptr (TnRulebook) then = make_rulebook ("7by", before, digest_before);

  g_autoptr (GPtrArray) warnings = tn_editions_compare (now, then);

  g_assert_cmpuint (warnings->len, ==, expected != NULL ? 1 : 0);
  if (expected != NULL)
    g_assert_nonnull (strstr (((TnReason *) g_ptr_array_index (warnings, 0))->text, expected));
}

static void
test_forgotten (void)
{
  assert_compares (1, "b", 1, "a", "say edition = 2");
}

static void
test_older (void)
{
  assert_compares (1, "a", 2, "b", "edition 2 was there before, this is 1");
  assert_compares (1, "a", 2, "a", "edition 2 was there before, this is 1");
}

static void
test_right (void)
{
  assert_compares (1, "a", 1, "a", NULL);
  assert_compares (2, "b", 1, "a", NULL);
  assert_compares (2, "a", 1, "a", NULL);
}

static void
test_other_collaboration (void)
{
  g_autoptr (TnRulebook) now = make_rulebook ("7by", 1, "b");
  g_autoptr (TnRulebook) then = make_rulebook ("5by", 1, "a");

  g_autoptr (GPtrArray) warnings = tn_editions_compare (now, then);

  g_assert_cmpuint (warnings->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl/editions/change-of-meaning-under-one-number-is-told", test_forgotten);
  g_test_add_func ("/ctl/editions/older-edition-is-told", test_older);
  g_test_add_func ("/ctl/editions/raised-or-unchanged-is-right", test_right);
  g_test_add_func ("/ctl/editions/another-collaboration-is-no-earlier-one",
                   test_other_collaboration);
  return g_test_run ();
}
