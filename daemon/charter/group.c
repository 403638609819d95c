/* Groups of keys over libconfig's tree. A group is held against the table of keys once; after that
 * the readers below cannot meet a surprise, only a key that is absent or was complained about. */
#include "charter/group.h"

#include <stdlib.h>
#include <string.h>

#include <libconfig.h>

#include "base/encode.h"
#include "charter/document.h"
#include "charter/expectation.h"

static const config_setting_t *
find_member (TnGroup group, const char *name)
{
  return group.setting != NULL ? config_setting_get_member (group.setting, name) : NULL;
}

static const TnKey *
find_key (TnGroup group, const char *name)
{
  const TnKey *key = tn_keys_find (group.kind, name);
  g_assert (key != NULL); /* the table lacks a key that the program reads */
  return key;
}

static void
complain_at (TnGroup group, const config_setting_t *setting, const char *text)
{
  tn_document_complain (group.document, (int) setting->line, text);
}

/**
 * tn_group_get_line:
 * @key: (nullable): a key of it
 *
 * Returns: where @key stands, else where the group begins; 1 when neither was written
 */
int
tn_group_get_line (TnGroup group, const char *key)
{
  const config_setting_t *member = key != NULL ? find_member (group, key) : NULL;
  if (member != NULL)
    return (int) member->line;
  return group.setting != NULL && group.setting->line > 0 ? (int) group.setting->line : 1;
}

/**
 * tn_group_get_origin:
 * @key: (nullable): a key of it
 *
 * Returns: (transfer full): file and line, to be cleared by its new owner
 */
TnOrigin
tn_group_get_origin (TnGroup group, const char *key)
{
  return tn_origin_make (tn_document_get_name (group.document), tn_group_get_line (group, key));
}

/**
 * tn_group_complain:
 * @key: (nullable): the key that is wrong
 * @format: what is wrong, and what was expected
 */
void
tn_group_complain (TnGroup group, const char *key, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  tn_document_complain (group.document, tn_group_get_line (group, key), text);
}

/**
 * tn_group_complain_at:
 * @line: of a value of the group
 */
void
tn_group_complain_at (TnGroup group, int line, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  tn_document_complain (group.document, line, text);
}

static const char *
name_type (const config_setting_t *setting)
{
  switch (config_setting_type (setting))
    {
    case CONFIG_TYPE_GROUP:
      return "a group";
    case CONFIG_TYPE_INT:
    case CONFIG_TYPE_INT64:
      return "a number";
    case CONFIG_TYPE_FLOAT:
      return "a number with a point";
    case CONFIG_TYPE_STRING:
      return "a text in quotes";
    case CONFIG_TYPE_BOOL:
      return "true or false";
    case CONFIG_TYPE_ARRAY:
    case CONFIG_TYPE_LIST:
      return "a list";
    default:
      return "nothing";
    }
}

static gboolean
has_type (const TnKey *key, const config_setting_t *setting)
{
  int type = config_setting_type (setting);
  if (key->type == TN_KEY_GROUP)
    return type == CONFIG_TYPE_GROUP;
  if (key->type == TN_KEY_NUMBER)
    return type == CONFIG_TYPE_INT || type == CONFIG_TYPE_INT64;
  if (key->type == TN_KEY_FLAG)
    return type == CONFIG_TYPE_BOOL;
  return type == CONFIG_TYPE_STRING;
}

/* One value that is no group. */
static gboolean
read_one (const TnKey *key, const config_setting_t *setting, TnValue *ret_value, GError **error)
{
  TnValue value = { 0 };
  if (key->type == TN_KEY_FLAG)
    value.number = config_setting_get_bool (setting);
  else if (key->type == TN_KEY_NUMBER)
    {
      gint64 number = config_setting_get_int64 (setting);
      if (config_setting_type (setting) == CONFIG_TYPE_INT)
        number = config_setting_get_int (setting);
      if (!tn_value_check_number (key, number, error))
        return FALSE;
      value.number = (int) number;
    }
  else if (!tn_value_parse (key, config_setting_get_string (setting), &value, error))
    return FALSE;
  value.line = (int) setting->line;
  *ret_value = value;
  return TRUE;
}

