/* tests/charter/reading.h — texts to rulebooks, and what was complained about */
#pragma once

#include "base/error.h"
#include "charter/charter.h"
#include "charter/source.h"

#include <string.h>

#define DK                                                                                          \
  "holidays = { id = \"dk\"; name = \"Danmark\"; days = ( { name = \"Nytår\"; day = \"01-01\"; } " \
  "); };\n"

/* The real charter of the repository. */
static inline char *
reading_dup_7by (void)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "charters", "7by.conf", NULL);
  char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* @text as `7by.conf`, beside a small `dk.conf`. */
static inline TnRulebook *
reading_read (const char *text, GError **error)
{
  g_autoptr (GPtrArray) files
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_source_file_free);
  g_ptr_array_add (files, tn_source_file_new ("7by.conf", text));
  g_ptr_array_add (files, tn_source_file_new ("dk.conf", DK));
  return tn_charter_read (files, error);
}

/* @text with the first @old replaced, which must be in it. */
static inline char *
reading_dup_changed (const char *text, const char *old, const char *new)
{
  g_auto (GStrv) halves = g_strsplit (text, old, 2);
  g_assert_cmpuint (g_strv_length (halves), ==, 2);
  return g_strjoinv (new, halves);
}

/* What is said when @old of the 7-by charter is replaced by @new; "" when nothing. */
static inline char *
reading_dup_complaint (const char *old, const char *new)
{
  g_autofree char *text = reading_dup_7by ();
  g_autofree char *changed = reading_dup_changed (text, old, new);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnRulebook) rulebook = reading_read (changed, &error);
  g_assert_true ((rulebook != NULL) == (error == NULL));
  if (error != NULL)
    g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  return g_strdup (error != NULL ? error->message : "");
}

static inline int
reading_count_lines (const char *text)
{
  int n = *text != '\0' ? 1 : 0;
  for (const char *c = text; *c != '\0'; c++)
    n += *c == '\n';
  return n;
}

/* Replacing @old by @new gives exactly the one complaint that has @wanted in it. */
#define assert_complaint(old, new, wanted)                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *said = reading_dup_complaint (old, new);                                      \
    if (strstr (said, wanted) == NULL)                                                             \
      g_test_fail_printf ("%s:%d: '%s' is not in '%s'", __FILE__, __LINE__, wanted, said);         \
    if (reading_count_lines (said) != 1)                                                           \
      g_test_fail_printf ("%s:%d: not one line: '%s'", __FILE__, __LINE__, said);                  \
  }                                                                                                \
  G_STMT_END

/* @rulebook is what the 7-by charter with that change says, and nothing was complained about. */
static inline TnRulebook *
reading_read_changed (const char *old, const char *new)
{
  g_autofree char *text = reading_dup_7by ();
  g_autofree char *changed = reading_dup_changed (text, old, new);
  g_autoptr (GError) error = NULL;
  TnRulebook *rulebook = reading_read (changed, &error);
  g_assert_no_error (error);
  return rulebook;
}
