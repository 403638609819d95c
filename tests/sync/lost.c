/* A daemon that lost its state, or got an old one back, learns everything from the shared calendar
 * (design sections 6 and 8; hazard 17). */
#include "sync/region.h"

#include <string.h>

#include "base/error.h"
#include "model/identity.h"
#include "sync/page.h"

static const char TRIP_DAY[] = TOWN_DAYS ("20270518", "20270519");

/* What a year of work leaves: a moved and confirmed date, a place, a title, a theme, a proposal
 * that waits and one that is answered. */
static void
live (Region *region)
{
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  g_autofree char *erfa = town_uid ("erfa", "2027", NULL);
  g_autofree char *later = town_uid ("studietur", "2029", NULL);
  g_autoptr (GError) error = NULL;
  Town *aarhus = region->towns[REGION_AARHUS];
  Town *esbjerg = region->towns[REGION_ESBJERG];
  region_settle (region);
  town_edit (esbjerg, "esbjerg", trip, TRIP_DAY, TOWN_DAYS ("20270525", "20270526"));
  town_edit (esbjerg, "esbjerg", trip, "STATUS:TENTATIVE", "STATUS:CONFIRMED");
  town_edit (region->towns[REGION_ODENSE], "odense", erfa, "LOCATION:", "LOCATION:Ribe ");
  town_edit (region->towns[REGION_ODENSE], "odense", later, "SUMMARY:", "SUMMARY:Havet og ");
  town_decide (esbjerg, TN_DECISION_THEME, "studietur", "2027", "Havnen", "esbjerg");
  region_settle (region);
  town_edit (aarhus, "aarhus", trip, TOWN_DAYS ("20270525", "20270526"),
             TOWN_DAYS ("20270601", "20270602"));
  town_edit (aarhus, "aarhus", later, "STATUS:TENTATIVE", "STATUS:CONFIRMED");
  region_settle (region);
  Town *odense = region->towns[REGION_ODENSE];
  GPtrArray *proposals = tn_book_get_proposals (odense->book);
  for (guint i = 0; i < proposals->len; i++)
    {
      const TnProposal *proposal = g_ptr_array_index (proposals, i);
      if (proposal->field != TN_FIELD_STATUS)
        continue;
      tn_decide_answer (odense->book, proposal->id, FALSE, "odense", &error);
      g_assert_no_error (error);
      break;
    }
  region_settle (region);
  region_assert_same (region);
}

static char *
dump (TnFakeProvider *calendar)
{
  g_auto (GStrv) ids = tn_fake_provider_dup_ids (calendar);
  GString *text = g_string_new (NULL);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (TnEvent) event = town_parse (tn_fake_provider_get (calendar, ids[i]));
      for (guint j = 0; j < TN_N_FIELDS; j++)
        {
          g_autofree char *field = tn_event_dup_field (event, (TnField) j);
          g_string_append_printf (text, "%s\n", field);
        }
    }
  return g_string_free (text, FALSE);
}

/* Wiped, and with or without what stood in its own calendar: nothing is lost, overwritten or
 * doubled. */
static void
lose (RegionTown lost, gboolean private)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  live (region);
  g_autofree char *shared = dump (region->shared);
  g_autofree char *own = dump (town_calendar (region->towns[lost], region_get_calendar (lost)));

  town_forget (region->towns[lost], private);
  region_settle (region);

  region_assert_same (region);
  g_autofree char *shared_again = dump (region->shared);
  g_autofree char *own_again
      = dump (town_calendar (region->towns[lost], region_get_calendar (lost)));
  g_assert_cmpstr (shared_again, ==, shared);
  g_assert_cmpstr (own_again, ==, own);
  region_assert_settled (region);
}

static void
test_state_and_calendar_wiped (void)
{
  lose (REGION_ESBJERG, TRUE);
  lose (REGION_ODENSE, TRUE);
  lose (REGION_AARHUS, TRUE);
}

static void
test_state_wiped (void)
{
  lose (REGION_ESBJERG, FALSE);
  lose (REGION_ODENSE, FALSE);
  lose (REGION_AARHUS, FALSE);
}

