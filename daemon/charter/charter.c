/* Files to a rulebook. Loading and reading are two steps, because the texts are kept in the store
 * and read again from there. */
#include "charter/charter.h"

#include <string.h>

#include "base/encode.h"
#include "base/error.h"
#include "charter/agreement.h"
#include "charter/almanac.h"
#include "charter/closures.h"
#include "charter/document.h"
#include "charter/meaning.h"
#include "charter/template.h"

/* What a reading of all files holds while it goes on. */
typedef struct
{
  TnProblems *problems; /* (owned) */
  GPtrArray *documents; /* (owned) (element-type TnDocument) */
  GArray *charters;     /* (owned) (element-type TnGroup) in the order of the collaborations */
  TnRulebook *rulebook; /* (owned) */
} Reading;

static void
reading_clear (Reading *reading)
{
  g_clear_pointer (&reading->charters, g_array_unref);
  g_clear_pointer (&reading->documents, g_ptr_array_unref);
  g_clear_pointer (&reading->problems, tn_problems_free);
  g_clear_pointer (&reading->rulebook, tn_rulebook_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static void
read_charter (Reading *reading, TnGroup root)
{
  TnGroup charter = tn_group_enter (root, "collaboration");
  if (charter.setting == NULL)
    return;
  TnCollaboration *collaboration = tn_agreement_read (charter);
  const TnCollaboration *twin
      = tn_rulebook_find_collaboration (reading->rulebook, collaboration->id);
  if (twin != NULL)
    tn_group_complain (charter, "id",
                       "collaboration '%s' stands twice, expected one; the first is %s:%d",
                       collaboration->id, twin->origin.file, twin->origin.line);
  g_ptr_array_add (reading->rulebook->collaborations, collaboration);
  g_array_append_val (reading->charters, charter);
}

static void
read_holidays (Reading *reading, TnGroup root)
{
  TnGroup group = tn_group_enter (root, "holidays");
  if (group.setting == NULL)
    return;
  TnHolidayFile *file = tn_almanac_read (group);
  if (tn_rulebook_find_holidays (reading->rulebook, file->id) != NULL)
    tn_group_complain (group, "id", "holidays '%s' stand in two files, expected one of them",
                       file->id);
  g_ptr_array_add (reading->rulebook->holiday_files, file);
}

static void
read_file (Reading *reading, const TnSourceFile *source)
{
  TnDocument *document = tn_document_open (source, reading->problems);
  if (document == NULL)
    return;
  g_ptr_array_add (reading->documents, document);
  TnGroup charter = tn_document_get_root (document, "charter");
  TnGroup holidays = tn_document_get_root (document, "holiday-file");
  gboolean is_holidays = tn_group_has (holidays, "holidays");
  if (!is_holidays && !tn_group_has (charter, "collaboration"))
    tn_group_complain (charter, NULL,
                       "neither a charter nor a holiday file, expected "
                       "'collaboration = {' or 'holidays = {'");
  tn_group_check (is_holidays ? holidays : charter);
  if (is_holidays)
    read_holidays (reading, holidays);
  else
    read_charter (reading, charter);
}

/* What is wrong with one instance of a template would be wrong with all. */
static void
read_source (Reading *reading, const TnSourceFile *source)
{
  g_autoptr (GPtrArray) files = tn_template_expand (source, reading->problems);
  for (guint i = 0; i < files->len && (i == 0 || tn_problems_get_size (reading->problems) == 0);
       i++)
    read_file (reading, g_ptr_array_index (files, i));
}

static TnSourceFile *
find_file (const GPtrArray *files, const char *path)
{
  for (guint i = 0; i < files->len; i++)
    if (strcmp (((TnSourceFile *) g_ptr_array_index (files, i))->path, path) == 0)
      return g_ptr_array_index (files, i);
  return NULL;
}

/* Those that @charter names. */
static void
read_closures (const Reading *reading, guint index, const GPtrArray *files, GHashTable *named)
{
  TnGroup charter = g_array_index (reading->charters, TnGroup, index);
  TnCollaboration *collaboration = g_ptr_array_index (reading->rulebook->collaborations, index);
  for (guint i = 0; collaboration->holidays[i] != NULL; i++)
    {
      if (!tn_closures_is_calendar (collaboration->holidays[i]))
        continue;
      g_autofree char *path = tn_closures_dup_path (tn_document_get_path (charter.document),
                                                    collaboration->holidays[i]);
      TnSourceFile *source = find_file (files, path);
      if (source == NULL)
        tn_group_complain (charter, "holidays", "there is no %s, expected it beside the charter",
                           collaboration->holidays[i]);
      else
        {
          g_hash_table_add (named, source);
          tn_closures_read (collaboration, source, TN_OCCUPIED_CLOSED, reading->problems);
        }
    }
}

/* What no charter names, the settings did: busy times. */
static void
read_calendars (const Reading *reading, const GPtrArray *files)
{
  g_autoptr (GHashTable) named = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < reading->charters->len; i++)
    read_closures (reading, i, files, named);
  for (guint i = 0; i < files->len; i++)
    {
      const TnSourceFile *source = g_ptr_array_index (files, i);
      if (!tn_closures_is_calendar (source->path) || g_hash_table_contains (named, source))
        continue;
      for (guint j = 0; j < reading->charters->len; j++)
        tn_closures_read (g_ptr_array_index (reading->rulebook->collaborations, j), source,
                          TN_OCCUPIED_BUSY, reading->problems);
    }
}

static void
check_holidays (const Reading *reading)
{
  for (guint i = 0; i < reading->charters->len; i++)
    {
      TnGroup charter = g_array_index (reading->charters, TnGroup, i);
      const TnCollaboration *collaboration
          = g_ptr_array_index (reading->rulebook->collaborations, i);
      for (guint j = 0; collaboration->holidays[j] != NULL; j++)
        if (!tn_closures_is_calendar (collaboration->holidays[j])
            && tn_rulebook_find_holidays (reading->rulebook, collaboration->holidays[j]) == NULL)
          tn_group_complain (charter, "holidays",
                             "there are no holidays '%s', expected a file %s.conf in the folder of "
                             "holiday files",
                             collaboration->holidays[j], collaboration->holidays[j]);
    }
}

static gboolean
has_area (const TnRulebook *rulebook, const TnCollaboration *collaboration, const char *area)
{
  for (guint i = 0; collaboration->holidays[i] != NULL; i++)
    {
      const TnHolidayFile *file = tn_rulebook_find_holidays (rulebook, collaboration->holidays[i]);
      for (guint j = 0; file != NULL && j < file->rules->len; j++)
        if (g_strcmp0 (((TnHolidayRule *) g_ptr_array_index (file->rules, j))->area, area) == 0)
          return TRUE;
    }
  return FALSE;
}

/* What is kept off must be there: an area nobody knows has no holidays, and would break nothing. */
static void
check_kept_off (const Reading *reading, TnGroup charter, const TnCollaboration *collaboration,
                const TnSeries *series)
{
  for (guint i = 0; i < series->avoidances->len; i++)
    {
      const TnAvoidance *avoidance = g_ptr_array_index (series->avoidances, i);
      if (avoidance->area != NULL && !has_area (reading->rulebook, collaboration, avoidance->area))
        tn_group_complain_at (charter, avoidance->origin.line,
                              "no holiday file of '%s' has school_breaks with area = \"%s\", "
                              "expected one of its areas",
                              collaboration->id, avoidance->area);
    }
  for (guint i = 0; i < series->distances->len; i++)
    {
      const TnDistance *distance = g_ptr_array_index (series->distances, i);
      const TnCollaboration *of
          = distance->collaboration == NULL
                ? collaboration
                : tn_rulebook_find_collaboration (reading->rulebook, distance->collaboration);
      /* Another collaboration may not be loaded here; its events are not known then. */
      if (of != NULL && tn_collaboration_find_series (of, distance->series) == NULL)
        tn_group_complain_at (charter, distance->origin.line,
                              "avoid_series: '%s' has no series '%s', expected one of its ids",
                              of->id, distance->series);
    }
}

static void
check_all_kept_off (const Reading *reading)
{
  for (guint i = 0; i < reading->charters->len; i++)
    {
      TnGroup charter = g_array_index (reading->charters, TnGroup, i);
      const TnCollaboration *collaboration
          = g_ptr_array_index (reading->rulebook->collaborations, i);
      for (guint j = 0; j < collaboration->series->len; j++)
        check_kept_off (reading, charter, collaboration,
                        g_ptr_array_index (collaboration->series, j));
    }
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Of base names and texts: where the files lie and in which order they were named is no part. */
static char *
dup_digest (const GPtrArray *files)
{
  g_autoptr (GPtrArray) digests = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < files->len; i++)
    {
      const TnSourceFile *file = g_ptr_array_index (files, i);
      g_autofree char *name = g_path_get_basename (file->path);
      g_autofree char *of_text = tn_encode_sha256 (file->text, -1);
      g_ptr_array_add (digests, g_strdup_printf ("%s %s\n", of_text, name));
    }
  g_ptr_array_sort (digests, compare_strings);
  g_ptr_array_add (digests, NULL);
  g_autofree char *all = g_strjoinv ("", (char **) digests->pdata);
  return tn_encode_sha256 (all, -1);
}

/**
 * tn_charter_read:
 * @files: (element-type TnSourceFile): charters and holiday files, told apart by their first key,
 *   and iCalendar files, told by their name: closures where a charter names it, else busy times
 *
 * Errors: %TN_ERROR_INVALID with everything that is wrong, `file:line: what, expected what`, one a
 *   line.
 * Returns: (transfer full) (nullable): what they say
 */
TnRulebook *
tn_charter_read (GPtrArray *files, GError **error)
{
  g_return_val_if_fail (files != NULL, NULL);

  g_auto (Reading) reading
      = { tn_problems_new (), g_ptr_array_new_with_free_func ((GDestroyNotify) tn_document_close),
          g_array_new (FALSE, FALSE, sizeof (TnGroup)), tn_rulebook_new () };
  for (guint i = 0; i < files->len; i++)
    if (!tn_closures_is_calendar (((TnSourceFile *) g_ptr_array_index (files, i))->path))
      read_source (&reading, g_ptr_array_index (files, i));
  read_calendars (&reading, files);
  check_holidays (&reading);
  check_all_kept_off (&reading);
  if (!tn_problems_to_error (reading.problems, error))
    return NULL;

  for (guint i = 0; i < reading.rulebook->collaborations->len; i++)
    {
      TnCollaboration *collaboration = g_ptr_array_index (reading.rulebook->collaborations, i);
      g_free (collaboration->digest);
      collaboration->digest = tn_meaning_dup_digest (collaboration);
    }
  g_free (reading.rulebook->digest);
  reading.rulebook->digest = dup_digest (files);
  return g_steal_pointer (&reading.rulebook);
}

static void
add_once (GPtrArray *texts, const char *text)
{
  if (!g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL))
    g_ptr_array_add (texts, g_strdup (text));
}

