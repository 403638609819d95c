/* daemon/model/dates.h — dates and times as people of a language write them */
#pragma once

#include "model/when.h"
#include "model/words.h"

G_BEGIN_DECLS

const char *tn_dates_get_weekday (TnLanguage language, TnWeekday weekday);
const char *tn_dates_get_month (TnLanguage language, int month);
char *tn_dates_format_month_day (TnLanguage language, int month, int day);
char *tn_dates_format_day (TnLanguage language, TnDate date);
char *tn_dates_format_weekday (TnLanguage language, TnDate date);
char *tn_dates_format_minute (TnLanguage language, int minute);
char *tn_dates_format_hours (TnLanguage language, const TnWhen *when);
char *tn_dates_format_when (TnLanguage language, const TnWhen *when);
char *tn_dates_format_days (TnLanguage language, const TnWhen *when);
char *tn_dates_format_weeks (const TnWhen *when);

G_END_DECLS
