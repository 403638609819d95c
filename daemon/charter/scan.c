/* A scanner that agrees with libconfig's (1.5, scanner.l) on every word that it lets pass, and says
 * what is wrong with the others: a comment that never ends is the end of the file to libconfig, an
 * æ in a key a "syntax error" somewhere, and `@include` a file to be opened, pipes too (design
 * section 11; tried). */
#include "charter/scan.h"

#include <string.h>

#define DIGITS "0123456789"

/**
 * tn_scan_begin:
 * @text: UTF-8; must outlive the scan and its words
 */
TnScan
tn_scan_begin (const char *text)
{
  return (TnScan){ text, 1 };
}

static gboolean
is_name_char (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '-' || c == '*';
}

/* To the end of a comment of several lines; %FALSE when it has none. */
static gboolean
skip_comment (TnScan *scan)
{
  const char *end = strstr (scan->at + 2, "*/");
  if (end == NULL)
    return FALSE;
  for (; scan->at < end + 2; scan->at++)
    scan->line += *scan->at == '\n';
  return TRUE;
}

static gboolean
skip_blank (TnScan *scan)
{
  for (;;)
    if (*scan->at == '\n')
      {
        scan->line++;
        scan->at++;
      }
    else if (*scan->at != '\0' && strchr (" \t\r\f", *scan->at) != NULL)
      scan->at++;
    else if (*scan->at == '#' || (scan->at[0] == '/' && scan->at[1] == '/'))
      scan->at += strcspn (scan->at, "\n");
    else if (scan->at[0] != '/' || scan->at[1] != '*')
      return TRUE;
    else if (!skip_comment (scan))
      return FALSE;
}

static void
read_string (TnScan *scan, TnScanWord *word)
{
  word->kind = TN_SCAN_STRING;
  scan->at++;
  while (*scan->at != '\0' && *scan->at != '"')
    {
      if (*scan->at == '\\' && scan->at[1] != '\0')
        scan->at++;
      scan->line += *scan->at == '\n';
      scan->at++;
    }
  if (*scan->at == '"')
    scan->at++;
  else
    {
      word->kind = TN_SCAN_FAULT;
      word->fault = "a closing quote '\"' to the text that begins here";
    }
}

static void
read_name (TnScan *scan, TnScanWord *word)
{
  word->kind = TN_SCAN_NAME;
  for (; is_name_char (*scan->at) || (guchar) *scan->at >= 0x80; scan->at++)
    if ((guchar) *scan->at >= 0x80)
      {
        word->kind = TN_SCAN_FAULT;
        word->fault = "a key of the letters a-z, or a text in quotes";
      }
}

/* What the run of letters, digits and signs at @text is as a number. */
static TnScanKind
get_number_kind (const char *text, gsize length)
{
  const char *end = text + length;
  const char *at = text + (*text == '-' || *text == '+');
  gboolean is_hex = at == text && at[0] == '0' && g_ascii_tolower (at[1]) == 'x';
  if (is_hex)
    at += 2;
  gsize n = strspn (at, is_hex ? DIGITS "abcdefABCDEF" : DIGITS);
  at += n;
  if (n > 0 && at == end)
    return TN_SCAN_NUMBER;
  if (n > 0 && *at == 'L' && (at + 1 == end || (at[1] == 'L' && at + 2 == end)))
    return TN_SCAN_LONG;
  if (is_hex || *at != '.')
    return TN_SCAN_FAULT;
  at++;
  n += strspn (at, DIGITS);
  return n > 0 && at + strspn (at, DIGITS) == end ? TN_SCAN_FRACTION : TN_SCAN_FAULT;
}

static void
read_number (TnScan *scan, TnScanWord *word)
{
  do
    scan->at++;
  while (g_ascii_isalnum (*scan->at) || (*scan->at != '\0' && strchr ("+-._", *scan->at) != NULL));
  word->kind = get_number_kind (word->start, (gsize) (scan->at - word->start));
  if (word->kind == TN_SCAN_FAULT)
    word->fault = "a number of digits alone, or a text in quotes";
}

static void
read_sign (TnScan *scan, TnScanWord *word)
{
  word->kind = strchr ("{}()[]=:;,", *scan->at) != NULL ? TN_SCAN_SIGN : TN_SCAN_FAULT;
  if (*scan->at == '\'')
    word->fault = "texts in double quotes";
  else if (*scan->at == '@')
    word->fault = "all of a file in one place: what @include names would be missing from the "
                  "copies that travel";
  else
    word->fault = "a key, a value or a bracket";
  scan->at++;
}

/**
 * tn_scan_next:
 *
 * Returns: the next word, of kind %TN_SCAN_END at the end of the text
 */
TnScanWord
tn_scan_next (TnScan *scan)
{
  TnScanWord word = { .kind = TN_SCAN_END };
  gboolean ends = skip_blank (scan);
  word.start = scan->at;
  word.line = scan->line;
  if (!ends)
    {
      word.kind = TN_SCAN_FAULT;
      word.fault = "an end '*/' to the comment that begins here";
      scan->at += strlen (scan->at);
    }
  else if (*scan->at == '"')
    read_string (scan, &word);
  else if (g_ascii_isalpha (*scan->at) || *scan->at == '*' || (guchar) *scan->at >= 0x80)
    read_name (scan, &word);
  else if (*scan->at != '\0' && strchr (DIGITS "+-.", *scan->at) != NULL)
    read_number (scan, &word);
  else if (*scan->at != '\0')
    read_sign (scan, &word);
  word.length = (gsize) (scan->at - word.start);
  word.last_line = scan->line;
  return word;
}
