/* daemon/site/website.h — the pages of a publisher, and decisions on them. da: hjemmeside */
#pragma once

#include "site/premises.h"
#include "site/visit.h"
#include "sync/desk.h"

G_BEGIN_DECLS

typedef struct _TnWebsite TnWebsite;

/* Puts a letter into @batch: to the role mailbox of @council and to nobody else, with @url, which
 * lets whoever opens it speak for the council. Errors: the council has no mailbox. */
typedef gboolean (*TnWebsiteMail) (gpointer user_data, TnBatch *batch, const char *council,
                                   const char *url, GError **error);

TnWebsite *tn_website_new (TnDesk *desk, TnPremises *premises, TnWebsiteMail mail,
                           gpointer mail_data);
void tn_website_free (TnWebsite *website);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnWebsite, tn_website_free)

void tn_website_set_desk (TnWebsite *website, TnDesk *desk);
gboolean tn_website_mail_link (TnWebsite *website, const char *council, const char *path,
                               GError **error);
guint64 tn_website_get_version (TnWebsite *website);
char *tn_website_invite (TnWebsite *website, TnBatch *batch, const char *council,
                         const char *proposal);
void tn_website_answer_async (TnWebsite *website, TnVisit *visit, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
TnWebPage *tn_website_answer_finish (TnWebsite *website, GAsyncResult *result, GError **error);

G_END_DECLS
