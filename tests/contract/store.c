/* The contract of TnStore as a list of tests that each implementation is run through. */
#include "store.h"

#include "base/error.h"
#include "base/text.h"

#include <string.h>

typedef struct
{
  const StoreFactory *factory;
  gpointer place;
} Fixture;

static TnStore *
step (Fixture *fixture)
{
  return fixture->factory->step (fixture->place);
}

static void
commit (Fixture *fixture, TnBatch *batch)
{
  g_autoptr (GError) error = NULL;
  gboolean done = tn_store_commit (step (fixture), batch, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  tn_batch_free (batch);
}

static GPtrArray *
check_loaded (GPtrArray *records, GError *error, guint size)
{
  g_assert_no_error (error);
  g_assert_nonnull (records);
  g_assert_cmpuint (records->len, ==, size);
  return records;
}

static GPtrArray *
load_links (Fixture *fixture, const char *calendar, guint size)
{
  GError *error = NULL;
  return check_loaded (tn_store_load_links (step (fixture), calendar, &error), error, size);
}

static GPtrArray *
load_intents (Fixture *fixture, const char *calendar, guint size)
{
  GError *error = NULL;
  return check_loaded (tn_store_load_intents (step (fixture), calendar, &error), error, size);
}

static GPtrArray *
load_sightings (Fixture *fixture, const char *calendar, guint size)
{
  GError *error = NULL;
  return check_loaded (tn_store_load_sightings (step (fixture), calendar, &error), error, size);
}

static GPtrArray *
load_proposals (Fixture *fixture, guint size)
{
  GError *error = NULL;
  return check_loaded (tn_store_load_proposals (step (fixture), &error), error, size);
}

static GPtrArray *
load_ledger (Fixture *fixture, guint size)
{
  GError *error = NULL;
  return check_loaded (tn_store_load_ledger (step (fixture), &error), error, size);
}

static GPtrArray *
load_history (Fixture *fixture, const char *uid, guint most, guint size)
{
  GError *error = NULL;
  return check_loaded (tn_store_load_history (step (fixture), uid, most, &error), error, size);
}

/* A link in which no two fields are alike, so that none can stand in for another. */
TnLink *
store_contract_make_link (const char *calendar, const char *uid)
{
  TnLink *link = tn_link_new (calendar, uid, "v1\nc=7by\ns=studietur\ny=2027");
  tn_text_set (&link->item_id, "egen/7by-2027.ics");
  tn_text_set (&link->revision, "\"etag-1\"");
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      g_free (link->wished[i]);
      g_free (link->shown[i]);
      link->wished[i] = g_strdup_printf ("wished %s", tn_field_to_string ((TnField) i));
      link->shown[i] = g_strdup_printf ("shown %s", tn_field_to_string ((TnField) i));
    }
  link->state = TN_LINK_AWAY;
  link->absent_since_us = G_GINT64_CONSTANT (1800000000000000);
  link->n_absent = 2, link->n_put_back = 3, link->n_revived = 4;
  link->is_left = TRUE;
  link->is_claimed = FALSE;
  link->n_attendees = 5;
  link->entry = g_strdup ("0123456789abcdef");
  link->stamp = g_strdup ("v1 by=odense ed=1 en=1 dg=0123 h=4567");
  return link;
}

TnDecision *
store_contract_make_decision (const char *cycle, const char *note)
{
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = TN_DECISION_DATE;
  draft.on = tn_date_new (2026, 11, 1);
  draft.by = "odense";
  draft.role = "host";
  draft.source = "command anna";
  draft.note = note;
  draft.collaboration = "7by";
  draft.series = "studietur";
  draft.cycle = cycle;
  draft.value = "2027-05-18";
  draft.confirmed = TRUE;
  return tn_decision_new (&draft);
}

static TnBatch *
batch_of_link (const char *calendar, const char *uid, const char *title)
{
  g_autoptr (TnLink) link = store_contract_make_link (calendar, uid);
  TnBatch *batch = tn_batch_new ();
  tn_text_set (&link->shown[TN_FIELD_TITLE], title);
  tn_batch_put_link (batch, link);
  return batch;
}

static const TnLink *
get_link (GPtrArray *links, guint index)
{
  return g_ptr_array_index (links, index);
}

