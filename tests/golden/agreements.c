/* What is known of four collaborations, held against the charters that are shipped.
 * Source: charters.md sections 2 to 5; issue "Every rule", section Prove. */
#include "agreed.h"

#include "rules/explanation.h"

static const TnOccurrence *
find (const TnPlan *plan, const char *collaboration, const char *series, const char *cycle)
{
  const TnOccurrence *occurrence = tn_plan_find (plan, collaboration, series, cycle, NULL);
  g_assert_nonnull (occurrence);
  return occurrence;
}

static void
assert_day (const TnOccurrence *occurrence, const char *expected)
{
  g_autofree char *day = tn_date_to_string (occurrence->when.days.start);
  g_assert_cmpstr (day, ==, expected);
}

static guint
count (const TnPlan *plan, const char *collaboration, const char *series, int year)
{
  guint n = 0;
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      n += strcmp (occurrence->collaboration->id, collaboration) == 0
           && strcmp (occurrence->series->id, series) == 0
           && occurrence->status != TN_STATUS_UNPLACED
           && tn_date_get_year (occurrence->when.days.start) == year;
    }
  return n;
}

static void
test_helsingborg (void)
{
  g_autoptr (TnRulebook) rulebook = agreed_read_shipped ("familjen-helsingborg.conf");

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2015, 2018);

  const char *id = "familjen-helsingborg";
  const TnOccurrence *ninth = find (plan, id, "grupp", "2016-10");
  g_autofree char *when = tn_when_to_string (&ninth->when);
  assert_day (find (plan, id, "grupp", "2015-10"), "2015-10-23");
  assert_day (find (plan, id, "grupp", "2016-09"), "2016-09-23");
  g_assert_cmpstr (when, ==, "2016-10-28T08:30..2016-10-28T12:20");
  g_assert_cmpint (ninth->number, ==, 9);
  g_assert_null (tn_plan_find (plan, id, "grupp", "2016-07", NULL));
  g_assert_cmpstr (find (plan, id, "grupp", "2016-11")->title, ==,
                   "Kommundirektörsgruppen 10/2016: Framtida samverkan");
  const TnMilestone *fill
      = tn_occurrence_find_milestone (find (plan, id, "grupp", "2016-12"), "temaplan");
  g_assert_cmpstr (fill->title, ==, "Fyll på temaplanen: 4 möten saknar tema");
  /* Good Friday 2016 is a fourth Friday: people must say when instead. */
  g_assert_cmpint (find (plan, id, "grupp", "2016-03")->status, ==, TN_STATUS_UNPLACED);
  g_assert_true (agreed_has_reason (find (plan, id, "grupp", "2016-03"), "avoid", "Långfredagen"));
}

static void
test_six_cities (void)
{
  g_autoptr (TnRulebook) rulebook = agreed_read_shipped ("6by.conf");

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2002, 2013);

  const TnCouncil *kobenhavn = tn_collaboration_find_council (
      g_ptr_array_index (rulebook->collaborations, 0), "kobenhavn");
  TnDate joined = tn_date_new (2002, 8, 27);
  g_assert_false (tn_council_is_member (kobenhavn, tn_span_new (joined - 1, joined)));
  g_assert_true (tn_council_is_member (kobenhavn, tn_span_new (joined, joined + 1)));
  for (int year = 2003; year < 2013; year++)
    {
      g_assert_cmpuint (count (plan, "6by", "direktorer", year), ==, 3);
      g_assert_cmpuint (count (plan, "6by", "it-erfa", year), ==, 4);
      g_assert_cmpuint (count (plan, "6by", "myndighed", year), ==, 4);
      g_assert_cmpuint (count (plan, "6by", "noegletal", year), ==, year % 2 == 1 ? 1 : 0);
    }
  assert_day (find (plan, "6by", "noegletal", "2007"), "2007-05-31");
  g_autofree char *committees = tn_when_to_string (&find (plan, "6by", "politikere", "2008")->when);
  g_autofree char *conference = tn_when_to_string (&find (plan, "6by", "konference", "2008")->when);
  g_assert_cmpstr (committees, ==, "2008-01-21..2008-01-22");
  g_assert_cmpstr (conference, ==, "2008-02-05..2008-02-06");
  g_assert_true (
      tn_occurrence_has_role (find (plan, "6by", "politikere", "2008"), "kobenhavn", "host"));
  g_assert_true (
      tn_occurrence_has_role (find (plan, "6by", "myndighed", "2007-Q4"), "odense", "secretariat"));
  g_assert_true (
      tn_occurrence_has_role (find (plan, "6by", "myndighed", "2007-Q4"), "aarhus", "secretariat"));
}

/* Had the committees met in January 2001 in Randers, København would have been next; it came in on
 * 27 August 2002. */