/* All of them at once: the shared calendar alone remembers. */
static void
test_all_states_wiped (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  live (region);
  g_autofree char *shared = dump (region->shared);

  for (guint i = 0; i < REGION_N_TOWNS; i++)
    town_forget (region->towns[i], TRUE);
  region_settle (region);

  g_autofree char *again = dump (region->shared);
  g_assert_cmpstr (again, ==, shared);
  region_assert_same (region);
  region_assert_settled (region);
}

/* Its own page is what it had decided; it is learned, not written over. */
static void
test_own_page_is_learned_first (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  Town *esbjerg = region->towns[REGION_ESBJERG];
  live (region);
  guint before = tn_book_get_decisions (esbjerg->book)->len;

  town_forget (esbjerg, FALSE);
  town_sync (esbjerg);

  g_assert_cmpuint (tn_book_get_decisions (esbjerg->book)->len, >=, before / 2);
  const TnDecision *theme
      = town_find_decision (esbjerg, TN_DECISION_THEME, "studietur", "2027", NULL);
  g_assert_cmpstr (theme->value, ==, "Havnen");
  g_assert_cmpstr (theme->source, ==, "journal esbjerg");
}

/* An old state: what was decided and written since is adopted, not written over. */
static void
restore (RegionTown town)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  region_settle (region);
  g_autoptr (TnStore) backup = town_back_up (region->towns[town]);
  live (region);
  g_autofree char *shared = dump (region->shared);
  g_autofree char *own = dump (town_calendar (region->towns[town], region_get_calendar (town)));
  guint n_proposals = tn_book_get_proposals (region->towns[town]->book)->len;

  town_restore (region->towns[town], backup);
  region_settle (region);

  g_autofree char *shared_again = dump (region->shared);
  g_autofree char *own_again
      = dump (town_calendar (region->towns[town], region_get_calendar (town)));
  g_assert_cmpstr (shared_again, ==, shared);
  g_assert_cmpstr (own_again, ==, own);
  g_assert_cmpuint (tn_book_get_proposals (region->towns[town]->book)->len, ==, n_proposals);
  region_assert_same (region);
  region_assert_settled (region);
}

static void
test_old_state_restored (void)
{
  restore (REGION_ESBJERG);
  restore (REGION_ODENSE);
  restore (REGION_AARHUS);
}

/* Hazard 6 on top of 17: of what a person moved elsewhere only the listing tells, and the first one
 * leaves everything out. */
static void
test_short_listing (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  Town *odense = region->towns[REGION_ODENSE];
  const char *calendar = region_get_calendar (REGION_ODENSE);
  TnFakeProvider *own = town_calendar (odense, calendar);
  region_settle (region);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  g_autofree char *id = town_move (odense, calendar, uid, "moved.ics");
  g_autofree char *before = dump (own);

  town_forget (odense, FALSE);
  tn_fake_provider_script (own, TN_FAKE_LIST, TN_FAKE_EMPTY, 0);
  region_settle (region);

  g_autofree char *after = dump (own);
  g_assert_cmpstr (after, ==, before);
  region_assert_settled (region);
}

static const TnDecision *
find_theme (Region *region, RegionTown town)
{
  return town_find_decision (region->towns[town], TN_DECISION_THEME, "studietur", "2027", NULL);
}

/* How many pages tell on what the journal of another council has lost. */
static guint
count_keepers (Region *region)
{
  g_auto (GStrv) ids = tn_fake_provider_dup_ids (region->shared);
  guint n = 0;
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (TnEvent) event = town_parse (tn_fake_provider_get (region->shared, ids[i]));
      g_autoptr (TnPage) page = event->ledger != NULL ? tn_page_parse (event->ledger, NULL) : NULL;
      n += page != NULL && page->kept->len > 0 ? 1 : 0;
    }
  return n;
}

static void
delete_page (Town *town)
{
  g_autofree char *key = tn_identity_page_to_key (town->council, 2026, 1);
  g_autofree char *uid = tn_identity_key_to_uid (key);
  town_delete (town, "faelles", uid);
}

