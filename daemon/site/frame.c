/* The frame: one heading, landmarks, where one can go from here, and at the foot whom to ask. It is
 * the same on each page, so that nobody has to learn it twice (WCAG 2.1, 3.2.3). */
#include "site/frame.h"

#include "base/error.h"
#include "model/catalogue.h"
#include "site/html.h"

#include <string.h>

static const char HTML_TYPE[] = "text/html; charset=utf-8";

typedef struct
{
  const char *path; /* %s: the collaboration */
  const char *text;
} Place;

static const Place PLACES[] = {
  { "c/%s", N_ ("Overview") },
  { "c/%s/wheel", N_ ("Year wheel") },
  { "c/%s/programme", N_ ("Programme") },
  { "c/%s/hosts", N_ ("Who hosts when") },
  { "c/%s/deadlines", N_ ("Deadlines") },
  { "c/%s/subscribe", N_ ("Subscribe") },
  { "health", N_ ("Calendars") },
};

/* Returns: (transfer full): where a place is for this reader */
static char *
dup_path (const TnReader *reader, const Place *place)
{
  g_auto (GStrv) parts = g_strsplit (place->path, "%s", 2);
  return parts[1] != NULL ? g_strconcat (parts[0], reader->collaboration->id, parts[1], NULL)
                          : g_strdup (parts[0]);
}

static void
add_place (GString *html, const TnReader *reader, const char *path, const char *text)
{
  gboolean is_here = strcmp (reader->visit->path + 1, path) == 0;
  tn_html_add (html, "<li><a href=\"%s%s\"", reader->folder, path);
  tn_html_add (html, is_here ? " aria-current=\"page\">" : ">");
  tn_html_add (html, "%s</a></li>\n", text);
}

static void
add_navigation (GString *html, const TnReader *reader)
{
  tn_html_add (html, "<nav aria-label=\"%s\">\n<ul>\n", tn_say (reader->language, N_ ("Pages")));
  for (guint i = 0; i < G_N_ELEMENTS (PLACES); i++)
    {
      if (reader->collaboration == NULL && strstr (PLACES[i].path, "%s") != NULL)
        continue;
      g_autofree char *path = dup_path (reader, &PLACES[i]);
      add_place (html, reader, path, tn_say (reader->language, PLACES[i].text));
    }
  if (reader->premises->decides)
    add_place (html, reader, "decide", tn_say (reader->language, N_ ("Decide")));
  tn_html_add (html, "</ul>\n</nav>\n");
}

static void
add_speaker (GString *html, const TnReader *reader)
{
  if (reader->council == NULL)
    return;
  g_autofree char *text = g_strdup_printf (tn_say (reader->language, N_ ("You speak for %s.")),
                                           tn_reader_get_council_name (reader, reader->council));
  tn_html_add (html, "<div class=\"speaker\"><p>%s</p>", text);
  if (reader->token != NULL)
    tn_html_add (html,
                 "<form method=\"post\" action=\"%ssign-out\"><button type=\"submit\" "
                 "class=\"quiet\">%s</button></form>",
                 reader->folder, tn_say (reader->language, N_ ("Sign out")));
  tn_html_add (html, "</div>\n");
}

static void
add_foot_link (GString *html, const char *url, const char *text)
{
  if (url != NULL)
    tn_html_add (html, "<li><a href=\"%s\">%s</a></li>\n", url, text);
}

static void
add_foot (GString *html, const TnReader *reader)
{
  const TnPremises *premises = reader->premises;
  tn_html_add (html, "<footer>\n");
  if (premises->accessibility != NULL || premises->privacy != NULL || premises->contact != NULL)
    {
      tn_html_add (html, "<ul>\n");
      add_foot_link (html, premises->accessibility,
                     tn_say (reader->language, N_ ("Accessibility statement")));
      add_foot_link (html, premises->privacy, tn_say (reader->language, N_ ("Privacy")));
      add_foot_link (html, premises->contact, tn_say (reader->language, N_ ("Contact")));
      tn_html_add (html, "</ul>\n");
    }
  TnDate today = tn_plan_get_today (reader->plan);
  g_autofree char *day = tn_word_format_day (reader->language, today);
  g_autofree char *text = g_strdup_printf (tn_say (reader->language, N_ ("As of %s, week %d.")),
                                           day, tn_date_get_week (today, NULL));
  tn_html_add (html, "<p>%s</p>\n</footer>\n", text);
}

