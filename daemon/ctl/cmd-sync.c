/* turnusctl sync, apply, approve, claim: the daemon does something with calendars, and reports. */
#include "base/error.h"
#include "ctl/answer.h"
#include "ctl/bus.h"
#include "ctl/command.h"
#include "ctl/stale.h"
#include "model/catalogue.h"

#include <string.h>

static void
print_calendars (const TnCall *call, JsonArray *calendars)
{
  for (guint i = 0; i < json_array_get_length (calendars); i++)
    {
      JsonObject *calendar = json_array_get_object_element (calendars, i);
      g_autofree char *problem = tn_answer_dup_told (call, calendar, "problem");
      tn_call_print (call, "%s: %s%s%s\n", tn_answer_get (calendar, "id"),
                     tn_say_code (call->language, tn_answer_get (calendar, "state")),
                     *problem != '\0' ? ": " : "", problem);
    }
}

static int
report (TnCall *call, const char *method, GVariant *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = tn_bus_ask (call, method, arguments, &error);
  if (answer == NULL)
    return tn_call_fail (call, error);
  JsonObject *told = json_node_get_object (answer);
  if (tn_call_wants_json (call))
    {
      tn_call_print_json (call, answer);
      return tn_answer_find_exit (told);
    }
  tn_answer_print_history (call, json_object_get_array_member (told, "done"), FALSE);
  print_calendars (call, json_object_get_array_member (told, "calendars"));
  tn_answer_print_waiting (call, told);
  return tn_answer_find_exit (told);
}

/* `sync`, `apply` and `approve` are methods of the same names. */
static int
run_named (TnCall *call)
{
  gboolean takes_one = call->command->n_max_words == 1;
  g_autofree char *method = g_strdup (call->command->name);
  method[0] = g_ascii_toupper (method[0]);
  return report (call, method,
                 takes_one ? g_variant_new ("(s)", call->words[0])
                           : g_variant_new ("(^as)", call->words));
}

static int
refuse_stale (TnCall *call, const char *path, GPtrArray *moves)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_append_printf (
      text,
      tn_say (call->language,
              "cannot apply %s, the plan is stale: nothing is written. Make it anew "
              "with turnusctl plan -o FILE. What has moved since:"),
      path);
  for (guint i = 0; i < moves->len; i++)
    {
      g_autofree char *move = tn_tell (call->language, g_ptr_array_index (moves, i));
      g_string_append_printf (text, "\n  %s", move);
    }
  g_autoptr (GError) error = g_error_new_literal (TN_ERROR, TN_ERROR_CONFLICT, text->str);
  return tn_call_fail (call, error);
}

/* The daemon looks once more before it writes, so what moves between the two questions is found. */
static int
apply_plan (TnCall *call, const char *path, JsonObject *then)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) meant = tn_answer_dup_texts (json_object_get_array_member (then, "meant"));
  g_autoptr (JsonNode) answer
      = tn_bus_ask (call, "PlanFile", g_variant_new ("(^as)", meant), &error);
  if (answer == NULL)
    return tn_call_fail (call, error);
  JsonObject *now = json_node_get_object (answer);
  g_autoptr (GPtrArray) moves = tn_stale_list_moves (then, now);
  if (moves->len > 0)
    return refuse_stale (call, path, moves);
  return report (call, "ApplyFile", g_variant_new ("(^ass)", meant, tn_answer_get (now, "digest")));
}

/* Ids of calendars have neither dots nor slashes. */
static gboolean
is_file (const TnCall *call)
{
  return call->n_words == 1 && strpbrk (call->words[0], "./") != NULL;
}

static int
run_apply (TnCall *call)
{
  if (!is_file (call))
    return run_named (call);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) plan = tn_stale_load_plan (call->words[0], &error);
  if (plan == NULL)
    return tn_call_fail (call, error);
  return apply_plan (call, call->words[0], json_node_get_object (plan));
}

