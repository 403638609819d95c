/* Where the cursor of a shell stands. The grammar is what help shows: `OCCURRENCE kept|used|no`,
 * `[accept|reject ID]`, `[discover URL|CALENDAR | login CALENDAR]`: a capital is a kind, a small
 * word stands for itself; so nothing that a command takes can be missing here. */
#include "ctl/cursor.h"

#include "ctl/commands.h"

#include <string.h>

void
tn_cursor_free (TnCursor *cursor)
{
  if (cursor == NULL)
    return;
  g_ptr_array_unref (cursor->words);
  g_ptr_array_unref (cursor->sources);
  g_ptr_array_unref (cursor->wanted);
  g_free (cursor->current);
  g_free (cursor);
}

static const TnOption *
find_in (const TnOption *options, const char *dashed)
{
  for (gsize i = 0; options != NULL && options[i].name != NULL; i++)
    if (g_str_has_prefix (dashed, "--")
            ? strcmp (options[i].name, dashed + 2) == 0
            : options[i].letter != 0 && dashed[0] == '-' && dashed[1] == options[i].letter
                  && dashed[2] == '\0')
      return &options[i];
  return NULL;
}

/* Options may stand before the command that they belong to; and what says where to look is of use
 * to us wherever it stands. */
static const TnOption *
find_option (const TnCommand *command, const char *dashed)
{
  const TnCommand *const *all = tn_commands_list ();
  const TnOption *option = NULL;
  if (command != NULL)
    option = find_in (command->options, dashed);
  if (command != NULL && option == NULL)
    option = find_in (tn_call_list_common (command), dashed);
  for (gsize i = 0; all[i] != NULL && option == NULL; i++)
    option = find_in (tn_call_list_common (all[i]), dashed);
  return option;
}

static gboolean
is_kind (const char *piece)
{
  return g_ascii_isupper (piece[0]);
}

static void
add_pieces (TnCursor *cursor, const char *token)
{
  g_auto (GStrv) pieces = g_strsplit (token, "|", -1);
  for (gsize i = 0; pieces[i] != NULL; i++)
    if (*pieces[i] != '\0')
      g_ptr_array_add (cursor->wanted, g_strndup (pieces[i], strcspn (pieces[i], "…")));
}

/* Whether @word can be what @token stands for. */
static gboolean
fits (const char *token, const char *word)
{
  g_auto (GStrv) pieces = g_strsplit (token, "|", -1);
  for (gsize i = 0; pieces[i] != NULL; i++)
    if (is_kind (pieces[i]) || strcmp (pieces[i], word) == 0)
      return TRUE;
  return FALSE;
}

/* One way to go on behind the command's name: `login CALENDAR`. */
static void
add_way (TnCursor *cursor, const char *way)
{
  g_auto (GStrv) split = g_strsplit (way, " ", -1);
  g_autoptr (GPtrArray) tokens = g_ptr_array_new ();
  for (gsize i = 0; split[i] != NULL; i++)
    if (*split[i] != '\0')
      g_ptr_array_add (tokens, split[i]);
  if (tokens->len == 0)
    return;
  const char *last = g_ptr_array_index (tokens, tokens->len - 1);
  gboolean repeats = g_str_has_suffix (last, "…");
  if (cursor->words->len >= tokens->len && !repeats)
    return;
  for (guint i = 0; i < MIN (cursor->words->len, tokens->len); i++)
    if (!fits (g_ptr_array_index (tokens, i), g_ptr_array_index (cursor->words, i)))
      return;
  add_pieces (cursor, cursor->words->len < tokens->len
                          ? g_ptr_array_index (tokens, cursor->words->len)
                          : last);
}

static void
add_arguments (TnCursor *cursor)
{
  g_auto (GStrv) bare = g_strsplit_set (cursor->command->arguments, "[]", -1);
  g_autofree char *grammar = g_strjoinv ("", bare);
  g_auto (GStrv) ways = g_strsplit (grammar, " | ", -1);
  for (gsize i = 0; ways[i] != NULL; i++)
    add_way (cursor, ways[i]);
}

