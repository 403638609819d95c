/* A token server says why in a word (RFC 6749 5.2, RFC 8628 3.5); Microsoft's adds a number, by
 * which an administrator finds the cause. Word and number are kept; the sentence around them is the
 * peer's, and may name people, so it is not.
 *
 * Source: Microsoft Entra, "authentication and authorization error codes". */
#include "http/refusal.h"

#include <string.h>

#include "base/error.h"

#define LOG_IN "a person has to log in again, turnusctl calendars login"
#define CONDITIONAL                                                                                \
  "conditional access forbids this login: log in with a certificate instead, oauth = { "           \
  "client_certificate = \"…\"; client_key = { … }; … }, or ask the administrator for an exception"

static const struct
{
  guint64 number;
  const char *advice;
} NUMBERS[] = {
  { 50005, CONDITIONAL },
  { 50097, CONDITIONAL },
  { 50158, CONDITIONAL },
  { 53000, CONDITIONAL },
  { 53001, CONDITIONAL },
  { 53002, CONDITIONAL },
  { 53003, CONDITIONAL },
  { 53009, CONDITIONAL },
  { 530032, CONDITIONAL },
  { 530033, CONDITIONAL },
  { 530034, CONDITIONAL },
  { 530035, CONDITIONAL },
  { 530036, CONDITIONAL },
  { 50076, "a second factor is wanted: " LOG_IN },
  { 50079, "a second factor has to be set up: " LOG_IN },
  { 50078, "the second factor has aged: " LOG_IN },
  { 50173, "the password was changed: " LOG_IN },
  { 70043, "the login has aged: " LOG_IN },
  { 700082, "nobody used the login for too long: " LOG_IN },
  { 700084, "the login has aged: " LOG_IN },
  { 50034, "the tenant does not know who logs in" },
  { 50057, "who logs in is disabled in the tenant" },
  { 50059, "the tenant cannot be told: say tenant = \"…\", its id or domain" },
  { 90002, "there is no such tenant: say tenant = \"…\", its id or domain" },
  { 900023, "there is no such tenant: say tenant = \"…\", its id or domain" },
  { 65001, "nobody has consented to what scope asks for: the administrator has to" },
  { 70011, "scope is not as the server wants it" },
  { 1002012,
    "scope is not as the server wants it: for a secret or certificate it ends in /.default" },
  { 500011, "the tenant does not know what scope asks for" },
  { 500014, "what scope asks for is disabled in the tenant" },
  { 500341, "who logged in was deleted from the tenant" },
  { 700016, "the tenant does not know client_id: register the app there, or correct client_id" },
  { 7000112, "the app is disabled in the tenant" },
  { 7000215, "client_secret is wrong: the secret's value belongs there, not its id" },
  { 7000222, "client_secret has ended: make a new one and put it in its place, or, better, log in "
             "with a certificate" },
  { 7000218, "the app may not log in without a secret: allow public client flows in its "
             "registration, or log in with a certificate" },
  { 700023, "token_url is another server's than the certificate was signed for" },
  { 700024, "the assertion is not within its time: set this machine's clock" },
  { 700027, "the app does not know the certificate: upload it to the app's registration" },
  { 700030, "the certificate does not hold for the app: upload it to the app's registration" },
};

static const struct
{
  const char *word;
  const char *advice;
} WORDS[] = {
  { "invalid_grant", LOG_IN },
  { "expired_token", "nobody typed the code in time: turnusctl calendars login gives a new one" },
  { "access_denied", "the person said no: " LOG_IN },
  { "authorization_declined", "the person said no: " LOG_IN },
  { "interaction_required", LOG_IN },
  { "consent_required", "nobody has consented to what scope asks for: the administrator has to" },
  { "bad_verification_code", "it does not know its code any more: " LOG_IN },
  { "unauthorized_client", "the app may not log in this way: see its registration" },
  { "invalid_scope", "scope is not as the server wants it" },
  { "invalid_client", "client_id and its secret or certificate do not fit together" },
};

static const char *
find_advice (const char *word, guint64 number)
{
  for (guint i = 0; i < G_N_ELEMENTS (NUMBERS); i++)
    if (NUMBERS[i].number == number)
      return NUMBERS[i].advice;
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (strcmp (WORDS[i].word, word) == 0)
      return WORDS[i].advice;
  return NULL;
}

static gboolean
is_passing (guint status, const char *word, guint64 number)
{
  return number == 90033 /* "a transient error", which comes with 400 */ || status >= 500
         || status == 429 || strcmp (word, "temporarily_unavailable") == 0;
}

/**
 * tn_refusal_find_number:
 * @description: (nullable): what the server says for people
 *
 * Returns: the number of `AADSTS53003: …`; 0 when there is none
 */
guint64
tn_refusal_find_number (const char *description)
{
  if (description == NULL || !g_str_has_prefix (description, "AADSTS"))
    return 0;
  guint64 number = g_ascii_strtoull (description + strlen ("AADSTS"), NULL, 10);
  return number < 1000000000 ? number : 0;
}

/**
 * tn_refusal_to_error:
 * @word: the code, checked to be one
 * @number: Microsoft's, or 0
 *
 * Returns: (transfer full): %TN_ERROR_TEMPORARY when it may pass by itself, else %TN_ERROR_AUTH
 */
GError *
tn_refusal_to_error (guint status, const char *word, guint64 number)
{
  gboolean passes = is_passing (status, word, number);
  const char *advice = passes ? NULL : find_advice (word, number);
  GString *text = g_string_new (NULL);
  g_string_printf (text, "the token server refuses (%u, %s", status, word);
  if (number != 0)
    g_string_append_printf (text, ", AADSTS%" G_GUINT64_FORMAT, number);
  g_string_append_c (text, ')');
  if (advice != NULL)
    g_string_append_printf (text, ": %s", advice);
  GError *error
      = g_error_new_literal (TN_ERROR, passes ? TN_ERROR_TEMPORARY : TN_ERROR_AUTH, text->str);
  g_string_free (text, TRUE);
  return error;
}
