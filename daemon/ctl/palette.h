/* daemon/ctl/palette.h — the colours of turnusctl */
#pragma once

#include "ctl/screen.h"
#include "model/words.h"

G_BEGIN_DECLS

/* What a colour stands for. The words say it too: nobody has to see colours. */
typedef enum
{
  TN_TINT_PLAIN,
  TN_TINT_HEADING,
  TN_TINT_GOOD,
  TN_TINT_WAITS, /* for a person */
  TN_TINT_BAD
} TnTint;

const char *tn_palette_begin (const TnScreen *screen, TnTint tint);
const char *tn_palette_end (const TnScreen *screen, TnTint tint);
TnTint tn_palette_judge (TnLanguage language, const char *word);

G_END_DECLS
