/* Parts of answers that several commands show. Texts come from calendars of strangers: no control
 * sequence passes, and a description does not fill the screen (hazard 108). */
#include "ctl/answer.h"

#include <string.h>

#include "base/log.h"
#include "model/catalogue.h"

static const glong SHOWN_LETTERS = 120;

/**
 * tn_answer_get:
 *
 * Returns: (transfer none) (nullable): the text of the member, %NULL when it is null or missing
 */
const char *
tn_answer_get (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

/**
 * tn_answer_dup_shown:
 *
 * Returns: (transfer full): the text of the member on one line; "" when it is null
 */
char *
tn_answer_dup_shown (JsonObject *object, const char *name)
{
  const char *text = tn_answer_get (object, name);
  if (text == NULL)
    return g_strdup ("");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *line = g_strjoinv (" | ", lines);
  g_autofree char *safe = tn_log_make_safe (line);
  if (g_utf8_strlen (safe, -1) <= SHOWN_LETTERS)
    return g_steal_pointer (&safe);
  g_autofree char *start = g_utf8_substring (safe, 0, SHOWN_LETTERS);
  return g_strconcat (start, "…", NULL);
}

/**
 * tn_answer_dup_told:
 *
 * As tn_answer_dup_shown(), for a sentence that the daemon formed.
 *
 * Returns: (transfer full): it, in the language of who asks
 */
char *
tn_answer_dup_told (const TnCall *call, JsonObject *object, const char *name)
{
  const char *text = tn_answer_get (object, name);
  g_autofree char *told = text != NULL ? tn_tell (call->language, text) : g_strdup ("");
  return tn_log_make_safe (told);
}

/**
 * tn_answer_dup_texts:
 *
 * Returns: (transfer full): the texts; what is none is left out
 */
char **
tn_answer_dup_texts (JsonArray *texts)
{
  GPtrArray *list = g_ptr_array_new ();
  for (guint i = 0; i < json_array_get_length (texts); i++)
    {
      JsonNode *node = json_array_get_element (texts, i);
      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_string (node) != NULL)
        g_ptr_array_add (list, json_node_dup_string (node));
    }
  g_ptr_array_add (list, NULL);
  return (char **) g_ptr_array_free (list, FALSE);
}

/**
 * tn_answer_join:
 *
 * Returns: (transfer full): the texts, parted by commas
 */
char *
tn_answer_join (JsonArray *texts)
{
  GString *joined = g_string_new (NULL);
  for (guint i = 0; i < json_array_get_length (texts); i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? ", " : "",
                            json_array_get_string_element (texts, i));
  return g_string_free (joined, FALSE);
}

/**
 * tn_answer_count:
 *
 * Returns: how long the array is
 */
guint
tn_answer_count (JsonObject *object, const char *name)
{
  return json_object_has_member (object, name)
             ? json_array_get_length (json_object_get_array_member (object, name))
             : 0;
}

/**
 * tn_answer_print_fields:
 * @change: with an array `fields`
 */
void
tn_answer_print_fields (const TnCall *call, JsonObject *change, const char *indent)
{
  JsonArray *fields = json_object_get_array_member (change, "fields");
  for (guint i = 0; i < json_array_get_length (fields); i++)
    {
      JsonObject *field = json_array_get_object_element (fields, i);
      g_autofree char *name = tn_answer_dup_shown (field, "field");
      g_autofree char *before = tn_answer_dup_shown (field, "before");
      g_autofree char *after = tn_answer_dup_shown (field, "after");
      tn_call_print (call, "%s%s: \"%s\" → \"%s\"\n", indent, tn_say_code (call->language, name),
                     before, after);
    }
}

/**
 * tn_answer_print_waiting:
 * @report: with an array `waiting`
 *
 * What only a person can settle, with what to do.
 */
