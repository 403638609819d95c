/* tests/ctl/call.c — words and options of one use of a command */
#include "base/error.h"
#include "ctl/command.h"

#include <string.h>

static int
run_nothing (TnCall *call)
{
  return TN_EXIT_DONE;
}

static const TnOption OPTIONS[] = {
  { "note", "TEXT", "a text", 'n', FALSE },
  { NULL, NULL, NULL, 0, FALSE },
};

static const TnCommand COMMAND = { .name = "try",
                                   .arguments = "WORD",
                                   .summary = "",
                                   .help = "",
                                   .n_min_words = 1,
                                   .n_max_words = 2,
                                   .options = OPTIONS,
                                   .run = run_nothing };

static TnCall *
read_call (const char *const *arguments, GError **error)
{
  g_autoptr (TnCall) call = tn_call_new (&COMMAND, stdout, stderr);
  return tn_call_read (call, arguments, error) ? g_steal_pointer (&call) : NULL;
}

static void
test_words_and_options (void)
{
  const char *const arguments[]
      = { "one", "--charter", "a.conf", "--json", "two", "-c", "b.conf", NULL };

  g_autoptr (TnCall) call = read_call (arguments, NULL);

  g_assert_nonnull (call);
  g_assert_cmpuint (call->n_words, ==, 2);
  g_assert_cmpstr (call->words[1], ==, "two");
  g_assert_true (tn_call_wants_json (call));
  g_assert_cmpstr (tn_call_list_option (call, "charter")[0], ==, "a.conf");
  g_assert_cmpstr (tn_call_list_option (call, "charter")[1], ==, "b.conf");
  g_assert_null (tn_call_list_option (call, "charter")[2]);
  g_assert_null (tn_call_get_option (call, "config"));
}

static void
test_dashes (void)
{
  const char *const arguments[] = { "--", "--json", "-x", NULL };

  g_autoptr (TnCall) call = read_call (arguments, NULL);

  g_assert_nonnull (call);
  g_assert_false (tn_call_wants_json (call));
  g_assert_cmpstr (call->words[0], ==, "--json");
  g_assert_cmpstr (call->words[1], ==, "-x");
}

static void
test_letters_of_any_locale (void)
{
  const char *const arguments[] = { "Århus", "--note", "værtskab", NULL };

  g_autoptr (TnCall) call = read_call (arguments, NULL);

  g_assert_nonnull (call);
  g_assert_cmpstr (call->words[0], ==, "Århus");
  g_assert_cmpstr (tn_call_get_option (call, "note"), ==, "værtskab");
}

static void
assert_refused (const char *const *arguments, const char *because)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnCall) call = read_call (arguments, &error);
  g_assert_null (call);
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, because));
  g_assert_true (g_ascii_islower (error->message[0]) || !g_ascii_isalpha (error->message[0]));
}

static void
test_wrong_use (void)
{
  assert_refused ((const char *const[]){ NULL }, "something is missing");
  assert_refused ((const char *const[]){ "a", "b", "c", NULL }, "`c` is too much");
  assert_refused ((const char *const[]){ "a", "--foo", NULL }, "--foo");
  assert_refused ((const char *const[]){ "a", "--note", NULL }, "--note");
  assert_refused ((const char *const[]){ "a", "--note=x", "-n", "y", NULL }, "given twice");
  assert_refused ((const char *const[]){ "a", "--note", "\xff", NULL }, "not UTF-8");
  assert_refused ((const char *const[]){ "\xff", NULL }, "not UTF-8");
  assert_refused ((const char *const[]){ "a", "--json=yes", NULL }, "--json");
}

static void
test_help_needs_no_words (void)
{
  g_autoptr (TnCall) call = read_call ((const char *const[]){ "--help", NULL }, NULL);

  g_assert_nonnull (call);
  g_assert_true (tn_call_has_option (call, "help"));
}

static void
test_dates (void)
{
  g_autoptr (GError) error = NULL;
  TnDate date = 7;
  g_autoptr (TnCall) good
      = read_call ((const char *const[]){ "a", "--today", "2027-05-18", NULL }, NULL);
  g_autoptr (TnCall) bad
      = read_call ((const char *const[]){ "a", "--today", "2027-02-31", NULL }, NULL);

  g_assert_true (tn_call_find_date (good, "from", &date, &error));
  g_assert_cmpint (date, ==, 7);
  g_assert_true (tn_call_find_date (good, "today", &date, &error));
  g_assert_cmpint (date, ==, tn_date_new (2027, 5, 18));
  g_assert_false (tn_call_find_date (bad, "today", &date, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, "--today: "));
}

static char *
read_back (FILE *file)
{
  char *text = g_malloc0 (1024);
  rewind (file);
  g_assert_cmpuint (fread (text, 1, 1023, file), >, 0);
  return text;
}

/* Hazard 108: what stands in a file of somebody else must not steer the terminal. */
static void
test_failures_are_safe (void)
{
  g_autoptr (GError) error
      = g_error_new (TN_ERROR, TN_ERROR_INVALID, "a.conf:1: \033[31mred\nb.conf:2: worse\n");
  FILE *err = tmpfile ();
  g_autoptr (TnCall) call = tn_call_new (&COMMAND, stdout, err);

  int code = tn_call_fail (call, error);

  g_autofree char *text = read_back (err);
  fclose (err);
  g_assert_cmpint (code, ==, TN_EXIT_USAGE);
  g_assert_cmpstr (text, ==, "turnusctl: a.conf:1: \\x1b[31mred\nturnusctl: b.conf:2: worse\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl/call/words-and-options-may-be-mixed", test_words_and_options);
  g_test_add_func ("/ctl/call/two-dashes-end-the-options", test_dashes);
  g_test_add_func ("/ctl/call/letters-do-not-go-by-the-locale", test_letters_of_any_locale);
  g_test_add_func ("/ctl/call/wrong-use-says-what-is-wrong", test_wrong_use);
  g_test_add_func ("/ctl/call/help-needs-no-words", test_help_needs_no_words);
  g_test_add_func ("/ctl/call/dates-are-read-or-left-alone", test_dates);
  g_test_add_func ("/ctl/call/failures-carry-no-control-sequence-hazard-108",
                   test_failures_are_safe);
  return g_test_run ();
}