static void
test_new_store_is_empty (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) links = load_links (fixture, "egen", 0);
  g_autoptr (GPtrArray) intents = load_intents (fixture, "egen", 0);
  g_autoptr (GPtrArray) sightings = load_sightings (fixture, "egen", 0);
  g_autoptr (GPtrArray) proposals = load_proposals (fixture, 0);
  g_autoptr (GPtrArray) ledger = load_ledger (fixture, 0);
  g_autoptr (GPtrArray) history = load_history (fixture, NULL, 0, 0);
  g_autofree char *digest = g_strdup ("untouched");
  char *none = digest;
  g_autoptr (GPtrArray) files = tn_store_load_rulebook (step (fixture), &none, NULL);
  g_assert_cmpuint (files->len, ==, 0);
  g_assert_null (none);
}

static void
test_empty_batch_is_committed (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (TnBatch) batch = tn_batch_new ();
  g_assert_true (tn_batch_is_empty (batch));
  g_assert_true (tn_store_commit (step (fixture), batch, NULL));
}

static void
test_link_comes_back_as_it_was (Fixture *fixture, gconstpointer unused)
{
  commit (fixture, batch_of_link ("egen", "u1", "shown title"));

  g_autoptr (GPtrArray) links = load_links (fixture, "egen", 1);
  g_autoptr (TnLink) put = store_contract_make_link ("egen", "u1");
  const TnLink *got = get_link (links, 0);
  g_assert_cmpstr (got->calendar, ==, put->calendar);
  g_assert_cmpstr (got->uid, ==, put->uid);
  g_assert_cmpstr (got->key, ==, put->key);
  g_assert_cmpstr (got->item_id, ==, put->item_id);
  g_assert_cmpstr (got->revision, ==, put->revision);
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      g_assert_cmpstr (got->wished[i], ==, put->wished[i]);
      g_assert_cmpstr (got->shown[i], ==, put->shown[i]);
    }
  g_assert_cmpint (got->state, ==, put->state);
  g_assert_cmpint (got->absent_since_us, ==, put->absent_since_us);
  g_assert_cmpuint (got->n_absent, ==, put->n_absent);
  g_assert_cmpuint (got->n_put_back, ==, put->n_put_back);
  g_assert_cmpuint (got->n_revived, ==, put->n_revived);
  g_assert_cmpint (got->is_left, ==, put->is_left);
  g_assert_cmpint (got->is_claimed, ==, put->is_claimed);
  g_assert_cmpuint (got->n_attendees, ==, put->n_attendees);
  g_assert_cmpstr (got->entry, ==, put->entry);
  g_assert_cmpstr (got->stamp, ==, put->stamp);
}

static void
test_put_replaces_and_drop_removes (Fixture *fixture, gconstpointer unused)
{
  commit (fixture, batch_of_link ("egen", "u1", "first"));
  commit (fixture, batch_of_link ("egen", "u2", "other"));
  commit (fixture, batch_of_link ("egen", "u1", "second"));
  g_autoptr (GPtrArray) both = load_links (fixture, "egen", 2);
  g_assert_cmpstr (get_link (both, 0)->shown[TN_FIELD_TITLE], ==, "second");

  TnBatch *batch = tn_batch_new ();
  tn_batch_drop_link (batch, "egen", "u1");
  tn_batch_drop_link (batch, "egen", "never there");
  commit (fixture, batch);
  g_autoptr (GPtrArray) rest = load_links (fixture, "egen", 1);
  g_assert_cmpstr (get_link (rest, 0)->uid, ==, "u2");
}

static void
test_changes_are_made_in_their_order (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (TnLink) link = store_contract_make_link ("egen", "u1");
  TnBatch *batch = tn_batch_new ();
  tn_batch_put_link (batch, link);
  tn_batch_drop_link (batch, "egen", "u1");
  tn_text_set (&link->revision, "the last");
  tn_batch_put_link (batch, link);
  commit (fixture, batch);

  g_autoptr (GPtrArray) links = load_links (fixture, "egen", 1);
  g_assert_cmpstr (get_link (links, 0)->revision, ==, "the last");
}

static void
test_batch_keeps_copies (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (TnLink) link = store_contract_make_link ("egen", "u1");
  TnBatch *batch = tn_batch_new ();
  tn_batch_put_link (batch, link);
  tn_text_set (&link->revision, "changed after it was put");
  commit (fixture, batch);

  g_autoptr (GPtrArray) links = load_links (fixture, "egen", 1);
  g_assert_cmpstr (get_link (links, 0)->revision, ==, "\"etag-1\"");
}

