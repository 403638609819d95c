/* Outlook's closed set of patterns, day by day: slow, and easy to believe. Index 1 is the first
 * occurrence; an occurrence's id is its master's with the index behind it. */
#include "fakes/ews-series.h"

#include <stdlib.h>
#include <string.h>

#include "fakes/ews-item.h"
#include "fakes/ews-moment.h"

#define DAYS_MOST (366 * 12)
#define SEPARATOR '.'

typedef struct
{
  const xmlNode *pattern;
  const xmlNode *range;
  GDate start;
  GDate end; /* of an EndDateRecurrence; else far away */
  guint most;
  guint interval;
} Rule;

static guint
read_number (const xmlNode *parent, const char *name, guint otherwise)
{
  g_autofree char *text = tn_ews_tree_dup_text (tn_ews_tree_find (parent, name));
  return text != NULL ? (guint) strtoul (text, NULL, 10) : otherwise;
}

/* An xs:date, which may have a zone behind it. */
static void
read_date (const xmlNode *range, const char *name, GDate *date)
{
  g_autofree char *text = tn_ews_tree_dup_text (tn_ews_tree_find (range, name));
  guint year = 0;
  guint month = 0;
  guint day = 0;
  if (text != NULL && sscanf (text, "%4u-%2u-%2u", &year, &month, &day) == 3
      && g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

static gboolean
read_rule (const TnEwsItem *master, Rule *rule)
{
  const xmlNode *recurrence = tn_ews_tree_find (master->fields, "Recurrence");
  const xmlNode *pattern = tn_ews_tree_first (recurrence);
  if (pattern == NULL || tn_ews_tree_next (pattern) == NULL)
    return FALSE;
  *rule = (Rule){ .pattern = pattern, .range = tn_ews_tree_next (pattern) };
  g_date_clear (&rule->start, 1);
  g_date_clear (&rule->end, 1);
  g_date_set_dmy (&rule->end, 31, G_DATE_DECEMBER, 2200);
  read_date (rule->range, "StartDate", &rule->start);
  read_date (rule->range, "EndDate", &rule->end);
  rule->most = read_number (rule->range, "NumberOfOccurrences", G_MAXUINT);
  rule->interval = MAX (1, read_number (pattern, "Interval", 1));
  return g_date_valid (&rule->start);
}

static gboolean
is_among (const Rule *rule, GDateWeekday weekday)
{
  static const char *const names[]
      = { "", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };
  g_autofree char *text = tn_ews_tree_dup_text (tn_ews_tree_find (rule->pattern, "DaysOfWeek"));
  gboolean is_weekend = weekday >= G_DATE_SATURDAY;
  if (text == NULL)
    return FALSE;
  return strstr (text, names[weekday]) != NULL || strcmp (text, "Day") == 0
         || (strcmp (text, "Weekday") == 0 && !is_weekend)
         || (strcmp (text, "WeekendDay") == 0 && is_weekend);
}

/* Is @date the first, second … or last of those days in its month? */
static gboolean
is_nth (const Rule *rule, const GDate *date)
{
  static const char *const indexes[] = { "First", "Second", "Third", "Fourth", NULL };
  g_autofree char *index
      = tn_ews_tree_dup_text (tn_ews_tree_find (rule->pattern, "DayOfWeekIndex"));
  guint before = 0;
  guint after = 0;
  guint days = g_date_get_days_in_month (g_date_get_month (date), g_date_get_year (date));
  for (guint day = 1; day <= days; day++)
    {
      GDate one;
      g_date_clear (&one, 1);
      g_date_set_dmy (&one, (GDateDay) day, g_date_get_month (date), g_date_get_year (date));
      gboolean counts = is_among (rule, g_date_get_weekday (&one));
      before += counts && day < g_date_get_day (date);
      after += counts && day > g_date_get_day (date);
    }
  if (!is_among (rule, g_date_get_weekday (date)))
    return FALSE;
  return g_strcmp0 (index, "Last") == 0 ? after == 0
                                        : before < 4 && g_strcmp0 (index, indexes[before]) == 0;
}

static gboolean
is_month (const Rule *rule, const GDate *date)
{
  static const char *const names[]
      = { "",     "January", "February",  "March",   "April",    "May",     "June",
          "July", "August",  "September", "October", "November", "December" };
  g_autofree char *month = tn_ews_tree_dup_text (tn_ews_tree_find (rule->pattern, "Month"));
  return g_strcmp0 (month, names[g_date_get_month (date)]) == 0;
}

static gboolean
is_day_of_month (const Rule *rule, const GDate *date)
{
  guint days = g_date_get_days_in_month (g_date_get_month (date), g_date_get_year (date));
  return g_date_get_day (date) == MIN (read_number (rule->pattern, "DayOfMonth", 1), days);
}

static gboolean
is_on (const Rule *rule, const GDate *date)
{
  const xmlNode *pattern = rule->pattern;
  guint days = (guint) g_date_days_between (&rule->start, date);
  guint months = (guint) (12 * (g_date_get_year (date) - g_date_get_year (&rule->start))
                          + (int) g_date_get_month (date) - (int) g_date_get_month (&rule->start));
  guint weeks = (days + (guint) g_date_get_weekday (&rule->start) - 1) / 7;
  if (tn_ews_tree_is (pattern, "DailyRecurrence"))
    return days % rule->interval == 0;
  if (tn_ews_tree_is (pattern, "WeeklyRecurrence"))
    return weeks % rule->interval == 0 && is_among (rule, g_date_get_weekday (date));
  if (tn_ews_tree_is (pattern, "AbsoluteMonthlyRecurrence"))
    return months % rule->interval == 0 && is_day_of_month (rule, date);
  if (tn_ews_tree_is (pattern, "RelativeMonthlyRecurrence"))
    return months % rule->interval == 0 && is_nth (rule, date);
  if (tn_ews_tree_is (pattern, "AbsoluteYearlyRecurrence"))
    return is_month (rule, date) && is_day_of_month (rule, date);
  return is_month (rule, date) && is_nth (rule, date);
}

static GTimeZone *
get_zone (const TnEwsItem *master)
{
  GTimeZone *zone = tn_ews_item_get_zone (master->fields, "StartTimeZone");
  return zone != NULL ? zone : g_time_zone_new_utc ();
}

/* Returns: (transfer full): fields of the occurrence on @date, as the pattern has it */
static xmlNode *
make_fields (const TnEwsItem *master, const GDate *date)
{
  g_autoptr (GTimeZone) zone = get_zone (master);
  g_autoptr (GDateTime) start = tn_ews_item_get_moment (master->fields, "Start");
  g_autoptr (GDateTime) end = tn_ews_item_get_moment (master->fields, "End");
  g_autoptr (GDateTime) local = g_date_time_to_timezone (start, zone);
  g_autoptr (GDateTime) own_start
      = g_date_time_new (zone, g_date_get_year (date), (int) g_date_get_month (date),
                         g_date_get_day (date), g_date_time_get_hour (local),
                         g_date_time_get_minute (local), g_date_time_get_seconds (local));
  g_autoptr (GDateTime) own_end = g_date_time_add (own_start, g_date_time_difference (end, start));
  xmlNode *fields = tn_ews_tree_new_root (TN_EWS_TYPES, "CalendarItem");
  for (xmlNode *one = tn_ews_tree_first (master->fields); one != NULL; one = tn_ews_tree_next (one))
    if (!tn_ews_tree_is (one, "Recurrence"))
      tn_ews_tree_copy (fields, one);
  tn_ews_item_set_moment (fields, "Start", own_start);
  tn_ews_item_set_moment (fields, "End", own_end);
  return fields;
}

static xmlNode *
copy_fields (const xmlNode *fields)
{
  xmlNode *copy = tn_ews_tree_new_root (TN_EWS_TYPES, "CalendarItem");
  for (xmlNode *one = tn_ews_tree_first (fields); one != NULL; one = tn_ews_tree_next (one))
    tn_ews_tree_copy (copy, one);
  return copy;
}

static TnEwsItem *
make_view (const TnEwsItem *master, int index, const GDate *date)
{
  const xmlNode *changed = g_hash_table_lookup (master->changed, GINT_TO_POINTER (index));
  TnEwsItem *view = g_new0 (TnEwsItem, 1);
  view->id = g_strdup_printf ("%s%c%d", master->id, SEPARATOR, index);
  view->version = master->version;
  view->created_at = master->created_at;
  view->changed_at = master->changed_at;
  view->type = changed != NULL ? "Exception" : "Occurrence";
  view->fields = changed != NULL ? copy_fields (changed) : make_fields (master, date);
  return view;
}

/* The day of an index. */
static gboolean
find_day (const Rule *rule, int index, GDate *day)
{
  guint n = 0;
  GDate date = rule->start;
  for (guint i = 0; i < DAYS_MOST && g_date_compare (&date, &rule->end) <= 0 && n < rule->most;
       i++, g_date_add_days (&date, 1))
    if (is_on (rule, &date) && (int) ++n == index)
      {
        *day = date;
        return TRUE;
      }
  return FALSE;
}

/* Returns: (transfer full) (nullable): %NULL: there is none, or it is deleted */
TnEwsItem *
tn_ews_series_get (const TnEwsItem *master, int index)
{
  Rule rule;
  GDate day;
  if (g_hash_table_contains (master->deleted, GINT_TO_POINTER (index)) || !read_rule (master, &rule)
      || !find_day (&rule, index, &day))
    return NULL;
  return make_view (master, index, &day);
}

/* Returns: (transfer full) (nullable): the occurrence of this id */
TnEwsItem *
tn_ews_series_find (const TnEwsOrganisation *organisation, const char *id, TnEwsItem **ret_master,
                    int *ret_index)
{
  const char *separator = strrchr (id, SEPARATOR);
  if (separator == NULL)
    return NULL;
  g_autofree char *own = g_strndup (id, (gsize) (separator - id));
  TnEwsItem *master = tn_ews_organisation_find_item (organisation, own, NULL);
  *ret_master = master;
  *ret_index = atoi (separator + 1);
  return master != NULL ? tn_ews_series_get (master, *ret_index) : NULL;
}

/**
 * tn_ews_series_visit:
 * @start: of a half-open span
 *
 * Calls @visit for each occurrence that overlaps the span.
 */
void
tn_ews_series_visit (const TnEwsItem *master, GDateTime *start, GDateTime *end,
                     TnEwsSeriesVisit visit, gpointer user_data)
{
  Rule rule;
  int n = 0;
  if (!read_rule (master, &rule))
    return;
  GDate date = rule.start;
  for (guint i = 0;
       i < DAYS_MOST && g_date_compare (&date, &rule.end) <= 0 && (guint) n < rule.most;
       i++, g_date_add_days (&date, 1))
    {
      if (!is_on (&rule, &date))
        continue;
      n++;
      if (g_hash_table_contains (master->deleted, GINT_TO_POINTER (n)))
        continue;
      g_autoptr (TnEwsItem) view = make_view (master, n, &date);
      g_autoptr (GDateTime) from = tn_ews_item_get_moment (view->fields, "Start");
      g_autoptr (GDateTime) to = tn_ews_item_get_moment (view->fields, "End");
      if (g_date_time_compare (from, end) < 0 && g_date_time_compare (to, start) > 0)
        visit (view, user_data);
    }
}

static gboolean
lies_beyond (const TnEwsItem *master, int index, GDateTime *start, int sign)
{
  g_autoptr (TnEwsItem) neighbour = tn_ews_series_get (master, index);
  if (neighbour == NULL)
    return FALSE;
  g_autoptr (GDateTime) own = tn_ews_item_get_moment (neighbour->fields, "Start");
  return sign * g_date_time_compare (start, own) <= 0;
}

/* An occurrence does not pass its neighbours (exchange.md 5, pitfall 10). */
gboolean
tn_ews_series_can_keep (const TnEwsItem *master, int index, const xmlNode *fields)
{
  g_autoptr (GDateTime) start = tn_ews_item_get_moment (fields, "Start");
  return !lies_beyond (master, index - 1, start, 1) && !lies_beyond (master, index + 1, start, -1);
}

void
tn_ews_series_keep (TnEwsItem *master, int index, const xmlNode *fields)
{
  g_hash_table_replace (master->changed, GINT_TO_POINTER (index), copy_fields (fields));
}

static void
show_occurrence (const TnEwsItem *master, int index, const char *name, xmlNode *out)
{
  g_autoptr (TnEwsItem) view = tn_ews_series_get (master, index);
  if (view == NULL)
    return;
  g_autofree char *key = tn_ews_item_dup_change_key (view);
  g_autofree char *start = tn_ews_tree_dup_text (tn_ews_tree_find (view->fields, "Start"));
  g_autofree char *end = tn_ews_tree_dup_text (tn_ews_tree_find (view->fields, "End"));
  xmlNode *one = tn_ews_tree_add_type (out, name, NULL);
  xmlNode *id = tn_ews_tree_add_type (one, "ItemId", NULL);
  tn_ews_tree_set (id, "Id", view->id);
  tn_ews_tree_set (id, "ChangeKey", key);
  tn_ews_tree_add_type (one, "Start", start);
  tn_ews_tree_add_type (one, "End", end);
  tn_ews_tree_add_type (one, "OriginalStart", start);
}

static void
show_deleted (const TnEwsItem *master, int index, xmlNode *out)
{
  Rule rule;
  GDate day;
  if (!read_rule (master, &rule) || !find_day (&rule, index, &day))
    return;
  xmlNode *fields = make_fields (master, &day);
  g_autofree char *start = tn_ews_tree_dup_text (tn_ews_tree_find (fields, "Start"));
  xmlNode *one = tn_ews_tree_add_type (out, "DeletedOccurrence", NULL);
  tn_ews_tree_add_type (one, "Start", start);
  tn_ews_tree_free_root (fields);
}

static int
compare_indexes (gconstpointer a, gconstpointer b)
{
  return GPOINTER_TO_INT (a) - GPOINTER_TO_INT (b);
}

/* FirstOccurrence, ModifiedOccurrences or DeletedOccurrences of a master; others have none. */
void
tn_ews_series_show (const TnEwsItem *master, const char *name, xmlNode *out)
{
  gboolean is_deleted = strcmp (name, "DeletedOccurrences") == 0;
  GHashTable *kept = is_deleted ? master->deleted : master->changed;
  if (kept == NULL || tn_ews_tree_find (master->fields, "Recurrence") == NULL)
    return;
  if (strcmp (name, "FirstOccurrence") == 0)
    show_occurrence (master, 1, name, out);
  if (!g_str_has_suffix (name, "Occurrences") || g_hash_table_size (kept) == 0)
    return;
  xmlNode *list = tn_ews_tree_add_type (out, name, NULL);
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (kept), compare_indexes);
  for (GList *one = keys; one != NULL; one = one->next)
    if (is_deleted)
      show_deleted (master, GPOINTER_TO_INT (one->data), list);
    else
      show_occurrence (master, GPOINTER_TO_INT (one->data), "Occurrence", list);
}
