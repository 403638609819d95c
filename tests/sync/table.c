/* The table of reconciling: changed or gone in the plan ("here"), in a calendar ("there") or in
 * both, times whose calendar it is, times past or future. One row is one test, and says all that
 * follows. Design sections 7 and 8. */
#include "sync/town.h"

#include <string.h>

typedef enum
{
  OWN,   /* of the host, who may decide */
  OTHER, /* of a council that may not */
  SHARED /* nobody can see who edits */
} Owner;

typedef enum
{
  PAST,  /* 2026-05-19, held in Aalborg */
  FUTURE /* 2027-05-18, to be held in Esbjerg */
} Time;

typedef struct
{
  const char *name;
  void (*act) (Town *town, const char *calendar, Time time);
  Owner owner;
  Time time;
  /* What follows. */
  const char *plan;      /* the place by the plan; "gone" */
  const char *here;      /* the place that this calendar shows */
  const char *elsewhere; /* the place that an uninvolved calendar shows */
  guint n_proposals;     /* open ones */
  guint n_conflicts;     /* open ones */
  const char *question;  /* what `status` asks about this calendar; NULL: nothing */
  gboolean is_removed;   /* turnus removes an event somewhere */
} Row;

static char *
dup_uid (Time time)
{
  return town_uid ("studietur", time == PAST ? "2026" : "2027", NULL);
}

static void
decide_place (Town *town, Time time)
{
  town_decide (town, TN_DECISION_WHERE, "studietur", time == PAST ? "2026" : "2027", "Fanø",
               time == PAST ? "aalborg" : "esbjerg");
}

static void
edit_place (Town *town, const char *calendar, Time time)
{
  g_autofree char *uid = dup_uid (time);
  town_edit (town, calendar, uid, time == PAST ? "LOCATION:Aalborg" : "LOCATION:Esbjerg",
             "LOCATION:Nyborg");
}

static void
end_series (Town *town, Time time)
{
  town_set_charter (town, "title = \"Studietur {cycle}: {host}\";",
                    time == PAST ? "title = \"Studietur {cycle}: {host}\"; last = \"2025\";"
                                 : "title = \"Studietur {cycle}: {host}\"; last = \"2026\";");
  town_set_charter (town, "edition = 1;", "edition = 2;");
  town_reload (town);
}

static void
delete_there (Town *town, const char *calendar, Time time)
{
  g_autofree char *uid = dup_uid (time);
  town_delete (town, calendar, uid);
}

/* Absent in two listings, sixteen minutes apart. */
static void
sync_twice (Town *town)
{
  town_sync (town);
  tn_fake_clock_advance_us (town->clock, 16 * G_TIME_SPAN_MINUTE);
  town_sync (town);
}

static void
changed_here (Town *town, const char *calendar, Time time)
{
  decide_place (town, time);
  town_sync (town);
}

static void
changed_there (Town *town, const char *calendar, Time time)
{
  edit_place (town, calendar, time);
  town_sync (town);
}

static void
changed_in_both (Town *town, const char *calendar, Time time)
{
  decide_place (town, time);
  edit_place (town, calendar, time);
  town_sync (town);
}

static void
gone_here (Town *town, const char *calendar, Time time)
{
  end_series (town, time);
  town_sync (town);
}

static void
gone_there (Town *town, const char *calendar, Time time)
{
  delete_there (town, calendar, time);
  sync_twice (town);
}

static void
gone_in_both (Town *town, const char *calendar, Time time)
{
  end_series (town, time);
  delete_there (town, calendar, time);
  sync_twice (town);
}

static const char CANCEL[] = "turnusctl cancel";

/* A deletion or a charter without the series never takes away what is past; what is future and not
 * confirmed goes with the charter, and comes back once when a person deletes it. */
