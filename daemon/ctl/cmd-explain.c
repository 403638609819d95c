/* turnusctl explain: why this host, why this date, who decided (promise 10). */
#include "base/error.h"
#include "ctl/command.h"
#include "ctl/json.h"
#include "ctl/listing.h"
#include "ctl/papers.h"
#include "ctl/reference.h"
#include "model/catalogue.h"

#include <string.h>

/* What is asked about. */
typedef struct
{
  const TnOccurrence *occurrence; /* (unowned) of the plan */
  const TnMilestone *milestone;   /* (unowned) (nullable) %NULL: the whole occurrence */
} Subject;

static gboolean
fail_to_find (const TnReference *reference, GError **error)
{
  g_autofree char *cycle = tn_cycle_to_string (&reference->cycle);
  g_autofree char *first = tn_cycle_to_string (&reference->series->first);
  if (tn_cycle_compare (&reference->cycle, &reference->series->first) < 0)
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                 "there is no %s/%s/%s: the series begins with %s", reference->collaboration->id,
                 reference->series->id, cycle, first);
  else
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                 "there is no %s/%s/%s%s%s: see `turnusctl list` for what there is",
                 reference->collaboration->id, reference->series->id, cycle,
                 reference->site != NULL ? "/" : "",
                 reference->site != NULL ? reference->site : "");
  return FALSE;
}

static gboolean
fail_to_find_milestone (const TnOccurrence *occurrence, const char *id, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  for (guint i = 0; i < occurrence->milestones->len; i++)
    g_ptr_array_add (ids, ((TnMilestone *) g_ptr_array_index (occurrence->milestones, i))->id);
  g_ptr_array_add (ids, NULL);
  g_autofree char *names = g_strjoinv (", ", (char **) ids->pdata);
  g_autofree char *reference = tn_occurrence_to_reference (occurrence);
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "%s has no milestone '%s', expected one of: %s",
               reference, id, ids->len > 1 ? names : "none");
  return FALSE;
}

static gboolean
find_subject (const TnPlan *plan, const TnReference *reference, Subject *subject, GError **error)
{
  g_autofree char *cycle = tn_cycle_to_string (&reference->cycle);
  subject->occurrence = tn_plan_find (plan, reference->collaboration->id, reference->series->id,
                                      cycle, reference->site);
  if (subject->occurrence == NULL)
    return fail_to_find (reference, error);
  if (reference->milestone == NULL)
    return TRUE;
  subject->milestone = tn_occurrence_find_milestone (subject->occurrence, reference->milestone);
  return subject->milestone != NULL
         || fail_to_find_milestone (subject->occurrence, reference->milestone, error);
}

static char *
dup_reference (const Subject *subject)
{
  g_autofree char *reference = tn_occurrence_to_reference (subject->occurrence);
  return subject->milestone == NULL ? g_steal_pointer (&reference)
                                    : g_strconcat (reference, "#", subject->milestone->id, NULL);
}

static void
add_milestone (JsonBuilder *builder, const TnMilestone *milestone)
{
  json_builder_begin_object (builder);
  tn_json_add_text (builder, "id", milestone->id);
  tn_json_add_text (builder, "title", milestone->title);
  tn_json_add_date (builder, "due", milestone->due);
  tn_json_add_text (builder, "by", milestone->by);
  tn_json_add_texts (builder, "councils", milestone->councils);
  tn_json_add_flag (builder, "done", milestone->done);
  tn_json_add_reasons (builder, "reasons", milestone->reasons);
  json_builder_end_object (builder);
}

