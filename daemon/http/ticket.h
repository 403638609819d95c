/* daemon/http/ticket.h — the Kerberos ticket with which an account logs in */
#pragma once

#include <gio/gio.h>

#include "model/account.h"

G_BEGIN_DECLS

typedef struct _TnTicket TnTicket;

TnTicket *tn_ticket_new (const TnAccount *account);
void tn_ticket_free (TnTicket *ticket);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnTicket, tn_ticket_free)

gboolean tn_ticket_renew (TnTicket *ticket, GError **error);
void tn_ticket_enter (const TnTicket *ticket);
void tn_ticket_leave (const TnTicket *ticket);

G_END_DECLS
