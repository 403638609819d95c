/* The post: looks at what is so, and sends the letters that come of it, one after the other. An
 * attempt is committed before the server is asked: after a crash it is known that the server may
 * have that letter.
 *
 * It looks soon after each commit of anybody, at the times at which letters go, and sleeps
 * otherwise. */
#include "notice/post.h"

#include <string.h>

#include "base/error.h"
#include "base/log.h"
#include "base/text.h"
#include "http/smtp.h"
#include "notice/compose.h"
#include "notice/delivery.h"

/* A pass commits several times, and what it does is told as one. */
static const guint SETTLE_MS = 2000;
static const guint RETRY_S = 60;
/* A clock that is set while we sleep is noticed after so long. */
static const gint64 SLEEP_MOST_US = 6 * G_TIME_SPAN_HOUR;

struct _TnPost
{
  grefcount refs;     /* a letter that is being sent holds one */
  TnDesk *desk;       /* (owned) */
  TnStore *store;     /* (owned) */
  TnClock *clock;     /* (owned) */
  TnSmtp *smtp;       /* (owned) (nullable) */
  char *problem;      /* (owned) (nullable) why nothing can be sent */
  TnMemory *memory;   /* (owned) (nullable) loaded at the first look, and after a failed commit */
  GHashTable *looked; /* (owned) (element-type utf8 gint64) last digest looked for, by address */
  TnDate tidied;      /* the day on which it was last tidied up */
  TnPostLink link;
  gpointer link_data;
  GCancellable *stop;
  TnLetter *underway; /* (owned) (nullable) */
  gulong committed_id;
  guint alarm_id;
  gint64 next_us;   /* when it looks next; 0: not before something is committed */
  gboolean is_busy; /* commits of our own are no news */
  gboolean is_closed;
};

static void send_next (TnPost *self);
static void sleep_until (TnPost *self, gint64 at_us);

static const TnSettings *
get_settings (TnPost *self)
{
  return tn_book_get_settings (tn_desk_get_book (self->desk));
}

static TnPost *
post_ref (TnPost *self)
{
  g_ref_count_inc (&self->refs);
  return self;
}

static void
post_unref (TnPost *self)
{
  if (!g_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->memory, tn_memory_free);
  g_clear_pointer (&self->underway, tn_letter_free);
  g_hash_table_unref (self->looked);
  g_clear_object (&self->smtp);
  g_clear_object (&self->stop);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->desk);
  g_free (self->problem);
  g_free (self);
}

static gboolean
commit (TnPost *self, TnBatch *batch, GError **error)
{
  self->is_busy = TRUE;
  gboolean done = tn_store_commit (self->store, batch, error);
  self->is_busy = FALSE;
  return done;
}

/* What is remembered says more than what is kept: it is loaded anew. */
static void
fail (TnPost *self, const GError *error)
{
  tn_log_warning (NULL, NULL, "letters wait: %s", error->message);
  g_clear_pointer (&self->memory, tn_memory_free);
  sleep_until (self, tn_clock_now_us (self->clock) + RETRY_S * G_USEC_PER_SEC);
}

static TnComposer
make_composer (TnPost *self)
{
  const TnSettings *settings = get_settings (self);
  return (TnComposer){ .mail = settings->mail,
                       .rulebook = tn_book_get_rulebook (tn_desk_get_book (self->desk)),
                       .council = settings->council,
                       .now_us = tn_clock_now_us (self->clock),
                       .random = g_random_int () };
}

static gboolean
is_able (const TnPost *self)
{
  return self->smtp != NULL && !self->is_closed;
}

static gboolean
on_alarm (gpointer user_data)
{
  TnPost *self = user_data;
  self->alarm_id = 0;
  tn_post_look (self);
  return G_SOURCE_REMOVE;
}

/* @at_us: UTC; the earliest of those asked for holds until the next look */
static void
sleep_until (TnPost *self, gint64 at_us)
{
  gint64 now_us = tn_clock_now_us (self->clock);
  if (self->is_closed || (self->alarm_id != 0 && self->next_us <= at_us))
    return;
  gint64 wait_us = CLAMP (at_us - now_us, 0, SLEEP_MOST_US);
  g_clear_handle_id (&self->alarm_id, g_source_remove);
  self->next_us = at_us;
  self->alarm_id = g_timeout_add ((guint) (wait_us / 1000 + 1), on_alarm, self);
}

static void
on_committed (TnStore *store, TnPost *self)
{
  if (!self->is_busy && is_able (self))
    sleep_until (self, tn_clock_now_us (self->clock) + SETTLE_MS * 1000);
}

static void
say (const TnLetter *letter)
{
  if (letter->state == TN_LETTER_SENT)
    tn_log_info (NULL, "letter %s went to %s", letter->id, letter->address);
  else if (letter->state == TN_LETTER_GIVEN_UP)
    tn_log_warning (NULL, NULL, "letter %s to %s is given up: %s", letter->id, letter->address,
                    letter->problem);
  else if (letter->n_tries == 1)
    tn_log_warning (NULL, NULL, "letter %s to %s waits: %s", letter->id, letter->address,
                    letter->problem);
}

