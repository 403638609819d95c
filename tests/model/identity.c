/* Keys and UIDs. The vectors were computed with Python's uuid.uuid5: every daemon of every council
 * must arrive at the same (promise 9). */
#include "model/identity.h"

static void
assert_identity (const TnIdentity *identity, const char *key, const char *uid,
                 const char *reference)
{
  g_autofree char *found_key = tn_identity_to_key (identity);
  g_autofree char *found_uid = tn_identity_to_uid (identity);
  g_autofree char *found_reference = tn_identity_key_to_reference (found_key);

  g_assert_cmpstr (found_key, ==, key);
  g_assert_cmpstr (found_uid, ==, uid);
  g_assert_cmpstr (found_reference, ==, reference);
}

static void
test_occurrence (void)
{
  TnIdentity identity = { .collaboration = "7by", .series = "studietur", .cycle = "2027" };

  assert_identity (&identity, "v1\nc=7by\ns=studietur\ny=2027",
                   "ff1164f2-0576-59e6-9690-de6577bd9603@turnus", "7by/studietur/2027");
}

static void
test_milestone (void)
{
  TnIdentity identity
      = { .collaboration = "7by", .series = "studietur", .cycle = "2027", .milestone = "program" };

  assert_identity (&identity, "v1\nc=7by\ns=studietur\ny=2027\nm=program",
                   "4e401306-2e13-564a-8d14-094a23ffa249@turnus", "7by/studietur/2027#program");
}

static void
test_everything (void)
{
  TnIdentity identity = { "kkr", "møde", "2026/27", "syd", "x", 2 };

  assert_identity (&identity, "v1\nc=kkr\ns=møde\ny=2026/27\np=syd\nm=x\ng=2",
                   "148deef6-8638-5b48-aa10-f0a7f77f6362@turnus", "kkr/møde/2026/27/syd#x");
}

static void
test_all_differ (void)
{
  g_autoptr (GHashTable) uids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *const sites[] = { NULL, "a", "b" };
  const char *const milestones[] = { NULL, "a", "b" };
  for (guint i = 0; i < G_N_ELEMENTS (sites); i++)
    for (guint j = 0; j < G_N_ELEMENTS (milestones); j++)
      for (guint generation = 0; generation < 3; generation++)
        {
          TnIdentity identity = { "7by", "s", "2027", sites[i], milestones[j], generation };
          g_hash_table_add (uids, tn_identity_to_uid (&identity));
        }

  g_assert_cmpuint (g_hash_table_size (uids), ==, 27);
}

static void
test_reference_of_nothing (void)
{
  static const char *const keys[] = { "", "v1", "v1\n", "v1\nc" };
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *reference = tn_identity_key_to_reference (keys[i]);
      g_assert_cmpstr (reference, ==, "");
    }
}

static void
test_page_of_a_journal (void)
{
  g_autofree char *first = tn_identity_page_to_key ("odense", 2027, 1);
  g_autofree char *second = tn_identity_page_to_key ("odense", 2027, 2);
  g_assert_cmpstr (first, ==, "ledger/odense/2027");
  g_assert_cmpstr (second, ==, "ledger/odense/2027/2");
  g_autoptr (TnPageKey) page = tn_identity_page_from_key (second);
  g_assert_cmpstr (page->council, ==, "odense");
  g_assert_cmpint (page->year, ==, 2027);
  g_assert_cmpuint (page->part, ==, 2);
}

static void
test_no_page (void)
{
  static const char *const keys[]
      = { "",           "ledger",           "ledger/odense",        "v1\nc=7by\ns=s\ny=2027",
          "ledger//1",  "ledger/odense/0",  "ledger/odense/2027/1", "ledger/odense/02027",
          "ledger/a/x", "ledger/a/2027/2/", "ledger/a/2027/02",     "Ledger/a/2027" };
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_null (tn_identity_page_from_key (keys[i]));
}

/* The UID is somebody else's and may be any text. */
static void
test_guest (void)
{
  g_autofree char *key = tn_identity_guest_to_key ("esbjerg", "a\nu=b");
  g_autofree char *reference = tn_identity_key_to_reference (key);

  g_assert_cmpstr (key, ==, "v1\na=esbjerg\nu=a\nu=b");
  g_assert_cmpstr (tn_identity_find_guest_uid (key), ==, "a\nu=b");
  g_assert_true (g_str_has_prefix (reference, "esbjerg/a"));
  g_assert_null (tn_identity_find_guest_uid ("v1\nc=7by\ns=s\ny=2027"));
  g_assert_null (tn_identity_find_guest_uid ("v1\na=esbjerg"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/identity/uid-is-that-of-every-other-daemon", test_occurrence);
  g_test_add_func ("/model/identity/milestone-has-its-own-uid", test_milestone);
  g_test_add_func ("/model/identity/site-and-generation-are-part-of-it", test_everything);
  g_test_add_func ("/model/identity/different-events-differ", test_all_differ);
  g_test_add_func ("/model/identity/broken-keys-have-no-reference", test_reference_of_nothing);
  g_test_add_func ("/model/identity/page-of-a-journal-has-a-key", test_page_of_a_journal);
  g_test_add_func ("/model/identity/anything-else-is-no-page", test_no_page);
  g_test_add_func ("/model/identity/guest-key-names-origin-and-uid", test_guest);
  return g_test_run ();
}
