/* Who reads the council's role mailbox speaks for the council. The page asks for the council only,
 * and says the same whether there is a mailbox or not: it is no list of who has one. */
#include "site/sign-in-page.h"

#include <string.h>

#include "base/log.h"
#include "model/catalogue.h"
#include "site/entrance.h"
#include "site/frame.h"
#include "site/form.h"
#include "site/html.h"
#include "site/speaker.h"
#include "site/website.h"

/* Where to after signing in: a page below our folder, never another site. */
static const char *
get_goal (const char *asked)
{
  static const char *const goals[] = { "decide", "proposal/", "claim" };
  for (guint i = 0; asked != NULL && i < G_N_ELEMENTS (goals); i++)
    if (g_str_has_prefix (asked, goals[i]) && strchr (asked, ':') == NULL
        && strchr (asked, '\\') == NULL && strlen (asked) < 200)
      return asked;
  return "decide";
}

static void
add_councils (GString *html, const TnReader *reader)
{
  GPtrArray *all = tn_plan_get_rulebook (reader->plan)->collaborations;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  tn_html_add (html, "<select id=\"council\" name=\"council\" required>\n");
  for (guint i = 0; i < all->len; i++)
    {
      const TnCollaboration *collaboration = g_ptr_array_index (all, i);
      for (guint j = 0; j < collaboration->councils->len; j++)
        {
          const TnCouncil *council = g_ptr_array_index (collaboration->councils, j);
          if (tn_council_is_ever_member (council) && g_hash_table_add (seen, council->id))
            tn_html_add (html, "<option value=\"%s\">%s</option>\n", council->id, council->name);
        }
    }
  tn_html_add (html, "</select>\n");
}

static TnWebPage *
show_form (const TnReader *reader)
{
  TnLanguage language = reader->language;
  g_autoptr (GString) body = g_string_new (NULL);
  tn_html_paragraph (
      body,
      tn_say (language, N_ ("To decide something you speak for a council. Choose yours: a link "
                            "is mailed to its own mailbox. Who opens it can decide for the "
                            "council for an hour.")));
  tn_html_add (body, "<form method=\"post\" action=\"%ssign-in\" class=\"decision\">\n",
               reader->folder);
  tn_form_hide (body, "to", get_goal (tn_reader_get_query (reader, "to")));
  tn_html_add (body, "<label for=\"council\">%s</label>\n", tn_say (language, N_ ("Council")));
  add_councils (body, reader);
  tn_html_add (body, "<div><button type=\"submit\">%s</button></div>\n</form>\n",
               tn_say (language, N_ ("Mail the link")));
  return tn_frame_make (reader, 200, tn_say (language, N_ ("Sign in for a council")), body);
}

static TnWebPage *
mail_link (const TnReader *reader)
{
  const char *council = tn_reader_get_field (reader, "council");
  gboolean is_known = council != NULL && tn_reader_find_home (reader, council) != NULL;
  g_autoptr (GError) error = NULL;
  if (is_known
      && !tn_website_mail_link (reader->website, council,
                                get_goal (tn_reader_get_field (reader, "to")), &error))
    tn_log_warning (NULL, NULL, "cannot mail a link to the council %s: %s", council,
                    error->message);
  return tn_frame_make_notice (
      reader, 200, tn_say (reader->language, N_ ("Look into the mailbox")),
      tn_say (
          reader->language,
          N_ ("If the council has a mailbox here, a link is on its way to it. It is good for 30 "
              "minutes and once. If nothing comes, ask those who run the program which mailbox "
              "the council has.")));
}

/**
 * tn_sign_in_page_show:
 *
 * Returns: (transfer full): the form, or what is always said when it is handed in
 */
TnWebPage *
tn_sign_in_page_show (TnReader *reader)
{
  return tn_reader_is_post (reader) ? mail_link (reader) : show_form (reader);
}

