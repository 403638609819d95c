/* Names for people. A series has an id and titles of its events; what people call it is its title
 * without what differs from event to event. */
#include "ctl/naming.h"

#include "base/paragraph.h"
#include "ctl/phrases.h"
#include "model/series-name.h"

#include <string.h>

static char *
name_slot (TnLanguage language, const TnSeries *series, const char *slot)
{
  static const struct
  {
    const char *slot;
    TnPhrase phrase;
  } slots[] = {
    { "cycle", TN_PHRASE_SLOT_CYCLE },   { "year", TN_PHRASE_SLOT_YEAR },
    { "number", TN_PHRASE_SLOT_NUMBER }, { "theme", TN_PHRASE_SLOT_THEME },
    { "site", TN_PHRASE_SLOT_SITE },     { "count", TN_PHRASE_SLOT_COUNT },
  };
  if (strcmp (slot, "cycle") == 0 && series->every == TN_PERIOD_YEAR)
    return g_strdup_printf ("[%s]", tn_phrase (language, TN_PHRASE_SLOT_YEAR));
  for (gsize i = 0; i < G_N_ELEMENTS (slots); i++)
    if (strcmp (slot, slots[i].slot) == 0)
      return g_strdup_printf ("[%s]", tn_phrase (language, slots[i].phrase));
  g_autofree char *role = tn_naming_role (language, slot);
  return g_strdup_printf ("[%s]", role);
}

static char *
write_slots (TnLanguage language, const TnSeries *series, const char *template)
{
  GString *text = g_string_new (NULL);
  for (const char *at = template; *at != '\0';)
    {
      const char *end = *at == '{' ? strchr (at, '}') : NULL;
      if (end == NULL)
        {
          g_string_append_c (text, *at++);
          continue;
        }
      g_autofree char *slot = g_strndup (at + 1, (gsize) (end - at) - 1);
      g_autofree char *value = name_slot (language, series, slot);
      g_string_append (text, value);
      at = end + 1;
    }
  return g_string_free (text, FALSE);
}

/**
 * tn_naming_title:
 * @template: a title or text of @series, with placeholders
 *
 * Returns: (transfer full): `Studietur [år]: [vært]`
 */
char *
tn_naming_title (TnLanguage language, const TnSeries *series, const char *template)
{
  g_autofree char *text = write_slots (language, series, template);
  return tn_paragraph_clean (text);
}

/**
 * tn_naming_kind:
 *
 * Returns: (transfer none): `en studietur`
 */
const char *
tn_naming_kind (TnLanguage language, TnKind kind)
{
  static const TnPhrase kinds[] = { TN_PHRASE_KIND_TRIP, TN_PHRASE_KIND_ERFA, TN_PHRASE_KIND_THEME,
                                    TN_PHRASE_KIND_MEETING, TN_PHRASE_KIND_REPORT };
  gboolean is_known = (guint) kind < G_N_ELEMENTS (kinds);
  return tn_phrase (language, is_known ? kinds[kind] : TN_PHRASE_KIND_OTHER);
}

/**
 * tn_naming_series:
 *
 * Returns: (transfer full): `Studietur`; what kind of event it is, where the title is nothing but
 *   placeholders
 */
char *
tn_naming_series (TnLanguage language, const TnSeries *series)
{
  g_autofree char *name = tn_series_dup_name (series);
  return g_strdup (name[0] != '\0' ? name : tn_naming_kind (language, series->kind));
}

/**
 * tn_naming_role:
 *
 * Returns: (transfer full): `vært`: the word within a sentence
 */
char *
tn_naming_role (TnLanguage language, const char *role)
{
  const char *word = tn_word_for_role (language, role);
  if (*word == '\0')
    return g_strdup ("");
  GString *text = g_string_new (NULL);
  /* Knows no locale, unlike g_utf8_strdown(). */
  g_string_append_unichar (text, g_unichar_tolower (g_utf8_get_char (word)));
  g_string_append (text, g_utf8_next_char (word));
  return g_string_free (text, FALSE);
}

/**
 * tn_naming_roles:
 *
 * Returns: (transfer full): `vært eller sekretariat`
 */
char *
tn_naming_roles (TnLanguage language, char **roles)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; roles[i] != NULL; i++)
    g_ptr_array_add (words, tn_naming_role (language, roles[i]));
  return tn_phrase_join (language, TN_PHRASE_OR, words);
}

/**
 * tn_naming_councils:
 *
 * Returns: (transfer full): `Randers, Odense og Esbjerg`
 */
char *
tn_naming_councils (const TnCollaboration *collaboration, char **councils)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (gsize i = 0; councils[i] != NULL; i++)
    g_ptr_array_add (names,
                     (gpointer) tn_collaboration_get_council_name (collaboration, councils[i]));
  return tn_phrase_join (collaboration->language, TN_PHRASE_AND, names);
}

/**
 * tn_naming_area:
 * @area: of school breaks: a council, or a region, of which nothing but its id is known
 *
 * Returns: (transfer full): `Aarhus`
 */
char *
tn_naming_area (const TnCollaboration *collaboration, const char *area)
{
  const char *name = tn_collaboration_get_council_name (collaboration, area);
  GString *text = g_string_new (NULL);
  g_string_append_unichar (text, g_unichar_toupper (g_utf8_get_char (name)));
  g_string_append (text, g_utf8_next_char (name));
  return g_string_free (text, FALSE);
}

static char *
format_period (TnLanguage language, const TnCycle *cycle)
{
  g_autofree char *year = g_strdup_printf ("%d", cycle->year);
  g_autofree char *part = g_strdup_printf ("%d", cycle->part);
  TnCycle whole = *cycle;
  whole.ordinal = 0;
  g_autofree char *text = tn_cycle_to_string (&whole);
  switch (cycle->period)
    {
    case TN_PERIOD_YEAR:
      return tn_phrase_fill (language, TN_PHRASE_CYCLE_YEAR, "year", year, NULL);
    case TN_PERIOD_HALF:
      return tn_phrase_fill (language, TN_PHRASE_CYCLE_HALF, "part", part, "year", year, NULL);
    case TN_PERIOD_QUARTER:
      return tn_phrase_fill (language, TN_PHRASE_CYCLE_QUARTER, "part", part, "year", year, NULL);
    case TN_PERIOD_MONTH:
      return tn_phrase_fill (language, TN_PHRASE_CYCLE_MONTH, "month",
                             tn_word_for_month (language, cycle->part), "year", year, NULL);
    case TN_PERIOD_SCHOOL_YEAR:
      return tn_phrase_fill (language, TN_PHRASE_CYCLE_SCHOOL_YEAR, "text", text, NULL);
    default:
      return g_steal_pointer (&text);
    }
}

/**
 * tn_naming_cycle:
 *
 * Returns: (transfer full): `2027`, `1. kvartal 2027`, `april 2027`, `nr. 3 i 2027`
 */
char *
tn_naming_cycle (TnLanguage language, const TnCycle *cycle)
{
  g_autofree char *period = format_period (language, cycle);
  if (cycle->ordinal == 0)
    return g_steal_pointer (&period);
  g_autofree char *ordinal = g_strdup_printf ("%d", cycle->ordinal);
  return tn_phrase_fill (language, TN_PHRASE_CYCLE_ORDINAL, "ordinal", ordinal, "cycle", period,
                         NULL);
}
