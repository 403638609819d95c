/* The charter told back. Whoever approves it at a meeting reads no keys and no ids: each rule is a
 * whole sentence in the collaboration's language, and whatever changes the charter's meaning
 * changes a sentence (a test turns each key of a charter). A kind of rule that is not known here is
 * told to be there, rather than kept back. */
#include "ctl/prose.h"

#include "model/dates.h"
#include "ctl/naming.h"
#include "ctl/phrases.h"

#include <string.h>

void
tn_prose_free (TnProse *prose)
{
  if (prose == NULL)
    return;
  g_clear_pointer (&prose->passages, g_ptr_array_unref);
  g_free (prose);
}

static char *
join_holidays (const TnRulebook *rulebook, const TnCollaboration *collaboration)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (gsize i = 0; collaboration->holidays[i] != NULL; i++)
    {
      const TnHolidayFile *file = tn_rulebook_find_holidays (rulebook, collaboration->holidays[i]);
      g_ptr_array_add (names, file != NULL ? file->name : collaboration->holidays[i]);
    }
  return tn_phrase_join (collaboration->language, TN_PHRASE_AND, names);
}

static TnPassage *
tell_whole (const TnRulebook *rulebook, const TnCollaboration *collaboration)
{
  TnLanguage language = collaboration->language;
  TnPassage *passage = tn_passage_new (collaboration->name);
  g_autofree char *edition = g_strdup_printf ("%d", collaboration->edition);
  g_autofree char *holidays = join_holidays (rulebook, collaboration);
  tn_passage_take (passage, tn_phrase_fill (language, TN_PHRASE_ABOUT, "edition", edition, "name",
                                            collaboration->name, NULL));
  tn_passage_take (passage, tn_phrase_fill (language, TN_PHRASE_ABOUT_ZONE, "zone",
                                            tn_zone_get_id (collaboration->zone), NULL));
  tn_passage_take (
      passage, holidays[0] != '\0'
                   ? tn_phrase_fill (language, TN_PHRASE_ABOUT_HOLIDAYS, "names", holidays, NULL)
                   : g_strdup (tn_phrase (language, TN_PHRASE_ABOUT_NO_HOLIDAYS)));
  return passage;
}

/* A first of January is told by its year alone, as is a last of December. */
static char *
format_bound (TnLanguage language, TnDate date, int whole_month, int whole_day)
{
  int year = 0;
  int month = 0;
  int day = 0;
  tn_date_get_ymd (date, &year, &month, &day);
  if (month == whole_month && day == whole_day)
    return g_strdup_printf ("%d", year);
  return tn_dates_format_day (language, date);
}

/**
 * tn_prose_format_span:
 *
 * Returns: (transfer full): `fra 2008 til og med 31. marts 2010`
 */
char *
tn_prose_format_span (TnLanguage language, TnSpan span)
{
  g_autofree char *from = format_bound (language, span.start, 1, 1);
  if (span.end == TN_SPAN_ALWAYS.end)
    return tn_phrase_fill (language, TN_PHRASE_MEMBER_FROM, "from", from, NULL);
  g_autofree char *to = format_bound (language, span.end - 1, 12, 31);
  return tn_phrase_fill (language, TN_PHRASE_MEMBER_FROM_TO, "from", from, "to", to, NULL);
}

/**
 * tn_prose_format_amount:
 *
 * Returns: (transfer full): `8 uger`
 */
char *
tn_prose_format_amount (TnLanguage language, TnUnit unit, int amount)
{
  static const TnPhrase one[] = { TN_PHRASE_UNIT_DAY, TN_PHRASE_UNIT_WORKDAY, TN_PHRASE_UNIT_WEEK,
                                  TN_PHRASE_UNIT_MONTH }; /* by TnUnit */
  static const TnPhrase several[] = { TN_PHRASE_UNIT_DAYS, TN_PHRASE_UNIT_WORKDAYS,
                                      TN_PHRASE_UNIT_WEEKS, TN_PHRASE_UNIT_MONTHS };
  g_autofree char *n = g_strdup_printf ("%d", amount);
  guint index = MIN ((guint) unit, G_N_ELEMENTS (one) - 1);
  return tn_phrase_fill (language, amount == 1 ? one[index] : several[index], "n", n, NULL);
}

