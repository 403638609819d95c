/* Holiday files: days, school breaks, elections. */
#include "charter/almanac.h"

#include <string.h>

#include "charter/document.h"

static void
read_years (TnGroup group, TnHolidayRule *rule)
{
  TnValue from = { 0 };
  TnValue to = { 0 };
  tn_group_read (group, "from", &from);
  tn_group_read (group, "to", &to);
  rule->first_year = from.number;
  rule->last_year = to.number;
  if (from.number > 0 && to.number > 0 && to.number < from.number)
    tn_group_complain (group, "to", "to = %d is before from = %d, expected a later year", to.number,
                       from.number);
}

/* A leap day is no day of every year. */
static void
read_month_day (TnGroup group, const char *key, TnHolidayRule *rule)
{
  TnValue value = { 0 };
  if (tn_group_read (group, key, &value) != TN_READING_GIVEN)
    return;
  rule->month = value.first;
  rule->day = value.last;
  if (value.first == 2 && value.last == 29)
    tn_group_complain (group, key, "%s = \"02-29\" is not in every year, expected another day",
                       key);
}

static gboolean
find_rule_kind (TnGroup group, TnDayRuleKind *kind)
{
  static const struct
  {
    const char *key;
    TnDayRuleKind kind;
  } kinds[] = { { "day", TN_DAY_FIXED },
                { "easter", TN_DAY_EASTER },
                { "weekday", TN_DAY_WEEKDAY },
                { "date", TN_DAY_DATE } };
  guint n = 0;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (tn_group_has (group, kinds[i].key))
      {
        n++;
        *kind = kinds[i].kind;
      }
  if (n != 1)
    tn_group_complain (group, NULL,
                       "a holiday %s, expected one of day, easter, weekday with on_or_after, and "
                       "date",
                       n == 0 ? "says no day" : "says several days");
  return n == 1;
}

static void
read_day (TnGroup group, TnHolidayFile *file)
{
  TnValue name = { 0 };
  TnValue kind = { 0 };
  TnValue value = { 0 };
  TnDayRuleKind rule_kind = TN_DAY_FIXED;
  if (tn_group_read (group, "name", &name) != TN_READING_GIVEN
      || !find_rule_kind (group, &rule_kind))
    return;
  tn_group_read (group, "kind", &kind);
  TnHolidayRule *rule = tn_holiday_rule_new (name.text, (TnHolidayKind) kind.number, rule_kind);
  g_ptr_array_add (file->rules, rule);
  rule->origin = tn_group_get_origin (group, NULL);
  read_years (group, rule);
  if (tn_group_has (group, "on_or_after") != (rule_kind == TN_DAY_WEEKDAY))
    tn_group_complain (group, "on_or_after",
                       "weekday and on_or_after stand alone, expected both together");
  if (rule_kind == TN_DAY_FIXED)
    read_month_day (group, "day", rule);
  else if (rule_kind == TN_DAY_WEEKDAY)
    {
      read_month_day (group, "on_or_after", rule);
      tn_group_read (group, "weekday", &value);
      rule->weekday = (TnWeekday) (TN_MONDAY + value.number);
    }
  else if (rule_kind == TN_DAY_EASTER)
    {
      tn_group_read (group, "easter", &value);
      rule->easter_days = value.number;
    }
  else if (tn_group_read (group, "date", &value) == TN_READING_GIVEN)
    rule->date = value.days.start;
}

static void
read_break (TnGroup group, TnHolidayFile *file)
{
  TnValue name = { 0 };
  TnValue weeks = { 0 };
  if (tn_group_read (group, "name", &name) != TN_READING_GIVEN
      || tn_group_read (group, "weeks", &weeks) != TN_READING_GIVEN)
    return;
  TnHolidayRule *rule = tn_holiday_rule_new (name.text, TN_HOLIDAY_SCHOOL_BREAK, TN_DAY_WEEKS);
  g_ptr_array_add (file->rules, rule);
  rule->origin = tn_group_get_origin (group, NULL);
  rule->first_week = weeks.first;
  rule->last_week = weeks.last;
  tn_group_read_text (group, "area", &rule->area);
  read_years (group, rule);
}

static void
read_election (TnGroup group, TnHolidayFile *file)
{
  TnValue name = { 0 };
  TnValue date = { 0 };
  if (tn_group_read (group, "name", &name) != TN_READING_GIVEN
      || tn_group_read (group, "date", &date) != TN_READING_GIVEN)
    return;
  TnHolidayRule *rule = tn_holiday_rule_new (name.text, TN_HOLIDAY_ELECTION, TN_DAY_DATE);
  g_ptr_array_add (file->rules, rule);
  rule->origin = tn_group_get_origin (group, NULL);
  rule->date = date.days.start;
}

/**
 * tn_almanac_read:
 * @group: of kind `holidays`, already held against the table
 *
 * Returns: (transfer full): what it says; complaints go to its document's problems
 */
TnHolidayFile *
tn_almanac_read (TnGroup group)
{
  TnValue id = { 0 };
  TnValue name = { 0 };
  tn_group_read (group, "id", &id);
  tn_group_read (group, "name", &name);
  TnHolidayFile *file
      = tn_holiday_file_new (id.text != NULL ? id.text : "", name.text != NULL ? name.text : "");
  tn_group_read_text (group, "checked", &file->checked_on);
  for (guint i = 0; i < tn_group_count (group, "days"); i++)
    read_day (tn_group_at (group, "days", i), file);
  for (guint i = 0; i < tn_group_count (group, "school_breaks"); i++)
    read_break (tn_group_at (group, "school_breaks", i), file);
  for (guint i = 0; i < tn_group_count (group, "elections"); i++)
    read_election (tn_group_at (group, "elections", i), file);

  g_autofree char *expected = g_strconcat (file->id, ".conf", NULL);
  if (id.text != NULL && strcmp (expected, tn_document_get_name (group.document)) != 0)
    tn_group_complain (group, "id",
                       "id = \"%s\" in a file called %s, expected the file to be "
                       "called %s",
                       file->id, tn_document_get_name (group.document), expected);
  return file;
}
