/* Learning from journals (design section 6): decisions that the ledger does not have, proposals
 * that are new, and answers to those that are known. Learning twice changes nothing, and the order
 * in which pages are read does not matter: an entry is its content, and of two states of a proposal
 * the same one wins everywhere. Pure. */
#include "sync/lesson.h"

#include <string.h>

#include "base/text.h"
#include "model/identity.h"
#include "sync/journal.h"

typedef struct
{
  const TnCalendar *calendar;
  const TnLedger *ledger;
  const char *council; /* whose daemon this is */
  const char *writer;  /* of the page at hand */
  GHashTable *known;   /* (owned) (element-type utf8 TnProposal) borrowed */
  GHashTable *learned; /* (owned) ids of decisions that are in the lesson; borrowed */
  gint64 now_us;
  TnLesson *lesson;
} Reader;

void
tn_lesson_free (TnLesson *lesson)
{
  if (lesson == NULL)
    return;
  g_ptr_array_unref (lesson->decisions);
  g_ptr_array_unref (lesson->proposals);
  g_ptr_array_unref (lesson->blanked);
  g_free (lesson);
}

static gboolean
is_own_page (const Reader *reader)
{
  return strcmp (reader->writer, reader->council) == 0;
}

static gboolean
is_concerned (const Reader *reader, const char *collaboration)
{
  char **list = reader->calendar->collaborations;
  return list[0] == NULL || g_strv_contains ((const char *const *) list, collaboration);
}

/* Whoever took the decision has blanked its note since (design section 10): a page that still has
 * it is an older one, or a copy, and brings it back to nobody, for an entry's id leaves the note
 * out. On our own page that says that this state is older than the page. */
static void
take_blank (Reader *reader, const TnDecision *told, const TnDecision *known)
{
  const char *origin = tn_journal_find_origin (known);
  gboolean is_writers = is_own_page (reader)
                            ? origin == NULL || strcmp (origin, reader->writer) == 0
                            : g_strcmp0 (origin, reader->writer) == 0;
  if (!is_writers || told->note != NULL || known->note == NULL)
    return;
  TnDecisionDraft draft = tn_decision_to_draft (known);
  draft.note = NULL;
  g_ptr_array_add (reader->lesson->blanked, tn_decision_new (&draft));
}

/* @origin: in whose journal it stands, or stood */
static void
learn (Reader *reader, const TnDecision *decision, const char *origin)
{
  if (decision->kind == TN_DECISION_PLACED || !is_concerned (reader, decision->collaboration)
      || g_hash_table_contains (reader->learned, decision->id))
    return;
  g_autofree char *source = tn_journal_dup_source (origin);
  TnDecisionDraft draft = tn_decision_to_draft (decision);
  draft.source = source;
  TnDecision *learned = tn_decision_new (&draft);
  g_hash_table_add (reader->learned, learned->id);
  g_ptr_array_add (reader->lesson->decisions, learned);
  reader->lesson->has_lost
      = reader->lesson->has_lost || is_own_page (reader) || strcmp (origin, reader->council) == 0;
}

static void
take_decision (Reader *reader, const TnDecision *decision)
{
  const TnDecision *known = tn_ledger_find_id (reader->ledger, decision->id);
  if (known != NULL)
    take_blank (reader, decision, known);
  else
    learn (reader, decision, reader->writer);
}

/* Another council's, which its own journal does not tell any more: it is that council's all the
 * same, and when it is ours we have lost it. */
static void
take_kept (Reader *reader, const TnDecision *decision)
{
  const char *origin = tn_journal_find_origin (decision);
  if (origin != NULL && tn_ledger_find_id (reader->ledger, decision->id) == NULL)
    learn (reader, decision, origin);
}

/* Accepted before rejected before withdrawn before open: of two answers one wins everywhere. */
static int
get_weight (TnProposalState state)
{
  static const int weights[] = { [TN_PROPOSAL_OPEN] = 0,
                                 [TN_PROPOSAL_WITHDRAWN] = 1,
                                 [TN_PROPOSAL_REJECTED] = 2,
                                 [TN_PROPOSAL_ACCEPTED] = 3 };
  return weights[state];
}

/* Where it was made: a private calendar of another council is none of ours. On our own page it says
 * whose journal we had it from, when it was not made here but answered. */
static void
set_place (const Reader *reader, TnProposal *proposal)
{
  if (is_own_page (reader))
    {
      tn_text_set (&proposal->origin, tn_journal_find_place (proposal));
      return;
    }
  g_autofree char *source = tn_journal_dup_source (reader->writer);
  tn_text_set (&proposal->origin, reader->writer);
  if (*proposal->calendar == '\0')
    return; /* made by command */
  tn_text_set (&proposal->calendar, proposal->council == NULL ? reader->calendar->id : source);
}

