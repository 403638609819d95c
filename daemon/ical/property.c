/* One content line: name, parameters, value. Only lines that turnus manages, or must understand to
 * do so, are read; of those it is asked that they are UTF-8 without NUL and of bearable size.
 *
 * Source: RFC 5545 sections 3.1 and 3.2. */
#include "ical/property.h"

#include "base/error.h"
#include "ical/text.h"

#include <libical/ical.h>

#include <string.h>

struct _TnProperty
{
  char *line;        /* (owned) unfolded */
  gsize name_length; /* bytes */
  gsize value_at;    /* offset in line, behind the colon */
};

/* The colon that ends the parameters: the first one outside quotes. */
static const char *
find_colon (const char *parameters)
{
  gboolean is_quoted = FALSE;
  for (const char *c = parameters; *c != '\0'; c++)
    if (*c == '"')
      is_quoted = !is_quoted;
    else if (*c == ':' && !is_quoted)
      return c;
  return NULL;
}

static gboolean
check_letters (const TnLines *lines, guint index, const GString *line, GError **error)
{
  const char *what = NULL;
  if (line->len > TN_PROPERTY_MAX_BYTES)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_LIMIT, "line %u: a text of more than %u KiB",
                   tn_lines_get_number (lines, index), (guint) (TN_PROPERTY_MAX_BYTES >> 10));
      return FALSE;
    }
  if (memchr (line->str, '\0', line->len) != NULL)
    what = "a NUL byte";
  else if (!g_utf8_validate_len (line->str, line->len, NULL))
    what = "bytes that are no UTF-8";
  if (what == NULL)
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "line %u: %s", tn_lines_get_number (lines, index),
               what);
  return FALSE;
}

/* ENCODING other than 8BIT is vCalendar 1.0, or an attachment: no text that we could edit. */
static gboolean
check_encoding (const TnLines *lines, guint index, const TnProperty *self, GError **error)
{
  g_autofree char *encoding = tn_property_dup_parameter (self, "ENCODING");
  if (encoding == NULL || g_ascii_strcasecmp (encoding, "8BIT") == 0)
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
               "line %u: encoded in a way that iCalendar 2.0 does not have",
               tn_lines_get_number (lines, index));
  return FALSE;
}

/**
 * tn_property_new:
 * @index: of a content line of @lines that is neither blank nor broken
 *
 * Errors: %TN_ERROR_INVALID when it is not to be read (NUL, no UTF-8, quotes that do not end),
 *   %TN_ERROR_LIMIT when it is too long.
 * Returns: (transfer full) (nullable): the property
 */
TnProperty *
tn_property_new (const TnLines *lines, guint index, GError **error)
{
  GString *unfolded = tn_lines_dup_unfolded (lines, index, TN_PROPERTY_MAX_BYTES + 1);
  if (!check_letters (lines, index, unfolded, error))
    {
      g_string_free (unfolded, TRUE);
      return NULL;
    }
  g_autoptr (TnProperty) self = g_new0 (TnProperty, 1);
  self->line = g_string_free (unfolded, FALSE);
  self->name_length = strcspn (self->line, ":;");
  const char *colon = find_colon (self->line + self->name_length);
  if (colon == NULL)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "line %u: no value, expected NAME:value",
                   tn_lines_get_number (lines, index));
      return NULL;
    }
  self->value_at = (gsize) (colon - self->line) + 1;
  return check_encoding (lines, index, self, error) ? g_steal_pointer (&self) : NULL;
}

void
tn_property_free (TnProperty *self)
{
  if (self == NULL)
    return;
  g_free (self->line);
  g_free (self);
}

/**
 * tn_property_get_value:
 *
 * Returns: (transfer none): the value as it stands in the line
 */
const char *
tn_property_get_value (const TnProperty *self)
{
  return self->line + self->value_at;
}

/**
 * tn_property_dup_text:
 *
 * Returns: (transfer full): the value as TEXT, blanks at its ends and all
 */
char *
tn_property_dup_text (const TnProperty *self)
{
  return tn_text_unescape (tn_property_get_value (self));
}

/* The length of the parameter at `from` (which stands behind a semicolon): up to the next semicolon
 * outside quotes, or the colon before the value. */
static gsize
get_parameter_length (const TnProperty *self, gsize from)
{
  gboolean is_quoted = FALSE;
  gsize at = from;
  while (at < self->value_at - 1 && (is_quoted || self->line[at] != ';'))
    {
      if (self->line[at] == '"')
        is_quoted = !is_quoted;
      at++;
    }
  return at - from;
}

static gboolean
is_parameter (const char *parameter, gsize length, const char *name)
{
  gsize n = strlen (name);
  return n < length && parameter[n] == '=' && g_ascii_strncasecmp (parameter, name, n) == 0;
}

/**
 * tn_property_dup_parameter:
 *
 * Returns: (transfer full) (nullable): the value of the first parameter @name, without its quotes
 */
char *
tn_property_dup_parameter (const TnProperty *self, const char *name)
{
  gsize length = 0;
  for (gsize at = self->name_length + 1; at < self->value_at; at += length + 1)
    {
      length = get_parameter_length (self, at);
      if (!is_parameter (self->line + at, length, name))
        continue;
      const char *value = self->line + at + strlen (name) + 1;
      gsize size = length - strlen (name) - 1;
      if (size >= 2 && value[0] == '"' && value[size - 1] == '"')
        return g_strndup (value + 1, size - 2);
      return g_strndup (value, size);
    }
  return NULL;
}

static gboolean
is_any_parameter (const char *parameter, gsize length, const char *const *names)
{
  for (gsize i = 0; names[i] != NULL; i++)
    if (is_parameter (parameter, length, names[i]))
      return TRUE;
  return FALSE;
}

/**
 * tn_property_dup_with_value:
 * @without: (array zero-terminated=1): parameters that are left out
 * @parameters: text to add behind the name, `;VALUE=DATE`, or ""
 * @value: the new value, escaped
 *
 * Returns: (transfer full): the content line with another value, its other parameters kept;
 * unfolded
 */
char *
tn_property_dup_with_value (const TnProperty *self, const char *const *without,
                            const char *parameters, const char *value)
{
  GString *line = g_string_new_len (self->line, (gssize) self->name_length);
  g_string_append (line, parameters);
  gsize length = 0;
  for (gsize at = self->name_length + 1; at < self->value_at; at += length + 1)
    {
      length = get_parameter_length (self, at);
      if (length == 0 || is_any_parameter (self->line + at, length, without))
        continue;
      g_string_append_c (line, ';');
      g_string_append_len (line, self->line + at, (gssize) length);
    }
  g_string_append_c (line, ':');
  g_string_append (line, value);
  return g_string_free (line, FALSE);
}

/**
 * tn_property_is_sound:
 * @line: a content line of ours, unfolded
 *
 * Asks libical, in place of the many programs that use it: what it cannot read it replaces by an
 * X-LIC-ERROR and so destroys, in some other program, later (hazard 64).
 *
 * Returns: whether libical reads @line
 */
gboolean
tn_property_is_sound (const char *line)
{
  icalproperty *property = icalproperty_new_from_string (line);
  gboolean is_sound = property != NULL && icalproperty_isa (property) != ICAL_XLICERROR_PROPERTY
                      && icalproperty_isa (property) != ICAL_NO_PROPERTY;
  if (property != NULL)
    icalproperty_free (property);
  return is_sound;
}