/* The ids and iCalendar files that a charter names, as far as it can be read; ids are safe as file
 * names. */
static void
collect_holidays (const TnSourceFile *source, GPtrArray *ids, GPtrArray *calendars)
{
  g_autoptr (TnProblems) ignored = tn_problems_new ();
  g_autoptr (GPtrArray) expanded = tn_template_expand (source, ignored);
  g_autoptr (TnDocument) document = tn_document_open (g_ptr_array_index (expanded, 0), ignored);
  if (document == NULL)
    return;
  g_auto (GStrv) names = NULL;
  TnGroup root = tn_document_get_root (document, "charter");
  tn_group_read_texts (tn_group_enter (root, "collaboration"), "holidays", &names);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *path = tn_closures_dup_path (source->path, names[i]);
      if (tn_closures_is_calendar (names[i]))
        add_once (calendars, path);
      else
        add_once (ids, names[i]);
    }
}

static void
take_file (TnSourceFile *file, const GError *error, GPtrArray *files, GString *failures)
{
  if (file != NULL)
    g_ptr_array_add (files, file);
  else
    g_string_append_printf (failures, "%s%s", failures->len > 0 ? "\n" : "", error->message);
}

static void
load_file (const char *path, GPtrArray *files, GString *failures)
{
  g_autoptr (GError) error = NULL;
  TnSourceFile *file = tn_closures_is_calendar (path) ? tn_source_file_load_calendar (path, &error)
                                                      : tn_source_file_load (path, &error);
  take_file (file, error, files, failures);
}

