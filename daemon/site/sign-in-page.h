/* daemon/site/sign-in-page.h — how somebody comes to speak for a council */
#pragma once

#include "site/reader.h"

G_BEGIN_DECLS

TnWebPage *tn_sign_in_page_show (TnReader *reader);
TnWebPage *tn_sign_in_page_show_link (TnReader *reader);
TnWebPage *tn_sign_in_page_sign_out (TnReader *reader);

G_END_DECLS