static void
test_newcomer (void)
{
  g_autoptr (TnRulebook) rulebook = agreed_read_shipped_with (
      "6by.conf", "first = \"2008\"; length = \"2 days\"; window = { months = \"1\"; };",
      "first = \"2001\"; length = \"2 days\"; window = { months = \"1\"; };");
  TnRoleRule *host = (TnRoleRule *) tn_series_find_role (
      tn_collaboration_find_series (g_ptr_array_index (rulebook->collaborations, 0), "politikere"),
      "host");
  host->start_cycle = (TnCycle){ TN_PERIOD_YEAR, 2001, 1, 0 };
  g_free (host->start_council);
  host->start_council = g_strdup ("randers");

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2001, 2010);

  const TnTurn *passed = tn_occurrence_find_turn (find (plan, "6by", "politikere", "2002"), "host");
  g_assert_cmpstr (passed->councils[0], ==, "aarhus");
  g_assert_cmpstr (((TnReason *) g_ptr_array_index (passed->reasons, 0))->text, ==,
                   "passed over: København, not a member in 2002");
  for (int year = 2002; year < 2010; year++)
    {
      g_autofree char *cycle = g_strdup_printf ("%d", year);
      gboolean is_host
          = tn_occurrence_has_role (find (plan, "6by", "politikere", cycle), "kobenhavn", "host");
      g_assert_cmpint (is_host, ==, year == 2007);
    }
}

/* Weeks 7, 8 and 42 and July hold none; the last of an election year is in October. */
static void
check_kkr_meeting (const TnOccurrence *occurrence)
{
  int year = 0;
  int month = 0;
  tn_date_get_ymd (occurrence->when.days.start, &year, &month, NULL);
  int week = tn_date_get_week (occurrence->when.days.start, NULL);
  g_assert_true (week != 7 && week != 8 && week != 42 && month != 7);
  if (occurrence->cycle.ordinal == 5)
    g_assert_cmpint (week, ==, year % 4 == 1 ? 43 : 47);
  if (occurrence->cycle.ordinal == 2)
    g_assert_true (week >= 15 && week <= 17);
}

static void
test_kkr (void)
{
  static const char *const ids[] = { "kkr-hovedstaden", "kkr-sjaelland", "kkr-syddanmark",
                                     "kkr-midtjylland", "kkr-nordjylland" };
  g_autoptr (TnRulebook) rulebook = agreed_read_shipped ("kkr.conf");

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2010, 2030);

  g_assert_cmpuint (rulebook->collaborations->len, ==, 5);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    for (int year = 2010; year < 2030; year++)
      {
        guint n = count (plan, ids[i], "mode", year);
        g_assert_true (n >= 4 && n <= 5);
        g_assert_cmpuint (count (plan, ids[i], "konstituering", year), ==, year % 4 == 2 ? 1 : 0);
      }
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    if (strcmp (tn_plan_get (plan, i)->series->id, "mode") == 0)
      check_kkr_meeting (tn_plan_get (plan, i));
  assert_day (find (plan, "kkr-sjaelland", "konstituering", "2014"), "2014-01-23");
  g_assert_cmpstr (find (plan, "kkr-sjaelland", "mode", "2014.1")->title, ==,
                   "KKR Sjælland: møde 1/2014");
  g_assert_cmpuint (
      ((TnCollaboration *) g_ptr_array_index (rulebook->collaborations, 3))->councils->len, ==, 19);
}

static void
assert_leads (const TnPlan *plan, const char *cycle, const char *chair, const char *vice)
{
  const TnOccurrence *meeting = find (plan, "kkr-syddanmark", "mode", cycle);
  g_assert_cmpstr (tn_occurrence_find_turn (meeting, "formand")->councils[0], ==, chair);
  g_assert_cmpstr (tn_occurrence_find_turn (meeting, "naestformand")->councils[0], ==, vice);
}

/* The councils are made up: the brochure names none. */
static void
test_two_periods_of_chairs (void)
{
  g_autoptr (TnRulebook) rulebook = agreed_read_shipped_with (
      "kkr.conf", "region = \"Syddanmark\";\n    ledelse = ( );",
      "region = \"Syddanmark\";\n    ledelse = ( { role = \"formand\"; terms = ("
      " { from = \"2010\"; to = \"2013\"; council = \"billund\"; },"
      " { from = \"2014\"; to = \"2017\"; council = \"vejle\"; } ); },"
      " { role = \"naestformand\"; terms = ("
      " { from = \"2010\"; to = \"2013\"; council = \"nyborg\"; },"
      " { from = \"2014\"; to = \"2017\"; council = \"billund\"; } ); } );");

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2010, 2020);

  assert_leads (plan, "2010.1", "billund", "nyborg");
  assert_leads (plan, "2012.3", "billund", "nyborg");
  assert_leads (plan, "2013.5", "billund", "nyborg"); /* moved to October by the election */
  assert_leads (plan, "2014.1", "vejle", "billund");
  assert_leads (plan, "2017.5", "vejle", "billund");
  assert_leads (plan, "2018.1", NULL, NULL); /* not elected yet */
  g_assert_cmpuint (find (plan, "kkr-sjaelland", "mode", "2014.1")->turns->len, ==, 0);
}

