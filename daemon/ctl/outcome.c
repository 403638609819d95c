/* What follows from a decision: what changes in the plan, who is asked, and how fair it is. */
#include "ctl/outcome.h"

#include "ctl/answer.h"
#include "ctl/shares.h"
#include "model/catalogue.h"

#include <string.h>

static void
print_effects (const TnCall *call, JsonArray *effects)
{
  for (guint i = 0; i < json_array_get_length (effects); i++)
    {
      JsonObject *effect = json_array_get_object_element (effects, i);
      g_autofree char *title = tn_answer_dup_shown (effect, "title");
      g_autofree char *before = tn_answer_dup_shown (effect, "before");
      g_autofree char *after = tn_answer_dup_shown (effect, "after");
      tn_call_print (call, "  %s (%s) %s: \"%s\" → \"%s\"\n", tn_answer_get (effect, "reference"),
                     title, tn_say_code (call->language, tn_answer_get (effect, "field")), before,
                     after);
    }
  if (json_array_get_length (effects) == 0)
    tn_call_print (call, tn_say (call->language, "  nothing changes in the plan\n"));
}

/**
 * tn_outcome_is_proposed:
 *
 * Returns: whether it waits for another council
 */
gboolean
tn_outcome_is_proposed (JsonObject *told)
{
  return !json_object_get_null_member (told, "proposal")
         && strcmp (tn_answer_get (json_object_get_object_member (told, "proposal"), "state"),
                    "open")
                == 0;
}

static void
print_proposed (const TnCall *call, JsonObject *proposal, gboolean dry_run)
{
  const char *id = tn_answer_get (proposal, "id");
  g_autofree char *deciders = tn_answer_join (json_object_get_array_member (proposal, "deciders"));
  if (dry_run)
    tn_call_print (
        call,
        tn_say (call->language, "would be proposed to %s, and change (nothing is decided):\n"),
        deciders);
  else
    tn_call_print (
        call,
        tn_say (call->language,
                "proposed to %s, who can say: turnusctl proposals accept %.8s, or reject "
                "%.8s\nthen it changes:\n"),
        deciders, id, id);
}

static void
print_head (const TnCall *call, JsonObject *told, gboolean dry_run)
{
  JsonObject *decision = json_object_get_object_member (told, "decision");
  if (tn_outcome_is_proposed (told))
    print_proposed (call, json_object_get_object_member (told, "proposal"), dry_run);
  else if (dry_run)
    tn_call_print (call, tn_say (call->language, "would change (nothing is decided):\n"));
  else
    tn_call_print (call, tn_say (call->language, "decided for %s, entry %s:\n"),
                   tn_answer_get (decision, "by"), tn_answer_get (decision, "id"));
}

/**
 * tn_outcome_print:
 * @told: what `Decide` answered
 */
void
tn_outcome_print (const TnCall *call, JsonObject *told, gboolean dry_run)
{
  print_head (call, told, dry_run);
  print_effects (call, json_object_get_array_member (told, "effects"));
  if (dry_run)
    tn_shares_print (call, json_object_get_array_member (told, "fairness"));
}
