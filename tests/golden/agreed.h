/* tests/golden/agreed.h — from the text of a charter to its plan, as one line to compare */
#pragma once

#include "charter/charter.h"
#include "rules/planner.h"

#include <string.h>

static inline char *
agreed_dup_text (const char *id, const char *series)
{
  return g_strdup_printf (
      "collaboration = { id = \"%s\"; name = \"Prøve\"; edition = 1; language = \"da\"; "
      "timezone = \"Europe/Copenhagen\"; holidays = [ \"dk\" ];\n"
      "councils = ( { id = \"odense\"; name = \"Odense\"; from = \"2000\"; }, { id = \"aarhus\"; "
      "name = \"Aarhus\"; from = \"2000\"; }, { id = \"randers\"; name = \"Randers\"; "
      "from = \"2000\"; } );\n"
      "series = ( %s\n ); };\n",
      id, series);
}

static inline TnRulebook *
agreed_read_texts (const char *const *texts, GError **error)
{
  g_autoptr (GPtrArray) files
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_source_file_free);
  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autofree char *name = g_strdup_printf ("c%u.conf", i);
      g_ptr_array_add (files, tn_source_file_new (name, texts[i]));
    }
  g_autofree char *path
      = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "holidays", "dk.conf", NULL);
  TnSourceFile *holidays = tn_source_file_load (path, error);
  g_assert_nonnull (holidays);
  g_ptr_array_add (files, holidays);
  return tn_charter_read (files, error);
}

/* A charter `c` with three councils and these series. */
static inline TnRulebook *
agreed_read (const char *series)
{
  g_autofree char *text = agreed_dup_text ("c", series);
  const char *const texts[] = { text, NULL };
  g_autoptr (GError) error = NULL;
  TnRulebook *rulebook = agreed_read_texts (texts, &error);
  g_assert_no_error (error);
  return rulebook;
}

/* What is said of a charter with these series. */
static inline char *
agreed_dup_complaint (const char *series)
{
  g_autofree char *text = agreed_dup_text ("c", series);
  const char *const texts[] = { text, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (TnRulebook) rulebook = agreed_read_texts (texts, &error);
  if (rulebook != NULL)
    return g_strdup_printf ("nothing was said of %s", series);
  return g_strdup (error->message);
}

/* A charter that is shipped, with its holidays. */
static inline TnRulebook *
agreed_read_shipped (const char *name)
{
  const char *source = g_getenv ("TURNUS_SOURCE");
  g_autofree char *path = g_build_filename (source, "conf", "charters", name, NULL);
  g_autofree char *holidays = g_build_filename (source, "conf", "holidays", NULL);
  const char *const paths[] = { path, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = tn_charter_load_files (paths, holidays, &error);
  g_assert_no_error (error);
  TnRulebook *rulebook = tn_charter_read (files, &error);
  g_assert_no_error (error);
  return rulebook;
}

/* The same with one of its texts changed. */
static inline TnRulebook *
agreed_read_shipped_with (const char *name, const char *old, const char *new)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "charters", name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnSourceFile) file = tn_source_file_load (path, &error);
  g_assert_no_error (error);
  g_auto (GStrv) halves = g_strsplit (file->text, old, 2);
  g_assert_nonnull (halves[1]);
  g_autofree char *text = g_strjoinv (new, halves);
  const char *const texts[] = { text, NULL };
  TnRulebook *rulebook = agreed_read_texts (texts, &error);
  g_assert_no_error (error);
  return rulebook;
}

/* As it is seen on 1 January 2000, with these years. */
static inline TnPlan *
agreed_plan (const TnRulebook *rulebook, int first_year, int end_year)
{
  g_autoptr (GPtrArray) decisions = tn_rulebook_list_decisions (rulebook);
  g_autoptr (TnLedger) ledger = tn_ledger_new (decisions);
  return tn_planner_plan (
      rulebook, ledger, tn_span_new (tn_date_new (first_year, 1, 1), tn_date_new (end_year, 1, 1)),
      tn_date_new (2000, 1, 1));
}

/* `2027.1=2027-02-09 2027.2=none`, by date */
static inline char *
agreed_list (const TnPlan *plan, const char *series)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      if (strcmp (occurrence->series->id, series) != 0)
        continue;
      g_autofree char *date = tn_date_to_string (occurrence->when.days.start);
      g_string_append_printf (text, "%s%s=%s", text->len > 0 ? " " : "", occurrence->cycle_text,
                              occurrence->status == TN_STATUS_UNPLACED ? "none" : date);
    }
  return g_string_free (text, FALSE);
}

static inline gboolean
agreed_has_reason (const TnOccurrence *occurrence, const char *rule, const char *words)
{
  for (guint i = 0; i < occurrence->reasons->len; i++)
    {
      const TnReason *reason = g_ptr_array_index (occurrence->reasons, i);
      if (strcmp (reason->rule, rule) == 0 && strstr (reason->text, words) != NULL)
        return TRUE;
    }
  for (guint i = 0; i < occurrence->reasons->len; i++)
    {
      const TnReason *reason = g_ptr_array_index (occurrence->reasons, i);
      g_test_message ("%s: %s [%s]", reason->rule, reason->text, reason->source);
    }
  return FALSE;
}

#define assert_list(plan, series, expected)                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *listed = agreed_list (plan, series);                                          \
    g_assert_cmpstr (listed, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

/* The series gives exactly one complaint, which has @wanted in it. */
#define assert_refused(series, wanted)                                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *said = agreed_dup_complaint (series);                                         \
    if (strstr (said, wanted) == NULL || strchr (said, '\n') != NULL)                              \
      g_test_fail_printf ("%s:%d: '%s' is not all of '%s'", __FILE__, __LINE__, wanted, said);     \
  }                                                                                                \
  G_STMT_END
