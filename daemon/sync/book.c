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
#include "rules/authority.h"
#include "rules/planner.h"
#include "sync/posting.h"

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
  GPtrArray *decisions;     /* (owned) (element-type TnDecision) of the store */
  GPtrArray *proposals;     /* (owned) (element-type TnProposal) */
  TnPlan *plan;             /* (owned) */
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
  g_clear_pointer (&self->decisions, g_ptr_array_unref);
  g_clear_pointer (&self->proposals, g_ptr_array_unref);
  tn_plan_unref (self->plan);
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

static TnPlan *
make_plan (const TnBook *self, const TnRulebook *rulebook, GPtrArray *more)
{
  TnDate today = find_today (self);
  g_autoptr (GPtrArray) all = tn_rulebook_list_decisions (rulebook);
  for (guint i = 0; i < self->decisions->len; i++)
    g_ptr_array_add (all, tn_decision_ref (g_ptr_array_index (self->decisions, i)));
  for (guint i = 0; more != NULL && i < more->len; i++)
    g_ptr_array_add (all, tn_decision_ref (g_ptr_array_index (more, i)));
  g_autoptr (TnLedger) ledger = tn_ledger_new (all);
  TnSpan span = tn_span_new (today + self->settings->publish_from_days - TENDED_DAYS,
                             today + self->settings->publish_to_days + TENDED_DAYS);
  return tn_planner_plan (rulebook, ledger, span, today);
}

static void
replan (TnBook *self)
{
  tn_plan_unref (self->plan);
  self->plan = make_plan (self, self->rulebook, NULL);
  self->version++;
}

static gboolean
same_wishes (const TnPosting *a, const TnPosting *b)
{
  for (guint i = 0; i < TN_N_FIELDS; i++)
    if (g_strcmp0 (a->wished[i], b->wished[i]) != 0)
      return FALSE;
  return TRUE;
}

static GHashTable *
index_postings (GPtrArray *postings)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < postings->len; i++)
    {
      TnPosting *posting = g_ptr_array_index (postings, i);
      g_hash_table_insert (index, posting->event->uid, posting);
    }
  return index;
}