/* Hazard 32: the same UID in two calendars is legal. */
static void
test_same_uid_in_two_calendars (Fixture *fixture, gconstpointer unused)
{
  commit (fixture, batch_of_link ("egen", "u1", "ours"));
  commit (fixture, batch_of_link ("faelles", "u1", "shared"));

  g_autoptr (GPtrArray) own = load_links (fixture, "egen", 1);
  g_autoptr (GPtrArray) shared = load_links (fixture, "faelles", 1);
  g_assert_cmpstr (get_link (own, 0)->shown[TN_FIELD_TITLE], ==, "ours");
  g_assert_cmpstr (get_link (shared, 0)->shown[TN_FIELD_TITLE], ==, "shared");

  TnBatch *batch = tn_batch_new ();
  tn_batch_drop_link (batch, "egen", "u1");
  commit (fixture, batch);
  g_autoptr (GPtrArray) gone = load_links (fixture, "egen", 0);
  g_autoptr (GPtrArray) kept = load_links (fixture, "faelles", 1);
}

/* Hazard 35: ids of some servers differ only in the case of a letter. */
static void
test_case_of_a_letter_tells_ids_apart (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (TnSighting) upper = tn_sighting_new ("egen", "AAMkAGI1=", "upper");
  g_autoptr (TnSighting) lower = tn_sighting_new ("egen", "AAMkAGi1=", "lower");
  TnBatch *batch = tn_batch_new ();
  tn_batch_put_sighting (batch, lower);
  tn_batch_put_sighting (batch, upper);
  commit (fixture, batch);
  commit (fixture, batch_of_link ("egen", "U1", "upper"));
  commit (fixture, batch_of_link ("Egen", "u1", "another calendar"));
  commit (fixture, batch_of_link ("egen", "u1", "lower"));

  g_autoptr (GPtrArray) sightings = load_sightings (fixture, "egen", 2);
  g_assert_cmpstr (((TnSighting *) g_ptr_array_index (sightings, 0))->revision, ==, "upper");
  g_assert_cmpstr (((TnSighting *) g_ptr_array_index (sightings, 1))->revision, ==, "lower");
  g_autoptr (GPtrArray) links = load_links (fixture, "egen", 2);
  g_assert_cmpstr (get_link (links, 0)->uid, ==, "U1");
  g_assert_cmpstr (get_link (links, 1)->uid, ==, "u1");
}

static void
test_links_are_ordered_by_uid (Fixture *fixture, gconstpointer unused)
{
  const char *const mixed[] = { "b", "a10", "æ", "a", "a2", "Z" };
  const char *const sorted[] = { "Z", "a", "a10", "a2", "b", "æ" };
  for (guint i = 0; i < G_N_ELEMENTS (mixed); i++)
    commit (fixture, batch_of_link ("egen", mixed[i], "t"));

  g_autoptr (GPtrArray) links = load_links (fixture, "egen", G_N_ELEMENTS (sorted));
  for (guint i = 0; i < G_N_ELEMENTS (sorted); i++)
    g_assert_cmpstr (get_link (links, i)->uid, ==, sorted[i]);
}

static void
test_hostile_texts_come_back (Fixture *fixture, gconstpointer unused)
{
  const char *const texts[] = { "",
                                "'; DROP TABLE links; --",
                                "\"quoted\" and 'single' and `tick`",
                                "two\nlines\r\n\ttab",
                                "%s %n ?1 :name @x $y",
                                "\xf0\x9f\x98\x80 \xe2\x80\xae rtl \xef\xbb\xbf bom",
                                "\x01\x02\x1b[31m",
                                "a\\b\\n" };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      commit (fixture, batch_of_link (texts[i], texts[i], texts[i]));
      g_autoptr (GPtrArray) links = load_links (fixture, texts[i], 1);
      g_assert_cmpstr (get_link (links, 0)->uid, ==, texts[i]);
      g_assert_cmpstr (get_link (links, 0)->shown[TN_FIELD_TITLE], ==, texts[i]);
    }
}

static void
test_absent_text_is_not_an_empty_one (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (TnLink) link = tn_link_new ("egen", "u1", "key");
  g_clear_pointer (&link->shown[TN_FIELD_WHEN], g_free);
  TnBatch *batch = tn_batch_new ();
  tn_batch_put_link (batch, link);
  commit (fixture, batch);

  g_autoptr (GPtrArray) links = load_links (fixture, "egen", 1);
  g_assert_null (get_link (links, 0)->shown[TN_FIELD_WHEN]);
  g_assert_null (get_link (links, 0)->entry);
  g_assert_cmpstr (get_link (links, 0)->shown[TN_FIELD_NOTE], ==, "");
}

