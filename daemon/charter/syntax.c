/* The grammar of libconfig (1.5, grammar.y) once more, in front of it. libconfig itself says
 * "syntax error" and a line that is often the next one, says "duplicate setting name" without the
 * name, reads 3000000000 as a negative number and 4294967297 as 1, and loses the memory of a text
 * at which it stops (design section 11; tried). What passes here it reads in full. */
#include "charter/syntax.h"

#include <errno.h>
#include <string.h>

#include "charter/scan.h"

/* No text of ours nests deeper than ten. */
#define DEPTH_MAX 32

typedef struct
{
  TnScan scan;
  TnScanWord word; /* that is looked at */
  const char *file;
  TnProblems *problems;
  guint depth;
  int long_text;   /* line in which the last text over several lines begins; 0: none */
  gboolean is_fit; /* for libconfig */
} Syntax;

static void
step (Syntax *syntax)
{
  if (syntax->word.kind == TN_SCAN_STRING && syntax->word.last_line > syntax->word.line)
    syntax->long_text = syntax->word.line;
  syntax->word = tn_scan_next (&syntax->scan);
}

static gboolean
is_sign (const Syntax *syntax, char sign)
{
  return syntax->word.kind == TN_SCAN_SIGN && *syntax->word.start == sign;
}

static gboolean
is_flag (const TnScanWord *word)
{
  return word->kind == TN_SCAN_NAME
         && ((word->length == 4 && g_ascii_strncasecmp (word->start, "true", 4) == 0)
             || (word->length == 5 && g_ascii_strncasecmp (word->start, "false", 5) == 0));
}

static char *
dup_word (const TnScanWord *word)
{
  if (word->kind == TN_SCAN_END)
    return g_strdup ("end of the file");
  g_autofree char *text = g_strndup (word->start, MIN (word->length, 40));
  text[strcspn (text, "\n")] = '\0';
  return g_strdup_printf ("'%s'", text);
}

/* After a closing quote that was forgotten, texts and words have changed places: the fault shows
 * lines after it was made. */
static gboolean
fail (Syntax *syntax, const char *expected)
{
  const TnScanWord *word = &syntax->word;
  g_autofree char *found = dup_word (word);
  g_autofree char *hint
      = syntax->long_text > 0
            ? g_strdup_printf ("; the text that begins in line %d goes on over several lines: is "
                               "its closing quote missing?",
                               syntax->long_text)
            : g_strdup ("");
  tn_problems_add (syntax->problems, syntax->file, word->line, "unexpected %s, expected %s%s",
                   found, word->kind == TN_SCAN_FAULT ? word->fault : expected, hint);
  syntax->is_fit = FALSE;
  return FALSE;
}

static void
check_number (Syntax *syntax)
{
  g_autofree char *text = g_strndup (syntax->word.start, syntax->word.length);
  const char *digits = text + strspn (text, "+-");
  gboolean is_hex = g_ascii_strncasecmp (digits, "0x", 2) == 0;
  errno = 0;
  guint64 value = g_ascii_strtoull (is_hex ? digits + 2 : digits, NULL, is_hex ? 16 : 10);
  if (errno == ERANGE || value > G_MAXINT32)
    tn_problems_add (syntax->problems, syntax->file, syntax->word.line,
                     "number %s is out of range, expected one from %d to %d", text, -G_MAXINT32,
                     G_MAXINT32);
}

/* @keys: (element-type utf8 int): those of this group, with their lines */
static void
check_twin (Syntax *syntax, GHashTable *keys)
{
  g_autofree char *name = g_strndup (syntax->word.start, syntax->word.length);
  int first = GPOINTER_TO_INT (g_hash_table_lookup (keys, name));
  if (first == 0)
    {
      g_hash_table_insert (keys, g_steal_pointer (&name), GINT_TO_POINTER (syntax->word.line));
      return;
    }
  tn_problems_add (syntax->problems, syntax->file, syntax->word.line,
                   "key '%.60s' stands twice, expected it once; the first is in line %d", name,
                   first);
  syntax->is_fit = FALSE;
}

