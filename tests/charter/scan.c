/* tests/charter/scan.c — the words of a text */
#include "charter/scan.h"

static void
test_lines (void)
{
  TnScan scan = tn_scan_begin ("# one\n\"a\nb\" /* \n\n */ c");

  TnScanWord text = tn_scan_next (&scan);
  TnScanWord name = tn_scan_next (&scan);
  TnScanWord end = tn_scan_next (&scan);

  g_assert_cmpint (text.kind, ==, TN_SCAN_STRING);
  g_assert_cmpint (text.line, ==, 2);
  g_assert_cmpint (text.last_line, ==, 3);
  g_assert_cmpint (name.kind, ==, TN_SCAN_NAME);
  g_assert_cmpint (name.line, ==, 5);
  g_assert_cmpint (end.kind, ==, TN_SCAN_END);
}

static void
test_escapes (void)
{
  TnScan scan = tn_scan_begin ("\"a\\\"b\\\\\" 1");

  TnScanWord text = tn_scan_next (&scan);
  TnScanWord number = tn_scan_next (&scan);

  g_assert_cmpuint (text.length, ==, 8);
  g_assert_cmpint (number.kind, ==, TN_SCAN_NUMBER);
}

static void
test_kinds (void)
{
  static const struct
  {
    const char *text;
    TnScanKind kind;
  } cases[] = {
    { "true", TN_SCAN_NAME },     { "a-b*_1", TN_SCAN_NAME },   { "17", TN_SCAN_NUMBER },
    { "-17", TN_SCAN_NUMBER },    { "0x1f", TN_SCAN_NUMBER },   { "5LL", TN_SCAN_LONG },
    { "1.5", TN_SCAN_FRACTION },  { "1.", TN_SCAN_FRACTION },   { ".", TN_SCAN_FAULT },
    { "1.2.3", TN_SCAN_FAULT },   { "--1", TN_SCAN_FAULT },     { "0x", TN_SCAN_FAULT },
    { "ø", TN_SCAN_FAULT },       { "{", TN_SCAN_SIGN },        { "@", TN_SCAN_FAULT },
    { "\"open", TN_SCAN_FAULT },  { "/* open", TN_SCAN_FAULT }, { "/", TN_SCAN_FAULT },
    { "\"end\\", TN_SCAN_FAULT }, { "", TN_SCAN_END },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      TnScan scan = tn_scan_begin (cases[i].text);
      TnScanWord word = tn_scan_next (&scan);
      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (word.kind, ==, cases[i].kind);
      g_assert_true ((word.kind == TN_SCAN_FAULT) == (word.fault != NULL)
                     || word.kind == TN_SCAN_SIGN);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charter/scan/lines-are-counted-in-texts-and-comments", test_lines);
  g_test_add_func ("/charter/scan/escaped-quotes-do-not-end-a-text", test_escapes);
  g_test_add_func ("/charter/scan/every-kind-of-word-is-told-apart", test_kinds);
  return g_test_run ();
}
