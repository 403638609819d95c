/* Tests of the cycles that a plan must work out. */
#include "seven-cities.h"

#include "rules/strand.h"

static TnSpan
get_years (int first, int end)
{
  return tn_span_new (D (first, 1, 1), D (end, 1, 1));
}

/* `2027 2028/syd` */
static char *
dup_cycles (const TnStrand *strand)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < strand->occurrences->len; i++)
    {
      const TnOccurrence *occurrence = g_ptr_array_index (strand->occurrences, i);
      g_string_append_printf (text, "%s%s%s%s", i > 0 ? " " : "", occurrence->cycle_text,
                              occurrence->site != NULL ? "/" : "",
                              occurrence->site != NULL ? occurrence->site : "");
    }
  return g_string_free (text, FALSE);
}

static void
assert_cycles (const TnRulebook *rulebook, GPtrArray *decisions, TnSpan years, gboolean from_first,
               const char *expected)
{
  g_autoptr (TnLedger) ledger = tn_ledger_new (decisions);
  TnStrand *strand = tn_strand_new (seven_get (rulebook), seven_get_series (rulebook, 0), ledger,
                                    years, from_first);
  g_autofree char *cycles = dup_cycles (strand);
  g_assert_cmpstr (cycles, ==, expected);
  tn_strand_free (strand);
}

static void
test_windows (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();

  assert_cycles (rulebook, NULL, get_years (2027, 2029), FALSE, "2027 2028");
  assert_cycles (rulebook, NULL, get_years (2020, 2022), TRUE, "2018 2019 2020 2021");
  assert_cycles (rulebook, NULL, get_years (2010, 2012), FALSE, "");
}

/* A winter that begins in December reaches into the year that is asked for. */
static void
test_window_over_new_year (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  seven_set_window (seven_get_series (rulebook, 0), "winter", 12, 1, 2, 28);

  assert_cycles (rulebook, NULL, get_years (2027, 2028), FALSE, "2026 2027");
}

static void
test_decided (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_date (decisions, TN_DECISION_DATE, "studietur", "2024", "2027-09-14", FALSE);

  assert_cycles (rulebook, decisions, get_years (2027, 2028), FALSE, "2024 2027");
}

/* One of the sites has a day of its own, in 2028. */
static void
test_sites (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  TnSeries *trip = seven_get_series (rulebook, 0);
  g_ptr_array_add (trip->sites, tn_site_new ("nord", "Nord"));
  TnSite *south = tn_site_new ("syd", "Syd");
  south->date = D (2028, 5, 9);
  g_ptr_array_add (trip->sites, south);

  assert_cycles (rulebook, NULL, get_years (2027, 2029), FALSE, "2027/nord 2028/nord 2028/syd");
}

/* Each place can be moved by itself, also into another year. */
static void
test_decided_place (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  g_ptr_array_add (seven_get_series (rulebook, 0)->sites, tn_site_new ("nord", "Nord"));
  TnDecisionDraft draft = seven_draft (TN_DECISION_DATE, "2024", D (2022, 11, 1));
  draft.site = "nord";
  draft.value = "2027-09-14";
  seven_decide (decisions, &draft);

  assert_cycles (rulebook, decisions, get_years (2027, 2028), FALSE, "2024/nord 2027/nord");
}

static void
test_cover (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_date (decisions, TN_DECISION_DATE, "studietur", "2027", "2028-02-01", FALSE);
  g_autoptr (TnLedger) ledger = tn_ledger_new (decisions);
  TnStrand *strand = tn_strand_new (seven_get (rulebook), seven_get_series (rulebook, 0), ledger,
                                    get_years (2027, 2028), FALSE);
  TnSpan periods = tn_span_new (D (2027, 6, 1), D (2027, 6, 2));
  TnSpan days = periods;

  tn_strand_cover (strand, ledger, &periods, &days);

  g_assert_cmpint (periods.start, ==, D (2027, 1, 1));
  g_assert_cmpint (periods.end, ==, D (2028, 1, 1));
  g_assert_cmpint (days.end, ==, D (2028, 2, 2));
  tn_strand_free (strand);
}

/* 52 weeks a year, so that the weekday stays. */
static void
test_last (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (TnLedger) ledger = tn_ledger_new (NULL);
  TnStrand *strand = tn_strand_new (seven_get (rulebook), seven_get_series (rulebook, 0), ledger,
                                    get_years (2026, 2029), FALSE);
  TnOccurrence *first = g_ptr_array_index (strand->occurrences, 0);
  first->when = tn_when_new_days (D (2026, 5, 19), 1);
  first->status = TN_STATUS_PROPOSED;

  g_assert_cmpint (tn_strand_find_last (strand, 0), ==, TN_DATE_NONE);
  g_assert_cmpint (tn_strand_find_last (strand, 1), ==, D (2027, 5, 18));
  g_assert_cmpint (tn_strand_find_last (strand, 2), ==, D (2028, 5, 16)); /* 2027 has no date */
  tn_strand_free (strand);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/strand/holds-the-windows-of-the-years", test_windows);
  g_test_add_func ("/rules/strand/holds-what-reaches-over-new-year", test_window_over_new_year);
  g_test_add_func ("/rules/strand/holds-what-was-moved-into-the-years", test_decided);
  g_test_add_func ("/rules/strand/holds-each-place-of-a-cycle", test_sites);
  g_test_add_func ("/rules/strand/holds-a-place-that-was-moved-into-the-years", test_decided_place);
  g_test_add_func ("/rules/strand/knows-the-days-around-it", test_cover);
  g_test_add_func ("/rules/strand/knows-where-the-last-one-was", test_last);
  return g_test_run ();
}
