/* Effects and shares are those that `turnusctl … --dry-run` shows: the same values, told in the
 * language of the collaboration. They can be written down as text, for a form that was handed in
 * keeps what came of it. */
#include "site/foresight.h"

#include <string.h>

#include "base/encode.h"
#include "control/mention.h"
#include "model/catalogue.h"
#include "rules/fairness.h"
#include "site/html.h"
#include "site/wording.h"
#include "sync/effect.h"

static const struct
{
  const char *field;
  const char *text;
} FIELDS[] = {
  { "when", N_ ("Date") },     { "status", N_ ("State") },  { "title", N_ ("Title") },
  { "where", N_ ("Place") },   { "theme", N_ ("Theme") },   { "text", N_ ("Description") },
  { "number", N_ ("Number") }, { "agenda", N_ ("Agenda") }, { "occurrence", N_ ("Event") },
};

/* Of a milestone: `program`, when it is due; `program by`, `program title`, `program done`. */
static const char *const DUTIES[] = { " by", " title", " done", "" };

static char *
name_duty (TnLanguage language, const char *ending, const char *title)
{
  if (strcmp (ending, " by") == 0)
    return g_strdup_printf (tn_say (language, N_ ("Whose duty: %s")), title);
  if (strcmp (ending, " title") == 0)
    return g_strdup_printf (tn_say (language, N_ ("Name of the duty: %s")), title);
  if (strcmp (ending, " done") == 0)
    return g_strdup_printf (tn_say (language, N_ ("Done: %s")), title);
  return g_strdup_printf (tn_say (language, N_ ("Due: %s")), title);
}

static const char *
find_title (const TnOccurrence *occurrence, const char *id)
{
  const TnMilestone *milestone
      = occurrence != NULL ? tn_occurrence_find_milestone (occurrence, id) : NULL;
  return milestone != NULL ? milestone->title : id;
}

/* Returns: (transfer full) (nullable): %NULL when it is no field of a milestone */
static char *
dup_duty (const TnReader *reader, const TnEffect *effect)
{
  const TnOccurrence *occurrence
      = tn_mention_find_event (reader->plan, effect->reference, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (DUTIES); i++)
    {
      if (!g_str_has_suffix (effect->field, DUTIES[i]))
        continue;
      g_autofree char *id = g_strndup (effect->field, strlen (effect->field) - strlen (DUTIES[i]));
      const char *title = find_title (occurrence, id);
      if (title != id)
        return name_duty (reader->language, DUTIES[i], title);
    }
  return NULL;
}

static char *
dup_field (const TnReader *reader, const TnEffect *effect)
{
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    if (strcmp (FIELDS[i].field, effect->field) == 0)
      return g_strdup (tn_say (reader->language, FIELDS[i].text));
  char *duty = dup_duty (reader, effect);
  return duty != NULL ? duty : g_strdup (tn_word_for_role (reader->language, effect->field));
}

/* Ids of councils as their names, dates and states in words. */
static char *
dup_value (const TnReader *reader, const char *value)
{
  static const char *const words[] = { N_ ("proposed"), N_ ("confirmed"), N_ ("cancelled"),
                                       N_ ("unplaced"), N_ ("yes"),       N_ ("no") };
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i], value) == 0)
      return g_strdup (tn_say (reader->language, words[i]));
  g_auto (GStrv) parts = g_strsplit (value, ", ", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *name = g_strdup (tn_reader_get_council_name (reader, parts[i]));
      g_free (parts[i]);
      parts[i] = name;
    }
  g_autofree char *joined = g_strjoinv (", ", parts);
  return strcmp (joined, value) != 0 ? g_steal_pointer (&joined)
                                     : tn_wording_dup_value (reader->language, value);
}

static void
add_effect (GString *html, const TnReader *reader, const TnEffect *effect)
{
  g_autofree char *before = dup_value (reader, effect->before);
  g_autofree char *after = dup_value (reader, effect->after);
  g_autofree char *field = dup_field (reader, effect);
  tn_html_add (html, "<tr><th scope=\"row\"><bdi>%s</bdi></th><td><bdi>%s</bdi></td>",
               effect->title, field);
  tn_html_add (html, "<td><bdi>%s</bdi></td><td class=\"changed\"><bdi>%s</bdi></td></tr>\n",
               before, after);
}

/**
 * tn_foresight_add_effects:
 * @effects: (element-type TnEffect)
 *
 * A table of what changes, or the words that nothing does.
 */
