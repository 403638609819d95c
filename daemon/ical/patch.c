/* An edit of bytes as the list of pieces that change; what is between them is copied as it is, so
 * that an edit cannot touch what it does not name (promise 6). */
#include "ical/patch.h"

#include <string.h>

typedef struct
{
  gsize offset; /* in the old bytes */
  gsize length; /* of the old piece, 0 to insert */
  char *bytes;  /* (owned) the new piece */
  gsize size;   /* of the new piece */
} Piece;

struct _TnPatch
{
  GArray *pieces; /* (owned) (element-type Piece) */
};

static void
piece_clear (Piece *piece)
{
  g_clear_pointer (&piece->bytes, g_free);
}

TnPatch *
tn_patch_new (void)
{
  TnPatch *self = g_new0 (TnPatch, 1);
  self->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  g_array_set_clear_func (self->pieces, (GDestroyNotify) piece_clear);
  return self;
}

void
tn_patch_free (TnPatch *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->pieces);
  g_free (self);
}

/**
 * tn_patch_replace:
 * @offset: in the old bytes
 * @length: bytes that go, 0 to insert before @offset
 * @bytes: what comes there, copied
 *
 * Pieces must not overlap; several at one offset come in the order of the calls.
 */
void
tn_patch_replace (TnPatch *self, gsize offset, gsize length, const char *bytes, gsize size)
{
  Piece piece = { offset, length, g_memdup2 (bytes, size), size };
  g_array_append_val (self->pieces, piece);
}

static int
compare_pieces (gconstpointer a, gconstpointer b)
{
  const Piece *first = a;
  const Piece *second = b;
  return (first->offset > second->offset) - (first->offset < second->offset);
}

/**
 * tn_patch_apply:
 *
 * Returns: (transfer full): @bytes with the pieces put in; @bytes itself when there are none
 */
GBytes *
tn_patch_apply (TnPatch *self, GBytes *bytes)
{
  if (self->pieces->len == 0)
    return g_bytes_ref (bytes);

  gsize size = 0;
  const char *old = g_bytes_get_data (bytes, &size);
  g_array_sort (self->pieces, compare_pieces); /* stable, as GLib promises */
  GByteArray *new = g_byte_array_sized_new ((guint) size + 1024);
  gsize done = 0;
  for (guint i = 0; i < self->pieces->len; i++)
    {
      const Piece *piece = &g_array_index (self->pieces, Piece, i);
      g_assert (piece->offset >= done && piece->offset + piece->length <= size);
      g_byte_array_append (new, (const guint8 *) old + done, (guint) (piece->offset - done));
      g_byte_array_append (new, (const guint8 *) piece->bytes, (guint) piece->size);
      done = piece->offset + piece->length;
    }
  g_byte_array_append (new, (const guint8 *) old + done, (guint) (size - done));
  return g_byte_array_free_to_bytes (new);
}
