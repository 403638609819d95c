/* tests/provider/site.h — a folder of its own for each test of the file plugin */
#pragma once

#include "provider/provider.h"

G_BEGIN_DECLS

typedef struct
{
  char *root; /* (owned) removed with all in it */
  char *path; /* (owned) the calendar's folder in it; not made yet */
  char *file; /* (owned) the calendar's file in that folder, for the single-file layout */
  gboolean locked;
} TnSite;

gpointer tn_site_new (void);
void tn_site_free (gpointer place);
TnProvider *tn_site_open (TnSite *place, const char *layout, const char *binding);
char *tn_site_edit_folder (gpointer place, const char *uid, const char *text);
char *tn_site_edit_file (gpointer place, const char *uid, const char *text);
gboolean tn_site_lock (gpointer place);

G_END_DECLS