static const Row ROWS[] = {
  { "changed-here/own", changed_here, OWN, PAST, "Fanø", "Fanø", "Fanø", 0, 0, NULL, FALSE },
  { "changed-here/own", changed_here, OWN, FUTURE, "Fanø", "Fanø", "Fanø", 0, 0, NULL, FALSE },
  { "changed-here/other", changed_here, OTHER, PAST, "Fanø", "Fanø", "Fanø", 0, 0, NULL, FALSE },
  { "changed-here/other", changed_here, OTHER, FUTURE, "Fanø", "Fanø", "Fanø", 0, 0, NULL, FALSE },
  { "changed-here/shared", changed_here, SHARED, PAST, "Fanø", "Fanø", "Fanø", 0, 0, NULL, FALSE },
  { "changed-here/shared", changed_here, SHARED, FUTURE, "Fanø", "Fanø", "Fanø", 0, 0, NULL,
    FALSE },

  { "changed-there/own", changed_there, OWN, PAST, "Nyborg", "Nyborg", "Nyborg", 0, 0, NULL,
    FALSE },
  { "changed-there/own", changed_there, OWN, FUTURE, "Nyborg", "Nyborg", "Nyborg", 0, 0, NULL,
    FALSE },
  { "changed-there/other", changed_there, OTHER, PAST, "Aalborg", "Aalborg", "Aalborg", 1, 0, NULL,
    FALSE },
  { "changed-there/other", changed_there, OTHER, FUTURE, "Esbjerg", "Esbjerg", "Esbjerg", 1, 0,
    NULL, FALSE },
  { "changed-there/shared", changed_there, SHARED, PAST, "Aalborg", "Aalborg", "Aalborg", 1, 0,
    NULL, FALSE },
  { "changed-there/shared", changed_there, SHARED, FUTURE, "Esbjerg", "Esbjerg", "Esbjerg", 1, 0,
    NULL, FALSE },

  /* Command and edit are of one council: the smaller entry id wins, whichever came first. */
  { "changed-in-both/own", changed_in_both, OWN, PAST, "Fanø", "Fanø", "Fanø", 0, 1, NULL, FALSE },
  { "changed-in-both/own", changed_in_both, OWN, FUTURE, "Nyborg", "Nyborg", "Nyborg", 0, 1, NULL,
    FALSE },
  { "changed-in-both/other", changed_in_both, OTHER, PAST, "Fanø", "Fanø", "Fanø", 1, 0, NULL,
    FALSE },
  { "changed-in-both/other", changed_in_both, OTHER, FUTURE, "Fanø", "Fanø", "Fanø", 1, 0, NULL,
    FALSE },
  { "changed-in-both/shared", changed_in_both, SHARED, PAST, "Fanø", "Fanø", "Fanø", 1, 0, NULL,
    FALSE },
  { "changed-in-both/shared", changed_in_both, SHARED, FUTURE, "Fanø", "Fanø", "Fanø", 1, 0, NULL,
    FALSE },

  { "gone-here/own", gone_here, OWN, PAST, "gone", "Aalborg", "Aalborg", 0, 0, NULL, TRUE },
  { "gone-here/own", gone_here, OWN, FUTURE, "gone", "gone", "gone", 0, 0, NULL, TRUE },
  { "gone-here/other", gone_here, OTHER, PAST, "gone", "Aalborg", "Aalborg", 0, 0, NULL, TRUE },
  { "gone-here/other", gone_here, OTHER, FUTURE, "gone", "gone", "gone", 0, 0, NULL, TRUE },
  { "gone-here/shared", gone_here, SHARED, PAST, "gone", "Aalborg", "Aalborg", 0, 0, NULL, TRUE },
  { "gone-here/shared", gone_here, SHARED, FUTURE, "gone", "gone", "gone", 0, 0, NULL, TRUE },

  { "gone-there/own", gone_there, OWN, PAST, "Aalborg", "gone", "Aalborg", 0, 0, NULL, FALSE },
  { "gone-there/own", gone_there, OWN, FUTURE, "Esbjerg", "Esbjerg", "Esbjerg", 0, 0, CANCEL,
    FALSE },
  { "gone-there/other", gone_there, OTHER, PAST, "Aalborg", "gone", "Aalborg", 0, 0, NULL, FALSE },
  { "gone-there/other", gone_there, OTHER, FUTURE, "Esbjerg", "Esbjerg", "Esbjerg", 0, 0, CANCEL,
    FALSE },
  { "gone-there/shared", gone_there, SHARED, PAST, "Aalborg", "gone", "Aalborg", 0, 0, NULL,
    FALSE },
  { "gone-there/shared", gone_there, SHARED, FUTURE, "Esbjerg", "Esbjerg", "Esbjerg", 0, 0, CANCEL,
    FALSE },

  { "gone-in-both/own", gone_in_both, OWN, PAST, "gone", "gone", "Aalborg", 0, 0, NULL, TRUE },
  { "gone-in-both/own", gone_in_both, OWN, FUTURE, "gone", "gone", "gone", 0, 0, NULL, TRUE },
  { "gone-in-both/other", gone_in_both, OTHER, PAST, "gone", "gone", "Aalborg", 0, 0, NULL, TRUE },
  { "gone-in-both/other", gone_in_both, OTHER, FUTURE, "gone", "gone", "gone", 0, 0, NULL, TRUE },
  { "gone-in-both/shared", gone_in_both, SHARED, PAST, "gone", "gone", "Aalborg", 0, 0, NULL,
    TRUE },
  { "gone-in-both/shared", gone_in_both, SHARED, FUTURE, "gone", "gone", "gone", 0, 0, NULL, TRUE },
};

