/* An event that people made, and that other calendars are to show: its bytes as they stand, with
 * RRULE, exceptions, EXDATE and VTIMEZONE, less what must not travel. That is who is invited and
 * who invites (promises 4 and 11), METHOD, everything that stands in an event as a component of its
 * own (alarms, and the participants of RFC 9073), and the X- properties in which programs keep
 * what concerns one person. What is added is the key by which a copy is known (hazard 44).
 *
 * Two of them mean the same when they have the same lines, in whatever order and folds: what
 * servers do to bytes is no edit (hazard 25). */
#include "ical/carried.h"

#include "base/encode.h"
#include "base/error.h"
#include "ical/patch.h"
#include "ical/property.h"
#include "ical/resource.h"
#include "ical/text.h"

#include <string.h>

/* Private words of one person to a server or a program, and what scheduling leaves behind. */
static const char *const LEFT_BEHIND[]
    = { "ATTENDEE", "ORGANIZER", "REQUEST-STATUS", "X-TURNUS-*", "X-CALENDARSERVER-*",
        "X-MOZ-*",  "X-MS-*",    "X-MICROSOFT-*",  "X-LIC-*",    NULL };

/* What changes without a change of meaning, and what not every server keeps. */
static const char *const MEANS_NOTHING[]
    = { "BEGIN", "END", "DTSTAMP", "LAST-MODIFIED", "CREATED", "SEQUENCE", "X-*", NULL };

static char *
dup_line (const TnLines *lines, guint index)
{
  GString *line = tn_lines_dup_unfolded (lines, index, TN_PROPERTY_MAX_BYTES + 1);
  return g_string_free (line, FALSE);
}

