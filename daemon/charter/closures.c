/* iCalendar files as holiday rules, each event one. Two kinds, told apart by who names them: a file
 * that a charter names lies beside it, travels with it and holds closures and further holidays; one
 * that the settings name holds somebody's busy times, which other councils neither have nor need.
 * Of the second nothing but times is taken in (promise 11).
 *
 * Which days an event takes depends on the collaboration's zone, so each collaboration reads them
 * for itself. */
#include "charter/closures.h"

#include "base/error.h"
#include "charter/source.h"
#include "ical/bare.h"

#include <string.h>

gboolean
tn_closures_is_calendar (const char *name)
{
  return g_str_has_suffix (name, ".ics");
}

/**
 * tn_closures_dup_path:
 * @charter: path of a charter
 * @name: of an iCalendar file in it
 *
 * Returns: (transfer full): where that file is
 */
char *
tn_closures_dup_path (const char *charter, const char *name)
{
  const char *slash = strrchr (charter, '/');
  return g_strdup_printf ("%.*s%s", slash != NULL ? (int) (slash - charter) + 1 : 0, charter, name);
}

/**
 * tn_closures_load_busy:
 *
 * Errors: %TN_ERROR_INVALID when it is no file, or no calendar.
 * Returns: (transfer full) (nullable): the file without anything but times
 */
TnSourceFile *
tn_closures_load_busy (const char *path, GError **error)
{
  g_autoptr (TnSourceFile) file = tn_source_file_load_calendar (path, error);
  g_autofree char *bare = file != NULL ? tn_bare_dup (file->text, error) : NULL;
  if (file != NULL && bare == NULL)
    g_prefix_error (error, "cannot read %s: ", path);
  return bare != NULL ? tn_source_file_new (path, bare) : NULL;
}

/* `line 7: what`: the number goes where all problems have it. Once is enough, however many
 * collaborations read the file. */
static void
complain (TnProblems *problems, const TnSourceFile *source, const char *message)
{
  const char *text = message;
  guint64 line = 0;
  if (g_str_has_prefix (message, "line "))
    {
      char *end = NULL;
      line = g_ascii_strtoull (message + strlen ("line "), &end, 10);
      text = g_str_has_prefix (end, ": ") ? end + 2 : message;
    }
  if (!tn_problems_has_line (problems, source->path, (int) line))
    tn_problems_add (problems, source->path, (int) line, "%s", text);
}

static TnHolidayRule *
make_rule (const TnOccupied *occupied, TnOccupiedKind kind, const char *file)
{
  gboolean is_busy = kind == TN_OCCUPIED_BUSY;
  TnHolidayRule *rule
      = tn_holiday_rule_new (is_busy || occupied->title == NULL ? file : occupied->title,
                             is_busy ? TN_HOLIDAY_BUSY : TN_HOLIDAY_PUBLIC, TN_DAY_SPANS);
  rule->spans = g_array_ref (occupied->days);
  rule->origin = (TnOrigin){ g_strdup (file), occupied->line };
  return rule;
}

/**
 * tn_closures_read:
 * @source: a calendar file
 *
 * Adds it to the calendars of @collaboration; what is wrong is added to @problems.
 */
void
tn_closures_read (TnCollaboration *collaboration, const TnSourceFile *source, TnOccupiedKind kind,
                  TnProblems *problems)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = tn_occupied_read (source->text, kind, collaboration->zone, &error);
  if (events == NULL)
    {
      complain (problems, source, error->message);
      return;
    }
  g_autofree char *name = g_path_get_basename (source->path);
  TnHolidayFile *file = tn_holiday_file_new (name, name);
  for (guint i = 0; i < events->len; i++)
    g_ptr_array_add (file->rules, make_rule (g_ptr_array_index (events, i), kind, name));
  g_ptr_array_add (collaboration->calendars, file);
}
