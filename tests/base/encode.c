/* Text in places with fewer letters. */
#include "base/encode.h"
#include "base/error.h"

#include <string.h>

static void
test_base64url (void)
{
  g_autofree char *key = tn_encode_base64url ("v1\nc=7by\ns=studietur\ny=2027");
  g_autofree char *signs = tn_encode_base64url ("æøå?>~");

  g_assert_cmpstr (key, ==, "djEKYz03YnkKcz1zdHVkaWV0dXIKeT0yMDI3");
  g_assert_cmpstr (signs, ==, "w6bDuMOlPz5-");
}

/* A text of `length` bytes: of letters of one, two, three and four bytes, and signs that matter. */
static char *
make_text (guint length)
{
  static const char *const letters[]
      = { "a", "=", "%", " ", "\n", "\t", "\x7f", "\x01", "ø", "€", "😀", "+", "/", "," };
  GString *text = g_string_new (NULL);
  while (text->len < length)
    g_string_append (text, letters[g_test_rand_int_range (0, G_N_ELEMENTS (letters))]);
  return g_string_free (text, FALSE);
}

static void
test_base64url_back (void)
{
  for (guint length = 0; length < 200; length++)
    {
      g_autofree char *text = make_text (length);
      g_autofree char *code = tn_encode_base64url (text);
      g_autofree char *back = tn_decode_base64url (code, NULL);

      g_assert_cmpstr (back, ==, text);
      g_assert_cmpuint (strspn (code, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                      "0123456789-_"),
                        ==, strlen (code));
    }
}

static void
test_base64url_bad (void)
{
  /* Other letters, padding, an impossible length, bytes that are no UTF-8, a zero byte. */
  static const char *const bad[] = { "a b", "YQ==", "YWJj+", "YWJjZ", "__4", "YQBi", "æ" };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = tn_decode_base64url (bad[i], &error);

      g_assert_null (text);
      g_assert_true (tn_error_is_invalid (error));
    }
}

static void
test_percent (void)
{
  g_autofree char *code = tn_encode_percent ("Møde i Århus: 100%\nk=v");

  g_assert_cmpstr (code, ==, "Møde%20i%20Århus:%20100%25%0Ak%3Dv");
}

static void
test_percent_back (void)
{
  for (guint length = 0; length < 200; length++)
    {
      g_autofree char *text = make_text (length);
      g_autofree char *code = tn_encode_percent (text);
      g_autofree char *back = tn_decode_percent (code);

      g_assert_cmpstr (back, ==, text);
      g_assert_null (strpbrk (code, " \n\t=\x7f\x01"));
    }
}

static void
test_percent_bad (void)
{
  static const char *const bad[] = { "%", "%2", "%zz", "a%00b", "%ff", "%c3" };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *text = tn_decode_percent (bad[i]);

      g_assert_null (text);
    }
}

static void
test_nearest (void)
{
  const char *const words[] = { "year", "half-year", "quarter", "month", "school-year", NULL };

  g_assert_cmpstr (tn_encode_find_nearest ("moth", words), ==, "month");
  g_assert_cmpstr (tn_encode_find_nearest ("quater", words), ==, "quarter");
  g_assert_cmpstr (tn_encode_find_nearest ("shcool-year", words), ==, "school-year");
  g_assert_cmpstr (tn_encode_find_nearest ("year", words), ==, "year");
}

static void
test_nothing_near (void)
{
  const char *const words[] = { "year", "month", NULL };
  g_autofree char *endless = g_strnfill (1000, 'x');

  g_assert_null (tn_encode_find_nearest ("fortnigth", words));
  g_assert_null (tn_encode_find_nearest (endless, words));
  g_assert_null (tn_encode_find_nearest ("year", NULL));
}

static void
test_first_of_equals (void)
{
  const char *const words[] = { "bat", "cat", NULL };

  g_assert_cmpstr (tn_encode_find_nearest ("hat", words), ==, "bat");
}

/* Source: FIPS 180-4 test vector of the empty message; the other by Python's hashlib. */
static void
test_sha256 (void)
{
  g_autofree char *nothing = tn_encode_sha256 ("", -1);
  g_autofree char *letter = tn_encode_sha256 ("æ", -1);
  g_autofree char *part = tn_encode_sha256 ("æble", 2);

  g_assert_cmpstr (nothing, ==, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  g_assert_cmpstr (letter, ==, "889be819e24eaa58cd98ff071bc5aa9d9d6b3fea8d62c6cd43778c7370d2bf60");
  g_assert_cmpstr (part, ==, letter);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/encode/base64url-as-the-rfc-has-it", test_base64url);
  g_test_add_func ("/base/encode/base64url-is-read-back", test_base64url_back);
  g_test_add_func ("/base/encode/what-is-no-base64url-is-refused", test_base64url_bad);
  g_test_add_func ("/base/encode/percent-leaves-letters-readable", test_percent);
  g_test_add_func ("/base/encode/percent-is-read-back", test_percent_back);
  g_test_add_func ("/base/encode/broken-percent-is-refused", test_percent_bad);
  g_test_add_func ("/base/encode/misspelt-word-finds-the-meant-one", test_nearest);
  g_test_add_func ("/base/encode/other-words-find-none", test_nothing_near);
  g_test_add_func ("/base/encode/first-of-equally-near-words", test_first_of_equals);
  g_test_add_func ("/base/encode/sha256-as-the-standard-has-it", test_sha256);
  return g_test_run ();
}
