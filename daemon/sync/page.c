/* A page: `v1 by=odense c=7by ed=1 en=1 dg=… d=<hash>.<text> p=<hash>.<text>`. Real servers cut at
 * commas, unescape, or refuse empty values (design section 11), so it is words that survive all of
 * them: a record is its line in base64url behind the hash of that line, and one that lost a letter
 * on its way is passed over, not half believed.
 *
 * A decision is written without its source: that is this daemon's own matter, and may be a person's
 * name. One that is told on for another council, whose journal has lost it, is a record `k=`, with
 * that journal as its source; who does not know such records passes them over. A proposal is
 * written by the columns of its table, whatever kind it is, without those that say where and when
 * this daemon heard of it; with its answer, so that whoever reads the answer knows to what. */
#include "sync/page.h"

#include <string.h>

#include "base/encode.h"
#include "base/error.h"
#include "base/text.h"
#include "store/table.h"

#define HASH_LENGTH 16
#define WORD_MAX_BYTES 128
#define RECORDS_MAX 20000 /* of a page that others wrote (hazard 70) */

static const char LETTERS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";

/**
 * tn_edition_new:
 * @digest: in full; so much of it as travels is kept
 */
TnEdition *
tn_edition_new (const char *collaboration, int edition, int engine, const char *digest)
{
  TnEdition *self = g_new0 (TnEdition, 1);
  self->collaboration = g_strdup (collaboration);
  self->edition = edition;
  self->engine = engine;
  self->digest = g_strndup (digest, HASH_LENGTH);
  return self;
}

void
tn_edition_free (TnEdition *edition)
{
  if (edition == NULL)
    return;
  g_free (edition->collaboration);
  g_free (edition->digest);
  g_free (edition);
}

/**
 * tn_page_new:
 *
 * Returns: (transfer full): an empty page
 */
TnPage *
tn_page_new (const char *council)
{
  TnPage *page = g_new0 (TnPage, 1);
  page->council = g_strdup (council);
  page->editions = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_edition_free);
  page->decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_decision_unref);
  page->proposals = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_proposal_free);
  page->kept = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_decision_unref);
  return page;
}

void
tn_page_free (TnPage *page)
{
  if (page == NULL)
    return;
  g_free (page->council);
  g_ptr_array_unref (page->editions);
  g_ptr_array_unref (page->decisions);
  g_ptr_array_unref (page->proposals);
  g_ptr_array_unref (page->kept);
  g_free (page);
}

static gboolean
is_word (const char *text)
{
  gsize length = strlen (text);
  return length > 0 && length <= WORD_MAX_BYTES && strspn (text, LETTERS) == length;
}

static char *
dup_decision_line (const TnDecision *decision)
{
  TnDecisionDraft draft = tn_decision_to_draft (decision);
  draft.source = NULL;
  g_autoptr (TnDecision) bare = tn_decision_new (&draft);
  return tn_decision_to_line (bare);
}

static gboolean
travels (const TnColumn *column)
{
  static const char *const at_home[] = { "at_us", "origin", "answer_origin", NULL };
  return !g_strv_contains (at_home, column->name);
}

static char *
dup_proposal_line (const TnProposal *proposal)
{
  const TnTable *table = &tn_table_proposals;
  GString *line = g_string_new (NULL);
  for (guint i = 0; i < table->n_columns; i++)
    {
      if (!travels (&table->columns[i]))
        continue;
      char number[32];
      const char *text = number;
      if (table->columns[i].type == TN_COLUMN_TEXT)
        text = tn_table_get_text (table, proposal, i);
      else
        g_snprintf (number, sizeof number, "%" G_GINT64_FORMAT,
                    tn_table_get_number (table, proposal, i));
      if (text == NULL)
        continue;
      g_autofree char *code = tn_encode_percent (text);
      g_string_append_printf (line, "%s%s=%s", line->len > 0 ? " " : "", table->columns[i].name,
                              code);
    }
  return g_string_free (line, FALSE);
}

static char *
dup_record (const char *mark, const char *line)
{
  g_autofree char *hash = tn_encode_sha256 (line, -1);
  g_autofree char *code = tn_encode_base64url (line);
  return g_strdup_printf (" %s=%.*s.%s", mark, HASH_LENGTH, hash, code);
}