static void
test_numbers_come_back_at_their_ends (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (TnLink) link = tn_link_new ("egen", "u1", "key");
  link->absent_since_us = G_MININT64;
  link->n_absent = G_MAXUINT;
  link->state = TN_LINK_UNTENDED;
  TnBatch *batch = tn_batch_new ();
  tn_batch_put_link (batch, link);
  commit (fixture, batch);

  g_autoptr (GPtrArray) links = load_links (fixture, "egen", 1);
  g_assert_cmpint (get_link (links, 0)->absent_since_us, ==, G_MININT64);
  g_assert_cmpuint (get_link (links, 0)->n_absent, ==, G_MAXUINT);
  g_assert_cmpint (get_link (links, 0)->state, ==, TN_LINK_UNTENDED);
}

static void
test_failing_batch_leaves_nothing (Fixture *fixture, gconstpointer unused)
{
  commit (fixture, batch_of_link ("egen", "u1", "before"));
  g_autoptr (GError) error = NULL;
  g_autoptr (TnDecision) decision = store_contract_make_decision ("2027", NULL);
  g_autoptr (TnHistory) history = tn_history_new ("created");
  g_autoptr (TnLink) broken = store_contract_make_link ("egen", "u3");
  tn_text_set (&broken->shown[TN_FIELD_TEXT], "not UTF-8: \xc3\x28");
  g_autoptr (TnBatch) batch = batch_of_link ("egen", "u1", "after");
  tn_batch_append_decision (batch, decision);
  tn_batch_append_history (batch, history);
  tn_batch_drop_link (batch, "egen", "u1");
  tn_batch_put_link (batch, broken);

  g_assert_false (tn_store_commit (step (fixture), batch, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "shown_text"));

  g_autoptr (GPtrArray) links = load_links (fixture, "egen", 1);
  g_assert_cmpstr (get_link (links, 0)->shown[TN_FIELD_TITLE], ==, "before");
  g_autoptr (GPtrArray) ledger = load_ledger (fixture, 0);
  g_autoptr (GPtrArray) items = load_history (fixture, NULL, 0, 0);
}

static void
test_store_goes_on_after_a_failing_batch (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (TnBatch) broken = batch_of_link ("egen", "u1", "\xff");
  g_assert_false (tn_store_commit (step (fixture), broken, NULL));

  commit (fixture, batch_of_link ("egen", "u1", "good"));
  g_autoptr (GPtrArray) links = load_links (fixture, "egen", 1);
}