void
tn_answer_print_waiting (const TnCall *call, JsonObject *report)
{
  JsonArray *waiting = json_object_get_array_member (report, "waiting");
  if (json_array_get_length (waiting) > 0)
    tn_call_print (call, tn_say (call->language, "\nWaits for you:\n"));
  for (guint i = 0; i < json_array_get_length (waiting); i++)
    {
      JsonObject *wait = json_array_get_object_element (waiting, i);
      g_autofree char *calendar = tn_answer_dup_shown (wait, "calendar");
      g_autofree char *what = tn_answer_dup_told (call, wait, "what");
      g_autofree char *why = tn_answer_dup_told (call, wait, "why");
      tn_call_print (call, "  ! %s%s%s\n      %s\n", calendar, *calendar != '\0' ? ": " : "", what,
                     why);
    }
}

/**
 * tn_answer_dup_time:
 * @name: of a moment, as programs write it: `2026-11-22T12:00:00Z`
 *
 * Returns: (transfer full): as a clock on the reader's wall shows it, `2026-11-22 13:00`; "" for
 * null
 */
char *
tn_answer_dup_time (JsonObject *object, const char *name)
{
  const char *text = tn_answer_get (object, name);
  g_autoptr (GDateTime) moment = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
  g_autoptr (GDateTime) local = moment != NULL ? g_date_time_to_local (moment) : NULL;
  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M")
                       : g_strdup (text != NULL ? text : "");
}

/* Of a note that turnus writes itself nobody wants to read both versions. */
static gboolean
has_values (JsonObject *entry)
{
  return g_strcmp0 (tn_answer_get (entry, "field"), "note") != 0;
}

static void
print_history_entry (const TnCall *call, JsonObject *entry, gboolean with_time)
{
  g_autofree char *at = tn_answer_dup_time (entry, "at");
  g_autofree char *calendar = tn_answer_dup_shown (entry, "calendar");
  g_autofree char *what = tn_answer_dup_told (call, entry, "what");
  g_autofree char *reference = tn_answer_dup_shown (entry, "reference");
  g_autofree char *field = tn_answer_dup_shown (entry, "field");
  g_autofree char *before = tn_answer_dup_shown (entry, "before");
  g_autofree char *after = tn_answer_dup_shown (entry, "after");
  g_autofree char *source = tn_answer_dup_told (call, entry, "source");
  tn_call_print (call, "  %s%s%s%s%s %s", with_time ? at : "", with_time ? "  " : "", calendar,
                 *calendar != '\0' ? ": " : "", what, reference);
  if (*field != '\0')
    tn_call_print (call, " %s", tn_say_code (call->language, field));
  if (has_values (entry) && (*before != '\0' || *after != '\0'))
    tn_call_print (call, ": \"%s\" → \"%s\"", before, after);
  if (with_time && *source != '\0')
    tn_call_print (call, "  (%s)", source);
  tn_call_print (call, "\n");
}

/**
 * tn_answer_print_history:
 * @history: newest first, as the daemon gives it
 * @with_time: with when and why; without: oldest first
 */
void
tn_answer_print_history (const TnCall *call, JsonArray *history, gboolean with_time)
{
  guint n = json_array_get_length (history);
  for (guint i = 0; i < n; i++)
    print_history_entry (call, json_array_get_object_element (history, with_time ? i : n - 1 - i),
                         with_time);
}

/**
 * tn_answer_is_failing:
 * @calendar: of a status
 */
gboolean
tn_answer_is_failing (JsonObject *calendar)
{
  return tn_answer_get (calendar, "problem") != NULL;
}

/**
 * tn_answer_find_exit:
 * @report: with arrays `calendars` and `waiting`
 *
 * Returns: 1 when a calendar fails, else 3 when something waits for a person, else 0
 */
int
tn_answer_find_exit (JsonObject *report)
{
  JsonArray *calendars = json_object_get_array_member (report, "calendars");
  for (guint i = 0; i < json_array_get_length (calendars); i++)
    if (tn_answer_is_failing (json_array_get_object_element (calendars, i)))
      return TN_EXIT_FAILED;
  return tn_answer_count (report, "waiting") > 0 ? TN_EXIT_WAITS : TN_EXIT_DONE;
}
