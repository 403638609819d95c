/* Holidays are data that a user can edit (design section 4): the program knows kinds of rules, the
 * files know the days. */
#include "model/holiday.h"

#include "base/text.h"

static const char *const KINDS[]
    = { "public", "observance", "eve", "school-break", "election", "busy" };

const char *
tn_holiday_kind_to_string (TnHolidayKind kind)
{
  return KINDS[kind];
}

gboolean
tn_holiday_kind_from_string (const char *text, TnHolidayKind *ret_kind)
{
  guint index = 0;
  if (!tn_text_find (KINDS, G_N_ELEMENTS (KINDS), text, &index))
    return FALSE;
  *ret_kind = (TnHolidayKind) index;
  return TRUE;
}

TnHolidayRule *
tn_holiday_rule_new (const char *name, TnHolidayKind kind, TnDayRuleKind rule)
{
  TnHolidayRule *holiday = g_new0 (TnHolidayRule, 1);
  holiday->name = g_strdup (name);
  holiday->kind = kind;
  holiday->rule = rule;
  return holiday;
}

void
tn_holiday_rule_free (TnHolidayRule *rule)
{
  if (rule == NULL)
    return;
  g_free (rule->name);
  g_free (rule->area);
  g_clear_pointer (&rule->spans, g_array_unref);
  tn_origin_clear (&rule->origin);
  g_free (rule);
}

/**
 * tn_holiday_rule_dup_words:
 *
 * Returns: (transfer full): what an explanation says of it: `Grundlovsdag`; of an event of a file
 *   where it stands, too; of a busy time the file and no word of what is in it (promise 11)
 */
char *
tn_holiday_rule_dup_words (const TnHolidayRule *rule)
{
  if (rule->rule != TN_DAY_SPANS || rule->kind == TN_HOLIDAY_BUSY)
    return g_strdup (rule->name);
  return g_strdup_printf ("%s, %s:%d", rule->name, rule->origin.file, rule->origin.line);
}

TnHolidayFile *
tn_holiday_file_new (const char *id, const char *name)
{
  TnHolidayFile *file = g_new0 (TnHolidayFile, 1);
  file->id = g_strdup (id);
  file->name = g_strdup (name);
  file->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_holiday_rule_free);
  return file;
}

void
tn_holiday_file_free (TnHolidayFile *file)
{
  if (file == NULL)
    return;
  g_free (file->id);
  g_free (file->name);
  g_free (file->checked_on);
  g_ptr_array_unref (file->rules);
  g_free (file);
}
