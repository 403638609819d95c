/* daemon/model/mail.h — how letters are sent, and to whom */
#pragma once

#include "model/account.h"

G_BEGIN_DECLS

/* How this daemon sends mail. Immutable once read, ref-counted. */
typedef struct
{
  TnAccount *account;    /* (owned) of the server: smtp:// or smtps:// */
  gboolean has_starttls; /* smtp:// only: it must offer TLS, or gets nothing */
  char *from;            /* (owned) sender's address */
  char *name;            /* (owned) sender's name */
  int digest_minute;     /* of the day, at which the letter of the day goes */
} TnMail;

TnMail *tn_mail_new (const char *url);
TnMail *tn_mail_ref (const TnMail *mail);
void tn_mail_unref (const TnMail *mail);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnMail, tn_mail_unref)

/* The mailbox of an office, never of a person (da: funktionspostkasse). */
typedef struct
{
  char *council; /* (owned) (nullable) whose it is; NULL: those who look after the daemon */
  char *address; /* (owned) */
  int line;      /* in the settings */
} TnMailbox;

TnMailbox *tn_mailbox_new (const char *council, const char *address);
void tn_mailbox_free (TnMailbox *contact);

gboolean tn_mail_is_address (const char *text);

G_END_DECLS