static void
test_record_without_a_key_is_refused (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnLink) link = store_contract_make_link ("egen", "u1");
  g_clear_pointer (&link->uid, g_free);
  g_autoptr (TnBatch) batch = tn_batch_new ();
  tn_batch_put_link (batch, link);
  g_assert_false (tn_store_commit (step (fixture), batch, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
}

static void
test_intent_comes_back_as_it_was (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (TnIntent) intent = tn_intent_new ("egen", "u1", TN_INTENT_UPDATE);
  tn_text_set (&intent->key, "key");
  tn_text_set (&intent->item_id, "item");
  intent->revision = g_strdup ("\"3\"");
  for (guint i = 0; i < TN_N_FIELDS; i++)
    tn_text_set (&intent->wished[i], tn_field_to_string ((TnField) i));
  intent->at_us = 77;
  g_autoptr (TnIntent) create = tn_intent_new ("egen", "u0", TN_INTENT_CREATE);
  TnBatch *batch = tn_batch_new ();
  tn_batch_put_intent (batch, intent);
  tn_batch_put_intent (batch, create);
  commit (fixture, batch);

  g_autoptr (GPtrArray) intents = load_intents (fixture, "egen", 2);
  const TnIntent *first = g_ptr_array_index (intents, 0);
  const TnIntent *second = g_ptr_array_index (intents, 1);
  g_assert_cmpint (first->kind, ==, TN_INTENT_CREATE);
  g_assert_null (first->revision);
  g_assert_cmpstr (second->calendar, ==, "egen");
  g_assert_cmpstr (second->uid, ==, "u1");
  g_assert_cmpint (second->kind, ==, TN_INTENT_UPDATE);
  g_assert_cmpstr (second->key, ==, "key");
  g_assert_cmpstr (second->item_id, ==, "item");
  g_assert_cmpstr (second->revision, ==, "\"3\"");
  g_assert_cmpint (second->at_us, ==, 77);
  for (guint i = 0; i < TN_N_FIELDS; i++)
    g_assert_cmpstr (second->wished[i], ==, tn_field_to_string ((TnField) i));
}

static void
test_one_open_intent_for_each_event (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (TnIntent) update = tn_intent_new ("egen", "u1", TN_INTENT_UPDATE);
  g_autoptr (TnIntent) removal = tn_intent_new ("egen", "u1", TN_INTENT_REMOVE);
  g_autoptr (TnIntent) other = tn_intent_new ("faelles", "u1", TN_INTENT_UPDATE);
  TnBatch *batch = tn_batch_new ();
  tn_batch_put_intent (batch, update);
  tn_batch_put_intent (batch, other);
  tn_batch_put_intent (batch, removal);
  commit (fixture, batch);
  g_autoptr (GPtrArray) intents = load_intents (fixture, "egen", 1);
  g_assert_cmpint (((TnIntent *) g_ptr_array_index (intents, 0))->kind, ==, TN_INTENT_REMOVE);

  batch = tn_batch_new ();
  tn_batch_drop_intent (batch, "egen", "u1");
  commit (fixture, batch);
  g_autoptr (GPtrArray) settled = load_intents (fixture, "egen", 0);
  g_autoptr (GPtrArray) open = load_intents (fixture, "faelles", 1);
}

static void
test_sighting_comes_back_as_it_was (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (TnSighting) sighting = tn_sighting_new ("egen", "a.ics", "r1");
  sighting->problem = g_strdup ("more than one event");
  sighting->not_twin = TRUE;
  g_autoptr (TnSighting) plain = tn_sighting_new ("egen", "b.ics", "r2");
  TnBatch *batch = tn_batch_new ();
  tn_batch_put_sighting (batch, plain);
  tn_batch_put_sighting (batch, sighting);
  commit (fixture, batch);

  g_autoptr (GPtrArray) sightings = load_sightings (fixture, "egen", 2);
  const TnSighting *first = g_ptr_array_index (sightings, 0);
  const TnSighting *second = g_ptr_array_index (sightings, 1);
  g_assert_cmpstr (first->calendar, ==, "egen");
  g_assert_cmpstr (first->item_id, ==, "a.ics");
  g_assert_cmpstr (first->revision, ==, "r1");
  g_assert_cmpstr (first->problem, ==, "more than one event");
  g_assert_true (first->not_twin);
  g_assert_null (second->problem);
  g_assert_false (second->not_twin);

  batch = tn_batch_new ();
  tn_batch_drop_sighting (batch, "egen", "a.ics");
  commit (fixture, batch);
  g_autoptr (GPtrArray) rest = load_sightings (fixture, "egen", 1);
}

static TnProposal *
make_proposal (const char *value, TnProposalState state, gint64 at_us)
{
  TnProposal *proposal = tn_proposal_new (TN_PROPOSAL_CONFLICT, "egen", "u1", "key", TN_FIELD_WHEN,
                                          value, "old", "randers", tn_date_new (2026, 3, 4));
  proposal->state = state;
  proposal->at_us = at_us;
  return proposal;
}

static void
test_proposal_comes_back_as_it_was (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id = NULL;
  TnBatch *batch = tn_batch_new ();
  TnProposal *proposal = make_proposal ("new", TN_PROPOSAL_OPEN, 55);
  tn_batch_put_proposal (batch, proposal);
  proposal->state = TN_PROPOSAL_ACCEPTED;
  proposal->answered_by = g_strdup ("esbjerg");
  tn_batch_put_proposal (batch, proposal);
  id = g_strdup (proposal->id);
  tn_proposal_free (proposal);
  commit (fixture, batch);

  g_autoptr (GPtrArray) proposals = load_proposals (fixture, 1);
  const TnProposal *got = g_ptr_array_index (proposals, 0);
  g_assert_cmpstr (got->id, ==, id);
  g_assert_cmpint (got->kind, ==, TN_PROPOSAL_CONFLICT);
  g_assert_cmpint (got->state, ==, TN_PROPOSAL_ACCEPTED);
  g_assert_cmpstr (got->uid, ==, "u1");
  g_assert_cmpstr (got->key, ==, "key");
  g_assert_cmpint (got->field, ==, TN_FIELD_WHEN);
  g_assert_cmpstr (got->value, ==, "new");
  g_assert_cmpstr (got->instead_of, ==, "old");
  g_assert_cmpstr (got->calendar, ==, "egen");
  g_assert_cmpstr (got->council, ==, "randers");
  g_assert_cmpint (got->on, ==, tn_date_new (2026, 3, 4));
  g_assert_cmpint (got->at_us, ==, 55);
  g_assert_cmpstr (got->answered_by, ==, "esbjerg");
}

static void
test_ledger_is_ordered_whatever_came_first (Fixture *fixture, gconstpointer unused)
{
  const int days[] = { 20, 3, 11, 3, 28 };
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (TnDecision) model = store_contract_make_decision ("2027", NULL);
      TnDecisionDraft draft = tn_decision_to_draft (model);
      draft.on = tn_date_new (2026, 1, days[i]);
      draft.value = i % 2 == 0 ? "2027-05-18" : "2027-05-19";
      draft.minutes = i == 3 ? "another of the same day" : NULL;
      g_autoptr (TnDecision) decision = tn_decision_new (&draft);
      TnBatch *batch = tn_batch_new ();
      tn_batch_append_decision (batch, decision);
      commit (fixture, batch);
    }

  g_autoptr (GPtrArray) ledger = load_ledger (fixture, G_N_ELEMENTS (days));
  for (guint i = 1; i < ledger->len; i++)
    g_assert_cmpint (
        tn_decision_compare (g_ptr_array_index (ledger, i - 1), g_ptr_array_index (ledger, i)), <,
        0);
}

