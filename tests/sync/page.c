/* A page of a journal: what is written is read again, through any server; what is damaged is
 * passed over. Design sections 6 and 11. */
#include "sync/page.h"

#include <string.h>

#include "base/encode.h"
#include "base/error.h"
#include "fakes/fake-provider.h"
#include "fakes/rewrite.h"
#include "ical/reader.h"
#include "ical/writer.h"

static TnDecision *
make_decision (const char *cycle, const char *note)
{
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = TN_DECISION_SWAP;
  draft.on = tn_date_new (2027, 2, 1);
  draft.by = "aarhus";
  draft.source = "command anna";
  draft.note = note;
  draft.collaboration = "7by";
  draft.series = "studietur";
  draft.cycle = cycle;
  draft.other_cycle = "2031";
  return tn_decision_new (&draft);
}

/* Esbjerg's, whose journal has lost it. */
static TnDecision *
make_kept (void)
{
  g_autoptr (TnDecision) decision = make_decision ("2029", "kage");
  TnDecisionDraft draft = tn_decision_to_draft (decision);
  draft.source = "journal esbjerg";
  return tn_decision_new (&draft);
}

static TnProposal *
make_proposal (const char *value)
{
  TnProposal *proposal
      = tn_proposal_new (TN_PROPOSAL_CONFLICT, "egen", "u1", "v1\nc=7by\ns=erfa\ny=2027",
                         TN_FIELD_WHERE, value, "", "aarhus", tn_date_new (2027, 2, 2));
  proposal->at_us = 77;
  proposal->state = TN_PROPOSAL_REJECTED;
  proposal->answered_by = g_strdup ("esbjerg");
  proposal->origin = g_strdup ("odense");
  return proposal;
}

static TnPage *
make_page (void)
{
  TnPage *page = tn_page_new ("aarhus");
  g_ptr_array_add (page->editions, tn_edition_new ("7by", 3, 1, "0123456789abcdef0123"));
  g_ptr_array_add (page->decisions, make_decision ("2027", "Æble, kage; og\n\"mere\" %2C"));
  g_ptr_array_add (page->decisions, make_decision ("2028", NULL));
  g_ptr_array_add (page->proposals, make_proposal ("Ribe, rådhuset; 2. sal\n=x"));
  g_ptr_array_add (page->kept, make_kept ());
  return page;
}

static TnPage *
read_again (const char *text)
{
  g_autoptr (GError) error = NULL;
  TnPage *page = tn_page_parse (text, &error);
  g_assert_no_error (error);
  return page;
}

static void
test_all_comes_back (void)
{
  g_autoptr (TnPage) page = make_page ();
  g_autofree char *text = tn_page_format (page);

  g_autoptr (TnPage) again = read_again (text);

  g_assert_cmpstr (again->council, ==, "aarhus");
  g_assert_cmpuint (again->n_damaged, ==, 0);
  const TnEdition *edition = g_ptr_array_index (again->editions, 0);
  g_assert_cmpstr (edition->collaboration, ==, "7by");
  g_assert_cmpint (edition->edition, ==, 3);
  g_assert_cmpstr (edition->digest, ==, "0123456789abcdef");
  const TnDecision *put = g_ptr_array_index (page->decisions, 0);
  const TnDecision *got = g_ptr_array_index (again->decisions, 0);
  g_assert_cmpstr (got->id, ==, put->id);
  g_assert_cmpstr (got->note, ==, put->note);
  g_assert_cmpuint (again->decisions->len, ==, 2);
  g_autofree char *same = tn_page_format (again);
  g_assert_cmpstr (same, ==, text);
}

static void
test_proposal_brings_its_answer (void)
{
  g_autoptr (TnPage) page = make_page ();
  g_autofree char *text = tn_page_format (page);
  g_autoptr (TnPage) again = read_again (text);

  const TnProposal *put = g_ptr_array_index (page->proposals, 0);
  const TnProposal *got = g_ptr_array_index (again->proposals, 0);
  g_assert_cmpstr (got->id, ==, put->id);
  g_assert_cmpstr (got->key, ==, put->key);
  g_assert_cmpstr (got->value, ==, put->value);
  g_assert_cmpstr (got->instead_of, ==, "");
  g_assert_cmpint (got->state, ==, TN_PROPOSAL_REJECTED);
  g_assert_cmpstr (got->answered_by, ==, "esbjerg");
  g_assert_cmpint (got->on, ==, put->on);
  g_assert_cmpint (got->at_us, ==, 0);
  g_assert_null (got->origin);
}

/* What is told on says whose it is: its own council takes it back. */
static void
test_kept_names_its_journal (void)
{
  g_autoptr (TnPage) page = make_page ();
  g_autofree char *text = tn_page_format (page);

  g_autoptr (TnPage) again = read_again (text);

  g_assert_cmpuint (again->kept->len, ==, 1);
  const TnDecision *put = g_ptr_array_index (page->kept, 0);
  const TnDecision *got = g_ptr_array_index (again->kept, 0);
  g_assert_cmpstr (got->id, ==, put->id);
  g_assert_cmpstr (got->source, ==, "journal esbjerg");
}

