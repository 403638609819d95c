/* Whatever a reader sends: it is a judged request or a refusal with a status of HTTP, and what the
 * site would be told is UTF-8, has a path with a slash before it and no dot segments. With clang
 * and -DTN_LIBFUZZER -fsanitize=fuzzer a fuzzer; else a test of seeded mutations. */
#include <string.h>

#include "request.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static void
check_list (GPtrArray *list)
{
  for (guint i = 0; list != NULL && g_ptr_array_index (list, i) != NULL; i++)
    g_assert_true (g_utf8_validate (g_ptr_array_index (list, i), -1, NULL));
}

static void
check_request (const FeedRequest *request)
{
  if (request->refusal != 0)
    {
      g_assert_cmpuint (request->refusal, >=, 300);
      g_assert_cmpuint (request->refusal, <, 600);
      return;
    }
  g_assert_true (*request->path == '/');
  g_assert_true (g_utf8_validate (request->path, -1, NULL));
  g_assert_null (strstr (request->path, "/../"));
  g_assert_false (g_str_has_suffix (request->path, "/.."));
  check_list (request->query);
  check_list (request->form);
  check_list (request->headers);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  guint refusal = 0;
  gssize end = feed_head_find_end ((const char *) data, size, &refusal);
  g_assert_true (end <= (gssize) size && (end == -1 || refusal == 0));
  if (end < 0)
    return 0;
  g_autoptr (FeedHead) head = feed_head_parse ((const char *) data, (gsize) end, &refusal);
  g_assert_true ((head == NULL) == (refusal >= 400 && refusal < 600));
  if (head == NULL || size - (gsize) end < head->body_bytes)
    return 0;
  g_autofree char *body = g_strndup ((const char *) data + end, head->body_bytes);
  g_autoptr (FeedRules) rules
      = feed_rules_new ("https://a/t/", "127.0.0.1:80", "127.0.0.1", "x-user");
  g_autoptr (FeedRequest) request = feed_request_judge (rules, head, body, "127.0.0.1");
  check_request (request);
  return 0;
}

#ifndef TN_LIBFUZZER
static const char *const SEEDS[] = {
  "GET /t/7by/%C3%A5r?a=b&c=%20 HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"e\"\r\n\r\n",
  "POST /t/ HTTP/1.1\r\nHost: a\r\nOrigin: https://a\r\nContent-Length: 9\r\n"
  "Content-Type: application/x-www-form-urlencoded\r\n\r\na=b&c=%20",
  "HEAD / HTTP/1.0\r\nX-Forwarded-For: 1.2.3.4, ::1\r\nX-User: anna\r\nCookie: s=1\r\n\r\n",
};

static void
test_mutations (void)
{
  static const char signs[] = " %/.\\:;=&?#\r\n\t\"\x7f\xc3";
  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text
          = g_string_new (SEEDS[g_test_rand_int_range (0, G_N_ELEMENTS (SEEDS))]);
      for (int n = g_test_rand_int_range (0, 6); n > 0; n--)
        {
          gssize at = g_test_rand_int_range (0, (gint32) text->len);
          if (g_test_rand_int_range (0, 2) == 0)
            g_string_erase (text, at, 1);
          else
            g_string_insert_c (text, at, signs[g_test_rand_int_range (0, sizeof signs)]);
        }
      LLVMFuzzerTestOneInput ((const guint8 *) text->str, text->len);
    }
}

static void
test_seeds (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (SEEDS); i++)
    LLVMFuzzerTestOneInput ((const guint8 *) SEEDS[i], strlen (SEEDS[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fuzz/feed/seeds", test_seeds);
  g_test_add_func ("/fuzz/feed/mutations-are-judged-or-refused", test_mutations);
  return g_test_run ();
}
#endif