static void
test_decision_comes_back_and_only_once (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (TnDecision) decision
      = store_contract_make_decision ("2026/27", "æøå = 100 %\n'quoted'");
  for (guint i = 0; i < 2; i++)
    {
      TnBatch *batch = tn_batch_new ();
      tn_batch_append_decision (batch, decision);
      tn_batch_append_decision (batch, decision);
      commit (fixture, batch);
    }

  g_autoptr (GPtrArray) ledger = load_ledger (fixture, 1);
  const TnDecision *got = g_ptr_array_index (ledger, 0);
  g_autofree char *put_line = tn_decision_to_line (decision);
  g_autofree char *got_line = tn_decision_to_line (got);
  g_assert_cmpstr (got->id, ==, decision->id);
  g_assert_cmpstr (got_line, ==, put_line);
  g_assert_cmpstr (got->note, ==, "æøå = 100 %\n'quoted'");
}

static void
append_history (Fixture *fixture, const char *what, const char *uid, gint64 at_us)
{
  g_autoptr (TnHistory) history = tn_history_new (what);
  history->uid = g_strdup (uid);
  history->at_us = at_us;
  TnBatch *batch = tn_batch_new ();
  tn_batch_append_history (batch, history);
  commit (fixture, batch);
}

static const char *
get_what (GPtrArray *history, guint index)
{
  return ((TnHistory *) g_ptr_array_index (history, index))->what;
}

static void
test_history_comes_back_as_it_was (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (TnHistory) history = tn_history_new ("changed");
  history->at_us = 9;
  history->calendar = g_strdup ("egen");
  history->uid = g_strdup ("u1");
  history->key = g_strdup ("key");
  history->field = g_strdup ("when");
  history->before = g_strdup ("b");
  history->after = g_strdup ("a");
  tn_text_set (&history->source, "rules");
  TnBatch *batch = tn_batch_new ();
  tn_batch_append_history (batch, history);
  tn_batch_append_history (batch, history);
  commit (fixture, batch);

  g_autoptr (GPtrArray) items = load_history (fixture, "u1", 0, 2);
  const TnHistory *got = g_ptr_array_index (items, 1);
  g_assert_cmpint (got->at_us, ==, 9);
  g_assert_cmpstr (got->calendar, ==, "egen");
  g_assert_cmpstr (got->uid, ==, "u1");
  g_assert_cmpstr (got->key, ==, "key");
  g_assert_cmpstr (got->what, ==, "changed");
  g_assert_cmpstr (got->field, ==, "when");
  g_assert_cmpstr (got->before, ==, "b");
  g_assert_cmpstr (got->after, ==, "a");
  g_assert_cmpstr (got->source, ==, "rules");
}

static void
test_history_runs_from_the_newest (Fixture *fixture, gconstpointer unused)
{
  append_history (fixture, "first of 5", "u1", 5);
  append_history (fixture, "late", "u1", 9);
  append_history (fixture, "second of 5", "u2", 5);
  append_history (fixture, "of no event", NULL, 7);

  g_autoptr (GPtrArray) all = load_history (fixture, NULL, 0, 4);
  g_assert_cmpstr (get_what (all, 0), ==, "late");
  g_assert_cmpstr (get_what (all, 1), ==, "of no event");
  g_assert_cmpstr (get_what (all, 2), ==, "second of 5");
  g_assert_cmpstr (get_what (all, 3), ==, "first of 5");
  g_autoptr (GPtrArray) one = load_history (fixture, "u1", 0, 2);
  g_assert_cmpstr (get_what (one, 0), ==, "late");
  g_autoptr (GPtrArray) most = load_history (fixture, NULL, 2, 2);
  g_assert_cmpstr (get_what (most, 1), ==, "of no event");
}