/* One that is not there at all is complained about where the charter names it. */
static void
load_existing (const char *path, GPtrArray *files, GString *failures)
{
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    load_file (path, files, failures);
}

static void
load_holidays (const char *folder, GPtrArray *files, GString *failures)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) calendars = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < files->len; i++)
    collect_holidays (g_ptr_array_index (files, i), ids, calendars);
  for (guint i = 0; i < ids->len && folder != NULL; i++)
    {
      g_autofree char *name = g_strconcat (g_ptr_array_index (ids, i), ".conf", NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      load_existing (path, files, failures);
    }
  for (guint i = 0; i < calendars->len; i++)
    load_existing (g_ptr_array_index (calendars, i), files, failures);
}

/**
 * tn_charter_load_busy:
 * @files: (element-type TnSourceFile): as tn_charter_load_files() gives them; appended to
 * @paths: (array zero-terminated=1): iCalendar files with busy times
 *
 * Errors: %TN_ERROR_INVALID with every file that cannot be read, one a line.
 */
gboolean
tn_charter_load_busy (GPtrArray *files, const char *const *paths, GError **error)
{
  g_autoptr (GString) failures = g_string_new (NULL);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autoptr (GError) cause = NULL;
      TnSourceFile *file
          = find_file (files, paths[i]) == NULL ? tn_closures_load_busy (paths[i], &cause) : NULL;
      if (file != NULL || cause != NULL)
        take_file (file, cause, files, failures);
    }
  if (failures->len == 0)
    return TRUE;
  g_set_error_literal (error, TN_ERROR, TN_ERROR_INVALID, failures->str);
  return FALSE;
}

