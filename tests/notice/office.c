/* The fixture of the tests of the post: everything is real but the calendars, the clock and who
 * takes the letters. */
#include "notice/office.h"

#include <string.h>

static void
describe_mail (Office *office)
{
  g_autofree char *url = tn_smtp_server_dup_url (office->server);
  g_autofree char *mail
      = g_strdup_printf ("mail = { server = \"%s\"; from = \"turnus@odense.example\"; };\n"
                         "contacts = ( { council = \"esbjerg\"; mail = \"" OFFICE_ESBJERG "\"; },\n"
                         "  { council = \"aarhus\"; mail = \"" OFFICE_AARHUS "\"; },\n"
                         "  { role = \"admin\"; mail = \"" OFFICE_ADMIN "\"; } );\ncalendars = (",
                         url);
  town_set_settings (office->town, "calendars = (", mail);
  town_reload (office->town);
}

Office *
office_new (void)
{
  Office *office = g_new0 (Office, 1);
  office->town = town_new (TOWN_WRITE);
  office->server = tn_smtp_server_new (NULL, FALSE);
  describe_mail (office);
  town_sync (office->town);
  town_sync (office->town);
  office_sleep_until (office, 14);
  office_open (office);
  return office;
}

static void
wait_for_letters (Office *office)
{
  while (office->post != NULL && tn_post_is_sending (office->post))
    g_main_context_iteration (NULL, TRUE);
}

void
office_free (Office *office)
{
  wait_for_letters (office);
  g_clear_pointer (&office->post, tn_post_close);
  tn_await_idle ();
  tn_smtp_server_free (office->server);
  town_free (office->town);
  g_free (office);
}

/* The first look takes everything as told. */
void
office_open (Office *office)
{
  office->post = tn_post_open (office->town->desk);
  office_look (office);
}

/* As after a kill: nothing but the store is left. */
void
office_restart (Office *office)
{
  g_clear_pointer (&office->post, tn_post_close);
  tn_await_idle ();
  town_restart (office->town);
  office_open (office);
}

void
office_look (Office *office)
{
  tn_post_look (office->post);
  wait_for_letters (office);
}

void
office_advance (Office *office, gint64 us)
{
  tn_fake_clock_advance_us (office->town->clock, us);
}

/* Until it is so late in Copenhagen next. */
void
office_sleep_until (Office *office, int hour)
{
  g_autoptr (TnZone) zone = tn_zone_new ("Europe/Copenhagen", NULL);
  gint64 now_us = tn_clock_now_us (TN_CLOCK (office->town->clock));
  TnLocalTime local = tn_zone_to_local (zone, now_us / G_USEC_PER_SEC);
  TnLocalTime wanted = { local.date + (local.second >= hour * 3600 ? 1 : 0), hour * 3600 };
  office_advance (office, tn_zone_to_utc_s (zone, wanted) * G_USEC_PER_SEC - now_us);
}

guint
office_count (Office *office, const char *address)
{
  guint n = 0;
  for (guint i = 0; i < tn_smtp_server_count (office->server); i++)
    n += strcmp (tn_smtp_server_get (office->server, i)->to, address) == 0 ? 1 : 0;
  return n;
}

static void
append_unquoted (GString *to, const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    if (*at != '=')
      g_string_append_c (to, *at);
    else if (g_ascii_isxdigit (at[1]) && g_ascii_isxdigit (at[2]))
      {
        g_string_append_c (
            to, (char) (g_ascii_xdigit_value (at[1]) * 16 + g_ascii_xdigit_value (at[2])));
        at += 2;
      }
    else
      at += 2; /* a soft line end */
}

/* Returns: (transfer full): the text of a letter, as people read it */
char *
office_dup_body (Office *office, guint index)
{
  const char *text = tn_smtp_server_get (office->server, index)->text;
  const char *start = strstr (text, "quoted-printable\r\n\r\n");
  g_assert_nonnull (start);
  GString *body = g_string_new (NULL);
  append_unquoted (body, start + strlen ("quoted-printable\r\n\r\n"));
  g_string_replace (body, "\r\n", "\n", 0);
  return g_string_free (body, FALSE);
}

/* Returns: (transfer full) */
char *
office_dup_subject (Office *office, guint index)
{
  const char *at = strstr (tn_smtp_server_get (office->server, index)->text, "\r\nSubject: ");
  g_assert_nonnull (at);
  at += strlen ("\r\nSubject: ");
  g_autofree char *raw = g_strndup (at, (gsize) (strstr (at, "\r\nMessage-ID") - at));
  GString *subject = g_string_new (NULL);
  g_auto (GStrv) words = g_strsplit (raw, "\r\n ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_has_prefix (words[i], "=?UTF-8?B?"))
      {
        gsize length = 0;
        g_autofree char *code
            = g_strndup (words[i] + 10, strlen (words[i]) - 12 /* the ends of it */);
        g_autofree guchar *bytes = g_base64_decode (code, &length);
        g_string_append_len (subject, (char *) bytes, (gssize) length);
      }
    else
      g_string_append (subject, words[i]);
  return g_string_free (subject, FALSE);
}