static void
test_programme_with_an_end (void)
{
  static const char *const sites[][2] = { { "oslo", "2019-08-26" },
                                          { "tromso", "2019-09-04" },
                                          { "stavanger", "2019-09-25" },
                                          { "trondheim", "2019-11-14" } };
  const char *id = "ks-aldersvennlige";
  g_autoptr (TnRulebook) rulebook = agreed_read_shipped ("ks-aldersvennlige.conf");

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2018, 2040);

  for (guint i = 0; i < G_N_ELEMENTS (sites); i++)
    {
      const TnOccurrence *site = tn_plan_find (plan, id, "regional", "2019", sites[i][0]);
      g_assert_nonnull (site);
      assert_day (site, sites[i][1]);
      g_assert_cmpuint (site->milestones->len, >=, 1);
      for (guint j = 0; j < site->milestones->len; j++)
        {
          const TnMilestone *homework = g_ptr_array_index (site->milestones, j);
          g_assert_cmpint (homework->due, >, site->when.days.start);
          g_assert_cmpint (homework->due, <, find (plan, id, "felles", "2020")->when.days.start);
        }
      g_assert_cmpint (site->series->seats, ==, 3);
      g_assert_cmpint (site->series->capacity_most, ==, 100);
    }
  g_assert_cmpstr (tn_plan_find (plan, id, "regional", "2019", "tromso")->title, ==,
                   "Regional samling: Tromsø");
  const TnOccurrence *all = find (plan, id, "felles", "2020");
  g_assert_cmpint (all->status, ==, TN_STATUS_PROPOSED);
  g_assert_cmpint (all->when.days.start, >=, tn_date_new (2020, 1, 2));
  g_assert_cmpint (all->when.days.start, <, tn_date_new (2020, 3, 1));
  g_assert_cmpint (tn_date_get_weekday (all->when.days.start), <=, TN_FRIDAY);
  assert_day (find (plan, id, "soknad", "2019.1"), "2019-06-24");
  assert_day (find (plan, id, "svar", "2019.1"), "2019-06-28");
  g_assert_cmpuint (tn_plan_get_size (plan), ==, 7);
}

/* Promise 10: each has a reason for its date, and each reason a rule, a source and words. */
static void
test_all_is_explained (void)
{
  static const char *const names[] = { "7by.conf", "6by.conf", "kkr.conf",
                                       "familjen-helsingborg.conf", "ks-aldersvennlige.conf" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (TnRulebook) rulebook = agreed_read_shipped (names[i]);
      g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2005, 2031);
      g_assert_cmpuint (tn_plan_get_size (plan), >, 0);
      for (guint j = 0; j < tn_plan_get_size (plan); j++)
        {
          const TnOccurrence *occurrence = tn_plan_get (plan, j);
          g_assert_cmpuint (occurrence->reasons->len, >, 0);
          for (guint k = 0; k < occurrence->reasons->len; k++)
            {
              const TnReason *reason = g_ptr_array_index (occurrence->reasons, k);
              g_assert_cmpstr (reason->rule, !=, "");
              g_assert_nonnull (strchr (reason->source, ':'));
              g_assert_cmpuint (strlen (reason->text), >, 10);
            }
          for (guint k = 0; k < occurrence->turns->len; k++)
            g_assert_cmpuint (((TnTurn *) g_ptr_array_index (occurrence->turns, k))->reasons->len,
                              >, 0);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/golden/agreements/helsingborg-meets-on-fourth-fridays", test_helsingborg);
  g_test_add_func ("/golden/agreements/six-cities-have-many-rhythms", test_six_cities);
  g_test_add_func ("/golden/agreements/five-contact-councils-of-one-shape", test_kkr);
  g_test_add_func ("/golden/agreements/copenhagen-is-no-member-before-27-august-2002",
                   test_newcomer);
  g_test_add_func ("/golden/agreements/each-period-has-its-chairs", test_two_periods_of_chairs);
  g_test_add_func ("/golden/agreements/a-programme-ends", test_programme_with_an_end);
  g_test_add_func ("/golden/agreements/every-date-and-turn-is-explained", test_all_is_explained);
  return g_test_run ();
}
