/* The journal (design section 6): in a shared calendar each council's daemon alone writes its own
 * pages, one a year. They hold what was decided, proposed and answered at this daemon, so that the
 * others, and this one after a loss, learn it from there; and by which edition it goes, so that
 * older and newer ones do not fight. A page says for people, too, what it says for daemons. Pure.
 */
#include "sync/journal.h"

#include <string.h>

#include "base/encode.h"
#include "base/text.h"
#include "model/identity.h"
#include "provider/turnus-plugin.h"

#define SOURCE "journal "
#define DIGEST_LENGTH 8

/**
 * tn_journal_is_kept:
 * @caps: of the calendar's provider
 *
 * Returns: %TRUE when this daemon writes a journal there
 */
gboolean
tn_journal_is_kept (const TnCalendar *calendar, guint32 caps)
{
  return calendar->shared && (caps & (TURNUS_CAP_KEEPS_X | TURNUS_CAP_KEEPS_OWN)) != 0;
}

gboolean
tn_journal_is_page (const char *key)
{
  return g_str_has_prefix (key, "ledger/");
}

/**
 * tn_journal_dup_source:
 *
 * Returns: (transfer full): the source of a decision that was read in the journal of @council
 */
char *
tn_journal_dup_source (const char *council)
{
  return g_strconcat (SOURCE, council, NULL);
}

/**
 * tn_journal_find_origin:
 *
 * Returns: (transfer none) (nullable): the council in whose journal @decision was read; %NULL when
 *   it was taken at this daemon
 */
const char *
tn_journal_find_origin (const TnDecision *decision)
{
  if (decision->source == NULL || !g_str_has_prefix (decision->source, SOURCE))
    return NULL;
  return decision->source + strlen (SOURCE);
}

/**
 * tn_journal_find_place:
 *
 * Returns: (transfer none) (nullable): the council in whose journal @proposal was read, as its
 * place says; %NULL when it was made in a calendar of ours
 */
const char *
tn_journal_find_place (const TnProposal *proposal)
{
  if (!g_str_has_prefix (proposal->calendar, SOURCE))
    return NULL;
  return proposal->calendar + strlen (SOURCE);
}

static gboolean
is_shown (const TnJournal *journal, const char *collaboration)
{
  char **list = journal->calendar->collaborations;
  return list[0] == NULL || g_strv_contains ((const char *const *) list, collaboration);
}

static gboolean
is_own_decision (const TnJournal *journal, const TnDecision *decision)
{
  const char *origin = tn_journal_find_origin (decision);
  return origin == NULL || strcmp (origin, journal->council) == 0;
}

/* A placed date stands in its event, and is nobody's decision. */
static gboolean
is_told (const TnJournal *journal, const TnDecision *decision)
{
  return decision->kind != TN_DECISION_PLACED && is_shown (journal, decision->collaboration)
         && (is_own_decision (journal, decision)
             || tn_hearsay_misses (journal->hearsay, tn_journal_find_origin (decision),
                                   decision->id));
}

/* One that was made or answered here: the answer goes back with the proposal that it answers. */
static gboolean
is_own_proposal (const TnJournal *journal, const TnProposal *proposal)
{
  g_auto (GStrv) parts = g_strsplit (proposal->key, "\n", 3);
  gboolean shown = parts[0] != NULL && parts[1] != NULL && g_str_has_prefix (parts[1], "c=")
                   && is_shown (journal, parts[1] + 2);
  gboolean answered_here = proposal->state != TN_PROPOSAL_OPEN && proposal->answer_origin == NULL;
  return shown && (proposal->origin == NULL || answered_here);
}

static int
compare_decisions (gconstpointer a, gconstpointer b)
{
  return tn_decision_compare (*(TnDecision *const *) a, *(TnDecision *const *) b);
}

static int
compare_proposals (gconstpointer a, gconstpointer b)
{
  const TnProposal *one = *(TnProposal *const *) a;
  const TnProposal *two = *(TnProposal *const *) b;
  return one->on != two->on ? (one->on < two->on ? -1 : 1) : strcmp (one->id, two->id);
}

/* The last state of each, by day and id: the pages of all daemons that know the same are the same.
 */
static GPtrArray *
select_proposals (const TnJournal *journal)
{
  g_autoptr (GHashTable) last = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < journal->proposals->len; i++)
    {
      TnProposal *proposal = g_ptr_array_index (journal->proposals, i);
      g_hash_table_replace (last, proposal->id, proposal);
    }
  GPtrArray *own = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, last);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (is_own_proposal (journal, value))
      g_ptr_array_add (own, value);
  g_ptr_array_sort (own, compare_proposals);
  return own;
}

static GPtrArray *
select_decisions (const TnJournal *journal)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *told = g_ptr_array_new ();
  for (guint i = 0; i < journal->decisions->len; i++)
    {
      TnDecision *decision = g_ptr_array_index (journal->decisions, i);
      if (is_told (journal, decision) && g_hash_table_add (ids, decision->id))
        g_ptr_array_add (told, decision);
    }
  g_ptr_array_sort (told, compare_decisions);
  return told;
}

