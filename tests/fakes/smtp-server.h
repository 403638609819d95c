/* tests/fakes/smtp-server.h — a mail catcher on loopback, in the test's own main loop */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _TnSmtpServer TnSmtpServer;

/* A letter that was taken over. */
typedef struct
{
  char *from;        /* (owned) of the envelope */
  char *to;          /* (owned) likewise */
  char *text;        /* (owned) dots unstuffed, lines ended by CRLF */
  char *login;       /* (owned) (nullable) as `user:password` */
  gboolean was_safe; /* it came over TLS */
} TnCaught;

typedef enum
{
  TN_SMTP_GREET,
  TN_SMTP_EHLO,
  TN_SMTP_STARTTLS,
  TN_SMTP_AUTH,
  TN_SMTP_MAIL,
  TN_SMTP_RCPT,
  TN_SMTP_DATA,
  TN_SMTP_DOT,
  TN_SMTP_QUIT,
  TN_N_SMTP_STAGES
} TnSmtpStage;

/* What to do at one stage instead of going on; the next dialogue that comes there gets it. */
typedef struct
{
  TnSmtpStage stage;
  const char *reply; /* (unowned) (nullable) a whole line without its end */
  gboolean drops;    /* closes without a word; at the dot it has taken the letter over before */
  gboolean hangs;    /* never answers */
} TnSmtpFault;

TnSmtpServer *tn_smtp_server_new (GTlsCertificate *certificate, gboolean is_tls_from_the_start);
void tn_smtp_server_free (TnSmtpServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnSmtpServer, tn_smtp_server_free)

void tn_smtp_server_push_fault (TnSmtpServer *server, const TnSmtpFault *fault);
void tn_smtp_server_clear_faults (TnSmtpServer *server);
void tn_smtp_server_refuse (TnSmtpServer *server, const char *address, const char *reply);
void tn_smtp_server_set_away (TnSmtpServer *server, gboolean is_away); /* drops all that come */
void tn_smtp_server_offer_nothing (TnSmtpServer *server);              /* neither TLS nor AUTH */

char *tn_smtp_server_dup_url (const TnSmtpServer *server);
guint tn_smtp_server_count (const TnSmtpServer *server);
guint tn_smtp_server_count_connections (const TnSmtpServer *server);
gboolean tn_smtp_server_heard (const TnSmtpServer *server, const char *words); /* in any line */
const TnCaught *tn_smtp_server_get (const TnSmtpServer *server, guint index);
void tn_smtp_server_forget (TnSmtpServer *server);

G_END_DECLS