static void
check_one (TnGroup group, const TnKey *key, const config_setting_t *setting)
{
  if (!has_type (key, setting))
    {
      g_autofree char *expectation = tn_expectation_dup (key);
      const char *many = (key->flags & TN_KEY_MANY) != 0 ? "a list of " : "";
      tn_group_complain_at (group, (int) setting->line, "%s is %s, expected %s%s", key->name,
                            name_type (setting), many, expectation);
      return;
    }
  if (key->type == TN_KEY_GROUP)
    {
      tn_group_check ((TnGroup){ group.document, setting, key->inner });
      return;
    }
  TnValue value = { 0 };
  g_autoptr (GError) error = NULL;
  if (read_one (key, setting, &value, &error))
    return;
  /* A number that libconfig could not hold was told as it is written, not as it was read. */
  if (key->type != TN_KEY_NUMBER || !tn_document_has_problem (group.document, (int) setting->line))
    complain_at (group, setting, error->message);
}

static gboolean
is_bracketed (const config_setting_t *setting)
{
  return config_setting_is_array (setting) || config_setting_is_list (setting);
}

/* Ids and words of a list mean something by being there: twice is a slip. */
static void
check_repeats (TnGroup group, const TnKey *key, const config_setting_t *list)
{
  if (key->type != TN_KEY_ID && key->type != TN_KEY_WORD)
    return;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (int i = 0; i < config_setting_length (list); i++)
    {
      const config_setting_t *item = config_setting_get_elem (list, (unsigned) i);
      const char *text = config_setting_get_string (item);
      if (text == NULL || g_hash_table_add (seen, (gpointer) text))
        continue;
      g_autofree char *problem
          = g_strdup_printf ("'%.60s' stands twice in %s, expected it once", text, key->name);
      complain_at (group, item, problem);
    }
}

static void
check_key (TnGroup group, const TnKey *key, const config_setting_t *setting)
{
  if ((key->flags & TN_KEY_MANY) == 0 || !is_bracketed (setting))
    {
      if ((key->flags & TN_KEY_MANY) != 0 && key->type == TN_KEY_GROUP)
        {
          g_autofree char *text
              = g_strdup_printf ("%s is %s, expected a list of groups: ( { … }, { … } )", key->name,
                                 name_type (setting));
          complain_at (group, setting, text);
        }
      else
        check_one (group, key, setting);
      return;
    }
  for (int i = 0; i < config_setting_length (setting); i++)
    check_one (group, key, config_setting_get_elem (setting, (unsigned) i));
  if (config_setting_length (setting) == 0 && (key->flags & TN_KEY_REQUIRED) != 0)
    {
      g_autofree char *text = g_strdup_printf ("%s is empty, expected at least one", key->name);
      complain_at (group, setting, text);
    }
  check_repeats (group, key, setting);
}

static void
complain_unknown (TnGroup group, const config_setting_t *setting)
{
  g_autofree const char **names = tn_keys_list_names (group.kind);
  const char *nearest = tn_encode_find_nearest (setting->name, names);
  g_autofree char *all = nearest == NULL ? g_strjoinv (", ", (char **) names) : NULL;
  g_autofree char *text
      = nearest != NULL
            ? g_strdup_printf ("unknown key '%.60s', expected '%s'?", setting->name, nearest)
            : g_strdup_printf ("unknown key '%.60s', expected one of: %s", setting->name, all);
  complain_at (group, setting, text);
}

static void
check_required (TnGroup group)
{
  const TnKey *key = NULL;
  for (guint i = 0; (key = tn_keys_get (i)) != NULL; i++)
    if (strcmp (key->kind, group.kind) == 0 && (key->flags & TN_KEY_REQUIRED) != 0
        && find_member (group, key->name) == NULL)
      tn_group_complain (group, NULL, "key '%s' is missing, expected here: %s", key->name,
                         key->help);
}

