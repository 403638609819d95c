/* What the feed reads, without a socket: heads, addresses, fields, packing, rates. */
#include <string.h>

#include "bucket.h"
#include "head.h"
#include "memo.h"
#include "packing.h"
#include "target.h"

#define HOST "Host: a\r\n"

static guint
refuse (const char *text, gsize length)
{
  guint refusal = 0;
  g_autoptr (FeedHead) head = feed_head_parse (text, length, &refusal);
  g_assert_true ((head == NULL) == (refusal != 0));
  return refusal;
}

typedef struct
{
  const char *head;
  guint refusal; /* 0: it is taken */
} HeadCase;

static const HeadCase heads[] = {
  { "GET / HTTP/1.1\r\n" HOST "\r\n", 0 },
  { "GET / HTTP/1.0\r\n\r\n", 0 },
  { "GET /?a=b%20c HTTP/1.1\r\n" HOST "Cookie: a=1\r\nCookie: b=2\r\n\r\n", 0 },
  { "POST / HTTP/1.1\r\n" HOST "Content-Length: 65536\r\n\r\n", 0 },
  { "POST / HTTP/1.1\r\n" HOST "Content-Length: 65537\r\n\r\n", 413 },
  { "POST / HTTP/1.1\r\n" HOST "Content-Length: 99999999999999999999\r\n\r\n", 413 },
  { "POST / HTTP/1.1\r\n" HOST "Content-Length: -1\r\n\r\n", 400 },
  { "POST / HTTP/1.1\r\n" HOST "Content-Length: +1\r\n\r\n", 400 },
  { "POST / HTTP/1.1\r\n" HOST "Content-Length: 0x1\r\n\r\n", 400 },
  { "POST / HTTP/1.1\r\n" HOST "Content-Length:\r\n\r\n", 400 },
  { "POST / HTTP/1.1\r\n" HOST "Content-Length: 1\r\nContent-Length: 1\r\n\r\n", 400 },
  { "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n", 411 },
  { "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n", 411 },
  { "POST / HTTP/1.1\r\n" HOST "Expect: 100-continue\r\nContent-Length: 1\r\n\r\n", 417 },
  { "GET / HTTP/1.1\r\n\r\n", 400 },
  { "GET / HTTP/1.1\r\n" HOST HOST "\r\n", 400 },
  { "GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400 },
  { "GET / HTTP/1.1\r\n" HOST " folded\r\n\r\n", 400 },
  { "GET / HTTP/1.1\r\n" HOST ": nameless\r\n\r\n", 400 },
  { "GET / HTTP/1.1\r\n" HOST "no colon\r\n\r\n", 400 },
  { "GET / HTTP/1.1\n" HOST "\r\n", 400 },
  { "GET / HTTP/1.1\r\n" HOST "A: b\rc\r\n\r\n", 400 },
  { "GET / HTTP/1.1\r\n" HOST "A: \x01\r\n\r\n", 400 },
  { "GET / HTTP/1.1\r\n" HOST "A: \xff\r\n\r\n", 400 },
  { "GET  / HTTP/1.1\r\n" HOST "\r\n", 400 },
  { "GET / HTTP/1.1 x\r\n" HOST "\r\n", 400 },
  { "GET /\r\n" HOST "\r\n", 400 },
  { "G(T / HTTP/1.1\r\n" HOST "\r\n", 400 },
  { "GET http://a/ HTTP/1.1\r\n" HOST "\r\n", 400 },
  { "OPTIONS * HTTP/1.1\r\n" HOST "\r\n", 405 },
  { "GET / HTTP/2.0\r\n" HOST "\r\n", 505 },
  { "GET / http/1.1\r\n" HOST "\r\n", 400 },
  { "PRI * HTTP/2.0\r\n\r\n", 505 },
  { "\x16\x03\x01 / x\r\n\r\n", 400 },
};

static void
test_heads (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    if (refuse (heads[i].head, strlen (heads[i].head)) != heads[i].refusal)
      g_test_fail_printf ("%u instead of %u: %s", refuse (heads[i].head, strlen (heads[i].head)),
                          heads[i].refusal, heads[i].head);
}

static void
test_zero_byte (void)
{
  static const char HEAD[] = "GET / HTTP/1.1\r\n" HOST "A: b\0c\r\n\r\n";
  g_assert_cmpuint (refuse (HEAD, sizeof HEAD - 1), ==, 400);
}

static void
test_meaning (void)
{
  static const char HEAD[] = "GET /a?b HTTP/1.1\r\nHOST:  a \r\nCookie: a=1\r\ncookie: b=2\r\n"
                             "X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 2.2.2.2\r\n"
                             "Connection: Close\r\n\r\n";
  guint refusal = 0;

  g_autoptr (FeedHead) head = feed_head_parse (HEAD, strlen (HEAD), &refusal);

  g_assert_cmpstr (head->method, ==, "GET");
  g_assert_cmpstr (head->target, ==, "/a?b");
  g_assert_true (head->closes);
  g_assert_false (head->is_old);
  g_assert_cmpstr (g_hash_table_lookup (head->headers, "host"), ==, "a");
  g_assert_cmpstr (g_hash_table_lookup (head->headers, "cookie"), ==, "a=1; b=2");
  g_assert_cmpstr (g_hash_table_lookup (head->headers, "x-forwarded-for"), ==, "1.1.1.1, 2.2.2.2");
}

/* A line of so many bytes, then one more. */
static void
test_line_limit (void)
{
  g_autofree char *path = g_strnfill (FEED_LINE_MAX_BYTES - strlen ("GET / HTTP/1.1"), 'a');
  g_autofree char *most = g_strdup_printf ("GET /%s HTTP/1.1\r\n" HOST "\r\n", path);
  g_autofree char *more = g_strdup_printf ("GET /%sa HTTP/1.1\r\n" HOST "\r\n", path);
  guint most_refusal = 0;
  guint more_refusal = 0;

  gssize end = feed_head_find_end (most, strlen (most), &most_refusal);

  g_assert_cmpint (end, ==, strlen (most));
  g_assert_cmpuint (most_refusal, ==, 0);
  g_assert_cmpint (feed_head_find_end (more, strlen (more), &more_refusal), ==, -1);
  g_assert_cmpuint (more_refusal, ==, 414);
}

static void
test_line_without_end (void)
{
  g_autofree char *line = g_strnfill (FEED_LINE_MAX_BYTES + 3, 'a');
  guint refusal = 0;

  g_assert_cmpint (feed_head_find_end (line, FEED_LINE_MAX_BYTES + 2, &refusal), ==, -1);
  g_assert_cmpuint (refusal, ==, 0);
  g_assert_cmpint (feed_head_find_end (line, FEED_LINE_MAX_BYTES + 3, &refusal), ==, -1);
  g_assert_cmpuint (refusal, ==, 414);
}

static char *
dup_with_headers (guint n, gsize bytes)
{
  GString *head = g_string_new ("GET / HTTP/1.1\r\n" HOST);
  for (guint i = 1; i < n; i++)
    g_string_append_printf (head, "H%u: b\r\n", i);
  if (bytes > head->len)
    {
      g_autofree char *value = g_strnfill (bytes - head->len - strlen ("P: \r\n\r\n"), 'a');
      g_string_append_printf (head, "P: %s\r\n", value);
    }
  g_string_append (head, "\r\n");
  return g_string_free (head, FALSE);
}

static void
test_header_limit (void)
{
  g_autofree char *most = dup_with_headers (FEED_HEADERS_MOST, 0);
  g_autofree char *more = dup_with_headers (FEED_HEADERS_MOST + 1, 0);

  g_assert_cmpuint (refuse (most, strlen (most)), ==, 0);
  g_assert_cmpuint (refuse (more, strlen (more)), ==, 431);
}

static void
test_head_limit (void)
{
  g_autofree char *most = dup_with_headers (1, FEED_HEAD_MAX_BYTES);
  g_autofree char *more = dup_with_headers (1, FEED_HEAD_MAX_BYTES + 1);
  guint refusal = 0;

  g_assert_cmpint (feed_head_find_end (most, strlen (most), &refusal), ==, FEED_HEAD_MAX_BYTES);
  g_assert_cmpuint (refusal, ==, 0);
  g_assert_cmpint (feed_head_find_end (more, strlen (more), &refusal), ==, -1);
  g_assert_cmpuint (refusal, ==, 431);
}

static const struct
{
  const char *target;
  const char *path; /* NULL: refused */
} targets[] = {
  { "/", "/" },
  { "/7by/studietur/2027", "/7by/studietur/2027" },
  { "/7by/?a=/../", "/7by/" },
  { "/%C3%A6/b%20c", "/æ/b c" },
  { "/..", NULL },
  { "/a/../b", NULL },
  { "/a/%2e%2E/b", NULL },
  { "/a/./b", NULL },
  { "/a//b", NULL },
  { "//", NULL },
  { "/a%2Fb", NULL },
  { "/a%5Cb", NULL },
  { "/a\\b", NULL },
  { "/a%00", NULL },
  { "/a%0d%0a", NULL },
  { "/a%", NULL },
  { "/a%4", NULL },
  { "/a%zz", NULL },
  { "/a%ff", NULL },
  { "/a%c0%ae", NULL },
  { "/a#b", NULL },
};

static void
test_paths (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *path = feed_target_dup_path (targets[i].target);
      if (g_strcmp0 (path, targets[i].path) != 0)
        g_test_fail_printf ("%s is %s", targets[i].target, path != NULL ? path : "refused");
    }
}

