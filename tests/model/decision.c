/* Decisions, their one-line form and their ids. */
#include "model/decision.h"

#include "base/error.h"

#include <string.h>

static TnDecisionDraft
draft_of (TnDecisionKind kind)
{
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = kind;
  draft.on = tn_date_new (2026, 11, 22);
  draft.collaboration = "7by";
  draft.series = "studietur";
  draft.cycle = "2027";
  return draft;
}

static void
test_line (void)
{
  TnDecisionDraft draft = draft_of (TN_DECISION_DATE);
  draft.value = "2027-05-18";
  draft.confirmed = TRUE;
  draft.by = "esbjerg";
  draft.note = "aftalt på mødet = enigt";

  g_autoptr (TnDecision) decision = tn_decision_new (&draft);

  g_autofree char *line = tn_decision_to_line (decision);
  g_assert_cmpstr (line, ==,
                   "on=2026-11-22 do=date c=7by s=studietur y=2027 value=2027-05-18 confirmed=yes "
                   "by=esbjerg note=aftalt%20på%20mødet%20%3D%20enigt");
}

/* An id is what other councils' daemons know a decision by: it may never change. The digest is that
 * of Python's hashlib over the line. */
static void
test_stable_id (void)
{
  TnDecisionDraft draft = draft_of (TN_DECISION_POSTPONE);
  draft.value = "kept";

  g_autoptr (TnDecision) decision = tn_decision_new (&draft);

  g_assert_cmpstr (decision->id, ==, "ab684b2ba3a37d5e");
}

/* Fills every field of a draft, so that none is forgotten in the line. */
static TnDecisionDraft
full_draft (TnDecisionKind kind)
{
  TnDecisionDraft draft = draft_of (kind);
  draft.by = "odense";
  draft.role = "host";
  draft.source = "command anna";
  draft.note = "linje 1\nlinje 2\t100 %";
  draft.minutes = "referat 4/2027, punkt 3";
  draft.site = "syd";
  draft.milestone = "program";
  draft.council = "randers";
  draft.after_council = "aalborg";
  draft.other_cycle = "2028";
  draft.value = "2027-05-18..2027-05-19";
  draft.role_name = "vært";
  draft.since = tn_date_new (2027, 1, 1);
  draft.anchor = tn_date_new (2027, 5, 18);
  draft.confirmed = TRUE;
  draft.replaces = "0123456789abcdef";
  return draft;
}

static void
test_round_trip (void)
{
  for (int kind = 0; kind < TN_N_DECISIONS; kind++)
    {
      TnDecisionDraft draft = full_draft ((TnDecisionKind) kind);
      g_autoptr (TnDecision) decision = tn_decision_new (&draft);
      g_autofree char *line = tn_decision_to_line (decision);

      g_autoptr (TnDecision) back = tn_decision_from_line (line, NULL);

      g_assert_nonnull (back);
      g_autofree char *again = tn_decision_to_line (back);
      g_assert_cmpstr (again, ==, line);
      g_assert_cmpstr (back->id, ==, decision->id);
      g_assert_cmpint (back->kind, ==, kind);
      g_assert_cmpstr (back->note, ==, draft.note);
      g_assert_cmpint (back->anchor, ==, draft.anchor);
      g_assert_null (strchr (line, '\n'));
    }
}

static void
test_draft_round_trip (void)
{
  TnDecisionDraft draft = full_draft (TN_DECISION_DUE);
  g_autoptr (TnDecision) decision = tn_decision_new (&draft);

  TnDecisionDraft back = tn_decision_to_draft (decision);
  g_autoptr (TnDecision) again = tn_decision_new (&back);

  g_assert_cmpstr (again->id, ==, decision->id);
}

/* A comment that moves a charter's lines, or a note that is blanked, makes no other decision. */
static void
test_id_without_source_and_note (void)
{
  TnDecisionDraft draft = full_draft (TN_DECISION_DATE);
  g_autoptr (TnDecision) decision = tn_decision_new (&draft);
  draft.source = "charter 7by.conf:42";
  draft.note = NULL;

  g_autoptr (TnDecision) moved = tn_decision_new (&draft);

  g_assert_cmpstr (moved->id, ==, decision->id);
}

/* Two decisions that differ in any one of the other fields are two decisions. */
static void
test_ids_differ (void)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  TnDecisionDraft full = full_draft (TN_DECISION_DATE);
  const char **texts[] = { &full.by,          &full.role,    &full.minutes,   &full.collaboration,
                           &full.series,      &full.cycle,   &full.site,      &full.milestone,
                           &full.council,     &full.value,   &full.role_name, &full.after_council,
                           &full.other_cycle, &full.replaces };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *before = *texts[i];
      *texts[i] = "other";
      g_autoptr (TnDecision) decision = tn_decision_new (&full);
      g_hash_table_add (ids, g_strdup (decision->id));
      *texts[i] = before;
    }
  full.on++;
  g_autoptr (TnDecision) later = tn_decision_new (&full);
  g_hash_table_add (ids, g_strdup (later->id));
  full.confirmed = FALSE;
  g_autoptr (TnDecision) unconfirmed = tn_decision_new (&full);
  g_hash_table_add (ids, g_strdup (unconfirmed->id));

  g_assert_cmpuint (g_hash_table_size (ids), ==, G_N_ELEMENTS (texts) + 2);
}

