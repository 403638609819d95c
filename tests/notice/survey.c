/* tests/notice/survey.c — what each mailbox may want to know */
#include "notice/survey.h"

#include <string.h>

#include "sync/town.h"

typedef struct
{
  Town *town;           /* (owned) */
  TnPlan *plan;         /* (owned) */
  GPtrArray *proposals; /* (owned) */
  TnSurvey survey;
} Fixture;

static void
look (Fixture *self)
{
  g_clear_pointer (&self->plan, tn_plan_unref);
  g_clear_pointer (&self->proposals, g_ptr_array_unref);
  self->plan = tn_plan_ref (tn_book_get_plan (self->town->book));
  self->proposals = g_ptr_array_ref (tn_book_get_proposals (self->town->book));
  self->survey.plan = self->plan;
  self->survey.proposals = self->proposals;
  self->survey.publish = tn_book_get_publish_span (self->town->book);
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  self->town = town_new (TOWN_WRITE);
  town_sync (self->town);
  self->survey.owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->survey.glances = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_glance_free);
  look (self);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  g_ptr_array_unref (self->survey.glances);
  g_hash_table_unref (self->survey.owners);
  g_ptr_array_unref (self->proposals);
  tn_plan_unref (self->plan);
  town_free (self->town);
}

static GPtrArray *
list (Fixture *self, const char *council)
{
  TnMailbox *mailbox = tn_mailbox_new (council, "raad@odense.example");
  GPtrArray *facts = tn_survey_list (&self->survey, mailbox);
  /* Facts borrow from the survey and from the mailbox's council, which are constant here. */
  for (guint i = 0; i < facts->len; i++)
    ((TnFact *) g_ptr_array_index (facts, i))->council = council;
  tn_mailbox_free (mailbox);
  return facts;
}

static guint
count (GPtrArray *facts, TnFactKind kind)
{
  guint n = 0;
  for (guint i = 0; i < facts->len; i++)
    n += ((const TnFact *) g_ptr_array_index (facts, i))->kind == kind ? 1 : 0;
  return n;
}

static void
test_keys (Fixture *self, gconstpointer unused)
{
  g_autoptr (GPtrArray) facts = list (self, "esbjerg");
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);
  g_assert_cmpuint (count (facts, TN_FACT_DATE), >, 4);
  g_assert_cmpuint (count (facts, TN_FACT_TURN), >, 4);
  for (guint i = 0; i < facts->len; i++)
    {
      const TnFact *fact = g_ptr_array_index (facts, i);
      g_assert_true (g_str_has_prefix (fact->key, "esbjerg "));
      g_assert_true (g_hash_table_add (keys, fact->key));
      g_assert_null (strstr (fact->key, "Studietur"));
      g_assert_null (strstr (fact->value, "Studietur"));
    }
}

static void
test_no_member (Fixture *self, gconstpointer unused)
{
  g_autoptr (GPtrArray) facts = list (self, "viborg");
  g_assert_cmpuint (facts->len, ==, 0);
}

static void
test_proposal (Fixture *self, gconstpointer unused)
{
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_edit (self->town, "aarhus", uid, TOWN_DAYS ("20270518", "20270519"),
             TOWN_DAYS ("20270525", "20270526"));
  town_sync (self->town);
  look (self);
  g_autoptr (GPtrArray) host = list (self, "esbjerg");
  g_autoptr (GPtrArray) wisher = list (self, "aarhus");
  g_autoptr (GPtrArray) other = list (self, "randers");
  g_assert_cmpuint (count (host, TN_FACT_ANSWER), ==, 1);
  g_assert_cmpuint (count (host, TN_FACT_WISH), ==, 0);
  g_assert_cmpuint (count (wisher, TN_FACT_ANSWER), ==, 0);
  g_assert_cmpuint (count (wisher, TN_FACT_WISH), ==, 1);
  g_assert_cmpuint (count (other, TN_FACT_ANSWER), ==, 0);
  g_assert_cmpuint (count (other, TN_FACT_WISH), ==, 0);
}

static void
test_calendars (Fixture *self, gconstpointer unused)
{
  TnGlance *glance = tn_glance_new ("egen", "needs login");
  TnEnding ending = { 1, tn_date_new (2026, 12, 10), "make a new one" };
  g_array_append_val (glance->endings, ending);
  g_ptr_array_add (self->survey.glances, glance);
  g_autoptr (GPtrArray) admin = list (self, NULL);
  g_autoptr (GPtrArray) council = list (self, "esbjerg");
  g_assert_cmpuint (admin->len, ==, 2);
  const TnFact *calendar = g_ptr_array_index (admin, 0);
  const TnFact *end = g_ptr_array_index (admin, 1);
  g_assert_cmpstr (calendar->key, ==, "* calendar egen");
  g_assert_cmpstr (calendar->value, ==, "needs login");
  g_assert_cmpstr (end->key, ==, "* end egen 1 2026-12-10");
  g_assert_cmpint (end->end, ==, tn_date_new (2026, 12, 10));
  g_assert_cmpuint (count (council, TN_FACT_CALENDAR), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(sentence, test)                                                                        \
  g_test_add ("/notice/survey/" sentence, Fixture, NULL, set_up, test, tear_down)
  ADD ("each-fact-has-a-key-of-its-own-without-any-text", test_keys);
  ADD ("who-is-no-member-is-told-nothing", test_no_member);
  ADD ("proposal-is-for-who-decides-and-who-wished", test_proposal);
  ADD ("calendars-are-for-the-admin", test_calendars);
#undef ADD
  return g_test_run ();
}
