/* daemon/charter/document.h — a text as libconfig's tree */
#pragma once

#include "charter/group.h"
#include "charter/problems.h"
#include "charter/source.h"

G_BEGIN_DECLS

TnDocument *tn_document_open (const TnSourceFile *source, TnProblems *problems);
void tn_document_close (TnDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnDocument, tn_document_close)
TnGroup tn_document_get_root (const TnDocument *document, const char *kind);
const char *tn_document_get_path (const TnDocument *document);
const char *tn_document_get_name (const TnDocument *document);
void tn_document_complain (const TnDocument *document, int line, const char *text);
gboolean tn_document_has_problem (const TnDocument *document, int line);

G_END_DECLS
