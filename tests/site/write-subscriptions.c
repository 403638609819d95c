/* Writes subscriptions for those who know nothing of us: FOLDER/NAME.ics, and in FOLDER/NAME.tsv
 * what they must find: UID, start, end (a day, exclusive, or a second of UTC since 1970), STATUS.
 */
#include <stdio.h>

#include "site/subscription.h"
#include "sync/town.h"

static void
save (const char *folder, const char *name, const char *extension, const char *content, gssize size)
{
  g_autofree char *file = g_strconcat (name, extension, NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_assert_true (g_file_set_contents (path, content, size, NULL));
}

static void
append_moment (GString *to, const TnOccurrence *occurrence, TnDate day, int minute)
{
  g_autofree char *date = tn_date_to_string (day);
  if (occurrence->when.all_day)
    g_string_append_printf (to, "\t%s", date);
  else
    g_string_append_printf (
        to, "\t%" G_GINT64_FORMAT,
        tn_zone_to_utc_s (occurrence->collaboration->zone, (TnLocalTime){ day, minute * 60 }));
}

/* By the plan alone, and not by what was written. */
static char *
dup_expected (const TnPlan *plan, TnSpan publish, const char *council, const char *role)
{
  GString *expected = g_string_new (NULL);
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      const TnWhen *when = &occurrence->when;
      if (occurrence->status == TN_STATUS_UNPLACED || occurrence->is_computed
          || !tn_span_contains (publish, when->days.start)
          || (role != NULL && !tn_occurrence_has_role (occurrence, council, role)))
        continue;
      g_string_append (expected, occurrence->uid);
      append_moment (expected, occurrence, when->days.start, when->start_minute);
      append_moment (expected, occurrence, when->all_day ? when->days.end : when->days.end - 1,
                     when->end_minute);
      g_string_append_printf (expected, "\t%s\n",
                              occurrence->status == TN_STATUS_CANCELLED   ? "CANCELLED"
                              : occurrence->status == TN_STATUS_CONFIRMED ? "CONFIRMED"
                                                                          : "TENTATIVE");
    }
  return g_string_free (expected, FALSE);
}

static void
write_one (Town *town, const char *folder, const char *name, const char *reference,
           const char *council, const char *role)
{
  const TnPlan *plan = tn_book_get_plan (town->book);
  TnSpan publish = tn_book_get_publish_span (town->book);
  g_autoptr (TnSubscription) subscription
      = tn_subscription_parse (reference, tn_book_get_rulebook (town->book), NULL);
  g_autoptr (GBytes) bytes = tn_subscription_write (subscription, plan, publish);
  g_autofree char *expected = dup_expected (plan, publish, council, role);
  save (folder, name, ".ics", g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  save (folder, name, ".tsv", expected, -1);
}

int
main (int argc, char **argv)
{
  if (argc != 2)
    {
      fprintf (stderr, "usage: %s FOLDER\n", argv[0]);
      return 2;
    }
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  town_sync (town);
  town_decide (town, TN_DECISION_CANCEL, "studietur", "2028", "yes", "randers");
  town_decide (town, TN_DECISION_DATE, "erfa", "2027", "2027-10-26T09:30..2027-10-26T15:15",
               "esbjerg");
  write_one (town, argv[1], "collaboration", "7by", NULL, NULL);
  write_one (town, argv[1], "council", "7by/odense", "odense", NULL);
  write_one (town, argv[1], "role", "7by/esbjerg/host", "esbjerg", "host");
  return 0;
}
