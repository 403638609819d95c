/* Addresses are taken in one spelling only: no dot segments, no empty ones, no slash, backslash or
 * control character behind a percent sign. Whoever writes otherwise wants something else.
 *
 * Source: RFC 3986 sections 2.1, 3.3 and 6.2.2; WHATWG URL (application/x-www-form-urlencoded). */
#include "target.h"

#include <string.h>

/* NULL when a percent sign stands for nothing, or the text is no UTF-8 or has control characters.
 */
static char *
dup_decoded (const char *text, gsize length, gboolean is_form)
{
  g_autoptr (GString) decoded = g_string_sized_new (length);
  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];
      if (c == '%')
        {
          if (i + 2 >= length || !g_ascii_isxdigit (text[i + 1]) || !g_ascii_isxdigit (text[i + 2]))
            return NULL;
          c = (char) (g_ascii_xdigit_value (text[i + 1]) * 16 + g_ascii_xdigit_value (text[i + 2]));
          i += 2;
        }
      else if (c == '+' && is_form)
        c = ' ';
      gboolean is_control = (guchar) c < 0x20 || c == 0x7f;
      if (is_control && !(is_form && strchr ("\t\r\n", c) != NULL && c != '\0'))
        return NULL;
      g_string_append_c (decoded, c);
    }
  if (!g_utf8_validate (decoded->str, (gssize) decoded->len, NULL))
    return NULL;
  return g_string_free (g_steal_pointer (&decoded), FALSE);
}

/* One part of a path between slashes. */
static char *
dup_segment (const char *text)
{
  char *segment = dup_decoded (text, strlen (text), FALSE);
  if (segment != NULL
      && (strcmp (segment, ".") == 0 || strcmp (segment, "..") == 0
          || strpbrk (segment, "/\\") != NULL))
    g_clear_pointer (&segment, g_free);
  return segment;
}

/**
 * feed_target_dup_path:
 * @target: of a request
 *
 * Returns: (transfer full) (nullable): its path, decoded; %NULL when it is written as no honest
 *   reader writes one
 */
char *
feed_target_dup_path (const char *target)
{
  g_autofree char *raw = g_strndup (target, strcspn (target, "?"));
  if (*raw != '/' || strchr (raw, '#') != NULL)
    return NULL;
  g_auto (GStrv) parts = g_strsplit (raw + 1, "/", -1);
  g_autoptr (GString) path = g_string_new (NULL);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *segment = dup_segment (parts[i]);
      if (segment == NULL || (*segment == '\0' && parts[i + 1] != NULL))
        return NULL;
      g_string_append_printf (path, "/%s", segment);
    }
  if (path->len == 0)
    g_string_append_c (path, '/');
  return g_string_free (g_steal_pointer (&path), FALSE);
}

/**
 * feed_target_list_fields:
 * @text: `year=2027&lang=da`
 *
 * Returns: (transfer full) (nullable) (element-type utf8): name, value, name, value …, ended by
 *   %NULL; %NULL when there are too many, or one is written wrongly
 */
GPtrArray *
feed_target_list_fields (const char *text)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = g_strsplit (text, "&", FEED_FIELDS_MOST + 2);
  if (g_strv_length (parts) > FEED_FIELDS_MOST)
    return NULL;
  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *part = parts[i];
      gsize name_length = strcspn (part, "=");
      const char *value = part[name_length] == '=' ? part + name_length + 1 : "";
      if (*part == '\0')
        continue;
      char *name = dup_decoded (part, name_length, TRUE);
      char *decoded = dup_decoded (value, strlen (value), TRUE);
      g_ptr_array_add (fields, name);
      g_ptr_array_add (fields, decoded);
      if (name == NULL || decoded == NULL)
        return NULL;
    }
  g_ptr_array_add (fields, NULL);
  return g_steal_pointer (&fields);
}

/**
 * feed_target_list_query:
 *
 * Returns: (transfer full) (nullable): as feed_target_list_fields(), of what stands behind the
 *   question mark
 */
GPtrArray *
feed_target_list_query (const char *target)
{
  const char *mark = strchr (target, '?');
  return feed_target_list_fields (mark != NULL ? mark + 1 : "");
}