static gboolean parse_value (Syntax *syntax); /* lists and groups hold values */

/* Texts side by side are one. */
static gboolean
parse_scalar (Syntax *syntax)
{
  TnScanKind kind = syntax->word.kind;
  if (kind == TN_SCAN_NUMBER || kind == TN_SCAN_LONG)
    check_number (syntax);
  else if (kind != TN_SCAN_STRING && kind != TN_SCAN_FRACTION && !is_flag (&syntax->word))
    return fail (syntax, "a value: a text in quotes, a number, true or false, or a bracket");
  do
    step (syntax);
  while (kind == TN_SCAN_STRING && syntax->word.kind == TN_SCAN_STRING);
  return TRUE;
}

/* `[ … ]` or `( … )`, from behind its bracket to behind the other one */
static gboolean
parse_items (Syntax *syntax, char closing)
{
  TnScanKind first = syntax->word.kind;
  if (is_sign (syntax, closing))
    {
      step (syntax);
      return TRUE;
    }
  for (;;)
    {
      if (closing == ']' && syntax->word.kind != first && syntax->word.kind != TN_SCAN_FAULT)
        return fail (syntax, "values of one kind in [ ]; different ones stand in ( )");
      if (closing == ']' ? !parse_scalar (syntax) : !parse_value (syntax))
        return FALSE;
      gboolean ends = is_sign (syntax, closing);
      if (!ends && !is_sign (syntax, ','))
        return fail (syntax, closing == ']' ? "',' or ']'" : "',' or ')'");
      step (syntax);
      if (ends)
        return TRUE;
      if (is_sign (syntax, closing))
        return fail (syntax, "no comma after the last of a list");
    }
}

static gboolean
parse_setting (Syntax *syntax, GHashTable *keys)
{
  if (syntax->word.kind != TN_SCAN_NAME || is_flag (&syntax->word))
    return fail (syntax, "a key, like in: key = value;");
  check_twin (syntax, keys);
  step (syntax);
  if (!is_sign (syntax, '=') && !is_sign (syntax, ':'))
    return fail (syntax, "'=' after a key; texts stand in quotes");
  step (syntax);
  if (!parse_value (syntax))
    return FALSE;
  if (is_sign (syntax, ';') || is_sign (syntax, ','))
    step (syntax);
  return TRUE;
}

/* From behind its bracket to behind the other one; the whole text is a group without brackets. */
static gboolean
parse_group (Syntax *syntax, gboolean is_whole)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  while (is_whole ? syntax->word.kind != TN_SCAN_END : !is_sign (syntax, '}'))
    {
      if (syntax->word.kind == TN_SCAN_END)
        return fail (syntax, "'}' before it");
      if (!parse_setting (syntax, keys))
        return FALSE;
    }
  step (syntax);
  return TRUE;
}

static gboolean
parse_value (Syntax *syntax)
{
  gboolean is_open = is_sign (syntax, '{') || is_sign (syntax, '(') || is_sign (syntax, '[');
  if (!is_open)
    return parse_scalar (syntax);
  if (syntax->depth == DEPTH_MAX)
    return fail (syntax, "no text to nest so deep");

  char bracket = *syntax->word.start;
  syntax->depth++;
  step (syntax);
  gboolean ok = bracket == '{' ? parse_group (syntax, FALSE)
                               : parse_items (syntax, bracket == '(' ? ')' : ']');
  syntax->depth--;
  return ok;
}

/**
 * tn_syntax_check:
 * @text: UTF-8
 * @file: for messages
 *
 * Adds the first fault of grammar, and up to there all keys that stand twice and all numbers that
 * libconfig cannot hold.
 *
 * Returns: %TRUE when libconfig reads @text without an error and without opening another file
 */
gboolean
tn_syntax_check (const char *text, const char *file, TnProblems *problems)
{
  Syntax syntax = { .scan = tn_scan_begin (text), .file = file, .problems = problems };
  syntax.is_fit = TRUE;
  syntax.word = tn_scan_next (&syntax.scan);
  parse_group (&syntax, TRUE);
  return syntax.is_fit;
}