static TnPage *
start_page (const TnJournal *journal)
{
  TnPage *page = tn_page_new (journal->council);
  const TnRulebook *rulebook = tn_plan_get_rulebook (journal->plan);
  for (guint i = 0; i < rulebook->collaborations->len; i++)
    {
      const TnCollaboration *collaboration = g_ptr_array_index (rulebook->collaborations, i);
      if (is_shown (journal, collaboration->id))
        g_ptr_array_add (page->editions, tn_edition_new (collaboration->id, collaboration->edition,
                                                         TN_ENGINE, collaboration->digest));
    }
  return page;
}

static const TnCollaboration *
find_first (const TnJournal *journal)
{
  const TnRulebook *rulebook = tn_plan_get_rulebook (journal->plan);
  for (guint i = 0; i < rulebook->collaborations->len; i++)
    {
      const TnCollaboration *collaboration = g_ptr_array_index (rulebook->collaborations, i);
      if (is_shown (journal, collaboration->id))
        return collaboration;
    }
  return NULL;
}

static void
append_part (GString *line, const char *lead, const char *text)
{
  if (text != NULL)
    g_string_append_printf (line, "%s%s", lead, text);
}

/* What people read of it: neither its note, which may be blanked one day, nor its source. */
static void
append_subject (GString *note, const TnDecision *decision)
{
  g_autofree char *on = tn_date_to_string (decision->on);
  append_part (note, "", on);
  append_part (note, " ", decision->collaboration);
  append_part (note, "/", decision->series);
  append_part (note, "/", decision->cycle);
  append_part (note, "/", decision->site);
  append_part (note, "#", decision->milestone);
  append_part (note, ": ", tn_decision_kind_to_string (decision->kind));
  append_part (note, " ", decision->council);
  append_part (note, " / ", decision->other_cycle);
  append_part (note, " > ", decision->after_council);
  append_part (note, " ", decision->value);
  append_part (note, "", decision->confirmed ? ", confirmed" : NULL);
}

static void
append_decision (GString *note, const TnDecision *decision)
{
  append_subject (note, decision);
  append_part (note, " · ", decision->by);
  g_string_append_c (note, '\n');
}

static void
append_wish (GString *note, const TnProposal *proposal)
{
  g_autofree char *on = tn_date_to_string (proposal->on);
  g_autofree char *reference = tn_identity_key_to_reference (proposal->key);
  g_string_append_printf (note, "%s %s: %s %s", on, reference, tn_field_to_string (proposal->field),
                          proposal->value);
}

static void
append_proposal (GString *note, const TnProposal *proposal)
{
  g_autoptr (TnDecision) proposed = proposal->kind == TN_PROPOSAL_DECISION
                                        ? tn_decision_from_line (proposal->value, NULL)
                                        : NULL;
  if (proposed != NULL)
    append_subject (note, proposed);
  else if (proposal->kind != TN_PROPOSAL_DECISION)
    append_wish (note, proposal);
  g_string_append_printf (note, "? %s", tn_proposal_state_to_string (proposal->state));
  append_part (note, " · ", proposal->council);
  append_part (note, " > ", proposal->answered_by);
  g_string_append_c (note, '\n');
}

static char *
dup_digest (const char *ledger)
{
  char *digest = tn_encode_sha256 (ledger, -1);
  digest[DIGEST_LENGTH] = '\0';
  return digest;
}

/* The last line names the page and what it says for daemons: so the text never stays when that
 * changes. */
static char *
describe_page (const TnCollaboration *first, const TnPage *page, const char *key,
               const char *ledger)
{
  GString *note = g_string_new (NULL);
  for (guint i = 0; i < page->decisions->len; i++)
    append_decision (note, g_ptr_array_index (page->decisions, i));
  for (guint i = 0; i < page->kept->len; i++)
    append_decision (note, g_ptr_array_index (page->kept, i));
  for (guint i = 0; i < page->proposals->len; i++)
    append_proposal (note, g_ptr_array_index (page->proposals, i));
  g_autofree char *digest = dup_digest (ledger);
  g_string_append_printf (note, "%s: %s %s", tn_word (first->language, TN_WORD_REFERENCE), key,
                          digest);
  return g_string_free (note, FALSE);
}

static TnPosting *
make_posting (const TnJournal *journal, const TnPage *page, int year, guint part)
{
  const TnCollaboration *first = find_first (journal);
  g_autofree char *key = tn_identity_page_to_key (journal->council, year, part);
  g_autofree char *uid = tn_identity_key_to_uid (key);
  g_autofree char *ledger = tn_page_format (page);
  g_autofree char *note = describe_page (first, page, key, ledger);
  g_autofree char *title
      = g_strdup_printf ("%s %d: %s", tn_word (first->language, TN_WORD_JOURNAL), year,
                         tn_collaboration_get_council_name (first, journal->council));
  TnPosting *posting = g_new0 (TnPosting, 1);
  posting->event = tn_event_new (uid);
  posting->event->when = tn_when_new_days (tn_date_new (year, 1, 1), 1);
  posting->event->is_transparent = TRUE;
  tn_text_set (&posting->event->key, key);
  tn_text_set (&posting->event->title, title);
  tn_text_set (&posting->event->note, note);
  tn_text_set (&posting->event->ledger, ledger);
  posting->days = posting->event->when.days;
  posting->may_create = TRUE;
  for (guint i = 0; i < TN_N_FIELDS; i++)
    if (i != TN_FIELD_TEXT) /* which is whoever's */
      posting->wished[i] = tn_event_dup_field (posting->event, (TnField) i);
  return posting;
}