/* Is the name of `line` among `names`, of which `X-*` stands for many? */
static gboolean
is_named (const char *line, const char *const *names)
{
  gsize length = strcspn (line, ":;");
  for (gsize i = 0; names[i] != NULL; i++)
    {
      gsize n = strlen (names[i]);
      gboolean is_start = names[i][n - 1] == '*';
      if (is_start ? g_ascii_strncasecmp (line, names[i], n - 1) == 0
                   : n == length && g_ascii_strncasecmp (line, names[i], n) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The part of the calendar that the component is or stands in; -1 for the calendar itself. */
static int
find_part (const TnLines *lines, int component)
{
  while (component >= 0 && tn_lines_get_component (lines, (guint) component)->depth > 2)
    component = tn_lines_get_component (lines, (guint) component)->parent;
  return component >= 0 && tn_lines_is_in_calendar (lines, (guint) component) ? component : -1;
}

static int
find_event (const TnLines *lines, int component)
{
  int part = find_part (lines, component);
  gboolean is_event
      = part >= 0 && tn_lines_get_component (lines, (guint) part)->kind == TN_COMPONENT_VEVENT;
  return is_event ? part : -1;
}

static gboolean
is_left_behind (const TnLines *lines, guint index)
{
  static const char *const of_calendar[] = { "METHOD", "X-*", NULL };
  const TnLine *line = tn_lines_get (lines, index);
  int part = find_part (lines, line->component);
  if (part >= 0 && tn_lines_get_component (lines, (guint) part)->kind == TN_COMPONENT_VTIMEZONE)
    return FALSE;
  int event = find_event (lines, line->component);
  if (part >= 0 && event != line->component)
    return TRUE; /* of an alarm or another part of an event, or of no event at all */
  g_autofree char *text = dup_line (lines, index);
  return is_named (text, event >= 0 ? LEFT_BEHIND : of_calendar);
}

static TnResource *
new_resource (GBytes *bytes, GError **error)
{
  g_autoptr (TnResource) resource = tn_resource_new (bytes, error);
  if (resource != NULL && resource->has_master && resource->event >= 0)
    return g_steal_pointer (&resource);
  if (resource != NULL)
    g_set_error_literal (error, TN_ERROR, TN_ERROR_INVALID,
                         "no event, or exceptions of one that is not here");
  return NULL;
}

/* Behind the BEGIN of every event: an exception that is taken out of its series is a copy, too. */
static void
add_key (TnPatch *patch, const TnLines *lines, const char *key)
{
  g_autofree char *code = tn_encode_base64url (key);
  g_autofree char *line = g_strconcat ("X-TURNUS-KEY:", code, NULL);
  for (guint i = 0; i < tn_lines_get_n_components (lines); i++)
    {
      const TnComponent *component = tn_lines_get_component (lines, i);
      if (component->kind != TN_COMPONENT_VEVENT || !tn_lines_is_in_calendar (lines, i))
        continue;
      const TnLine *begin = tn_lines_get (lines, component->begin);
      g_autofree char *line_end = tn_lines_dup_line_end (lines, component->begin);
      g_autoptr (GString) folded = g_string_new (NULL);
      tn_text_append_folded (folded, line, line_end);
      tn_patch_replace (patch, (gsize) begin->offset + begin->length, 0, folded->str, folded->len);
    }
}

/**
 * tn_carried_make:
 * @bytes: one item, as its people wrote it
 * @key: whose copy it is
 *
 * Source: design section 7; RFC 5545 section 3.6.1.
 * Errors: %TN_ERROR_INVALID when @bytes are no event with its master; %TN_ERROR_LIMIT.
 * Returns: (transfer full) (nullable): what other calendars are given
 */
GBytes *
tn_carried_make (GBytes *bytes, const char *key, GError **error)
{
  g_return_val_if_fail (bytes != NULL && key != NULL, NULL);

  g_autoptr (TnResource) resource = new_resource (bytes, error);
  if (resource == NULL)
    return NULL;
  const TnLines *lines = resource->lines;
  g_autoptr (TnPatch) patch = tn_patch_new ();
  add_key (patch, lines, key);
  for (guint i = 0; i < tn_lines_get_n (lines); i++)
    {
      const TnLine *line = tn_lines_get (lines, i);
      if (is_left_behind (lines, i))
        tn_patch_replace (patch, line->offset, line->length, "", 0);
    }
  return tn_patch_apply (patch, bytes);
}

static GString *
collect_alarms (const TnResource *resource)
{
  const TnLines *lines = resource->lines;
  GString *alarms = g_string_new (NULL);
  for (guint i = 0; i < tn_lines_get_n (lines); i++)
    {
      const TnLine *line = tn_lines_get (lines, i);
      if (line->component != resource->event
          && find_event (lines, line->component) == resource->event)
        g_string_append_len (alarms, tn_lines_peek (lines, i), (gssize) line->length);
    }
  return alarms;
}

/**
 * tn_carried_keep_alarms:
 * @carried: what is to be written
 * @current: what it takes the place of
 *
 * An alarm is of the one who reads the calendar, and no business of ours (promise 6).
 *
 * Errors: %TN_ERROR_INVALID when one of them is no event; %TN_ERROR_LIMIT.
 * Returns: (transfer full) (nullable): @carried with the alarms of @current's master
 */
GBytes *
tn_carried_keep_alarms (GBytes *carried, GBytes *current, GError **error)
{
  g_autoptr (TnResource) theirs = tn_resource_new (current, error);
  g_autoptr (TnResource) ours = theirs != NULL ? new_resource (carried, error) : NULL;
  if (ours == NULL)
    return NULL;
  g_autoptr (GString) alarms = collect_alarms (theirs);
  const TnComponent *event = tn_lines_get_component (ours->lines, (guint) ours->event);
  g_autoptr (TnPatch) patch = tn_patch_new ();
  tn_patch_replace (patch, tn_lines_get (ours->lines, event->end)->offset, 0, alarms->str,
                    alarms->len);
  return tn_patch_apply (patch, carried);
}

/* One of the words of the line, which are parted by commas, some of them escaped. */
static gboolean
has_word (const char *value, const char *word)
{
  g_autoptr (GString) rest = g_string_new (NULL);
  for (const char *c = value;; c++)
    {
      if (*c != '\0' && *c != ',')
        {
          g_string_append_c (rest, *c);
          if (*c == '\\' && c[1] != '\0')
            g_string_append_c (rest, *++c);
          continue;
        }
      g_autofree char *text = tn_text_unescape (rest->str);
      g_autofree char *folded = g_utf8_casefold (g_strstrip (text), -1);
      g_autofree char *wanted = g_utf8_casefold (word, -1);
      if (strcmp (folded, wanted) == 0)
        return TRUE;
      if (*c == '\0')
        return FALSE;
      g_string_truncate (rest, 0);
    }
}

/**
 * tn_carried_has_category:
 * @bytes: one item
 *
 * Source: RFC 5545 section 3.8.1.2.
 * Returns: %TRUE when its master bears @category, in whatever case of letters
 */
gboolean
tn_carried_has_category (GBytes *bytes, const char *category)
{
  static const char *const names[] = { "CATEGORIES", NULL };
  g_autoptr (TnResource) resource = new_resource (bytes, NULL);
  for (guint i = 0; resource != NULL && i < tn_lines_get_n (resource->lines); i++)
    {
      const TnLine *line = tn_lines_get (resource->lines, i);
      if (line->component != resource->event || line->kind != TN_LINE_OTHER)
        continue;
      g_autofree char *text = dup_line (resource->lines, i);
      g_autoptr (TnProperty) property
          = is_named (text, names) ? tn_property_new (resource->lines, i, NULL) : NULL;
      if (property != NULL && has_word (tn_property_get_value (property), category))
        return TRUE;
    }
  return FALSE;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static char *
dup_instance (const TnLines *lines, int event)
{
  int index = tn_lines_find (lines, (guint) event, TN_LINE_RECURRENCE_ID);
  if (index < 0)
    return g_strdup ("");
  g_autofree char *line = dup_line (lines, (guint) index);
  return g_strconcat (line, " ", NULL);
}

/* What the event says, line by line, each with the instance that it is of; sorted. */
static GPtrArray *
list_meaning (GBytes *bytes)
{
  GPtrArray *meaning = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (TnResource) resource = tn_resource_new (bytes, NULL);
  for (guint i = 0; resource != NULL && i < tn_lines_get_n (resource->lines); i++)
    {
      const TnLine *line = tn_lines_get (resource->lines, i);
      int event = find_event (resource->lines, line->component);
      g_autofree char *text = event >= 0 ? dup_line (resource->lines, i) : NULL;
      if (text == NULL || is_left_behind (resource->lines, i) || is_named (text, MEANS_NOTHING))
        continue;
      g_autofree char *instance = dup_instance (resource->lines, event);
      g_ptr_array_add (meaning, g_strconcat (instance, text, NULL));
    }
  g_ptr_array_sort (meaning, compare_texts);
  return meaning;
}

/**
 * tn_carried_dup_digest:
 *
 * Returns: (transfer full): the same for two items that mean the same
 */
char *
tn_carried_dup_digest (GBytes *bytes)
{
  g_autoptr (GPtrArray) meaning = list_meaning (bytes);
  g_ptr_array_add (meaning, NULL);
  g_autofree char *text = g_strjoinv ("\n", (char **) meaning->pdata);
  return tn_encode_sha256 (text, -1);
}

/**
 * tn_carried_dup_difference:
 *
 * Returns: (transfer full): the lines that only @theirs has, as people may read them; "" when it
 *   has none
 */
char *
tn_carried_dup_difference (GBytes *ours, GBytes *theirs)
{
  g_autoptr (GPtrArray) known = list_meaning (ours);
  g_autoptr (GPtrArray) meaning = list_meaning (theirs);
  GString *difference = g_string_new (NULL);
  for (guint i = 0; i < meaning->len; i++)
    {
      const char *line = g_ptr_array_index (meaning, i);
      if (!g_ptr_array_find_with_equal_func (known, line, g_str_equal, NULL))
        g_string_append_printf (difference, "%s%s", difference->len > 0 ? "\n" : "", line);
    }
  return g_string_free (difference, FALSE);
}
