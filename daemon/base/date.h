/* daemon/base/date.h — a day as a number, and its calendar */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Days since 1970-01-01, proleptic Gregorian. A date has no zone and is never converted through UTC
 * (hazard 53). Years 1 to 9999. */
typedef gint32 TnDate;

#define TN_DATE_NONE ((TnDate) G_MININT32)

typedef enum
{
  TN_MONDAY = 1, /* ISO 8601 numbers */
  TN_TUESDAY,
  TN_WEDNESDAY,
  TN_THURSDAY,
  TN_FRIDAY,
  TN_SATURDAY,
  TN_SUNDAY
} TnWeekday;

TnDate tn_date_new (int year, int month, int day);
gboolean tn_date_is_valid_ymd (int year, int month, int day);
void tn_date_get_ymd (TnDate date, int *ret_year, int *ret_month, int *ret_day);
int tn_date_get_year (TnDate date);
TnWeekday tn_date_get_weekday (TnDate date);
int tn_date_get_week (TnDate date, int *ret_week_year);
TnDate tn_date_new_week (int week_year, int week, TnWeekday weekday);
int tn_date_get_weeks_in_year (int week_year);
TnDate tn_date_add_months (TnDate date, int months);
TnDate tn_date_get_easter (int year);
gboolean tn_date_parse (const char *text, TnDate *ret_date, GError **error);
char *tn_date_to_string (TnDate date);

G_END_DECLS
