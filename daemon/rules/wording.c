/* Wording. A title is kept as a pattern, `Studietur {cycle}: {host}`, so that it follows its host
 * and its number; one that a person edited becomes a pattern again, in which the values that it
 * still contains go on following. Source: design section 4, Texts. */
#include "rules/wording.h"

#include <string.h>

static char *
join_councils (const TnOccurrence *occurrence, const TnTurn *turn)
{
  GString *names = g_string_new (NULL);
  for (gsize i = 0; turn->councils[i] != NULL; i++)
    g_string_append_printf (
        names, "%s%s", i > 0 ? ", " : "",
        tn_collaboration_get_council_name (occurrence->collaboration, turn->councils[i]));
  return g_string_free (names, FALSE);
}

/* Returns: the value of a placeholder, or NULL when there is none of that name. */
static char *
dup_value (const TnOccurrence *occurrence, const char *name)
{
  if (strcmp (name, "cycle") == 0)
    return g_strdup (occurrence->cycle_text);
  if (strcmp (name, "theme") == 0)
    return g_strdup (occurrence->theme != NULL ? occurrence->theme : "");
  if (strcmp (name, "number") == 0)
    return g_strdup_printf ("%d", occurrence->number);
  if (strcmp (name, "year") == 0)
    return g_strdup_printf ("%d", tn_date_get_year (occurrence->when.days.start));
  const TnSite *site = tn_series_find_site (occurrence->series, occurrence->site);
  if (strcmp (name, "site") == 0)
    return g_strdup (site != NULL ? site->name : "");
  const TnTurn *turn = tn_occurrence_find_turn (occurrence, name);
  if (turn != NULL)
    return join_councils (occurrence, turn);
  /* A series without that role has nobody in it. */
  static const char *const roles[] = { "host", "organiser", "venue", "secretariat", NULL };
  return g_strv_contains (roles, name) ? g_strdup ("") : NULL;
}

/* Returns: the length of the placeholder that @text begins with, 0 when it begins with none. */
static gsize
read_placeholder (const char *text, char **ret_name)
{
  if (text[0] != '{')
    return 0;
  gsize length = strspn (text + 1, "abcdefghijklmnopqrstuvwxyz0123456789-_");
  if (length == 0 || text[length + 1] != '}')
    return 0;
  *ret_name = g_strndup (text + 1, length);
  return length + 2;
}

static void
trim_end (GString *text)
{
  while (text->len > 0 && strchr (" :,-", text->str[text->len - 1]) != NULL)
    g_string_truncate (text, text->len - 1);
}

/**
 * tn_wording_expand:
 * @template: text with `{host}`, `{organiser}`, `{venue}` or any other role, `{cycle}`, `{theme}`,
 *   `{number}`, `{year}`; what is none of these stays as it is
 *
 * Where the last placeholder has no value, the colon or dash before it goes too.
 *
 * Returns: (transfer full): the text with the values of @occurrence
 */
char *
tn_wording_expand (const char *template, const TnOccurrence *occurrence)
{
  GString *text = g_string_new (NULL);
  gboolean ends_empty = FALSE;
  for (const char *at = template; *at != '\0';)
    {
      g_autofree char *name = NULL;
      gsize length = read_placeholder (at, &name);
      g_autofree char *value = length > 0 ? dup_value (occurrence, name) : NULL;
      if (value == NULL)
        g_string_append_c (text, *at++);
      else
        {
          g_string_append (text, value);
          at += length;
        }
      ends_empty = value != NULL && value[0] == '\0';
    }
  if (ends_empty)
    trim_end (text);
  return g_string_free (text, FALSE);
}

static gboolean
is_word_character (const char *text, const char *at)
{
  return at != NULL && at >= text && *at != '\0' && g_unichar_isalnum (g_utf8_get_char (at));
}

/* A value counts as found where it stands as words of its own: Odense, not Odenses. */
static const char *
find_words (const char *text, const char *value)
{
  gsize length = strlen (value);
  for (const char *at = strstr (text, value); at != NULL; at = strstr (at + 1, value))
    {
      const char *before = at > text ? g_utf8_find_prev_char (text, at) : NULL;
      if (!is_word_character (text, before) && !is_word_character (text, at + length))
        return at;
    }
  return NULL;
}

typedef struct
{
  char *name;
  char *value;
} Pair;

static void
pair_clear (gpointer data)
{
  Pair *pair = data;
  g_free (pair->name);
  g_free (pair->value);
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  gsize x = strlen (((const Pair *) a)->value);
  gsize y = strlen (((const Pair *) b)->value);
  return x == y ? 0 : x > y ? -1 : 1;
}

/* The placeholders of the charter's title as often as they stand there, the longest value first, so
 * that a name inside a longer one is not mistaken for it. */
static GArray *
list_pairs (const TnOccurrence *occurrence)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  g_array_set_clear_func (pairs, pair_clear);
  for (const char *at = occurrence->series->title; *at != '\0';)
    {
      g_autofree char *name = NULL;
      gsize length = read_placeholder (at, &name);
      at += MAX (length, 1);
      char *value = length > 0 ? dup_value (occurrence, name) : NULL;
      if (value == NULL || value[0] == '\0')
        {
          g_free (value);
          continue;
        }
      Pair pair = { g_steal_pointer (&name), value };
      g_array_append_val (pairs, pair);
    }
  g_array_sort (pairs, compare_pairs);
  return pairs;
}

/**
 * tn_wording_to_template:
 * @edited: a title as a person left it
 *
 * Turns the values of the charter's placeholders back into placeholders, as often as the charter's
 * title has them. Of two that have the same value, the one that stands first there is found first.
 *
 * Returns: (transfer full): a pattern whose values give @edited again
 */
char *
tn_wording_to_template (const TnOccurrence *occurrence, const char *edited)
{
  g_autoptr (GString) text = g_string_new (edited);
  g_autoptr (GArray) pairs = list_pairs (occurrence);
  for (guint i = 0; i < pairs->len; i++)
    {
      const Pair *pair = &g_array_index (pairs, Pair, i);
      const char *at = find_words (text->str, pair->value);
      if (at == NULL)
        continue;
      gsize offset = (gsize) (at - text->str);
      g_autofree char *placeholder = g_strdup_printf ("{%s}", pair->name);
      g_string_erase (text, (gssize) offset, (gssize) strlen (pair->value));
      g_string_insert (text, (gssize) offset, placeholder);
    }
  g_autofree char *again = tn_wording_expand (text->str, occurrence);
  return g_strdup (strcmp (again, edited) == 0 ? text->str : edited);
}
