/* Whatever bytes EWS sends: they are read whole or refused with an error; an event that was read
 * goes to the core and back to Exchange as the same. With clang and -DTN_LIBFUZZER
 * -fsanitize=fuzzer a fuzzer; else a test that replays the corpus, and a few thousand seeded
 * mutations of it (hazards 3, 104, 105). */
#include <string.h>

#include "corpus.h"
#include "ews-item.h"
#include "ews-refusal.h"
#include "ews-reply.h"
#include "mapping.h"

#define HOME "Europe/Copenhagen"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static void
assert_same (const TurnusEvent *a, const TurnusEvent *b)
{
  g_assert_cmpstr (a->uid, ==, b->uid);
  g_assert_cmpstr (a->summary, ==, b->summary);
  g_assert_cmpstr (a->location, ==, b->location);
  g_assert_cmpint (a->all_day, ==, b->all_day);
  g_assert_cmpint (a->start_day, ==, b->start_day);
  g_assert_cmpint (a->end_day, ==, b->end_day);
  g_assert_cmpint (a->start_us, ==, b->start_us);
  g_assert_cmpint (a->end_us, ==, b->end_us);
  g_assert_cmpint (a->status, ==, b->status);
  g_assert_cmpint (a->is_transparent, ==, b->is_transparent);
  g_assert_cmpuint (g_hash_table_size (a->own), ==, g_hash_table_size (b->own));
}

/* What we would write of it, read as if the server gave it back. */
static ExItem *
send_and_read (const ExItem *item)
{
  g_autoptr (GError) error = NULL;
  SoapLetter *letter = soap_letter_new ("Items", NULL);
  ews_item_write_new (letter, item);
  g_autoptr (GBytes) bytes = soap_letter_end (letter);
  g_autoptr (SoapAnswer) answer = soap_answer_parse (bytes, &error);
  g_assert_no_error (error);
  xmlNode *node = (xmlNode *) soap_first (soap_answer_get_content (answer));
  xmlNode *id = xmlNewChild (node, node->ns, (const xmlChar *) "ItemId", NULL);
  xmlNewProp (id, (const xmlChar *) "Id", (const xmlChar *) "AAMk-id");
  xmlNewProp (id, (const xmlChar *) "ChangeKey", (const xmlChar *) "key");
  ExItem *again = ews_item_read (node, &error);
  g_assert_no_error (error);
  return again;
}

static void
check_there_and_back (const TurnusEvent *event)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ExItem) item = ex_mapping_to_item (event, HOME, &error);
  g_assert_no_error (error);
  g_autoptr (ExItem) again = send_and_read (item);
  g_autoptr (TurnusEvent) back = ex_mapping_to_event (again, HOME, &error);
  g_assert_no_error (error);
  assert_same (event, back);
  g_autoptr (ExItem) nothing = ex_mapping_diff (again, back, event, HOME);
  g_assert_true (ex_item_is_empty (nothing));
}

/* Whatever a person's item says, an update of it can be written. */
static void
check_update (const ExItem *current, const TurnusEvent *now)
{
  g_autoptr (TurnusEvent) wished = turnus_event_new (now->uid);
  wished->all_day = TRUE;
  wished->start_day = 20000;
  wished->end_day = 20001;
  g_autoptr (ExItem) item = ex_mapping_diff (current, now, wished, HOME);
  SoapLetter *letter = soap_letter_new ("ItemChange", "formand@example.org");
  ews_item_write_updates (letter, item);
  g_autoptr (GBytes) bytes = soap_letter_end (letter);
  g_autoptr (GError) error = NULL;
  g_autoptr (SoapAnswer) answer = soap_answer_parse (bytes, &error);
  g_assert_no_error (error);
}

static void
check_item (const xmlNode *node)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ExItem) item = ews_item_read (node, &error);
  g_assert_true ((item == NULL) == (error != NULL));
  if (item == NULL)
    return;
  g_assert_cmpuint (strlen (item->revision), >, 0);
  g_autoptr (TurnusEvent) event = ex_mapping_to_event (item, HOME, &error);
  g_assert_true ((event == NULL) == (error != NULL));
  if (event == NULL)
    return;
  check_there_and_back (event);
  check_update (item, event);
}

