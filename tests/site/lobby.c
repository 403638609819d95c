/* What a browser does: it sends its cookie, follows where it is led, and hands in a form with all
 * that the form holds. */
#include "site/lobby.h"

#include <string.h>

static gboolean
mail (gpointer user_data, TnBatch *batch, const char *council, const char *url, GError **error)
{
  Lobby *lobby = user_data;
  g_free (lobby->mailed_to);
  g_free (lobby->mailed_url);
  lobby->mailed_to = g_strdup (council);
  lobby->mailed_url = g_strdup (url);
  lobby->n_mails++;
  if (!lobby->mail_fails)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "there is no mailbox");
  return FALSE;
}

/* A site as it is after the daemon has started again. */
void
lobby_open (Lobby *lobby)
{
  g_clear_pointer (&lobby->site, tn_website_free);
  lobby->site = tn_website_new (lobby->town->desk, tn_premises_ref (lobby->premises), mail, lobby);
}

Lobby *
lobby_new_at (const char *url)
{
  Lobby *lobby = g_new0 (Lobby, 1);
  lobby->town = town_new (TOWN_WRITE);
  town_set_charter (lobby->town, "language = \"da\"", "language = \"en\""); /* needs no catalogue */
  town_reload (lobby->town);
  lobby->premises = tn_premises_new (url);
  lobby->premises->decides = TRUE;
  lobby->peer = g_strdup ("192.0.2.7");
  lobby_open (lobby);
  return lobby;
}

Lobby *
lobby_new (void)
{
  return lobby_new_at ("https://kalender.example.dk/7by/");
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_assert_true (tn_desk_stop_finish (TN_DESK (source), result, NULL));
  *(gboolean *) user_data = TRUE;
}

void
lobby_free (Lobby *lobby)
{
  gboolean stopped = FALSE;
  g_clear_pointer (&lobby->site, tn_website_free);
  tn_desk_stop_async (lobby->town->desk, on_stopped, &stopped);
  tn_await_true (&stopped);
  tn_await_idle ();
  town_free (lobby->town);
  tn_premises_unref (lobby->premises);
  g_free (lobby->cookie);
  g_free (lobby->peer);
  g_free (lobby->user);
  g_free (lobby->origin);
  g_free (lobby->known);
  g_free (lobby->mailed_to);
  g_free (lobby->mailed_url);
  g_free (lobby);
}

static void
add_header (TnVisit *visit, const char *name, const char *value)
{
  if (value != NULL)
    g_hash_table_insert (visit->headers, g_strdup (name), g_strdup (value));
}

/* (transfer full) visit */
TnWebPage *
lobby_send (Lobby *lobby, TnVisit *visit)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_free (visit->peer);
  visit->peer = g_strdup (lobby->peer);
  add_header (visit, "cookie", lobby->cookie);
  add_header (visit, "x-user", lobby->user);
  add_header (visit, "sec-fetch-site", lobby->origin);
  add_header (visit, "if-none-match", lobby->known);
  tn_website_answer_async (lobby->site, visit, NULL, tn_await_store, &result);
  tn_await (&result);
  TnWebPage *page = tn_website_answer_finish (lobby->site, result, &error);
  g_assert_no_error (error);
  return page;
}

/* `/c/7by/programme?year=2027`, as a publisher reads it. */
static TnVisit *
make_visit (const char *method, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "?", 2);
  TnVisit *visit = tn_visit_new (method, parts[0]);
  if (parts[1] == NULL)
    return visit;
  g_autoptr (GHashTable) query
      = g_uri_parse_params (parts[1], -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
  g_assert_nonnull (query);
  GHashTableIter iter;
  gpointer name = NULL;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, query);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (visit->query, g_strdup (name), g_strdup (value));
  return visit;
}

TnWebPage *
lobby_get (Lobby *lobby, const char *path)
{
  return lobby_send (lobby, make_visit ("GET", path));
}

/* Names and values in turn, ended by NULL. */
TnWebPage *
lobby_post (Lobby *lobby, const char *path, ...)
{
  TnVisit *visit = make_visit ("POST", path);
  va_list fields;
  va_start (fields, path);
  for (const char *name = va_arg (fields, const char *); name != NULL;
       name = va_arg (fields, const char *))
    g_hash_table_insert (visit->form, g_strdup (name), g_strdup (va_arg (fields, const char *)));
  va_end (fields);
  return lobby_send (lobby, visit);
}

static char *
unescape (const char *text)
{
  GString *plain = g_string_new (text);
  g_string_replace (plain, "&lt;", "<", 0);
  g_string_replace (plain, "&gt;", ">", 0);
  g_string_replace (plain, "&quot;", "\"", 0);
  g_string_replace (plain, "&#39;", "'", 0);
  g_string_replace (plain, "&amp;", "&", 0);
  return g_string_free (plain, FALSE);
}

