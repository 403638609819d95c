/* A note of the ledger is blanked, and its journal carries that to the others. Design section 10.
 */
#include "sync/redaction.h"

#include <string.h>

#include "base/encode.h"
#include "base/error.h"
#include "model/identity.h"
#include "sync/page.h"
#include "sync/region.h"

static const char SECRET[] = "fru Hansen er syg";

/* Esbjerg decides a theme, with a note. */
static char *
decide (Town *esbjerg)
{
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = TN_DECISION_THEME;
  draft.on = tn_date_new (2026, 11, 22);
  draft.by = "esbjerg";
  draft.source = "command test";
  draft.note = SECRET;
  draft.collaboration = "7by";
  draft.series = "studietur";
  draft.cycle = "2027";
  draft.value = "Havnen";
  g_autoptr (GPtrArray) effects = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnDecision) decision = tn_decide (esbjerg->book, &draft, FALSE, &effects, &error);
  g_assert_no_error (error);
  return g_strdup (decision->id);
}

static const char *
find_note (Town *town, const char *id)
{
  GPtrArray *decisions = tn_book_get_decisions (town->book);
  for (guint i = 0; i < decisions->len; i++)
    {
      const TnDecision *decision = g_ptr_array_index (decisions, i);
      if (strcmp (decision->id, id) == 0)
        return decision->note;
    }
  g_assert_not_reached ();
}

static void
blank (Town *town, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnDecision) blanked = tn_redaction_take (town->book, id, &error);
  g_assert_no_error (error);
  g_assert_null (blanked->note);
}

static char *
page_item (Region *region)
{
  g_autofree char *key = tn_identity_page_to_key ("esbjerg", 2026, 1);
  g_autofree char *uid = tn_identity_key_to_uid (key);
  return town_find_item (region->towns[REGION_ESBJERG], "faelles", uid);
}

/* Does a page in the shared calendar still tell the note? */
static gboolean
page_tells (Region *region, const char *item)
{
  g_autoptr (TnEvent) event = town_parse (tn_fake_provider_get (region->shared, item));
  g_autoptr (TnPage) page = tn_page_parse (event->ledger, NULL);
  gboolean tells = FALSE;
  for (guint i = 0; i < page->decisions->len; i++)
    tells
        = tells
          || g_strcmp0 (((TnDecision *) g_ptr_array_index (page->decisions, i))->note, SECRET) == 0;
  return tells;
}

static void
test_travels (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  g_autofree char *id = decide (region->towns[REGION_ESBJERG]);
  region_settle (region);
  g_autofree char *item = page_item (region);
  g_assert_cmpstr (find_note (region->towns[REGION_AARHUS], id), ==, SECRET);
  g_assert_true (page_tells (region, item));

  blank (region->towns[REGION_ESBJERG], id);
  region_settle (region);

  g_assert_false (page_tells (region, item));
  g_assert_null (find_note (region->towns[REGION_ESBJERG], id));
  g_assert_null (find_note (region->towns[REGION_AARHUS], id));
  g_assert_null (find_note (region->towns[REGION_ODENSE], id));
  g_assert_nonnull (town_find_decision (region->towns[REGION_AARHUS], TN_DECISION_THEME,
                                        "studietur", "2027", NULL));
  region_assert_same (region);
  region_assert_settled (region);
  town_restart (region->towns[REGION_AARHUS]);
  g_assert_null (find_note (region->towns[REGION_AARHUS], id));
}

/* A copy that somebody made of the page while it had the note. */
static void
test_old_copy (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  g_autofree char *id = decide (region->towns[REGION_ESBJERG]);
  region_settle (region);
  g_autofree char *item = page_item (region);
  g_autofree char *copy = g_strdup (tn_fake_provider_get (region->shared, item));
  blank (region->towns[REGION_ESBJERG], id);
  region_settle (region);

  tn_fake_provider_put (region->shared, "kopi.ics", copy);
  region_settle (region);

  g_assert_null (find_note (region->towns[REGION_ESBJERG], id));
  g_assert_null (find_note (region->towns[REGION_AARHUS], id));
}

/* What was blanked stays so when an old state comes back (hazard 17). */
static void
test_old_state (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  Town *esbjerg = region->towns[REGION_ESBJERG];
  g_autofree char *id = decide (esbjerg);
  region_settle (region);
  g_autofree char *item = page_item (region);
  g_autoptr (TnStore) backup = town_back_up (esbjerg);
  blank (esbjerg, id);
  region_settle (region);

  town_restore (esbjerg, backup);
  region_settle (region);

  g_assert_null (find_note (esbjerg, id));
  g_assert_false (page_tells (region, item));
  region_assert_settled (region);
}

/* Aarhus can blank what it learned for itself; what Esbjerg decided is Esbjerg's to tell. */
static void
test_of_another (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  g_autofree char *id = decide (region->towns[REGION_ESBJERG]);
  region_settle (region);

  blank (region->towns[REGION_AARHUS], id);
  region_settle (region);

  g_assert_null (find_note (region->towns[REGION_AARHUS], id));
  g_assert_cmpstr (find_note (region->towns[REGION_ESBJERG], id), ==, SECRET);
  g_assert_cmpstr (find_note (region->towns[REGION_ODENSE], id), ==, SECRET);
  region_assert_settled (region);
}

