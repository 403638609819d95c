/* Packed by zlib at its fastest, with no time in it: the same page gives the same bytes. A packed
 * page is another representation and has an ETag of its own; for "has it changed" both count, since
 * they are compared weakly.
 *
 * Source: RFC 9110 sections 8.8.3, 12.5.3 and 13.1.2; RFC 1952. */
#include "packing.h"

#include <string.h>

static const char PACKED[] = "-gz";
static const gsize WORTH_BYTES = 512; /* fewer fit into the packet that goes anyway */

/* `gzip;q=0.5`: 0 when it is not wanted. */
static double
get_weight (const char *part)
{
  const char *weight = strstr (part, "q=");
  return weight != NULL ? g_ascii_strtod (weight + 2, NULL) : 1;
}

/**
 * feed_packing_is_taken:
 * @accept_encoding: (nullable): what the reader says
 *
 * Returns: %TRUE when it reads gzip
 */
gboolean
feed_packing_is_taken (const char *accept_encoding)
{
  gboolean is_any = FALSE;
  g_auto (GStrv) parts = g_strsplit (accept_encoding != NULL ? accept_encoding : "", ",", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *part = g_strstrip (parts[i]);
      gsize length = strcspn (part, "; \t");
      if (length == 4 && g_ascii_strncasecmp (part, "gzip", 4) == 0)
        return get_weight (part) > 0;
      if (length == 1 && *part == '*')
        is_any = get_weight (part) > 0;
    }
  return is_any;
}

/**
 * feed_packing_is_worth:
 * @type: (nullable): media type
 *
 * Returns: %TRUE for texts of some length
 */
gboolean
feed_packing_is_worth (const char *type, gsize bytes)
{
  return bytes >= WORTH_BYTES && type != NULL
         && (g_str_has_prefix (type, "text/") || g_str_has_prefix (type, "image/svg+xml")
             || g_str_has_prefix (type, "application/json"));
}

/**
 * feed_packing_pack:
 *
 * Returns: (transfer full) (nullable): gzip; %NULL when it cannot be packed
 */
GBytes *
feed_packing_pack (GBytes *bytes)
{
  g_autoptr (GZlibCompressor) zlib = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1);
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  gsize done = 0;
  GConverterResult state = G_CONVERTER_CONVERTED;
  while (state != G_CONVERTER_FINISHED)
    {
      guint8 piece[8192];
      gsize n_read = 0;
      gsize n_written = 0;
      state
          = g_converter_convert (G_CONVERTER (zlib), data + done, length - done, piece,
                                 sizeof piece, G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);
      if (state == G_CONVERTER_ERROR)
        return NULL;
      done += n_read;
      g_byte_array_append (packed, piece, (guint) n_written);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&packed));
}

/**
 * feed_packing_dup_tag:
 *
 * Returns: (transfer full): the ETag header of that representation
 */
char *
feed_packing_dup_tag (const char *etag, gboolean is_packed)
{
  return g_strconcat ("\"", etag, is_packed ? PACKED : "", "\"", NULL);
}

static gboolean
is_tag (const char *text, gsize length, const char *etag)
{
  gsize own = strlen (etag);
  if (length < own || strncmp (text, etag, own) != 0)
    return FALSE;
  return length == own
         || (length == own + strlen (PACKED) && strncmp (text + own, PACKED, length - own) == 0);
}

/**
 * feed_packing_has_tag:
 * @if_none_match: (nullable): what the reader says
 * @etag: of the page, without quotes
 *
 * Returns: %TRUE when the reader has the page, packed or not
 */
gboolean
feed_packing_has_tag (const char *if_none_match, const char *etag)
{
  const char *at = if_none_match != NULL ? if_none_match : "";
  if (strcmp (at, "*") == 0)
    return TRUE;
  while ((at = strchr (at, '"')) != NULL)
    {
      const char *end = strchr (at + 1, '"');
      if (end == NULL)
        return FALSE;
      if (is_tag (at + 1, (gsize) (end - at) - 1, etag))
        return TRUE;
      at = end + 1;
    }
  return FALSE;
}
