/* The contract of turnus-plugin.h as tests: a real provider and the fake pass the same ones, else
 * the fake lies. They use only what every provider has; what one alone promises is tested beside
 * it. */
#include "contract/provider.h"

#include <string.h>

#include "base/error.h"
#include "fakes/await.h"

typedef struct
{
  const TnProviderMaker *maker;
  gpointer place;
  TnProvider *provider; /* (owned) */
} Fixture;

static void
set_up (Fixture *f, gconstpointer user_data)
{
  f->maker = user_data;
  f->place = f->maker->set_up ();
  f->provider = f->maker->open (f->place, NULL);
}

static void
tear_down (Fixture *f, gconstpointer user_data)
{
  g_clear_object (&f->provider);
  f->maker->tear_down (f->place);
}

char *
tn_contract_make_event (const char *uid, const char *summary)
{
  return g_strdup_printf ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//turnus//test//\r\n"
                          "BEGIN:VEVENT\r\nUID:%s\r\nDTSTAMP:20260101T000000Z\r\n"
                          "DTSTART;VALUE=DATE:20270518\r\nSUMMARY:%s\r\n"
                          "X-SOMEBODY-ELSE;X-P=1:kept\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
                          uid, summary);
}

static TurnusListing *
list (Fixture *f, const char *token)
{
  g_autoptr (GError) error = NULL;
  TurnusListing *listing = tn_await_list (f->provider, token, &error);
  g_assert_no_error (error);
  g_assert_nonnull (listing);
  return listing;
}

/* An event of ours in the calendar. */
static TurnusRef *
create (Fixture *f, const char *uid, const char *summary)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = tn_contract_make_event (uid, summary);
  TurnusRef *ref = tn_await_save (f->provider, uid, NULL, text, &error);
  g_assert_no_error (error);
  g_assert_nonnull (ref);
  return ref;
}

static void
assert_stands (Fixture *f, const char *id, const char *needle)
{
  g_autoptr (TurnusLoaded) loaded = tn_await_load_one (f->provider, id);
  g_assert_no_error (loaded->error);
  gsize length = 0;
  const char *start = g_bytes_get_data (loaded->bytes, &length);
  g_autofree char *text = g_strndup (start, length);
  g_assert_nonnull (strstr (text, needle));
}

static void
assert_count (Fixture *f, guint expected)
{
  g_autoptr (TurnusListing) listing = list (f, NULL);
  g_assert_true (listing->full);
  g_assert_cmpuint (listing->changed->len, ==, expected);
}

static void
test_empty (Fixture *f, gconstpointer user_data)
{
  g_autoptr (TurnusListing) listing = list (f, NULL);

  g_assert_true (listing->full);
  g_assert_cmpuint (listing->changed->len, ==, 0);
  g_assert_cmpuint (listing->removed->len, ==, 0);
}

static void
test_created_is_listed (Fixture *f, gconstpointer user_data)
{
  g_autoptr (TurnusRef) ref = create (f, "one", "Studietur");

  g_autoptr (TurnusListing) listing = list (f, NULL);

  g_assert_cmpuint (listing->changed->len, ==, 1);
  g_assert_nonnull (tn_await_find (listing, ref->id));
  assert_stands (f, ref->id, "SUMMARY:Studietur");
  assert_stands (f, ref->id, "UID:one");
}

static void
test_bytes_are_kept (Fixture *f, gconstpointer user_data)
{
  g_autoptr (TurnusRef) ref = create (f, "one", "Blåbærgrød \\, \\; \\n i Ørsted");

  g_autoptr (TurnusLoaded) loaded = tn_await_load_one (f->provider, ref->id);

  g_autofree char *text = tn_contract_make_event ("one", "Blåbærgrød \\, \\; \\n i Ørsted");
  g_autoptr (GBytes) sent = g_bytes_new (text, strlen (text));
  if (f->maker->exact)
    g_assert_true (g_bytes_equal (loaded->bytes, sent));
  if (tn_provider_get_caps (f->provider) & TURNUS_CAP_KEEPS_X)
    assert_stands (f, ref->id, "X-SOMEBODY-ELSE;X-P=1:kept\r\n");
  assert_stands (f, ref->id, "SUMMARY:Blåbærgrød \\, \\; \\n i Ørsted\r\n");
}

static void
test_revision_is_one (Fixture *f, gconstpointer user_data)
{
  g_autoptr (TurnusRef) ref = create (f, "one", "Studietur");

  g_autoptr (TurnusListing) listing = list (f, NULL);
  g_autoptr (TurnusLoaded) loaded = tn_await_load_one (f->provider, ref->id);

  g_assert_cmpstr (tn_await_find (listing, ref->id)->revision, ==, loaded->revision);
}

