/* Recurrence rules of files that others wrote. They are never given to libical, which a hostile one
 * keeps busy for ever and an impossible one for most of a second (hazard 60; hazards section 0 item
 * 2): here a rule is walked period by period and day by day, each day is one step, and whoever asks
 * says how many steps there may be. A rule that names no day at all costs the same.
 *
 * Days are all that is asked for, so steps below a day are refused, as is what no calendar program
 * writes (BYYEARDAY, BYWEEKNO): half a rule gives wrong days.
 *
 * Source: RFC 5545 sections 3.3.10 and 3.8.5.3. */
#include "ical/repetition.h"

#include "base/error.h"
#include "base/span.h"

#include <stdlib.h>
#include <string.h>

static const char *const UNITS[] = { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" };
static const char *const WEEKDAYS[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };

static int
find_word (const char *const *words, int n, const char *text)
{
  for (int i = 0; i < n; i++)
    if (g_ascii_strcasecmp (words[i], text) == 0)
      return i;
  return -1;
}

/* A whole number from 1 to `most`, or its negative; at most five digits. */
static gboolean
parse_number (const char *text, int most, gboolean may_be_negative, int *number)
{
  gsize sign = *text == '+' || *text == '-' ? 1 : 0;
  gsize digits = strspn (text + sign, "0123456789");
  if (digits == 0 || digits > 5 || text[sign + digits] != '\0')
    return FALSE;
  *number = atoi (text);
  return ABS (*number) >= 1 && ABS (*number) <= most && (*number > 0 || may_be_negative);
}

static gboolean
parse_months (const char *text, TnRepetition *self)
{
  int month = 0;
  if (!parse_number (text, 12, FALSE, &month))
    return FALSE;
  self->months |= 1u << month;
  return TRUE;
}

static gboolean
parse_month_days (const char *text, TnRepetition *self)
{
  int day = 0;
  if (!parse_number (text, 31, TRUE, &day))
    return FALSE;
  self->names_month_days = TRUE;
  if (day > 0)
    self->month_days |= 1u << day;
  else
    self->month_days_back |= 1u << -day;
  return TRUE;
}

static gboolean
parse_weekday (const char *text, TnRepetition *self)
{
  gsize length = strlen (text);
  int weekday = length >= 2 ? find_word (WEEKDAYS, G_N_ELEMENTS (WEEKDAYS), text + length - 2) : -1;
  if (weekday < 0)
    return FALSE;
  if (length == 2)
    {
      self->weekdays |= 1u << (TN_MONDAY + weekday);
      return TRUE;
    }
  g_autofree char *number = g_strndup (text, length - 2);
  int nth = 0;
  if (self->n_numbered == G_N_ELEMENTS (self->numbered) || !parse_number (number, 53, TRUE, &nth))
    return FALSE;
  self->numbered[self->n_numbered].weekday = TN_MONDAY + weekday;
  self->numbered[self->n_numbered++].nth = nth;
  return TRUE;
}

static gboolean
parse_place (const char *text, TnRepetition *self)
{
  return self->n_places < G_N_ELEMENTS (self->places)
         && parse_number (text, 366, TRUE, &self->places[self->n_places++]);
}

static gboolean
parse_each (const char *value, gboolean (*parse) (const char *, TnRepetition *), TnRepetition *self)
{
  g_auto (GStrv) parts = g_strsplit (value, ",", -1);
  for (gsize i = 0; parts[i] != NULL; i++)
    if (!parse (parts[i], self))
      return FALSE;
  return parts[0] != NULL;
}

static gboolean
parse_unit (const char *value, TnRepetition *self)
{
  int unit = find_word (UNITS, G_N_ELEMENTS (UNITS), value);
  self->unit = MAX (unit, 0);
  return unit >= 0;
}

static gboolean
parse_week_start (const char *value, TnRepetition *self)
{
  int weekday = find_word (WEEKDAYS, G_N_ELEMENTS (WEEKDAYS), value);
  self->week_start = (TnWeekday) (TN_MONDAY + MAX (weekday, 0));
  return weekday >= 0;
}

static gboolean
parse_part (const char *name, const char *value, TnRepetition *self)
{
  if (strcmp (name, "FREQ") == 0)
    return parse_unit (value, self);
  if (strcmp (name, "INTERVAL") == 0)
    return parse_number (value, 10000, FALSE, &self->interval);
  if (strcmp (name, "COUNT") == 0)
    return parse_number (value, 99999, FALSE, &self->count);
  if (strcmp (name, "UNTIL") == 0)
    return self->has_until = tn_moment_parse (value, &self->until, NULL);
  if (strcmp (name, "WKST") == 0)
    return parse_week_start (value, self);
  if (strcmp (name, "BYMONTH") == 0)
    return parse_each (value, parse_months, self);
  if (strcmp (name, "BYMONTHDAY") == 0)
    return parse_each (value, parse_month_days, self);
  if (strcmp (name, "BYDAY") == 0)
    return parse_each (value, parse_weekday, self);
  return strcmp (name, "BYSETPOS") == 0 && parse_each (value, parse_place, self);
}

/**
 * tn_repetition_parse:
 * @value: of an RRULE, like `FREQ=WEEKLY;BYDAY=TU`
 * @ret_repetition: (out): untouched on failure
 *
 * Errors: %TN_ERROR_INVALID when any part of @value is not understood.
 */
gboolean
tn_repetition_parse (const char *value, TnRepetition *ret_repetition, GError **error)
{
  TnRepetition self = { .interval = 1, .week_start = TN_MONDAY };
  gboolean has_unit = FALSE;
  g_auto (GStrv) parts = g_strsplit (value, ";", -1);
  for (gsize i = 0; parts[i] != NULL; i++)
    {
      char *equals = strchr (parts[i], '=');
      g_autofree char *name
          = g_ascii_strup (parts[i], equals != NULL ? equals - parts[i] : (gssize) -1);
      if (equals == NULL || !parse_part (name, equals + 1, &self))
        {
          g_autofree char *part
              = g_utf8_make_valid (parts[i], MIN ((gssize) strlen (parts[i]), 40));
          g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                       "'%s' in a recurrence rule is not understood, expected days, weeks, months "
                       "or years with BYDAY, BYMONTH, BYMONTHDAY or BYSETPOS",
                       part);
          return FALSE;
        }
      has_unit |= strcmp (name, "FREQ") == 0;
    }
  if (!has_unit || (self.n_numbered > 0 && self.unit < TN_REPEAT_MONTHLY))
    {
      g_set_error_literal (error, TN_ERROR, TN_ERROR_INVALID,
                           has_unit ? "a recurrence rule with numbered weekdays in days or weeks"
                                    : "a recurrence rule without FREQ");
      return FALSE;
    }
  *ret_repetition = self;
  return TRUE;
}

