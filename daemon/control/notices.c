/* Letters as they are shown: to whom, about what, and what became of them; never what stood in
 * them, for a letter may hold a link that can be used once. */
#include "control/notices.h"

#include <string.h>

#include "base/error.h"
#include "notice/post.h"

static void
add_letter (JsonBuilder *sheet, const TnLetter *letter)
{
  json_builder_begin_object (sheet);
  tn_sheet_text (sheet, "id", letter->id);
  tn_sheet_text (sheet, "address", letter->address);
  tn_sheet_text (sheet, "kind", tn_letter_kind_to_string (letter->kind));
  tn_sheet_text (sheet, "state", tn_letter_state_to_string (letter->state));
  tn_sheet_flag (sheet, "unsure", letter->is_unsure);
  tn_sheet_text (sheet, "subject", letter->subject);
  tn_sheet_time (sheet, "written", letter->written_us);
  tn_sheet_time (sheet, "next", letter->next_us);
  tn_sheet_time (sheet, "settled", letter->settled_us);
  tn_sheet_number (sheet, "tries", letter->n_tries);
  tn_sheet_text (sheet, "problem", letter->problem);
  json_builder_end_object (sheet);
}

static guint
count_told (GPtrArray *told, const TnMailbox *mailbox)
{
  g_autofree char *scope = tn_fact_dup_scope (mailbox->council);
  guint n = 0;
  for (guint i = 0; i < told->len; i++)
    {
      const TnTold *one = g_ptr_array_index (told, i);
      if (strcmp (one->address, mailbox->address) == 0 && g_str_has_prefix (one->key, scope))
        n++;
    }
  return n;
}

static void
add_mailboxes (JsonBuilder *sheet, const TnSettings *settings, GPtrArray *told)
{
  tn_sheet_list (sheet, "mailboxes");
  for (guint i = 0; i < settings->contacts->len; i++)
    {
      const TnMailbox *mailbox = g_ptr_array_index (settings->contacts, i);
      json_builder_begin_object (sheet);
      tn_sheet_text (sheet, "address", mailbox->address);
      tn_sheet_text (sheet, "council", mailbox->council);
      tn_sheet_number (sheet, "told", count_told (told, mailbox));
      json_builder_end_object (sheet);
    }
  json_builder_end_array (sheet);
}

static void
answer (TnErrand *call)
{
  TnStore *store = tn_book_get_store (tn_errand_get_book (call));
  const TnSettings *settings = tn_book_get_settings (tn_errand_get_book (call));
  const TnMail *mail = settings->mail;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonBuilder) sheet = json_builder_new ();
  g_autoptr (GPtrArray) letters = tn_store_load_letters (store, &error);
  g_autoptr (GPtrArray) told = letters != NULL ? tn_store_load_told (store, &error) : NULL;
  if (told == NULL)
    {
      tn_errand_refuse (call, error);
      return;
    }
  json_builder_begin_object (sheet);
  tn_sheet_text (sheet, "server", mail != NULL ? mail->account->url : NULL);
  tn_sheet_text (sheet, "from", mail != NULL ? mail->from : NULL);
  tn_sheet_text (sheet, "problem", call->post != NULL ? tn_post_get_problem (call->post) : NULL);
  tn_sheet_time (sheet, "next_look", call->post != NULL ? tn_post_get_next_us (call->post) : 0);
  add_mailboxes (sheet, settings, told);
  tn_sheet_list (sheet, "letters");
  for (guint i = letters->len; i > 0; i--)
    add_letter (sheet, g_ptr_array_index (letters, i - 1));
  json_builder_end_array (sheet);
  json_builder_end_object (sheet);
  tn_errand_answer (call, sheet);
}

/**
 * tn_notices_serve:
 * @call: (transfer full)
 */
void
tn_notices_serve (TnErrand *call, GVariant *arguments)
{
  g_autoptr (TnErrand) owned = call;
  answer (call);
}

/**
 * tn_notices_serve_test:
 * @call: (transfer full)
 */
void
tn_notices_serve_test (TnErrand *call, GVariant *arguments)
{
  g_autoptr (TnErrand) owned = call;
  const char *address = NULL;
  g_autoptr (GError) error = NULL;
  g_variant_get (arguments, "(&s)", &address);
  if (call->post == NULL)
    g_set_error (&error, TN_ERROR, TN_ERROR_FAILED, "this daemon sends no letters");
  if (call->post != NULL && tn_post_send_test (call->post, address, &error))
    answer (call);
  else
    tn_errand_refuse (call, error);
}

/**
 * tn_notices_add_status:
 *
 * Writes the member `letters`.
 */
void
tn_notices_add_status (JsonBuilder *sheet, TnBook *book)
{
  g_autoptr (GPtrArray) letters = tn_store_load_letters (tn_book_get_store (book), NULL);
  guint n_waiting = 0;
  guint n_given_up = 0;
  for (guint i = 0; letters != NULL && i < letters->len; i++)
    {
      const TnLetter *letter = g_ptr_array_index (letters, i);
      n_waiting += tn_letter_is_settled (letter) ? 0 : 1;
      n_given_up += letter->state == TN_LETTER_GIVEN_UP ? 1 : 0;
    }
  json_builder_set_member_name (sheet, "letters");
  json_builder_begin_object (sheet);
  tn_sheet_number (sheet, "waiting", n_waiting);
  tn_sheet_number (sheet, "given_up", n_given_up);
  json_builder_end_object (sheet);
}