static char *
format_periods (TnLanguage language, const TnCouncil *council)
{
  g_autofree char *text = NULL;
  for (guint i = 0; i < council->memberships->len; i++)
    {
      g_autofree char *period
          = tn_prose_format_span (language, g_array_index (council->memberships, TnSpan, i));
      char *longer = text == NULL ? g_strdup (period)
                                  : tn_phrase_fill (language, TN_PHRASE_MEMBER_AGAIN, "before",
                                                    text, "period", period, NULL);
      g_free (text);
      text = longer;
    }
  return text != NULL ? g_steal_pointer (&text) : g_strdup ("");
}

/* Those who are members at the same times share a sentence. */
static TnPassage *
tell_members (const TnCollaboration *collaboration)
{
  TnLanguage language = collaboration->language;
  TnPassage *passage = tn_passage_new (tn_phrase (language, TN_PHRASE_HEADING_MEMBERS));
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < collaboration->councils->len; i++)
    {
      g_autofree char *periods
          = format_periods (language, g_ptr_array_index (collaboration->councils, i));
      if (g_hash_table_contains (told, periods))
        continue;
      g_autoptr (GPtrArray) names = g_ptr_array_new ();
      for (guint j = i; j < collaboration->councils->len; j++)
        {
          const TnCouncil *council = g_ptr_array_index (collaboration->councils, j);
          g_autofree char *same = format_periods (language, council);
          if (strcmp (same, periods) == 0)
            g_ptr_array_add (names, council->name);
        }
      g_autofree char *joined = tn_phrase_join (language, TN_PHRASE_AND, names);
      tn_passage_take (
          passage, periods[0] != '\0'
                       ? tn_phrase_fill (language, TN_PHRASE_MEMBERS_ARE, "names", joined,
                                         "periods", periods, NULL)
                       : tn_phrase_fill (language, TN_PHRASE_MEMBERS_NEVER, "names", joined, NULL));
      g_hash_table_add (told, g_steal_pointer (&periods));
    }
  return passage;
}

static TnPassage *
tell_series (const TnRulebook *rulebook, const TnCollaboration *collaboration,
             const TnSeries *series)
{
  g_autofree char *name = tn_naming_series (collaboration->language, series);
  TnPassage *passage = tn_passage_new (name);
  tn_prose_tell_rhythm (passage, collaboration, series);
  tn_prose_tell_distances (passage, rulebook, collaboration, series);
  tn_passage_break (passage);
  tn_prose_tell_roles (passage, collaboration, series);
  tn_passage_break (passage);
  tn_prose_tell_agenda (passage, collaboration->language, series);
  tn_passage_break (passage);
  tn_prose_tell_duties (passage, collaboration, series);
  return passage;
}

/**
 * tn_prose_new:
 * @rulebook: outlives the result
 * @collaboration: one of @rulebook
 *
 * Returns: (transfer full): all that the charter means, in its own language
 */
TnProse *
tn_prose_new (const TnRulebook *rulebook, const TnCollaboration *collaboration)
{
  TnProse *prose = g_new0 (TnProse, 1);
  prose->collaboration = collaboration;
  prose->passages = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_passage_free);
  g_ptr_array_add (prose->passages, tell_whole (rulebook, collaboration));
  g_ptr_array_add (prose->passages, tell_members (collaboration));
  for (guint i = 0; i < collaboration->series->len; i++)
    g_ptr_array_add (prose->passages, tell_series (rulebook, collaboration,
                                                   g_ptr_array_index (collaboration->series, i)));
  g_ptr_array_add (prose->passages, tn_prose_tell_decisions (collaboration));
  return prose;
}

/**
 * tn_prose_to_text:
 *
 * Returns: (transfer full): a page to read from
 */
char *
tn_prose_to_text (const TnProse *prose)
{
  GString *page = g_string_new (NULL);
  for (guint i = 0; i < prose->passages->len; i++)
    tn_passage_append (g_ptr_array_index (prose->passages, i), page);
  return g_string_free (page, FALSE);
}
