/* daemon/sync/book.h — what one council's daemon goes by: rulebook in force, ledger, proposals,
 * plan */
#pragma once

#include "base/clock.h"
#include "model/plan.h"
#include "model/settings.h"
#include "model/source-file.h"
#include "rules/chapters.h"
#include "store/store.h"
#include "sync/succession.h"
#include "sync/takeover.h"

G_BEGIN_DECLS

#define TN_TYPE_BOOK (tn_book_get_type ())
G_DECLARE_FINAL_TYPE (TnBook, tn_book, TN, BOOK, GObject)

TnBook *tn_book_open (TnStore *store, TnClock *clock, const TnSettings *settings,
                      TnSuccessionRead read, GPtrArray *files, GError **error);
gboolean tn_book_reload (TnBook *self, const TnSettings *settings, GPtrArray *files,
                         GError **error);

TnStore *tn_book_get_store (TnBook *self);
TnClock *tn_book_get_clock (TnBook *self);
const TnSettings *tn_book_get_settings (TnBook *self);
const TnRulebook *tn_book_get_rulebook (TnBook *self);
const TnLedger *tn_book_get_ledger (TnBook *self);
const TnPlan *tn_book_get_plan (TnBook *self);
TnDate tn_book_get_today (TnBook *self);
TnChapters *tn_book_get_chapters (TnBook *self);
TnLedger *tn_book_make_ledger (TnBook *self, const TnChapters *chapters, GPtrArray *more);
TnPlan *tn_book_plan_chapter (TnBook *self, TnChapters *chapters, guint index,
                              const TnLedger *ledger);
GPtrArray *tn_book_get_decisions (TnBook *self);
const TnTakeover *tn_book_get_takeover (TnBook *self);
void tn_book_look_for_newer (TnBook *self);
void tn_book_call_again (TnBook *self);
GPtrArray *tn_book_get_proposals (TnBook *self);
guint64 tn_book_get_version (TnBook *self);
void tn_book_note_guests (TnBook *self);
TnSpan tn_book_get_publish_span (TnBook *self);

gboolean tn_book_has_new_rulebook (TnBook *self);
TnChapters *tn_book_dup_new_chapters (TnBook *self);
gboolean tn_book_take_new_rulebook (TnBook *self, GError **error);

TnPlan *tn_book_plan_with (TnBook *self, GPtrArray *decisions);
gboolean tn_book_blank_notes (TnBook *self, GPtrArray *blanked, GError **error);
gboolean tn_book_commit (TnBook *self, TnBatch *batch, GPtrArray *decisions, GPtrArray *proposals,
                         GError **error);

G_END_DECLS
