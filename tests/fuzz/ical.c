/* Whatever bytes come: they are read, edited, split and put together again, or refused with an
 * error; and what was edited says what was wished. With clang and -DTN_LIBFUZZER -fsanitize=fuzzer
 * a fuzzer; else a test that replays the corpora, and a few thousand seeded mutations of them
 * (hazards 68, 70, 72). */
#include "base/error.h"
#include "corpus.h"
#include "ical/bare.h"
#include "ical/lines.h"
#include "ical/occupied.h"
#include "ical/reader.h"
#include "ical/split.h"
#include "ical/stamp.h"
#include "ical/writer.h"

#include <string.h>

#define NOW_US (G_GINT64_CONSTANT (1790000000) * G_USEC_PER_SEC)
#define ALL_FIELDS ((1u << TN_N_FIELDS) - 1)

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static TnEvent *
make_wished (const TnZone *home, gboolean all_day)
{
  TnEvent *wished = tn_event_new ("wished");
  TnDate day = tn_date_new (2027, 5, 18);
  wished->zone = tn_zone_ref (home);
  wished->when = all_day ? tn_when_new_days (day, 2) : tn_when_new_timed (day, 600, day, 900);
  wished->status = all_day ? TN_EVENT_TENTATIVE : TN_EVENT_CANCELLED;
  wished->is_transparent = all_day;
  g_free (wished->title);
  wished->title = g_strdup ("Ærø, \\n; 🚢");
  g_free (wished->note);
  wished->note = g_strdup ("7by/studietur/2027");
  wished->stamp = g_strdup ("v1 by=odense ed=1 en=1 dg=0123 h=4567");
  return wished;
}

static void
check_edit (GBytes *bytes, const TnZone *home, gboolean all_day)
{
  g_autoptr (TnEvent) wished = make_wished (home, all_day);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) edited = tn_writer_edit (bytes, wished, ALL_FIELDS, NOW_US, &error);
  g_assert_true ((edited == NULL) == (error != NULL));
  if (edited == NULL)
    return;
  g_autoptr (TnEvent) read = tn_reader_read (edited, home, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      g_autofree char *expected = tn_event_dup_field (wished, (TnField) i);
      g_autofree char *field = tn_event_dup_field (read, (TnField) i);
      g_assert_cmpstr (field, ==, expected);
    }
  g_autoptr (GBytes) again = tn_writer_edit (edited, wished, ALL_FIELDS, NOW_US, &error);
  g_assert_true (again == edited);
}

static void
check_item (GBytes *file, const TnSplitItem *item)
{
  if (item->error != NULL)
    return;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) same = tn_split_replace (file, item->uid, item->bytes, &error);
  g_autoptr (GBytes) without = tn_split_replace (file, item->uid, NULL, NULL);
  g_assert_true ((same == NULL) == (error != NULL));
  g_assert_nonnull (without);
  g_autoptr (GPtrArray) before = tn_split_calendar (file, NULL);
  g_autoptr (GPtrArray) rest = tn_split_calendar (without, NULL);
  g_assert_nonnull (rest);
  g_assert_cmpuint (rest->len, ==, before->len - 1);
}

