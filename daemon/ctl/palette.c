/* One place for colours: three of the eight that each terminal has, in the shades that its owner
 * chose, and bold. Never faint or blue, which many cannot read on black. */
#include "ctl/palette.h"

#include "model/catalogue.h"

#include <string.h>

/**
 * tn_palette_begin:
 *
 * Returns: (transfer none): what turns @tint on; "" where there is no colour
 */
const char *
tn_palette_begin (const TnScreen *screen, TnTint tint)
{
  static const char *const codes[] = { "", "\033[1m", "\033[32m", "\033[33m", "\033[1;31m" };
  return screen->has_colour ? codes[tint] : "";
}

/**
 * tn_palette_end:
 *
 * Returns: (transfer none): what turns @tint off
 */
const char *
tn_palette_end (const TnScreen *screen, TnTint tint)
{
  return screen->has_colour && tint != TN_TINT_PLAIN ? "\033[0m" : "";
}

static gboolean
is_among (TnLanguage language, const char *const *codes, const char *word)
{
  for (gsize i = 0; codes[i] != NULL; i++)
    if (strcmp (tn_say_code (language, codes[i]), word) == 0)
      return TRUE;
  return FALSE;
}

/**
 * tn_palette_judge:
 * @word: a state, a status or a verdict, as it is said in @language
 *
 * Returns: what it means for the one who reads it
 */
TnTint
tn_palette_judge (TnLanguage language, const char *word)
{
  static const char *const good[] = { "ok", "confirmed", "done", "accepted", NULL };
  static const char *const waits[]
      = { "soon", "new", "degraded", "unknown", "weak", "open", "postponed", "read-only", NULL };
  static const char *const bad[]
      = { "bad", "failing", "refused", "on hold", "needs login", "unplaced", "cancelled", NULL };
  return is_among (language, good, word)    ? TN_TINT_GOOD
         : is_among (language, waits, word) ? TN_TINT_WAITS
         : is_among (language, bad, word)   ? TN_TINT_BAD
                                            : TN_TINT_PLAIN;
}
