/* What stands where there is no fuzzer: each file of a corpus, and seeded mutations of them. */
#include "corpus.h"

#include <stdarg.h>

static int
compare_bytes (gconstpointer a, gconstpointer b)
{
  return g_bytes_compare (*(const gpointer *) a, *(const gpointer *) b);
}

static void
add_folder (GPtrArray *corpus, const char *folder)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_assert_nonnull (dir);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      char *content = NULL;
      gsize size = 0;
      g_assert_true (g_file_get_contents (file, &content, &size, NULL));
      g_ptr_array_add (corpus, g_bytes_new_take (content, size));
    }
}

/**
 * corpus_load:
 * @first: a folder in tests/, and more of them, ended by %NULL
 *
 * Returns: (transfer full) (element-type GBytes): in one order on every machine, so that a seed
 * means the same
 */
GPtrArray *
corpus_load (const char *first, ...)
{
  GPtrArray *corpus = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  va_list folders;
  va_start (folders, first);
  for (const char *folder = first; folder != NULL; folder = va_arg (folders, const char *))
    add_folder (corpus, folder);
  va_end (folders);
  g_ptr_array_sort (corpus, compare_bytes);
  return corpus;
}

/**
 * corpus_replay:
 * @least: so many files there must be
 */
void
corpus_replay (GPtrArray *corpus, guint least, CorpusEntry entry)
{
  g_assert_cmpuint (corpus->len, >=, least);
  for (guint i = 0; i < corpus->len; i++)
    {
      gsize size = 0;
      const guint8 *data = g_bytes_get_data (g_ptr_array_index (corpus, i), &size);
      entry (data, size);
    }
}

/**
 * corpus_mutate:
 * @most: less than so many mutations, each with pieces of one other file
 */
void
corpus_mutate (GPtrArray *corpus, guint rounds, gint most, CorpusMutation mutate, CorpusEntry entry)
{
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  for (guint i = 0; i < rounds; i++)
    {
      gint which = g_rand_int_range (random, 0, (gint) corpus->len);
      gint other = g_rand_int_range (random, 0, (gint) corpus->len);
      gsize size = 0;
      const char *data = g_bytes_get_data (g_ptr_array_index (corpus, which), &size);
      g_autoptr (GString) changed = g_string_new_len (data, (gssize) size);
      for (gint n = g_rand_int_range (random, 1, most); n > 0; n--)
        mutate (changed, g_ptr_array_index (corpus, other), random);
      entry ((const guint8 *) changed->str, changed->len);
    }
}
