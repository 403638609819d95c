/* Whatever bytes Graph sends: they are read whole or refused with an error; an event that was read
 * goes to the core and back to Graph as the same. With clang and -DTN_LIBFUZZER -fsanitize=fuzzer a
 * fuzzer; else a test that replays the corpus, and a few thousand seeded mutations of it (hazards
 * 3, 104, 105). */
#include <string.h>

#include "body.h"
#include "corpus.h"
#include "graph-call.h"
#include "graph-event.h"
#include "graph-page.h"
#include "graph-wire.h"
#include "mapping.h"

#define HOME "Europe/Copenhagen"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static void
assert_same (const TurnusEvent *a, const TurnusEvent *b)
{
  g_assert_cmpstr (a->uid, ==, b->uid);
  g_assert_cmpstr (a->summary, ==, b->summary);
  g_assert_cmpstr (a->location, ==, b->location);
  g_assert_cmpstr (a->description, ==, b->description);
  g_assert_cmpint (a->all_day, ==, b->all_day);
  g_assert_cmpint (a->start_day, ==, b->start_day);
  g_assert_cmpint (a->end_day, ==, b->end_day);
  g_assert_cmpint (a->start_us, ==, b->start_us);
  g_assert_cmpint (a->end_us, ==, b->end_us);
  g_assert_cmpstr (a->zone, ==, b->zone);
  g_assert_cmpint (a->status, ==, b->status);
  g_assert_cmpint (a->is_transparent, ==, b->is_transparent);
  g_assert_cmpint (a->is_private, ==, b->is_private);
  g_assert_cmpuint (g_hash_table_size (a->own), ==, g_hash_table_size (b->own));
}

/* What we would write of it, as the server would give it back. */
static void
check_there_and_back (const TurnusEvent *event)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ExItem) item = ex_mapping_to_item (event, HOME, &error);
  g_assert_no_error (error);
  g_autoptr (JsonNode) node = graph_event_build (item, "transaction");
  JsonObject *object = json_node_get_object (node);
  json_object_set_string_member (object, "id", "id");
  json_object_set_string_member (object, "changeKey", "key");
  json_object_set_string_member (object, "originalStartTimeZone", item->start_zone);
  g_autofree char *text = graph_json_to_text (node);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (JsonNode) sent = graph_json_parse (bytes, &error);
  g_assert_no_error (error);
  g_autoptr (ExItem) again = graph_event_parse (json_node_get_object (sent), &error);
  g_assert_no_error (error);
  g_autoptr (TurnusEvent) back = ex_mapping_to_event (again, HOME, &error);
  g_assert_no_error (error);
  assert_same (event, back);
  g_autoptr (ExItem) nothing = ex_mapping_diff (again, back, event, HOME);
  g_assert_true (ex_item_is_empty (nothing));
}

static void
check_event (JsonObject *object)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ExItem) item = graph_event_parse (object, &error);
  g_assert_true ((item == NULL) == (error != NULL));
  if (item == NULL)
    return;
  g_assert_cmpuint (strlen (item->revision), >, 0);
  g_autoptr (TurnusEvent) event = ex_mapping_to_event (item, HOME, &error);
  g_assert_true ((event == NULL) == (error != NULL));
  if (event == NULL)
    return;
  g_autofree char *spliced = ex_body_replace_note (item->body, "x\n\n--- turnus ---\nny");
  g_assert_true (spliced == NULL || strstr (spliced, "ny") != NULL);
  check_there_and_back (event);
}

static void
check_page (JsonObject *object)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GraphPages) pages = graph_pages_new ();
  gboolean is_read = graph_pages_add (pages, object, &error);
  g_assert_true (is_read == (error == NULL));
  g_assert_true (!is_read || pages->next == NULL || pages->last == NULL);
}

static void
check_batch (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) graph_call_free);
  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (calls, graph_call_new ("GET", g_strdup ("/x"), NULL));
  gboolean is_read = graph_call_read_batch (bytes, calls, &error);
  g_assert_true (is_read == (error == NULL));
  for (guint i = 0; is_read && i < calls->len; i++)
    g_assert_cmpuint (((GraphCall *) g_ptr_array_index (calls, i))->status, >=, 100);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = graph_json_parse (bytes, &error);
  g_assert_true ((node == NULL) == (error != NULL));
  check_batch (bytes);
  if (node == NULL)
    return 0;
  check_event (json_node_get_object (node));
  check_page (json_node_get_object (node));
  g_autoptr (GError) refusal = graph_wire_make_error (412, node, "write");
  g_assert_cmpuint (strlen (refusal->message), <, 200);
  return 0;
}

