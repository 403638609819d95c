/* Mail as values. An address is checked here and nowhere else: what passes may stand in an envelope
 * and in a header as it is, for it can hold neither a line end nor a bracket. */
#include "model/mail.h"

#include <string.h>

/* RFC 5321 4.5.3.1: local part and domain. */
static const gsize LOCAL_MOST = 64;
static const gsize DOMAIN_MOST = 255;

TnMail *
tn_mail_new (const char *url)
{
  TnMail *mail = g_atomic_rc_box_new0 (TnMail);
  mail->account = tn_account_new (url);
  return mail;
}

TnMail *
tn_mail_ref (const TnMail *mail)
{
  return g_atomic_rc_box_acquire ((gpointer) mail);
}

static void
mail_clear (TnMail *mail)
{
  tn_account_unref (mail->account);
  g_free (mail->from);
  g_free (mail->name);
}

void
tn_mail_unref (const TnMail *mail)
{
  if (mail != NULL)
    g_atomic_rc_box_release_full ((gpointer) mail, (GDestroyNotify) mail_clear);
}

/* @council: (nullable) */
TnMailbox *
tn_mailbox_new (const char *council, const char *address)
{
  TnMailbox *contact = g_new0 (TnMailbox, 1);
  contact->council = g_strdup (council);
  contact->address = g_strdup (address);
  return contact;
}

void
tn_mailbox_free (TnMailbox *contact)
{
  if (contact == NULL)
    return;
  g_free (contact->council);
  g_free (contact->address);
  g_free (contact);
}

/* Atoms with single dots between them (RFC 5322 3.2.3). */
static gboolean
is_dotted (const char *text, gsize length, const char *more)
{
  gboolean was_dot = TRUE;
  for (gsize i = 0; i < length; i++)
    {
      gboolean is_dot = text[i] == '.';
      if ((is_dot && was_dot)
          || (!is_dot && !g_ascii_isalnum (text[i]) && strchr (more, text[i]) == NULL))
        return FALSE;
      was_dot = is_dot;
    }
  return !was_dot;
}

/**
 * tn_mail_is_address:
 *
 * Only what every server takes: no quoted local part, no address literal, ASCII alone; a domain
 * with other letters is written as xn--.
 *
 * Source: RFC 5321 4.1.2.
 * Returns: %TRUE for `aeldreraad@odense.dk`
 */
gboolean
tn_mail_is_address (const char *text)
{
  const char *at = strchr (text, '@');
  if (at == NULL)
    return FALSE;
  gsize local = (gsize) (at - text);
  gsize domain = strlen (at + 1);
  return local <= LOCAL_MOST && domain <= DOMAIN_MOST
         && is_dotted (text, local, "!#$%&'*+-/=?^_`{|}~") && is_dotted (at + 1, domain, "-");
}