static gsize
measure (const TnJournal *journal, const TnDecision *decision, const TnProposal *proposal)
{
  if (decision == NULL)
    return tn_page_measure_proposal (proposal);
  return is_own_decision (journal, decision) ? tn_page_measure_decision (decision)
                                             : tn_page_measure_kept (decision);
}

static void
enter (const TnJournal *journal, TnPage *page, TnDecision *decision, const TnProposal *proposal)
{
  if (decision == NULL)
    g_ptr_array_add (page->proposals, tn_proposal_copy (proposal));
  else
    g_ptr_array_add (is_own_decision (journal, decision) ? page->decisions : page->kept,
                     tn_decision_ref (decision));
}

/* Fills pages of one year, each as far as it goes. */
static void
list_year (const TnJournal *journal, GPtrArray *decisions, GPtrArray *proposals, int year,
           GPtrArray *postings)
{
  g_autoptr (TnPage) page = start_page (journal);
  guint part = 1;
  gsize length = 0;
  for (guint i = 0; i < decisions->len + proposals->len; i++)
    {
      TnDecision *decision = i < decisions->len ? g_ptr_array_index (decisions, i) : NULL;
      TnProposal *proposal
          = decision == NULL ? g_ptr_array_index (proposals, i - decisions->len) : NULL;
      if (tn_date_get_year (decision != NULL ? decision->on : proposal->on) != year)
        continue;
      gsize more = measure (journal, decision, proposal);
      if (length > 0 && length + more > TN_PAGE_MAX_BYTES)
        {
          g_ptr_array_add (postings, make_posting (journal, page, year, part++));
          tn_page_free (page);
          page = start_page (journal);
          length = 0;
        }
      length += more;
      enter (journal, page, decision, proposal);
    }
  g_ptr_array_add (postings, make_posting (journal, page, year, part));
}

static int
compare_years (gconstpointer a, gconstpointer b)
{
  int one = GPOINTER_TO_INT (*(const gpointer *) a);
  int two = GPOINTER_TO_INT (*(const gpointer *) b);
  return (one > two) - (one < two);
}

/* Years in which something happened, this year, and those that have a page already: its edition
 * must not grow old. */
static GPtrArray *
list_years (const TnJournal *journal, GPtrArray *decisions, GPtrArray *proposals)
{
  g_autoptr (GHashTable) years = g_hash_table_new (NULL, NULL);
  g_hash_table_add (years, GINT_TO_POINTER (tn_date_get_year (tn_plan_get_today (journal->plan))));
  for (guint i = 0; i < decisions->len; i++)
    {
      const TnDecision *decision = g_ptr_array_index (decisions, i);
      g_hash_table_add (years, GINT_TO_POINTER (tn_date_get_year (decision->on)));
    }
  for (guint i = 0; i < proposals->len; i++)
    {
      const TnProposal *proposal = g_ptr_array_index (proposals, i);
      g_hash_table_add (years, GINT_TO_POINTER (tn_date_get_year (proposal->on)));
    }
  for (guint i = 0; i < journal->links->len; i++)
    {
      const TnLink *link = g_ptr_array_index (journal->links, i);
      g_autoptr (TnPageKey) key
          = tn_journal_is_page (link->key) ? tn_identity_page_from_key (link->key) : NULL;
      if (key != NULL && strcmp (key->council, journal->council) == 0)
        g_hash_table_add (years, GINT_TO_POINTER (key->year));
    }
  GPtrArray *sorted = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer year = NULL;
  g_hash_table_iter_init (&iter, years);
  while (g_hash_table_iter_next (&iter, &year, NULL))
    g_ptr_array_add (sorted, year);
  g_ptr_array_sort (sorted, compare_years);
  return sorted;
}

/**
 * tn_journal_list_postings:
 *
 * Source: design section 6, Journal.
 * Returns: (transfer full) (element-type TnPosting): this council's pages, by year, as they are to
 *   stand; none of them is an occurrence
 */
GPtrArray *
tn_journal_list_postings (const TnJournal *journal)
{
  GPtrArray *postings = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_posting_free);
  if (find_first (journal) == NULL)
    return postings;
  g_autoptr (GPtrArray) decisions = select_decisions (journal);
  g_autoptr (GPtrArray) proposals = select_proposals (journal);
  g_autoptr (GPtrArray) years = list_years (journal, decisions, proposals);
  for (guint i = 0; i < years->len; i++)
    list_year (journal, decisions, proposals, GPOINTER_TO_INT (g_ptr_array_index (years, i)),
               postings);
  return postings;
}
