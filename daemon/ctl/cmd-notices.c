/* turnusctl notices: who is told by mail, and what became of the letters. */
#include "base/error.h"
#include "ctl/answer.h"
#include "ctl/bus.h"
#include "ctl/command.h"
#include "model/catalogue.h"
#include "ctl/table.h"

#include <string.h>

static void
print_letters (const TnCall *call, JsonArray *letters)
{
  static const char *const headings[] = { N_ ("WRITTEN"), N_ ("TO"),      N_ ("KIND"), N_ ("STATE"),
                                          N_ ("TRIES"),   N_ ("SUBJECT"), NULL };
  g_autoptr (TnTable) table = tn_table_new_in (call->language, headings);
  for (guint i = 0; i < json_array_get_length (letters); i++)
    {
      JsonObject *letter = json_array_get_object_element (letters, i);
      g_autofree char *subject = tn_answer_dup_shown (letter, "subject");
      g_autofree char *tries
          = g_strdup_printf ("%" G_GINT64_FORMAT, json_object_get_int_member (letter, "tries"));
      gboolean is_unsure = json_object_get_boolean_member (letter, "unsure");
      g_autofree char *state
          = g_strconcat (tn_answer_get (letter, "state"), is_unsure ? ", maybe twice" : "", NULL);
      tn_table_add (table, tn_answer_get (letter, "written"), tn_answer_get (letter, "address"),
                    tn_answer_get (letter, "kind"), state, tries, subject, NULL);
    }
  if (json_array_get_length (letters) > 0)
    tn_table_print (table, call->out);
  else
    tn_call_print (call, tn_say (call->language, "No letter was written in the last 30 days.\n"));
}

static void
print_mailboxes (const TnCall *call, JsonArray *mailboxes)
{
  for (guint i = 0; i < json_array_get_length (mailboxes); i++)
    {
      JsonObject *mailbox = json_array_get_object_element (mailboxes, i);
      const char *council = tn_answer_get (mailbox, "council");
      tn_call_print (call, tn_say (call->language, "  %s for %s\n"),
                     tn_answer_get (mailbox, "address"),
                     council != NULL ? council : "those who look after turnus");
    }
}

static void
print_problems (const TnCall *call, JsonArray *letters)
{
  for (guint i = 0; i < json_array_get_length (letters); i++)
    {
      JsonObject *letter = json_array_get_object_element (letters, i);
      g_autofree char *problem = tn_answer_dup_shown (letter, "problem");
      if (tn_answer_get (letter, "problem") != NULL)
        tn_call_print (call, tn_say (call->language, "\n%s to %s: %s\n"),
                       tn_answer_get (letter, "state"), tn_answer_get (letter, "address"), problem);
    }
}

/* Returns: whether a letter was given up */
static gboolean
has_given_up (JsonArray *letters)
{
  for (guint i = 0; i < json_array_get_length (letters); i++)
    if (strcmp (tn_answer_get (json_array_get_object_element (letters, i), "state"), "given up")
        == 0)
      return TRUE;
  return FALSE;
}

static int
show (const TnCall *call, JsonNode *answer)
{
  JsonObject *notices = json_node_get_object (answer);
  JsonArray *letters = json_object_get_array_member (notices, "letters");
  const char *server = tn_answer_get (notices, "server");
  if (tn_call_wants_json (call))
    tn_call_print_json (call, answer);
  else if (server == NULL)
    tn_call_print (
        call, tn_say (call->language,
                      "No letters are sent: the settings say no mail = { server = \"…\"; … }\n"));
  else
    {
      tn_call_print (call, tn_say (call->language, "Letters go by %s to\n"), server);
      print_mailboxes (call, json_object_get_array_member (notices, "mailboxes"));
      tn_call_print (call, "\n");
      print_letters (call, letters);
      print_problems (call, letters);
      if (tn_answer_get (notices, "problem") != NULL)
        tn_call_print (call, tn_say (call->language, "\nno letters can be sent: %s\n"),
                       tn_answer_get (notices, "problem"));
    }
  if (tn_answer_get (notices, "problem") != NULL)
    return TN_EXIT_FAILED;
  return has_given_up (letters) ? TN_EXIT_WAITS : TN_EXIT_DONE;
}

static int
send_test (TnCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer
      = tn_bus_ask (call, "NoticeTest", g_variant_new ("(s)", call->words[1]), &error);
  if (answer == NULL)
    return tn_call_fail (call, error);
  if (tn_call_wants_json (call))
    tn_call_print_json (call, answer);
  else
    tn_call_print (
        call, "A test letter to %s is on its way; turnusctl notices says what becomes of it.\n",
        call->words[1]);
  return TN_EXIT_DONE;
}

static int
run (TnCall *call)
{
  g_autoptr (GError) error = NULL;
  if (call->n_words == 2 && strcmp (call->words[0], "test") == 0)
    return send_test (call);
  if (call->n_words > 0)
    {
      g_set_error (&error, TN_ERROR, TN_ERROR_INVALID,
                   "it goes `turnusctl notices` or `turnusctl notices test ADDRESS`");
      return tn_call_fail (call, error);
    }
  g_autoptr (JsonNode) answer = tn_bus_ask (call, "Notices", NULL, &error);
  return answer != NULL ? show (call, answer) : tn_call_fail (call, error);
}

const TnCommand tn_cmd_notices = {
  .name = "notices",
  .topic = TN_TOPIC_CALENDARS,
  .see_also = "status doctor",
  .arguments = "[test ADDRESS]",
  .summary = N_ ("who is told by mail, and what became of the letters"),
  .help
  = N_ ("Lists the mailboxes that the settings name in `contacts`, and the letters of the last 30\n"
        "days, the newest first. What stood in them is not kept once they went.\n"
        "A letter that the server refuses, or cannot be sent for five days, is given up, and\n"
        "`status` says so. `maybe twice`: the answer to its last line was lost, and it was sent\n"
        "again under the same Message-ID.\n\n"
        "`test` sends one test letter to a mailbox of the settings.\n\n"
        "Ends with 1 when no letters can be sent, with 3 when one was given up.\n\n"
        "Example\n"
        "  turnusctl notices test it-drift@odense.example"),
  .n_max_words = 2,
  .needs_daemon = TRUE,
  .run = run,
};
