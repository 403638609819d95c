/* Compiled catalogues, also torn ones. */
#include "model/mo-file.h"

#include "model/catalogues.h"

#include <string.h>

typedef struct
{
  const char *key;
  gsize key_bytes;
  const char *text;
  gsize text_bytes;
} Row;

/* The literal with the NUL bytes within it, without the one at its end. */
#define ROW(key, text)                                                                             \
  {                                                                                                \
    (key), sizeof (key) - 1, (text), sizeof (text) - 1                                             \
  }

/* Sorted, as msgfmt writes them. */
static const Row ROWS[] = {
  ROW ("", "Language: da\n"),
  ROW ("%u event\0%u events", "%u begivenhed\0%u begivenheder"),
  ROW ("Host", "Vært"),
  ROW ("empty", ""),
  ROW ("event\004Host", "Værtsby"),
};

static void
append_number (GByteArray *bytes, gboolean is_swapped, gsize number)
{
  guint32 value = is_swapped ? GUINT32_SWAP_LE_BE ((guint32) number) : (guint32) number;
  g_byte_array_append (bytes, (const guint8 *) &value, sizeof value);
}

static GByteArray *
make_bytes (gboolean is_swapped)
{
  GByteArray *bytes = g_byte_array_new ();
  gsize table_bytes = G_N_ELEMENTS (ROWS) * 8;
  gsize at = 28 + 2 * table_bytes;
  const gsize head[] = { 0x950412de, 0, G_N_ELEMENTS (ROWS), 28, 28 + table_bytes, 0, at };
  for (guint i = 0; i < G_N_ELEMENTS (head); i++)
    append_number (bytes, is_swapped, head[i]);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); at += ROWS[i++].key_bytes + 1)
    {
      append_number (bytes, is_swapped, ROWS[i].key_bytes);
      append_number (bytes, is_swapped, at);
    }
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); at += ROWS[i++].text_bytes + 1)
    {
      append_number (bytes, is_swapped, ROWS[i].text_bytes);
      append_number (bytes, is_swapped, at);
    }
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    g_byte_array_append (bytes, (const guint8 *) ROWS[i].key, (guint) ROWS[i].key_bytes + 1);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    g_byte_array_append (bytes, (const guint8 *) ROWS[i].text, (guint) ROWS[i].text_bytes + 1);
  return bytes;
}

static TnMoFile
view (const GByteArray *bytes)
{
  return (TnMoFile){ bytes->data, bytes->len };
}

static void
test_found (void)
{
  g_autoptr (GByteArray) bytes = make_bytes (FALSE);
  TnMoFile file = view (bytes);
  g_assert_cmpstr (tn_mo_file_find (&file, NULL, "Host", 0), ==, "Vært");
  g_assert_cmpstr (tn_mo_file_find (&file, "event", "Host", 0), ==, "Værtsby");
  g_assert_cmpstr (tn_mo_file_find (&file, NULL, "%u event", 0), ==, "%u begivenhed");
  g_assert_cmpstr (tn_mo_file_find (&file, NULL, "%u event", 1), ==, "%u begivenheder");
}

static void
test_other_byte_order (void)
{
  g_autoptr (GByteArray) bytes = make_bytes (TRUE);
  TnMoFile file = view (bytes);
  g_assert_cmpstr (tn_mo_file_find (&file, NULL, "Host", 0), ==, "Vært");
}

static void
test_not_there (void)
{
  g_autoptr (GByteArray) bytes = make_bytes (FALSE);
  TnMoFile file = view (bytes);
  g_assert_null (tn_mo_file_find (&file, NULL, "", 0));
  g_assert_null (tn_mo_file_find (&file, NULL, "Hos", 0));
  g_assert_null (tn_mo_file_find (&file, NULL, "Hosts", 0));
  g_assert_null (tn_mo_file_find (&file, NULL, "event", 0));
  g_assert_null (tn_mo_file_find (&file, "event", "Hosts", 0));
  g_assert_null (tn_mo_file_find (&file, "even", "Host", 0));
  g_assert_null (tn_mo_file_find (&file, "events", "Host", 0));
  g_assert_null (tn_mo_file_find (&file, "zebra", "Host", 0));
  g_assert_null (tn_mo_file_find (&file, NULL, "%u event", 2));
  g_assert_null (tn_mo_file_find (&file, NULL, "empty", 0));
}

static void
test_no_file (void)
{
  TnMoFile nothing = { NULL, 0 };
  g_assert_null (tn_mo_file_find (&nothing, NULL, "Host", 0));
}

static void
test_foreign_bytes (void)
{
  const guint8 text[] = "msgid \"Host\" msgstr \"this is no compiled catalogue\"";
  TnMoFile file = { text, sizeof text };
  g_assert_null (tn_mo_file_find (&file, NULL, "Host", 0));
}

/* From a copy of that very size, so that a reader of one byte too many is caught. */
static void
test_cut_anywhere (void)
{
  g_autoptr (GByteArray) bytes = make_bytes (FALSE);
  gsize last_needed = bytes->len - sizeof "Værtsby";
  for (gsize length = 1; length <= last_needed; length++)
    {
      g_autofree guint8 *copy = g_memdup2 (bytes->data, length);
      TnMoFile file = { copy, length };
      g_assert_null (tn_mo_file_find (&file, "event", "Host", 0));
    }
}

static void
check_number (gsize at, guint32 number)
{
  g_autoptr (GByteArray) bytes = make_bytes (FALSE);
  memcpy (bytes->data + at, &number, sizeof number);
  TnMoFile file = view (bytes);
  g_assert_null (tn_mo_file_find (&file, NULL, "Host", 0));
}

static void
test_false_numbers (void)
{
  check_number (4, 1 << 16);              /* a layout to come */
  check_number (8, G_MAXUINT32);          /* so many texts */
  check_number (12, G_MAXUINT32);         /* keys far away */
  check_number (16, G_MAXUINT32 - 7);     /* translations, too */
  check_number (28 + 2 * 8, G_MAXUINT32); /* the key: its length */
  check_number (28 + 2 * 8 + 4, G_MAXUINT32);
  check_number (28 + (5 + 2) * 8, 3); /* the translation does not end where it says */
  check_number (28 + (5 + 2) * 8 + 4, 1 << 30);
}

/* What is built in is what the reader reads. */
static void
test_built_in (void)
{
  g_assert_cmpstr (tn_mo_file_find (&tn_catalogues[TN_LANGUAGE_SV], "month", "May", 0), ==, "maj");
  g_assert_cmpstr (tn_mo_file_find (&tn_catalogues[TN_LANGUAGE_NB], "month", "May", 0), ==, "mai");
  g_assert_null (tn_catalogues[TN_LANGUAGE_EN].bytes);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/mo-file/texts-are-found-by-key-context-and-form", test_found);
  g_test_add_func ("/model/mo-file/either-byte-order-is-read", test_other_byte_order);
  g_test_add_func ("/model/mo-file/other-keys-find-nothing", test_not_there);
  g_test_add_func ("/model/mo-file/no-file-has-no-text", test_no_file);
  g_test_add_func ("/model/mo-file/foreign-bytes-have-no-text", test_foreign_bytes);
  g_test_add_func ("/model/mo-file/cut-file-has-no-text-and-is-not-read-beyond", test_cut_anywhere);
  g_test_add_func ("/model/mo-file/false-numbers-are-not-followed", test_false_numbers);
  g_test_add_func ("/model/mo-file/catalogues-are-built-in", test_built_in);
  return g_test_run ();
}
