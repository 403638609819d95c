/* daemon/control/errand.h — a call that came through the door, until it is answered */
#pragma once

#include "control/sheet.h"
#include "sync/desk.h"

G_BEGIN_DECLS

typedef struct
{
  GDBusMethodInvocation *invocation; /* (owned) (nullable) NULL once it is answered */
  const char *method;                /* (unowned) static */
  const char *user;                  /* (unowned) who asks; only until the call returns */
  TnDesk *desk;                      /* (owned) as it was when the call came */
  GHashTable *open;                  /* (owned) (element-type TnErrand) all that wait: a set */
  struct _TnPost *post;              /* (unowned) (nullable) of the service: who is told by mail */
  GHashTable *logins;                /* (unowned) (element-type utf8 TnAdmission) of the service */
  const char *fault;  /* (unowned) (nullable) of the settings; until the call returns */
  GCancellable *stop; /* (owned) cancelled when the daemon stops */
  char **calendars;   /* (owned) (nullable) those that the report is about */
  char *digest;       /* (owned) (nullable) of the plan that is to be applied */
  GPtrArray *before;  /* (owned) (nullable) (element-type TnHistory) the last entry, if any */
} TnErrand;

TnErrand *tn_errand_new (GDBusMethodInvocation *invocation, const char *method, const char *user,
                         TnDesk *desk, GHashTable *open, GCancellable *stop);
void tn_errand_free (TnErrand *errand);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnErrand, tn_errand_free)

TnBook *tn_errand_get_book (const TnErrand *errand);
void tn_errand_note_begin (TnErrand *errand);
void tn_errand_answer (TnErrand *errand, JsonBuilder *sheet);
void tn_errand_refuse (TnErrand *errand, const GError *error);
void tn_errand_report (TnErrand *errand);
void tn_errand_pass (TnErrand *errand, TnPassFlags flags);

G_END_DECLS
