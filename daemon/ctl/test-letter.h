/* daemon/ctl/test-letter.h — whether the mail server of the settings takes a letter */
#pragma once

#include "ctl/checkup.h"

G_BEGIN_DECLS

void tn_test_letter_send (const TnCall *call, const char *address, GPtrArray *findings);

G_END_DECLS
