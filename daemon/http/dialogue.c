/* One letter's dialogue with its server, behind the login: what is to be said next, and what an
 * answer means. Who has to do something about a refusal depends on where it comes: a receiver that
 * is refused is about one letter, a sender about all, and an answer that is missing after the last
 * line says that the letter may be there. Pure: bytes come in, bytes are to go out.
 *
 * Source: RFC 5321 3.3, 4.1.1, 4.2, 4.5.2. */
#include "http/dialogue.h"

#include <string.h>

#include "base/error.h"

/* RFC 5321 4.5.3.1.5 says 512. */
static const gsize LINE_MAX_BYTES = 4096;

typedef enum
{
  SENDER,
  RECEIVER,
  DATA,
  LETTER,
  OVER
} Stage;

struct _TnDialogue
{
  char *to;       /* (owned) */
  GBytes *bytes;  /* (owned) the letter */
  GString *out;   /* (owned) */
  gsize n_sent;   /* of `out` */
  GString *in;    /* (owned) a line that is not whole yet */
  Stage stage;    /* whose answer is waited for */
  gboolean is_in; /* the letter was taken over */
};

static void
say (TnDialogue *self, Stage stage, const char *format, const char *argument)
{
  g_string_truncate (self->out, 0);
  self->n_sent = 0;
  self->stage = stage;
  g_string_append (self->out, format);
  g_string_append (self->out, argument);
}

/**
 * tn_dialogue_new:
 * @from: an address by tn_mail_is_address(); likewise @to
 * @message: lines ended by CRLF
 *
 * Returns: (transfer full): a dialogue that has something to say
 */
TnDialogue *
tn_dialogue_new (const char *from, const char *to, GBytes *message)
{
  TnDialogue *self = g_new0 (TnDialogue, 1);
  self->to = g_strdup (to);
  self->bytes = g_bytes_ref (message);
  self->out = g_string_new (NULL);
  self->in = g_string_new (NULL);
  say (self, SENDER, "MAIL FROM:<", from);
  g_string_append (self->out, ">\r\n");
  return self;
}

void
tn_dialogue_free (TnDialogue *self)
{
  if (self == NULL)
    return;
  g_free (self->to);
  g_bytes_unref (self->bytes);
  g_string_free (self->out, TRUE);
  g_string_free (self->in, TRUE);
  g_free (self);
}

/* Returns: (transfer none): what is still to be sent */
const char *
tn_dialogue_get_output (const TnDialogue *self, gsize *ret_length)
{
  *ret_length = self->out->len - self->n_sent;
  return self->out->str + self->n_sent;
}

void
tn_dialogue_note_sent (TnDialogue *self, gsize length)
{
  self->n_sent += length;
  g_assert (self->n_sent <= self->out->len);
}

/* A line that is a dot ends the letter, so a dot at the beginning of one of its own is doubled. */
static void
say_letter (TnDialogue *self)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (self->bytes, &length);
  gboolean is_first = TRUE;
  say (self, LETTER, "", "");
  for (gsize i = 0; i < length; i++)
    {
      if (is_first && bytes[i] == '.')
        g_string_append_c (self->out, '.');
      g_string_append_c (self->out, bytes[i]);
      is_first = bytes[i] == '\n';
    }
  g_string_append (self->out, is_first ? ".\r\n" : "\r\n.\r\n");
}

/* The server's words are not quoted: they may name people, or be anything. */
static gboolean
refuse (TnDialogue *self, guint code, GError **error)
{
  static const char *const what[] = { "the sender", "the receiver", "the letter", "the letter" };
  gboolean is_login = code == 530 || code == 534 || code == 535 || code == 538;
  TnError kind = code / 100 != 5         ? TN_ERROR_TEMPORARY
                 : is_login              ? TN_ERROR_AUTH
                 : self->stage != SENDER ? TN_ERROR_DENIED
                                         : TN_ERROR_PROTOCOL;
  g_set_error (error, TN_ERROR, kind, "%s was refused (SMTP %u)", what[self->stage], code);
  say (self, OVER, "QUIT\r\n", "");
  return FALSE;
}

static gboolean
take_reply (TnDialogue *self, guint code, GError **error)
{
  guint wanted = self->stage == DATA ? 3 : 2;
  if (code / 100 != wanted)
    return refuse (self, code, error);
  switch (self->stage)
    {
    case SENDER:
      say (self, RECEIVER, "RCPT TO:<", self->to);
      g_string_append (self->out, ">\r\n");
      break;
    case RECEIVER:
      say (self, DATA, "DATA\r\n", "");
      break;
    case DATA:
      say_letter (self);
      break;
    case LETTER:
      self->is_in = TRUE;
      say (self, OVER, "QUIT\r\n", "");
      break;
    case OVER:
    default:
      g_assert_not_reached ();
    }
  return TRUE;
}

static gboolean
fail (GError **error, const char *text)
{
  g_set_error_literal (error, TN_ERROR, TN_ERROR_PROTOCOL, text);
  return FALSE;
}

/* `250 text`, or `250-text` when more lines follow. */
static gboolean
take_line (TnDialogue *self, GError **error)
{
  const char *line = self->in->str;
  gboolean is_code = self->in->len >= 3 && g_ascii_isdigit (line[0]) && g_ascii_isdigit (line[1])
                     && g_ascii_isdigit (line[2]);
  if (!is_code || line[0] < '2' || line[0] > '5')
    return fail (error, "the server's answer is not SMTP");
  guint code = (guint) g_ascii_digit_value (line[0]) * 100
               + (guint) g_ascii_digit_value (line[1]) * 10 + (guint) g_ascii_digit_value (line[2]);
  gboolean is_last = line[3] != '-';
  g_string_truncate (self->in, 0);
  return is_last ? take_reply (self, code, error) : TRUE;
}

/**
 * tn_dialogue_take:
 *
 * Takes what the server said, in pieces of any size. What it says before it was asked is an answer
 * to nothing, and ends the dialogue.
 *
 * Errors: %TN_ERROR_TEMPORARY later, maybe (4yz); %TN_ERROR_DENIED the letter or its receiver is
 *   refused (5yz); %TN_ERROR_AUTH it wants a login; %TN_ERROR_PROTOCOL it refuses the sender, or
 *   speaks no SMTP.
 */
gboolean
tn_dialogue_take (TnDialogue *self, const char *bytes, gsize length, GError **error)
{
  for (gsize i = 0; i < length && self->stage != OVER; i++)
    {
      if (self->n_sent < self->out->len)
        return fail (error, "the server answers before it was asked");
      if (bytes[i] == '\n')
        {
          if (!take_line (self, error))
            return FALSE;
        }
      else if (self->in->len >= LINE_MAX_BYTES)
        return fail (error, "the server's answer has no end");
      else
        g_string_append_c (self->in, bytes[i]);
    }
  return TRUE;
}

/* Is all said that matters? What is left to be sent is a farewell. */
gboolean
tn_dialogue_is_over (const TnDialogue *self)
{
  return self->stage == OVER && self->is_in;
}

/* Does the server have the last line, and we no answer to it? */
gboolean
tn_dialogue_is_unsure (const TnDialogue *self)
{
  return self->stage == LETTER && self->n_sent == self->out->len;
}
