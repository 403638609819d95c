/* The answer to "again, and when?" as a pure function: jitter and time are arguments. */
#include "http/retry.h"

#include <curl/curl.h>
#include <string.h>

static const gint64 FIRST_S = 30;
static const gint64 LAST_S = 3600;
static const int JITTER_PART = 8; /* of the delay; so that daemons do not come back together */

static gboolean
is_passing (guint status)
{
  return status == 0 || status == 408 || status == 425 || status == 429 || status == 502
         || status == 503 || status == 504;
}

/**
 * tn_retry_get_delay_s:
 * @attempt: how often it has failed so in a row, 1 at least
 * @status: of the answer; 0 when there was none
 * @retry_after_s: what the server asked for; -1 when it did not
 * @jitter: 0.0 to 1.0
 *
 * What the server asks for is the least that it gets, up to a day.
 *
 * Source: RFC 9110 10.2.3, RFC 6585 4; hazard 79.
 * Returns: seconds, or %TN_RETRY_GIVE_UP when the same question gets the same answer
 */
gint64
tn_retry_get_delay_s (guint attempt, guint status, gint64 retry_after_s, double jitter)
{
  if (!is_passing (status))
    return TN_RETRY_GIVE_UP;
  gint64 delay_s = FIRST_S;
  for (guint i = 1; i < attempt && delay_s < LAST_S; i++)
    delay_s *= 2;
  delay_s = MAX (MIN (delay_s, LAST_S), MIN (retry_after_s, TN_RETRY_MOST_S));
  return delay_s + (gint64) (CLAMP (jitter, 0.0, 1.0) * (double) (delay_s / JITTER_PART));
}

/**
 * tn_retry_parse_after:
 * @text: (nullable): value of Retry-After
 * @now_us: for the date that it may be
 *
 * Returns: seconds from now, 0 for a date that is past; -1 when it says nothing
 */
gint64
tn_retry_parse_after (const char *text, gint64 now_us)
{
  if (text == NULL || *text == '\0')
    return -1;
  if (strspn (text, "0123456789") == strlen (text))
    return (gint64) MIN (g_ascii_strtoull (text, NULL, 10), (guint64) G_MAXINT32);
  time_t date = curl_getdate (text, NULL);
  return date < 0 ? -1 : MAX ((gint64) date - now_us / G_USEC_PER_SEC, 0);
}