/**
 * tn_group_check:
 *
 * Holds the group and all groups in it against the table of keys, and complains about unknown and
 * missing keys, wrong types and impossible values.
 */
void
tn_group_check (TnGroup group)
{
  for (int i = 0; i < config_setting_length (group.setting); i++)
    {
      const config_setting_t *setting = config_setting_get_elem (group.setting, (unsigned) i);
      const TnKey *key = tn_keys_find (group.kind, setting->name);
      if (key != NULL)
        check_key (group, key, setting);
      else if (!tn_keys_is_open (group.kind))
        complain_unknown (group, setting);
    }
  check_required (group);
}

/**
 * tn_group_has:
 *
 * Returns: %TRUE when @key was written, rightly or wrongly
 */
gboolean
tn_group_has (TnGroup group, const char *key)
{
  return find_member (group, find_key (group, key)->name) != NULL;
}

static void
fill_preset (const TnKey *key, TnValue *value)
{
  if (key->preset == NULL)
    return;
  gboolean ok = TRUE;
  if (key->type == TN_KEY_NUMBER)
    *value = (TnValue){ .number = atoi (key->preset) };
  else if (key->type == TN_KEY_FLAG)
    *value = (TnValue){ .number = strcmp (key->preset, "true") == 0 };
  else
    ok = tn_value_parse (key, key->preset, value, NULL);
  g_assert (ok);
}

/**
 * tn_group_read:
 * @key: one that holds a single value
 * @ret_value: (out): when absent or wrong, what the table says for that case; untouched when it
 *   says nothing
 */
TnReading
tn_group_read (TnGroup group, const char *key, TnValue *ret_value)
{
  const TnKey *line = find_key (group, key);
  const config_setting_t *setting = find_member (group, key);
  if (setting != NULL && has_type (line, setting) && read_one (line, setting, ret_value, NULL))
    return TN_READING_GIVEN;
  fill_preset (line, ret_value);
  return setting == NULL ? TN_READING_ABSENT : TN_READING_WRONG;
}

/**
 * tn_group_read_text:
 * @ret_text: (inout) (transfer full): replaced when the key is given
 */
TnReading
tn_group_read_text (TnGroup group, const char *key, char **ret_text)
{
  TnValue value = { 0 };
  TnReading reading = tn_group_read (group, key, &value);
  if (value.text == NULL)
    return reading;
  g_free (*ret_text);
  *ret_text = g_strdup (value.text);
  return reading;
}

/**
 * tn_group_read_all:
 * @key: one that may hold several values
 * @ret_values: (element-type TnValue): those that are right are added, in their order
 */
TnReading
tn_group_read_all (TnGroup group, const char *key, GArray *ret_values)
{
  const TnKey *line = find_key (group, key);
  const config_setting_t *setting = find_member (group, key);
  if (setting == NULL)
    return TN_READING_ABSENT;

  TnReading reading = TN_READING_GIVEN;
  gboolean single = !is_bracketed (setting);
  int n = single ? 1 : config_setting_length (setting);
  for (int i = 0; i < n; i++)
    {
      const config_setting_t *item
          = single ? setting : config_setting_get_elem (setting, (unsigned) i);
      TnValue value = { 0 };
      if (has_type (line, item) && read_one (line, item, &value, NULL))
        g_array_append_val (ret_values, value);
      else
        reading = TN_READING_WRONG;
    }
  return reading;
}

/**
 * tn_group_read_texts:
 * @ret_texts: (inout) (transfer full): replaced when the key is given
 */
TnReading
tn_group_read_texts (TnGroup group, const char *key, char ***ret_texts)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (TnValue));
  TnReading reading = tn_group_read_all (group, key, values);
  if (reading == TN_READING_ABSENT)
    return reading;
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  for (guint i = 0; i < values->len; i++)
    g_strv_builder_add (texts, g_array_index (values, TnValue, i).text);
  g_strfreev (*ret_texts);
  *ret_texts = g_strv_builder_end (texts);
  return reading;
}

/**
 * tn_group_enter:
 *
 * Returns: the group that @key holds; one without anything in it when it was not written
 */
