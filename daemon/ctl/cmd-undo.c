/* turnusctl undo: what would take a pass back; with --apply, it is done. */
#include "base/error.h"
#include "base/log.h"
#include "ctl/answer.h"
#include "ctl/bus.h"
#include "ctl/command.h"
#include "model/catalogue.h"

static void
print_effects (const TnCall *call, JsonArray *effects)
{
  for (guint i = 0; i < json_array_get_length (effects); i++)
    {
      JsonObject *effect = json_array_get_object_element (effects, i);
      g_autofree char *title = tn_answer_dup_shown (effect, "title");
      g_autofree char *field = tn_answer_dup_told (call, effect, "field");
      g_autofree char *before = tn_answer_dup_shown (effect, "before");
      g_autofree char *after = tn_answer_dup_shown (effect, "after");
      tn_call_print (call, "      %s: %s: \"%s\" → \"%s\"\n", title, field, before, after);
    }
}

static gboolean
can_be_undone (JsonObject *step)
{
  return tn_answer_get (step, "why_not") == NULL;
}

static void
print_step (const TnCall *call, JsonObject *step)
{
  g_autofree char *reference = tn_answer_dup_shown (step, "reference");
  g_autofree char *what = tn_answer_dup_told (call, step, "what");
  g_autofree char *field = tn_answer_dup_told (call, step, "field");
  g_autofree char *before = tn_answer_dup_shown (step, "before");
  g_autofree char *after = tn_answer_dup_shown (step, "after");
  tn_call_print (call, "  %s %s %s %s: \"%s\" → \"%s\"\n", can_be_undone (step) ? "<" : "!", what,
                 reference, field, before, after);
  if (can_be_undone (step))
    {
      print_effects (call, json_object_get_array_member (step, "effects"));
      return;
    }
  g_autofree char *why_not = tn_answer_dup_told (call, step, "why_not");
  tn_call_print (call, tn_say (call->language, "      stays: %s\n"), why_not);
}

/* Returns: how many steps can be taken back */
static guint
print_steps (const TnCall *call, JsonArray *steps, gboolean is_quiet)
{
  guint n_undone = 0;
  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      JsonObject *step = json_array_get_object_element (steps, i);
      n_undone += can_be_undone (step) ? 1 : 0;
      if (!is_quiet)
        print_step (call, step);
    }
  return n_undone;
}

static int
show (const TnCall *call, JsonNode *answer, gboolean dry_run)
{
  JsonObject *undo = json_node_get_object (answer);
  JsonArray *steps = json_object_get_array_member (undo, "steps");
  gboolean is_quiet = tn_call_wants_json (call);
  const char *pass = tn_answer_get (undo, "pass");
  const char *council = tn_call_get_option (call, "for");
  if (is_quiet)
    tn_call_print_json (call, answer);
  else
    tn_call_print (call,
                   dry_run ? tn_say (call->language, "The pass %s, and what would take it back:\n")
                           : tn_say (call->language, "The pass %s, taken back:\n"),
                   pass);
  guint n_undone = print_steps (call, steps, is_quiet);
  if (dry_run && n_undone > 0 && !is_quiet)
    tn_call_print (
        call, tn_say (call->language, "\nNothing is done yet: turnusctl undo %s --apply%s%s\n"),
        pass, council != NULL ? " --for " : "", council != NULL ? council : "");
  return n_undone == json_array_get_length (steps) ? TN_EXIT_DONE : TN_EXIT_WAITS;
}

static int
run (TnCall *call)
{
  gboolean dry_run = !tn_call_has_option (call, "apply");
  const char *pass = call->n_words > 0 ? call->words[0] : "";
  const char *council = tn_call_get_option (call, "for");
  g_autoptr (GError) error = NULL;
  if (!dry_run && *pass == '\0')
    {
      g_set_error (&error, TN_ERROR, TN_ERROR_INVALID,
                   "--apply takes back the pass that you have looked at: say which, as turnusctl "
                   "undo names it");
      return tn_call_fail (call, error);
    }
  g_autoptr (JsonNode) answer = tn_bus_ask (
      call, "Undo", g_variant_new ("(ssb)", pass, council != NULL ? council : "", dry_run), &error);
  return answer != NULL ? show (call, answer, dry_run) : tn_call_fail (call, error);
}

static const TnOption OPTIONS[] = {
  { "apply", NULL, N_ ("do it, not only say what would be done"), 0, FALSE },
  { "for", "COUNCIL", N_ ("who takes it back; that of the settings when not said"), 0, FALSE },
  { NULL, NULL, NULL, 0, FALSE },
};

const TnCommand tn_cmd_undo = {
  .name = "undo",
  .topic = TN_TOPIC_ANSWER,
  .see_also = "history ledger",
  .arguments = "[PASS]",
  .summary = N_ ("what would take back a pass; --apply does it"),
  .help
  = N_ ("Shows the last pass that took decisions from edits in a calendar, or the one that is\n"
        "named, and what would take it back: each decision is answered by a counter-decision,\n"
        "by one who may, and the values go back in all calendars. The ledger keeps both.\n"
        "  <  can be taken back        !  cannot, and why\n"
        "Nothing is done without --apply, which wants the name of the pass.\n\n"
        "Ends with 3 when a part of it cannot be taken back.\n\n"
        "Example\n"
        "  turnusctl undo\n"
        "  turnusctl undo esbjerg@2027-01-12T09:31:05.120334Z --apply --for esbjerg"),
  .needs_daemon = TRUE,
  .n_max_words = 1,
  .options = OPTIONS,
  .run = run,
};
