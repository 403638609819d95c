/* turnusctl proposals, conflicts, history: what people changed, and what became of it. */
#include "base/error.h"
#include "ctl/answer.h"
#include "ctl/bus.h"
#include "ctl/command.h"
#include "model/catalogue.h"

#include <string.h>

/* Of whom it is, and where it was made: in a calendar, by a command, or at another daemon. */
static char *
describe_origin (const TnCall *call, JsonObject *proposal)
{
  const char *kind = tn_say_code (call->language, tn_answer_get (proposal, "kind"));
  const char *council = tn_answer_get (proposal, "council");
  const char *who = council != NULL ? council : tn_say_code (call->language, "somebody");
  const char *calendar = tn_answer_get (proposal, "calendar");
  const char *origin = tn_answer_get (proposal, "origin");
  if (origin != NULL)
    return g_strdup_printf (tn_say (call->language, "%s of %s in the journal of %s"), kind, who,
                            origin);
  if (calendar != NULL)
    return g_strdup_printf (tn_say (call->language, "%s of %s in calendar %s"), kind, who,
                            calendar);
  return g_strdup_printf (tn_say (call->language, "%s of %s by command"), kind, who);
}

static void
print_answer (const TnCall *call, JsonObject *proposal)
{
  const char *answered_by = tn_answer_get (proposal, "answered_by");
  const char *answer_origin = tn_answer_get (proposal, "answer_origin");
  if (answered_by != NULL)
    tn_call_print (call, tn_say (call->language, " by %s"), answered_by);
  if (answer_origin != NULL)
    tn_call_print (call, tn_say (call->language, ", in the journal of %s"), answer_origin);
  tn_call_print (call, "\n");
}

static void
print_proposal (const TnCall *call, JsonObject *proposal)
{
  g_autofree char *title = tn_answer_dup_shown (proposal, "title");
  g_autofree char *value = tn_answer_dup_shown (proposal, "value");
  g_autofree char *instead_of = tn_answer_dup_shown (proposal, "instead_of");
  g_autofree char *deciders = tn_answer_join (json_object_get_array_member (proposal, "deciders"));
  gboolean is_open = strcmp (tn_answer_get (proposal, "state"), "open") == 0;
  tn_call_print (call, "%.8s  %s  %s  %s\n", tn_answer_get (proposal, "id"),
                 tn_answer_get (proposal, "on"), tn_answer_get (proposal, "reference"), title);
  tn_call_print (call, tn_say (call->language, "    %s: \"%s\" instead of \"%s\"\n"),
                 tn_say_code (call->language, tn_answer_get (proposal, "field")), value,
                 instead_of);
  g_autofree char *made = describe_origin (call, proposal);
  const char *state = tn_say_code (call->language, tn_answer_get (proposal, "state"));
  tn_call_print (call, "    %s, %s", made, state);
  if (is_open)
    tn_call_print (call, tn_say (call->language, ": waits for %s\n"),
                   *deciders != '\0' ? deciders : tn_say (call->language, "nobody at present"));
  else
    print_answer (call, proposal);
}

/* Keeps those of @kind, or all. */
static JsonNode *
filter (JsonNode *all, const char *kind)
{
  JsonArray *proposals = json_node_get_array (all);
  g_autoptr (JsonArray) kept = json_array_new ();
  for (guint i = 0; i < json_array_get_length (proposals); i++)
    {
      JsonNode *element = json_array_get_element (proposals, i);
      if (kind == NULL
          || strcmp (tn_answer_get (json_node_get_object (element), "kind"), kind) == 0)
        json_array_add_element (kept, json_node_copy (element));
    }
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  json_node_set_array (node, kept);
  return node;
}

static int
list (TnCall *call, const char *kind)
{
  g_autoptr (GError) error = NULL;
  gboolean all = tn_call_has_option (call, "all");
  g_autoptr (JsonNode) answer = tn_bus_ask (call, "Proposals", g_variant_new ("(b)", all), &error);
  if (answer == NULL)
    return tn_call_fail (call, error);
  g_autoptr (JsonNode) kept = filter (answer, kind);
  JsonArray *proposals = json_node_get_array (kept);
  guint n_open = 0;
  for (guint i = 0; i < json_array_get_length (proposals); i++)
    {
      JsonObject *proposal = json_array_get_object_element (proposals, i);
      n_open += strcmp (tn_answer_get (proposal, "state"), "open") == 0 ? 1 : 0;
      if (!tn_call_wants_json (call))
        print_proposal (call, proposal);
    }
  if (tn_call_wants_json (call))
    tn_call_print_json (call, kept);
  else if (json_array_get_length (proposals) == 0)
    tn_call_print (call, tn_say (call->language, "none\n"));
  return n_open > 0 ? TN_EXIT_WAITS : TN_EXIT_DONE;
}

