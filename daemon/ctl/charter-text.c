/* People wrote the file, with comments that explain it to each other, so every byte stays but those
 * of what changes: the list of decisions grows, and the edition rises. The text has been read
 * without an error before, so its shape is known. */
#include "ctl/charter-text.h"

#include "charter/scan.h"

#include <string.h>

/* Where in the text things stand: offsets in bytes; -1 when they do not. */
typedef struct
{
  gssize edition;           /* the number */
  gsize edition_length;     /* bytes */
  gssize list;              /* of the value of `decisions`: its `(`, or the `{` of a single one */
  gssize list_end;          /* of what closes it */
  gboolean is_single;       /* a single group without ( ) */
  GArray *groups;           /* (owned) (element-type Group) of `decisions` */
  gssize collaboration_end; /* of its `}` */
} Places;

typedef struct
{
  gsize start;
  gsize end; /* behind its `}` */
} Group;

static gboolean
is_name (const TnScanWord *word, const char *name)
{
  return word->kind == TN_SCAN_NAME && word->length == strlen (name)
         && strncmp (word->start, name, word->length) == 0;
}

static char
get_sign (const TnScanWord *word)
{
  return word->kind == TN_SCAN_SIGN ? *word->start : '\0';
}

/* How deep a word stands: `collaboration = {` is 1, its keys are in there. */
static void
note_open (Places *places, const TnScanWord *word, const char *text, int depth,
           gboolean is_decisions)
{
  gsize at = (gsize) (word->start - text);
  if (is_decisions)
    {
      places->list = (gssize) at;
      places->is_single = get_sign (word) == '{';
    }
  gboolean is_inside = places->list >= 0 && places->list_end < 0;
  if (is_inside && get_sign (word) == '{' && depth == (places->is_single ? 1 : 2))
    {
      Group group = { at, at };
      g_array_append_val (places->groups, group);
    }
}

static void
note_close (Places *places, const TnScanWord *word, const char *text, int depth)
{
  gsize at = (gsize) (word->start - text);
  gboolean is_inside = places->list >= 0 && places->list_end < 0;
  if (is_inside && get_sign (word) == '}' && depth == (places->is_single ? 1 : 2))
    g_array_index (places->groups, Group, places->groups->len - 1).end = at + 1;
  if (is_inside && depth == 1)
    places->list_end = (gssize) at;
  if (depth == 0 && get_sign (word) == '}')
    places->collaboration_end = (gssize) at;
}

static void
note_edition (Places *places, const TnScanWord *word, const char *text)
{
  places->edition = word->start - text;
  places->edition_length = word->length;
}

static void
find_places (const char *text, Places *places)
{
  *places = (Places){ .edition = -1, .list = -1, .list_end = -1, .collaboration_end = -1 };
  places->groups = g_array_new (FALSE, FALSE, sizeof (Group));
  TnScan scan = tn_scan_begin (text);
  gboolean is_edition = FALSE;
  gboolean is_decisions = FALSE;
  int depth = 0;
  for (TnScanWord word = tn_scan_next (&scan);
       word.kind != TN_SCAN_END && word.kind != TN_SCAN_FAULT; word = tn_scan_next (&scan))
    {
      char sign = get_sign (&word);
      if (depth == 1 && word.kind == TN_SCAN_NAME)
        {
          is_edition = is_name (&word, "edition");
          is_decisions = is_name (&word, "decisions");
        }
      else if (is_edition && (word.kind == TN_SCAN_NUMBER || word.kind == TN_SCAN_LONG))
        note_edition (places, &word, text);
      if (sign == '{' || sign == '(' || sign == '[')
        {
          note_open (places, &word, text, depth, is_decisions && depth == 1);
          is_decisions = FALSE;
          is_edition = FALSE;
          depth++;
        }
      else if (sign == '}' || sign == ')' || sign == ']')
        note_close (places, &word, text, --depth);
    }
}

