/* daemon/site/frame.h — what stands around each page */
#pragma once

#include "site/reader.h"

G_BEGIN_DECLS

TnWebPage *tn_frame_make (const TnReader *reader, guint status, const char *title,
                          const GString *body);
TnWebPage *tn_frame_redirect (const TnReader *reader, const char *path);
TnWebPage *tn_frame_make_notice (const TnReader *reader, guint status, const char *title,
                                 const char *text);
TnWebPage *tn_frame_make_missing (const TnReader *reader);
TnWebPage *tn_frame_make_error (const TnReader *reader, const GError *error);

G_END_DECLS
