/* Each form carries a seal: when it was made, a nonce, and a code over both, the council and the
 * page, by a key that only the session's owner brings along. So no other site can hand one in
 * (CSRF), it fits no other session, council or page, and since the nonce is used up in the store, a
 * form that is sent twice does what it does once. */
#include "site/form.h"

#include <string.h>

#include "base/encode.h"
#include "base/log.h"
#include "base/text.h"
#include "model/catalogue.h"
#include "site/entrance.h"
#include "site/frame.h"
#include "site/html.h"

static char *
dup_code (const TnReader *reader, const char *path, const char *made, const char *nonce)
{
  const char *key = reader->token != NULL ? reader->token : reader->seal_key;
  g_autofree char *text = g_strjoin ("\n", made, nonce, path, reader->council,
                                     reader->user != NULL ? reader->user : "", NULL);
  return g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) key, strlen (key), text,
                                    -1);
}

void
tn_form_hide (GString *html, const char *name, const char *value)
{
  tn_html_add (html, "<input type=\"hidden\" name=\"%s\" value=\"%s\">\n", name, value);
}

/**
 * tn_form_begin:
 * @reader: speaks for a council
 * @path: of the page that takes it, below the site's folder
 */
void
tn_form_begin (GString *html, const TnReader *reader, const char *path)
{
  g_autofree char *made
      = g_strdup_printf ("%" G_GINT64_FORMAT, reader->now_us / G_TIME_SPAN_SECOND);
  g_autofree char *nonce = tn_entrance_dup_random ();
  g_autofree char *code = dup_code (reader, path, made, nonce);
  g_autofree char *seal = g_strjoin (".", made, nonce, code, NULL);
  tn_html_add (html, "<form method=\"post\" action=\"%s%s\" class=\"decision\">\n", reader->folder,
               path);
  tn_form_hide (html, "seal", seal);
  tn_form_hide (html, "for", reader->council);
}

/* Takes as long whichever letter differs. */
static gboolean
is_same (const char *a, const char *b)
{
  guint differs = strlen (a) != strlen (b);
  for (gsize i = 0; a[i] != '\0' && b[i] != '\0'; i++)
    differs |= (guint) (a[i] ^ b[i]);
  return differs == 0;
}

/**
 * tn_form_find:
 * @hash: of a form's nonce
 *
 * Returns: (transfer full) (nullable): the form that the reader's council handed in
 */
TnSlip *
tn_form_find (const TnReader *reader, const char *hash)
{
  g_autoptr (GPtrArray) slips = tn_store_load_slips (tn_reader_get_store (reader), NULL);
  for (guint i = 0; slips != NULL && i < slips->len; i++)
    {
      const TnSlip *slip = g_ptr_array_index (slips, i);
      if (slip->kind == TN_SLIP_FORM && strcmp (slip->token_hash, hash) == 0
          && g_strcmp0 (slip->council, reader->council) == 0)
        return tn_slip_copy (slip);
    }
  return NULL;
}

/**
 * tn_form_check:
 * @path: of the page that was made for it
 * @ret_hash: (out) (transfer full): of its nonce, when it is good or used
 */
TnFormState
tn_form_check (const TnReader *reader, const char *path, char **ret_hash)
{
  const char *seal = tn_reader_get_field (reader, "seal");
  g_auto (GStrv) parts = g_strsplit (seal != NULL ? seal : "", ".", 4);
  if (g_strv_length (parts) != 3 || reader->council == NULL)
    return TN_FORM_FOREIGN;
  g_autofree char *code = dup_code (reader, path, parts[0], parts[1]);
  if (!is_same (code, parts[2]))
    return TN_FORM_FOREIGN;
  gint64 made_s = g_ascii_strtoll (parts[0], NULL, 10);
  if (reader->now_us / G_TIME_SPAN_SECOND - made_s > TN_FORM_LASTS_S)
    return TN_FORM_OLD;
  *ret_hash = tn_encode_sha256 (parts[1], -1);
  g_autoptr (TnSlip) used = tn_form_find (reader, *ret_hash);
  return used != NULL ? TN_FORM_USED : TN_FORM_GOOD;
}

/**
 * tn_form_use_up:
 * @outcome: what came of it; empty while that is not known
 *
 * Returns: %TRUE when nobody can hand it in any more
 */
gboolean
tn_form_use_up (const TnReader *reader, const char *hash, const char *path, const char *outcome,
                GError **error)
{
  TnBook *book = tn_reader_get_book (reader);
  g_autoptr (TnSlip) slip = tn_slip_new (TN_SLIP_FORM, hash, reader->council);
  g_autoptr (TnBatch) batch = tn_batch_new ();
  slip->made_us = reader->now_us;
  slip->used_us = reader->now_us;
  slip->ends_us = reader->now_us + TN_FORM_LASTS_S * G_TIME_SPAN_SECOND;
  tn_text_set (&slip->path, path);
  tn_text_set (&slip->outcome, outcome);
  tn_entrance_sweep (book, batch);
  tn_batch_put_slip (batch, slip);
  return tn_store_commit (tn_book_get_store (book), batch, error);
}

/**
 * tn_form_note:
 * @uid: (nullable): of the event
 * @field: what was done: `accepted`
 * @after: (nullable): to what
 *
 * The ledger has a decision with where it was read; that the answer came by a page, and for whom,
 * the history has.
 */
void
tn_form_note (const TnReader *reader, const char *uid, const char *field, const char *after)
{
  g_autoptr (TnHistory) history = tn_history_new ("answered");
  g_autoptr (TnBatch) batch = tn_batch_new ();
  g_autofree char *source = g_strdup_printf ("page %s", reader->council);
  g_autoptr (GError) error = NULL;
  history->at_us = reader->now_us;
  tn_text_set (&history->uid, uid);
  tn_text_set (&history->field, field);
  tn_text_set (&history->after, after);
  tn_text_set (&history->source, source);
  tn_batch_append_history (batch, history);
  if (!tn_store_commit (tn_reader_get_store (reader), batch, &error))
    tn_log_warning (NULL, NULL, "cannot remember that a page was used: %s", error->message);
}

/**
 * tn_form_make_refusal:
 * @hash: (nullable): of one that is used
 *
 * Returns: (transfer full): what to do, in plain words
 */
TnWebPage *
tn_form_make_refusal (const TnReader *reader, TnFormState state, const char *hash)
{
  if (state == TN_FORM_USED)
    {
      g_autofree char *path = g_strdup_printf ("done/%s", hash);
      return tn_frame_redirect (reader, path);
    }
  const char *text
      = state == TN_FORM_OLD
            ? N_ ("The form lay open for too long. Nothing was changed. Open the page again and "
                  "fill it in anew.")
            : N_ ("The form was not made for you by this site, or you have signed out and in again "
                  "since. Nothing was changed. Open the page again and fill it in anew.");
  return tn_frame_make_notice (reader, 403, tn_say (reader->language, N_ ("Nothing was changed")),
                               tn_say (reader->language, text));
}
