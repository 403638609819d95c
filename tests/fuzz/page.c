/* Whatever a property says: it is read as a page, or refused with an error; what was read is
 * written and read again as the same. With clang and -DTN_LIBFUZZER -fsanitize=fuzzer a fuzzer;
 * else a test of seeded mutations (hazards 68, 70). */
#include "sync/page.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnPage) page = tn_page_parse (text, &error);
  g_assert_true ((page == NULL) == (error != NULL));
  if (page == NULL)
    return 0;
  g_autofree char *written = tn_page_format (page);
  g_autoptr (TnPage) again = tn_page_parse (written, NULL);
  g_assert_nonnull (again);
  g_assert_cmpuint (again->n_damaged, ==, 0);
  g_assert_cmpuint (again->editions->len, ==, page->editions->len);
  g_assert_cmpuint (again->decisions->len, ==, page->decisions->len);
  g_assert_cmpuint (again->proposals->len, ==, page->proposals->len);
  g_assert_cmpuint (again->kept->len, ==, page->kept->len);
  return 0;
}

#ifndef TN_LIBFUZZER
static char *
make_text (GRand *random)
{
  g_autoptr (TnPage) page = tn_page_new ("odense");
  g_ptr_array_add (page->editions, tn_edition_new ("7by", 1, 1, "0123"));
  for (int n = g_rand_int_range (random, 0, 4); n > 0; n--)
    {
      g_autofree char *value = g_strdup_printf ("Æ=%u,%%\n", g_rand_int (random));
      TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
      draft.kind = (TnDecisionKind) g_rand_int_range (random, 0, TN_N_DECISIONS);
      draft.on = tn_date_new (2027, 1, 1) + g_rand_int_range (random, 0, 3000);
      draft.collaboration = "7by";
      draft.value = value;
      g_ptr_array_add (page->decisions, tn_decision_new (&draft));
      draft.source = "journal esbjerg";
      g_ptr_array_add (page->kept, tn_decision_new (&draft));
      g_ptr_array_add (page->proposals,
                       tn_proposal_new (TN_PROPOSAL_WISH, "egen", "u1", "k", TN_FIELD_WHERE, value,
                                        "", "odense", draft.on));
    }
  return tn_page_format (page);
}

static void
mutate (GString *text, GRand *random)
{
  static const char *const words[] = { " ",   "=",    ".",           "",  " d=", " p=", " k=",
                                       " c=", "\xc3", "99999999999", "A", "v1",  "%00", "\n" };
  gsize at = (gsize) g_rand_int_range (random, 0, (gint) text->len + 1);
  gsize length = (gsize) g_rand_int_range (random, 0, 20);
  g_string_erase (text, (gssize) at, (gssize) MIN (length, text->len - at));
  g_string_insert (text, (gssize) at, words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))]);
}

static void
test_mutations (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  int rounds = g_test_thorough () ? 200000 : 3000;
  for (int i = 0; i < rounds; i++)
    {
      g_autofree char *whole = make_text (random);
      g_autoptr (GString) text = g_string_new (whole);
      LLVMFuzzerTestOneInput ((const guint8 *) text->str, text->len);
      for (int n = g_rand_int_range (random, 1, 5); n > 0; n--)
        mutate (text, random);
      LLVMFuzzerTestOneInput ((const guint8 *) text->str, text->len);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fuzz/page/mutations", test_mutations);
  return g_test_run ();
}
#endif
