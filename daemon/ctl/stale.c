/* A plan that was kept against the one that the daemon would make now, member by member: the
 * charters, the ledger, and in each calendar the events, told by title and date. A file that
 * somebody wrote in differs too, for it is no plan of the daemon's. */
#include "ctl/stale.h"

#include <string.h>

#include "base/error.h"
#include "ctl/answer.h"

static const gint64 FORMAT = 1;
static const goffset MAX_BYTES = 64 * 1024 * 1024;

G_GNUC_PRINTF (2, 3)
static void
add_move (GPtrArray *moves, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_ptr_array_add (moves, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* The element of @list whose members @name and @other, if any, are those of @like. */
static JsonObject *
find_like (JsonArray *list, JsonObject *like, const char *name, const char *other)
{
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *element = json_array_get_object_element (list, i);
      if (g_strcmp0 (tn_answer_get (element, name), tn_answer_get (like, name)) == 0
          && (other == NULL
              || g_strcmp0 (tn_answer_get (element, other), tn_answer_get (like, other)) == 0))
        return element;
    }
  return NULL;
}

static gboolean
is_same (JsonObject *then, JsonObject *now, const char *name)
{
  return g_strcmp0 (tn_answer_get (then, name), tn_answer_get (now, name)) == 0;
}

static const char *
show (JsonObject *object, const char *name)
{
  const char *text = tn_answer_get (object, name);
  return text != NULL ? text : "nothing";
}

static void
compare_charters (GPtrArray *moves, JsonObject *then, JsonObject *now)
{
  JsonArray *before = json_object_get_array_member (then, "charters");
  JsonArray *after = json_object_get_array_member (now, "charters");
  guint n_moves = moves->len;
  for (guint i = 0; i < json_array_get_length (after); i++)
    {
      JsonObject *charter = json_array_get_object_element (after, i);
      JsonObject *old = find_like (before, charter, "collaboration", NULL);
      const char *id = show (charter, "collaboration");
      gint64 edition = json_object_get_int_member_with_default (charter, "edition", 0);
      gint64 was = old != NULL ? json_object_get_int_member_with_default (old, "edition", 0) : 0;
      if (old == NULL)
        add_move (moves, "charter %s: is new", id);
      else if (was != edition)
        add_move (moves, "charter %s: edition %" G_GINT64_FORMAT " then, %" G_GINT64_FORMAT " now",
                  id, was, edition);
      else if (!is_same (old, charter, "digest"))
        add_move (moves, "charter %s: its text has changed (edition %" G_GINT64_FORMAT ")", id,
                  edition);
    }
  if (moves->len == n_moves && !is_same (then, now, "digest"))
    add_move (moves, "charters and holidays: they have changed");
  if (!is_same (then, now, "waiting"))
    add_move (moves, tn_answer_get (now, "waiting") != NULL
                         ? "charters and holidays: another new edition waits for apply"
                         : "charters and holidays: the edition that waited is in force or gone");
}

static void
compare_ledgers (GPtrArray *moves, JsonArray *then, JsonArray *now)
{
  for (guint i = 0; i < json_array_get_length (now); i++)
    {
      JsonObject *entry = json_array_get_object_element (now, i);
      if (find_like (then, entry, "id", NULL) == NULL)
        add_move (moves, "ledger: a new entry: %s", show (entry, "text"));
    }
  for (guint i = 0; i < json_array_get_length (then); i++)
    {
      JsonObject *entry = json_array_get_object_element (then, i);
      if (find_like (now, entry, "id", NULL) == NULL)
        add_move (moves, "ledger: an entry is not there any more: %s", show (entry, "text"));
    }
}

static gboolean
same_fields (JsonObject *then, JsonObject *now)
{
  JsonNode *before = json_object_get_member (then, "fields");
  JsonNode *after = json_object_get_member (now, "fields");
  return before != NULL && after != NULL && json_node_equal (before, after);
}

static void
compare_change (GPtrArray *moves, const char *calendar, JsonObject *old, JsonObject *change)
{
  const char *label = show (change, "label");
  if (old == NULL)
    add_move (moves, "calendar %s: %s: not in the plan then, now it is there with %s", calendar,
              label, show (change, "sign"));
  else if (!is_same (old, change, "label"))
    add_move (moves, "calendar %s: %s: was %s then", calendar, label, show (old, "label"));
  else if (!same_fields (old, change) || !is_same (old, change, "item"))
    add_move (moves, "calendar %s: %s: what stands there or is to stand there has changed",
              calendar, label);
}

static void
compare_changes (GPtrArray *moves, JsonObject *then, JsonObject *now)
{
  JsonArray *before = json_object_get_array_member (then, "changes");
  JsonArray *after = json_object_get_array_member (now, "changes");
  const char *calendar = show (now, "calendar");
  for (guint i = 0; i < json_array_get_length (after); i++)
    {
      JsonObject *change = json_array_get_object_element (after, i);
      compare_change (moves, calendar, find_like (before, change, "uid", "sign"), change);
    }
  for (guint i = 0; i < json_array_get_length (before); i++)
    {
      JsonObject *old = json_array_get_object_element (before, i);
      if (find_like (after, old, "uid", "sign") == NULL)
        add_move (moves, "calendar %s: %s: in the plan then with %s, now it is not", calendar,
                  show (old, "label"), show (old, "sign"));
    }
  if (!is_same (then, now, "problem"))
    add_move (moves, "calendar %s: %s", calendar,
              tn_answer_get (now, "problem") != NULL ? tn_answer_get (now, "problem")
                                                     : "it could not be read then, now it can");
}

static void
compare_entries (GPtrArray *moves, const char *calendar, JsonArray *then, JsonArray *now)
{
  for (guint i = 0; i < json_array_get_length (now); i++)
    {
      JsonObject *entry = json_array_get_object_element (now, i);
      JsonObject *old = find_like (then, entry, "uid", "label");
      if (old != NULL && (!is_same (old, entry, "revision") || !is_same (old, entry, "base")))
        add_move (moves, "calendar %s: %s: the entry was written to", calendar,
                  show (entry, "label"));
    }
}

static void
compare_edits (GPtrArray *moves, const char *calendar, JsonArray *then, JsonArray *now)
{
  for (guint i = 0; i < json_array_get_length (now); i++)
    {
      JsonObject *edit = json_array_get_object_element (now, i);
      if (find_like (then, edit, "id", NULL) == NULL)
        add_move (moves, "calendar %s: %s: somebody changed there: %s %s", calendar,
                  show (edit, "label"), show (edit, "what"), show (edit, "value"));
    }
  for (guint i = 0; i < json_array_get_length (then); i++)
    {
      JsonObject *edit = json_array_get_object_element (then, i);
      if (find_like (now, edit, "id", NULL) == NULL)
        add_move (moves, "calendar %s: %s: a change of then was taken up or taken back: %s %s",
                  calendar, show (edit, "label"), show (edit, "what"), show (edit, "value"));
    }
}

static void
compare_footing (GPtrArray *moves, JsonObject *then, JsonObject *now)
{
  const char *calendar = show (now, "calendar");
  compare_entries (moves, calendar, json_object_get_array_member (then, "entries"),
                   json_object_get_array_member (now, "entries"));
  compare_edits (moves, calendar, json_object_get_array_member (then, "edits"),
                 json_object_get_array_member (now, "edits"));
  if (moves->len == 0 && !is_same (then, now, "digest"))
    add_move (moves, "calendar %s: something there has changed", calendar);
}

/* Calls @compare for each calendar of now; tells those that came and went. */
static void
compare_calendars (GPtrArray *moves, JsonObject *then, JsonObject *now, const char *list,
                   void (*compare) (GPtrArray *moves, JsonObject *then, JsonObject *now))
{
  JsonArray *before = json_object_get_array_member (then, list);
  JsonArray *after = json_object_get_array_member (now, list);
  for (guint i = 0; i < json_array_get_length (after); i++)
    {
      JsonObject *calendar = json_array_get_object_element (after, i);
      JsonObject *old = find_like (before, calendar, "calendar", NULL);
      if (old != NULL)
        compare (moves, old, calendar);
      else
        add_move (moves, "calendar %s: was not in the plan then", show (calendar, "calendar"));
    }
  for (guint i = 0; i < json_array_get_length (before); i++)
    {
      JsonObject *old = json_array_get_object_element (before, i);
      if (find_like (after, old, "calendar", NULL) == NULL)
        add_move (moves, "calendar %s: is not there any more", show (old, "calendar"));
    }
}

/**
 * tn_stale_list_moves:
 * @then: a plan of tn_stale_load_plan()
 * @now: one that the daemon made now, of the same calendars
 *
 * Returns: (transfer full) (element-type utf8): what has moved, a sentence each; empty when the
 *   plan still holds
 */
GPtrArray *
tn_stale_list_moves (JsonObject *then, JsonObject *now)
{
  GPtrArray *moves = g_ptr_array_new_with_free_func (g_free);
  compare_charters (moves, json_object_get_object_member (then, "rulebook"),
                    json_object_get_object_member (now, "rulebook"));
  compare_ledgers (moves, json_object_get_array_member (then, "ledger"),
                   json_object_get_array_member (now, "ledger"));
  compare_calendars (moves, then, now, "calendars", compare_changes);
  compare_calendars (moves, then, now, "footing", compare_footing);
  if (moves->len == 0 && !is_same (then, now, "digest"))
    add_move (moves, "the file: it was changed after the plan was made");
  return moves;
}

static gboolean
has_lists (JsonObject *plan, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      JsonNode *node = json_object_get_member (plan, names[i]);
      JsonArray *list
          = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
      if (list == NULL)
        return FALSE;
      for (guint j = 0; j < json_array_get_length (list); j++)
        if (!JSON_NODE_HOLDS_OBJECT (json_array_get_element (list, j)))
          return FALSE;
    }
  return TRUE;
}

