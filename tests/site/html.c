/* Texts stay texts. */
#include "site/html.h"

static char *
add (const char *text)
{
  GString *html = g_string_new (NULL);
  tn_html_add (html, "<b>%s</b>", text);
  return g_string_free (html, FALSE);
}

static void
test_markup_is_escaped (void)
{
  g_autofree char *html = add ("<script>alert(1)</script> & \"a\" 'b'");
  g_assert_cmpstr (
      html, ==, "<b>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;a&quot; &apos;b&apos;</b>");
}

static void
test_turning_letters_are_left_out (void)
{
  g_autofree char *html = add ("ab\xe2\x80\xae"
                               "cd\xe2\x81\xa7"
                               "e\xd8\x9c"
                               "f");
  g_assert_cmpstr (html, ==, "<b>abcdef</b>");
}

static void
test_controls_are_left_out (void)
{
  g_autofree char *html = add ("a\x01\x1b[31mb\x7f"
                               "\xc2\x9b"
                               "c &#x41;");
  g_assert_cmpstr (html, ==, "<b>a[31mbc &amp;#x41;</b>");
  g_autofree char *clean = tn_html_clean ("a\x01\x1b[31mb\x7f"
                                          "c\n\td");
  g_assert_cmpstr (clean, ==, "a[31mbc\n\td");
}

static void
test_letters_of_all_people_stay (void)
{
  g_autofree char *html = add ("Ældreråd Århus Œuvre שלום 議会");
  g_assert_cmpstr (html, ==, "<b>Ældreråd Århus Œuvre שלום 議会</b>");
}

static void
test_bad_bytes_do_no_harm (void)
{
  g_autofree char *clean = tn_html_clean ("a\xff"
                                          "b");
  g_assert_true (g_utf8_validate (clean, -1, NULL));
}

static void
test_a_table_has_caption_and_headings (void)
{
  static const char *const columns[] = { "When", "<What>", NULL };
  g_autoptr (GString) html = g_string_new (NULL);
  tn_html_table (html, "Next \"events\"", columns);
  tn_html_table_end (html);

  g_assert_nonnull (strstr (html->str, "<caption>Next &quot;events&quot;</caption>"));
  g_assert_nonnull (strstr (html->str, "<th scope=\"col\">&lt;What&gt;</th>"));
  g_assert_nonnull (strstr (html->str, "tabindex=\"0\" aria-label=\"Next &quot;events&quot;\""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/site/html/markup-is-escaped", test_markup_is_escaped);
  g_test_add_func ("/site/html/turning-letters-are-left-out", test_turning_letters_are_left_out);
  g_test_add_func ("/site/html/controls-are-left-out", test_controls_are_left_out);
  g_test_add_func ("/site/html/letters-of-all-people-stay", test_letters_of_all_people_stay);
  g_test_add_func ("/site/html/bad-bytes-do-no-harm", test_bad_bytes_do_no_harm);
  g_test_add_func ("/site/html/a-table-has-caption-and-headings",
                   test_a_table_has_caption_and_headings);
  return g_test_run ();
}
