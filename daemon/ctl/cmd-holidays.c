/* turnusctl holidays: the days that the rules know of. */
#include "base/clock.h"
#include "base/encode.h"
#include "base/error.h"
#include "charter/charter.h"
#include "charter/closures.h"
#include "ctl/command.h"
#include "ctl/json.h"
#include "ctl/papers.h"
#include "ctl/table.h"
#include "model/catalogue.h"
#include "rules/holidays.h"

#include <string.h>

/* What is asked for. */
typedef struct
{
  const char *id; /* (unowned) */
  TnSpan span;
  gboolean has_kind;
  TnHolidayKind kind;
} Question;

static gboolean
find_year (const TnCall *call, const char *name, int *year, GError **error)
{
  const char *text = tn_call_get_option (call, name);
  guint64 number = 0;
  if (text == NULL)
    return TRUE;
  if (g_ascii_string_to_unsigned (text, 10, 1583, 9998, &number, NULL))
    {
      *year = (int) number;
      return TRUE;
    }
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
               "--%s %s is no year, expected one from 1583 to 9998 like 2027", name, text);
  return FALSE;
}

static gboolean
find_span (const TnCall *call, TnSpan *ret_span, GError **error)
{
  g_autoptr (TnZone) utc = tn_zone_new_utc ();
  TnDate today = 0;
  if (!tn_call_find_today (call, utc, &today, error))
    return FALSE;
  int from = tn_date_get_year (today);
  if (!find_year (call, "from", &from, error))
    return FALSE;
  int to = from;
  if (!find_year (call, "to", &to, error))
    return FALSE;
  if (to < from)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "--to %d is before the first year, %d: expected a later one", to, from);
      return FALSE;
    }
  *ret_span = tn_span_new (tn_date_new (from, 1, 1), tn_date_new (to + 1, 1, 1));
  return TRUE;
}

static gboolean
find_kind (const TnCall *call, Question *question, GError **error)
{
  const char *text = tn_call_get_option (call, "kind");
  question->has_kind = text != NULL;
  if (text == NULL || tn_holiday_kind_from_string (text, &question->kind))
    return TRUE;
  g_autoptr (GString) kinds = g_string_new (NULL);
  for (int kind = TN_HOLIDAY_PUBLIC; kind <= TN_HOLIDAY_ELECTION; kind++)
    g_string_append_printf (kinds, "%s%s", kinds->len > 0 ? ", " : "",
                            tn_holiday_kind_to_string ((TnHolidayKind) kind));
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "--kind %s is none, expected one of: %s", text,
               kinds->str);
  return FALSE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* `dk, no, se`: what there is in @folder. */
static char *
list_ids (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL;
       name = g_dir_read_name (dir))
    if (g_str_has_suffix (name, ".conf"))
      g_ptr_array_add (ids, g_strndup (name, strlen (name) - strlen (".conf")));
  g_ptr_array_sort (ids, compare_names);
  g_ptr_array_add (ids, NULL);
  return g_strjoinv (", ", (char **) ids->pdata);
}

static TnRulebook *
read_file (const char *folder, const char *id, GError **error)
{
  g_autofree char *name = g_strconcat (id, ".conf", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  /* What a user types for a country shall not wander through the file system. */
  if (strchr (id, '/') != NULL || id[0] == '.' || id[0] == '\0'
      || !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_autofree char *ids = list_ids (folder);
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "there are no holidays '%s' in %s, expected %s%s", id, folder,
                   ids[0] != '\0' ? "one of: " : "another folder: say --holidays FOLDER", ids);
      return NULL;
    }
  g_autoptr (GPtrArray) files
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_source_file_free);
  TnSourceFile *file = tn_source_file_load (path, error);
  if (file == NULL)
    return NULL;
  g_ptr_array_add (files, file);
  return tn_charter_read (files, error);
}

static gboolean
is_same (const TnHoliday *a, const TnHoliday *b)
{
  return a->date == b->date && a->rule->kind == b->rule->kind
         && strcmp (a->rule->name, b->rule->name) == 0;
}

/* Without areas two school breaks of one name on one day would be the same line twice. */
static gboolean
is_listed (const TnHolidays *holidays, guint index, const Question *question)
{
  const TnHoliday *holiday = tn_holidays_get (holidays, index);
  if (strcmp (holiday->file->id, question->id) != 0
      || (question->has_kind && holiday->rule->kind != question->kind))
    return FALSE;
  for (guint i = index; i > 0 && tn_holidays_get (holidays, i - 1)->date == holiday->date; i--)
    if (is_same (tn_holidays_get (holidays, i - 1), holiday))
      return FALSE;
  return TRUE;
}

static void
print_json (const TnCall *call, const TnHolidays *holidays, const Question *question)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_array (builder);
  for (guint i = 0; i < tn_holidays_get_size (holidays); i++)
    {
      const TnHoliday *holiday = tn_holidays_get (holidays, i);
      if (!is_listed (holidays, i, question))
        continue;
      json_builder_begin_object (builder);
      tn_json_add_date (builder, "date", holiday->date);
      tn_json_add_text (builder, "name", holiday->rule->name);
      tn_json_add_text (builder, "kind", tn_holiday_kind_to_string (holiday->rule->kind));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  tn_call_print_json (call, root);
}

