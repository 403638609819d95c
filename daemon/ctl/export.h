/* daemon/ctl/export.h — charter and ledger as one charter file for the other councils */
#pragma once

#include "ctl/papers.h"

G_BEGIN_DECLS

typedef struct
{
  char *text;          /* (owned) of the new charter file */
  int edition;         /* that it has */
  GPtrArray *added;    /* (owned) (element-type TnDecision) what the charter did not say before */
  GPtrArray *left_out; /* (owned) (element-type TnReason) what no charter can say, and why */
} TnExport;

TnExport *tn_export_new (const TnPapers *papers, const TnCollaboration *collaboration,
                         const char *holiday_folder, GError **error);
void tn_export_free (TnExport *export);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnExport, tn_export_free)

G_END_DECLS
