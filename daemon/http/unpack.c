/* Bodies. Curl would decompress as well, but takes a compressed stream that stops before its end
 * for a whole one (seen with 7.88), as a proxy sends it whose own server went away. The limit holds
 * for what comes out, so that a bomb goes off nowhere (hazard 83). */
#include "http/unpack.h"

#include "base/error.h"

struct _TnUnpack
{
  GConverter *gzip; /* (owned) (nullable) NULL: not compressed */
  gboolean is_known;
  gboolean is_ended; /* the compressed stream came to its end */
  gsize max_bytes;
  GByteArray *pending; /* (owned) compressed, not used yet */
  GByteArray *out;     /* (owned) */
};

/**
 * tn_unpack_new:
 * @coding: (nullable): value of Content-Encoding
 * @max_bytes: of the body when it is decompressed
 */
TnUnpack *
tn_unpack_new (const char *coding, gsize max_bytes)
{
  TnUnpack *self = g_new0 (TnUnpack, 1);
  gboolean is_plain = coding == NULL || g_ascii_strcasecmp (coding, "identity") == 0;
  gboolean is_gzip
      = !is_plain
        && (g_ascii_strcasecmp (coding, "gzip") == 0 || g_ascii_strcasecmp (coding, "x-gzip") == 0);
  if (is_gzip)
    self->gzip = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  self->is_known = is_plain || is_gzip;
  self->max_bytes = max_bytes;
  self->pending = g_byte_array_new ();
  self->out = g_byte_array_new ();
  return self;
}

void
tn_unpack_free (TnUnpack *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->gzip);
  g_clear_pointer (&self->pending, g_byte_array_unref);
  g_clear_pointer (&self->out, g_byte_array_unref);
  g_free (self);
}

static gboolean
append (TnUnpack *self, const void *bytes, gsize length, GError **error)
{
  if (length > self->max_bytes - self->out->len)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_LIMIT, "the answer is too big: more than %zu bytes",
                   self->max_bytes);
      return FALSE;
    }
  g_byte_array_append (self->out, bytes, (guint) length);
  return TRUE;
}

static gboolean
unpack_pending (TnUnpack *self, GError **error)
{
  char buffer[16384];
  while (self->pending->len > 0 && !self->is_ended)
    {
      gsize n_read = 0;
      gsize n_written = 0;
      g_autoptr (GError) reason = NULL;
      GConverterResult result
          = g_converter_convert (self->gzip, self->pending->data, self->pending->len, buffer,
                                 sizeof buffer, G_CONVERTER_NO_FLAGS, &n_read, &n_written, &reason);
      if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
        return TRUE;
      if (result == G_CONVERTER_ERROR)
        {
          g_set_error (error, TN_ERROR, TN_ERROR_PROTOCOL,
                       "the answer is not compressed as it says");
          return FALSE;
        }
      g_byte_array_remove_range (self->pending, 0, (guint) n_read);
      self->is_ended = result == G_CONVERTER_FINISHED;
      if (!append (self, buffer, n_written, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * tn_unpack_add:
 *
 * Errors: %TN_ERROR_LIMIT when the body gets too big; %TN_ERROR_PROTOCOL when it is compressed in a
 *   way that nobody asked for, or wrongly.
 */
gboolean
tn_unpack_add (TnUnpack *self, const void *bytes, gsize length, GError **error)
{
  if (!self->is_known)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_PROTOCOL,
                   "the answer is compressed in a way that was not asked for");
      return FALSE;
    }
  if (self->gzip == NULL)
    return append (self, bytes, length, error);
  g_byte_array_append (self->pending, bytes, (guint) length);
  return unpack_pending (self, error);
}

/**
 * tn_unpack_end:
 *
 * Errors: %TN_ERROR_TEMPORARY when the compressed stream did not come to its end.
 * Returns: (transfer full) (nullable): the body; @self is empty from now on
 */
GBytes *
tn_unpack_end (TnUnpack *self, GError **error)
{
  if (self->gzip != NULL && !self->is_ended)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_TEMPORARY,
                   "the compressed answer stops before its end");
      return NULL;
    }
  g_autoptr (GByteArray) out = g_steal_pointer (&self->out);
  self->out = g_byte_array_new ();
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}