static void
test_fields (void)
{
  g_autoptr (GPtrArray) fields = feed_target_list_fields ("a=1+2&b&&c=%C3%A6%0A&a=3=4");

  g_assert_cmpuint (fields->len, ==, 9);
  g_assert_cmpstr (g_ptr_array_index (fields, 1), ==, "1 2");
  g_assert_cmpstr (g_ptr_array_index (fields, 3), ==, "");
  g_assert_cmpstr (g_ptr_array_index (fields, 5), ==, "æ\n");
  g_assert_cmpstr (g_ptr_array_index (fields, 7), ==, "3=4");
  g_assert_null (g_ptr_array_index (fields, 8));
  g_assert_null (feed_target_list_fields ("a=%ff"));
  g_assert_null (feed_target_list_fields ("%00=a"));
}

static void
test_field_limit (void)
{
  g_autofree char *many = g_strnfill (FEED_FIELDS_MOST - 1, '&');
  g_autofree char *more = g_strnfill (FEED_FIELDS_MOST, '&');
  g_autoptr (GPtrArray) fields = feed_target_list_fields (many);

  g_assert_nonnull (fields);
  g_assert_null (feed_target_list_fields (more));
}

static void
test_encodings (void)
{
  g_assert_true (feed_packing_is_taken ("gzip"));
  g_assert_true (feed_packing_is_taken ("br, GZIP;q=0.1"));
  g_assert_true (feed_packing_is_taken ("*"));
  g_assert_false (feed_packing_is_taken (NULL));
  g_assert_false (feed_packing_is_taken (""));
  g_assert_false (feed_packing_is_taken ("identity"));
  g_assert_false (feed_packing_is_taken ("gzip;q=0, *"));
  g_assert_false (feed_packing_is_taken ("xgzip"));
  g_assert_true (feed_packing_is_worth ("text/calendar; charset=utf-8", 512));
  g_assert_false (feed_packing_is_worth ("text/html", 511));
  g_assert_false (feed_packing_is_worth ("image/png", 5000));
}