static int
run_claim (TnCall *call)
{
  gboolean none = tn_call_has_option (call, "none");
  const char *reference = call->n_words > 2 ? call->words[2] : "";
  if (none && call->n_words > 2)
    {
      g_autoptr (GError) error
          = g_error_new (TN_ERROR, TN_ERROR_INVALID,
                         "an entry is either %s or, with --none, no occurrence at all", reference);
      return tn_call_fail (call, error);
    }
  return report (call, "Claim",
                 g_variant_new ("(sssb)", call->words[0], call->words[1], reference, none));
}

static const TnOption CLAIM_OPTIONS[] = {
  { "none", NULL, N_ ("the entry is no occurrence: what waited for it is published"), 0, FALSE },
  { NULL, NULL, NULL, 0, FALSE },
};

const TnCommand tn_cmd_sync = {
  .name = "sync",
  .topic = TN_TOPIC_CALENDARS,
  .see_also = "status apply",
  .arguments = "[CALENDAR…]",
  .summary = N_ ("pass now, until the calendars agree with the plan"),
  .help = N_ ("Passes over the named calendars, or all, and says what was done.\n\n"
              "Ends with 1 when a calendar fails, with 3 when something waits.\n\n"
              "Example\n"
              "  turnusctl sync"),
  .needs_daemon = TRUE,
  .n_max_words = G_MAXUINT,
  .run = run_named,
};

const TnCommand tn_cmd_apply = {
  .name = "apply",
  .topic = TN_TOPIC_CALENDARS,
  .see_also = "plan sync approve",
  .arguments = "[FILE|CALENDAR…]",
  .summary = N_ ("do what plan showed: first publications and new editions too"),
  .help
  = N_ ("Puts a new edition of the charter in force, if one waits, and does what `turnusctl plan`\n"
        "showed in the named calendars, or all, also where they are in mode \"ask\".\n"
        "With a FILE of `turnusctl plan -o FILE`, known by a dot or slash in its name, it does\n"
        "exactly that plan; when anything has moved that it stands on, it writes nothing and\n"
        "says what: charter, ledger entry, or calendar and event.\n\n"
        "Ends with 1 when a calendar fails or the plan is stale, with 3 when something waits.\n\n"
        "Example\n"
        "  turnusctl plan && turnusctl apply"),
  .needs_daemon = TRUE,
  .n_max_words = G_MAXUINT,
  .run = run_apply,
};

const TnCommand tn_cmd_approve = {
  .name = "approve",
  .topic = TN_TOPIC_CALENDARS,
  .see_also = "plan status",
  .arguments = "CALENDAR",
  .summary = N_ ("let a calendar go on that the brake stopped"),
  .help
  = N_ ("The brake stops a calendar when a pass would remove or change more than a set share of\n"
        "it, or when its events vanished in bulk. `turnusctl status` says so, and `plan` shows\n"
        "what it would do. This lets one pass through.\n\n"
        "Example\n"
        "  turnusctl approve egen"),
  .needs_daemon = TRUE,
  .n_min_words = 1,
  .n_max_words = 1,
  .run = run_named,
};

const TnCommand tn_cmd_claim = {
  .name = "claim",
  .topic = TN_TOPIC_CALENDARS,
  .see_also = "plan apply",
  .arguments = "CALENDAR ENTRY [OCCURRENCE]",
  .summary = N_ ("an entry made by hand is this occurrence (or --none)"),
  .help
  = N_ ("Links an entry that somebody had made by hand with the occurrence that it is: its date,\n"
        "time and place become decisions, and nothing in it is changed. `turnusctl plan` lists\n"
        "the entries that may be such twins, and which occurrence each may be.\n\n"
        "Example\n"
        "  turnusctl claim egen moede-2027.ics 7by/erfa/2027"),
  .needs_daemon = TRUE,
  .n_min_words = 2,
  .n_max_words = 3,
  .options = CLAIM_OPTIONS,
  .run = run_claim,
};
