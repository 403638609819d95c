/* daemon/control/request.h — the words of a command as the decision that they mean */
#pragma once

#include "sync/book.h"

G_BEGIN_DECLS

typedef struct _TnRequest TnRequest;

TnRequest *tn_request_new (TnBook *book, GVariant *fields, const char *source, GError **error);
void tn_request_free (TnRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnRequest, tn_request_free)

const TnDecisionDraft *tn_request_get_draft (const TnRequest *request);

G_END_DECLS
