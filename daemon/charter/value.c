/* What people write between quotes. Every reader is strict: `8weeks`, `week 60` and `31-02` are
 * mistakes and not something near them. */
#include "charter/value.h"

#include <stdlib.h>
#include <string.h>

#include "base/encode.h"
#include "base/error.h"
#include "charter/expectation.h"
#include "model/series.h"

/* Without a plural s; `s` alone is the unit of a second. */
static gsize
get_stem (const char *word)
{
  gsize length = strlen (word);
  return length > 1 && word[length - 1] == 's' ? length - 1 : length;
}

/* Words that count are the same in singular and plural. */
static int
find_word (const char *words, const char *word, gboolean counts)
{
  g_auto (GStrv) list = g_strsplit (words, "|", -1);
  for (int i = 0; list[i] != NULL; i++)
    if (strcmp (list[i], word) == 0
        || (counts && get_stem (list[i]) == get_stem (word)
            && strncmp (list[i], word, get_stem (word)) == 0))
      return i;
  return -1;
}

/* Digits alone, at most six: no sign, no blank, no surprise. */
static gboolean
read_digits (const char **at, int *number)
{
  gsize n = strspn (*at, "0123456789");
  if (n == 0 || n > 6)
    return FALSE;
  *number = atoi (*at);
  *at += n;
  return TRUE;
}

static gboolean
has_control (const char *text, gboolean lines)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)) && !(lines && strchr ("\n\t", *c) != NULL))
      return TRUE;
  return FALSE;
}

static gboolean
parse_text (const char *text, gboolean lines)
{
  g_autofree char *bare = g_strstrip (g_strdup (text));
  return *bare != '\0' && !has_control (text, lines);
}

/* Curly brackets stand for nothing but placeholders; which there are depends on the series. */
static gboolean
parse_title (const char *text, gboolean lines)
{
  if (!parse_text (text, lines))
    return FALSE;
  for (const char *c = text + strcspn (text, "{}"); *c != '\0'; c += strcspn (c, "{}"))
    {
      gsize length = *c == '{' ? strspn (c + 1, "abcdefghijklmnopqrstuvwxyz0123456789-") : 0;
      if (length == 0 || c[length + 1] != '}')
        return FALSE;
      c += length + 2;
    }
  return TRUE;
}

static gboolean
parse_id (const char *text)
{
  gsize length = strlen (text);
  return length > 0 && length <= 40
         && strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

/* A charter comes from others: it names files beside itself and none elsewhere. */
static gboolean
parse_almanac (const char *text)
{
  if (!g_str_has_suffix (text, ".ics"))
    return parse_id (text);
  return strlen (text) <= 100 && text[0] != '.' && strchr (text, '/') == NULL
         && !has_control (text, FALSE);
}

static gboolean
parse_reference (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ".", -1);
  return g_strv_length (parts) == 2 && parse_id (parts[0]) && parse_id (parts[1]);
}

static gboolean
parse_month_day (const char *text, TnValue *value)
{
  if (strlen (text) != 5 || text[2] != '-' || strspn (text, "0123456789-") != 5
      || strchr (text, '-') != text + 2 || strchr (text + 3, '-') != NULL)
    return FALSE;
  value->first = atoi (text);
  value->last = atoi (text + 3);
  return tn_date_is_valid_ymd (2024, value->first, value->last); /* a leap year */
}

static gboolean
parse_range (const char *text, int most, TnValue *value)
{
  const char *at = text;
  if (!read_digits (&at, &value->first))
    return FALSE;
  value->last = value->first;
  if (*at == '-')
    {
      at++;
      if (!read_digits (&at, &value->last))
        return FALSE;
    }
  return *at == '\0' && value->first >= 1 && value->first <= value->last && value->last <= most;
}

