/* daemon/model/holiday.h — holidays as data: rules that name a day in each year */
#pragma once

#include "base/span.h"
#include "model/reason.h"

G_BEGIN_DECLS

typedef enum
{
  TN_HOLIDAY_PUBLIC,
  TN_HOLIDAY_OBSERVANCE,
  TN_HOLIDAY_EVE,
  TN_HOLIDAY_SCHOOL_BREAK,
  TN_HOLIDAY_ELECTION,
  TN_HOLIDAY_BUSY /* of a calendar that the settings name; never of a holiday file */
} TnHolidayKind;

const char *tn_holiday_kind_to_string (TnHolidayKind kind);
gboolean tn_holiday_kind_from_string (const char *text, TnHolidayKind *ret_kind);

typedef enum
{
  TN_DAY_FIXED,   /* `day = "06-05"` */
  TN_DAY_EASTER,  /* `easter = 39`: days after Easter Sunday, negative before */
  TN_DAY_WEEKDAY, /* `weekday = "sat"; on_or_after = "06-20"` */
  TN_DAY_WEEKS,   /* `weeks = "7"` or `"7-8"`: whole ISO weeks, Monday to Sunday */
  TN_DAY_DATE,    /* `date = "2026-03-24"`: once */
  TN_DAY_SPANS    /* an event of an iCalendar file, as often as it takes place */
} TnDayRuleKind;

typedef struct
{
  char *name; /* (owned) */
  TnHolidayKind kind;
  TnDayRuleKind rule;
  int month, day;            /* FIXED, WEEKDAY (on or after) */
  int easter_days;           /* EASTER */
  TnWeekday weekday;         /* WEEKDAY */
  int first_week, last_week; /* WEEKS */
  TnDate date;               /* DATE */
  int first_year, last_year; /* both included; 0: no bound */
  GArray *spans;             /* (owned) (nullable) (element-type TnSpan) SPANS: by first day */
  char *area;                /* (owned) (nullable) a school break's area, `aarhus` */
  TnOrigin origin;
} TnHolidayRule;

TnHolidayRule *tn_holiday_rule_new (const char *name, TnHolidayKind kind, TnDayRuleKind rule);
void tn_holiday_rule_free (TnHolidayRule *rule);
char *tn_holiday_rule_dup_words (const TnHolidayRule *rule);

/* Days in a row that one rule names. A value. */
typedef struct
{
  TnSpan days;
  const TnHolidayRule *rule; /* (unowned) of the rulebook */
} TnHolidaySpan;

/* One holiday file: dk, se, no; or an iCalendar file. */
typedef struct
{
  char *id;         /* (owned) */
  char *name;       /* (owned) */
  char *checked_on; /* (owned) (nullable) the date on which somebody checked the data */
  GPtrArray *rules; /* (owned) (element-type TnHolidayRule) */
} TnHolidayFile;

TnHolidayFile *tn_holiday_file_new (const char *id, const char *name);
void tn_holiday_file_free (TnHolidayFile *file);

G_END_DECLS