static gboolean
put_letter (TnPost *self, const TnLetter *letter, GError **error)
{
  g_autoptr (TnBatch) batch = tn_batch_new ();
  tn_batch_put_letter (batch, letter);
  return commit (self, batch, error);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TnPost *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) problem = NULL;
  gboolean is_unsure = FALSE;
  tn_smtp_send_finish (TN_SMTP (source), result, &is_unsure, &error);
  g_autoptr (TnLetter) letter = g_steal_pointer (&self->underway);
  if (!self->is_closed) /* else it stays underway: the next start settles it */
    {
      tn_delivery_note (letter, error, is_unsure, tn_clock_now_us (self->clock),
                        g_random_double ());
      say (letter);
      if (put_letter (self, letter, &problem))
        send_next (self);
      else
        fail (self, problem);
    }
  post_unref (self);
}

/* News overtakes no older news on its way to the same mailbox: a date that was cancelled must not
 * seem moved after that. A link or a test is no news. */
static gboolean
is_news (const TnLetter *letter)
{
  return letter->kind == TN_LETTER_DIGEST || letter->kind == TN_LETTER_URGENT;
}

static gboolean
is_behind (GPtrArray *letters, guint index)
{
  const TnLetter *letter = g_ptr_array_index (letters, index);
  if (!is_news (letter))
    return FALSE;
  for (guint i = 0; i < index; i++)
    {
      const TnLetter *older = g_ptr_array_index (letters, i);
      if (is_news (older) && !tn_letter_is_settled (older)
          && strcmp (older->address, letter->address) == 0)
        return TRUE;
    }
  return FALSE;
}

/* @letters: the oldest first. Returns: (transfer full) (nullable): the one that waits longest of
 * those that are due */
static TnLetter *
pick (TnPost *self, GPtrArray *letters, gint64 now_us)
{
  const TnLetter *first = NULL;
  for (guint i = 0; i < letters->len; i++)
    {
      const TnLetter *letter = g_ptr_array_index (letters, i);
      if (tn_letter_is_settled (letter) || is_behind (letters, i))
        continue;
      if (!tn_delivery_is_due (letter, now_us))
        sleep_until (self, letter->next_us);
      else if (first == NULL || letter->next_us < first->next_us)
        first = letter;
    }
  return first != NULL ? tn_letter_copy (first) : NULL;
}

static void
send_letter (TnPost *self, TnLetter *owned_letter)
{
  g_autoptr (TnLetter) letter = owned_letter;
  g_autoptr (GError) error = NULL;
  letter->is_unsure = letter->is_unsure || letter->state == TN_LETTER_UNDERWAY;
  tn_delivery_begin (letter);
  if (!put_letter (self, letter, &error))
    {
      fail (self, error);
      return;
    }
  g_autoptr (GBytes) bytes = g_bytes_new (letter->message, strlen (letter->message));
  self->underway = g_steal_pointer (&letter);
  tn_smtp_send_async (self->smtp, self->underway->address, bytes, self->stop, on_sent,
                      post_ref (self));
}

static void
send_next (TnPost *self)
{
  g_autoptr (GError) error = NULL;
  if (!is_able (self) || self->underway != NULL)
    return;
  g_autoptr (GPtrArray) letters = tn_store_load_letters (self->store, &error);
  if (letters == NULL)
    {
      fail (self, error);
      return;
    }
  TnLetter *letter = pick (self, letters, tn_clock_now_us (self->clock));
  if (letter != NULL)
    send_letter (self, letter);
}

static gboolean
take_look (TnPost *self, gint64 *ret_next_us, GError **error)
{
  TnDate today = tn_plan_get_today (tn_book_get_plan (tn_desk_get_book (self->desk)));
  if (self->memory == NULL)
    self->memory = tn_memory_load (self->store, error);
  if (self->memory == NULL)
    return FALSE;
  TnLook look = { .desk = self->desk,
                  .memory = self->memory,
                  .looked = self->looked,
                  .link = self->link,
                  .link_data = self->link_data,
                  .now_us = tn_clock_now_us (self->clock),
                  .is_tidying = self->tidied != today };
  self->is_busy = TRUE;
  gboolean done = tn_look_take (&look, ret_next_us, error);
  self->is_busy = FALSE;
  if (done)
    self->tidied = today;
  return done;
}

/**
 * tn_post_look:
 *
 * Looks at what is so, and sends what is due. It does so by itself; a test that moved the clock
 * calls it.
 */
void
tn_post_look (TnPost *self)
{
  g_autoptr (GError) error = NULL;
  gint64 next_us = G_MAXINT64;
  g_clear_handle_id (&self->alarm_id, g_source_remove);
  if (!is_able (self))
    return;
  if (!take_look (self, &next_us, &error))
    {
      fail (self, error);
      return;
    }
  sleep_until (self, next_us);
  send_next (self);
}

