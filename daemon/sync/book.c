/* The book: rulebook, ledger and proposals, and the plan that follows from them. Whoever needs a
 * plan asks for it here, at the moment of need; every change goes through tn_book_commit(), which
 * writes the store first and believes itself afterwards.
 *
 * The rulebook in force is kept in the store as text. A new edition is only offered: while it would
 * change published events and a calendar is in mode `ask`, the old one stays in force whole, so
 * that no two calendars ever follow two editions; taken back, it leaves no trace (design section
 * 5). */
#include "sync/book.h"

#include <string.h>

#include "base/error.h"
#include "base/log.h"
#include "rules/planner.h"
#include "sync/archive.h"
#include "sync/edition.h"
#include "sync/shelf.h"

/* Design section 7, Lifecycle: the window limits creation only; the plan reaches further on both
 * sides, so that what was published once is still known. */
static const int TENDED_DAYS = 400;

struct _TnBook
{
  GObject parent;
  TnStore *store;           /* (owned) */
  TnClock *clock;           /* (owned) */
  TnBookRead read;          /* charters and holiday files to a rulebook */
  TnSettings *settings;     /* (owned) */
  TnRulebook *rulebook;     /* (owned) in force */
  TnRulebook *offered;      /* (owned) (nullable) a new one that waits for a person */
  GPtrArray *offered_files; /* (owned) (nullable) (element-type TnSourceFile) */
  TnArchive *archive;       /* (owned) decisions and proposals of the store */
  TnTakeover *takeover;     /* (owned) what newer editions wrote in shared calendars */
  TnChapters *chapters;     /* (owned) of the rulebook in force */
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
  tn_rulebook_unref (self->rulebook);
  tn_rulebook_unref (self->offered);
  g_clear_pointer (&self->offered_files, g_ptr_array_unref);
  tn_archive_free (self->archive);
  g_clear_pointer (&self->takeover, tn_takeover_free);
  tn_chapters_unref (self->chapters);
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
  const TnCollaboration *first = self->rulebook->collaborations->len > 0
                                     ? g_ptr_array_index (self->rulebook->collaborations, 0)
                                     : NULL;
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

static void
take_rulebook (TnBook *self, const TnRulebook *rulebook)
{
  TnRulebook *old = self->rulebook;
  self->rulebook = tn_rulebook_ref (rulebook);
  tn_rulebook_unref (old);
  tn_chapters_unref (self->chapters);
  self->chapters = tn_chapters_new (rulebook);
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
has_to_wait (TnBook *self, const TnRulebook *offered)
{
  g_autoptr (TnPlan) old_plan = make_plan (self, self->rulebook, NULL);
  g_autoptr (TnPlan) new_plan = make_plan (self, offered, NULL);
  TnSpan publish = tn_book_get_publish_span (self);
  for (guint i = 0; i < self->settings->calendars->len; i++)
    {
      const TnCalendar *calendar = g_ptr_array_index (self->settings->calendars, i);
      g_autoptr (GPtrArray) links = tn_store_load_links (self->store, calendar->id, NULL);
      if (calendar->mode == TN_MODE_ASK && links != NULL
          && tn_edition_touches (calendar, publish, links, old_plan, new_plan))
        return TRUE;
    }
  return FALSE;
}

static gboolean
store_rulebook (TnBook *self, const TnRulebook *rulebook, GPtrArray *files, GError **error)
{
  g_autoptr (TnBatch) batch = tn_batch_new ();
  tn_batch_put_rulebook (batch, rulebook->digest, files);
  return tn_store_commit (self->store, batch, error);
}

/* The rulebook that was in force when the daemon last ran; NULL when there was none or this version
 * of the program cannot read it any more. */
static TnRulebook *
load_stored (TnBook *self, GError **error)
{
  g_autofree char *digest = NULL;
  g_autoptr (GPtrArray) files = tn_store_load_rulebook (self->store, &digest, error);
  if (files == NULL || files->len == 0)
    return NULL;
  g_autoptr (GError) unreadable = NULL;
  TnRulebook *rulebook = self->read (files, &unreadable);
  if (rulebook == NULL)
    tn_log_warning (NULL, NULL,
                    "the charter in force cannot be read any more, the new one is taken");
  return rulebook;
}

static gboolean
offer (TnBook *self, TnRulebook *rulebook, GPtrArray *files, GError **error)
{
  g_clear_pointer (&self->offered, tn_rulebook_unref);
  g_clear_pointer (&self->offered_files, g_ptr_array_unref);
  if (self->rulebook != NULL && strcmp (self->rulebook->digest, rulebook->digest) == 0)
    return TRUE;
  if (self->rulebook != NULL && has_to_wait (self, rulebook))
    {
      self->offered = tn_rulebook_ref (rulebook);
      self->offered_files = g_ptr_array_ref (files);
      return TRUE;
    }
  if (!store_rulebook (self, rulebook, files, error))
    return FALSE;
  take_rulebook (self, rulebook);
  return TRUE;
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
tn_book_open (TnStore *store, TnClock *clock, const TnSettings *settings, TnBookRead read,
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
  if (self->archive == NULL)
    return NULL;
  g_autoptr (GError) load_error = NULL;
  g_autoptr (TnRulebook) stored = load_stored (self, &load_error);
  if (load_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&load_error));
      return NULL;
    }
  if (stored != NULL)
    take_rulebook (self, stored);
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
    self->plan = tn_planner_plan (self->rulebook, tn_book_get_ledger (self),
                                  get_tended_span (self, self->today), self->today);
  return self->plan;
}

const TnRulebook *
tn_book_get_rulebook (TnBook *self)
{
  return self->rulebook;
}

/**
 * tn_book_get_chapters:
 *
 * Returns: (transfer none): of the rulebook in force; take a reference to keep them
 */
TnChapters *
tn_book_get_chapters (TnBook *self)
{
  return self->chapters;
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
    self->ledger = tn_archive_make_ledger (self->archive, self->rulebook, NULL);
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
  if (more->len == 0 && rulebook == self->rulebook)
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
  if (tn_takeover_look (self->takeover, self->store, self->settings, self->rulebook))
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
  return self->offered != NULL;
}

/**
 * tn_book_dup_new_chapters:
 *
 * Returns: (transfer full) (nullable): of the rulebook that waits
 */
TnChapters *
tn_book_dup_new_chapters (TnBook *self)
{
  return self->offered != NULL ? tn_chapters_new (self->offered) : NULL;
}

/**
 * tn_book_take_new_rulebook:
 *
 * Puts the rulebook that waits in force: a person said `apply`.
 */
gboolean
tn_book_take_new_rulebook (TnBook *self, GError **error)
{
  if (self->offered == NULL)
    return TRUE;
  if (!store_rulebook (self, self->offered, self->offered_files, error))
    return FALSE;
  g_autoptr (TnRulebook) offered = g_steal_pointer (&self->offered);
  take_rulebook (self, offered);
  g_clear_pointer (&self->offered_files, g_ptr_array_unref);
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
  return make_plan (self, self->rulebook, decisions);
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
