/* daemon/site/wheel-page.h — the year wheel. da: årshjul */
#pragma once

#include "site/reader.h"

G_BEGIN_DECLS

void tn_wheel_page_add (GString *html, const TnReader *reader, int year);
TnWebPage *tn_wheel_page_show (TnReader *reader);

G_END_DECLS
