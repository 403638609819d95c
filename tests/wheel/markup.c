/* tests/wheel/markup.c — texts of people never become markup */
#include "wheel/markup.h"

static void
assert_text (const char *text, const char *expected)
{
  g_autoptr (GString) markup = g_string_new (NULL);
  tn_markup_append_text (markup, text);
  g_assert_cmpstr (markup->str, ==, expected);
}

static void
test_text (void)
{
  assert_text ("a < b & \"c\" > 'd'", "a &lt; b &amp; &quot;c&quot; &gt; &#39;d&#39;");
  assert_text ("Ærø\n", "Ærø\n");
  assert_text (NULL, "");
}

/* An XML reader stops at these, and a browser shows nothing of the picture. */
static void
test_unsayable (void)
{
  assert_text ("a\001\033[31m\177\302\205b\357\277\277c", "a[31mbc");
  assert_text ("a\377b", "a\357\277\275b");
}

static void
test_elements (void)
{
  g_autoptr (GString) markup = g_string_new (NULL);
  tn_markup_open (markup, "li", "class", NULL, "id", "\"><x", NULL);
  tn_markup_add (markup, "a", "<b>", "href", "/?a=1&b=2", NULL);
  tn_markup_add_void (markup, "br", NULL);
  tn_markup_close (markup, "li");
  g_assert_cmpstr (markup->str, ==,
                   "<li id=\"&quot;&gt;&lt;x\"><a href=\"/?a=1&amp;b=2\">&lt;b&gt;</a><br/></li>");
}

static void
test_addresses (void)
{
  g_assert_true (tn_markup_is_address ("https://example.org/a:b"));
  g_assert_true (tn_markup_is_address ("mailto:raad@example.org"));
  g_assert_true (tn_markup_is_address ("/privacy"));
  g_assert_true (tn_markup_is_address ("event?id=a:b"));
  g_assert_true (tn_markup_is_address ("#content"));
  g_assert_false (tn_markup_is_address ("javascript:alert(1)"));
  g_assert_false (tn_markup_is_address ("JavaScript:alert(1)"));
  g_assert_false (tn_markup_is_address ("java\nscript:alert(1)"));
  g_assert_false (tn_markup_is_address (" javascript:alert(1)"));
  g_assert_false (tn_markup_is_address ("data:text/html,x"));
  g_assert_false (tn_markup_is_address (""));
  g_assert_false (tn_markup_is_address (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wheel/markup/text-is-escaped", test_text);
  g_test_add_func ("/wheel/markup/what-xml-cannot-say-is-left-out", test_unsayable);
  g_test_add_func ("/wheel/markup/attribute-without-a-value-is-left-out", test_elements);
  g_test_add_func ("/wheel/markup/script-is-no-address", test_addresses);
  return g_test_run ();
}
