/* daemon/charter/keys.h — every key that people may write, in one table */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  TN_KEY_TEXT,       /* one line */
  TN_KEY_LINES,      /* one line or several */
  TN_KEY_TITLE,      /* one line with placeholders */
  TN_KEY_TITLES,     /* several lines with placeholders */
  TN_KEY_ID,         /* lower-case ASCII */
  TN_KEY_WORD,       /* one of `words` */
  TN_KEY_NUMBER,     /* a whole one, from `least` to `most` */
  TN_KEY_FLAG,       /* true or false */
  TN_KEY_DATE,       /* 2027-05-18 */
  TN_KEY_BOUND,      /* 2027, 2027-05 or 2027-05-18 */
  TN_KEY_WHEN,       /* a day, days, or times as the model writes them */
  TN_KEY_CYCLE,      /* 2027, 2027-H1, 2027-Q3, 2027-04, 2026/27 */
  TN_KEY_MONTH_DAY,  /* 05-18 */
  TN_KEY_DAY,        /* 05-18 or 2027-05-18 */
  TN_KEY_DUE,        /* 05 or 05-18 */
  TN_KEY_WEEKS,      /* 20 or 17-21 */
  TN_KEY_MONTHS,     /* 5 or 3-5 */
  TN_KEY_AMOUNT,     /* 8 weeks: number and one of `words`; singular or plural */
  TN_KEY_RHYTHM,     /* year, or 2 years */
  TN_KEY_HOURS,      /* 10:00-15:00 */
  TN_KEY_PREFERENCE, /* early, middle, late, week 20, last year */
  TN_KEY_REFERENCE,  /* studietur.host */
  TN_KEY_ZONE,       /* an IANA name */
  TN_KEY_PATH,       /* of a file or folder */
  TN_KEY_ALMANAC,    /* an ID of a holiday file, or the name of an iCalendar file */
  TN_KEY_GROUP       /* a group of keys of kind `inner` */
} TnKeyType;

typedef enum
{
  TN_KEY_REQUIRED = 1 << 0,
  TN_KEY_MANY = 1 << 1 /* an array or list; a single one may stand without brackets */
} TnKeyFlags;

/* One line of the table. It drives reading and checking, and the manual is made from it. */
typedef struct
{
  const char *kind; /* of the group in which it stands */
  const char *name;
  TnKeyType type;
  guint flags;        /* TnKeyFlags */
  const char *words;  /* WORD, AMOUNT: what may stand, parted by `|` */
  int least, most;    /* NUMBER, AMOUNT */
  const char *preset; /* (nullable) what holds when it is not written, as it would be written */
  const char *inner;  /* GROUP: kind of the group */
  const char *help;
} TnKey;

const TnKey *tn_keys_find (const char *kind, const char *name);
const char **tn_keys_list_names (const char *kind);
const TnKey *tn_keys_get (guint index);
gboolean tn_keys_is_open (const char *kind);

G_END_DECLS
