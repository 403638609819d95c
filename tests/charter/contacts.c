/* tests/charter/contacts.c — how letters are sent and to whom, as the settings say it */
#include "charter/settings.h"

#include <string.h>

#include "reading.h"

#define BASE                                                                                       \
  "council = \"odense\"; charters = [ \"c\" ];\n"                                                  \
  "calendars = ( { id = \"egen\"; provider = \"file\"; council = \"odense\"; path = \"o\"; } );\n"
#define MAIL "mail = { server = \"smtp://mail.example:587\"; from = \"turnus@odense.example\"; };\n"

static TnSettings *
try_read (const char *more, GError **error)
{
  g_autofree char *text = g_strconcat (BASE, more, NULL);
  g_autoptr (TnSourceFile) source = tn_source_file_new ("/etc/turnus/turnus.conf", text);
  return tn_settings_read (source, NULL, error);
}

static TnSettings *
read_settings (const char *more)
{
  g_autoptr (GError) error = NULL;
  TnSettings *settings = try_read (more, &error);
  g_assert_no_error (error);
  return settings;
}

static void
assert_refused (const char *more, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnSettings) settings = try_read (more, &error);
  g_assert_null (settings);
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  if (strstr (error->message, wanted) == NULL || reading_count_lines (error->message) != 1)
    g_test_fail_printf ("'%s' is not all of '%s'", wanted, error->message);
  g_assert_null (strstr (error->message, "hunter2"));
}

static void
test_no_mail (void)
{
  g_autoptr (TnSettings) settings = read_settings ("");
  g_assert_null (settings->mail);
  g_assert_cmpuint (settings->contacts->len, ==, 0);
}

static void
test_presets (void)
{
  g_autoptr (TnSettings) settings = read_settings (MAIL);
  g_assert_cmpstr (settings->mail->account->url, ==, "smtp://mail.example:587");
  g_assert_cmpstr (settings->mail->from, ==, "turnus@odense.example");
  g_assert_cmpstr (settings->mail->name, ==, "turnus");
  g_assert_cmpint (settings->mail->digest_minute, ==, 7 * 60);
  g_assert_true (settings->mail->has_starttls);
  g_assert_cmpint (settings->mail->account->auth, ==, TN_AUTH_NONE);
}

static void
test_all_keys (void)
{
  g_autoptr (TnSettings) settings = read_settings (
      "mail = { server = \"smtps://mail.example\"; from = \"t@odense.example\"; name = \"Turnus\"; "
      "user = \"t\"; password = { credential = \"mail\"; }; ca = \"ca.pem\"; digest = \"18:30\"; "
      "};");
  const TnMail *mail = settings->mail;
  g_assert_false (mail->has_starttls);
  g_assert_cmpint (mail->digest_minute, ==, 18 * 60 + 30);
  g_assert_cmpstr (mail->name, ==, "Turnus");
  g_assert_cmpint (mail->account->auth, ==, TN_AUTH_BASIC);
  g_assert_cmpstr (mail->account->user, ==, "t");
  g_assert_cmpstr (mail->account->password.credential, ==, "mail");
  g_assert_cmpstr (mail->account->ca, ==, "/etc/turnus/ca.pem");
}

static void
test_contacts (void)
{
  g_autoptr (TnSettings) settings = read_settings (
      MAIL "contacts = ( { council = \"odense\"; mail = \"raad@odense.example\"; }, "
           "{ role = \"admin\"; mail = \"it@odense.example\"; } );");
  const TnMailbox *council = g_ptr_array_index (settings->contacts, 0);
  const TnMailbox *admin = g_ptr_array_index (settings->contacts, 1);
  g_assert_cmpstr (council->council, ==, "odense");
  g_assert_cmpstr (council->address, ==, "raad@odense.example");
  g_assert_null (admin->council);
  g_assert_cmpstr (admin->address, ==, "it@odense.example");
}

