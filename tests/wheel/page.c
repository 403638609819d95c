/* tests/wheel/page.c — the frame of every page */
#include "wheel/page.h"

#include <string.h>

static const TnPageLink WAYS[] = {
  { "Hjul", "/", TRUE },
  { "Liste <b>", "/liste?a=1&b=2", FALSE },
  { NULL, NULL, FALSE },
};

static const TnPageLink FOOTER[] = {
  { "Privatliv", "https://example.org/privatliv", FALSE },
  { "Kontakt", "javascript:alert(1)", FALSE },
  { NULL, NULL, FALSE },
};

static TnPage
make_page (void)
{
  return (TnPage){ .language = TN_LANGUAGE_DA,
                   .title = "Møder & ture",
                   .site = "7-by",
                   .home = "/",
                   .stylesheet = "/sheet.css",
                   .ways = WAYS,
                   .footer = FOOTER,
                   .content = "<p>her</p>\n" };
}

static void
assert_has (const char *html, const char *part)
{
  g_assert_nonnull (strstr (html, part));
}

static void
test_parts (void)
{
  TnPage page = make_page ();
  g_autofree char *html = tn_page_to_html (&page);

  g_assert_true (g_str_has_prefix (html, "<!DOCTYPE html>\n<html lang=\"da\">\n<head>"));
  assert_has (html, "<title>Møder &amp; ture - 7-by</title>");
  assert_has (html, "<h1>Møder &amp; ture</h1>\n<p>her</p>\n</main>");
  assert_has (html, "<a href=\"/\" aria-current=\"page\">Hjul</a>");
  assert_has (html, "<a href=\"/liste?a=1&amp;b=2\">Liste &lt;b&gt;</a>");
  assert_has (html, "<a href=\"https://example.org/privatliv\">Privatliv</a>");
  assert_has (html, "<main id=\"content\" tabindex=\"-1\">");
}

/* WCAG 2.4.1: the first thing that the Tab key finds. */
static void
test_skip (void)
{
  TnPage page = make_page ();
  g_autofree char *html = tn_page_to_html (&page);
  const char *first = strstr (html, "<a ");
  g_assert_true (g_str_has_prefix (first, "<a class=\"skip\" href=\"#content\">"));
}

static void
test_script_address (void)
{
  TnPage page = make_page ();
  g_autofree char *html = tn_page_to_html (&page);
  g_assert_null (strstr (html, "javascript"));
  assert_has (html, "<li>Kontakt</li>");
}

/* What a policy that allows only the server's own sheet would forbid. */
static void
test_strict_policy (void)
{
  TnPage page = make_page ();
  g_autofree char *html = tn_page_to_html (&page);
  g_assert_null (strstr (html, "style="));
  g_assert_null (strstr (html, "<style"));
  g_assert_null (strstr (html, "<script"));
  assert_has (html, "<link rel=\"stylesheet\" href=\"/sheet.css\"/>");
}

static void
test_alone (void)
{
  TnPage page = { .language = TN_LANGUAGE_EN, .title = "a", .content = "" };
  g_autofree char *html = tn_page_to_html (&page);
  assert_has (html, tn_page_get_stylesheet ());
  g_assert_null (strstr (html, "<nav"));
  g_assert_null (strstr (html, "<header"));
  g_assert_null (strstr (html, "<footer"));
  g_assert_null (strstr (html, "class=\"skip\""));
  g_assert_null (strstr (html, "url("));
  g_assert_null (strstr (html, "@import"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wheel/page/has-title-heading-ways-and-footer", test_parts);
  g_test_add_func ("/wheel/page/first-link-leads-past-the-ways", test_skip);
  g_test_add_func ("/wheel/page/address-that-is-none-is-text", test_script_address);
  g_test_add_func ("/wheel/page/has-no-style-of-its-own-and-no-script", test_strict_policy);
  g_test_add_func ("/wheel/page/stands-alone-with-its-sheet-within", test_alone);
  return g_test_run ();
}
