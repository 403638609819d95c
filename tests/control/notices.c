/* Letters are told to those who look after the daemon, over a real socket. */
#include "control/notices.h"

#include <string.h>

#include "base/text.h"
#include "control/parlour.h"

static void
put_letter (Parlour *parlour, TnLetterState state)
{
  g_autoptr (TnLetter) letter = tn_letter_new ("0001.abcd", "raad@odense.example", 0);
  g_autoptr (TnBatch) batch = tn_batch_new ();
  letter->state = state;
  tn_text_set (&letter->subject, "Studietur 2027");
  tn_text_set (&letter->problem, "the receiver was refused (SMTP 550)");
  tn_text_set (&letter->message, "https://turnus.example/once/SECRET");
  tn_batch_put_letter (batch, letter);
  g_assert_true (tn_store_commit (parlour->town->store, batch, NULL));
}

static void
test_without_mail (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  g_autoptr (JsonNode) notices = parlour_ask (parlour, "Notices", NULL);
  g_assert_true (parlour_has (notices, "\"server\":null"));
  g_assert_true (parlour_has (notices, "\"letters\":[]"));
  g_autofree char *problem
      = parlour_fail (parlour, "NoticeTest", g_variant_new ("(s)", "a@b.example"));
  g_assert_nonnull (strstr (problem, "sends no letters"));
}

static void
test_letters (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  put_letter (parlour, TN_LETTER_WAITING);
  g_autoptr (JsonNode) notices = parlour_ask (parlour, "Notices", NULL);
  g_assert_true (parlour_has (notices, "\"address\":\"raad@odense.example\""));
  g_assert_true (parlour_has (notices, "\"state\":\"waiting\""));
  g_assert_true (parlour_has (notices, "Studietur 2027"));
  g_assert_false (parlour_has (notices, "SECRET"));
}

static void
test_status (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  put_letter (parlour, TN_LETTER_WAITING);
  g_autoptr (JsonNode) before = parlour_ask (parlour, "Status", NULL);
  g_assert_true (parlour_has (before, "\"letters\":{\"waiting\":1,\"given_up\":0}"));
  g_assert_false (parlour_has (before, "did not arrive"));
  put_letter (parlour, TN_LETTER_GIVEN_UP);
  g_autoptr (JsonNode) after = parlour_ask (parlour, "Status", NULL);
  g_assert_true (parlour_has (after, "\"letters\":{\"waiting\":0,\"given_up\":1}"));
  g_assert_true (parlour_has (after, "a letter to raad@odense.example did not arrive"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/control/notices/without-mail-there-are-none", test_without_mail);
  g_test_add_func ("/control/notices/letter-is-told-without-what-stood-in-it", test_letters);
  g_test_add_func ("/control/notices/letter-that-was-given-up-waits-for-a-person", test_status);
  return g_test_run ();
}
