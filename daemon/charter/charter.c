/* Files to a rulebook. Loading and reading are two steps, because the texts are kept in the store
 * and read again from there. */
#include "charter/charter.h"

#include <string.h>

#include "base/encode.h"
#include "base/error.h"
#include "charter/agreement.h"
#include "charter/almanac.h"
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

static void
check_holidays (const Reading *reading)
{
  for (guint i = 0; i < reading->charters->len; i++)
    {
      TnGroup charter = g_array_index (reading->charters, TnGroup, i);
      const TnCollaboration *collaboration
          = g_ptr_array_index (reading->rulebook->collaborations, i);
      for (guint j = 0; collaboration->holidays[j] != NULL; j++)
        if (tn_rulebook_find_holidays (reading->rulebook, collaboration->holidays[j]) == NULL)
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
 * @files: (element-type TnSourceFile): charters and holiday files, told apart by their first key
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
    read_source (&reading, g_ptr_array_index (files, i));
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

/* The ids that a charter names, as far as it can be read; ids are safe as file names. */
static void
collect_holidays (const TnSourceFile *source, GPtrArray *ids)
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
    if (!g_ptr_array_find_with_equal_func (ids, names[i], g_str_equal, NULL))
      g_ptr_array_add (ids, g_strdup (names[i]));
}

static void
load_file (const char *path, GPtrArray *files, GString *failures)
{
  g_autoptr (GError) error = NULL;
  TnSourceFile *file = tn_source_file_load (path, &error);
  if (file != NULL)
    g_ptr_array_add (files, file);
  else
    g_string_append_printf (failures, "%s%s", failures->len > 0 ? "\n" : "", error->message);
}

static void
load_holidays (const char *folder, GPtrArray *files, GString *failures)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < files->len; i++)
    collect_holidays (g_ptr_array_index (files, i), ids);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autofree char *name = g_strconcat (g_ptr_array_index (ids, i), ".conf", NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      /* One that is not there at all is complained about where the charter names it. */
      if (g_file_test (path, G_FILE_TEST_EXISTS))
        load_file (path, files, failures);
    }
}

/**
 * tn_charter_load_files:
 * @charter_paths: (array zero-terminated=1)
 * @holiday_folder: (nullable): where `<id>.conf` of each id that a charter names is looked for
 *
 * Charters are read only as far as it takes to know their holiday files.
 *
 * Errors: %TN_ERROR_INVALID when a file cannot be read, with all that is wrong in the others.
 * Returns: (transfer full) (element-type TnSourceFile) (nullable): charters, then holiday files
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
  if (holiday_folder != NULL)
    load_holidays (holiday_folder, files, failures);
  if (failures->len == 0)
    return g_steal_pointer (&files);

  g_autoptr (GError) others = NULL;
  g_autoptr (TnRulebook) rulebook = tn_charter_read (files, &others);
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "%s%s%s", failures->str,
               others != NULL ? "\n" : "", others != NULL ? others->message : "");
  return NULL;
}