/* What one walk needs. */
typedef struct
{
  TnRepetition rule; /* with what DTSTART implies */
  TnDate start;
  TnDate last_day;
  guint *steps; /* left */
  int left;     /* of COUNT; -1: no bound */
  GArray *days; /* (element-type TnDate) found */
} Walk;

/* What a rule does not say, its first day does. */
static void
complete (Walk *walk)
{
  TnRepetition *rule = &walk->rule;
  int month = 0;
  int day = 0;
  tn_date_get_ymd (walk->start, NULL, &month, &day);
  if (rule->names_month_days || rule->weekdays != 0 || rule->n_numbered > 0
      || rule->unit == TN_REPEAT_DAILY)
    return;
  if (rule->unit == TN_REPEAT_WEEKLY)
    {
      rule->weekdays = 1u << tn_date_get_weekday (walk->start);
      return;
    }
  rule->names_month_days = TRUE;
  rule->month_days = 1u << day;
  if (rule->unit == TN_REPEAT_YEARLY && rule->months == 0)
    rule->months = 1u << month;
}

static TnSpan
get_period (const Walk *walk, int k)
{
  const TnRepetition *rule = &walk->rule;
  gint64 n = (gint64) k * rule->interval;
  int year = 0;
  int month = 0;
  tn_date_get_ymd (walk->start, &year, &month, NULL);
  if (rule->unit == TN_REPEAT_DAILY || rule->unit == TN_REPEAT_WEEKLY)
    {
      int length = rule->unit == TN_REPEAT_DAILY ? 1 : 7;
      int into = ((int) tn_date_get_weekday (walk->start) - (int) rule->week_start + 7) % length;
      gint64 first = (gint64) walk->start - into + n * length;
      TnDate start = (TnDate) MIN (first, (gint64) walk->last_day + 1);
      return tn_span_new (start, start + length);
    }
  int length = rule->unit == TN_REPEAT_MONTHLY ? 1 : 12;
  gint64 months = (gint64) year * 12 + (length == 1 ? month - 1 : 0) + n * length;
  if (months / 12 > tn_date_get_year (walk->last_day))
    return tn_span_new (walk->last_day + 1, walk->last_day + 1);
  TnDate start = tn_date_new ((int) (months / 12), (int) (months % 12) + 1, 1);
  return tn_span_new (start, tn_date_add_months (start, length));
}