static char *
dup_decision_record (const TnDecision *decision)
{
  g_autofree char *line = dup_decision_line (decision);
  return dup_record ("d", line);
}

static char *
dup_kept_record (const TnDecision *decision)
{
  g_autofree char *line = tn_decision_to_line (decision);
  return dup_record ("k", line);
}

static char *
dup_proposal_record (const TnProposal *proposal)
{
  g_autofree char *line = dup_proposal_line (proposal);
  return dup_record ("p", line);
}

/**
 * tn_page_measure_decision:
 *
 * Returns: bytes that it takes on a page
 */
gsize
tn_page_measure_decision (const TnDecision *decision)
{
  g_autofree char *record = dup_decision_record (decision);
  return strlen (record);
}

/**
 * tn_page_measure_kept:
 *
 * Returns: bytes that it takes on a page of another council than its own
 */
gsize
tn_page_measure_kept (const TnDecision *decision)
{
  g_autofree char *record = dup_kept_record (decision);
  return strlen (record);
}

/**
 * tn_page_measure_proposal:
 *
 * Returns: bytes that it takes on a page
 */
gsize
tn_page_measure_proposal (const TnProposal *proposal)
{
  g_autofree char *record = dup_proposal_record (proposal);
  return strlen (record);
}

/**
 * tn_page_format:
 * @page: ids and digests of `[A-Za-z0-9._-]`
 *
 * Source: design section 6, Journal.
 * Returns: (transfer full): what tn_page_parse() reads
 */
char *
tn_page_format (const TnPage *page)
{
  g_return_val_if_fail (is_word (page->council), NULL);
  GString *text = g_string_new (NULL);
  g_string_append_printf (text, "v1 by=%s", page->council);
  for (guint i = 0; i < page->editions->len; i++)
    {
      const TnEdition *edition = g_ptr_array_index (page->editions, i);
      g_string_append_printf (text, " c=%s ed=%d en=%d dg=%s", edition->collaboration,
                              edition->edition, edition->engine, edition->digest);
    }
  for (guint i = 0; i < page->decisions->len; i++)
    {
      g_autofree char *record = dup_decision_record (g_ptr_array_index (page->decisions, i));
      g_string_append (text, record);
    }
  for (guint i = 0; i < page->proposals->len; i++)
    {
      g_autofree char *record = dup_proposal_record (g_ptr_array_index (page->proposals, i));
      g_string_append (text, record);
    }
  for (guint i = 0; i < page->kept->len; i++)
    {
      g_autofree char *record = dup_kept_record (g_ptr_array_index (page->kept, i));
      g_string_append (text, record);
    }
  return g_string_free (text, FALSE);
}

/* The value of `key=value`; NULL when `word` is none. */
static const char *
get_value (const char *word, const char *key)
{
  gsize length = strlen (key);
  if (word == NULL || strncmp (word, key, length) != 0 || word[length] != '=')
    return NULL;
  return word + length + 1;
}

/* The line of a record; NULL when it is not the line that its hash was made of. */
static char *
dup_line (const char *record)
{
  if (strlen (record) <= HASH_LENGTH + 1 || record[HASH_LENGTH] != '.')
    return NULL;
  g_autofree char *line = tn_decode_base64url (record + HASH_LENGTH + 1, NULL);
  if (line == NULL || !g_utf8_validate (line, -1, NULL))
    return NULL;
  g_autofree char *hash = tn_encode_sha256 (line, -1);
  return strncmp (hash, record, HASH_LENGTH) == 0 ? g_steal_pointer (&line) : NULL;
}

static gboolean
set_column (TnProposal *proposal, const char *name, const char *code)
{
  const TnTable *table = &tn_table_proposals;
  for (guint i = 0; i < table->n_columns; i++)
    {
      if (strcmp (table->columns[i].name, name) != 0 || !travels (&table->columns[i]))
        continue;
      g_autofree char *text = tn_decode_percent (code);
      gint64 number = 0;
      if (text == NULL)
        return FALSE;
      if (table->columns[i].type == TN_COLUMN_TEXT)
        return tn_text_set (G_STRUCT_MEMBER_P (proposal, table->columns[i].offset), text) || TRUE;
      return g_ascii_string_to_signed (text, 10, G_MININT32, G_MAXINT32, &number, NULL)
             && tn_table_set_number (table, proposal, i, number);
    }
  return TRUE; /* a later version may say more of it */
}