#ifndef TN_LIBFUZZER
static GPtrArray *
load_corpus (void)
{
  return corpus_load ("fuzz/corpus/graph", NULL);
}

static void
test_corpus (void)
{
  g_autoptr (GPtrArray) corpus = load_corpus ();
  corpus_replay (corpus, 13, LLVMFuzzerTestOneInput);
}

/* A piece of `to` replaced by a word that means something, or by a piece of another. */
static void
mutate (GString *to, GBytes *from, GRand *random)
{
  static const char *const words[] = { "{",
                                       "}",
                                       "[",
                                       "]",
                                       "null",
                                       "true",
                                       "-1",
                                       "1e999",
                                       "\"\"",
                                       "\\u0000",
                                       "\\ud800",
                                       "\"type\":\"seriesMaster\"",
                                       "2027-02-30T",
                                       "9999-12-31",
                                       "0001-01-01",
                                       "T24:00:00",
                                       "\xff",
                                       "",
                                       "text",
                                       "--- turnus ---",
                                       "<p>",
                                       "</div>",
                                       "Pacific/Apia",
                                       "Dateline Standard Time",
                                       "\"isAllDay\":true," };
  gsize size = 0;
  const char *data = g_bytes_get_data (from, &size);
  gsize at = (gsize) g_rand_int_range (random, 0, (gint) to->len + 1);
  gsize length = (gsize) g_rand_int_range (random, 0, 12);
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
  corpus_mutate (corpus, 5000, 4, mutate, LLVMFuzzerTestOneInput);
}

/* Most mutations of JSON are no JSON: values are changed by themselves, too. */
static JsonNode *
mutate_node (JsonNode *node, GRand *random)
{
  static const char *const texts[] = { "",
                                       "html",
                                       "text",
                                       "UTC",
                                       "Romance Standard Time",
                                       "Europe/Oslo",
                                       "nonsense",
                                       "2027-09-14T08:00:00Z",
                                       "2027-09-14T00:00:00.0000000",
                                       "1601-01-01T00:00:00",
                                       "free",
                                       "tentative",
                                       "occurrence",
                                       "<p>a<!--",
                                       "a\r\n--- turnus ---\r\nb\r\n",
                                       "1",
                                       "\xc3\xb8" };
  JsonNode *changed = json_node_alloc ();
  switch (g_rand_int_range (random, 0, 5))
    {
    case 0:
      return json_node_init_null (changed);
    case 1:
      return json_node_init_boolean (changed, g_rand_boolean (random));
    case 2:
      return json_node_init_int (changed, g_rand_int_range (random, -5, 700));
    case 3:
      return json_node_init_string (changed,
                                    texts[g_rand_int_range (random, 0, G_N_ELEMENTS (texts))]);
    default:
      json_node_free (changed);
      return json_node_copy (node);
    }
}

static JsonNode *
rebuild (JsonNode *node, GRand *random)
{
  if (g_rand_int_range (random, 0, 12) == 0)
    return mutate_node (node, random);
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_object_new ();
      g_autoptr (GList) names = json_object_get_members (json_node_get_object (node));
      for (GList *at = names; at != NULL; at = at->next)
        json_object_set_member (
            object, at->data,
            rebuild (json_object_get_member (json_node_get_object (node), at->data), random));
      JsonNode *copy = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (copy, object);
      return copy;
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_array_new ();
      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        json_array_add_element (
            array, rebuild (json_array_get_element (json_node_get_array (node), i), random));
      JsonNode *copy = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (copy, array);
      return copy;
    }
  return json_node_copy (node);
}

static void
test_values (void)
{
  g_autoptr (GPtrArray) corpus = load_corpus ();
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  for (guint i = 0; i < 5000; i++)
    {
      GBytes *bytes
          = g_ptr_array_index (corpus, (guint) g_rand_int_range (random, 0, (gint) corpus->len));
      g_autoptr (JsonNode) node = graph_json_parse (bytes, NULL);
      if (node == NULL)
        continue;
      g_autoptr (JsonNode) changed = rebuild (node, random);
      g_autofree char *text = graph_json_to_text (changed);
      LLVMFuzzerTestOneInput ((const guint8 *) text, strlen (text));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fuzz/graph/corpus", test_corpus);
  g_test_add_func ("/fuzz/graph/mutations", test_mutations);
  g_test_add_func ("/fuzz/graph/changed-values", test_values);
  return g_test_run ();
}
#endif
