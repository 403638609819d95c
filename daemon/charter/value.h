/* daemon/charter/value.h — one written value, and what it means */
#pragma once

#include "base/span.h"
#include "charter/keys.h"
#include "model/cycle.h"
#include "model/when.h"

G_BEGIN_DECLS

/* Which members hold something depends on the key's type. */
typedef struct
{
  const char *text; /* (unowned) as written; NULL for numbers and flags */
  int line;
  int number; /* NUMBER; FLAG: 0 or 1; WORD: its place in `words`; AMOUNT, RHYTHM: how many;
                 PREFERENCE: the week */
  int unit;   /* AMOUNT: place in `words`; RHYTHM: TnPeriod; PREFERENCE: TnPreferKind */
  int first;  /* WEEKS, MONTHS; HOURS: minute of the day; MONTH_DAY, DAY, DUE: month */
  int last; /* WEEKS, MONTHS: included; HOURS: minute, exclusive; MONTH_DAY, DAY: day; DUE: day, or
               0 */
  TnSpan days; /* DATE, BOUND: what it covers; DAY: likewise, with a year; else empty */
  TnCycle cycle;
  TnWhen when;
} TnValue;

gboolean tn_value_parse (const TnKey *key, const char *text, TnValue *ret_value, GError **error);
gboolean tn_value_check_number (const TnKey *key, gint64 number, GError **error);

G_END_DECLS