static void
add_head (GString *html, const TnReader *reader, const char *title)
{
  const char *name = reader->collaboration != NULL ? reader->collaboration->name : "turnus";
  tn_html_add (html,
               "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
               "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
               "<meta name=\"robots\" content=\"noindex, nofollow\">\n"
               "<meta name=\"color-scheme\" content=\"light\">\n",
               tn_language_to_string (reader->language));
  tn_html_add (html, "<title>%s – %s</title>\n", title, name);
  tn_html_add (html,
               "<link rel=\"icon\" href=\"data:,\">\n" /* nobody asks for /favicon.ico */
               "<link rel=\"stylesheet\" href=\"%sstyle.css\">\n</head>\n<body>\n",
               reader->folder);
  tn_html_add (html, "<a class=\"skip\" href=\"#main\">%s</a>\n",
               tn_say (reader->language, N_ ("To the content")));
  tn_html_add (html, "<header>\n<p class=\"name\"><a href=\"%s\"><bdi>%s</bdi></a></p>\n",
               reader->folder, name);
  add_navigation (html, reader);
  tn_html_add (html, "</header>\n");
}

/**
 * tn_frame_make:
 * @title: plain text: the heading, and the name of the page in a list of windows
 * @body: markup below the heading
 *
 * Returns: (transfer full)
 */
TnWebPage *
tn_frame_make (const TnReader *reader, guint status, const char *title, const GString *body)
{
  GString *html = g_string_new (NULL);
  add_head (html, reader, title);
  tn_html_add (html, "<main id=\"main\" tabindex=\"-1\">\n");
  add_speaker (html, reader);
  tn_html_add (html, "<h1><bdi>%s</bdi></h1>\n", title);
  g_string_append_len (html, body->str, (gssize) body->len);
  tn_html_add (html, "</main>\n");
  add_foot (html, reader);
  tn_html_add (html, "</body>\n</html>\n");
  TnWebPage *page = tn_web_page_new (status, HTML_TYPE, g_string_free_to_bytes (html));
  tn_web_page_add_header (page, "X-Robots-Tag", "noindex, nofollow");
  tn_web_page_add_header (page, "Referrer-Policy", "same-origin"); /* no-referrer hides Origin */
  return page;
}

/**
 * tn_frame_redirect:
 * @path: below the site's folder
 *
 * After a form was handed in: going back and forth does not hand it in again.
 *
 * Returns: (transfer full): 303 See Other
 */
TnWebPage *
tn_frame_redirect (const TnReader *reader, const char *path)
{
  g_autofree char *escaped = g_uri_escape_string (path, "/?=&", FALSE); /* no line ends in it */
  g_autofree char *place = g_strconcat (reader->folder, escaped, NULL);
  TnWebPage *page = tn_web_page_new (303, HTML_TYPE, NULL);
  tn_web_page_add_header (page, "Location", place);
  return page;
}

/**
 * tn_frame_make_notice:
 * @text: whole sentences
 *
 * Returns: (transfer full): a page that says one thing, and where to go on
 */
TnWebPage *
tn_frame_make_notice (const TnReader *reader, guint status, const char *title, const char *text)
{
  g_autoptr (GString) body = g_string_new (NULL);
  tn_html_paragraph (body, text);
  tn_html_add (body, "<p><a href=\"%s\">%s</a></p>\n", reader->folder,
               tn_say (reader->language, N_ ("To the overview")));
  return tn_frame_make (reader, status, title, body);
}

TnWebPage *
tn_frame_make_missing (const TnReader *reader)
{
  return tn_frame_make_notice (
      reader, 404, tn_say (reader->language, N_ ("There is no such page")),
      tn_say (reader->language,
              N_ ("The address may be mistyped, or what stood here is no longer in the plan.")));
}

/* Which number says it to programs; what to do, the text says to people. */
static guint
find_status (const GError *error)
{
  if (g_error_matches (error, TN_ERROR, TN_ERROR_DENIED))
    return 403;
  if (g_error_matches (error, TN_ERROR, TN_ERROR_CONFLICT))
    return 409;
  return g_error_matches (error, TN_ERROR, TN_ERROR_INVALID) ? 400 : 500;
}

/**
 * tn_frame_make_error:
 *
 * Returns: (transfer full): what cannot be done, and why; the words are those that a command gets
 */
TnWebPage *
tn_frame_make_error (const TnReader *reader, const GError *error)
{
  guint status = find_status (error);
  g_autoptr (GString) body = g_string_new (NULL);
  tn_html_paragraph (body, tn_say (reader->language, N_ ("Nothing was changed. The reason:")));
  if (status == 500)
    tn_html_paragraph (
        body, tn_say (reader->language, N_ ("The server failed. Try again later, or tell those who "
                                            "run it; they find the cause in its log.")));
  else
    tn_html_add (body, "<p lang=\"en\" class=\"reason\"><bdi>%s</bdi></p>\n", error->message);
  tn_html_paragraph (
      body, tn_say (reader->language, N_ ("Go back, correct what you wrote, and try again.")));
  return tn_frame_make (reader, status, tn_say (reader->language, N_ ("This cannot be done")),
                        body);
}