static TnProposal *
parse_proposal (const char *line)
{
  g_autoptr (TnProposal) proposal = g_new0 (TnProposal, 1);
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      char *equals = strchr (words[i], '=');
      if (equals == NULL)
        return NULL;
      *equals = '\0';
      if (!set_column (proposal, words[i], equals + 1))
        return NULL;
    }
  gboolean whole = proposal->id != NULL && is_word (proposal->id) && proposal->uid != NULL
                   && proposal->key != NULL && proposal->value != NULL
                   && proposal->instead_of != NULL && proposal->calendar != NULL
                   && tn_table_check_record (&tn_table_proposals, proposal, NULL);
  return whole ? g_steal_pointer (&proposal) : NULL;
}

static void
read_decision (TnPage *page, GPtrArray *decisions, const char *record)
{
  g_autofree char *line = dup_line (record);
  TnDecision *decision = line != NULL ? tn_decision_from_line (line, NULL) : NULL;
  if (decision != NULL)
    g_ptr_array_add (decisions, decision);
  else
    page->n_damaged++;
}

static void
read_proposal (TnPage *page, const char *record)
{
  g_autofree char *line = dup_line (record);
  TnProposal *proposal = line != NULL ? parse_proposal (line) : NULL;
  if (proposal != NULL)
    g_ptr_array_add (page->proposals, proposal);
  else
    page->n_damaged++;
}

static gboolean
parse_number (const char *text, int *number)
{
  guint64 value = 0;
  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &value, NULL))
    return FALSE;
  *number = (int) value;
  return TRUE;
}

/* Four words; the number of those that were read. */
static guint
read_edition (TnPage *page, char **words)
{
  const char *collaboration = get_value (words[0], "c");
  const char *digest = NULL;
  int edition = 0;
  int engine = 0;
  if (words[1] == NULL || words[2] == NULL || words[3] == NULL
      || !parse_number (get_value (words[1], "ed"), &edition)
      || !parse_number (get_value (words[2], "en"), &engine)
      || (digest = get_value (words[3], "dg")) == NULL || !is_word (collaboration)
      || !is_word (digest) || strlen (digest) > HASH_LENGTH)
    {
      page->n_damaged++;
      return 1;
    }
  g_ptr_array_add (page->editions, tn_edition_new (collaboration, edition, engine, digest));
  return 4;
}

/* One word, or the four of an edition; what a later version adds is passed over. */
static guint
read_words (TnPage *page, char **words)
{
  const char *record = NULL;
  if (get_value (words[0], "c") != NULL)
    return read_edition (page, words);
  if ((record = get_value (words[0], "d")) != NULL)
    read_decision (page, page->decisions, record);
  else if ((record = get_value (words[0], "k")) != NULL)
    read_decision (page, page->kept, record);
  else if ((record = get_value (words[0], "p")) != NULL)
    read_proposal (page, record);
  return 1;
}

/**
 * tn_page_parse:
 *
 * Source: design section 6, Journal.
 * Errors: %TN_ERROR_INVALID when @text is no page, %TN_ERROR_LIMIT when it is too long; a record
 *   that is damaged is counted and passed over.
 * Returns: (transfer full) (nullable): the page
 */
TnPage *
tn_page_parse (const char *text, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);
  g_auto (GStrv) words = g_strsplit (text, " ", RECORDS_MAX + 1);
  const char *council = words[0] != NULL ? get_value (words[1], "by") : NULL;
  if (words[0] == NULL || strcmp (words[0], "v1") != 0 || council == NULL || !is_word (council))
    {
      g_set_error_literal (error, TN_ERROR, TN_ERROR_INVALID,
                           "no page of a journal of turnus, expected 'v1 by=…'");
      return NULL;
    }
  guint n = g_strv_length (words);
  if (n > RECORDS_MAX)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_LIMIT, "a page of a journal with more than %d records",
                   RECORDS_MAX);
      return NULL;
    }
  g_autoptr (TnPage) page = tn_page_new (council);
  for (guint i = 2; i < n;)
    i += read_words (page, words + i);
  return g_steal_pointer (&page);
}