static TnWebPage *
refuse_link (const TnReader *reader, TnEntranceState state)
{
  static const char *const texts[] = {
    [TN_ENTRANCE_UNKNOWN] = N_ ("This link is not known here. Look whether the whole of it was "
                                "copied, or ask for a new one."),
    [TN_ENTRANCE_USED]
    = N_ ("This link was used already. A link is good once. Ask for a new one. If "
          "it was not you who used it, sign in and then sign out everywhere."),
    [TN_ENTRANCE_ENDED] = N_ ("This link came too late. Ask for a new one."),
    [TN_ENTRANCE_BROKEN] = N_ ("The server cannot look the link up. Try again later."),
  };
  g_autoptr (GString) body = g_string_new (NULL);
  tn_html_paragraph (body, tn_say (reader->language, texts[state]));
  tn_html_add (body, "<p>");
  tn_html_link (body, reader->folder, "sign-in",
                tn_say (reader->language, N_ ("Ask for a new link")));
  tn_html_add (body, "</p>\n");
  return tn_frame_make (reader, state == TN_ENTRANCE_BROKEN ? 500 : 403,
                        tn_say (reader->language, N_ ("This link opens nothing")), body);
}

static TnWebPage *
show_button (const TnReader *reader, const TnSlip *link)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *text = g_strdup_printf (
      tn_say (reader->language, N_ ("With this link you decide for %s, for an hour.")),
      tn_reader_get_council_name (reader, link->council));
  tn_html_paragraph (body, text);
  tn_html_add (body, "<form method=\"post\" action=\"%slink/%s\" class=\"decision\">\n",
               reader->folder, reader->rest);
  tn_html_add (body, "<button type=\"submit\">%s</button>\n</form>\n",
               tn_say (reader->language, N_ ("Continue")));
  return tn_frame_make (reader, 200, tn_say (reader->language, N_ ("Speak for a council")), body);
}

static void
set_cookie (const TnReader *reader, TnWebPage *page, const char *token, int lasts_s)
{
  g_autofree char *cookie = g_strdup_printf (
      TN_SPEAKER_COOKIE "=%s; Path=%s; Max-Age=%d; HttpOnly; SameSite=Strict%s", token,
      reader->premises->folder, lasts_s, tn_premises_is_safe (reader->premises) ? "; Secure" : "");
  tn_web_page_add_header (page, "Set-Cookie", cookie);
}

static TnWebPage *
enter (const TnReader *reader, const TnSlip *link)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = tn_entrance_enter (tn_reader_get_book (reader), link, &error);
  if (token == NULL)
    {
      tn_log_warning (NULL, NULL, "cannot open a session: %s", error->message);
      return refuse_link (reader, TN_ENTRANCE_BROKEN);
    }
  tn_log_info (NULL, "a link for the council %s was used", link->council);
  TnWebPage *page = tn_frame_redirect (reader, get_goal (link->path));
  set_cookie (reader, page, token, TN_ENTRANCE_SESSION_S);
  return page;
}

/**
 * tn_sign_in_page_show_link:
 *
 * Returns: (transfer full): a button; when that was pressed, the way to where the link leads
 */
TnWebPage *
tn_sign_in_page_show_link (TnReader *reader)
{
  g_autoptr (TnSlip) link = NULL;
  TnEntranceState state
      = tn_entrance_find (tn_reader_get_book (reader), TN_SLIP_LINK, reader->rest, &link);
  if (state != TN_ENTRANCE_GOOD)
    return refuse_link (reader, state);
  return tn_reader_is_post (reader) ? enter (reader, link) : show_button (reader, link);
}

/**
 * tn_sign_in_page_sign_out:
 *
 * Ends the session, or with the field `everywhere` all of its council.
 *
 * Returns: (transfer full): the way to the first page
 */
TnWebPage *
tn_sign_in_page_sign_out (TnReader *reader)
{
  gboolean everywhere = tn_reader_get_field (reader, "everywhere") != NULL;
  g_autoptr (GError) error = NULL;
  if (tn_reader_is_post (reader) && reader->token != NULL
      && !tn_entrance_leave (tn_reader_get_book (reader), reader->token, everywhere, &error))
    {
      tn_log_warning (NULL, NULL, "cannot end a session: %s", error->message);
      return tn_frame_make_error (reader, error);
    }
  TnWebPage *page = tn_frame_redirect (reader, "");
  set_cookie (reader, page, "", 0);
  return page;
}