static void
test_create_twice (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) first = create (f, "one", "Studietur");
  g_autofree char *text = tn_contract_make_event ("one", "Other");

  g_autoptr (TurnusRef) second = tn_await_save (f->provider, "one", NULL, text, &error);

  g_assert_error (error, TN_ERROR, TN_ERROR_CONFLICT);
  g_assert_null (second);
  assert_stands (f, first->id, "SUMMARY:Studietur");
  assert_count (f, 1);
}

static void
test_update (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) first = create (f, "one", "Studietur");
  g_autofree char *text = tn_contract_make_event ("one", "Aflyst tur");

  g_autoptr (TurnusRef) second
      = tn_await_save (f->provider, first->id, first->revision, text, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (second->revision, !=, first->revision);
  assert_stands (f, second->id, "SUMMARY:Aflyst tur");
  assert_count (f, 1);
}

static void
test_update_again (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) first = create (f, "one", "Tur A");
  g_autofree char *text = tn_contract_make_event ("one", "Tur B");
  g_autofree char *last = tn_contract_make_event ("one", "Tur C");
  g_autoptr (TurnusRef) second
      = tn_await_save (f->provider, first->id, first->revision, text, &error);
  g_assert_no_error (error);

  g_autoptr (TurnusRef) third
      = tn_await_save (f->provider, second->id, second->revision, last, &error);

  g_assert_no_error (error);
  assert_stands (f, third->id, "SUMMARY:Tur C");
}

/* Hazards 19 and 20: what the change was based on is no more. */
static void
test_update_stale (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) first = create (f, "one", "Studietur");
  g_autofree char *theirs = tn_contract_make_event ("one", "Stadietur"); /* of the same length */
  g_autofree char *ours = tn_contract_make_event ("one", "Aflyst tur");
  g_autofree char *id = f->maker->edit (f->place, "one", theirs);

  g_autoptr (TurnusRef) second
      = tn_await_save (f->provider, first->id, first->revision, ours, &error);

  g_assert_error (error, TN_ERROR, TN_ERROR_CONFLICT);
  g_assert_null (second);
  assert_stands (f, id, "SUMMARY:Stadietur");
}

static void
test_update_invented (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) first = create (f, "one", "Studietur");
  g_autofree char *ours = tn_contract_make_event ("one", "Aflyst tur");

  g_autoptr (TurnusRef) second = tn_await_save (f->provider, first->id, "invented", ours, &error);

  g_assert_error (error, TN_ERROR, TN_ERROR_CONFLICT);
  assert_stands (f, first->id, "SUMMARY:Studietur");
}

static void
test_update_missing (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) other = create (f, "two", "Stays");
  g_autoptr (TurnusRef) first = create (f, "one", "Studietur");
  g_autofree char *ours = tn_contract_make_event ("one", "Aflyst tur");
  g_free (f->maker->edit (f->place, "one", NULL));

  g_autoptr (TurnusRef) second
      = tn_await_save (f->provider, first->id, first->revision, ours, &error);

  g_assert_error (error, TN_ERROR, TN_ERROR_GONE);
  g_assert_null (second);
  assert_count (f, 1);
}

static void
test_remove (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) first = create (f, "one", "Studietur");
  g_autoptr (TurnusRef) second = create (f, "two", "Erfa");

  gboolean removed = tn_await_remove (f->provider, first->id, first->revision, &error);

  g_assert_no_error (error);
  g_assert_true (removed);
  assert_count (f, 1);
  assert_stands (f, second->id, "SUMMARY:Erfa");
}

static void
test_remove_stale (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) first = create (f, "one", "Studietur");
  g_autofree char *theirs = tn_contract_make_event ("one", "Stadietur");
  g_autofree char *id = f->maker->edit (f->place, "one", theirs);

  gboolean removed = tn_await_remove (f->provider, first->id, first->revision, &error);

  g_assert_error (error, TN_ERROR, TN_ERROR_CONFLICT);
  g_assert_false (removed);
  assert_stands (f, id, "SUMMARY:Stadietur");
}

static void
test_remove_missing (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) other = create (f, "two", "Stays");
  g_autoptr (TurnusRef) first = create (f, "one", "Studietur");
  g_free (f->maker->edit (f->place, "one", NULL));

  gboolean removed = tn_await_remove (f->provider, first->id, first->revision, &error);

  g_assert_error (error, TN_ERROR, TN_ERROR_GONE);
  g_assert_false (removed);
}

static void
test_edit_is_noticed (Fixture *f, gconstpointer user_data)
{
  g_autoptr (TurnusRef) first = create (f, "one", "Studietur");
  g_autoptr (TurnusListing) before = list (f, NULL);
  g_autofree char *theirs = tn_contract_make_event ("one", "Stadietur");
  g_autofree char *id = f->maker->edit (f->place, "one", theirs);

  g_autoptr (TurnusListing) after = list (f, before->token);

  const TurnusRef *ref = tn_await_find (after, id);
  g_assert_nonnull (ref);
  g_assert_cmpstr (ref->revision, !=, tn_await_find (before, first->id)->revision);
}

