/* tests/charter/template.c — one shape, several collaborations */
#include "reading.h"

#include "charter/template.h"

#define BODY                                                                                       \
  "template = { id = \"a-$id\"; name = \"$name i $id\"; edition = 1; language = \"da\";\n"         \
  "timezone = \"Europe/Copenhagen\"; holidays = [ \"dk\" ];\n"                                     \
  "councils = \"$councils\";   // $missing is a comment\n"                                         \
  "series = ( { id = \"m\"; kind = \"meeting\"; title = \"M\"; } ); };\n"
#define COUNCILS "councils = ( { id = \"x\"; name = \"X\"; from = \"2000\"; } // one\n );"

static char *
dup_complaint (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnRulebook) rulebook = reading_read (text, &error);
  return g_strdup (error != NULL ? error->message : "");
}

static void
test_instances (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnRulebook) rulebook = reading_read (
      BODY "instances = ( { id = \"n\"; name = \"Nord\"; " COUNCILS " },\n"
           "{ id = \"s\"; name = \"Syd\"; councils = ( { id = \"y\"; name = \"Y\"; from = "
           "\"2001\"; }, { id = \"z\"; name = \"Z\"; from = \"2001\"; } ); } );\n",
      &error);
  g_assert_no_error (error);

  const TnCollaboration *north = tn_rulebook_find_collaboration (rulebook, "a-n");
  const TnCollaboration *south = tn_rulebook_find_collaboration (rulebook, "a-s");
  g_assert_cmpuint (rulebook->collaborations->len, ==, 2);
  g_assert_cmpstr (north->name, ==, "Nord i n");
  g_assert_cmpuint (north->councils->len, ==, 1);
  g_assert_cmpuint (south->councils->len, ==, 2);
  g_assert_cmpstr (south->digest, !=, north->digest);
  g_assert_cmpint (((TnSeries *) g_ptr_array_index (south->series, 0))->origin.line, ==, 4);
}

static void
test_faults (void)
{
  g_autofree char *missing = dup_complaint (BODY "instances = ( { id = \"n\"; " COUNCILS " } );\n");
  g_autofree char *idle = dup_complaint (
      BODY "instances = ( { id = \"n\"; name = \"Nord\"; nam = \"x\"; " COUNCILS " } );\n");
  g_autofree char *inside
      = dup_complaint (BODY "instances = ( { id = \"n\"; name = [ \"Nord\" ]; " COUNCILS " } );\n");
  g_autofree char *none = dup_complaint (BODY);

  g_assert_nonnull (strstr (missing, "7by.conf:1: the template needs 'name', which the instance in "
                                     "line 5 does not say, expected name = … there"));
  g_assert_nonnull (strstr (idle, "7by.conf:5: the template has no '$nam'"));
  g_assert_nonnull (
      strstr (inside, "7by.conf:5: 'name' stands inside of a text in line 1, expected a text"));
  g_assert_nonnull (strstr (none, "7by.conf:1: a template without instances"));
}

/* Whatever is wrong in the shape is told once, where it stands. */
static void
test_fault_in_the_shape (void)
{
  g_autofree char *text
      = reading_dup_changed (BODY "instances = ( { id = \"n\"; name = \"Nord\"; " COUNCILS " },\n"
                                  "{ id = \"s\"; name = \"Syd\"; " COUNCILS " } );\n",
                             "edition = 1", "edition = 0");

  g_autofree char *said = dup_complaint (text);

  g_assert_cmpstr (said, ==,
                   "7by.conf:1: edition = 0 is out of range, expected a number from 1 to "
                   "1000000");
}

/* Brackets that never close are left to the reader of every file. */
static void
test_open_brackets (void)
{
  g_autoptr (TnProblems) problems = tn_problems_new ();
  static const char *const texts[] = { "",
                                       "template",
                                       "template = {",
                                       "template = { a = \"$",
                                       "template = { ( };",
                                       "instances = ( {",
                                       "template = { }; instances = (",
                                       "template = { }; instances = ( { a",
                                       "template = { }; instances = ( { a = ( } );" };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      TnSourceFile *source = tn_source_file_new ("x.conf", texts[i]);
      g_autoptr (GPtrArray) files = tn_template_expand (source, problems);
      g_assert_cmpuint (files->len, >=, 1);
      tn_source_file_free (source);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charter/template/each-instance-is-a-collaboration", test_instances);
  g_test_add_func ("/charter/template/parameters-must-meet", test_faults);
  g_test_add_func ("/charter/template/a-fault-of-the-shape-is-told-once", test_fault_in_the_shape);
  g_test_add_func ("/charter/template/open-brackets-are-survived", test_open_brackets);
  return g_test_run ();
}
