/* plugins/exchange/ews-account.h — a mailbox behind EWS, and the calendar folder in it */
#pragma once

#include "calendar.h"
#include "item.h"

typedef struct
{
  TurnusCalendar *calendar; /* (unowned) owns us */
  char *url;                /* (owned) of the service */
  char *mailbox;            /* (owned) (nullable) address; NULL: that of the login */
  char *wanted;             /* (owned) (nullable) name or id of the folder; NULL: the usual one */
  char *digest;             /* (owned) of all three: a token counts for these */
  char *folder;             /* (owned) (nullable) id; NULL: to be looked for */
  gboolean impersonates;    /* acts as the mailbox; else as its delegate */
  gboolean is_read_only;
  GHashTable *recent; /* (owned) (element-type utf8 ExItem) loaded a moment ago, by id */
  GQueue creations;   /* (element-type GTask) (owned) that wait to go together */
  gboolean is_creating;
} EwsAccount;

EwsAccount *ews_account_new (TurnusCalendar *calendar, GHashTable *options, GError **error);
void ews_account_free (EwsAccount *account);
void ews_account_set_folder (EwsAccount *account, const char *id);

static inline EwsAccount *
ews_account_of (TurnusCalendar *calendar)
{
  return calendar->account;
}

const char *ews_account_get_impersonated (const EwsAccount *account);
char *ews_account_make_url (const EwsAccount *account, const char *folder);
void ews_account_remember (EwsAccount *account, ExItem *item);
void ews_account_forget (EwsAccount *account, const char *id);
const ExItem *ews_account_find_recent (EwsAccount *account, const char *id, const char *revision);
