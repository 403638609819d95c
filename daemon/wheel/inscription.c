/* A line of text and the room that is kept for it. */
#include "wheel/layout-parts.h"

#include "wheel/letters.h"

#include <math.h>

/**
 * tn_inscription_new:
 *
 * Returns: (transfer full): level, regular; a caller that makes it bold measures it anew
 */
TnInscription *
tn_inscription_new (const char *text, double x, double y, double size, TnAlign align)
{
  TnInscription *inscription = g_new0 (TnInscription, 1);
  inscription->text = g_strdup (text);
  inscription->x = x;
  inscription->y = y;
  inscription->size = size;
  inscription->align = align;
  inscription->width = tn_letters_measure (text, size, FALSE);
  return inscription;
}

void
tn_inscription_free (TnInscription *inscription)
{
  g_free (inscription->text);
  g_free (inscription);
}

/**
 * tn_inscription_get_corners:
 * @ret_corners: (out): of the room kept for it, x and y, in turn around it
 */
void
tn_inscription_get_corners (const TnInscription *inscription, double ret_corners[4][2])
{
  static const double share[]
      = { [TN_ALIGN_START] = 0, [TN_ALIGN_MIDDLE] = 0.5, [TN_ALIGN_END] = 1 };
  double left = -share[inscription->align] * inscription->width;
  double right = left + inscription->width;
  double top = -TN_LETTERS_ASCENT * inscription->size;
  double bottom = TN_LETTERS_DESCENT * inscription->size;
  const double level[4][2] = { { left, top }, { right, top }, { right, bottom }, { left, bottom } };
  double turn = inscription->turn_deg * G_PI / 180;
  for (guint i = 0; i < 4; i++)
    {
      ret_corners[i][0] = inscription->x + level[i][0] * cos (turn) - level[i][1] * sin (turn);
      ret_corners[i][1] = inscription->y + level[i][0] * sin (turn) + level[i][1] * cos (turn);
    }
}