/* What says which charters and settings are meant. */
static gboolean
is_source (const TnOption *option)
{
  static const char *const names[] = { "charter", "config", "holidays", "today", NULL };
  return g_strv_contains (names, option->name);
}

static void
take_value (TnCursor *cursor, const TnOption *option, const char *value)
{
  if (!is_source (option))
    return;
  g_ptr_array_add (cursor->sources, g_strconcat ("--", option->name, NULL));
  g_ptr_array_add (cursor->sources, g_strdup (value));
}

/* Returns: (nullable): the option whose value stands at the cursor */
static const TnOption *
walk (TnCursor *cursor, char **line, guint n)
{
  for (guint i = 0; i + 1 < n; i++)
    {
      const char *equals = g_str_has_prefix (line[i], "--") ? strchr (line[i], '=') : NULL;
      g_autofree char *name
          = g_strndup (line[i], equals != NULL ? (gsize) (equals - line[i]) : strlen (line[i]));
      const TnOption *option = name[0] == '-' ? find_option (cursor->command, name) : NULL;
      if (option != NULL && option->value != NULL && equals != NULL)
        take_value (cursor, option, equals + 1);
      else if (option != NULL && option->value != NULL && i + 2 == n)
        return option;
      else if (option != NULL && option->value != NULL)
        take_value (cursor, option, line[++i]);
      else if (name[0] != '-' && cursor->command == NULL)
        {
          cursor->command = tn_commands_find (name);
          if (cursor->command == NULL && strcmp (name, "help") != 0)
            g_ptr_array_add (cursor->words, g_strdup (name)); /* there is no such command */
        }
      else if (name[0] != '-')
        g_ptr_array_add (cursor->words, g_strdup (name));
    }
  return NULL;
}

/* A shell hands words over as they were typed: with quotes, and with `=` as a word of its own. */
static GPtrArray *
tidy (const char *const *line)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; line[i] != NULL; i++)
    {
      gboolean is_equals = strcmp (line[i], "=") == 0 && words->len > 0
                           && g_str_has_prefix (g_ptr_array_index (words, words->len - 1), "--");
      g_autofree char *plain = g_shell_unquote (line[i], NULL);
      if (is_equals && line[i + 1] == NULL)
        g_ptr_array_add (words, g_strdup (""));
      else if (!is_equals && plain != NULL && g_str_has_prefix (plain, "~/"))
        g_ptr_array_add (words, g_build_filename (g_get_home_dir (), plain + 2, NULL));
      else if (!is_equals)
        g_ptr_array_add (words, g_strdup (plain != NULL ? plain : line[i]));
    }
  if (words->len == 0)
    g_ptr_array_add (words, g_strdup (""));
  return words;
}

/**
 * tn_cursor_new:
 * @line: the words behind `turnusctl`; the last one is being typed, and may be empty
 *
 * Returns: (transfer full): what is wanted there
 */
TnCursor *
tn_cursor_new (const char *const *line)
{
  g_autoptr (GPtrArray) words = tidy (line);
  const char *current = g_ptr_array_index (words, words->len - 1);
  TnCursor *cursor = g_new0 (TnCursor, 1);
  cursor->words = g_ptr_array_new_with_free_func (g_free);
  cursor->sources = g_ptr_array_new_with_free_func (g_free);
  cursor->wanted = g_ptr_array_new_with_free_func (g_free);
  const TnOption *option = walk (cursor, (char **) words->pdata, words->len);
  const char *equals = g_str_has_prefix (current, "--") ? strchr (current, '=') : NULL;
  if (option == NULL && equals != NULL)
    {
      g_autofree char *name = g_strndup (current, (gsize) (equals - current));
      option = find_option (cursor->command, name);
      current = equals + 1;
    }
  cursor->current = g_strdup (current);
  cursor->place = TN_CURSOR_WORD;
  if (option != NULL && option->value != NULL)
    add_pieces (cursor, option->value);
  else if (current[0] == '-')
    cursor->place = TN_CURSOR_OPTION;
  else if (cursor->command != NULL)
    add_arguments (cursor);
  else if (cursor->words->len == 0)
    cursor->place = TN_CURSOR_COMMAND;
  return cursor;
}
