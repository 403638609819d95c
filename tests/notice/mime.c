/* tests/notice/mime.c — a letter as it goes over the wire */
#include "notice/mime.h"

#include <string.h>

static TnMime
make_mime (void)
{
  return (TnMime){ .id = "0001.abcd",
                   .from = "turnus@odense.example",
                   .from_name = "turnus",
                   .to = "raad@odense.example",
                   .subject = "Test",
                   .written_us = G_GINT64_CONSTANT (1795000000000000),
                   .text = "One line.\n" };
}

static void
assert_has (const char *letter, const char *words)
{
  if (strstr (letter, words) == NULL)
    g_test_fail_printf ("'%s' is not in '%s'", words, letter);
}

/* ASCII, lines of at most 998 bytes, ended by CRLF and nothing else. */
static void
assert_is_clean (const char *letter)
{
  gsize column = 0;
  for (const char *at = letter; *at != '\0'; at++, column++)
    {
      g_assert_true ((*at >= ' ' && *at <= '~') || *at == '\r' || *at == '\n');
      g_assert_true (*at != '\n' || at[-1] == '\r');
      g_assert_true (*at != '\r' || at[1] == '\n');
      g_assert_cmpuint (column, <, 200);
      if (*at == '\n')
        column = 0;
    }
}

static void
test_plain (void)
{
  TnMime mime = make_mime ();
  g_autofree char *letter = tn_mime_write (&mime);
  assert_is_clean (letter);
  g_assert_cmpstr (letter, ==,
                   "Date: Wed, 18 Nov 2026 11:06:40 +0000\r\n"
                   "From: \"turnus\" <turnus@odense.example>\r\n"
                   "To: <raad@odense.example>\r\n"
                   "Subject: Test\r\n"
                   "Message-ID: <0001.abcd@odense.example>\r\n"
                   "MIME-Version: 1.0\r\n"
                   "Auto-Submitted: auto-generated\r\n"
                   "X-Auto-Response-Suppress: All\r\n"
                   "Precedence: bulk\r\n"
                   "Content-Type: text/plain; charset=utf-8\r\n"
                   "Content-Transfer-Encoding: quoted-printable\r\n"
                   "\r\n"
                   "One line.\r\n");
}

static void
test_danish (void)
{
  TnMime mime = make_mime ();
  mime.subject = "Møde på Ærø";
  mime.from_name = "Ældreråd";
  mime.text = "Rådet: 1 = én.\nen linje med blank \n";
  g_autofree char *letter = tn_mime_write (&mime);
  assert_is_clean (letter);
  assert_has (letter, "Subject: =?UTF-8?B?TcO4ZGUgcMOlIMOGcsO4?=\r\n");
  assert_has (letter, "From: =?UTF-8?B?w4ZsZHJlcsOlZA==?= <turnus@odense.example>\r\n");
  assert_has (letter, "R=C3=A5det: 1 =3D =C3=A9n.\r\nen linje med blank=20\r\n");
}

/* A title that would like to be a header. */
static void
test_injection (void)
{
  TnMime mime = make_mime ();
  mime.subject = "Tur\r\nBcc: everybody@example.org\r\n\r\nbody";
  mime.from_name = "t\"\r\nX: y";
  g_autofree char *letter = tn_mime_write (&mime);
  assert_is_clean (letter);
  g_assert_null (strstr (letter, "Bcc"));
  g_assert_null (strstr (letter, "\r\nX: y"));
}

static void
test_long_subject (void)
{
  TnMime mime = make_mime ();
  g_autoptr (GString) subject = g_string_new (NULL);
  for (guint i = 0; i < 100; i++)
    g_string_append (subject, "æ");
  mime.subject = subject->str;
  g_autofree char *letter = tn_mime_write (&mime);
  assert_is_clean (letter);
  const char *at = strstr (letter, "Subject: ");
  const char *end = strstr (at, "\r\nMessage-ID");
  g_autofree char *header = g_strndup (at, (gsize) (end - at));
  g_auto (GStrv) lines = g_strsplit (header, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 6);
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_cmpuint (strlen (lines[i]), <=, 76);
}

static void
test_long_line (void)
{
  TnMime mime = make_mime ();
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < 50; i++)
    g_string_append (text, "ordet å ");
  mime.text = text->str;
  g_autofree char *letter = tn_mime_write (&mime);
  assert_is_clean (letter);
  const char *body = strstr (letter, "\r\n\r\n") + 4;
  g_auto (GStrv) lines = g_strsplit (body, "\r\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_cmpuint (strlen (lines[i]), <=, 76);
}

static void
test_enclosure (void)
{
  TnMime mime = make_mime ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("BEGIN:VCALENDAR\r\n", 17);
  g_autoptr (GPtrArray) enclosures
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_enclosure_free);
  g_ptr_array_add (enclosures,
                   tn_enclosure_new ("tur-2027.ics", "text/calendar; method=PUBLISH", bytes));
  mime.enclosures = enclosures;
  g_autofree char *letter = tn_mime_write (&mime);
  assert_is_clean (letter);
  assert_has (letter, "Content-Type: multipart/mixed; boundary=\"=_0001.abcd\"\r\n\r\n"
                      "--=_0001.abcd\r\nContent-Type: text/plain");
  assert_has (letter, "--=_0001.abcd\r\nContent-Type: text/calendar; method=PUBLISH\r\n"
                      "Content-Transfer-Encoding: base64\r\n"
                      "Content-Disposition: attachment; filename=\"tur-2027.ics\"\r\n\r\n"
                      "QkVHSU46VkNBTEVOREFSDQo=\r\n--=_0001.abcd--\r\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notice/mime/plain-letter-is-plain", test_plain);
  g_test_add_func ("/notice/mime/danish-letters-are-encoded", test_danish);
  g_test_add_func ("/notice/mime/line-end-in-a-title-begins-no-header", test_injection);
  g_test_add_func ("/notice/mime/long-subject-is-folded-between-letters", test_long_subject);
  g_test_add_func ("/notice/mime/long-line-is-broken-softly", test_long_line);
  g_test_add_func ("/notice/mime/file-stands-beside-the-text", test_enclosure);
  return g_test_run ();
}
