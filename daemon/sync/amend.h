/* daemon/sync/amend.h — answers to what somebody proposed about a guest */
#pragma once

#include "provider/provider.h"
#include "sync/book.h"

G_BEGIN_DECLS

gboolean tn_amend_is_for (const TnProposal *proposal);
TnGuest *tn_amend_find_guest (TnBook *book, const TnProposal *proposal, GError **error);
const TnCalendar *tn_amend_find_calendar (TnBook *book, const TnProposal *proposal, GError **error);
void tn_amend_accept_async (TnBook *book, TnProvider *provider, const TnProposal *proposal,
                            const char *council, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
gboolean tn_amend_accept_finish (TnBook *book, GAsyncResult *result, GError **error);
gboolean tn_amend_reject (TnBook *book, const TnProposal *proposal, const char *council,
                          GError **error);

G_END_DECLS