static void
test_created_again (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  if ((tn_provider_get_caps (f->provider) & TURNUS_CAP_REVIVES) == 0)
    {
      g_test_skip ("does not revive");
      return;
    }
  g_autoptr (TurnusRef) other = create (f, "two", "Stays");
  g_autoptr (TurnusRef) first = create (f, "one", "Studietur");
  g_assert_true (tn_await_remove (f->provider, first->id, first->revision, &error));

  g_autoptr (TurnusRef) again = create (f, "one", "Revived");

  assert_stands (f, again->id, "SUMMARY:Revived");
}

static void
test_load_several (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) one = create (f, "one", "Studietur");
  g_autoptr (TurnusRef) two = create (f, "two", "Erfa");
  g_autoptr (TurnusRef) three = create (f, "three", "Gone");
  g_free (f->maker->edit (f->place, "three", NULL));
  const char *ids[] = { two->id, three->id, one->id, NULL };

  g_autoptr (GPtrArray) loaded = tn_await_load (f->provider, ids, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (loaded->len, ==, 3);
  for (guint i = 0; i < loaded->len; i++)
    {
      TurnusLoaded *item = g_ptr_array_index (loaded, i);
      gboolean gone = strcmp (item->id, three->id) == 0;
      g_assert_true (gone == g_error_matches (item->error, TN_ERROR, TN_ERROR_GONE));
      g_assert_true (gone == (item->bytes == NULL));
    }
}

static void
test_load_none (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) one = create (f, "one", "Studietur");
  const char *ids[] = { NULL };

  g_autoptr (GPtrArray) loaded = tn_await_load (f->provider, ids, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (loaded->len, ==, 0);
}

/* Hazard 35. */
static void
test_ids_are_bytes (Fixture *f, gconstpointer user_data)
{
  g_autoptr (TurnusRef) small = create (f, "item-a", "small");
  g_autoptr (TurnusRef) big = create (f, "item-A", "big");

  g_assert_cmpstr (small->id, !=, big->id);
  assert_count (f, 2);
  assert_stands (f, small->id, "SUMMARY:small");
  assert_stands (f, big->id, "SUMMARY:big");
}

/* What a caller knows who follows the listings: (element-type utf8 utf8). */
static void
follow (GHashTable *known, const TurnusListing *listing)
{
  if (listing->full)
    g_hash_table_remove_all (known);
  for (guint i = 0; i < listing->changed->len; i++)
    {
      const TurnusRef *ref = g_ptr_array_index (listing->changed, i);
      g_hash_table_replace (known, g_strdup (ref->id), g_strdup (ref->revision));
    }
  for (guint i = 0; i < listing->removed->len; i++)
    g_hash_table_remove (known, g_ptr_array_index (listing->removed, i));
}

static void
test_tokens (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (TurnusRef) one = create (f, "one", "Studietur");
  g_autoptr (TurnusRef) two = create (f, "two", "Erfa");
  g_autoptr (TurnusListing) first = list (f, NULL);
  follow (known, first);

  g_autoptr (TurnusListing) rest = list (f, first->token);
  follow (known, rest);
  g_assert_cmpuint (g_hash_table_size (known), ==, 2);

  g_autoptr (TurnusRef) three = create (f, "three", "Tema");
  g_assert_true (tn_await_remove (f->provider, one->id, one->revision, &error));
  g_autoptr (TurnusListing) later = list (f, rest->token);
  follow (known, later);

  g_assert_cmpuint (g_hash_table_size (known), ==, 2);
  g_assert_false (g_hash_table_contains (known, one->id));
  g_assert_true (g_hash_table_contains (known, two->id));
  g_assert_true (g_hash_table_contains (known, three->id));
}

static void
test_foreign_token (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) one = create (f, "one", "Studietur");

  g_autoptr (TurnusListing) listing = tn_await_list (f->provider, "no-token-of-yours", &error);

  if (listing == NULL)
    g_assert_error (error, TN_ERROR, TN_ERROR_GONE);
  else
    g_assert_true (listing->full && tn_await_find (listing, one->id) != NULL);
}