void
tn_foresight_add_effects (GString *html, const TnReader *reader, const char *caption,
                          GPtrArray *effects)
{
  TnLanguage language = reader->language;
  const char *const columns[]
      = { tn_say (language, N_ ("Event")), tn_say (language, N_ ("What changes")),
          tn_say (language, N_ ("Before")), tn_say (language, N_ ("After")), NULL };
  if (effects->len == 0)
    {
      tn_html_paragraph (html, tn_say (language, N_ ("Nothing changes in the plan.")));
      return;
    }
  tn_html_table (html, caption, columns);
  for (guint i = 0; i < effects->len; i++)
    add_effect (html, reader, g_ptr_array_index (effects, i));
  tn_html_table_end (html);
}

static void
add_count (GString *html, int before, int after)
{
  if (before == after)
    g_string_append_printf (html, "<td class=\"n\">%d</td>", before);
  else
    g_string_append_printf (html, "<td class=\"n changed\">%d → %d</td>", before, after);
}

static void
add_share (GString *html, const TnReader *reader, const TnShare *share)
{
  const char *before = share->before->next != NULL ? share->before->next : "–";
  const char *after = share->after->next != NULL ? share->after->next : "–";
  tn_html_add (html, "<tr><th scope=\"row\"><bdi>%s</bdi></th>",
               tn_reader_get_council_name (reader, share->before->council));
  add_count (html, share->before->n_held, share->after->n_held);
  add_count (html, share->before->n_planned, share->after->n_planned);
  add_count (html, share->before->n_given, share->after->n_given);
  add_count (html, share->before->n_taken, share->after->n_taken);
  if (strcmp (before, after) == 0)
    tn_html_add (html, "<td>%s</td></tr>\n", before);
  else
    tn_html_add (html, "<td class=\"changed\">%s → %s</td></tr>\n", before, after);
}

/**
 * tn_foresight_add_shares:
 * @shares: (nullable) (element-type TnShare): %NULL or empty: the decision touches no turns
 */
void
tn_foresight_add_shares (GString *html, const TnReader *reader, GPtrArray *shares)
{
  TnLanguage language = reader->language;
  const char *const columns[] = { tn_say (language, N_ ("Council")),
                                  tn_say (language, N_ ("Held so far")),
                                  tn_say (language, N_ ("Planned")),
                                  tn_say (language, N_ ("Given away")),
                                  tn_say (language, N_ ("Taken over")),
                                  tn_say (language, N_ ("Next turn")),
                                  NULL };
  if (shares == NULL || shares->len == 0)
    return;
  tn_html_table (html, tn_say (language, N_ ("How the turns are shared, before and after")),
                 columns);
  for (guint i = 0; i < shares->len; i++)
    add_share (html, reader, g_ptr_array_index (shares, i));
  tn_html_table_end (html);
}

/**
 * tn_foresight_to_text:
 * @effects: (element-type TnEffect)
 *
 * Returns: (transfer full): a line for each, whose parts tn_foresight_from_text() reads
 */
char *
tn_foresight_to_text (GPtrArray *effects)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < effects->len; i++)
    {
      const TnEffect *effect = g_ptr_array_index (effects, i);
      const char *const parts[]
          = { effect->reference, effect->title, effect->field, effect->before, effect->after };
      for (guint j = 0; j < G_N_ELEMENTS (parts); j++)
        {
          g_autofree char *line = g_strescape (parts[j], NULL);
          g_string_append_printf (text, "%s%s", j > 0 ? "\t" : "", line);
        }
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

/**
 * tn_foresight_from_text:
 * @text: of tn_foresight_to_text(); lines that are none of it are left out
 *
 * Returns: (transfer full) (element-type TnEffect)
 */
GPtrArray *
tn_foresight_from_text (const char *text)
{
  GPtrArray *effects = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_effect_free);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], "\t", -1);
      if (g_strv_length (parts) != 5)
        continue;
      TnEffect *effect = g_new0 (TnEffect, 1);
      effect->reference = g_strcompress (parts[0]);
      effect->title = g_strcompress (parts[1]);
      effect->field = g_strcompress (parts[2]);
      effect->before = g_strcompress (parts[3]);
      effect->after = g_strcompress (parts[4]);
      g_ptr_array_add (effects, effect);
    }
  return effects;
}

/* Returns: (transfer full): equal for equal effects: what somebody has seen is what happens */
char *
tn_foresight_dup_digest (GPtrArray *effects)
{
  g_autofree char *text = tn_foresight_to_text (effects);
  return tn_encode_sha256 (text, -1);
}
