/* A letter on its way. It is committed as being underway before the server is asked, and what came
 * of it after: a crash in between, or an answer that was lost, leaves a letter of which nobody can
 * say whether it arrived. It is sent again under the same Message-ID; a second one, which receivers
 * can tell by that, is better than none. Pure. */
#include "notice/delivery.h"

#include "base/error.h"
#include "base/text.h"
#include "http/retry.h"

/* RFC 5321 4.5.4.1: "at least 4-5 days". A link that somebody waits for is stale after an hour. */
static const gint64 PATIENCE_US = 5 * G_TIME_SPAN_DAY;
static const gint64 TICKET_PATIENCE_US = G_TIME_SPAN_HOUR;

/* A clock that was wrong and is right again keeps no letter back for a year (hazard 82). */
static const gint64 WAIT_MOST_US = 2 * G_TIME_SPAN_HOUR;

void
tn_delivery_begin (TnLetter *letter)
{
  letter->state = TN_LETTER_UNDERWAY;
  letter->n_tries++;
}

/* What remains says that it went, not what stood in it. */
static void
settle (TnLetter *letter, TnLetterState state, gint64 now_us)
{
  letter->state = state;
  letter->settled_us = now_us;
  letter->next_us = 0;
  g_clear_pointer (&letter->message, g_free);
}

static gboolean
is_refused (const GError *error)
{
  return g_error_matches (error, TN_ERROR, TN_ERROR_DENIED)
         || g_error_matches (error, TN_ERROR, TN_ERROR_LIMIT);
}

/**
 * tn_delivery_note:
 * @error: (nullable): of tn_smtp_send_finish(); %NULL when the server took it over
 * @jitter: 0.0 to 1.0
 *
 * A letter that is refused is given up; what may pass is tried again for five days.
 */
void
tn_delivery_note (TnLetter *letter, const GError *error, gboolean is_unsure, gint64 now_us,
                  double jitter)
{
  gboolean is_short = letter->kind == TN_LETTER_TICKET || letter->kind == TN_LETTER_TEST;
  gint64 patience_us = is_short ? TICKET_PATIENCE_US : PATIENCE_US;
  letter->is_unsure = letter->is_unsure || is_unsure;
  tn_text_set (&letter->problem, error != NULL ? error->message : NULL);
  if (error == NULL)
    settle (letter, TN_LETTER_SENT, now_us);
  else if (is_refused (error) || now_us - letter->written_us >= patience_us)
    settle (letter, TN_LETTER_GIVEN_UP, now_us);
  else
    {
      letter->state = TN_LETTER_WAITING;
      letter->next_us
          = now_us + tn_retry_get_delay_s (letter->n_tries, 0, -1, jitter) * G_USEC_PER_SEC;
    }
}

/* Also one that was underway when the daemon was stopped. */
gboolean
tn_delivery_is_due (const TnLetter *letter, gint64 now_us)
{
  return !tn_letter_is_settled (letter) && letter->message != NULL
         && (letter->next_us <= now_us || letter->next_us > now_us + WAIT_MOST_US);
}
