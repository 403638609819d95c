/* daemon/ctl/call.h — one use of a command: its words, its options, where its answer goes */
#pragma once

#include "base/date.h"
#include "base/zone.h"
#include "charter/settings.h"
#include "model/words.h"

#include <json-glib/json-glib.h>

#include <stdio.h>

G_BEGIN_DECLS

typedef struct _TnCommand TnCommand;
typedef struct _TnOption TnOption;

typedef enum
{
  TN_EXIT_DONE = 0,
  TN_EXIT_FAILED = 1,
  TN_EXIT_USAGE = 2, /* wrong usage, or settings and charters that cannot be read */
  TN_EXIT_WAITS = 3  /* done, but something waits for a person */
} TnExit;

typedef struct
{
  const TnCommand *command; /* (unowned) */
  char **words;             /* (owned) UTF-8, what stands behind the command's name, no options */
  guint n_words;
  GHashTable *options; /* (owned) (element-type utf8 GPtrArray) values by option's name */
  TnLanguage language; /* of the one who asks */
  FILE *out;           /* (unowned) */
  FILE *err;           /* (unowned) */
} TnCall;

TnCall *tn_call_new (const TnCommand *command, FILE *out, FILE *err);
void tn_call_free (TnCall *call);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnCall, tn_call_free)

const TnOption *tn_call_list_common (const TnCommand *command);
gboolean tn_call_read (TnCall *call, const char *const *arguments, GError **error);
gboolean tn_call_has_option (const TnCall *call, const char *name);
const char *tn_call_get_option (const TnCall *call, const char *name);
const char *const *tn_call_list_option (const TnCall *call, const char *name);
void tn_call_set_council (TnCall *call, const char *council);
gboolean tn_call_wants_json (const TnCall *call);
gboolean tn_call_find_date (const TnCall *call, const char *name, TnDate *ret_date, GError **error);
gboolean tn_call_find_today (const TnCall *call, const TnZone *zone, TnDate *ret_today,
                             GError **error);
TnSettings *tn_call_load_host (const TnCall *call, GError **error);
TnSettings *tn_call_load_settings (const TnCall *call, GError **error);
void tn_call_print (const TnCall *call, const char *format, ...) G_GNUC_PRINTF (2, 3);
void tn_call_print_json (const TnCall *call, JsonNode *node);
void tn_call_warn (const TnCall *call, const char *format, ...) G_GNUC_PRINTF (2, 3);
int tn_call_fail (const TnCall *call, const GError *error);

G_END_DECLS