/* Would published events of this calendar change? */
static gboolean
is_touched (TnBook *self, const TnCalendar *calendar, const TnPlan *old_plan,
            const TnPlan *new_plan)
{
  g_autoptr (GPtrArray) links = tn_store_load_links (self->store, calendar->id, NULL);
  TnSpan publish = tn_book_get_publish_span (self);
  g_autoptr (GPtrArray) old_postings = tn_posting_list (old_plan, calendar, publish, NULL);
  g_autoptr (GPtrArray) new_postings = tn_posting_list (new_plan, calendar, publish, NULL);
  g_autoptr (GHashTable) old_index = index_postings (old_postings);
  g_autoptr (GHashTable) new_index = index_postings (new_postings);
  for (guint i = 0; links != NULL && i < links->len; i++)
    {
      const TnLink *link = g_ptr_array_index (links, i);
      const TnPosting *old_posting = g_hash_table_lookup (old_index, link->uid);
      const TnPosting *new_posting = g_hash_table_lookup (new_index, link->uid);
      if (old_posting != NULL && (new_posting == NULL || !same_wishes (old_posting, new_posting)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_to_wait (TnBook *self, const TnRulebook *offered)
{
  g_autoptr (TnPlan) old_plan = make_plan (self, self->rulebook, NULL);
  g_autoptr (TnPlan) new_plan = make_plan (self, offered, NULL);
  for (guint i = 0; i < self->settings->calendars->len; i++)
    {
      const TnCalendar *calendar = g_ptr_array_index (self->settings->calendars, i);
      if (calendar->mode == TN_MODE_ASK && is_touched (self, calendar, old_plan, new_plan))
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
  tn_rulebook_unref (self->rulebook);
  self->rulebook = tn_rulebook_ref (rulebook);
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
  self->decisions = tn_store_load_ledger (store, error);
  self->proposals = self->decisions != NULL ? tn_store_load_proposals (store, error) : NULL;
  if (self->proposals == NULL)
    return NULL;
  g_autoptr (GError) load_error = NULL;
  self->rulebook = load_stored (self, &load_error);
  if (load_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&load_error));
      return NULL;
    }
  if (!offer (self, rulebook, files, error))
    return NULL;
  replan (self);
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
  replan (self);
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
 * Returns: (transfer none): the plan of today; take a reference to keep it
 */
const TnPlan *
tn_book_get_plan (TnBook *self)
{
  if (tn_plan_get_today (self->plan) != find_today (self))
    replan (self);
  return self->plan;
}

/**
 * tn_book_get_proposals:
 *
 * Returns: (transfer none) (element-type TnProposal): all that are kept
 */
GPtrArray *
tn_book_get_proposals (TnBook *self)
{
  return self->proposals;
}

guint64
tn_book_get_version (TnBook *self)
{
  return self->version;
}

TnSpan
tn_book_get_publish_span (TnBook *self)
{
  TnDate today = find_today (self);
  return tn_span_new (today + self->settings->publish_from_days,
                      today + self->settings->publish_to_days + 1);
}

/* "Ændringsønske afventer Esbjerg", in the calendar of the one who made it (design section 7). */
static void
add_remark (TnBook *self, GPtrArray *remarks, const TnProposal *proposal)
{
  static const TnRight rights[TN_N_FIELDS] = { TN_RIGHT_WHEN,   TN_RIGHT_WHERE, TN_RIGHT_WHAT,
                                               TN_RIGHT_STATUS, TN_RIGHT_WHAT,  TN_RIGHT_WHAT };
  const TnMilestone *milestone = NULL;
  const TnOccurrence *occurrence = tn_plan_find_uid (self->plan, proposal->uid, &milestone);
  if (occurrence == NULL)
    return;
  g_auto (GStrv) deciders
      = tn_authority_list_deciders (occurrence, milestone, rights[proposal->field]);
  GString *names = g_string_new (NULL);
  for (guint i = 0; deciders[i] != NULL; i++)
    g_string_append_printf (
        names, "%s%s", i > 0 ? ", " : "",
        tn_collaboration_get_council_name (occurrence->collaboration, deciders[i]));
  const char *word = tn_word (occurrence->collaboration->language, TN_WORD_PROPOSAL_WAITS);
  g_auto (GStrv) halves = g_strsplit (word, "%s", 2);
  g_autofree char *line
      = g_strconcat (halves[0], names->str, halves[1], ": ", proposal->value, NULL);
  g_string_free (names, TRUE);
  g_ptr_array_add (remarks, tn_remark_new (proposal->uid, line));
}

static gboolean
is_open_wish (const TnProposal *proposal, const TnCalendar *calendar)
{
  return proposal->kind == TN_PROPOSAL_WISH && proposal->state == TN_PROPOSAL_OPEN
         && strcmp (proposal->calendar, calendar->id) == 0;
}

/* Is there a newer state of @id among @more? */
static gboolean
is_overtaken (GPtrArray *more, const char *id)
{
  for (guint i = 0; more != NULL && i < more->len; i++)
    if (strcmp (((const TnProposal *) g_ptr_array_index (more, i))->id, id) == 0)
      return TRUE;
  return FALSE;
}

/**
 * tn_book_list_remarks:
 * @more: (nullable) (element-type TnProposal): proposals that are about to be kept
 *
 * Returns: (transfer full) (element-type TnRemark): what people who read @calendar are told in its
 *   events: the proposals made there that wait for an answer
 */
GPtrArray *
tn_book_list_remarks (TnBook *self, const TnCalendar *calendar, GPtrArray *more)
{
  GPtrArray *remarks = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_remark_free);
  for (guint i = 0; i < self->proposals->len; i++)
    {
      const TnProposal *proposal = g_ptr_array_index (self->proposals, i);
      if (is_open_wish (proposal, calendar) && !is_overtaken (more, proposal->id))
        add_remark (self, remarks, proposal);
    }
  for (guint i = 0; more != NULL && i < more->len; i++)
    if (is_open_wish (g_ptr_array_index (more, i), calendar))
      add_remark (self, remarks, g_ptr_array_index (more, i));
  return remarks;
}

gboolean
tn_book_has_new_rulebook (TnBook *self)
{
  return self->offered != NULL;
}

/**
 * tn_book_plan_new_rulebook:
 * @decisions: (nullable) (element-type TnDecision): further ones
 *
 * Returns: (transfer full) (nullable): the plan as it would be by the rulebook that waits
 */
TnPlan *
tn_book_plan_new_rulebook (TnBook *self, GPtrArray *decisions)
{
  return self->offered != NULL ? make_plan (self, self->offered, decisions) : NULL;
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
  tn_rulebook_unref (self->rulebook);
  self->rulebook = g_steal_pointer (&self->offered);
  g_clear_pointer (&self->offered_files, g_ptr_array_unref);
  replan (self);
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

static void
take_proposal (TnBook *self, const TnProposal *proposal)
{
  for (guint i = 0; i < self->proposals->len; i++)
    {
      const TnProposal *old = g_ptr_array_index (self->proposals, i);
      if (strcmp (old->id, proposal->id) == 0)
        {
          g_ptr_array_remove_index (self->proposals, i);
          break;
        }
    }
  g_ptr_array_add (self->proposals, tn_proposal_copy (proposal));
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
  for (guint i = 0; i < decisions->len; i++)
    tn_batch_append_decision (batch, g_ptr_array_index (decisions, i));
  for (guint i = 0; i < proposals->len; i++)
    tn_batch_put_proposal (batch, g_ptr_array_index (proposals, i));
  if (!tn_store_commit (self->store, batch, error))
    return FALSE;

  gboolean only_placed = proposals->len == 0;
  for (guint i = 0; i < decisions->len; i++)
    {
      const TnDecision *decision = g_ptr_array_index (decisions, i);
      only_placed = only_placed && decision->kind == TN_DECISION_PLACED;
      g_ptr_array_add (self->decisions, tn_decision_ref (decision));
    }
  for (guint i = 0; i < proposals->len; i++)
    take_proposal (self, g_ptr_array_index (proposals, i));
  if (decisions->len > 0 || proposals->len > 0)
    {
      guint64 version = self->version;
      replan (self);
      if (only_placed)
        self->version = version; /* the plan says the same; nobody has to look again */
    }
  return TRUE;
}