static gboolean
have_lists (JsonArray *list, const char *const *names)
{
  for (guint i = 0; i < json_array_get_length (list); i++)
    if (!has_lists (json_array_get_object_element (list, i), names))
      return FALSE;
  return TRUE;
}

static gboolean
is_plan (JsonNode *node)
{
  static const char *const lists[] = { "calendars", "ledger", "footing", NULL };
  static const char *const of_calendars[] = { "changes", NULL };
  static const char *const of_footing[] = { "entries", "edits", NULL };
  static const char *const of_rulebook[] = { "charters", NULL };
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  JsonObject *plan = json_node_get_object (node);
  JsonNode *rulebook = json_object_get_member (plan, "rulebook");
  JsonNode *meant = json_object_get_member (plan, "meant");
  return json_object_get_int_member_with_default (plan, "turnus_plan", 0) == FORMAT && meant != NULL
         && JSON_NODE_HOLDS_ARRAY (meant) && rulebook != NULL && JSON_NODE_HOLDS_OBJECT (rulebook)
         && has_lists (plan, lists) && has_lists (json_node_get_object (rulebook), of_rulebook)
         && have_lists (json_object_get_array_member (plan, "calendars"), of_calendars)
         && have_lists (json_object_get_array_member (plan, "footing"), of_footing);
}

