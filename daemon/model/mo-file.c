/* A reader of GNU gettext's compiled catalogues. The C library's own takes its language from the
 * process, which is no use to a daemon of several collaborations, and it finds nothing where only
 * the locale C.UTF-8 is installed. So the file is in the program, and is read where it lies: a
 * search among sorted keys, nothing unpacked, nothing allocated. Each number of it is checked when
 * it is used; a file that is cut or torn has no translation.
 *
 * Source: GNU gettext manual, "The Format of GNU MO Files". */
#include "model/mo-file.h"

#include <string.h>

enum
{
  MAGIC = 0x950412de,
  REVISION_AT = 4,
  COUNT_AT = 8,
  ORIGINALS_AT = 12,
  TRANSLATIONS_AT = 16,
  HEADER_BYTES = 28,
  ENTRY_BYTES = 8, /* length, offset */
};

typedef struct
{
  const TnMoFile *file;
  gboolean is_swapped; /* compiled on a machine of the other byte order */
} Reading;

static guint32
read_number (const Reading *reading, gsize at)
{
  guint32 number = 0;
  memcpy (&number, reading->file->bytes + at, sizeof number);
  return reading->is_swapped ? GUINT32_SWAP_LE_BE (number) : number;
}

static gboolean
holds (const TnMoFile *file, guint64 start, guint64 length)
{
  return start <= file->n_bytes && length <= file->n_bytes - start;
}

static gboolean
open_reading (const TnMoFile *file, Reading *reading)
{
  if (file->bytes == NULL || file->n_bytes < HEADER_BYTES)
    return FALSE;
  *reading = (Reading){ .file = file };
  guint32 magic = read_number (reading, 0);
  reading->is_swapped = magic == GUINT32_SWAP_LE_BE ((guint32) MAGIC);
  if (magic != (guint32) MAGIC && !reading->is_swapped)
    return FALSE;
  guint64 table_bytes = (guint64) read_number (reading, COUNT_AT) * ENTRY_BYTES;
  return read_number (reading, REVISION_AT) >> 16 == 0 /* the major one: the layout */
         && holds (file, read_number (reading, ORIGINALS_AT), table_bytes)
         && holds (file, read_number (reading, TRANSLATIONS_AT), table_bytes);
}

/* Text number @index of the table that begins where @table_at says; ends with NUL within the file.
 */
static const char *
find_text (const Reading *reading, gsize table_at, guint32 index, gsize *ret_length)
{
  gsize entry = (gsize) read_number (reading, table_at) + (gsize) index * ENTRY_BYTES;
  guint32 length = read_number (reading, entry);
  guint32 start = read_number (reading, entry + 4);
  if (!holds (reading->file, start, (guint64) length + 1))
    return NULL;
  const char *text = (const char *) reading->file->bytes + start;
  if (text[length] != '\0')
    return NULL;
  *ret_length = length;
  return text;
}

/* A key is `context EOT text`, or the text alone; of a plural, the singular and behind its NUL
 * more. */
static int
compare_key (const char *context, const char *text, const char *key)
{
  if (context == NULL)
    return strcmp (text, key);
  gsize length = strlen (context);
  int order = strncmp (context, key, length);
  if (order != 0)
    return order;
  if (key[length] != '\004')
    return '\004' - (int) (guchar) key[length];
  return strcmp (text, key + length + 1);
}

static const char *
find_form (const char *text, gsize length, guint form)
{
  const char *end = text + length;
  for (guint i = 0; i < form; i++)
    {
      text += strlen (text) + 1;
      if (text > end)
        return NULL;
    }
  return *text != '\0' ? text : NULL;
}

/**
 * tn_mo_file_find:
 * @context: (nullable): what tells two equal texts apart
 * @text: the key; of a plural, the singular
 * @form: which of the translation's forms: 0 is the singular, or the only one
 *
 * Returns: (transfer none) (nullable): the translation, within the file's bytes; %NULL when there
 * is none or the file is broken where one looks
 */
const char *
tn_mo_file_find (const TnMoFile *file, const char *context, const char *text, guint form)
{
  Reading reading;
  if (*text == '\0' || !open_reading (file, &reading)) /* the empty key is the file's own heading */
    return NULL;
  guint32 low = 0;
  guint32 high = read_number (&reading, COUNT_AT);
  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      gsize length = 0;
      const char *key = find_text (&reading, ORIGINALS_AT, middle, &length);
      if (key == NULL)
        return NULL;
      int order = compare_key (context, text, key);
      if (order == 0)
        {
          const char *translation = find_text (&reading, TRANSLATIONS_AT, middle, &length);
          return translation != NULL ? find_form (translation, length, form) : NULL;
        }
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return NULL;
}
