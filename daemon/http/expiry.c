/* A calendar that stops on a Sunday in March because a certificate ended is no surprise to the
 * certificate: it says when. A secret does not, so a person may say it in the settings. */
#include "http/expiry.h"

#include "http/pem.h"
#include "model/catalogue.h"

static void
expiry_free (TnExpiry *expiry)
{
  g_free (expiry->text);
  g_free (expiry);
}

/* @end_us: the first moment at which it is worth nothing any more */
static void
add (GPtrArray *expiries, const char *what, gint64 end_us, gint64 now_us, const char *advice)
{
  gint64 left_us = end_us - now_us;
  g_autofree char *day = tn_date_to_string ((TnDate) ((end_us - 1) / G_TIME_SPAN_DAY));
  TnExpiry *expiry = g_new0 (TnExpiry, 1);
  expiry->left_us = left_us;
  expiry->advice = advice;
  expiry->text = left_us <= 0 ? g_strdup_printf ("%s has ended, its last day was %s", what, day)
                              : g_strdup_printf ("%s ends, its last day is %s", what, day);
  g_ptr_array_add (expiries, expiry);
}

/* One that cannot be read is told when it is needed. */
static void
add_certificate (GPtrArray *expiries, const char *path, gint64 now_us, const char *advice)
{
  g_autoptr (X509) certificate = path != NULL ? tn_pem_load_certificate (path, NULL) : NULL;
  gint64 end_us = certificate != NULL ? tn_pem_get_end_us (certificate) : 0;
  g_autofree char *what = g_strdup_printf ("the certificate %s", path);
  if (end_us != 0)
    add (expiries, what, end_us, now_us, advice);
}

/**
 * tn_expiry_list:
 * @now_us: UTC microseconds since 1970
 *
 * Reads the certificates of @account; asks nobody.
 *
 * Returns: (transfer full) (element-type TnExpiry): what logs in to @account and has an end
 */
GPtrArray *
tn_expiry_list (const TnAccount *account, gint64 now_us)
{
  GPtrArray *expiries = g_ptr_array_new_with_free_func ((GDestroyNotify) expiry_free);
  add_certificate (expiries, account->client_certificate, now_us,
                   N_ ("have a new one issued and put it in its place, with its key"));
  add_certificate (
      expiries, account->signing_certificate, now_us,
      N_ ("make a new one, upload it to the app's registration beside the old one, then "
          "put it in its place, with its key"));
  if (account->client_secret_end != TN_DATE_NONE)
    add (expiries, "the secret of the app (client_secret)",
         (account->client_secret_end + 1) * G_TIME_SPAN_DAY, now_us,
         N_ ("make a new one in the app's registration, put it in its place, and say its last day "
             "as "
             "client_secret_expires; or log in with a certificate"));
  return expiries;
}

gboolean
tn_expiry_is_near (const TnExpiry *expiry)
{
  return expiry->left_us <= TN_EXPIRY_WARN_DAYS * G_TIME_SPAN_DAY;
}