/* Nothing but the memory of the others says what it had decided. */
static void
test_state_and_page_lost (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  Town *esbjerg = region->towns[REGION_ESBJERG];
  live (region);
  town_forget (esbjerg, FALSE);
  delete_page (esbjerg);

  region_settle (region);

  g_assert_nonnull (find_theme (region, REGION_ESBJERG));
  g_assert_cmpstr (find_theme (region, REGION_ESBJERG)->source, ==, "journal esbjerg");
  g_assert_cmpstr (find_theme (region, REGION_AARHUS)->source, ==, "journal esbjerg");
  g_assert_cmpuint (count_keepers (region), ==, 0); /* its own page tells it again */
  region_assert_same (region);
  region_assert_settled (region);
}

/* The others keep it while it is away, and tell it to those who come later. */
static void
test_kept_for_one_that_is_away (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  Town *aarhus = region->towns[REGION_AARHUS];
  Town *esbjerg = region->towns[REGION_ESBJERG];
  Town *odense = region->towns[REGION_ODENSE];
  live (region);
  town_forget (esbjerg, FALSE);
  delete_page (esbjerg);
  town_sync (esbjerg); /* an empty page, and then it is away */
  for (guint i = 0; i < 3; i++)
    {
      town_sync (aarhus);
      town_sync (odense);
    }
  g_assert_cmpuint (count_keepers (region), ==, 2);

  town_forget (odense, TRUE);
  for (guint i = 0; i < 3; i++)
    {
      town_sync (odense);
      town_sync (aarhus);
    }

  g_assert_cmpstr (find_theme (region, REGION_ODENSE)->source, ==, "journal esbjerg");
  g_assert_cmpuint (count_keepers (region), ==, 2);
}

/* A page that is gone for a while is no loss: its daemon puts it back. */
static void
test_page_that_was_deleted (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  live (region);

  delete_page (region->towns[REGION_ESBJERG]);
  town_sync (region->towns[REGION_AARHUS]);
  g_assert_cmpuint (count_keepers (region), ==, 0);
  region_settle (region);

  g_assert_cmpuint (count_keepers (region), ==, 0);
  region_assert_settled (region);
}

/* The event cannot be put back, since that would mail: so each daemon that meets it again takes it
 * for a wish, and calls that one the same whatever its own day is (hazard 82). */
static void
test_wish_of_two_days (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  Town *aarhus = region->towns[REGION_AARHUS];
  Town *esbjerg = region->towns[REGION_ESBJERG];
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  tn_fake_clock_advance_us (aarhus->clock, 30 * G_TIME_SPAN_DAY);
  region_settle (region);
  town_edit (aarhus, "faelles", trip, TRIP_DAY, TOWN_DAYS ("20270601", "20270602"));
  town_edit (aarhus, "faelles", trip, "END:VEVENT",
             "ATTENDEE:mailto:gaest@example.org\r\nEND:VEVENT");
  town_sync (aarhus);
  town_sync (esbjerg);

  town_forget (aarhus, FALSE);
  region_settle (region);

  g_assert_cmpuint (town_count_proposals (esbjerg, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN), ==, 1);
  g_assert_cmpuint (tn_book_get_proposals (esbjerg->book)->len, ==, 1);
  region_assert_same (region);
  region_assert_settled (region);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/lost/hazard-17-what-was-lost-with-its-page-is-told-on-by-the-others",
                   test_state_and_page_lost);
  g_test_add_func ("/sync/lost/hazard-17-what-was-lost-is-kept-for-one-that-is-away",
                   test_kept_for_one_that_is_away);
  g_test_add_func ("/sync/lost/a-page-that-is-deleted-is-no-loss", test_page_that_was_deleted);
  g_test_add_func ("/sync/lost/hazard-17-state-and-calendar-wiped", test_state_and_calendar_wiped);
  g_test_add_func ("/sync/lost/hazard-17-state-wiped", test_state_wiped);
  g_test_add_func ("/sync/lost/hazard-17-a-short-listing-after-it-doubles-nothing",
                   test_short_listing);
  g_test_add_func ("/sync/lost/hazard-17-all-states-wiped", test_all_states_wiped);
  g_test_add_func ("/sync/lost/hazard-17-an-old-state-restored", test_old_state_restored);
  g_test_add_func ("/sync/lost/hazard-82-a-wish-is-one-whatever-the-day", test_wish_of_two_days);
  g_test_add_func ("/sync/lost/the-own-page-is-learned-first", test_own_page_is_learned_first);
  return g_test_run ();
}