static gboolean
is_nth (int nth, int before, int after)
{
  return nth > 0 ? before / 7 + 1 == nth : after / 7 + 1 == -nth;
}

static gboolean
is_named_weekday (const TnRepetition *rule, TnDate day, TnSpan within)
{
  guint weekday = tn_date_get_weekday (day);
  if (rule->weekdays == 0 && rule->n_numbered == 0)
    return TRUE;
  if ((rule->weekdays & 1u << weekday) != 0)
    return TRUE;
  for (guint i = 0; i < rule->n_numbered; i++)
    if (rule->numbered[i].weekday == (int) weekday
        && is_nth (rule->numbered[i].nth, day - within.start, within.end - 1 - day))
      return TRUE;
  return FALSE;
}

/* The days of one month that the rule names, as far as they lie in the period. */
static void
take_month (const Walk *walk, TnSpan period, TnSpan month, GArray *named)
{
  const TnRepetition *rule = &walk->rule;
  gboolean by_year = rule->unit == TN_REPEAT_YEARLY && rule->months == 0;
  TnDate end = MIN (period.end, month.end);
  for (TnDate day = MAX (period.start, month.start); day<end && * walk->steps> 0; day++)
    {
      guint from_start = 1u << (day - month.start + 1);
      guint from_end = 1u << (month.end - day);
      --*walk->steps;
      if (rule->names_month_days && (rule->month_days & from_start) == 0
          && (rule->month_days_back & from_end) == 0)
        continue;
      if (is_named_weekday (rule, day, by_year ? period : month))
        g_array_append_val (named, day);
    }
}

static gboolean
is_place (const TnRepetition *rule, int index, int n)
{
  for (guint i = 0; i < rule->n_places; i++)
    if (rule->places[i] == (rule->places[i] > 0 ? index + 1 : index - n))
      return TRUE;
  return rule->n_places == 0;
}

static void
take_named (Walk *walk, const GArray *named)
{
  for (guint i = 0; i < named->len && walk->left != 0; i++)
    {
      TnDate day = g_array_index (named, TnDate, i);
      if (day <= walk->start || day > walk->last_day
          || !is_place (&walk->rule, (int) i, (int) named->len))
        continue;
      g_array_append_val (walk->days, day);
      if (walk->left > 0)
        walk->left--;
    }
}

static void
take_period (Walk *walk, TnSpan period)
{
  g_autoptr (GArray) named = g_array_new (FALSE, FALSE, sizeof (TnDate));
  for (TnDate day = period.start; day<period.end && * walk->steps> 0;)
    {
      int year = 0;
      int number = 0;
      tn_date_get_ymd (day, &year, &number, NULL);
      TnDate first = tn_date_new (year, number, 1);
      TnSpan month = tn_span_new (first, tn_date_add_months (first, 1));
      --*walk->steps;
      if (walk->rule.months == 0 || (walk->rule.months & 1u << number) != 0)
        take_month (walk, period, month, named);
      day = month.end;
    }
  take_named (walk, named);
}

/**
 * tn_repetition_walk:
 * @start: the first day, which is one of them whatever the rule says
 * @last_day: none after it is named
 * @steps: (inout): how many days may be looked at; what is left of them
 * @ret_days: (element-type TnDate): the days are added, by date
 *
 * Returns: %FALSE when @steps did not suffice
 */
gboolean
tn_repetition_walk (const TnRepetition *repetition, TnDate start, TnDate last_day, guint *steps,
                    GArray *ret_days)
{
  Walk walk = { .rule = *repetition,
                .start = start,
                .last_day = last_day,
                .steps = steps,
                .left = repetition->count > 0 ? repetition->count - 1 : -1,
                .days = ret_days };
  complete (&walk);
  g_array_append_val (ret_days, start);
  for (int k = 0; *steps > 0 && walk.left != 0; k++)
    {
      TnSpan period = get_period (&walk, k);
      if (period.start > last_day)
        return TRUE;
      take_period (&walk, period);
    }
  return walk.left == 0;
}