static gboolean
parse_minute (const char **at, int *minute)
{
  const char *c = *at;
  if (strlen (c) < 5 || !g_ascii_isdigit (c[0]) || !g_ascii_isdigit (c[1]) || c[2] != ':'
      || !g_ascii_isdigit (c[3]) || !g_ascii_isdigit (c[4]))
    return FALSE;
  int minutes = (c[3] - '0') * 10 + c[4] - '0';
  *minute = ((c[0] - '0') * 10 + c[1] - '0') * 60 + minutes;
  *at += 5;
  return minutes < 60 && *minute <= 24 * 60;
}

static gboolean
parse_hours (const char *text, TnValue *value)
{
  const char *at = text;
  return parse_minute (&at, &value->first) && *at++ == '-' && parse_minute (&at, &value->last)
         && *at == '\0' && value->first < 24 * 60;
}

static gboolean
parse_amount (const TnKey *key, const char *text, TnValue *value)
{
  const char *at = text;
  gboolean negative = *at == '-';
  if (*at == '-' || *at == '+')
    at++;
  if (!read_digits (&at, &value->number) || *at++ != ' ')
    return FALSE;
  if (negative)
    value->number = -value->number;
  value->unit = find_word (key->words, at, TRUE);
  return value->unit >= 0 && value->number >= key->least && value->number <= key->most
         && (*text != '+' || key->least < 0);
}

static gboolean
parse_rhythm (const TnKey *key, const char *text, TnValue *value)
{
  const char *at = text;
  value->number = 1;
  if (g_ascii_isdigit (*at) && (!read_digits (&at, &value->number) || *at++ != ' '))
    return FALSE;
  value->unit = find_word (key->words, at, TRUE);
  return value->unit >= 0 && value->number >= key->least && value->number <= key->most;
}

static gboolean
parse_preference (const char *text, TnValue *value)
{
  static const char *const words[] = { "early", "middle", "late", NULL };
  for (int i = 0; words[i] != NULL; i++)
    if (strcmp (words[i], text) == 0)
      {
        value->unit = TN_PREFER_EARLY + i;
        return TRUE;
      }
  value->unit = TN_PREFER_LAST_YEAR;
  if (strcmp (text, "last year") == 0)
    return TRUE;
  value->unit = TN_PREFER_WEEK;
  const char *at = text + strlen ("week ");
  return g_str_has_prefix (text, "week ") && read_digits (&at, &value->number) && *at == '\0'
         && value->number >= 1 && value->number <= 53;
}

static gboolean
parse_bound (const char *text, TnValue *value, GError **error)
{
  return tn_span_parse_bound (text, FALSE, &value->days.start, error)
         && tn_span_parse_bound (text, TRUE, &value->days.end, error);
}

static gboolean
parse_date (const char *text, TnValue *value, GError **error)
{
  if (!tn_date_parse (text, &value->days.start, error))
    return FALSE;
  value->days.end = value->days.start + 1;
  return TRUE;
}

static gboolean
parse_day (const char *text, TnValue *value, GError **error)
{
  if (strlen (text) == strlen ("2027-05-18"))
    return parse_date (text, value, error);
  return parse_month_day (text, value);
}

static gboolean
parse_due (const char *text, TnValue *value)
{
  if (strlen (text) != 2)
    return parse_month_day (text, value);
  const char *at = text;
  value->last = 0;
  return read_digits (&at, &value->first) && *at == '\0' && value->first >= 1 && value->first <= 12;
}

static gboolean
parse_zone (const char *text, GError **error)
{
  g_autoptr (TnZone) zone = tn_zone_new (text, error);
  return zone != NULL;
}

/* A word that ends in `:AREA` stands for any with an id in that place. */
static gboolean
parse_word (const TnKey *key, const char *text, TnValue *value)
{
  value->number = find_word (key->words, text, FALSE);
  const char *colon = strchr (text, ':');
  if (value->number >= 0 || colon == NULL || !parse_id (colon + 1))
    return value->number >= 0;
  g_autofree char *open = g_strdup_printf ("%.*s:AREA", (int) (colon - text), text);
  value->number = find_word (key->words, open, FALSE);
  return value->number >= 0;
}