static void
test_purge_forgets_what_is_old_and_answered (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (TnProposal) open = make_proposal ("open", TN_PROPOSAL_OPEN, 1);
  g_autoptr (TnProposal) old = make_proposal ("old", TN_PROPOSAL_REJECTED, 99);
  g_autoptr (TnProposal) new = make_proposal ("new", TN_PROPOSAL_REJECTED, 100);
  append_history (fixture, "old", "u1", 99);
  append_history (fixture, "new", "u1", 100);
  TnBatch *batch = batch_of_link ("egen", "u1", "t");
  tn_batch_put_proposal (batch, open);
  tn_batch_put_proposal (batch, old);
  tn_batch_put_proposal (batch, new);
  tn_batch_purge (batch, 100);
  commit (fixture, batch);

  g_autoptr (GPtrArray) history = load_history (fixture, NULL, 0, 1);
  g_assert_cmpstr (get_what (history, 0), ==, "new");
  g_autoptr (GPtrArray) proposals = load_proposals (fixture, 2);
  for (guint i = 0; i < proposals->len; i++)
    g_assert_cmpstr (((TnProposal *) g_ptr_array_index (proposals, i))->value, !=, "old");
  g_autoptr (GPtrArray) links = load_links (fixture, "egen", 1);
}

static void
test_unknown_calendar_is_fresh (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (TnCalendarState) state = tn_store_load_calendar (step (fixture), "never seen", NULL);
  g_assert_cmpstr (state->calendar, ==, "never seen");
  g_assert_cmpint (state->contact, ==, TN_CONTACT_NEW);
  g_assert_cmpint (state->hold, ==, TN_HOLD_NONE);
  g_assert_null (state->token);
  g_assert_cmpint (state->last_good_us, ==, 0);
}

static void
test_calendar_comes_back_as_it_was (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (TnCalendarState) put = tn_calendar_state_new ("egen");
  put->binding = g_strdup ("b");
  put->token = g_strdup ("t");
  put->contact = TN_CONTACT_PUBLISHED;
  put->hold = TN_HOLD_BRAKE;
  put->hold_text = g_strdup ("h");
  put->is_approved = TRUE;
  put->rulebook_digest = g_strdup ("d");
  put->last_good_us = 3;
  put->last_try_us = 4;
  put->problem = g_strdup ("p");
  put->not_before_us = 5;
  put->health = TN_HEALTH_NEEDS_LOGIN;
  put->n_failures = 6;
  TnBatch *batch = tn_batch_new ();
  tn_batch_put_calendar (batch, put);
  commit (fixture, batch);
  g_autoptr (TnCalendarState) got = tn_store_load_calendar (step (fixture), "egen", NULL);
  g_assert_cmpstr (got->binding, ==, "b");
  g_assert_cmpstr (got->token, ==, "t");
  g_assert_cmpstr (got->hold_text, ==, "h");
  g_assert_cmpstr (got->rulebook_digest, ==, "d");
  const gint64 numbers[]
      = { got->contact,     got->hold,          got->is_approved, got->last_good_us,
          got->last_try_us, got->not_before_us, got->health,      got->n_failures };
  const gint64 expected[]
      = { TN_CONTACT_PUBLISHED, TN_HOLD_BRAKE, 1, 3, 4, 5, TN_HEALTH_NEEDS_LOGIN, 6 };
  g_assert_cmpmem (numbers, sizeof numbers, expected, sizeof expected);
  g_assert_cmpstr (got->problem, ==, "p");
}

static void
put_rulebook (Fixture *fixture, const char *digest, const char *const *names)
{
  g_autoptr (GPtrArray) files
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_source_file_free);
  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (files, tn_source_file_new (names[i], digest));
  TnBatch *batch = tn_batch_new ();
  tn_batch_put_rulebook (batch, digest, files);
  commit (fixture, batch);
}