/* Promise 11: where a decision came from may be a person's name. */
static void
test_source_stays_at_home (void)
{
  g_autoptr (TnPage) page = make_page ();
  g_autofree char *text = tn_page_format (page);
  g_autoptr (TnPage) again = read_again (text);
  g_assert_null (((const TnDecision *) g_ptr_array_index (again->decisions, 0))->source);
  g_autofree char *name = tn_encode_base64url ("anna");
  g_assert_null (strstr (text, name));
}

/* Design section 11: anything else is cut, unescaped or refused somewhere. */
static void
test_letters_that_survive (void)
{
  g_autoptr (TnPage) page = make_page ();
  g_autofree char *text = tn_page_format (page);
  g_assert_cmpuint (
      strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789=. -_"), ==,
      strlen (text));
}

static void
assert_survives (const char *ledger, guint rewrite)
{
  g_autoptr (TnEvent) event = tn_event_new ("u@turnus");
  g_autoptr (GError) error = NULL;
  event->when = tn_when_new_days (tn_date_new (2027, 1, 1), 1);
  event->ledger = g_strdup (ledger);
  g_autoptr (GBytes) bytes = tn_writer_write (event, 0);
  g_autofree char *sent = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autofree char *kept = tn_rewrite (sent, rewrite);
  g_autoptr (GBytes) read = g_bytes_new (kept, strlen (kept));
  g_autoptr (TnZone) utc = tn_zone_new_utc ();
  g_autoptr (TnEvent) again = tn_reader_read (read, utc, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->ledger, ==, ledger);
}

static void
test_servers_may_rewrite (void)
{
  g_autoptr (TnPage) page = make_page ();
  g_autofree char *text = tn_page_format (page);
  assert_survives (text, 0);
  assert_survives (text, TN_FAKE_FOLD);
  assert_survives (text, TN_FAKE_REORDER | TN_FAKE_FOLD);
}

/* A letter that somebody changed costs its record, and no other. */
static void
test_damaged_record_is_passed_over (void)
{
  g_autoptr (TnPage) page = make_page ();
  g_autofree char *text = tn_page_format (page);
  char *record = strstr (text, " d=");
  record[24] = record[24] == 'A' ? 'B' : 'A';

  g_autoptr (TnPage) again = read_again (text);

  g_assert_cmpuint (again->n_damaged, ==, 1);
  g_assert_cmpuint (again->decisions->len, ==, 1);
  g_assert_cmpuint (again->proposals->len, ==, 1);
}

static void
test_later_versions_may_say_more (void)
{
  g_autoptr (TnPage) again = read_again ("v1 by=aarhus zz=1 c=7by ed=1 en=2 dg=0123 q=x.y");
  g_assert_cmpuint (again->n_damaged, ==, 0);
  g_assert_cmpuint (again->editions->len, ==, 1);
}

static void
test_no_page (void)
{
  static const char *const texts[]
      = { "", "v1", "v2 by=aarhus", "by=aarhus", "v1 by=", "v1 by=a,b", "v1 c=7by by=aarhus" };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (tn_page_parse (texts[i], &error));
      g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
    }
}

/* Hazard 70. */
static void
test_too_many_records (void)
{
  g_autoptr (GString) text = g_string_new ("v1 by=aarhus");
  for (guint i = 0; i < 30000; i++)
    g_string_append (text, " d=x");
  g_autoptr (GError) error = NULL;
  g_assert_null (tn_page_parse (text->str, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_LIMIT);
}

static void
test_measure (void)
{
  g_autoptr (TnPage) page = tn_page_new ("aarhus");
  g_autofree char *empty = tn_page_format (page);
  g_ptr_array_add (page->decisions, make_decision ("2027", "note"));
  g_ptr_array_add (page->proposals, make_proposal ("Ribe"));
  g_autofree char *full = tn_page_format (page);
  g_assert_cmpuint (strlen (full) - strlen (empty), ==,
                    tn_page_measure_decision (g_ptr_array_index (page->decisions, 0))
                        + tn_page_measure_proposal (g_ptr_array_index (page->proposals, 0)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/page/all-of-it-comes-back", test_all_comes_back);
  g_test_add_func ("/sync/page/what-is-told-on-names-its-journal", test_kept_names_its_journal);
  g_test_add_func ("/sync/page/a-proposal-brings-its-answer", test_proposal_brings_its_answer);
  g_test_add_func ("/sync/page/a-source-stays-at-home", test_source_stays_at_home);
  g_test_add_func ("/sync/page/is-of-letters-that-survive", test_letters_that_survive);
  g_test_add_func ("/sync/page/servers-may-rewrite-it", test_servers_may_rewrite);
  g_test_add_func ("/sync/page/a-damaged-record-is-passed-over",
                   test_damaged_record_is_passed_over);
  g_test_add_func ("/sync/page/later-versions-may-say-more", test_later_versions_may_say_more);
  g_test_add_func ("/sync/page/anything-else-is-no-page", test_no_page);
  g_test_add_func ("/sync/page/hazard-70-has-a-limit", test_too_many_records);
  g_test_add_func ("/sync/page/its-length-is-foreseen", test_measure);
  return g_test_run ();
}
