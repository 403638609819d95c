/* tests/sync/town.h — a desk with the 7-by charter, fake calendars and a clock moved by hand */
#pragma once

#include "fakes/await.h"
#include "fakes/fake-clock.h"
#include "fakes/fake-provider.h"
#include "sync/claim.h"
#include "sync/decide.h"
#include "sync/desk.h"

G_BEGIN_DECLS

/* Aalborg held the trip of 2026, Esbjerg holds 2027, Randers 2028, Odense 2029; today is
 * 2026-11-22. */
typedef struct
{
  char *council;         /* (owned) whose daemon it is */
  char *folder;          /* (owned) */
  TnFakeClock *clock;    /* (owned) */
  TnStore *store;        /* (owned) */
  GHashTable *calendars; /* (owned) (element-type utf8 TnFakeProvider) */
  TnBook *book;          /* (owned) */
  TnDesk *desk;          /* (owned) */
} Town;

#define TOWN_WRITE "mode = \"write\";"
#define TOWN_ASK "mode = \"ask\";"
#define TOWN_DAYS(start, end) "DTSTART;VALUE=DATE:" start "\r\nDTEND;VALUE=DATE:" end

Town *town_new (const char *common);
Town *town_new_council (const char *council, const char *const *owners, TnFakeProvider *shared,
                        const char *common);
void town_free (Town *town);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Town, town_free)

void town_restart (Town *town);
void town_forget (Town *town, gboolean private);
TnStore *town_back_up (Town *town);
void town_restore (Town *town, TnStore *backup);
void town_set_charter (Town *town, const char *old, const char *new);
void town_set_settings (Town *town, const char *old, const char *new);
void town_reload (Town *town);
void town_decide (Town *town, TnDecisionKind kind, const char *series, const char *cycle,
                  const char *value, const char *by);

void town_sync (Town *town);
gboolean town_try_sync (Town *town, const char *calendar, TnPassFlags flags, GError **error);
GHashTable *town_preview (Town *town);

char *town_uid (const char *series, const char *cycle, const char *milestone);
TnFakeProvider *town_calendar (Town *town, const char *calendar);
TnEvent *town_parse (const char *text);
TnEvent *town_find (Town *town, const char *calendar, const char *uid);
char *town_find_item (Town *town, const char *calendar, const char *uid);
void town_edit (Town *town, const char *calendar, const char *uid, const char *old,
                const char *new);
char *town_move (Town *town, const char *calendar, const char *uid, const char *place);
void town_delete (Town *town, const char *calendar, const char *uid);
char *town_show (Town *town, const char *calendar, const char *uid, TnField field);
guint town_count_writes (Town *town);
void town_reset_counts (Town *town);
guint town_count_proposals (Town *town, TnProposalKind kind, TnProposalState state);
gboolean town_waits (Town *town, const char *calendar, const char *words);
const TnDecision *town_find_decision (Town *town, TnDecisionKind kind, const char *series,
                                      const char *cycle, const char *milestone);
guint town_count_decisions (Town *town, TnDecisionKind kind);
gboolean town_remembers (Town *town, const char *uid, const char *what, const char *after);
guint town_count_signs (GHashTable *results, const char *calendar, char sign);
void town_assert_shows (Town *town, const char *calendar, const char *uid, TnField field,
                        const char *expected);
void town_assert_settled (Town *town);

G_END_DECLS
