/* tests/wheel/svg.c — a year wheel as a picture */
#include "wheel/svg.h"

#include "draft.h"
#include "geometry.h"

#include <locale.h>
#include <string.h>

static char *
draw (Draft *draft, const char *base)
{
  g_autoptr (TnPlan) plan = draft_make_plan (draft, 2027);
  g_autoptr (TnLayout) layout
      = tn_layout_new (plan, draft->collaboration, 2027, tn_date_new (2027, 6, 1), NULL);
  return tn_svg_from_layout (layout, base);
}

static char *
draw_full (const char *word, const char *base)
{
  g_autoptr (Draft) draft = draft_new_full (6, 3, word);
  return draw (draft, base);
}

static void
on_start (GMarkupParseContext *context, const char *name, const char **names, const char **values,
          gpointer user_data, GError **error)
{
  GHashTable *ids = user_data;
  for (gsize i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], "id") == 0)
      g_assert_true (g_hash_table_add (ids, g_strdup (values[i])));
}

/* Any XML reader reads it, whatever people wrote; an id stands once. */
static void
test_well_formed (void)
{
  static const GMarkupParser parser = { .start_element = on_start };
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *svg = draw_full ("<\"&'>\033[31m", "/event/");
  g_autoptr (GError) error = NULL;
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, ids, NULL);

  g_assert_true (g_markup_parse_context_parse (context, svg, -1, &error));
  g_assert_no_error (error);
  g_assert_true (g_markup_parse_context_end_parse (context, &error));
  g_assert_true (g_hash_table_contains (ids, "wheel-c-2027-title"));
  g_assert_true (g_hash_table_contains (ids, "wheel-c-2027-2"));
}

static void
test_described (void)
{
  g_autofree char *svg = draw_full ("Ærø", NULL);
  g_assert_nonnull (
      strstr (svg, "role=\"img\" aria-labelledby=\"wheel-c-2027-title wheel-c-2027-desc\""));
  g_assert_nonnull (strstr (svg, "<title id=\"wheel-c-2027-title\">Ærø - Year wheel 2027</title>"));
  g_assert_nonnull (strstr (svg, "Friday 1 January: Ærø (Host: Ærø)"));
}

static char *
draw_part (void)
{
  g_autoptr (Draft) draft = draft_new_full (6, 3, "Møde");
  g_autoptr (TnPlan) plan = draft_make_plan (draft, 2027);
  g_autoptr (TnLayout) layout
      = tn_layout_new (plan, draft->collaboration, 2027, TN_DATE_NONE, NULL);
  g_autoptr (GString) part = g_string_new (NULL);
  tn_svg_append (part, layout, NULL);
  return g_strdup (part->str);
}

/* What a strict policy forbids, and what would be fetched from elsewhere. */
static void
test_strict (void)
{
  static const char *const foreign[]
      = { "style=", "<style", "<script", "xlink", "<image", "@import", "onload", "<?xml", "<a " };
  g_autofree char *svg = draw_part ();
  for (gsize i = 0; i < G_N_ELEMENTS (foreign); i++)
    g_assert_null (strstr (svg, foreign[i]));
}

/* Chromium prints a picture on the paper of its printer, and cuts off what is beside it. */
static void
test_paper (void)
{
  g_autofree char *svg = draw_full ("Møde", NULL);
  g_assert_nonnull (strstr (svg, "<style>@page { size: A3 landscape; margin: 0; }</style>"));
}

/* A text is a stop of the keyboard, the mark that it is about is none as well. */
static void
test_links (void)
{
  g_autofree char *svg = draw_full ("Møde", "/event/");
  g_auto (GStrv) links = g_strsplit (svg, "<a href=\"/event/c/s0/2027.1\"", -1);
  g_assert_cmpuint (g_strv_length (links), ==, 1 + 3); /* mark, text, a deadline */
  g_assert_true (g_str_has_prefix (links[1], " tabindex=\"-1\" aria-hidden=\"true\">"));
  g_assert_true (g_str_has_prefix (links[2], ">"));
  g_assert_null (strstr (svg, "role=\"img\"")); /* would hide them */
}

/* Numbers have a point and one digit, the picture no time and no chance. */
static void
test_same (void)
{
  g_autofree char *one = draw_full ("Møde", NULL);
  g_autofree char *locale = g_strdup (setlocale (LC_ALL, NULL));
  setlocale (LC_ALL, "da_DK.UTF-8"); /* where there is one, its numbers have a comma */
  g_autofree char *other = draw_full ("Møde", NULL);
  setlocale (LC_ALL, locale);
  g_assert_cmpstr (one, ==, other);
  g_assert_false (g_regex_match_simple ("[0-9]\\.[0-9][0-9]", one, 0, 0));
}

/* What is off, and what is settled, is told by more than a colour. */
static void
test_states (void)
{
  g_autoptr (Draft) draft = draft_new ("Prøve", TN_LANGUAGE_EN);
  TnSeries *series = draft_add_series (draft, "Møde");
  draft_add (draft, series, tn_date_new (2027, 2, 1), 1, "A")->status = TN_STATUS_CONFIRMED;
  draft_add (draft, series, tn_date_new (2027, 4, 1), 1, "B")->status = TN_STATUS_CANCELLED;
  draft_add (draft, series, tn_date_new (2027, 6, 1), 1, "C");
  g_autofree char *svg = draw (draft, NULL);
  g_assert_nonnull (strstr (svg, ">The date is settled</text>"));
  g_assert_nonnull (strstr (svg, ">The date is proposed</text>"));
  g_assert_nonnull (strstr (svg, ">Cancelled or put off</text>"));
  g_assert_nonnull (strstr (svg, "stroke-dasharray=\"14 7\""));
  g_assert_nonnull (strstr (svg, ">B (cancelled)</text>"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wheel/svg/is-well-formed-whatever-people-wrote", test_well_formed);
  g_test_add_func ("/wheel/svg/tells-its-dates-in-words", test_described);
  g_test_add_func ("/wheel/svg/part-of-a-page-needs-nothing-that-a-strict-policy-forbids",
                   test_strict);
  g_test_add_func ("/wheel/svg/file-is-printed-on-a3", test_paper);
  g_test_add_func ("/wheel/svg/texts-are-links-and-marks-no-second-ones", test_links);
  g_test_add_func ("/wheel/svg/same-plan-is-the-same-file", test_same);
  g_test_add_func ("/wheel/svg/states-differ-without-colour", test_states);
  return g_test_run ();
}