static const char *
name_calendar (const Row *row)
{
  return row->owner == SHARED  ? "faelles"
         : row->owner == OTHER ? "aarhus"
         : row->time == PAST   ? "aalborg"
                               : "esbjerg";
}

static guint
count_removals (Town *town)
{
  static const char *const names[] = { "esbjerg", "aalborg", "aarhus", "faelles" };
  guint count = 0;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    count += tn_fake_provider_get_calls (town_calendar (town, names[i]), TN_FAKE_REMOVE);
  return count;
}

static void
assert_asks (Town *town, const char *calendar, const char *question)
{
  const TnPassResult *result = tn_desk_get_result (town->desk, calendar);
  for (guint i = 0; question == NULL && i < result->changes->len; i++)
    {
      const TnChange *change = g_ptr_array_index (result->changes, i);
      if (tn_change_get_sign (change) == '!')
        g_test_message ("asked: %s: %s", change->label, change->reason);
      g_assert_cmpint (tn_change_get_sign (change), !=, '!');
    }
  g_assert_true (question == NULL || town_waits (town, calendar, question));
}

static const char *
find_place (Town *town, const char *uid)
{
  const TnOccurrence *occurrence = tn_plan_find_uid (tn_book_get_plan (town->book), uid, NULL);
  return occurrence != NULL ? occurrence->place : "gone";
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  /* The brake is another test's: whole series go here. */
  g_autoptr (Town) town = town_new (TOWN_WRITE " brake = { removals = 50; percent = 100; };");
  g_autofree char *uid = dup_uid (row->time);
  const char *calendar = name_calendar (row);
  if (row->time == PAST)
    town_decide (town, TN_DECISION_DATE, "studietur", "2026", "2026-05-19", "aalborg");
  town_sync (town);
  town_reset_counts (town);

  row->act (town, calendar, row->time);
  gboolean is_removed = count_removals (town) > 0;
  town_assert_settled (town);

  g_assert_cmpstr (find_place (town, uid), ==, row->plan);
  town_assert_shows (town, calendar, uid, TN_FIELD_WHERE, row->here);
  town_assert_shows (town, row->time == PAST ? "esbjerg" : "aalborg", uid, TN_FIELD_WHERE,
                     row->elsewhere);
  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN), ==,
                    row->n_proposals);
  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_CONFLICT, TN_PROPOSAL_OPEN), ==,
                    row->n_conflicts);
  assert_asks (town, calendar, row->question);
  g_assert_cmpint (is_removed, ==, row->is_removed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sync/table/%s/%s", ROWS[i].name,
                                               ROWS[i].time == PAST ? "past" : "future");
      g_test_add_data_func (path, &ROWS[i], test_row);
    }
  return g_test_run ();
}
