/* tests/notice/news.c — what is news to a mailbox, and how urgent */
#include "notice/news.h"

#include "fakes/await.h"
#include "sync/town.h"

/* The trip of 2027, on 18 May. */
typedef struct
{
  Town *town;               /* (owned) */
  TnPlan *plan;             /* (owned) */
  const TnOccurrence *trip; /* of the plan */
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  self->town = town_new (TOWN_WRITE);
  town_sync (self->town);
  self->plan = tn_plan_ref (tn_book_get_plan (self->town->book));
  self->trip = tn_plan_find (self->plan, "7by", "studietur", "2027", NULL);
  g_assert_nonnull (self->trip);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  tn_plan_unref (self->plan);
  town_free (self->town);
}

static TnNewsRank
judge (TnFactKind kind, const char *value, const char *before, int month, int day)
{
  g_autoptr (TnFact) fact = tn_fact_new (kind, "esbjerg", "x", value);
  return tn_news_judge (fact, before, FALSE, tn_date_new (2027, month, day));
}

static void
test_first (Fixture *self, gconstpointer unused)
{
  g_autoptr (TnFact) fact = tn_fact_new (TN_FACT_CALENDAR, NULL, "egen", "needs login");
  g_assert_cmpint (tn_news_judge (fact, NULL, TRUE, 20000), ==, TN_NEWS_SILENT);
  g_assert_cmpint (tn_news_judge (fact, NULL, FALSE, 20000), ==, TN_NEWS_URGENT);
  g_assert_cmpint (tn_news_judge (fact, "needs login", FALSE, 20000), ==, TN_NEWS_NONE);
}

static void
test_dates (Fixture *self, gconstpointer unused)
{
  static const struct
  {
    const char *before;
    const char *value;
    TnNewsRank far;
    TnNewsRank near;
  } cases[] = {
    { NULL, "confirmed 2027-05-18", TN_NEWS_SILENT, TN_NEWS_SILENT },
    { "open 2027-05-18", "proposed 2027-05-18", TN_NEWS_SILENT, TN_NEWS_SILENT },
    { "open 2027-05-18", "proposed 2027-05-20", TN_NEWS_SILENT, TN_NEWS_SILENT },
    { "open 2027-05-18", "confirmed 2027-05-20", TN_NEWS_DIGEST, TN_NEWS_DIGEST },
    { "proposed 2027-05-18", "confirmed 2027-05-18", TN_NEWS_DIGEST, TN_NEWS_DIGEST },
    { "confirmed 2027-05-18", "proposed 2027-05-18", TN_NEWS_SILENT, TN_NEWS_SILENT },
    { "proposed 2027-05-18", "proposed 2027-05-20", TN_NEWS_DIGEST, TN_NEWS_URGENT },
    { "confirmed 2027-05-18", "confirmed 2027-09-20", TN_NEWS_DIGEST, TN_NEWS_URGENT },
    { "confirmed 2027-09-20", "confirmed 2027-05-18", TN_NEWS_DIGEST, TN_NEWS_URGENT },
    { "confirmed 2027-05-18", "cancelled 2027-05-18", TN_NEWS_DIGEST, TN_NEWS_URGENT },
    { "confirmed 2027-05-18", "postponed 2027-05-18", TN_NEWS_DIGEST, TN_NEWS_URGENT },
    { "cancelled 2027-05-18", "cancelled 2027-05-20", TN_NEWS_SILENT, TN_NEWS_SILENT },
    { "cancelled 2027-05-18", "confirmed 2027-05-20", TN_NEWS_DIGEST, TN_NEWS_URGENT },
    { "no date at all", "confirmed 2027-05-20", TN_NEWS_SILENT, TN_NEWS_SILENT },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s, was %s", cases[i].value, cases[i].before);
      g_assert_cmpint (judge (TN_FACT_DATE, cases[i].value, cases[i].before, 2, 1), ==,
                       cases[i].far);
      g_assert_cmpint (judge (TN_FACT_DATE, cases[i].value, cases[i].before, 5, 4), ==,
                       cases[i].near);
    }
}