static void
keep_proposal (Reader *reader, TnProposal *proposal)
{
  g_hash_table_replace (reader->known, proposal->id, proposal);
  g_ptr_array_add (reader->lesson->proposals, proposal);
}

static void
take_proposal (Reader *reader, const TnProposal *told)
{
  const TnProposal *old = g_hash_table_lookup (reader->known, told->id);
  if (old != NULL && get_weight (told->state) <= get_weight (old->state))
    return;
  TnProposal *proposal = tn_proposal_copy (old != NULL ? old : told);
  if (old == NULL)
    {
      proposal->at_us = reader->now_us;
      set_place (reader, proposal);
      reader->lesson->has_lost = reader->lesson->has_lost || is_own_page (reader);
    }
  proposal->state = told->state;
  tn_text_set (&proposal->answered_by, told->answered_by);
  tn_text_set (&proposal->answer_origin,
               told->state == TN_PROPOSAL_OPEN || is_own_page (reader) ? NULL : reader->writer);
  keep_proposal (reader, proposal);
}

static gboolean
concerns_calendar (const Reader *reader, const TnProposal *proposal)
{
  g_auto (GStrv) parts = g_strsplit (proposal->key, "\n", 3);
  return parts[0] != NULL && parts[1] != NULL && g_str_has_prefix (parts[1], "c=")
         && is_concerned (reader, parts[1] + 2);
}

/* A page is what its key says that it is; anything else was copied or made up by somebody. */
static void
read_page (Reader *reader, const TnSeen *seen)
{
  g_autoptr (TnPageKey) key = tn_identity_page_from_key (seen->event->key);
  g_autoptr (TnPage) page
      = seen->event->ledger != NULL ? tn_page_parse (seen->event->ledger, NULL) : NULL;
  if (key == NULL || page == NULL || strcmp (key->council, page->council) != 0)
    return;
  reader->writer = page->council;
  for (guint i = 0; i < page->decisions->len; i++)
    take_decision (reader, g_ptr_array_index (page->decisions, i));
  for (guint i = 0; i < page->kept->len; i++)
    take_kept (reader, g_ptr_array_index (page->kept, i));
  for (guint i = 0; i < page->proposals->len; i++)
    if (concerns_calendar (reader, g_ptr_array_index (page->proposals, i)))
      take_proposal (reader, g_ptr_array_index (page->proposals, i));
}

static int
compare_pages (gconstpointer a, gconstpointer b, gpointer own)
{
  const TnSeen *one = *(TnSeen *const *) a;
  const TnSeen *two = *(TnSeen *const *) b;
  gboolean own_one = g_str_has_prefix (one->event->key, own);
  gboolean own_two = g_str_has_prefix (two->event->key, own);
  return own_one != own_two ? (own_one ? -1 : 1) : strcmp (one->id, two->id);
}

/* Copies that people made are read like the rest: what is true on a page is true on its copy, and
 * which of the two is the page cannot always be known. Our own come first: an answer that others
 * have from us is ours. */
static GPtrArray *
list_pages (const TnSnapshot *snapshot, const char *council)
{
  g_autofree char *own = g_strdup_printf ("ledger/%s/", council);
  GPtrArray *pages = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, snapshot->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const TnSeen *seen = value;
      if (seen->event != NULL && seen->event->key != NULL && tn_journal_is_page (seen->event->key))
        g_ptr_array_add (pages, value);
    }
  g_ptr_array_sort_with_data (pages, compare_pages, own);
  return pages;
}

/**
 * tn_lesson_draw:
 * @snapshot: of a shared calendar, its items recognised
 * @council: whose daemon this is
 * @proposals: (element-type TnProposal): those that are known
 *
 * Source: design section 6, Journal.
 * Returns: (transfer full): what is to be added to ledger and proposals
 */
TnLesson *
tn_lesson_draw (const TnSnapshot *snapshot, const TnCalendar *calendar, const char *council,
                const TnLedger *ledger, GPtrArray *proposals, gint64 now_us)
{
  TnLesson *lesson = g_new0 (TnLesson, 1);
  lesson->decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_decision_unref);
  lesson->proposals = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_proposal_free);
  lesson->blanked = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_decision_unref);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) learned = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < proposals->len; i++)
    {
      TnProposal *proposal = g_ptr_array_index (proposals, i);
      g_hash_table_insert (known, proposal->id, proposal);
    }
  Reader reader = { .calendar = calendar,
                    .ledger = ledger,
                    .council = council,
                    .known = known,
                    .learned = learned,
                    .now_us = now_us,
                    .lesson = lesson };
  g_autoptr (GPtrArray) pages = list_pages (snapshot, council);
  for (guint i = 0; calendar->shared && i < pages->len; i++)
    read_page (&reader, g_ptr_array_index (pages, i));
  return lesson;
}
