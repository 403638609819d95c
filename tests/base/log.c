/* What reaches the journal. */
#include "base/log.h"

#include <string.h>

typedef struct
{
  GString *fields; /* (owned) `NAME=value` lines of what was logged */
} Journal;

static GLogWriterOutput
on_logged (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  Journal *journal = user_data;
  for (gsize i = 0; i < n_fields; i++)
    g_string_append_printf (journal->fields, "%s=%s\n", fields[i].key,
                            (const char *) fields[i].value);
  return G_LOG_WRITER_HANDLED;
}

static void
assert_safe (const char *text, const char *want)
{
  g_autofree char *safe = tn_log_make_safe (text);
  g_assert_cmpstr (safe, ==, want);
}

/* Hazard 108: a title with a line feed must not write a line of its own. */
static void
test_control_characters (void)
{
  assert_safe ("a\r\nb", "a\\x0d\\x0ab");
  assert_safe ("\x1b[31mred", "\\x1b[31mred");
  assert_safe ("tab\there\x7f", "tab\\x09here\\x7f");
}

/* Hazard 108: ECMA-48 has control characters above ASCII too; U+009B is ESC [ to a terminal. */
static void
test_c1_characters (void)
{
  assert_safe ("\xc2\x9b"
               "31mred",
               "\\x9b31mred");
  assert_safe ("\xc2\x85next", "\\x85next");
}

static void
test_letters (void)
{
  assert_safe ("Æbleskiver på Ærø, 10 €", "Æbleskiver på Ærø, 10 €");
  assert_safe ("\xc2\xa0\xc3\x85", "\xc2\xa0Å");
  assert_safe ("", "");
}

static void
test_fields (Journal *journal)
{
  g_string_truncate (journal->fields, 0);

  tn_log_message (TN_MESSAGE_PASS, "egen", "wrote %d,\nkept %d", 2, 3);

  g_assert_nonnull (strstr (journal->fields->str, "MESSAGE=egen: wrote 2,\\x0akept 3\n"));
  g_assert_nonnull (strstr (journal->fields->str, "PRIORITY=5\n"));
  g_assert_nonnull (strstr (journal->fields->str, "MESSAGE_ID=" TN_MESSAGE_PASS "\n"));
  g_assert_nonnull (strstr (journal->fields->str, "TURNUS_CALENDAR=egen\n"));
}

static void
test_priorities (Journal *journal)
{
  g_string_truncate (journal->fields, 0);

  tn_log_debug ("d");
  tn_log_info (NULL, "i");
  tn_log_warning (NULL, NULL, "w");

  g_assert_nonnull (strstr (journal->fields->str, "PRIORITY=7\nMESSAGE=d\n"));
  g_assert_nonnull (strstr (journal->fields->str, "PRIORITY=6\nMESSAGE=i\n"));
  g_assert_nonnull (strstr (journal->fields->str, "PRIORITY=4\nMESSAGE=w\n"));
  g_assert_null (strstr (journal->fields->str, "TURNUS_CALENDAR"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autoptr (GString) fields = g_string_new (NULL);
  Journal journal = { fields };
  g_log_set_writer_func (on_logged, &journal, NULL);

  g_test_add_func ("/base/log/control-characters-are-shown", test_control_characters);
  g_test_add_func ("/base/log/control-characters-above-ascii-are-shown", test_c1_characters);
  g_test_add_func ("/base/log/letters-stay-as-they-are", test_letters);
  g_test_add_data_func ("/base/log/calendar-and-id-are-fields", &journal,
                        (GTestDataFunc) test_fields);
  g_test_add_data_func ("/base/log/levels-have-their-priority", &journal,
                        (GTestDataFunc) test_priorities);
  return g_test_run ();
}