TnGroup
tn_group_enter (TnGroup group, const char *key)
{
  const TnKey *line = find_key (group, key);
  const config_setting_t *setting = find_member (group, key);
  gboolean is_group = setting != NULL && config_setting_is_group (setting);
  return (TnGroup){ group.document, is_group ? setting : NULL, line->inner };
}

/**
 * tn_group_count:
 *
 * Returns: how many items the list @key holds; 0 when it is none
 */
guint
tn_group_count (TnGroup group, const char *key)
{
  const config_setting_t *setting = find_member (group, find_key (group, key)->name);
  return setting != NULL && is_bracketed (setting) ? (guint) config_setting_length (setting) : 0;
}

/**
 * tn_group_at:
 * @index: below tn_group_count()
 *
 * Returns: that item; one without anything in it when it is no group
 */
TnGroup
tn_group_at (TnGroup group, const char *key, guint index)
{
  const TnKey *line = find_key (group, key);
  const config_setting_t *item = config_setting_get_elem (find_member (group, key), index);
  return (TnGroup){ group.document, config_setting_is_group (item) ? item : NULL, line->inner };
}

static char *
dup_array (const config_setting_t *setting)
{
  GString *text = g_string_new (NULL);
  for (int i = 0; i < config_setting_length (setting); i++)
    {
      const char *item = config_setting_get_string_elem (setting, i);
      g_autofree char *quoted = g_shell_quote (item != NULL ? item : "");
      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", quoted);
    }
  return g_string_free (text, FALSE);
}

/* (nullable) for what no text can stand for. */
static char *
dup_plain (const config_setting_t *setting)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  switch (config_setting_type (setting))
    {
    case CONFIG_TYPE_INT:
      return g_strdup_printf ("%d", config_setting_get_int (setting));
    case CONFIG_TYPE_INT64:
      return g_strdup_printf ("%lld", config_setting_get_int64 (setting));
    case CONFIG_TYPE_FLOAT:
      return g_strdup (g_ascii_dtostr (number, sizeof number, config_setting_get_float (setting)));
    case CONFIG_TYPE_BOOL:
      return g_strdup (config_setting_get_bool (setting) ? "true" : "false");
    case CONFIG_TYPE_STRING:
      return g_strdup (config_setting_get_string (setting));
    case CONFIG_TYPE_ARRAY:
      return dup_array (setting);
    default:
      return NULL;
    }
}

typedef void (*EachOther) (const char *name, const char *text, int line, gpointer user_data);

static void
flatten (TnGroup group, const config_setting_t *setting, const char *name, EachOther each,
         gpointer user_data)
{
  if (!config_setting_is_group (setting))
    {
      g_autofree char *text = dup_plain (setting);
      if (text != NULL)
        each (name, text, (int) setting->line, user_data);
      else
        complain_at (group, setting,
                     "a list in ( ) means nothing to a provider, expected an array in [ ]");
      return;
    }
  for (int i = 0; i < config_setting_length (setting); i++)
    {
      const config_setting_t *inner = config_setting_get_elem (setting, (unsigned) i);
      g_autofree char *full = g_strdup_printf ("%s.%s", name, inner->name);
      flatten (group, inner, full, each, user_data);
    }
}

/**
 * tn_group_foreach_other:
 * @each: gets name and text of a key that the table does not know; keys of inner groups are called
 *   `outer.inner`, an array is written as a shell would read it (g_shell_parse_argv())
 *
 * Of an open group: the settings that only a provider understands.
 */
void
tn_group_foreach_other (TnGroup group,
                        void (*each) (const char *name, const char *text, int line,
                                      gpointer user_data),
                        gpointer user_data)
{
  if (group.setting == NULL)
    return;
  for (int i = 0; i < config_setting_length (group.setting); i++)
    {
      const config_setting_t *setting = config_setting_get_elem (group.setting, (unsigned) i);
      if (tn_keys_find (group.kind, setting->name) == NULL)
        flatten (group, setting, setting->name, each, user_data);
    }
}
