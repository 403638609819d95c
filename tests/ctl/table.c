/* tests/ctl/table.c — rows in columns */
#include "ctl/table.h"

#include <string.h>

static char *
print (const TnTable *table)
{
  FILE *file = tmpfile ();
  tn_table_print (table, file);
  long length = ftell (file);
  char *text = g_malloc0 ((gsize) length + 1);
  rewind (file);
  g_assert_cmpuint (fread (text, 1, (gsize) length, file), ==, (gsize) length);
  fclose (file);
  return text;
}

static void
test_letters_count (void)
{
  static const char *const headings[] = { "CITY", "X", NULL };
  g_autoptr (TnTable) table = tn_table_new (headings);
  tn_table_add (table, "København", "1", NULL);
  tn_table_add (table, "Odense", "2", NULL);

  g_autofree char *text = print (table);

  g_assert_cmpstr (text, ==,
                   "CITY       X\n"
                   "København  1\n"
                   "Odense     2\n");
}

static void
test_no_blanks_at_the_end (void)
{
  static const char *const headings[] = { "A", "LONG", "C", NULL };
  g_autoptr (TnTable) table = tn_table_new (headings);
  tn_table_add (table, "1", "", "", NULL);
  tn_table_add (table, "", "", "z", NULL);

  g_autofree char *text = print (table);

  g_assert_cmpstr (text, ==,
                   "A  LONG  C\n"
                   "1\n"
                   "         z\n");
}

static void
test_control_characters (void)
{
  static const char *const headings[] = { "A", NULL };
  g_autoptr (TnTable) table = tn_table_new (headings);
  tn_table_add (table, "a\033]0;x\007\nb", NULL);

  g_autofree char *text = print (table);

  g_assert_null (strchr (text, '\033'));
  g_assert_cmpstr (text, ==, "A\na\\x1b]0;x\\x07\\x0ab\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl/table/columns-are-counted-in-letters", test_letters_count);
  g_test_add_func ("/ctl/table/lines-have-no-blanks-at-the-end", test_no_blanks_at_the_end);
  g_test_add_func ("/ctl/table/no-control-character-passes-hazard-108", test_control_characters);
  return g_test_run ();
}
