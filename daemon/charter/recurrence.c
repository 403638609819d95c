/* Recurrence rules. Of RFC 5545 3.3.10 the part that names days of the month: what a charter needs
 * more is said better in its own words, and every part that is not known here is an error, because
 * a rule of which half is ignored gives wrong dates. Nothing is expanded here, and COUNT and UNTIL
 * are refused (the charter has `last`), so no rule can be endless (hazard 60). */
#include "charter/recurrence.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

static const char *const WEEKDAYS[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
static const char *const SHORT_WEEKDAYS[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
static const char *const NUMBERS[] = { "first", "second", "third", "fourth" };

static int
find (const char *const *words, int n, const char *text)
{
  for (int i = 0; i < n; i++)
    if (strcmp (words[i], text) == 0)
      return i;
  return -1;
}

/**
 * tn_recurrence_parse_nth:
 * @text: `fourth fri` or `last thu`
 * @ret_day: (out): untouched on failure
 *
 * A fifth one is not in every month, so there is none.
 *
 * Returns: %FALSE when it is nothing like that
 */
gboolean
tn_recurrence_parse_nth (const char *text, TnMonthDay *ret_day)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);
  if (g_strv_length (parts) != 2)
    return FALSE;
  int nth = find (NUMBERS, G_N_ELEMENTS (NUMBERS), parts[0]);
  int weekday = find (WEEKDAYS, G_N_ELEMENTS (WEEKDAYS), parts[1]);
  gboolean is_last = strcmp (parts[0], "last") == 0;
  if (weekday < 0 || (nth < 0 && !is_last))
    return FALSE;
  *ret_day
      = (TnMonthDay){ .weekday = (TnWeekday) (TN_MONDAY + weekday), .nth = is_last ? -1 : nth + 1 };
  return TRUE;
}

/* A whole number of at most two digits, with a sign. */
static gboolean
parse_number (const char *text, gsize length, int *ret_number)
{
  gsize sign = length > 0 && (*text == '-' || *text == '+') ? 1 : 0;
  gsize digits = strspn (text + sign, "0123456789");
  if (length <= sign || length > sign + 2 || digits < length - sign)
    return FALSE;
  g_autofree char *number = g_strndup (text, length);
  *ret_number = atoi (number);
  return TRUE;
}

static gboolean
parse_weekday (const char *text, TnRecurrence *recurrence)
{
  gsize length = strlen (text);
  int nth = 0;
  int weekday = length >= 2 ? find (SHORT_WEEKDAYS, 7, text + length - 2) : -1;
  if (weekday < 0 || !parse_number (text, length - 2, &nth) || nth == 0 || ABS (nth) > 4)
    return FALSE;
  TnMonthDay day = { .weekday = (TnWeekday) (TN_MONDAY + weekday), .nth = nth };
  g_array_append_val (recurrence->month_days, day);
  return TRUE;
}

static gboolean
parse_month_day (const char *text, TnRecurrence *recurrence)
{
  int number = 0;
  if (!parse_number (text, strlen (text), &number) || number == 0 || ABS (number) > 28)
    return FALSE;
  TnMonthDay day = { .number = number };
  g_array_append_val (recurrence->month_days, day);
  return TRUE;
}

static gboolean
parse_month (const char *text, TnRecurrence *recurrence)
{
  int month = 0;
  if (!parse_number (text, strlen (text), &month) || month < 1 || month > 12)
    return FALSE;
  recurrence->months |= 1u << month;
  return TRUE;
}

static gboolean
parse_list (const char *value, TnRecurrence *recurrence,
            gboolean (*parse) (const char *, TnRecurrence *))
{
  g_auto (GStrv) items = g_strsplit (value, ",", -1);
  for (guint i = 0; items[i] != NULL; i++)
    if (!parse (items[i], recurrence))
      return FALSE;
  return items[0] != NULL;
}

static gboolean
parse_part (const char *name, const char *value, TnRecurrence *recurrence)
{
  if (strcmp (name, "FREQ") == 0)
    {
      recurrence->every = strcmp (value, "YEARLY") == 0 ? TN_PERIOD_YEAR : TN_PERIOD_MONTH;
      return strcmp (value, "YEARLY") == 0 || strcmp (value, "MONTHLY") == 0;
    }
  if (strcmp (name, "INTERVAL") == 0)
    return parse_number (value, strlen (value), &recurrence->interval) && recurrence->interval > 0;
  if (strcmp (name, "BYDAY") == 0)
    return parse_list (value, recurrence, parse_weekday);
  if (strcmp (name, "BYMONTHDAY") == 0)
    return parse_list (value, recurrence, parse_month_day);
  return strcmp (name, "BYMONTH") == 0 && parse_list (value, recurrence, parse_month);
}

static int
count_bits (guint bits)
{
  int n = 0;
  for (; bits != 0; bits &= bits - 1)
    n++;
  return n;
}

/* What is still wrong when each part is right. */
static const char *
find_fault (const TnRecurrence *recurrence, const GHashTable *seen)
{
  if (!g_hash_table_contains ((GHashTable *) seen, "FREQ"))
    return "it has no FREQ";
  if (recurrence->month_days->len == 0)
    return "it names no day";
  if (g_hash_table_contains ((GHashTable *) seen, "BYDAY")
      && g_hash_table_contains ((GHashTable *) seen, "BYMONTHDAY"))
    return "BYDAY and BYMONTHDAY together may never meet";
  if (recurrence->every == TN_PERIOD_YEAR && count_bits (recurrence->months) != 1)
    return "FREQ=YEARLY needs one BYMONTH; for several say FREQ=MONTHLY";
  if (recurrence->interval > 1 && recurrence->months != 0 && recurrence->every == TN_PERIOD_MONTH)
    return "INTERVAL and BYMONTH together may never meet";
  return NULL;
}

/**
 * tn_recurrence_parse:
 * @ret_recurrence: (out): to be cleared; untouched on failure
 *
 * Errors: %TN_ERROR_INVALID when @text is none, or has a part that is not known here.
 */
gboolean
tn_recurrence_parse (const char *text, TnRecurrence *ret_recurrence, GError **error)
{
  TnRecurrence recurrence
      = { .interval = 1, .month_days = g_array_new (FALSE, FALSE, sizeof (TnMonthDay)) };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  g_autofree char *fault = NULL;
  for (guint i = 0; parts[i] != NULL && fault == NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (parts[i], "=", 2);
      if (g_strv_length (pair) != 2 || g_hash_table_contains (seen, pair[0])
          || !parse_part (pair[0], pair[1], &recurrence))
        fault = g_strdup_printf ("'%.40s' is not known or stands twice", parts[i]);
      else
        g_hash_table_add (seen, g_strdup (pair[0]));
    }
  if (fault == NULL)
    fault = g_strdup (find_fault (&recurrence, seen));
  if (fault == NULL)
    {
      *ret_recurrence = recurrence;
      return TRUE;
    }
  tn_recurrence_clear (&recurrence);
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
               "rrule = \"%.100s\": %s, expected one like \"FREQ=MONTHLY;BYDAY=4FR\", with "
               "INTERVAL, BYDAY=1MO to 4SU or -1MO, BYMONTHDAY=1 to 28, and BYMONTH",
               text, fault);
  return FALSE;
}

void
tn_recurrence_clear (TnRecurrence *recurrence)
{
  g_clear_pointer (&recurrence->month_days, g_array_unref);
}
