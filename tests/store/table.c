/* Tables: hashes and keys, and that no field of a record is left out of its description. */
#include "store/table.h"

#include "store/ledger-row.h"
#include "store/link.h"
#include "store/records.h"

#include "base/error.h"
#include "base/text.h"

#include <string.h>

/* Every byte of a record belongs to a column or to the padding behind a number: a field that
 * somebody adds and forgets here would be lost at the next start. */
static void
test_columns_cover_the_record (void)
{
  for (guint name = 0; name < TN_N_TABLES; name++)
    {
      const TnTable *table = tn_table_get (name);
      g_autofree guint8 *covered = g_malloc0 (table->record_size);
      for (guint i = 0; i < table->n_columns; i++)
        memset (covered + table->columns[i].offset, 1,
                table->columns[i].type == TN_COLUMN_NUMBER ? 4 : 8);
      gsize left_out = 0;
      gsize in_a_row = 0;
      for (gsize i = 0; i < table->record_size; i++)
        {
          in_a_row = covered[i] != 0 ? 0 : in_a_row + 1;
          left_out = MAX (left_out, in_a_row);
          /* Padding ends where an aligned field begins, or with the record. */
          if (in_a_row == 4)
            g_assert_cmpuint ((i + 1) % 8, ==, 0);
        }
      g_assert_cmpuint (left_out, <=, 4);
    }
}

static void
test_each_column_is_in_the_hash (void)
{
  for (guint name = 0; name < TN_N_TABLES; name++)
    {
      const TnTable *table = tn_table_get (name);
      g_autofree gpointer record = g_malloc0 (table->record_size);
      g_autofree char *before = tn_table_dup_hash (table, record);
      for (guint i = 0; i < table->n_columns; i++)
        {
          char **text = G_STRUCT_MEMBER_P (record, table->columns[i].offset);
          if (table->columns[i].type == TN_COLUMN_TEXT)
            *text = (char *) "";
          else
            g_assert_true (tn_table_set_number (table, record, i, 1));
          g_autofree char *after = tn_table_dup_hash (table, record);
          g_assert_cmpstr (after, !=, before);
          memset (record, 0, table->record_size);
        }
    }
}

static void
test_text_cannot_move_between_columns_unseen (void)
{
  g_autoptr (TnLink) one = tn_link_new ("a", "bc", "d");
  g_autoptr (TnLink) two = tn_link_new ("ab", "c", "d");
  g_autofree char *first = tn_table_dup_hash (&tn_table_links, one);
  g_autofree char *second = tn_table_dup_hash (&tn_table_links, two);
  g_assert_cmpstr (first, !=, second);
}

static void
test_keys_never_read_alike (void)
{
  g_autoptr (TnLink) one = tn_link_new ("a", "b 1:c", "d");
  g_autoptr (TnLink) two = tn_link_new ("a 1:b", "c", "d");
  g_autofree char *first = tn_table_dup_key (&tn_table_links, one);
  g_autofree char *second = tn_table_dup_key (&tn_table_links, two);
  g_assert_cmpstr (first, ==, "1:a 5:b 1:c");
  g_assert_cmpstr (first, !=, second);
}

static void
test_number_that_does_not_fit_is_refused (void)
{
  const TnTable *table = &tn_table_intents;
  g_autoptr (TnIntent) intent = tn_intent_new ("egen", "u1", TN_INTENT_UPDATE);
  guint kind = 2;
  g_assert_cmpstr (table->columns[kind].name, ==, "kind");
  g_assert_false (tn_table_set_number (table, intent, kind, 3));
  g_assert_false (tn_table_set_number (table, intent, kind, -1));
  g_assert_cmpint (intent->kind, ==, TN_INTENT_UPDATE);
  g_assert_true (tn_table_set_number (table, intent, kind, TN_INTENT_REMOVE));
  g_assert_cmpint (intent->kind, ==, TN_INTENT_REMOVE);
}

static void
test_record_out_of_range_is_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnLink) link = tn_link_new ("egen", "u1", "key");
  g_assert_true (tn_table_check_record (&tn_table_links, link, NULL));
  link->is_left = 2;
  g_assert_false (tn_table_check_record (&tn_table_links, link, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "is_left"));
}

static void
test_merge_keeps_what_others_changed (void)
{
  g_autoptr (TnLink) base = tn_link_new ("egen", "u1", "key");
  g_autoptr (TnLink) changed = tn_link_copy (base);
  g_autoptr (TnLink) stored = tn_link_copy (base);
  tn_text_set (&changed->revision, "2");
  changed->n_revived = 1;
  tn_text_set (&stored->wished[TN_FIELD_WHERE], NULL);
  stored->n_put_back = 3;

  g_autoptr (TnLink) merged = tn_link_merge (base, changed, stored);

  g_assert_cmpstr (merged->revision, ==, "2");
  g_assert_cmpuint (merged->n_revived, ==, 1);
  g_assert_null (merged->wished[TN_FIELD_WHERE]);
  g_assert_cmpuint (merged->n_put_back, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/table/columns-cover-the-record", test_columns_cover_the_record);
  g_test_add_func ("/store/table/each-column-is-in-the-hash", test_each_column_is_in_the_hash);
  g_test_add_func ("/store/table/text-cannot-move-between-columns-unseen",
                   test_text_cannot_move_between_columns_unseen);
  g_test_add_func ("/store/table/keys-never-read-alike", test_keys_never_read_alike);
  g_test_add_func ("/store/table/number-that-does-not-fit-is-refused",
                   test_number_that_does_not_fit_is_refused);
  g_test_add_func ("/store/table/record-out-of-range-is-refused",
                   test_record_out_of_range_is_refused);
  g_test_add_func ("/store/table/merging-keeps-what-others-changed",
                   test_merge_keeps_what_others_changed);
  return g_test_run ();
}
