/* daemon/charter/problems.h — everything that is wrong in what people wrote, told at once */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TnProblems TnProblems;

TnProblems *tn_problems_new (void);
void tn_problems_free (TnProblems *problems);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnProblems, tn_problems_free)

void tn_problems_add (TnProblems *problems, const char *file, int line, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
gboolean tn_problems_has_line (const TnProblems *problems, const char *file, int line);
guint tn_problems_get_size (const TnProblems *problems);
gboolean tn_problems_to_error (const TnProblems *problems, GError **error);

G_END_DECLS