/* The form that has @button on it, from its beginning to its end. */
static char *
cut_form (const char *html, const char *button)
{
  g_auto (GStrv) forms = g_strsplit (html, "<form ", -1);
  for (guint i = 1; forms[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (forms[i], "</form>", 2);
      if (strstr (parts[0], button) != NULL)
        return g_strdup (parts[0]);
    }
  g_error ("no form with '%s' in: %s", button, html);
  return NULL;
}

/* Hidden and other inputs with their values; of a choice what is chosen at first. */
static void
fill (TnVisit *visit, const char *form)
{
  g_autoptr (GRegex) input
      = g_regex_new ("<input[^>]*name=\"([^\"]*)\"[^>]*?(?:value=\"([^\"]*)\")?( checked)?>",
                     G_REGEX_RAW, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  for (g_regex_match (input, form, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *whole = g_match_info_fetch (match, 0);
      g_autofree char *name = g_match_info_fetch (match, 1);
      g_autofree char *value = g_match_info_fetch (match, 2);
      if (strstr (whole, "type=\"radio\"") == NULL || strstr (whole, " checked") != NULL)
        g_hash_table_insert (visit->form, g_strdup (name), unescape (value != NULL ? value : ""));
    }
}

static char *
find_action (Lobby *lobby, const char *form)
{
  const char *start = strstr (form, "action=\"") + strlen ("action=\"");
  g_autofree char *action = g_strndup (start, (gsize) (strchr (start, '"') - start));
  g_assert_true (g_str_has_prefix (action, lobby->premises->folder));
  return g_strdup (action + strlen (lobby->premises->folder) - 1);
}

TnWebPage *
lobby_hand_in_with (Lobby *lobby, const TnWebPage *page, const char *button, const char *name,
                    const char *value)
{
  g_autofree char *form = cut_form (lobby_read (page), button);
  g_autofree char *action = find_action (lobby, form);
  TnVisit *visit = make_visit ("POST", action);
  fill (visit, form);
  if (name != NULL)
    g_hash_table_insert (visit->form, g_strdup (name), g_strdup (value));
  return lobby_send (lobby, visit);
}

/* Presses @button. */
TnWebPage *
lobby_hand_in (Lobby *lobby, const TnWebPage *page, const char *button)
{
  return lobby_hand_in_with (lobby, page, button, NULL, NULL);
}

static char *
below (Lobby *lobby, const char *address)
{
  g_assert_true (g_str_has_prefix (address, lobby->premises->folder));
  return g_strdup (address + strlen (lobby->premises->folder) - 1);
}

/* Where a page leads to. */
TnWebPage *
lobby_follow (Lobby *lobby, const TnWebPage *page)
{
  g_assert_cmpuint (page->status, ==, 303);
  g_autofree char *path = below (lobby, lobby_header (page, "Location"));
  return lobby_get (lobby, path);
}

/* Returns: (transfer full): the path of the link that was mailed */
char *
lobby_mail_link (Lobby *lobby, const char *council)
{
  g_autoptr (TnWebPage) page = lobby_post (lobby, "/sign-in", "council", council, NULL);
  g_assert_cmpuint (page->status, ==, 200);
  g_assert_cmpstr (lobby->mailed_to, ==, council);
  const char *link = strstr (lobby->mailed_url, "/link/");
  g_assert_nonnull (link);
  return g_strdup (link);
}

void
lobby_sign_in (Lobby *lobby, const char *council)
{
  g_autofree char *link = lobby_mail_link (lobby, council);
  g_autoptr (TnWebPage) page = lobby_post (lobby, link, NULL);
  g_assert_cmpuint (page->status, ==, 303);
  const char *cookie = lobby_header (page, "Set-Cookie");
  g_free (lobby->cookie);
  lobby->cookie = g_strndup (cookie, (gsize) (strchr (cookie, ';') - cookie));
}

const char *
lobby_read (const TnWebPage *page)
{
  return page->body != NULL ? g_bytes_get_data (page->body, NULL) : "";
}

/* Returns: (nullable) */
const char *
lobby_header (const TnWebPage *page, const char *name)
{
  for (guint i = 0; i < page->headers->len; i += 2)
    if (strcmp (g_ptr_array_index (page->headers, i), name) == 0)
      return g_ptr_array_index (page->headers, i + 1);
  return NULL;
}

void
lobby_assert_has (const TnWebPage *page, const char *words)
{
  if (strstr (lobby_read (page), words) == NULL)
    g_error ("'%s' is not in: %s", words, lobby_read (page));
}

void
lobby_assert_lacks (const TnWebPage *page, const char *words)
{
  if (strstr (lobby_read (page), words) != NULL)
    g_error ("'%s' is in: %s", words, lobby_read (page));
}
