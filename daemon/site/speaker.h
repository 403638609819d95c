/* daemon/site/speaker.h — for which council a reader speaks */
#pragma once

#include "site/reader.h"

G_BEGIN_DECLS

#define TN_SPEAKER_COOKIE "turnus"

void tn_speaker_find (TnReader *reader);

G_END_DECLS