static void
test_plain_to_this_host (void)
{
  g_autoptr (TnSettings) near = read_settings (
      "mail = { server = \"smtp://127.0.0.1:25\"; from = \"t@odense.example\"; };");
  g_autoptr (TnSettings) asked
      = read_settings ("mail = { server = \"smtp://localhost:25\"; from = \"t@odense.example\"; "
                       "starttls = true; };");
  g_assert_false (near->mail->has_starttls);
  g_assert_true (asked->mail->has_starttls);
  assert_refused (
      "mail = { server = \"smtp://mail.example\"; from = \"t@odense.example\"; starttls "
      "= false; };",
      "expected starttls = true to another host");
}

static void
test_bad_server (void)
{
  assert_refused ("mail = { server = \"mail.example\"; from = \"t@odense.example\"; };",
                  "expected smtps://host or smtp://host:587");
  assert_refused (
      "mail = { server = \"smtps://u:hunter2@mail.example\"; from = \"t@o.example\"; };",
      "a user stands in the address 'server'");
}

static void
test_bad_addresses (void)
{
  static const char *const bad[] = { "raad",
                                     "@odense.example",
                                     "raad@",
                                     "a..b@odense.example",
                                     "a b@o.example",
                                     "<a@odense.example>",
                                     "a@b@c.example",
                                     "råd@odense.example",
                                     "a@-.,o.example",
                                     ".a@o.example",
                                     "a@odense.example.",
                                     "a,b@o.example" };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *text = g_strdup_printf (
          MAIL "contacts = ( { council = \"odense\"; mail = \"%s\"; } );", bad[i]);
      assert_refused (text, "expected an address like");
    }
}

static void
test_bad_digest (void)
{
  static const char *const bad[] = { "7", "24:00", "07:60", "7:00", "07.00", "-1:00", "07:00h" };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *text
          = g_strdup_printf ("mail = { server = \"smtps://m.example\"; from = \"t@o.example\"; "
                             "digest = \"%s\"; };",
                             bad[i]);
      assert_refused (text, "expected a time like 07:00");
    }
}

static void
test_whose_contact (void)
{
  assert_refused (MAIL "contacts = ( { mail = \"a@o.example\"; } );", "neither");
  assert_refused (
      MAIL "contacts = ( { council = \"odense\"; role = \"admin\"; mail = \"a@o.example\"; } "
           ");",
      "both council and role");
  assert_refused (MAIL
                  "contacts = ( { council = \"odense\"; mail = \"a@o.example\"; }, { council = "
                  "\"odense\"; mail = \"A@o.example\"; } );",
                  "stands twice");
}

static void
test_contacts_without_mail (void)
{
  assert_refused ("contacts = ( { council = \"odense\"; mail = \"a@o.example\"; } );",
                  "contacts are told by mail");
}

static void
test_login_is_whole (void)
{
  assert_refused (
      "mail = { server = \"smtps://m.example\"; from = \"t@o.example\"; user = \"t\"; };",
      "expected both");
}

static void
test_council_is_known (void)
{
  g_autofree char *charter = reading_dup_7by ();
  g_autoptr (TnRulebook) rulebook = reading_read (charter, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnSettings) settings = read_settings (
      MAIL "\n\ncontacts = ( { council = \"odensee\"; mail = \"raad@odense.example\"; } );");
  g_assert_false (tn_settings_check (settings, rulebook, &error));
  g_assert_nonnull (strstr (error->message,
                            "turnus.conf:6: contact raad@odense.example: no charter "
                            "knows a council 'odensee'"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(sentence, test) g_test_add_func ("/charter/contacts/" sentence, test)
  ADD ("without-mail-none-is-sent", test_no_mail);
  ADD ("what-is-not-said-has-a-preset", test_presets);
  ADD ("all-keys-are-read", test_all_keys);
  ADD ("contact-is-a-councils-or-the-admins", test_contacts);
  ADD ("hazard-115-plain-only-to-this-host", test_plain_to_this_host);
  ADD ("server-that-cannot-be-used-is-said", test_bad_server);
  ADD ("address-that-is-none-is-said", test_bad_addresses);
  ADD ("digest-is-a-time", test_bad_digest);
  ADD ("contact-of-nobody-or-of-two-is-said", test_whose_contact);
  ADD ("contacts-want-mail", test_contacts_without_mail);
  ADD ("user-and-password-go-together", test_login_is_whole);
  ADD ("council-that-no-charter-knows-is-said", test_council_is_known);
#undef ADD
  return g_test_run ();
}
