/* The book: rulebook, ledger and proposals, and the plan that follows from them. Whoever needs a
 * plan asks for it here, at the moment of need; every change goes through tn_book_commit(), which
 * writes the store first and believes itself afterwards. */
#include "sync/book.h"

#include "rules/planner.h"
#include "sync/archive.h"
#include "sync/shelf.h"

/* Design section 7, Lifecycle: the window limits creation only; the plan reaches further on both
 * sides, so that what was published once is still known. */
static const int TENDED_DAYS = 400;

struct _TnBook
{
  GObject parent;
  TnStore *store;           /* (owned) */
  TnClock *clock;           /* (owned) */
  TnSuccessionRead read;    /* charters and holiday files to a rulebook */
  TnSettings *settings;     /* (owned) */
  TnSuccession *succession; /* (owned) the rulebook in force, and the one that waits */
  TnArchive *archive;       /* (owned) decisions and proposals of the store */
  TnTakeover *takeover;     /* (owned) what newer editions wrote in shared calendars */
  TnLedger *ledger;         /* (owned) (nullable) of all decisions in force; made when asked for */
  TnPlan *plan;             /* (owned) (nullable) the whole one; made when asked for */
  TnShelf *shelf;           /* (owned) */
  TnDate today;             /* of which `version` is */
  guint64 version;          /* raised when the plan may say something else */
};

G_DEFINE_FINAL_TYPE (TnBook, tn_book, G_TYPE_OBJECT)

static void
tn_book_finalize (GObject *object)
{
  TnBook *self = TN_BOOK (object);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  tn_settings_unref (self->settings);
  tn_succession_free (self->succession);
  tn_archive_free (self->archive);
  g_clear_pointer (&self->takeover, tn_takeover_free);
  tn_ledger_unref (self->ledger);
  tn_plan_unref (self->plan);
  tn_shelf_free (self->shelf);
  G_OBJECT_CLASS (tn_book_parent_class)->finalize (object);
}

static void
tn_book_class_init (TnBookClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tn_book_finalize;
}

static void
tn_book_init (TnBook *self)
{
  self->version = 1;
  self->takeover = tn_takeover_new ();
  self->shelf = tn_shelf_new ();
}

static TnDate
find_today (const TnBook *self)
{
  g_autoptr (TnZone) utc = tn_zone_new_utc ();
  GPtrArray *collaborations = tn_succession_get_rulebook (self->succession)->collaborations;
  const TnCollaboration *first
      = collaborations->len > 0 ? g_ptr_array_index (collaborations, 0) : NULL;
  return tn_clock_today (self->clock, first != NULL ? first->zone : utc);
}

static TnSpan
get_tended_span (const TnBook *self, TnDate today)
{
  return tn_span_new (today + self->settings->publish_from_days - TENDED_DAYS,
                      today + self->settings->publish_to_days + TENDED_DAYS);
}

static TnPlan *
make_plan (const TnBook *self, const TnRulebook *rulebook, GPtrArray *more)
{
  TnDate today = find_today (self);
  g_autoptr (TnLedger) ledger = tn_archive_make_ledger (self->archive, rulebook, more);
  return tn_planner_plan (rulebook, ledger, get_tended_span (self, today), today);
}

/* What was worked out is worked out anew, by whoever asks for it. */
static void
forget_plan (TnBook *self)
{
  g_clear_pointer (&self->ledger, tn_ledger_unref);
  g_clear_pointer (&self->plan, tn_plan_unref);
}

/* Another day may be another plan. */
static void
notice_today (TnBook *self)
{
  TnDate today = find_today (self);
  if (today == self->today)
    return;
  self->today = today;
  self->version++;
  g_clear_pointer (&self->plan, tn_plan_unref);
}

static gboolean
has_to_wait (TnBook *self, const TnRulebook *rulebook)
{
  const TnRulebook *old = tn_succession_get_rulebook (self->succession);
  g_autoptr (TnPlan) old_plan = make_plan (self, old, NULL);
  g_autoptr (TnPlan) new_plan = make_plan (self, rulebook, NULL);
  return tn_succession_has_to_wait (self->succession, self->settings,
                                    tn_book_get_publish_span (self), old_plan, new_plan);
}

static gboolean
offer (TnBook *self, TnRulebook *rulebook, GPtrArray *files, GError **error)
{
  gboolean waits
      = tn_succession_is_change (self->succession, rulebook) && has_to_wait (self, rulebook);
  return tn_succession_offer (self->succession, rulebook, files, waits, error);
}

/**
 * tn_book_open:
 * @read: makes a rulebook of charters and holiday files
 * @files: (element-type TnSourceFile): charters and holidays as they stand on disk
 *
 * Errors: %TN_ERROR_INVALID when the files are wrong, else what the store says.
 * Returns: (transfer full) (nullable): the book
 */