static void
check_reply (GBytes *bytes, guint status, const char *operation)
{
  static char *headers[] = { (char *) "content-type", (char *) "text/xml; charset=utf-8", NULL };
  TurnusResponse response = { .status = status, .headers = headers, .body = bytes };
  g_autoptr (GError) error = NULL;
  EwsPatience patience;
  g_autoptr (EwsReply) reply = ews_reply_read (&response, operation, "try", &patience, &error);
  g_assert_true ((reply == NULL) == (error != NULL));
  g_assert_true (!patience.is_wanted || (patience.after_s >= -1 && patience.after_s <= 86400));
  g_assert_true (error == NULL || strlen (error->message) < 400);
  for (guint i = 0; reply != NULL && i < reply->messages->len; i++)
    {
      const EwsMessage *message = g_ptr_array_index (reply->messages, i);
      const xmlNode *node = soap_first (soap_find (message->node, "Items"));
      for (; node != NULL; node = soap_next (node))
        check_item (node);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  static const char *const operations[] = { "GetItem", "CreateItem", "UpdateItem" };
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (SoapAnswer) answer = soap_answer_parse (bytes, &error);
  g_assert_true ((answer == NULL) == (error != NULL));
  g_assert_true (answer == NULL || soap_answer_get_content (answer) != NULL);
  check_reply (bytes, 500, "GetItem");
  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    check_reply (bytes, 200, operations[i]);
  return 0;
}

#ifndef TN_LIBFUZZER
static GPtrArray *
load_corpus (void)
{
  return corpus_load ("fuzz/corpus/ews", NULL);
}

static void
test_corpus (void)
{
  g_autoptr (GPtrArray) corpus = load_corpus ();
  corpus_replay (corpus, 12, LLVMFuzzerTestOneInput);
}

/* Most mutations of XML are no XML: texts between elements and quotes are replaced by themselves.
 */
static void
mutate_text (GString *to, GRand *random)
{
  static const char *const texts[] = { "",
                                       "true",
                                       "false",
                                       "HTML",
                                       "Text",
                                       "Error",
                                       "Success",
                                       "ErrorServerBusy",
                                       "-1",
                                       "99999999999999999999",
                                       "2027-09-14T08:00:00Z",
                                       "2027-09-14T08:00:00+02:00",
                                       "2027-09-14T08:00:59.999",
                                       "1601-01-01T00:00:00Z",
                                       "Free",
                                       "Tentative",
                                       "Exception",
                                       "Romance Standard Time",
                                       "Europe/Oslo",
                                       "nonsense",
                                       "a&#13;\n--- turnus ---&#13;\nb",
                                       "&lt;p&gt;a&lt;!--",
                                       "turnus-uid",
                                       "turnus-status",
                                       "cancelled",
                                       "\xc3\xb8" };
  const char *text = texts[g_rand_int_range (random, 0, G_N_ELEMENTS (texts))];
  gsize at = (gsize) g_rand_int_range (random, 0, (gint) MAX (to->len, 1));
  const char *start = strpbrk (to->str + at, ">\"");
  const char *end = start != NULL ? strpbrk (start + 1, "<\"") : NULL;
  if (end == NULL)
    return;
  gsize offset = (gsize) (start - to->str) + 1;
  g_string_erase (to, (gssize) offset, end - start - 1);
  g_string_insert (to, (gssize) offset, text);
}

/* Some bytes gone, or others in their place. */
static void
mutate_bytes (GString *to, GBytes *from, GRand *random)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (from, &size);
  gsize at = (gsize) g_rand_int_range (random, 0, (gint) to->len + 1);
  gsize length = (gsize) g_rand_int_range (random, 0, 12);
  g_string_erase (to, (gssize) at, (gssize) MIN (length, to->len - at));
  gsize source = size > 0 ? (gsize) g_rand_int_range (random, 0, (gint) size) : 0;
  g_string_insert_len (to, (gssize) at, data + source, (gssize) MIN (length * 4, size - source));
}

static void
test_mutations (void)
{
  g_autoptr (GPtrArray) corpus = load_corpus ();
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  for (guint i = 0; i < 4000; i++)
    {
      gint which = g_rand_int_range (random, 0, (gint) corpus->len);
      gint other = g_rand_int_range (random, 0, (gint) corpus->len);
      gsize size = 0;
      const char *data = g_bytes_get_data (g_ptr_array_index (corpus, which), &size);
      g_autoptr (GString) changed = g_string_new_len (data, (gssize) size);
      for (gint n = g_rand_int_range (random, 1, 6); n > 0; n--)
        mutate_text (changed, random);
      if (g_rand_int_range (random, 0, 4) == 0)
        mutate_bytes (changed, g_ptr_array_index (corpus, other), random);
      LLVMFuzzerTestOneInput ((const guint8 *) changed->str, changed->len);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fuzz/ews/corpus-is-read-or-refused-hazard-104", test_corpus);
  g_test_add_func ("/fuzz/ews/mutations-are-read-or-refused-hazard-105", test_mutations);
  return g_test_run ();
}
#endif