static void
test_cancelled_list (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *slot = NULL;
  tn_provider_list_async (f->provider, NULL, cancellable, tn_await_store, &slot);
  g_cancellable_cancel (cancellable);

  g_autoptr (GAsyncResult) result = tn_await (&slot);
  g_autoptr (TurnusListing) listing = tn_provider_list_finish (f->provider, result, &error);

  g_assert_null (listing);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_cancelled_save (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *text = tn_contract_make_event ("one", "Studietur");
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  GAsyncResult *slot = NULL;
  g_cancellable_cancel (cancellable);

  tn_provider_save_async (f->provider, "one", NULL, bytes, cancellable, tn_await_store, &slot);
  g_autoptr (GAsyncResult) result = tn_await (&slot);
  g_autoptr (TurnusRef) ref = tn_provider_save_finish (f->provider, result, &error);

  g_assert_null (ref);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_count (f, 0);
}

static void
test_binding_stays (Fixture *f, gconstpointer user_data)
{
  g_autoptr (TurnusRef) one = create (f, "one", "Studietur");
  g_autoptr (TurnusListing) first = list (f, NULL);
  g_assert_nonnull (first->binding);

  g_clear_object (&f->provider);
  f->provider = f->maker->open (f->place, first->binding);
  g_autoptr (TurnusListing) second = list (f, NULL);

  g_assert_cmpstr (second->binding, ==, first->binding);
  g_assert_cmpuint (second->changed->len, ==, 1);
}

static void
test_revision_survives_reopening (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) one = create (f, "one", "Studietur");
  g_autofree char *text = tn_contract_make_event ("one", "Aflyst tur");
  g_clear_object (&f->provider);
  f->provider = f->maker->open (f->place, NULL);

  g_autoptr (TurnusRef) two = tn_await_save (f->provider, one->id, one->revision, text, &error);

  g_assert_no_error (error);
  assert_stands (f, two->id, "SUMMARY:Aflyst tur");
}

static void
test_read_only (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) create_error = NULL, update_error = NULL, remove_error = NULL;
  g_autoptr (TurnusRef) one = create (f, "one", "Studietur");
  g_autofree char *text = tn_contract_make_event ("one", "Aflyst tur");
  g_autofree char *other = tn_contract_make_event ("two", "Erfa");
  if (f->maker->lock == NULL || !f->maker->lock (f->place))
    {
      g_test_skip ("cannot be made read-only here");
      return;
    }

  g_autoptr (TurnusRef) created = tn_await_save (f->provider, "two", NULL, other, &create_error);
  g_autoptr (TurnusRef) updated
      = tn_await_save (f->provider, one->id, one->revision, text, &update_error);
  gboolean removed = tn_await_remove (f->provider, one->id, one->revision, &remove_error);

  g_assert_true (created == NULL && updated == NULL && !removed);
  g_assert_error (create_error, TN_ERROR, TN_ERROR_DENIED);
  g_assert_error (update_error, TN_ERROR, TN_ERROR_DENIED);
  g_assert_error (remove_error, TN_ERROR, TN_ERROR_DENIED);
  assert_count (f, 1);
  assert_stands (f, one->id, "SUMMARY:Studietur");
}

static const struct
{
  const char *name;
  void (*run) (Fixture *f, gconstpointer user_data);
} tests[] = {
  { "empty-calendar-is-complete-and-empty", test_empty },
  { "created-item-is-listed-and-loaded", test_created_is_listed },
  { "bytes-and-foreign-properties-are-kept-hazard-63", test_bytes_are_kept },
  { "listing-and-loading-give-one-revision", test_revision_is_one },
  { "create-where-one-is-conflicts", test_create_twice },
  { "update-with-its-revision-works", test_update },
  { "update-with-the-revision-of-the-last-update-works", test_update_again },
  { "update-with-a-stale-revision-conflicts-hazard-20", test_update_stale },
  { "update-with-an-invented-revision-conflicts-hazard-19", test_update_invented },
  { "update-of-what-is-gone-says-gone", test_update_missing },
  { "remove-with-its-revision-works", test_remove },
  { "remove-with-a-stale-revision-conflicts", test_remove_stale },
  { "remove-of-what-is-gone-says-gone", test_remove_missing },
  { "edit-of-the-same-length-changes-the-revision", test_edit_is_noticed },
  { "removed-item-can-be-created-again", test_created_again },
  { "several-are-loaded-each-with-its-own-error", test_load_several },
  { "loading-none-gives-none", test_load_none },
  { "ids-that-differ-in-case-are-two-hazard-35", test_ids_are_bytes },
  { "following-the-tokens-misses-nothing", test_tokens },
  { "foreign-token-is-gone-or-listed-in-full", test_foreign_token },
  { "cancelled-listing-says-so", test_cancelled_list },
  { "cancelled-save-writes-nothing-hazard-99", test_cancelled_save },
  { "binding-stays-over-reopening", test_binding_stays },
  { "revision-survives-reopening", test_revision_survives_reopening },
  { "read-only-calendar-is-listed-and-never-written-hazard-14", test_read_only },
};

void
tn_contract_add_provider_tests (const char *prefix, const TnProviderMaker *maker)
{
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat (prefix, "/", tests[i].name, NULL);
      g_test_add (path, Fixture, maker, set_up, tests[i].run, tear_down);
    }
}
