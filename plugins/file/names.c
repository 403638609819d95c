/* File names come from servers, other daemons and people, so none is believed (hazard 106): an item
 * is a visible `.ics` name of UTF-8 without control characters, and what we write is short enough
 * for our temporary names as well. These hide behind a dot, name the item, and say by hashes what
 * lies under them after a crash:
 *
 *   .<item>.part-<random>                  being written; never complete, never needed
 *   .<item>.swap-<before>-<after>-<random> the two contents that are changing places (swap.c)
 */
#include "names.h"

#include <string.h>

#define HASH_DIGITS 16
#define RANDOM_DIGITS 8

/* Shown as an item in a listing. */
gboolean
file_name_is_item (const char *name)
{
  if (name[0] == '.' || strchr (name, '/') != NULL || !g_str_has_suffix (name, ".ics")
      || strlen (name) > 255 || !g_utf8_validate (name, -1, NULL))
    return FALSE;
  for (const char *c = name; *c != '\0'; c++)
    if ((guchar) *c < ' ' || *c == 0x7f)
      return FALSE;
  return TRUE;
}

/* May be opened, written and removed. */
gboolean
file_name_check (const char *name, GError **error)
{
  if (file_name_is_item (name) && strlen (name) <= FILE_NAME_MAX_BYTES)
    return TRUE;
  g_autofree char *start = g_strndup (name, 80);
  g_autofree char *shown = g_strescape (start, NULL);
  g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_INVALID,
               "\"%s\" cannot be the name of an event's file: expected a plain name that ends in "
               ".ics, does not begin with a dot and has at most %u bytes",
               shown, FILE_NAME_MAX_BYTES);
  return FALSE;
}

char *
file_name_for_new (const char *id)
{
  return g_str_has_suffix (id, ".ics") ? g_strdup (id) : g_strconcat (id, ".ics", NULL);
}

char *
file_name_make_part (const char *item)
{
  return g_strdup_printf (".%s.part-%08x", item, g_random_int ());
}

char *
file_name_make_swap (const char *item, const char *before, const char *after)
{
  return g_strdup_printf (".%s.swap-%.*s-%.*s-%08x", item, HASH_DIGITS, before, HASH_DIGITS, after,
                          g_random_int ());
}

static gboolean
is_hex (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isxdigit (text[i]))
      return FALSE;
  return TRUE;
}

/* `.<item>.<kind>-<fields>`, the fields of exactly `length` bytes: where they start, or NULL. */
static const char *
find_fields (const char *name, const char *kind, gsize length)
{
  gsize total = strlen (name);
  gsize least = 2 + strlen (kind) + length;
  if (name[0] != '.' || total < least)
    return NULL;
  const char *fields = name + total - length;
  return strncmp (fields - strlen (kind), kind, strlen (kind)) == 0 ? fields : NULL;
}

gboolean
file_name_parse_temp (const char *name, FileTempName *ret_temp)
{
  static const char part[] = ".part-";
  static const char swap[] = ".swap-";
  const char *fields = find_fields (name, part, RANDOM_DIGITS);
  if (fields != NULL && is_hex (fields, RANDOM_DIGITS))
    {
      *ret_temp = (FileTempName){
        .item = g_strndup (name + 1, fields - strlen (part) - name - 1),
      };
      return TRUE;
    }
  fields = find_fields (name, swap, 2 * (HASH_DIGITS + 1) + RANDOM_DIGITS);
  if (fields == NULL || !is_hex (fields, HASH_DIGITS) || fields[HASH_DIGITS] != '-'
      || !is_hex (fields + HASH_DIGITS + 1, HASH_DIGITS) || fields[2 * HASH_DIGITS + 1] != '-'
      || !is_hex (fields + 2 * (HASH_DIGITS + 1), RANDOM_DIGITS))
    return FALSE;
  *ret_temp = (FileTempName){
    .item = g_strndup (name + 1, fields - strlen (swap) - name - 1),
    .before = g_strndup (fields, HASH_DIGITS),
    .after = g_strndup (fields + HASH_DIGITS + 1, HASH_DIGITS),
  };
  return TRUE;
}

void
file_temp_name_clear (FileTempName *temp)
{
  g_clear_pointer (&temp->item, g_free);
  g_clear_pointer (&temp->before, g_free);
  g_clear_pointer (&temp->after, g_free);
}
