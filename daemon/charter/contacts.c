/* The keys `mail` and `contacts`. They stand in one council's settings and never in a charter,
 * which all councils read: an address is nobody else's business. */
#include "charter/contacts.h"

#include <stdio.h>
#include <string.h>

#include "charter/access.h"
#include "charter/document.h"

static const char PLAIN[] = "smtp://";
static const char SECURE[] = "smtps://";

/* What the address may be in full, http/address.c says when it is opened. */
static gboolean
check_server (TnGroup group, const char *server)
{
  if (tn_access_has_user_in_url (server))
    tn_group_complain (group, "server",
                       "a user stands in the address 'server', expected it without; say user and "
                       "password = { file = \"…\"; }");
  else if (!g_str_has_prefix (server, PLAIN) && !g_str_has_prefix (server, SECURE))
    tn_group_complain (group, "server",
                       "server is \"%.60s\", expected smtps://host or smtp://host:587", server);
  else
    return TRUE;
  return FALSE;
}

/* By what is written; http/address.c asks the same when it connects. */
static gboolean
is_this_host (const char *server)
{
  const char *host = strstr (server, "://") + 3;
  return g_str_has_prefix (host, "localhost") || g_str_has_prefix (host, "127.")
         || g_str_has_prefix (host, "[::1]");
}

static void
read_starttls (TnGroup group, TnMail *mail)
{
  TnValue flag = { 0 };
  const char *server = mail->account->url;
  gboolean is_plain = g_str_has_prefix (server, PLAIN);
  gboolean is_said = tn_group_read (group, "starttls", &flag) == TN_READING_GIVEN;
  mail->has_starttls = is_plain && (is_said ? flag.number != 0 : !is_this_host (server));
  if (is_said && !is_plain)
    tn_group_complain (group, "starttls",
                       "starttls goes with smtp://; smtps:// is encrypted from the start");
  else if (is_said && flag.number == 0 && !is_this_host (server))
    tn_group_complain (group, "starttls",
                       "letters to %.60s would not be encrypted, expected starttls = true to "
                       "another host than this",
                       server);
}

static void
read_digest (TnGroup group, TnMail *mail)
{
  TnValue value = { 0 };
  int hour = 0;
  int minute = 0;
  char rest = '\0';
  if (tn_group_read (group, "digest", &value) == TN_READING_WRONG)
    return;
  if (strlen (value.text) != 5 || sscanf (value.text, "%2d:%2d%c", &hour, &minute, &rest) != 2
      || hour < 0 || hour > 23 || minute < 0 || minute > 59)
    tn_group_complain (group, "digest", "digest is \"%.20s\", expected a time like 07:00",
                       value.text);
  mail->digest_minute = hour * 60 + minute;
}

static void
read_login (TnGroup group, const char *base_dir, TnMail *mail)
{
  TnValue ca = { 0 };
  TnAccount *account = mail->account;
  tn_group_read_text (group, "user", &account->user);
  tn_access_read_place (group, "password", base_dir, &account->password);
  if ((account->user != NULL) != tn_group_has (group, "password"))
    tn_group_complain (group, account->user != NULL ? "user" : "password",
                       "only one of user and password is said, expected both");
  account->auth = account->user != NULL ? TN_AUTH_BASIC : TN_AUTH_NONE;
  if (tn_group_read (group, "ca", &ca) == TN_READING_GIVEN)
    account->ca = g_canonicalize_filename (ca.text, base_dir);
}

static void
check_address (TnGroup group, const char *key, const char *address)
{
  if (!tn_mail_is_address (address))
    tn_group_complain (group, key, "%s is \"%.60s\", expected an address like raad@example.org",
                       key, address);
}

static void
read_mail (TnGroup root, TnSettings *settings)
{
  TnGroup group = tn_group_enter (root, "mail");
  TnValue server = { 0 };
  if (!tn_group_has (root, "mail") || group.setting == NULL
      || tn_group_read (group, "server", &server) != TN_READING_GIVEN
      || !check_server (group, server.text))
    return;
  settings->mail = tn_mail_new (server.text);
  tn_group_read_text (group, "name", &settings->mail->name);
  read_starttls (group, settings->mail);
  read_login (group, settings->base_dir, settings->mail);
  read_digest (group, settings->mail);
  if (tn_group_read_text (group, "from", &settings->mail->from) == TN_READING_GIVEN)
    check_address (group, "from", settings->mail->from);
}

static gboolean
is_twin (const TnMailbox *a, const TnMailbox *b)
{
  return g_strcmp0 (a->council, b->council) == 0
         && g_ascii_strcasecmp (a->address, b->address) == 0;
}

static void
read_contact (TnGroup group, TnSettings *settings)
{
  TnValue mail = { 0 };
  TnValue role = { 0 };
  g_autofree char *council = NULL;
  tn_group_read_text (group, "council", &council);
  gboolean has_role = tn_group_read (group, "role", &role) == TN_READING_GIVEN;
  if (tn_group_read (group, "mail", &mail) != TN_READING_GIVEN)
    return;
  check_address (group, "mail", mail.text);
  if ((council != NULL) == has_role)
    tn_group_complain (group, council != NULL ? "role" : NULL,
                       "contact %.60s has %s, expected either council = \"…\" or role = \"admin\"",
                       mail.text, council != NULL ? "both council and role" : "neither");
  TnMailbox *contact = tn_mailbox_new (council, mail.text);
  contact->line = tn_group_get_line (group, NULL);
  for (guint i = 0; i < settings->contacts->len; i++)
    if (is_twin (g_ptr_array_index (settings->contacts, i), contact))
      tn_group_complain (group, "mail", "contact %.60s stands twice, expected it once", mail.text);
  g_ptr_array_add (settings->contacts, contact);
}

/**
 * tn_contacts_read:
 * @root: of kind `settings`
 *
 * Fills in `mail` and `contacts` of @settings; of a secret only the place.
 */
void
tn_contacts_read (TnGroup root, TnSettings *settings)
{
  read_mail (root, settings);
  for (guint i = 0; i < tn_group_count (root, "contacts"); i++)
    read_contact (tn_group_at (root, "contacts", i), settings);
  if (settings->contacts->len > 0 && !tn_group_has (root, "mail"))
    tn_group_complain (root, "contacts",
                       "contacts are told by mail, expected mail = { server = \"…\"; … } too");
}
