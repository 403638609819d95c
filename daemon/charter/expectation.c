/* What may stand behind a key, said in words. Errors and the manual say it alike. */
#include "charter/expectation.h"

#include <string.h>

static const struct
{
  TnKeyType type;
  const char *text;
} EXPECTATIONS[] = {
  { TN_KEY_TEXT, "a text of one line" },
  { TN_KEY_LINES, "a text" },
  { TN_KEY_TITLE, "a text of one line, with { } only around a placeholder like {host}" },
  { TN_KEY_TITLES, "a text with { } only around a placeholder like {host}" },
  { TN_KEY_ID, "at most 40 of the letters a-z, digits and '-', like \"kobenhavn\"" },
  { TN_KEY_FLAG, "true or false" },
  { TN_KEY_DATE, "a date like \"2027-05-18\"" },
  { TN_KEY_BOUND, "a year, month or day like \"2027\", \"2027-05\" or \"2027-05-18\"" },
  { TN_KEY_WHEN, "a day or days like \"2027-05-18\" or \"2027-05-18..2027-05-19\"" },
  { TN_KEY_CYCLE, "a cycle like \"2027\", \"2027-H1\", \"2027-Q3\", \"2027-04\" or \"2026/27\"" },
  { TN_KEY_MONTH_DAY, "a month and a day that exists, like \"05-18\"" },
  { TN_KEY_DAY, "a month and a day like \"05-18\", or a date like \"2027-05-18\"" },
  { TN_KEY_DUE, "a month like \"05\", or a month and a day like \"05-18\"" },
  { TN_KEY_WEEKS, "ISO weeks from 1 to 53, like \"20\" or \"17-21\"" },
  { TN_KEY_MONTHS, "months from 1 to 12, like \"5\" or \"3-5\"" },
  { TN_KEY_HOURS, "times like \"10:00-15:00\"" },
  { TN_KEY_PREFERENCE, "\"early\", \"middle\", \"late\", \"week 20\" or \"last year\"" },
  { TN_KEY_REFERENCE, "a series and a role, like \"studietur.host\"" },
  { TN_KEY_ZONE, "an IANA name like \"Europe/Copenhagen\"" },
  { TN_KEY_PATH, "a path" },
  { TN_KEY_ALMANAC, "a holiday file like \"dk\", or an iCalendar file that lies beside the charter "
                    "like \"lukkedage.ics\"" },
  { TN_KEY_GROUP, "a group of keys in { }" },
};

static char *
dup_choice (const char *words)
{
  g_auto (GStrv) list = g_strsplit (words, "|", -1);
  guint n = g_strv_length (list);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s\"%s\"", i == 0 ? "" : i + 1 == n ? " or " : ", ", list[i]);
  return g_string_free (text, FALSE);
}

/**
 * tn_expectation_dup:
 *
 * Returns: (transfer full): what one value of @key looks like, for errors and the manual
 */
char *
tn_expectation_dup (const TnKey *key)
{
  g_autofree char *choice = key->words != NULL ? dup_choice (key->words) : NULL;
  if (key->type == TN_KEY_NUMBER)
    return g_strdup_printf ("a number from %d to %d", key->least, key->most);
  if (key->type == TN_KEY_WORD)
    return g_steal_pointer (&choice);
  if (key->type == TN_KEY_RHYTHM)
    return g_strdup_printf ("%s, or several like \"2 years\", at most %d", choice, key->most);
  if (key->type == TN_KEY_AMOUNT)
    return g_strdup_printf ("a number from %d to %d, a blank, and %s", key->least, key->most,
                            choice);
  if (key->type == TN_KEY_GROUP && strcmp (key->inner, "secret") == 0)
    return g_strdup ("only where it is kept: { file = \"…\"; } or { credential = \"…\"; } or { "
                     "command = [ … ]; }");
  for (guint i = 0; i < G_N_ELEMENTS (EXPECTATIONS); i++)
    if (EXPECTATIONS[i].type == key->type)
      return g_strdup (EXPECTATIONS[i].text);
  g_return_val_if_reached (NULL);
}