static const TnProposal *
get_only_proposal (Town *town)
{
  GPtrArray *proposals = tn_book_get_proposals (town->book);
  g_assert_cmpuint (proposals->len, ==, 1);
  return g_ptr_array_index (proposals, 0);
}

/* Esbjerg proposes to trade 2027 for Odense's 2029, with a note. */
static void
propose_swap (Town *esbjerg)
{
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = TN_DECISION_SWAP;
  draft.on = tn_date_new (2026, 11, 22);
  draft.by = "esbjerg";
  draft.source = "command test";
  draft.note = SECRET;
  draft.collaboration = "7by";
  draft.series = "studietur";
  draft.cycle = "2027";
  draft.other_cycle = "2029";
  g_autoptr (GPtrArray) effects = NULL;
  g_autoptr (TnProposal) proposal = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnDecision) decision
      = tn_decide_propose (esbjerg->book, &draft, FALSE, &effects, &proposal, &error);
  g_assert_no_error (error);
}

static gboolean
proposal_tells (Town *town)
{
  g_autofree char *code = tn_encode_percent (SECRET);
  return strstr (get_only_proposal (town)->value, code) != NULL;
}

/* The text of Esbjerg's page, which everybody reads who sees the shared calendar. */
static char *
dup_page_text (Region *region)
{
  g_autofree char *item = page_item (region);
  g_autoptr (TnEvent) event = town_parse (tn_fake_provider_get (region->shared, item));
  return g_strdup (event->note);
}

static gboolean
history_tells (Town *town, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) history = tn_store_load_history (town->store, NULL, 1000, &error);
  g_assert_no_error (error);
  gboolean tells = FALSE;
  for (guint i = 0; i < history->len; i++)
    {
      const TnHistory *entry = g_ptr_array_index (history, i);
      tells = tells || (entry->before != NULL && strstr (entry->before, words) != NULL)
              || (entry->after != NULL && strstr (entry->after, words) != NULL);
    }
  return tells;
}

/* What people read of a proposal is what it is about: history keeps the text of pages. */
static void
test_the_text_of_a_page (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE " brake = { removals = 50; percent = 100; };");
  g_autofree char *code = tn_encode_percent (SECRET);
  region_settle (region);
  propose_swap (region->towns[REGION_ESBJERG]);
  region_settle (region);

  g_autofree char *text = dup_page_text (region);
  g_assert_nonnull (strstr (text, "2026-11-22 7by/studietur/2027: swap / 2029? open · esbjerg"));
  g_assert_null (strstr (text, code));
  g_assert_null (strstr (text, "command"));
  for (guint i = 0; i < REGION_N_TOWNS; i++)
    {
      g_assert_false (history_tells (region->towns[i], code));
      g_assert_null (strstr (get_only_proposal (region->towns[i])->value, "command"));
    }
}

/* The note of a swap stands in its proposal, too, which travels with its answer. */
static void
test_of_a_swap (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE " brake = { removals = 50; percent = 100; };");
  Town *odense = region->towns[REGION_ODENSE];
  g_autoptr (GError) error = NULL;
  region_settle (region);
  propose_swap (region->towns[REGION_ESBJERG]);
  region_settle (region);
  g_autoptr (TnDecision) agreed
      = tn_decide_answer (odense->book, get_only_proposal (odense)->id, TRUE, "odense", &error);
  g_assert_no_error (error);
  region_settle (region);
  g_assert_true (proposal_tells (region->towns[REGION_AARHUS]));

  blank (odense, agreed->id);
  region_settle (region);

  for (guint i = 0; i < REGION_N_TOWNS; i++)
    {
      g_assert_false (proposal_tells (region->towns[i]));
      g_assert_null (find_note (region->towns[i], agreed->id));
      g_assert_cmpint (get_only_proposal (region->towns[i])->state, ==, TN_PROPOSAL_ACCEPTED);
    }
  region_assert_settled (region);
}

static void
assert_refused (Town *town, const char *id, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnDecision) blanked = tn_redaction_take (town->book, id, &error);
  g_assert_null (blanked);
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  if (strstr (error->message, words) == NULL)
    g_test_fail_printf ("'%s' is not in '%s'", words, error->message);
}

static void
test_refused (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *id = decide (town);
  g_autoptr (GPtrArray) recorded = tn_rulebook_list_decisions (tn_book_get_rulebook (town->book));
  const TnDecision *charter = g_ptr_array_index (recorded, 0);
  blank (town, id);

  assert_refused (town, id, "has no note");
  assert_refused (town, "zz", "there is no entry 'zz' in the ledger");
  assert_refused (town, charter->id, "7by.conf");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/redaction/a-blanked-note-goes-from-page-and-ledgers", test_travels);
  g_test_add_func ("/sync/redaction/an-old-copy-of-the-page-brings-nothing-back", test_old_copy);
  g_test_add_func ("/sync/redaction/hazard-17-an-old-state-brings-nothing-back", test_old_state);
  g_test_add_func ("/sync/redaction/what-another-decided-is-blanked-here-only", test_of_another);
  g_test_add_func ("/sync/redaction/the-text-of-a-page-has-neither-note-nor-user",
                   test_the_text_of_a_page);
  g_test_add_func ("/sync/redaction/the-note-of-a-swap-goes-from-its-proposal", test_of_a_swap);
  g_test_add_func ("/sync/redaction/what-cannot-be-blanked-is-said", test_refused);
  return g_test_run ();
}
