/* daemon/ctl/founding.h — what is known of a council that begins, and the files that say it */
#pragma once

#include "base/date.h"
#include "model/calendar.h"
#include "model/series.h"
#include "model/words.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;   /* (owned) */
  char *name; /* (owned) */
} TnFounder;

typedef struct
{
  TnLanguage language;
  char *charter;       /* (owned) (nullable) a file that there is; then the next five say nothing */
  char *collaboration; /* (owned) (nullable) its name */
  char *collaboration_id; /* (owned) (nullable) */
  GPtrArray *founders;    /* (owned) (element-type TnFounder) in the order of the ring */
  GArray *kinds;          /* (owned) (element-type TnKind) the series, in order */
  char *country;          /* (owned) "" for no holidays */
  int first_year;
  char *council;       /* (owned) id of the one whose daemon it is */
  char *calendar;      /* (owned) `file`, or the address of a calendar */
  char *shared;        /* (owned) likewise; "" for none */
  char *user;          /* (owned) (nullable) who logs in to addresses */
  char *password_file; /* (owned) (nullable) where the secret is, or … */
  char *credential;    /* (owned) (nullable) … what systemd calls it */
  TnMode mode;
  char *holiday_folder; /* (owned) (nullable) absolute; where it is not found by itself */
  gboolean is_portable; /* state and socket in the folder itself, for one who is not the system */
} TnFounding;

TnFounding *tn_founding_new (void);
void tn_founding_free (TnFounding *founding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnFounding, tn_founding_free)

gboolean tn_founding_is_address (const char *place);
gboolean tn_founding_has_address (const TnFounding *founding);
char *tn_founding_make_id (const char *name);
char *tn_founding_quote (const char *text);
char *tn_founding_write_charter (const TnFounding *founding);
char *tn_founding_write_settings (const TnFounding *founding, const char *charter);

G_END_DECLS