static void
test_turns (Fixture *self, gconstpointer unused)
{
  g_assert_cmpint (judge (TN_FACT_TURN, "esbjerg", NULL, 2, 1), ==, TN_NEWS_SILENT);
  g_assert_cmpint (judge (TN_FACT_TURN, "esbjerg", "randers", 2, 1), ==, TN_NEWS_DIGEST);
  g_assert_cmpint (judge (TN_FACT_TURN, "randers", "esbjerg,odense", 2, 1), ==, TN_NEWS_DIGEST);
  g_assert_cmpint (judge (TN_FACT_TURN, "randers", "odense", 2, 1), ==, TN_NEWS_SILENT);
  g_assert_cmpint (judge (TN_FACT_TURN, "esbjerg,odense", "esbjerg", 2, 1), ==, TN_NEWS_SILENT);
}

static void
test_duties (Fixture *self, gconstpointer unused)
{
  g_assert_cmpint (judge (TN_FACT_DUTY, "2027-03-23", NULL, 3, 10), ==, TN_NEWS_DIGEST);
  g_assert_cmpint (judge (TN_FACT_DUTY, "2027-03-23", "2027-03-23", 3, 11), ==, TN_NEWS_NONE);
  g_assert_cmpint (judge (TN_FACT_DUTY, "2027-03-20", "2027-03-23", 3, 11), ==, TN_NEWS_DIGEST);
}

static TnNewsRank
judge_proposal (Fixture *self, TnFactKind kind, TnProposalState state, const char *before,
                TnDate today)
{
  g_autoptr (TnProposal) proposal
      = tn_proposal_new (TN_PROPOSAL_WISH, "aarhus", self->trip->uid, self->trip->key,
                         TN_FIELD_WHEN, "2027-05-25", "2027-05-18", "aarhus", 20000);
  proposal->state = state;
  g_autoptr (TnFact) fact
      = tn_fact_new (kind, "esbjerg", proposal->id, tn_proposal_state_to_string (proposal->state));
  fact->proposal = proposal;
  fact->occurrence = self->trip;
  return tn_news_judge (fact, before, FALSE, today);
}

static void
test_answers (Fixture *self, gconstpointer unused)
{
  TnDate far = tn_date_new (2027, 2, 1);
  TnDate near = tn_date_new (2027, 5, 4);
  TnDate over = tn_date_new (2027, 5, 19);
  g_assert_cmpint (judge_proposal (self, TN_FACT_ANSWER, TN_PROPOSAL_OPEN, NULL, far), ==,
                   TN_NEWS_DIGEST);
  g_assert_cmpint (judge_proposal (self, TN_FACT_ANSWER, TN_PROPOSAL_OPEN, NULL, near), ==,
                   TN_NEWS_URGENT);
  g_assert_cmpint (judge_proposal (self, TN_FACT_ANSWER, TN_PROPOSAL_OPEN, NULL, over), ==,
                   TN_NEWS_DIGEST);
}

static void
test_wishes (Fixture *self, gconstpointer unused)
{
  TnDate today = tn_date_new (2027, 2, 1);
  g_assert_cmpint (judge_proposal (self, TN_FACT_WISH, TN_PROPOSAL_OPEN, NULL, today), ==,
                   TN_NEWS_DIGEST);
  g_assert_cmpint (judge_proposal (self, TN_FACT_WISH, TN_PROPOSAL_ACCEPTED, "open", today), ==,
                   TN_NEWS_DIGEST);
  g_assert_cmpint (judge_proposal (self, TN_FACT_WISH, TN_PROPOSAL_ACCEPTED, NULL, today), ==,
                   TN_NEWS_SILENT);
  g_assert_cmpint (judge_proposal (self, TN_FACT_WISH, TN_PROPOSAL_WITHDRAWN, "open", today), ==,
                   TN_NEWS_SILENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(sentence, test)                                                                        \
  g_test_add ("/notice/news/" sentence, Fixture, NULL, set_up, test, tear_down)
  ADD ("first-look-is-silent", test_first);
  ADD ("date-that-was-another-is-news-and-urgent-when-it-is-soon", test_dates);
  ADD ("turn-is-news-to-who-gets-or-loses-it", test_turns);
  ADD ("duty-is-news-once-for-each-day-that-it-is-due", test_duties);
  ADD ("answer-is-wanted-soon-when-the-event-is", test_answers);
  ADD ("wish-is-news-when-it-waits-and-when-it-is-decided", test_wishes);
#undef ADD
  return g_test_run ();
}