/* Where the busy days can be read they are the same without what people wrote. */
static void
check_occupied (const char *text, const TnZone *home)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) bare_error = NULL;
  g_autoptr (GPtrArray) closed = tn_occupied_read (text, TN_OCCUPIED_CLOSED, home, NULL);
  g_autoptr (GPtrArray) busy = tn_occupied_read (text, TN_OCCUPIED_BUSY, home, &error);
  g_autofree char *bare = tn_bare_dup (text, &bare_error);
  g_assert_true ((busy == NULL) == (error != NULL));
  g_assert_true ((bare == NULL) == (bare_error != NULL));
  if (busy == NULL)
    return;
  g_assert_nonnull (bare);
  g_assert_true (closed == NULL || closed->len >= busy->len);
  g_autofree char *again = tn_bare_dup (bare, NULL);
  g_autoptr (GPtrArray) same = tn_occupied_read (bare, TN_OCCUPIED_BUSY, home, NULL);
  g_assert_cmpstr (again, ==, bare);
  g_assert_cmpuint (same->len, ==, busy->len);
  for (guint i = 0; i < busy->len; i++)
    {
      const TnOccupied *one = g_ptr_array_index (busy, i);
      const TnOccupied *other = g_ptr_array_index (same, i);
      g_assert_cmpint (one->line, ==, other->line);
      g_assert_cmpmem (one->days->data, one->days->len * sizeof (TnSpan), other->days->data,
                       other->days->len * sizeof (TnSpan));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (TnZone) home = tn_zone_new ("Europe/Copenhagen", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnEvent) event = tn_reader_read (bytes, home, &error);
  g_assert_true ((event == NULL) == (error != NULL));
  check_edit (bytes, home, TRUE);
  check_edit (bytes, home, FALSE);
  g_autoptr (GPtrArray) items = tn_split_calendar (bytes, NULL);
  for (guint i = 0; items != NULL && i < MIN (items->len, 3); i++)
    check_item (bytes, g_ptr_array_index (items, i));
  g_autofree char *text = g_strndup ((const char *) data, size);
  check_occupied (text, home);
  g_autoptr (TnStamp) stamp = tn_stamp_parse (text, NULL);
  g_autofree char *again = stamp == NULL ? NULL : tn_stamp_to_string (stamp);
  g_assert_true (stamp == NULL || strcmp (again, text) == 0);
  return 0;
}

#ifndef TN_LIBFUZZER
static GPtrArray *
load_corpus (void)
{
  return corpus_load ("ical/corpus", "fuzz/corpus/ical", NULL);
}

static void
test_corpus (void)
{
  g_autoptr (GPtrArray) corpus = load_corpus ();
  corpus_replay (corpus, 1, LLVMFuzzerTestOneInput);
}

/* One piece of `to` replaced by one of `from`, or by a word that means something. */
static void
mutate (GString *to, GBytes *from, GRand *random)
{
  static const char *const words[] = { "\r\n",       "\n ",         "\r",           ":",
                                       ";",          "\"",          "BEGIN:",       "END:",
                                       "VEVENT",     "\\",          "\xc3",         "",
                                       "DTSTART:",   "DTEND:",      "DURATION:P",   "TZID=",
                                       "VALUE=DATE", "99999999",    "\nUID:x\r\n",  "SUMMARY:",
                                       "\n\n",       "VCALENDAR\n", "\xef\xbb\xbf", "FREQ=DAILY",
                                       "BYDAY=-1MO", "BYSETPOS=2",  "COUNT=99999",  "EXDATE:" };
  gsize size = 0;
  const char *data = g_bytes_get_data (from, &size);
  gsize at = (gsize) g_rand_int_range (random, 0, (gint) to->len + 1);
  gsize length = (gsize) g_rand_int_range (random, 0, 40);
  g_string_erase (to, (gssize) at, (gssize) MIN (length, to->len - at));
  if (g_rand_boolean (random) || size == 0)
    {
      g_string_insert (to, (gssize) at, words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))]);
      return;
    }
  gsize source = (gsize) g_rand_int_range (random, 0, (gint) size);
  length = (gsize) g_rand_int_range (random, 0, 200);
  g_string_insert_len (to, (gssize) at, data + source, (gssize) MIN (length, size - source));
}

static GBytes *
pick (GPtrArray *corpus, GRand *random)
{
  return g_ptr_array_index (corpus, (guint) g_rand_int_range (random, 0, (gint) corpus->len));
}

static void
test_mutations (void)
{
  g_autoptr (GPtrArray) corpus = load_corpus ();
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  int rounds = g_test_thorough () ? 200000 : 2000;
  for (int i = 0; i < rounds; i++)
    {
      gsize size = 0;
      const char *data = g_bytes_get_data (pick (corpus, random), &size);
      g_autoptr (GString) text = g_string_new_len (data, (gssize) size);
      for (int n = g_rand_int_range (random, 1, 5); n > 0; n--)
        mutate (text, pick (corpus, random), random);
      LLVMFuzzerTestOneInput ((const guint8 *) text->str, text->len);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fuzz/ical/corpus", test_corpus);
  g_test_add_func ("/fuzz/ical/mutations", test_mutations);
  return g_test_run ();
}
#endif