static void
test_packed (void)
{
  g_autofree char *text = g_strnfill (100000, 'a');
  g_autoptr (GBytes) bytes = g_bytes_new (text, 100000);
  g_autoptr (GBytes) first = feed_packing_pack (bytes);
  g_autoptr (GBytes) second = feed_packing_pack (bytes);
  g_autoptr (GZlibDecompressor) zlib = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autofree char *back = g_malloc0 (100001);
  gsize n_read = 0;
  gsize n_written = 0;

  g_converter_convert (G_CONVERTER (zlib), g_bytes_get_data (first, NULL), g_bytes_get_size (first),
                       back, 100000, G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);

  g_assert_true (g_bytes_equal (first, second));
  g_assert_cmpuint (g_bytes_get_size (first), <, 2000);
  g_assert_cmpuint (n_written, ==, 100000);
  g_assert_cmpstr (back, ==, text);
}

static void
test_tags (void)
{
  g_assert_true (feed_packing_has_tag ("\"a\"", "a"));
  g_assert_true (feed_packing_has_tag ("W/\"a\"", "a"));
  g_assert_true (feed_packing_has_tag ("\"b\", W/\"a-gz\"", "a"));
  g_assert_true (feed_packing_has_tag ("*", "a"));
  g_assert_false (feed_packing_has_tag (NULL, "a"));
  g_assert_false (feed_packing_has_tag ("a", "a"));
  g_assert_false (feed_packing_has_tag ("\"a", "a"));
  g_assert_false (feed_packing_has_tag ("\"ab\"", "a"));
  g_assert_false (feed_packing_has_tag ("\"a-br\"", "a"));
}

