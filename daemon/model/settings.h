/* daemon/model/settings.h — what one council told its daemon */
#pragma once

#include "model/calendar.h"
#include "model/mail.h"
#include "model/publisher.h"

G_BEGIN_DECLS

typedef struct
{
  char *path;      /* (owned) of turnus.conf */
  char *base_dir;  /* (owned) its folder: relative paths start here */
  char *council;   /* (owned) (nullable) whose daemon this is; NULL: only those of `include` */
  char *include;   /* (owned) (nullable) folder, absolute, and *.conf: the councils on a host */
  char **charters; /* (owned) absolute paths */
  char **busy;     /* (owned) absolute paths of iCalendar files */
  char *holiday_folder;  /* (owned) absolute path */
  int publish_from_days; /* window of creation, relative to today; negative is before */
  int publish_to_days;
  GPtrArray *calendars;  /* (owned) (element-type TnCalendar) */
  GPtrArray *publishers; /* (owned) (element-type TnPublisher) */
  char *state;           /* (owned) absolute path of the state folder */
  char *socket;          /* (owned) absolute path of the control socket */
  char *plugins;         /* (owned) absolute path of the plugin folder */
  TnMail *mail;          /* (owned) (nullable) NULL: no letters are sent */
  GPtrArray *contacts;   /* (owned) (element-type TnMailbox) who gets them */
  int keep_days;         /* how long history and answered proposals are kept */
} TnSettings;            /* immutable once read, ref-counted */

TnSettings *tn_settings_new (void);
TnSettings *tn_settings_ref (const TnSettings *settings);
void tn_settings_unref (TnSettings *settings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnSettings, tn_settings_unref)

const TnCalendar *tn_settings_find_calendar (const TnSettings *settings, const char *id);
const TnPublisher *tn_settings_find_publisher (const TnSettings *settings, const char *id);

G_END_DECLS