TnBook *
tn_book_open (TnStore *store, TnClock *clock, const TnSettings *settings, TnSuccessionRead read,
              GPtrArray *files, GError **error)
{
  g_autoptr (TnBook) self = g_object_new (TN_TYPE_BOOK, NULL);
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  self->read = read;
  self->settings = tn_settings_ref (settings);
  g_autoptr (TnRulebook) rulebook = self->read (files, error);
  if (rulebook == NULL)
    return NULL;
  self->archive = tn_archive_load (store, error);
  self->succession = self->archive != NULL ? tn_succession_load (store, read, error) : NULL;
  if (self->succession == NULL)
    return NULL;
  if (!offer (self, rulebook, files, error))
    return NULL;
  self->today = find_today (self);
  tn_book_look_for_newer (self);
  return g_steal_pointer (&self);
}

/**
 * tn_book_reload:
 *
 * Takes new settings and files over, or on failure keeps the old ones (hazard 93).
 *
 * Errors: %TN_ERROR_INVALID when the files are wrong.
 */
gboolean
tn_book_reload (TnBook *self, const TnSettings *settings, GPtrArray *files, GError **error)
{
  g_autoptr (TnRulebook) rulebook = self->read (files, error);
  if (rulebook == NULL)
    return FALSE;
  tn_settings_unref (self->settings);
  self->settings = tn_settings_ref (settings);
  if (!offer (self, rulebook, files, error))
    return FALSE;
  forget_plan (self);
  self->today = find_today (self);
  tn_book_look_for_newer (self);
  self->version++;
  return TRUE;
}

TnStore *
tn_book_get_store (TnBook *self)
{
  return self->store;
}

TnClock *
tn_book_get_clock (TnBook *self)
{
  return self->clock;
}

const TnSettings *
tn_book_get_settings (TnBook *self)
{
  return self->settings;
}

/**
 * tn_book_get_plan:
 *
 * The whole plan, for who has a question about any of it; a pass goes by chapters.
 *
 * Returns: (transfer none): the plan of today; take a reference to keep it
 */
const TnPlan *
tn_book_get_plan (TnBook *self)
{
  notice_today (self);
  if (self->plan == NULL)
    self->plan = tn_planner_plan (tn_book_get_rulebook (self), tn_book_get_ledger (self),
                                  get_tended_span (self, self->today), self->today);
  return self->plan;
}

/* Returns: the day of the plan as it is now */
TnDate
tn_book_get_today (TnBook *self)
{
  notice_today (self);
  return self->today;
}

const TnRulebook *
tn_book_get_rulebook (TnBook *self)
{
  return tn_succession_get_rulebook (self->succession);
}

/**
 * tn_book_get_chapters:
 *
 * Returns: (transfer none): of the rulebook in force; take a reference to keep them
 */
TnChapters *
tn_book_get_chapters (TnBook *self)
{
  return tn_succession_get_chapters (self->succession);
}

/**
 * tn_book_get_ledger:
 *
 * Returns: (transfer none): all decisions; take a reference to keep it
 */
const TnLedger *
tn_book_get_ledger (TnBook *self)
{
  if (self->ledger == NULL)
    self->ledger = tn_archive_make_ledger (self->archive, tn_book_get_rulebook (self), NULL);
  return self->ledger;
}

/**
 * tn_book_make_ledger:
 * @chapters: of the rulebook whose decisions count
 * @more: (element-type TnDecision): further ones
 *
 * Returns: (transfer full): the ledger as it would be with them
 */
TnLedger *
tn_book_make_ledger (TnBook *self, const TnChapters *chapters, GPtrArray *more)
{
  const TnRulebook *rulebook = tn_chapters_get_rulebook (chapters);
  if (more->len == 0 && rulebook == tn_book_get_rulebook (self))
    return tn_ledger_ref (tn_book_get_ledger (self));
  return tn_archive_make_ledger (self->archive, rulebook, more);
}

/**
 * tn_book_plan_chapter:
 * @index: of the chapter; behind the last one is the plan of nothing
 *
 * Returns: (transfer full): the part of today's plan that is of one chapter
 */
TnPlan *
tn_book_plan_chapter (TnBook *self, TnChapters *chapters, guint index, const TnLedger *ledger)
{
  notice_today (self);
  TnSpan span = get_tended_span (self, self->today);
  if (index < tn_chapters_get_size (chapters))
    return tn_shelf_plan (self->shelf, chapters, index, ledger, span, self->today);
  return tn_plan_new (tn_chapters_get_rulebook (chapters), ledger, span, self->today,
                      g_ptr_array_new ());
}

