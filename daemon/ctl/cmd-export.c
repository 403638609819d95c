/* turnusctl export: charter and ledger as one file for the other councils. */
#include "base/error.h"
#include "ctl/command.h"
#include "ctl/delivery.h"
#include "ctl/export.h"
#include "ctl/json.h"
#include "ctl/reference.h"
#include "model/catalogue.h"

static gboolean
find_collaboration (const TnCall *call, const TnPapers *papers,
                    const TnCollaboration **ret_collaboration, GError **error)
{
  const char *id = tn_call_get_option (call, "collaboration");
  const GPtrArray *collaborations = papers->rulebook->collaborations;
  if (id != NULL)
    return tn_reference_find_collaboration (papers->rulebook, id, ret_collaboration, error);
  if (collaborations->len == 1)
    {
      *ret_collaboration = g_ptr_array_index (collaborations, 0);
      return TRUE;
    }
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
               "there are %u collaborations, and one goes into a file: say which with "
               "--collaboration ID",
               collaborations->len);
  return FALSE;
}

static gboolean
check_json (const TnCall *call, GError **error)
{
  if (!tn_call_wants_json (call) || tn_call_has_option (call, "output"))
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
               "--json tells what was written into a file: say which with -o FILE");
  return FALSE;
}

static void
print_json (const TnCall *call, const TnCollaboration *collaboration, const TnExport *export)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  tn_json_add_text (builder, "collaboration", collaboration->id);
  tn_json_add_text (builder, "file", tn_call_get_option (call, "output"));
  tn_json_add_number (builder, "edition_before", collaboration->edition);
  tn_json_add_number (builder, "edition", export->edition);
  tn_json_begin_array (builder, "added");
  for (guint i = 0; i < export->added->len; i++)
    json_builder_add_string_value (builder,
                                   ((const TnDecision *) g_ptr_array_index (export->added, i))->id);
  json_builder_end_array (builder);
  tn_json_add_reasons (builder, "left_out", export->left_out);
  json_builder_end_object (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  tn_call_print_json (call, root);
}

static void
print_text (const TnCall *call, const TnCollaboration *collaboration, const TnExport *export)
{
  tn_call_print (call,
                 tn_say_count (call->language, "%s: %s, %u decision added, ",
                               "%s: %s, %u decisions added, ", export->added->len),
                 tn_call_get_option (call, "output"), collaboration->name, export->added->len);
  tn_call_print (call,
                 export->edition != collaboration->edition
                     ? tn_say (call->language, "edition %d (raised)\n")
                     : tn_say (call->language, "edition %d\n"),
                 export->edition);
}

static int
run (TnCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnPapers) papers = check_json (call, &error) ? tn_papers_load (call, &error) : NULL;
  const TnCollaboration *collaboration = NULL;
  g_autofree char *folder = papers != NULL ? tn_papers_find_holiday_folder (call, &error) : NULL;
  if (folder == NULL || !find_collaboration (call, papers, &collaboration, &error))
    return tn_call_fail (call, error);
  g_autoptr (TnExport) export = tn_export_new (papers, collaboration, folder, &error);
  if (export == NULL || !tn_delivery_hand_over (call, export->text, &error))
    return tn_call_fail (call, error);
  for (guint i = 0; i < export->left_out->len; i++)
    {
      const TnReason *reason = g_ptr_array_index (export->left_out, i);
      g_autofree char *text = tn_tell (call->language, reason->text);
      tn_call_warn (call, "%s [%s]", text, reason->source);
    }
  if (tn_call_wants_json (call))
    print_json (call, collaboration, export);
  else if (tn_call_has_option (call, "output"))
    print_text (call, collaboration, export);
  return export->left_out->len == 0 && !papers->lacks_ledger ? TN_EXIT_DONE : TN_EXIT_WAITS;
}

static const TnOption OPTIONS[] = {
  { "output", "FILE", N_ ("write to this file instead of the terminal"), 'o', FALSE },
  { "collaboration", "COLLABORATION", N_ ("which one, when there are several"), 0, FALSE },
  { NULL, NULL, NULL, 0, FALSE },
};

const TnCommand tn_cmd_export = {
  .name = "export",
  .topic = TN_TOPIC_KEEP,
  .see_also = "check ledger backup",
  .arguments = "",
  .summary = N_ ("charter and ledger as one charter file for the other councils"),
  .help
  = N_ ("Writes the charter as it is, comments and all, with the decisions of the ledger that it "
        "does not\n"
        "record yet, and raises its edition by one where that changes its meaning. Without "
        "--config there is\n"
        "no ledger to add. Exit code 3 when a decision is left out that no charter can say, or "
        "when the "
        "ledger could\n"
        "not be read.\n\n"
        "Example: a file to send to the others\n"
        "  turnusctl export --config turnus.conf -o 7by-2.conf"),
  .n_max_words = 0,
  .options = OPTIONS,
  .run = run,
};