static void
places_clear (Places *places)
{
  g_clear_pointer (&places->groups, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Places, places_clear)

/* The beginning of the line of @at when nothing but blanks stands before it there, else @at. */
static gsize
find_line (const char *text, gsize at)
{
  gsize start = at;
  while (start > 0 && (text[start - 1] == ' ' || text[start - 1] == '\t'))
    start--;
  return start == 0 || text[start - 1] == '\n' ? start : at;
}

/* @decisions, parted by commas, each on a line. */
static char *
join (const GPtrArray *decisions, guint start)
{
  GString *lines = g_string_new (NULL);
  for (guint i = start; i < decisions->len; i++)
    g_string_append_printf (lines, "    %s%s\n", (const char *) g_ptr_array_index (decisions, i),
                            i + 1 < decisions->len ? "," : "");
  return g_string_free (lines, FALSE);
}

static void
append_span (GString *copy, const char *text, gsize start, gsize end)
{
  g_string_append_len (copy, text + start, (gssize) (end - start));
}

static char *
begin_list (const char *text, const Places *places, const GPtrArray *decisions)
{
  gsize at = find_line (text, (gsize) places->collaboration_end);
  gboolean has_line = at > 0 && text[at - 1] == '\n';
  g_autofree char *lines = join (decisions, 0);
  GString *copy = g_string_new (NULL);
  append_span (copy, text, 0, at);
  g_string_append_printf (copy, "%s\n  decisions = (\n%s  );\n", has_line ? "" : "\n", lines);
  g_string_append (copy, text + at);
  return g_string_free (copy, FALSE);
}

/* A comma goes right behind the last group and the new ones before the line of the bracket: what is
 * said of the last group in a comment behind it stays behind it. */
static char *
extend_list (const char *text, const Places *places, const GPtrArray *decisions, guint n_used)
{
  const Group *last = places->groups->len > 0
                          ? &g_array_index (places->groups, Group, places->groups->len - 1)
                          : NULL;
  g_autofree char *lines = join (decisions, n_used);
  gsize list = (gsize) places->list;
  gsize end = places->is_single ? last->end : (gsize) places->list_end;
  gsize close = places->is_single ? end : MAX (find_line (text, end), last != NULL ? last->end : 0);
  GString *copy = g_string_new (NULL);
  append_span (copy, text, 0, list);
  g_string_append (copy, places->is_single ? "( " : "");
  append_span (copy, text, list, last != NULL ? last->end : list + 1);
  g_string_append (copy, last != NULL && lines[0] != '\0' ? "," : "");
  append_span (copy, text, last != NULL ? last->end : list + 1, close);
  if (lines[0] != '\0' && copy->str[copy->len - 1] != '\n')
    g_string_append_c (copy, '\n');
  g_string_append (copy, lines);
  g_string_append (copy, places->is_single ? "  )" : "");
  g_string_append (copy, text + close);
  return g_string_free (copy, FALSE);
}

/**
 * tn_charter_text_add:
 * @text: a charter that can be read
 * @decisions: (element-type utf8): groups `{ … }` to add; the first @n_replaced of them stand in
 * the place of others
 * @replaced: (array length=n_replaced): which ones, counted from 0 in @text
 *
 * Returns: (transfer full): @text with @decisions in its list of decisions
 */
char *
tn_charter_text_add (const char *text, const GPtrArray *decisions, const guint *replaced,
                     guint n_replaced)
{
  g_autofree char *copy = g_strdup (text);
  for (guint i = 0; i < n_replaced; i++)
    {
      g_auto (Places) places = { 0 };
      find_places (copy, &places);
      const Group *group = &g_array_index (places.groups, Group, replaced[i]);
      GString *changed = g_string_new (NULL);
      append_span (changed, copy, 0, group->start);
      g_string_append (changed, g_ptr_array_index (decisions, i));
      g_string_append (changed, copy + group->end);
      g_free (copy);
      copy = g_string_free (changed, FALSE);
    }
  if (n_replaced == decisions->len)
    return g_steal_pointer (&copy);
  g_auto (Places) places = { 0 };
  find_places (copy, &places);
  return places.list >= 0 ? extend_list (copy, &places, decisions, n_replaced)
                          : begin_list (copy, &places, decisions);
}

/**
 * tn_charter_text_set_edition:
 *
 * Returns: (transfer full): @text with @edition for its own
 */
char *
tn_charter_text_set_edition (const char *text, int edition)
{
  g_auto (Places) places = { 0 };
  find_places (text, &places);
  if (places.edition < 0)
    return g_strdup (text);
  GString *copy = g_string_new (NULL);
  append_span (copy, text, 0, (gsize) places.edition);
  g_string_append_printf (copy, "%d", edition);
  g_string_append (copy, text + places.edition + places.edition_length);
  return g_string_free (copy, FALSE);
}