static char *
load_text (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) cause = NULL;
  g_autoptr (GFileInfo) facts
      = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                           G_FILE_QUERY_INFO_NONE, NULL, &cause);
  char *text = NULL;
  if (facts != NULL && g_file_info_get_file_type (facts) == G_FILE_TYPE_REGULAR
      && g_file_info_get_size (facts) <= MAX_BYTES)
    g_file_get_contents (path, &text, NULL, &cause);
  if (text == NULL)
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "cannot read the plan %s: %s", path,
                 cause != NULL ? cause->message : "it is no file, or larger than 64 MiB");
  return text;
}

/**
 * tn_stale_load_plan:
 *
 * Errors: %TN_ERROR_INVALID when @path is no plan that `turnusctl plan -o` wrote.
 * Returns: (transfer full) (nullable): the plan, with all members that are read here
 */
JsonNode *
tn_stale_load_plan (const char *path, GError **error)
{
  g_autofree char *text = load_text (path, error);
  if (text == NULL)
    return NULL;
  g_autoptr (GError) cause = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &cause);
  if (is_plan (node))
    return g_steal_pointer (&node);
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
               "cannot read the plan %s: %s; make one with turnusctl plan -o FILE", path,
               cause != NULL ? cause->message
                             : "it is none of turnusctl plan -o, or of a newer one");
  return NULL;
}