static void
print_table (const TnCall *call, const TnHolidays *holidays, const Question *question)
{
  static const char *const headings[] = { N_ ("DATE"), N_ ("NAME"), N_ ("KIND"), NULL };
  g_autoptr (TnTable) table = tn_table_new_in (call->language, headings);
  for (guint i = 0; i < tn_holidays_get_size (holidays); i++)
    {
      const TnHoliday *holiday = tn_holidays_get (holidays, i);
      g_autofree char *date = tn_date_to_string (holiday->date);
      if (is_listed (holidays, i, question))
        tn_table_add (table, date, holiday->rule->name,
                      tn_say_code (call->language, tn_holiday_kind_to_string (holiday->rule->kind)),
                      NULL);
    }
  tn_table_print (table, call->out);
}

static TnHolidays *
find_country (const TnCall *call, Question *question, TnRulebook **rulebook, GError **error)
{
  g_autofree char *folder = tn_papers_find_holiday_folder (call, error);
  *rulebook = folder != NULL ? read_file (folder, question->id, error) : NULL;
  if (*rulebook == NULL)
    return NULL;
  /* A file is known by what it says of itself; its name only found it. */
  const GPtrArray *files = (*rulebook)->holiday_files;
  if (files->len > 0)
    question->id = ((const TnHolidayFile *) g_ptr_array_index (files, 0))->id;
  const char *const ids[] = { question->id, NULL };
  return tn_holidays_new (*rulebook, ids, question->span);
}

static const TnCollaboration *
find_reader (const TnRulebook *rulebook, const char *name)
{
  for (guint i = 0; i < rulebook->collaborations->len; i++)
    {
      const TnCollaboration *collaboration = g_ptr_array_index (rulebook->collaborations, i);
      for (guint j = 0; j < collaboration->calendars->len; j++)
        if (strcmp (((TnHolidayFile *) g_ptr_array_index (collaboration->calendars, j))->id, name)
            == 0)
          return collaboration;
    }
  return NULL;
}

/* Which days an iCalendar file takes is known of a collaboration that reads it, in its zone. */
static TnHolidays *
find_calendar (const TnCall *call, const Question *question, TnRulebook **rulebook, GError **error)
{
  g_autoptr (TnPapers) papers = tn_papers_load (call, error);
  if (papers == NULL)
    return NULL;
  const TnCollaboration *reader = find_reader (papers->rulebook, question->id);
  if (reader == NULL)
    {
      g_set_error (
          error, TN_ERROR, TN_ERROR_INVALID,
          "neither charter nor settings name a file '%s', expected one of holidays or busy",
          question->id);
      return NULL;
    }
  *rulebook = tn_rulebook_ref (papers->rulebook);
  return tn_holidays_new_for (*rulebook, reader, question->span);
}

static int
run (TnCall *call)
{
  g_autoptr (GError) error = NULL;
  Question question = { .id = call->words[0] };
  if (!find_span (call, &question.span, &error) || !find_kind (call, &question, &error))
    return tn_call_fail (call, error);
  g_autoptr (TnRulebook) rulebook = NULL;
  g_autoptr (TnHolidays) holidays = tn_closures_is_calendar (question.id)
                                        ? find_calendar (call, &question, &rulebook, &error)
                                        : find_country (call, &question, &rulebook, &error);
  if (holidays == NULL)
    return tn_call_fail (call, error);
  if (tn_call_wants_json (call))
    print_json (call, holidays, &question);
  else
    print_table (call, holidays, &question);
  return TN_EXIT_DONE;
}

static const TnOption OPTIONS[] = {
  { "from", "YEAR", N_ ("first year; this one when not said"), 0, FALSE },
  { "to", "YEAR", N_ ("last year; the first one when not said"), 0, FALSE },
  { "kind", "public|observance|eve|school-break|election", N_ ("only these"), 0, FALSE },
  { NULL, NULL, NULL, 0, FALSE },
};

const TnCommand tn_cmd_holidays = {
  .name = "holidays",
  .topic = TN_TOPIC_PLAN,
  .see_also = "check explain",
  .arguments = "COUNTRY|FILE.ics",
  .summary = N_ ("public holidays, school breaks, elections"),
  .help
  = N_ ("Lists the days that rules like `avoid = [ \"holidays\" ]` know of. They come from a file\n"
        "COUNTRY.conf in the folder of holiday files, or from an iCalendar file that a charter\n"
        "or the settings name.\n\n"
        "Example: the public holidays of Denmark in 2027\n"
        "  turnusctl holidays dk --from 2027 --to 2027 --kind public\n"
        "Example: what a charter takes from the file beside it\n"
        "  turnusctl holidays lukkedage.ics --charter 7by.conf"),
  .n_min_words = 1,
  .n_max_words = 1,
  .options = OPTIONS,
  .run = run,
};