static void
test_rulebook_replaces_the_one_before (Fixture *fixture, gconstpointer unused)
{
  const char *const first[] = { "z.conf", "a.conf", "m.conf", NULL };
  const char *const second[] = { "turnus.conf", "7by.conf", NULL };
  g_autofree char *digest = NULL;
  put_rulebook (fixture, "d1", first);
  put_rulebook (fixture, "d2", second);

  g_autoptr (GPtrArray) files = tn_store_load_rulebook (step (fixture), &digest, NULL);
  g_assert_cmpstr (digest, ==, "d2");
  g_assert_cmpuint (files->len, ==, 2);
  g_assert_cmpstr (((TnSourceFile *) g_ptr_array_index (files, 0))->path, ==, "turnus.conf");
  g_assert_cmpstr (((TnSourceFile *) g_ptr_array_index (files, 1))->path, ==, "7by.conf");
  g_assert_cmpstr (((TnSourceFile *) g_ptr_array_index (files, 1))->text, ==, "d2");
}

static void
test_ten_thousand_links_in_one_batch (Fixture *fixture, gconstpointer unused)
{
  TnBatch *batch = tn_batch_new ();
  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *uid = g_strdup_printf ("%05u@turnus", (i * 7919) % 10000);
      g_autoptr (TnLink) link = store_contract_make_link ("egen", uid);
      link->n_put_back = (i * 7919) % 10000;
      tn_batch_put_link (batch, link);
    }
  commit (fixture, batch);

  g_autoptr (GPtrArray) links = load_links (fixture, "egen", 10000);
  for (guint i = 0; i < links->len; i++)
    g_assert_cmpuint (get_link (links, i)->n_put_back, ==, i);
}

static void
set_up (Fixture *fixture, gconstpointer factory)
{
  fixture->factory = factory;
  fixture->place = fixture->factory->set_up ();
}

static void
tear_down (Fixture *fixture, gconstpointer factory)
{
  fixture->factory->tear_down (fixture->place);
}

static const struct
{
  const char *name;
  void (*run) (Fixture *fixture, gconstpointer unused);
} TESTS[] = {
  { "new-store-is-empty", test_new_store_is_empty },
  { "empty-batch-is-committed", test_empty_batch_is_committed },
  { "link-comes-back-as-it-was", test_link_comes_back_as_it_was },
  { "put-replaces-and-drop-removes", test_put_replaces_and_drop_removes },
  { "changes-are-made-in-their-order", test_changes_are_made_in_their_order },
  { "batch-keeps-copies", test_batch_keeps_copies },
  { "same-uid-in-two-calendars-hazard-32", test_same_uid_in_two_calendars },
  { "case-of-a-letter-tells-ids-apart-hazard-35", test_case_of_a_letter_tells_ids_apart },
  { "links-are-ordered-by-uid", test_links_are_ordered_by_uid },
  { "hostile-texts-come-back", test_hostile_texts_come_back },
  { "absent-text-is-not-an-empty-one", test_absent_text_is_not_an_empty_one },
  { "numbers-come-back-at-their-ends", test_numbers_come_back_at_their_ends },
  { "failing-batch-leaves-nothing", test_failing_batch_leaves_nothing },
  { "store-goes-on-after-a-failing-batch", test_store_goes_on_after_a_failing_batch },
  { "record-without-a-key-is-refused", test_record_without_a_key_is_refused },
  { "intent-comes-back-as-it-was", test_intent_comes_back_as_it_was },
  { "one-open-intent-for-each-event", test_one_open_intent_for_each_event },
  { "sighting-comes-back-as-it-was", test_sighting_comes_back_as_it_was },
  { "proposal-comes-back-as-it-was", test_proposal_comes_back_as_it_was },
  { "ledger-is-ordered-whatever-came-first", test_ledger_is_ordered_whatever_came_first },
  { "decision-comes-back-and-only-once", test_decision_comes_back_and_only_once },
  { "history-comes-back-as-it-was", test_history_comes_back_as_it_was },
  { "history-runs-from-the-newest", test_history_runs_from_the_newest },
  { "purge-forgets-what-is-old-and-answered", test_purge_forgets_what_is_old_and_answered },
  { "unknown-calendar-is-fresh", test_unknown_calendar_is_fresh },
  { "calendar-comes-back-as-it-was", test_calendar_comes_back_as_it_was },
  { "rulebook-replaces-the-one-before", test_rulebook_replaces_the_one_before },
  { "ten-thousand-links-in-one-batch", test_ten_thousand_links_in_one_batch },
};

/* Adds the tests as `/store/<factory>/<test>`; @factory must outlive them. */
void
store_contract_add (const StoreFactory *factory)
{
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    {
      g_autofree char *path = g_strdup_printf ("/store/%s/%s", factory->name, TESTS[i].name);
      g_test_add (path, Fixture, factory, set_up, TESTS[i].run, tear_down);
    }
}