static int
settle (TnCall *call, gboolean accepts)
{
  g_autoptr (GError) error = NULL;
  const char *council = tn_call_get_option (call, "for");
  g_autoptr (JsonNode) answer = tn_bus_ask (
      call, "Answer",
      g_variant_new ("(sbs)", call->words[1], accepts, council != NULL ? council : ""), &error);
  if (answer == NULL)
    return tn_call_fail (call, error);
  if (tn_call_wants_json (call))
    tn_call_print_json (call, answer);
  else
    tn_call_print (call,
                   accepts ? tn_say (call->language, "accepted by %s\n")
                           : tn_say (call->language, "rejected by %s\n"),
                   tn_answer_get (json_node_get_object (answer), "council"));
  return TN_EXIT_DONE;
}

static int
run_proposals (TnCall *call)
{
  const char *verb = call->n_words > 0 ? call->words[0] : NULL;
  if (verb == NULL)
    return list (call, NULL);
  if (call->n_words == 2 && (strcmp (verb, "accept") == 0 || strcmp (verb, "reject") == 0))
    return settle (call, strcmp (verb, "accept") == 0);
  g_autoptr (GError) error
      = g_error_new (TN_ERROR, TN_ERROR_INVALID,
                     "it goes `turnusctl proposals`, `turnusctl proposals accept ID` or `turnusctl "
                     "proposals reject ID`");
  return tn_call_fail (call, error);
}

static int
run_conflicts (TnCall *call)
{
  return list (call, "conflict");
}

static int
run_history (TnCall *call)
{
  g_autoptr (GError) error = NULL;
  const char *reference = call->n_words > 0 ? call->words[0] : "";
  const char *limit = tn_call_get_option (call, "most");
  guint64 most = 0;
  if (limit != NULL && !g_ascii_string_to_unsigned (limit, 10, 1, 10000, &most, NULL))
    {
      g_set_error (&error, TN_ERROR, TN_ERROR_INVALID,
                   "--most %s: expected a number from 1 to 10000", limit);
      return tn_call_fail (call, error);
    }
  g_autoptr (JsonNode) answer
      = tn_bus_ask (call, "History", g_variant_new ("(su)", reference, (guint) most), &error);
  if (answer == NULL)
    return tn_call_fail (call, error);
  if (tn_call_wants_json (call))
    tn_call_print_json (call, answer);
  else if (json_array_get_length (json_node_get_array (answer)) == 0)
    tn_call_print (call, "%s\n", tn_say (call->language, "nothing was done yet"));
  else
    tn_answer_print_history (call, json_node_get_array (answer), TRUE);
  return TN_EXIT_DONE;
}

static const TnOption PROPOSALS_OPTIONS[] = {
  { "all", NULL, N_ ("also those that are answered"), 'a', FALSE },
  { "for", "COUNCIL", N_ ("accept or reject for this council; that of the settings when not said"),
    0, FALSE },
  { NULL, NULL, NULL, 0, FALSE },
};

static const TnOption CONFLICTS_OPTIONS[] = {
  { "all", NULL, N_ ("also those that are answered"), 'a', FALSE },
  { NULL, NULL, NULL, 0, FALSE },
};

static const TnOption HISTORY_OPTIONS[] = {
  { "most", "NUMBER", N_ ("so many of the last entries; 100 when not said"), 'n', FALSE },
  { NULL, NULL, NULL, 0, FALSE },
};

const TnCommand tn_cmd_proposals = {
  .name = "proposals",
  .topic = TN_TOPIC_ANSWER,
  .see_also = "conflicts history explain",
  .arguments = "[accept|reject ID]",
  .summary = N_ ("changes that wait for an answer; accept or reject one"),
  .help
  = N_ ("Lists what people changed who may not change it: it was put back, and waits for one who\n"
        "may. Also the losers of two changes of the same field. Accepted, a change is a decision\n"
        "of the council that accepts it, and reaches all calendars. The beginning of an ID will\n"
        "do.\n\n"
        "Ends with 3 while some are open.\n\n"
        "Example\n"
        "  turnusctl proposals accept 1f2e3d4c --for esbjerg"),
  .needs_daemon = TRUE,
  .n_max_words = 2,
  .options = PROPOSALS_OPTIONS,
  .run = run_proposals,
};

const TnCommand tn_cmd_conflicts = {
  .name = "conflicts",
  .topic = TN_TOPIC_ANSWER,
  .see_also = "proposals history",
  .arguments = "",
  .summary = N_ ("two changes of one field: the one that did not win"),
  .help
  = N_ ("Lists changes that one who may made without seeing another one of the same field. One\n"
        "won, by the order host, organiser, secretariat, shared, others; this is the other one.\n"
        "It is accepted or rejected as a proposal.\n\n"
        "Example\n"
        "  turnusctl conflicts --all"),
  .needs_daemon = TRUE,
  .options = CONFLICTS_OPTIONS,
  .run = run_conflicts,
};

const TnCommand tn_cmd_history = {
  .name = "history",
  .topic = TN_TOPIC_ANSWER,
  .see_also = "ledger explain undo",
  .arguments = "[OCCURRENCE]",
  .summary = N_ ("what was done, when and why"),
  .help = N_ ("Lists what was written, decided, put back and claimed, the last first.\n\n"
              "Example\n"
              "  turnusctl history 7by/studietur/2027"),
  .needs_daemon = TRUE,
  .n_max_words = 1,
  .options = HISTORY_OPTIONS,
  .run = run_history,
};
