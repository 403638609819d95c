/* daemon/model/catalogues.h — the catalogues that are built into the programs */
#pragma once

#include "model/mo-file.h"
#include "model/words.h"

G_BEGIN_DECLS

/* By #TnLanguage; made from packaging/i18n by its embed.py. English has none: it is the key. */
extern const TnMoFile tn_catalogues[TN_LANGUAGE_EN + 1];

G_END_DECLS
