/* How people get the plan into the calendar that they use. A subscription is read only: who may
 * change something does it in the council's calendar, or on these pages. */
#include "site/subscribe-page.h"

#include "model/catalogue.h"
#include "site/frame.h"
#include "site/html.h"

typedef struct
{
  const char *name; /* of the program: not translated */
  const char *steps[4];
} Guide;

static const Guide GUIDES[] = {
  { "Outlook",
    { N_ ("Open the calendar and choose Add calendar, then Subscribe from web."),
      N_ ("Paste the address, give the calendar a name, and choose Import."),
      N_ ("Outlook asks for changes every few hours by itself."), NULL } },
  { "Apple",
    { N_ ("On a Mac choose File, then New Calendar Subscription, and paste the address."),
      N_ ("On an iPhone open Settings, then Calendar, Accounts, Add Account, Other, Add Subscribed "
          "Calendar."),
      N_ ("Choose how often it is to be refreshed: every day is enough."), NULL } },
  { "Google",
    { N_ ("Open Google Calendar on a computer: a telephone cannot do it."),
      N_ ("Beside Other calendars choose the plus sign, then From URL, and paste the address."),
      N_ ("Google asks for changes about once a day; it cannot be made faster."), NULL } },
  { "Thunderbird",
    { N_ ("Choose New Calendar, then On the Network."),
      N_ ("Leave the user name empty, paste the address, and choose Find Calendars."),
      N_ ("Choose the calendar, then Subscribe."), NULL } },
};

static void
add_guide (GString *html, TnLanguage language, const Guide *guide)
{
  tn_html_add (html, "<h2>%s</h2>\n<ol>\n", guide->name);
  for (guint i = 0; guide->steps[i] != NULL; i++)
    tn_html_add (html, "<li>%s</li>\n", tn_say (language, guide->steps[i]));
  tn_html_add (html, "</ol>\n");
}

static void
add_row (GString *html, const TnReader *reader, const char *name, const char *path)
{
  g_autofree char *address = tn_premises_dup_address (reader->premises, path);
  tn_html_add (html,
               "<tr><th scope=\"row\"><bdi>%s</bdi></th><td><a href=\"%s\"><code>%s</code></a>"
               "</td></tr>\n",
               name, address, address);
}

static void
add_addresses (GString *html, const TnReader *reader)
{
  TnLanguage language = reader->language;
  const TnCollaboration *collaboration = reader->collaboration;
  const char *const columns[]
      = { tn_say (language, N_ ("What it shows")), tn_say (language, N_ ("Address")), NULL };
  g_autofree char *all = g_strdup_printf ("ics/%s.ics", collaboration->id);
  tn_html_table (html, tn_say (language, N_ ("Addresses to subscribe to")), columns);
  add_row (html, reader, tn_say (language, N_ ("All events")), all);
  for (guint i = 0; i < collaboration->councils->len; i++)
    {
      const TnCouncil *council = g_ptr_array_index (collaboration->councils, i);
      g_autofree char *path = g_strdup_printf ("ics/%s/%s.ics", collaboration->id, council->id);
      add_row (html, reader, council->name, path);
    }
  tn_html_table_end (html);
}

/**
 * tn_subscribe_page_show:
 *
 * Returns: (transfer full): the addresses, where all may know them, and how to use them
 */
TnWebPage *
tn_subscribe_page_show (TnReader *reader)
{
  TnLanguage language = reader->language;
  g_autoptr (GString) body = g_string_new (NULL);
  tn_html_paragraph (
      body, tn_say (language, N_ ("Subscribe once, and the dates stay right in your own calendar. "
                                  "You see them there and cannot change them.")));
  if (reader->premises->is_secret)
    tn_html_add (body, "<p class=\"note\">%s</p>\n",
                 tn_say (language, N_ ("Each address here is made for one reader, and can be taken "
                                       "back. Ask those who run the program for yours.")));
  else
    add_addresses (body, reader);
  for (guint i = 0; i < G_N_ELEMENTS (GUIDES); i++)
    add_guide (body, language, &GUIDES[i]);
  return tn_frame_make (reader, 200, tn_say (language, N_ ("Subscribe")), body);
}