/**
 * tn_post_open:
 *
 * Without `mail` in the settings it does nothing. After a reload it is closed and opened anew.
 *
 * Returns: (transfer full)
 */
TnPost *
tn_post_open (TnDesk *desk)
{
  TnPost *self = g_new0 (TnPost, 1);
  TnBook *book = tn_desk_get_book (desk);
  const TnSettings *settings = tn_book_get_settings (book);
  g_autoptr (GError) error = NULL;
  g_ref_count_init (&self->refs);
  self->desk = g_object_ref (desk);
  self->store = g_object_ref (tn_book_get_store (book));
  self->clock = g_object_ref (tn_book_get_clock (book));
  self->looked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->stop = g_cancellable_new ();
  self->tidied = TN_DATE_NONE;
  if (settings->mail == NULL)
    return self;
  self->smtp = tn_smtp_new (settings->mail, self->clock, NULL, &error);
  if (self->smtp == NULL)
    {
      self->problem = g_strdup (error->message);
      tn_log_warning (NULL, NULL, "no letters are sent: %s", error->message);
      return self;
    }
  self->committed_id = g_signal_connect (self->store, "committed", G_CALLBACK (on_committed), self);
  sleep_until (self, tn_clock_now_us (self->clock) + SETTLE_MS * 1000);
  return self;
}

/**
 * tn_post_close:
 *
 * A letter that is being sent is let go; the next start sends it again under its Message-ID.
 */
void
tn_post_close (TnPost *self)
{
  if (self == NULL)
    return;
  self->is_closed = TRUE;
  g_clear_signal_handler (&self->committed_id, self->store);
  g_clear_handle_id (&self->alarm_id, g_source_remove);
  g_cancellable_cancel (self->stop);
  post_unref (self);
}

/* @link: (nullable) */
void
tn_post_set_link (TnPost *self, TnPostLink link, gpointer user_data)
{
  self->link = link;
  self->link_data = user_data;
}

static gboolean
check_able (const TnPost *self, GError **error)
{
  if (is_able (self))
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "no letters are sent: %s",
               self->problem != NULL ? self->problem
                                     : "the settings say no mail = { server = \"…\"; … }");
  return FALSE;
}

/**
 * tn_post_put_ticket:
 * @batch: that the caller commits, together with what it remembers of the link
 * @council: whose mailboxes get it
 * @url: a one-time link
 *
 * It goes at once, by night too: somebody waits for it. How often one may be asked for is the
 * caller's to limit.
 *
 * Errors: %TN_ERROR_INVALID when the settings know no mailbox of @council, or no mail at all.
 */
gboolean
tn_post_put_ticket (TnPost *self, TnBatch *batch, const char *council, const char *url,
                    GError **error)
{
  guint n = 0;
  if (!check_able (self, error))
    return FALSE;
  GPtrArray *mailboxes = get_settings (self)->contacts;
  for (guint i = 0; i < mailboxes->len; i++)
    {
      const TnMailbox *mailbox = g_ptr_array_index (mailboxes, i);
      if (g_strcmp0 (mailbox->council, council) != 0)
        continue;
      TnComposer composer = make_composer (self);
      g_autoptr (TnLetter) letter = tn_compose_ticket (&composer, mailbox->address, council, url);
      tn_batch_put_letter (batch, letter);
      n++;
    }
  if (n == 0)
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "the settings name no mailbox of '%s'",
                 council);
  return n > 0;
}

/**
 * tn_post_send_test:
 *
 * Errors: %TN_ERROR_INVALID when @address is none of the settings: the daemon writes to nobody
 * else.
 */
gboolean
tn_post_send_test (TnPost *self, const char *address, GError **error)
{
  if (!check_able (self, error))
    return FALSE;
  GPtrArray *mailboxes = get_settings (self)->contacts;
  for (guint i = 0; i < mailboxes->len; i++)
    {
      const TnMailbox *mailbox = g_ptr_array_index (mailboxes, i);
      if (strcmp (mailbox->address, address) != 0)
        continue;
      TnComposer composer = make_composer (self);
      g_autoptr (TnLetter) letter = tn_compose_test (&composer, address);
      if (!put_letter (self, letter, error))
        return FALSE;
      send_next (self);
      return TRUE;
    }
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
               "%s stands not in contacts, and turnus writes to nobody else", address);
  return FALSE;
}

/* Returns: (transfer none) (nullable): why nothing can be sent */
const char *
tn_post_get_problem (TnPost *self)
{
  return self->problem;
}

/* UTC microseconds at which it looks next; 0: when something is committed. */
gint64
tn_post_get_next_us (TnPost *self)
{
  return self->alarm_id != 0 ? self->next_us : 0;
}

gboolean
tn_post_is_sending (TnPost *self)
{
  return self->underway != NULL;
}
