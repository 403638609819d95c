/* When a person is told that a credential ends. `ageing` ends as 2024-10-20 begins. */
#include "http/expiry.h"

#include <string.h>

#include "http/token-site.h"

static const gint64 END_DAY = 20016; /* 2024-10-20 */

static const TnExpiry *
get_only (GPtrArray *expiries)
{
  g_assert_cmpuint (expiries->len, ==, 1);
  return g_ptr_array_index (expiries, 0);
}

static void
assert_certificate (gint64 now_us, gboolean is_near, const char *text)
{
  g_autoptr (TnAccount) account = tn_account_new ("https://graph.microsoft.com/");
  account->signing_certificate = tn_token_site_find_certificate ("ageing");
  g_autoptr (GPtrArray) expiries = tn_expiry_list (account, now_us);
  const TnExpiry *expiry = get_only (expiries);
  g_assert_cmpint (tn_expiry_is_near (expiry), ==, is_near);
  g_assert_nonnull (strstr (expiry->text, "tests/http/certificates/ageing.pem"));
  g_assert_true (g_str_has_suffix (expiry->text, text));
  g_assert_nonnull (strstr (expiry->advice, "upload it"));
}

static void
test_certificate (void)
{
  gint64 warned_us = (END_DAY - 30) * G_TIME_SPAN_DAY;
  assert_certificate (warned_us - 1, FALSE, "ends, its last day is 2024-10-19");
  assert_certificate (warned_us, TRUE, "ends, its last day is 2024-10-19");
  assert_certificate (END_DAY * G_TIME_SPAN_DAY - 1, TRUE, "ends, its last day is 2024-10-19");
  assert_certificate (END_DAY * G_TIME_SPAN_DAY, TRUE, "has ended, its last day was 2024-10-19");
}

static void
test_tls (void)
{
  g_autoptr (TnAccount) account = tn_account_new ("https://dav.example/");
  account->client_certificate = tn_token_site_find_certificate ("expired");
  g_autoptr (GPtrArray) expiries = tn_expiry_list (account, END_DAY * G_TIME_SPAN_DAY);
  const TnExpiry *expiry = get_only (expiries);
  g_assert_true (tn_expiry_is_near (expiry));
  g_assert_true (g_str_has_suffix (expiry->text, "has ended, its last day was 2000-12-31"));
}

static void
test_secret (void)
{
  g_autoptr (TnAccount) account = tn_account_new ("https://graph.microsoft.com/");
  account->client_secret_end = tn_date_new (2027, 3, 1);
  gint64 over_us = tn_date_new (2027, 3, 2) * G_TIME_SPAN_DAY;
  g_autoptr (GPtrArray) last = tn_expiry_list (account, over_us - 1);
  g_autoptr (GPtrArray) after = tn_expiry_list (account, over_us);
  g_autoptr (GPtrArray) early = tn_expiry_list (account, over_us - 31 * G_TIME_SPAN_DAY);
  g_assert_cmpstr (get_only (last)->text, ==,
                   "the secret of the app (client_secret) ends, its last day is 2027-03-01");
  g_assert_true (g_str_has_suffix (get_only (after)->text, "its last day was 2027-03-01"));
  g_assert_false (tn_expiry_is_near (get_only (early)));
}

static void
test_nothing (void)
{
  g_autoptr (TnAccount) account = tn_account_new ("https://dav.example/");
  account->client_certificate = g_strdup ("/nowhere.pem");
  g_autoptr (GPtrArray) expiries = tn_expiry_list (account, 0);
  g_assert_cmpuint (expiries->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/expiry/certificate-is-told-thirty-days-before", test_certificate);
  g_test_add_func ("/http/expiry/certificate-of-tls-is-told-too", test_tls);
  g_test_add_func ("/http/expiry/secret-lasts-through-its-last-day", test_secret);
  g_test_add_func ("/http/expiry/what-cannot-be-read-is-not-guessed", test_nothing);
  return g_test_run ();
}
