/* Whatever the bytes of a catalogue: each text is found within them, or not at all. With clang and
 * -DTN_LIBFUZZER -fsanitize=fuzzer a fuzzer; else a test of seeded mutations. */
#include "model/catalogues.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static void
find (const TnMoFile *file, const char *context, const char *text, guint form)
{
  const char *found = tn_mo_file_find (file, context, text, form);
  if (found == NULL)
    return;
  const char *end = (const char *) file->bytes + file->n_bytes;
  g_assert_true (found >= (const char *) file->bytes && found + strlen (found) < end);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  TnMoFile file = { data, size };
  find (&file, NULL, "a", 0);
  find (&file, NULL, "zebra", 1);
  find (&file, "event", "Host", 0);
  find (&file, "month", "May", 3);
  return 0;
}

#ifndef TN_LIBFUZZER
/* In the head and the tables, where the numbers are, more often than in the texts. */
static void
mutate (GByteArray *bytes, GRand *random)
{
  gint near_start = (gint) MIN (bytes->len, 256);
  gint reach = g_rand_boolean (random) ? near_start : (gint) bytes->len;
  for (int n = g_rand_int_range (random, 1, 6); n > 0; n--)
    bytes->data[g_rand_int_range (random, 0, reach)] = (guint8) g_rand_int (random);
  if (g_rand_int_range (random, 0, 4) == 0)
    g_byte_array_set_size (bytes, (guint) g_rand_int_range (random, 1, (gint) bytes->len));
}

static void
test_mutations (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  const TnMoFile *whole = &tn_catalogues[TN_LANGUAGE_DA];
  gsize used = MIN (whole->n_bytes, 4096); /* enough of it: a whole one is slow to copy */
  int rounds = g_test_thorough () ? 200000 : 3000;
  for (int i = 0; i < rounds; i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_byte_array_append (bytes, whole->bytes,
                           (guint) (g_rand_boolean (random) ? used : whole->n_bytes));
      mutate (bytes, random);
      g_autofree guint8 *exact = g_memdup2 (bytes->data, bytes->len);
      LLVMFuzzerTestOneInput (exact, bytes->len);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fuzz/mo-file/mutations", test_mutations);
  return g_test_run ();
}
#endif