static gboolean
parse_by_type (const TnKey *key, const char *text, TnValue *value, GError **error)
{
  switch (key->type)
    {
    case TN_KEY_TEXT:
    case TN_KEY_PATH:
      return parse_text (text, FALSE);
    case TN_KEY_LINES:
      return parse_text (text, TRUE);
    case TN_KEY_TITLE:
      return parse_title (text, FALSE);
    case TN_KEY_TITLES:
      return parse_title (text, TRUE);
    case TN_KEY_ID:
      return parse_id (text);
    case TN_KEY_ALMANAC:
      return parse_almanac (text);
    case TN_KEY_WORD:
      return parse_word (key, text, value);
    case TN_KEY_DATE:
      return parse_date (text, value, error);
    case TN_KEY_BOUND:
      return parse_bound (text, value, error);
    case TN_KEY_WHEN:
      return tn_when_parse (text, &value->when, error);
    case TN_KEY_CYCLE:
      return tn_cycle_parse (text, &value->cycle, error);
    case TN_KEY_MONTH_DAY:
      return parse_month_day (text, value);
    case TN_KEY_DAY:
      return parse_day (text, value, error);
    case TN_KEY_DUE:
      return parse_due (text, value);
    case TN_KEY_WEEKS:
      return parse_range (text, 53, value);
    case TN_KEY_MONTHS:
      return parse_range (text, 12, value);
    case TN_KEY_AMOUNT:
      return parse_amount (key, text, value);
    case TN_KEY_RHYTHM:
      return parse_rhythm (key, text, value);
    case TN_KEY_HOURS:
      return parse_hours (text, value);
    case TN_KEY_PREFERENCE:
      return parse_preference (text, value);
    case TN_KEY_REFERENCE:
      return parse_reference (text);
    case TN_KEY_ZONE:
      return parse_zone (text, error);
    case TN_KEY_NUMBER:
    case TN_KEY_FLAG:
    case TN_KEY_GROUP:
      break;
    }
  return FALSE;
}

/* The word that was meant, for the error; the number before it stays as it is. */
static char *
dup_hint (const TnKey *key, const char *text)
{
  if (key->words == NULL)
    return g_strdup ("");
  gsize number = strspn (text, "+-0123456789 ");
  g_auto (GStrv) words = g_strsplit (key->words, "|", -1);
  const char *nearest = tn_encode_find_nearest (text + number, (const char *const *) words);
  if (nearest == NULL || strcmp (nearest, text + number) == 0)
    return g_strdup ("");
  return g_strdup_printf ("; did you mean '%.*s%s'?", (int) number, text, nearest);
}

/**
 * tn_value_parse:
 * @text: what stands between the quotes, UTF-8
 * @ret_value: (out): refers to @text; untouched on failure
 *
 * Errors: %TN_ERROR_INVALID when @text is nothing that @key can hold.
 */
gboolean
tn_value_parse (const TnKey *key, const char *text, TnValue *ret_value, GError **error)
{
  TnValue value = { .text = text };
  g_autoptr (GError) cause = NULL;
  if (parse_by_type (key, text, &value, &cause))
    {
      *ret_value = value;
      return TRUE;
    }
  g_autofree char *expectation = tn_expectation_dup (key);
  if (cause != NULL)
    {
      gboolean says_all = strstr (cause->message, "expected") != NULL;
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "%s: %s%s%s", key->name, cause->message,
                   says_all ? "" : ", expected ", says_all ? "" : expectation);
      return FALSE;
    }
  g_autofree char *hint = dup_hint (key, text);
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "%s = \"%.100s\" is not possible, expected %s%s",
               key->name, text, expectation, hint);
  return FALSE;
}

/**
 * tn_value_check_number:
 *
 * Errors: %TN_ERROR_INVALID when @number is out of the range of @key.
 */
gboolean
tn_value_check_number (const TnKey *key, gint64 number, GError **error)
{
  if (number >= key->least && number <= key->most)
    return TRUE;
  g_autofree char *expectation = tn_expectation_dup (key);
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
               "%s = %" G_GINT64_FORMAT " is out of range, expected %s", key->name, number,
               expectation);
  return FALSE;
}
