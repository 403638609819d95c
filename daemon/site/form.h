/* daemon/site/form.h — a form that is ours, and is handed in once */
#pragma once

#include "site/reader.h"

G_BEGIN_DECLS

typedef enum
{
  TN_FORM_GOOD,
  TN_FORM_FOREIGN, /* not made here, or for another session, council or page */
  TN_FORM_OLD,     /* made too long ago */
  TN_FORM_USED     /* handed in before */
} TnFormState;

#define TN_FORM_LASTS_S (2 * 3600)

void tn_form_begin (GString *html, const TnReader *reader, const char *path);
void tn_form_hide (GString *html, const char *name, const char *value);
TnFormState tn_form_check (const TnReader *reader, const char *path, char **ret_hash);
gboolean tn_form_use_up (const TnReader *reader, const char *hash, const char *path,
                         const char *outcome, GError **error);
void tn_form_note (const TnReader *reader, const char *uid, const char *field, const char *after);
TnSlip *tn_form_find (const TnReader *reader, const char *hash);
TnWebPage *tn_form_make_refusal (const TnReader *reader, TnFormState state, const char *hash);

G_END_DECLS