static void
add_turns (JsonBuilder *builder, const TnOccurrence *occurrence)
{
  tn_json_begin_array (builder, "roles");
  for (guint i = 0; i < occurrence->turns->len; i++)
    {
      const TnTurn *turn = g_ptr_array_index (occurrence->turns, i);
      json_builder_begin_object (builder);
      tn_json_add_text (builder, "role", turn->rule->name);
      tn_json_add_texts (builder, "councils", turn->councils);
      tn_json_add_text (builder, "status", tn_turn_status_to_string (turn->status));
      tn_json_add_reasons (builder, "reasons", turn->reasons);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_date (JsonBuilder *builder, const TnOccurrence *occurrence)
{
  tn_json_begin_object (builder, "date");
  tn_listing_add_when (builder, occurrence);
  tn_json_add_text (builder, "status", tn_status_to_string (occurrence->status));
  tn_json_add_flag (builder, "computed", tn_listing_is_computed (occurrence));
  tn_json_add_reasons (builder, "reasons", occurrence->reasons);
  json_builder_end_object (builder);
}

static void
print_json (const TnCall *call, const Subject *subject)
{
  const TnOccurrence *occurrence = subject->occurrence;
  g_autofree char *reference = dup_reference (subject);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  tn_json_add_text (builder, "reference", reference);
  tn_json_add_text (builder, "title", occurrence->title);
  if (subject->milestone == NULL)
    {
      add_date (builder, occurrence);
      add_turns (builder, occurrence);
    }
  tn_json_begin_array (builder, "milestones");
  for (guint i = 0; i < occurrence->milestones->len; i++)
    {
      const TnMilestone *milestone = g_ptr_array_index (occurrence->milestones, i);
      if (subject->milestone == NULL || subject->milestone == milestone)
        add_milestone (builder, milestone);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  tn_call_print_json (call, root);
}

/* So wide is the column of rules; a longer name pushes its line to the right. */
static const int RULE_COLUMNS = 10;

static void
print_reasons (const TnCall *call, const GPtrArray *reasons)
{
  for (guint i = 0; i < reasons->len; i++)
    {
      const TnReason *reason = g_ptr_array_index (reasons, i);
      const char *rule = tn_say_code (call->language, reason->rule);
      g_autofree char *text = tn_tell (call->language, reason->text);
      tn_call_print (call, "  %s%*s %s [%s]\n", rule,
                     MAX (RULE_COLUMNS - (int) g_utf8_strlen (rule, -1), 0), "", text,
                     reason->source);
    }
}

static void
print_milestone (const TnCall *call, const TnOccurrence *occurrence, const TnMilestone *milestone)
{
  g_autofree char *due = tn_date_to_string (milestone->due);
  g_autofree char *duty = tn_listing_format_duty (call->language, occurrence, milestone);
  tn_call_print (call, "\n#%s: %s, %s: %s%s\n", milestone->id, due, duty, milestone->title,
                 milestone->done ? tn_say (call->language, " (done)") : "");
  print_reasons (call, milestone->reasons);
}

static void
print_date (const TnCall *call, const TnOccurrence *occurrence)
{
  g_autofree char *when = tn_listing_format_when (call->language, occurrence);
  tn_call_print (call, tn_say (call->language, "\ndate: %s, %s\n"), when,
                 tn_say_code (call->language, tn_status_to_string (occurrence->status)));
  if (tn_listing_is_computed (occurrence))
    tn_call_print (call,
                   tn_say (call->language,
                           "  computed: it is past, and no decision confirms that it was so\n"));
  print_reasons (call, occurrence->reasons);
}

static void
print_turn (const TnCall *call, const TnOccurrence *occurrence, const TnTurn *turn)
{
  g_autofree char *names = tn_listing_format_councils (call->language, occurrence, turn->councils);
  tn_call_print (call, "\n%s: %s, %s\n", tn_say_code (call->language, turn->rule->name), names,
                 tn_say_code (call->language, tn_turn_status_to_string (turn->status)));
  print_reasons (call, turn->reasons);
}

static void
print_text (const TnCall *call, const Subject *subject)
{
  const TnOccurrence *occurrence = subject->occurrence;
  g_autofree char *reference = dup_reference (subject);
  tn_call_print (call, "%s: %s\n", reference, occurrence->title);
  if (subject->milestone != NULL)
    {
      print_milestone (call, occurrence, subject->milestone);
      return;
    }
  for (guint i = 0; i < occurrence->turns->len; i++)
    print_turn (call, occurrence, g_ptr_array_index (occurrence->turns, i));
  print_date (call, occurrence);
  for (guint i = 0; i < occurrence->milestones->len; i++)
    print_milestone (call, occurrence, g_ptr_array_index (occurrence->milestones, i));
}

static int
run (TnCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnPapers) papers = tn_papers_load (call, &error);
  g_auto (TnReference) reference = { .site = NULL };
  if (papers == NULL || !tn_reference_parse (papers->rulebook, call->words[0], &reference, &error))
    return tn_call_fail (call, error);
  g_autoptr (TnPlan) plan = tn_papers_plan_cycle (papers, &reference.cycle, &reference.cycle);
  Subject subject = { .milestone = NULL };
  if (!find_subject (plan, &reference, &subject, &error))
    return tn_call_fail (call, error);
  if (tn_call_wants_json (call))
    print_json (call, &subject);
  else
    print_text (call, &subject);
  return TN_EXIT_DONE;
}

const TnCommand tn_cmd_explain = {
  .name = "explain",
  .topic = TN_TOPIC_PLAN,
  .see_also = "list hosts history",
  .arguments = "OCCURRENCE",
  .summary = N_ ("why this host, why this date, and who decided"),
  .help
  = N_ ("Tells step by step why a council has a role and why the date is the one it is: the rule "
        "or the\n"
        "decision, and where it stands. A line `breach` names a rule that a decision breaks.\n"
        "OCCURRENCE is what `turnusctl list` shows, 7by/studietur/2027; the collaboration may be "
        "left out\n"
        "when no other has such a series. With #milestone behind it, only that deadline is "
        "explained.\n\n"
        "Example: why is Esbjerg the host of 2027?\n"
        "  turnusctl explain studietur/2027 --charter 7by.conf"),
  .n_min_words = 1,
  .n_max_words = 1,
  .run = run,
};
