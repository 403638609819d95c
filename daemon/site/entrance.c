/* Who has a token may do what its slip says; the store has only hashes, so who reads a backup of it
 * can do nothing. A link is good once: programs that look at letters open links, so opening shows a
 * button only, and what the button sends uses it up. */
#include "site/entrance.h"

#include <string.h>

#include "base/chance.h"
#include "base/encode.h"
#include "base/error.h"
#include "base/text.h"

/* So long it is still said that a link was used or came too late. */
static const gint64 SAID_US = 24 * 3600 * G_TIME_SPAN_SECOND;

/**
 * tn_entrance_dup_random:
 *
 * Returns: (transfer full): TN_ENTRANCE_TOKEN_BYTES that nobody can guess, hexadecimal
 */
char *
tn_entrance_dup_random (void)
{
  guint8 bytes[TN_ENTRANCE_TOKEN_BYTES];
  tn_chance_fill (bytes, sizeof bytes);
  GString *text = g_string_new (NULL);
  for (gsize i = 0; i < sizeof bytes; i++)
    g_string_append_printf (text, "%02x", bytes[i]);
  return g_string_free (text, FALSE);
}

static gint64
get_now_us (TnBook *book)
{
  return tn_clock_now_us (tn_book_get_clock (book));
}

static TnSlip *
make_slip (TnBook *book, TnSlipKind kind, const char *token, const char *council, gint64 lasts_s)
{
  g_autofree char *hash = tn_encode_sha256 (token, -1);
  TnSlip *slip = tn_slip_new (kind, hash, council);
  slip->made_us = get_now_us (book);
  slip->ends_us = slip->made_us + lasts_s * G_TIME_SPAN_SECOND;
  return slip;
}

/**
 * tn_entrance_sweep:
 *
 * Adds to @batch that slips of long ago are forgotten.
 */
void
tn_entrance_sweep (TnBook *book, TnBatch *batch)
{
  g_autoptr (GPtrArray) slips = tn_store_load_slips (tn_book_get_store (book), NULL);
  for (guint i = 0; slips != NULL && i < slips->len; i++)
    {
      const TnSlip *slip = g_ptr_array_index (slips, i);
      if (slip->ends_us + SAID_US < get_now_us (book))
        tn_batch_drop_slip (batch, slip->token_hash);
    }
}

/**
 * tn_entrance_invite:
 * @council: id of the one that is spoken for
 * @batch: in which the link is kept: together with the letter that it goes out with
 * @path: where it leads to, below the site's folder
 *
 * Returns: (transfer full): the token of a link; nobody can find it out again
 */
char *
tn_entrance_invite (TnBook *book, TnBatch *batch, const char *council, const char *path,
                    gint64 lasts_s)
{
  char *token = tn_entrance_dup_random ();
  g_autoptr (TnSlip) slip = make_slip (book, TN_SLIP_LINK, token, council, lasts_s);
  tn_text_set (&slip->path, path);
  tn_entrance_sweep (book, batch);
  tn_batch_put_slip (batch, slip);
  return token;
}

/**
 * tn_entrance_find:
 * @token: as somebody brings it: any text
 * @ret_slip: (out) (transfer full): when it is good; untouched otherwise
 */
TnEntranceState
tn_entrance_find (TnBook *book, TnSlipKind kind, const char *token, TnSlip **ret_slip)
{
  g_autofree char *hash = tn_encode_sha256 (token, -1);
  g_autoptr (GPtrArray) slips = tn_store_load_slips (tn_book_get_store (book), NULL);
  if (slips == NULL)
    return TN_ENTRANCE_BROKEN;
  for (guint i = 0; i < slips->len; i++)
    {
      const TnSlip *slip = g_ptr_array_index (slips, i);
      if (slip->kind != kind || strcmp (slip->token_hash, hash) != 0)
        continue;
      if (slip->used_us != 0)
        return TN_ENTRANCE_USED;
      if (slip->ends_us <= get_now_us (book))
        return TN_ENTRANCE_ENDED;
      *ret_slip = tn_slip_copy (slip);
      return TN_ENTRANCE_GOOD;
    }
  return TN_ENTRANCE_UNKNOWN;
}

/**
 * tn_entrance_enter:
 * @link: good
 *
 * Uses it up and opens a session, both or neither.
 *
 * Returns: (transfer full) (nullable): the token of the session
 */
char *
tn_entrance_enter (TnBook *book, const TnSlip *link, GError **error)
{
  g_autofree char *token = tn_entrance_dup_random ();
  g_autoptr (TnSlip) session
      = make_slip (book, TN_SLIP_SESSION, token, link->council, TN_ENTRANCE_SESSION_S);
  g_autoptr (TnSlip) used = tn_slip_copy (link);
  g_autoptr (TnBatch) batch = tn_batch_new ();
  used->used_us = get_now_us (book);
  tn_entrance_sweep (book, batch);
  tn_batch_put_slip (batch, used);
  tn_batch_put_slip (batch, session);
  return tn_store_commit (tn_book_get_store (book), batch, error) ? g_steal_pointer (&token) : NULL;
}

/**
 * tn_entrance_leave:
 * @token: of a session
 * @everywhere: end also all other sessions of its council, and its links that nobody used
 */
gboolean
tn_entrance_leave (TnBook *book, const char *token, gboolean everywhere, GError **error)
{
  g_autoptr (TnSlip) own = NULL;
  if (tn_entrance_find (book, TN_SLIP_SESSION, token, &own) != TN_ENTRANCE_GOOD)
    return TRUE;
  g_autoptr (GPtrArray) slips = tn_store_load_slips (tn_book_get_store (book), error);
  if (slips == NULL)
    return FALSE;
  g_autoptr (TnBatch) batch = tn_batch_new ();
  for (guint i = 0; i < slips->len; i++)
    {
      TnSlip *slip = g_ptr_array_index (slips, i);
      gboolean is_own = strcmp (slip->token_hash, own->token_hash) == 0;
      gboolean is_kin = everywhere && slip->kind != TN_SLIP_FORM && slip->used_us == 0
                        && strcmp (slip->council, own->council) == 0;
      if (!is_own && !is_kin)
        continue;
      slip->used_us = get_now_us (book);
      tn_batch_put_slip (batch, slip);
    }
  return tn_store_commit (tn_book_get_store (book), batch, error);
}
