/* Whatever bytes a server sends: they are read whole or refused with an error; what was read keeps
 * its promises, and a href has one normal form. With clang and -DTN_LIBFUZZER -fsanitize=fuzzer a
 * fuzzer; else a test that replays the corpus, and a few thousand seeded mutations of it (hazards
 * 3, 38, 104, 105). */
#include <string.h>

#include <glib.h>

#include "corpus.h"
#include "href.h"
#include "multistatus.h"
#include "refusal.h"
#include "revision.h"
#include "token.h"
#include "wire.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static void
check_href (const char *href)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = caldav_href_dup_path ("https://dav.example.org", "/cal/", href, &error);
  g_assert_true ((path == NULL) == (error != NULL));
  if (path == NULL)
    return;
  g_autofree char *normal = caldav_href_normalise (path);
  g_autofree char *again = normal != NULL ? caldav_href_normalise (normal) : NULL;
  g_assert_nonnull (normal);
  g_assert_cmpstr (again, ==, normal);
  g_assert_null (strstr (normal, "/../"));
  for (const char *p = path; *p != '\0'; p++)
    g_assert_true (*p > 0x20 && *p < 0x7f);
}

static gboolean
visit (const CaldavMember *member, gpointer user_data, GError **error)
{
  g_assert_nonnull (member->href);
  g_assert_cmpuint (strlen (member->href), >, 0);
  g_assert_true (member->status == 0 || (member->status >= 100 && member->status <= 999));
  check_href (member->href);
  g_autofree char *revision = caldav_revision_from_etag (member->texts[CALDAV_TEXT_ETAG]);
  g_autofree char *condition = revision != NULL ? caldav_revision_to_condition (revision) : NULL;
  g_assert_true (revision == NULL || condition != NULL);
  if (member->texts[CALDAV_TEXT_CALENDAR] != NULL)
    g_bytes_unref (caldav_wire_dup_calendar (member->texts[CALDAV_TEXT_CALENDAR]));
  return TRUE;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  char *headers[] = { (char *) "content-type", (char *) "text/xml", NULL };
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autofree char *sync_token = NULL;
  gboolean is_read = caldav_multistatus_read (bytes, visit, NULL, &sync_token, &error);
  g_assert_true (is_read == (error == NULL));
  TurnusResponse response = { .status = 403, .headers = headers, .body = bytes };
  g_auto (CaldavRefusal) refusal = { 0 };
  caldav_refusal_read (&response, &refusal);
  g_autofree char *text = g_strndup ((const char *) data, size);
  check_href (text);
  g_auto (CaldavToken) token = { 0 };
  caldav_token_parse (text, "https://dav.example.org/", &token);
  return 0;
}

#ifndef TN_LIBFUZZER
static GPtrArray *
load_corpus (void)
{
  return corpus_load ("fuzz/corpus/caldav", NULL);
}

static void
test_corpus (void)
{
  g_autoptr (GPtrArray) corpus = load_corpus ();
  corpus_replay (corpus, 10, LLVMFuzzerTestOneInput);
}

/* A piece of `to` replaced by a word that means something, or by a piece of another. */
static void
mutate (GString *to, GBytes *from, GRand *random)
{
  static const char *const words[] = { "<",
                                       ">",
                                       "</D:response>",
                                       "<D:href>",
                                       "&amp;",
                                       "&#0;",
                                       "\"",
                                       "]]>",
                                       "<![CDATA[",
                                       "<!DOCTYPE x>",
                                       "%2e%2e",
                                       "%00",
                                       "/",
                                       "//",
                                       "HTTP/1.1 404 x",
                                       "xmlns:D=\"\"",
                                       "<!--",
                                       "-->",
                                       "<?x ?>",
                                       "\xff",
                                       "",
                                       "W/\"x\"",
                                       "&e;",
                                       "https://x/" };
  gsize size = 0;
  const char *data = g_bytes_get_data (from, &size);
  gsize at = (gsize) g_rand_int_range (random, 0, (gint) to->len + 1);
  gsize length = (gsize) g_rand_int_range (random, 0, 30);
  g_string_erase (to, (gssize) at, (gssize) MIN (length, to->len - at));
  gsize source = size > 0 ? (gsize) g_rand_int_range (random, 0, (gint) size) : 0;
  if (g_rand_boolean (random) || size == 0)
    g_string_insert (to, (gssize) at, words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))]);
  else
    g_string_insert_len (to, (gssize) at, data + source, (gssize) MIN (length * 4, size - source));
}

static void
test_mutations (void)
{
  g_autoptr (GPtrArray) corpus = load_corpus ();
  corpus_mutate (corpus, 5000, 6, mutate, LLVMFuzzerTestOneInput);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fuzz/caldav/corpus", test_corpus);
  g_test_add_func ("/fuzz/caldav/mutations", test_mutations);
  return g_test_run ();
}
#endif
