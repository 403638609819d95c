/* Widths of letters. A picture is read with fonts that we do not know: the widths are those of
 * DejaVu Sans, the widest of the fonts that stand for sans-serif on the systems of councils
 * (Liberation Sans, Arial and Helvetica are a tenth narrower), and a little is added. So a text may
 * take less room than is kept for it, and never more. */
#include "wheel/letters.h"

/* Of U+0020 to U+007E in thousandths of the size, regular and bold. Source: DejaVu Sans 2.37. */
static const guint WIDTHS[2][95]
    = {
        { 317,  400, 459, 837, 636, 950, 779, 274, 390, 390, 500, 837, 317, 360, 317, 336,
          636,  636, 636, 636, 636, 636, 636, 636, 636, 636, 336, 336, 837, 837, 837, 530,
          1000, 684, 686, 698, 770, 631, 575, 774, 751, 294, 294, 655, 557, 862, 748, 787,
          603,  787, 694, 634, 610, 731, 684, 988, 685, 610, 685, 390, 336, 390, 837, 500,
          500,  612, 634, 549, 634, 615, 352, 634, 633, 277, 277, 579, 277, 974, 633, 611,
          634,  634, 411, 520, 392, 633, 591, 817, 591, 591, 524, 636, 336, 636, 837 },
        { 348,  456, 520, 837, 695, 1001, 872, 306,  457, 457, 522, 837, 379, 415,  379, 365,
          695,  695, 695, 695, 695, 695,  695, 695,  695, 695, 399, 399, 837, 837,  837, 580,
          1000, 773, 762, 733, 830, 683,  683, 820,  836, 372, 372, 774, 637, 995,  836, 850,
          732,  850, 770, 720, 682, 812,  773, 1103, 770, 724, 725, 457, 365, 457,  837, 500,
          500,  674, 715, 592, 715, 678,  435, 715,  711, 342, 342, 665, 342, 1041, 711, 687,
          715,  715, 493, 595, 478, 711,  651, 923,  645, 651, 582, 711, 365, 711,  837 },
      };

/* What is no letter with an accent: Æ, æ, … and scripts with square signs. */
static const guint WIDEST = 1100;
static const double SPARE = 1.02;

static guint
get_width (gunichar letter, gboolean is_bold)
{
  gunichar base = letter;
  gunichar accent = 0;
  if (g_unichar_iszerowidth (letter))
    return 0;
  while (base > 0x7e && g_unichar_decompose (base, &base, &accent))
    continue;
  switch (base)
    {
    case 0xf8: /* ø */
      base = 'o';
      break;
    case 0xd8: /* Ø */
      base = 'O';
      break;
    case 0xa0: /* a blank that holds */
      base = ' ';
      break;
    case 0xb7:   /* middle dot */
    case 0x2013: /* en dash */
    case 0x2019: /* apostrophe */
      base = '_';
      break;
    default:
      break;
    }
  return base >= 0x20 && base <= 0x7e ? WIDTHS[is_bold ? 1 : 0][base - 0x20] : WIDEST;
}

/**
 * tn_letters_measure:
 * @size: of the letters, in the unit that is wanted
 *
 * Returns: a width that @text surely fits in
 */
double
tn_letters_measure (const char *text, double size, gboolean is_bold)
{
  guint width = 0;
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    width += get_width (g_utf8_get_char (c), is_bold);
  return width * size * SPARE / 1000;
}

/**
 * tn_letters_fit:
 *
 * Returns: (transfer full): @text, cut with an ellipsis where it would be wider than @width
 */
char *
tn_letters_fit (const char *text, double size, gboolean is_bold, double width)
{
  if (tn_letters_measure (text, size, is_bold) <= width)
    return g_strdup (text);
  double left = width - tn_letters_measure ("\342\200\246", size, is_bold);
  const char *end = text;
  for (; *end != '\0'; end = g_utf8_next_char (end))
    {
      left -= get_width (g_utf8_get_char (end), is_bold) * size * SPARE / 1000;
      if (left < 0)
        break;
    }
  while (end > text && end[-1] == ' ')
    end--;
  return g_strdup_printf ("%.*s\342\200\246", (int) (end - text), text);
}

/**
 * tn_letters_wrap:
 * @n_most: lines; the last of them is cut where the text needs more
 *
 * Returns: (transfer full) (element-type utf8): lines, none of them wider than @width
 */
GPtrArray *
tn_letters_wrap (const char *text, double size, gboolean is_bold, double width, guint n_most)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  const char *rest = text;
  while (*rest != '\0' && lines->len + 1 < n_most
         && tn_letters_measure (rest, size, is_bold) > width)
    {
      const char *end = NULL;
      for (const char *c = rest; *c != '\0'; c++)
        {
          g_autofree char *head = *c == ' ' ? g_strndup (rest, (gsize) (c - rest)) : NULL;
          if (head != NULL && tn_letters_measure (head, size, is_bold) > width)
            break;
          if (head != NULL)
            end = c;
        }
      if (end == NULL || end == rest)
        break; /* a word that is wider than a line is cut below */
      g_ptr_array_add (lines, g_strndup (rest, (gsize) (end - rest)));
      rest = end + 1;
    }
  if (*rest != '\0')
    g_ptr_array_add (lines, tn_letters_fit (rest, size, is_bold, width));
  return lines;
}