static void
test_rate (void)
{
  g_autoptr (FeedBuckets) buckets = feed_buckets_new (2, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (feed_buckets_take (buckets, "192.0.2.1", 0), ==, 0);

  g_assert_cmpuint (feed_buckets_take (buckets, "192.0.2.1", 0), ==, 1);
  g_assert_cmpuint (feed_buckets_take (buckets, "192.0.2.2", 0), ==, 0);
  g_assert_cmpuint (feed_buckets_take (buckets, "192.0.2.1", 499999), ==, 1);
  g_assert_cmpuint (feed_buckets_take (buckets, "192.0.2.1", 500001), ==, 0);
  g_assert_cmpuint (feed_buckets_take (buckets, "192.0.2.1", 500002), ==, 1);
}

static void
test_six (void)
{
  g_autoptr (FeedBuckets) buckets = feed_buckets_new (1, 1);

  g_assert_cmpuint (feed_buckets_take (buckets, "2001:db8::1", 0), ==, 0);
  g_assert_cmpuint (feed_buckets_take (buckets, "2001:db8::ffff", 0), >, 0);
  g_assert_cmpuint (feed_buckets_take (buckets, "2001:db8:0:1::1", 0), ==, 0);
}

static void
test_many_readers (void)
{
  g_autoptr (FeedBuckets) buckets = feed_buckets_new (1, 1);
  for (guint i = 0; i < FEED_BUCKETS_MOST * 2; i++)
    {
      g_autofree char *peer = g_strdup_printf ("reader %u", i);
      feed_buckets_take (buckets, peer, 0);
    }

  g_assert_cmpuint (feed_buckets_get_size (buckets), <=, FEED_BUCKETS_MOST);
  g_assert_cmpuint (feed_buckets_take (buckets, "a stranger", 0), >, 0);
  g_assert_cmpuint (feed_buckets_take (buckets, "a stranger", 2 * G_USEC_PER_SEC), ==, 0);
  g_assert_cmpuint (feed_buckets_get_size (buckets), <, 3);
}

static void
test_memo (void)
{
  g_autoptr (FeedMemo) memo = feed_memo_new ();
  feed_memo_put (memo, "/a", 1, "e1", "no-cache");

  g_assert_cmpstr (feed_memo_find (memo, "/a", 1)->etag, ==, "e1");
  g_assert_null (feed_memo_find (memo, "/b", 1));
  g_assert_null (feed_memo_find (memo, "/a", 2));
  g_assert_null (feed_memo_find (memo, "/a", 1));
}

static void
test_memo_limit (void)
{
  g_autoptr (FeedMemo) memo = feed_memo_new ();
  for (guint i = 0; i < FEED_MEMO_MOST * 3; i++)
    {
      g_autofree char *target = g_strdup_printf ("/%u", i);
      feed_memo_put (memo, target, 1, "e", "no-cache");
      g_assert_cmpuint (feed_memo_get_size (memo), <=, FEED_MEMO_MOST);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, run) g_test_add_func ("/provider/feed/wire/" name, run)
  ADD ("head-that-could-be-read-in-two-ways-is-refused", test_heads);
  ADD ("head-with-a-zero-is-refused", test_zero_byte);
  ADD ("head-is-read", test_meaning);
  ADD ("line-has-a-limit", test_line_limit);
  ADD ("line-without-an-end-has-the-same", test_line_without_end);
  ADD ("headers-have-a-limit", test_header_limit);
  ADD ("head-has-a-limit", test_head_limit);
  ADD ("path-has-one-spelling", test_paths);
  ADD ("fields-are-read", test_fields);
  ADD ("fields-have-a-limit", test_field_limit);
  ADD ("packed-page-is-for-those-who-take-it", test_encodings);
  ADD ("packed-page-is-the-same-each-time", test_packed);
  ADD ("tag-is-compared-weakly", test_tags);
  ADD ("rate-is-each-readers-own", test_rate);
  ADD ("reader-of-six-is-known-by-its-network", test_six);
  ADD ("readers-without-number-share-a-place", test_many_readers);
  ADD ("memo-is-of-one-version", test_memo);
  ADD ("memo-has-a-limit", test_memo_limit);
  return g_test_run ();
}