/**
 * tn_charter_load_files:
 * @charter_paths: (array zero-terminated=1)
 * @holiday_folder: (nullable): where `<id>.conf` of each id that a charter names is looked for
 *
 * Charters are read only as far as it takes to know their holiday files.
 *
 * Errors: %TN_ERROR_INVALID when a file cannot be read, with all that is wrong in the others.
 * Returns: (transfer full) (element-type TnSourceFile) (nullable): charters, then holiday files,
 * then iCalendar files that lie beside the charters
 */
GPtrArray *
tn_charter_load_files (const char *const *charter_paths, const char *holiday_folder, GError **error)
{
  g_return_val_if_fail (charter_paths != NULL, NULL);

  g_autoptr (GPtrArray) files
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_source_file_free);
  g_autoptr (GString) failures = g_string_new (NULL);
  for (guint i = 0; charter_paths[i] != NULL; i++)
    load_file (charter_paths[i], files, failures);
  load_holidays (holiday_folder, files, failures);
  if (failures->len == 0)
    return g_steal_pointer (&files);

  g_autoptr (GError) others = NULL;
  g_autoptr (TnRulebook) rulebook = tn_charter_read (files, &others);
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "%s%s%s", failures->str,
               others != NULL ? "\n" : "", others != NULL ? others->message : "");
  return NULL;
}