/**
 * tn_book_get_decisions:
 *
 * Returns: (transfer none) (element-type TnDecision): all that are stored; those that a charter
 *   records are not among them
 */
GPtrArray *
tn_book_get_decisions (TnBook *self)
{
  return tn_archive_get_decisions (self->archive);
}

/**
 * tn_book_look_for_newer:
 *
 * Finds out anew what newer editions of the charters wrote in shared calendars: this council's own
 * calendars are to show that. The version is raised when it is something else than before.
 */
void
tn_book_look_for_newer (TnBook *self)
{
  if (tn_takeover_look (self->takeover, self->store, self->settings, tn_book_get_rulebook (self)))
    self->version++;
}

/* What waited for a journal need not wait any longer: all calendars look again. */
void
tn_book_call_again (TnBook *self)
{
  self->version++;
}

const TnTakeover *
tn_book_get_takeover (TnBook *self)
{
  return self->takeover;
}

/**
 * tn_book_get_proposals:
 *
 * Returns: (transfer none) (element-type TnProposal): all that are kept
 */
GPtrArray *
tn_book_get_proposals (TnBook *self)
{
  return tn_archive_get_proposals (self->archive);
}

guint64
tn_book_get_version (TnBook *self)
{
  return self->version;
}

/**
 * tn_book_note_guests:
 *
 * Events that people made have changed: every calendar has something to look at.
 */
void
tn_book_note_guests (TnBook *self)
{
  self->version++;
}

TnSpan
tn_book_get_publish_span (TnBook *self)
{
  TnDate today = find_today (self);
  return tn_span_new (today + self->settings->publish_from_days,
                      today + self->settings->publish_to_days + 1);
}

gboolean
tn_book_has_new_rulebook (TnBook *self)
{
  return tn_succession_find_offered (self->succession) != NULL;
}

/**
 * tn_book_dup_new_chapters:
 *
 * Returns: (transfer full) (nullable): of the rulebook that waits
 */
TnChapters *
tn_book_dup_new_chapters (TnBook *self)
{
  const TnRulebook *offered = tn_succession_find_offered (self->succession);
  return offered != NULL ? tn_chapters_new (offered) : NULL;
}

/**
 * tn_book_take_new_rulebook:
 *
 * Puts the rulebook that waits in force: a person said `apply`.
 */
gboolean
tn_book_take_new_rulebook (TnBook *self, GError **error)
{
  if (!tn_book_has_new_rulebook (self))
    return TRUE;
  if (!tn_succession_take_offered (self->succession, error))
    return FALSE;
  forget_plan (self);
  tn_book_look_for_newer (self);
  self->version++;
  return TRUE;
}

/**
 * tn_book_plan_with:
 * @decisions: (element-type TnDecision): further ones
 *
 * Returns: (transfer full): the plan as it would be with them
 */
TnPlan *
tn_book_plan_with (TnBook *self, GPtrArray *decisions)
{
  if (decisions->len == 0)
    return tn_plan_ref (tn_book_get_plan (self));
  return make_plan (self, tn_book_get_rulebook (self), decisions);
}

/**
 * tn_book_commit:
 * @batch: everything else that is to be stored in the same transaction
 * @decisions: (element-type TnDecision): to be appended to the ledger
 * @proposals: (element-type TnProposal): new ones, and new states of known ones
 *
 * Stores all of it or nothing; afterwards the plan is the one that follows.
 */
gboolean
tn_book_commit (TnBook *self, TnBatch *batch, GPtrArray *decisions, GPtrArray *proposals,
                GError **error)
{
  if (!tn_archive_commit (self->archive, batch, decisions, proposals, error))
    return FALSE;
  gboolean only_placed = proposals->len == 0;
  for (guint i = 0; i < decisions->len; i++)
    {
      const TnDecision *decision = g_ptr_array_index (decisions, i);
      only_placed = only_placed && decision->kind == TN_DECISION_PLACED;
    }
  if (decisions->len > 0)
    forget_plan (self);
  if ((decisions->len > 0 || proposals->len > 0) && !only_placed)
    self->version++; /* what is placed now is where the plan had it: nobody has to look again */
  return TRUE;
}

/**
 * tn_book_blank_notes:
 * @blanked: (element-type TnDecision): entries of the ledger, without their notes
 *
 * Takes the notes out of ledger and store; the journals follow at the next passes.
 */
gboolean
tn_book_blank_notes (TnBook *self, GPtrArray *blanked, GError **error)
{
  if (blanked->len == 0)
    return TRUE;
  if (!tn_archive_blank_notes (self->archive, blanked, error))
    return FALSE;
  forget_plan (self);
  self->version++;
  return TRUE;
}