static void
test_empty_is_absent (void)
{
  TnDecisionDraft draft = draft_of (TN_DECISION_THEME);
  draft.value = "demens";
  g_autoptr (TnDecision) without = tn_decision_new (&draft);
  draft.note = "";

  g_autoptr (TnDecision) with = tn_decision_new (&draft);

  g_assert_null (with->note);
  g_assert_cmpstr (with->id, ==, without->id);
}

static void
test_bad_lines (void)
{
  static const char *const bad[] = {
    "",
    "on=2026-11-22",
    "on=2026-11-22 do=date",
    "do=date c=7by",
    "on=2026-11-22 do=dance c=7by",
    "on=2026-02-30 do=date c=7by",
    "on=2026-11-22 do=date c=7by colour=red",
    "on=2026-11-22 do=date c=7by confirmed",
    "on=2026-11-22 do=date c=7by confirmed=perhaps",
    "on=2026-11-22 do=date c=%zz",
    "on=2026-11-22 do=date c=%ff",
    "on=2026-11-22  do=date c=7by",
    "on=2026-11-22 do=date c=7by ",
    "on=2026-11-22 on=2026-11-23 do=date c=7by",
    "c=7by on=2026-11-22 do=date",
    "on=2026-11-22 do=date c=7by note=",
  };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_autoptr (TnDecision) decision = tn_decision_from_line (bad[i], &error);

      g_test_message ("'%s'", bad[i]);
      g_assert_null (decision);
      g_assert_true (tn_error_is_invalid (error));
    }
}

static void
test_kinds (void)
{
  for (int kind = 0; kind < TN_N_DECISIONS; kind++)
    {
      TnDecisionKind back = TN_N_DECISIONS;
      g_assert_true (
          tn_decision_kind_from_string (tn_decision_kind_to_string ((TnDecisionKind) kind), &back));
      g_assert_cmpint (back, ==, kind);
    }
}

static void
test_same_subject (void)
{
  TnDecisionDraft draft = draft_of (TN_DECISION_DATE);
  g_autoptr (TnDecision) date = tn_decision_new (&draft);
  draft.value = "2027-06-01";
  g_autoptr (TnDecision) other_date = tn_decision_new (&draft);
  draft.cycle = "2028";
  g_autoptr (TnDecision) other_cycle = tn_decision_new (&draft);
  draft.cycle = "2027";
  draft.kind = TN_DECISION_PLACED;
  g_autoptr (TnDecision) placed = tn_decision_new (&draft);

  g_assert_true (tn_decision_is_same_subject (date, other_date));
  g_assert_false (tn_decision_is_same_subject (date, other_cycle));
  g_assert_false (tn_decision_is_same_subject (date, placed));
}

static void
test_same_subject_by_council (void)
{
  TnDecisionDraft draft = draft_of (TN_DECISION_SKIP);
  draft.council = "randers";
  g_autoptr (TnDecision) randers = tn_decision_new (&draft);
  draft.council = "odense";
  g_autoptr (TnDecision) odense = tn_decision_new (&draft);
  draft.kind = TN_DECISION_SET;
  g_autoptr (TnDecision) set_odense = tn_decision_new (&draft);
  draft.council = "randers";
  g_autoptr (TnDecision) set_randers = tn_decision_new (&draft);

  g_assert_false (tn_decision_is_same_subject (randers, odense));
  g_assert_true (tn_decision_is_same_subject (set_odense, set_randers));
}

static void
test_order (void)
{
  TnDecisionDraft draft = draft_of (TN_DECISION_THEME);
  draft.value = "a";
  g_autoptr (TnDecision) first = tn_decision_new (&draft);
  draft.value = "b";
  g_autoptr (TnDecision) same_day = tn_decision_new (&draft);
  draft.on++;
  g_autoptr (TnDecision) later = tn_decision_new (&draft);

  g_assert_cmpint (tn_decision_compare (first, later), <, 0);
  g_assert_cmpint (tn_decision_compare (later, same_day), >, 0);
  g_assert_cmpint (tn_decision_compare (first, first), ==, 0);
  g_assert_cmpint (CLAMP (tn_decision_compare (first, same_day), -1, 1), ==,
                   CLAMP (strcmp (first->id, same_day->id), -1, 1));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/decision/is-one-readable-line", test_line);
  g_test_add_func ("/model/decision/id-never-changes", test_stable_id);
  g_test_add_func ("/model/decision/every-field-survives-the-line", test_round_trip);
  g_test_add_func ("/model/decision/every-field-survives-a-draft", test_draft_round_trip);
  g_test_add_func ("/model/decision/neither-source-nor-note-names-it",
                   test_id_without_source_and_note);
  g_test_add_func ("/model/decision/every-field-is-part-of-the-id", test_ids_differ);
  g_test_add_func ("/model/decision/empty-text-is-absent", test_empty_is_absent);
  g_test_add_func ("/model/decision/other-lines-are-refused", test_bad_lines);
  g_test_add_func ("/model/decision/kinds-are-read-back", test_kinds);
  g_test_add_func ("/model/decision/same-subject-is-kind-and-event", test_same_subject);
  g_test_add_func ("/model/decision/skips-of-two-councils-are-two", test_same_subject_by_council);
  g_test_add_func ("/model/decision/come-by-date-then-id", test_order);
  return g_test_run ();
}
