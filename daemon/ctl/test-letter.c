/* The daemon alone has the login of the mail server and keeps the queue, so it sends the letter;
 * here is waited for what becomes of it. That it arrived, only who opens the mailbox can say. */
#include "ctl/test-letter.h"

#include "base/error.h"
#include "ctl/answer.h"
#include "ctl/bus.h"
#include "model/catalogue.h"

#include <string.h>

static const guint WAIT_MS = 250;
static const guint MAX_WAITS = 120; /* half a minute: a server that greylists says so at once */

static void
add (GPtrArray *findings, TnVerdict verdict, const char *text)
{
  TnFinding *finding = g_new0 (TnFinding, 1);
  finding->calendar = g_strdup ("mail");
  finding->what = "letter";
  finding->verdict = verdict;
  finding->text = g_strdup (text);
  g_ptr_array_add (findings, finding);
}

static JsonObject *
find_letter (JsonNode *answer, const char *id)
{
  JsonArray *letters = json_object_get_array_member (json_node_get_object (answer), "letters");
  for (guint i = 0; i < json_array_get_length (letters); i++)
    {
      JsonObject *letter = json_array_get_object_element (letters, i);
      if (id == NULL || strcmp (tn_answer_get (letter, "id"), id) == 0)
        return letter;
    }
  return NULL;
}

/* Returns: whether it is known now what became of it */
static gboolean
judge (const TnCall *call, JsonObject *letter, const char *address, GPtrArray *findings)
{
  const char *state = letter != NULL ? tn_answer_get (letter, "state") : NULL;
  const char *problem = letter != NULL ? tn_answer_get (letter, "problem") : NULL;
  g_autofree char *text = NULL;
  if (g_strcmp0 (state, "sent") == 0)
    {
      text = g_strdup_printf (
          tn_say (call->language, "the server took a test letter to %s; look whether it is there"),
          address);
      add (findings, TN_VERDICT_OK, text);
      return TRUE;
    }
  if (problem == NULL)
    return FALSE;
  add (findings, TN_VERDICT_BAD, problem);
  return TRUE;
}

static void
await (const TnCall *call, const char *id, const char *address, GPtrArray *findings)
{
  for (guint i = 0; i < MAX_WAITS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) answer = tn_bus_ask (call, "Notices", NULL, &error);
      if (answer == NULL)
        {
          add (findings, TN_VERDICT_BAD, error->message);
          return;
        }
      if (judge (call, find_letter (answer, id), address, findings))
        return;
      g_usleep (WAIT_MS * G_TIME_SPAN_MILLISECOND);
    }
  add (findings, TN_VERDICT_UNKNOWN,
       tn_say (call->language,
               "the test letter is still under way; turnusctl notices says what becomes of it"));
}

/**
 * tn_test_letter_send:
 * @address: a mailbox of the settings
 * @findings: (element-type TnFinding): one is added
 *
 * Sends a test letter, and waits until the server took it or said why not.
 */
void
tn_test_letter_send (const TnCall *call, const char *address, GPtrArray *findings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer
      = tn_bus_ask (call, "NoticeTest", g_variant_new ("(s)", address), &error);
  JsonObject *letter = answer != NULL ? find_letter (answer, NULL) : NULL;
  if (letter == NULL)
    add (findings, TN_VERDICT_BAD, error != NULL ? error->message : "no letter was written");
  else
    await (call, tn_answer_get (letter, "id"), address, findings);
}
