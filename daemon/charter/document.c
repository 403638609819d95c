/* A text is looked at by syntax.c first, then parsed. Only this file and group.c know libconfig. */
#include "charter/document.h"

#include <stdlib.h>
#include <string.h>

#include <libconfig.h>

#include "base/encode.h"
#include "charter/syntax.h"

struct _TnDocument
{
  char *path; /* (owned) for messages */
  char *name; /* (owned) its last part, for origins */
  config_t config;
  TnProblems *problems; /* (unowned) */
};

void
tn_document_close (TnDocument *document)
{
  if (document == NULL)
    return;
  config_destroy (&document->config);
  g_free (document->path);
  g_free (document->name);
  g_free (document);
}

static gboolean
check_bytes (const TnSourceFile *source, TnProblems *problems)
{
  gsize length = strlen (source->text);
  if (length > TN_SOURCE_MAX_BYTES)
    tn_problems_add (problems, source->path, 0, "larger than %d KiB, expected it to be split",
                     TN_SOURCE_MAX_BYTES / 1024);
  else if (!g_utf8_validate_len (source->text, length, NULL))
    tn_problems_add (problems, source->path, 0,
                     "not UTF-8, expected the file to be saved with that encoding");
  else if (g_str_has_prefix (source->text, "\xef\xbb\xbf"))
    tn_problems_add (problems, source->path, 1,
                     "begins with a byte order mark, expected UTF-8 without one (an editor calls "
                     "it \"UTF-8 without BOM\")");
  else
    return TRUE;
  return FALSE;
}

/**
 * tn_document_open:
 * @problems: outlives the document; what is wrong is added
 *
 * Returns: (transfer full) (nullable): the document; %NULL when it cannot be parsed
 */
TnDocument *
tn_document_open (const TnSourceFile *source, TnProblems *problems)
{
  if (!check_bytes (source, problems) || !tn_syntax_check (source->text, source->path, problems))
    return NULL;

  g_autoptr (TnDocument) document = g_new0 (TnDocument, 1);
  document->path = g_strdup (source->path);
  document->name = g_path_get_basename (source->path);
  document->problems = problems;
  config_init (&document->config);
  /* Should an include ever slip past that, it is looked for below a thing that is no folder. */
  config_set_include_dir (&document->config, "/dev/null");
  /* A `//` comment that ends with the file instead of a line is a syntax error to libconfig. */
  g_autofree char *text = g_strconcat (source->text, "\n", NULL);
  if (config_read_string (&document->config, text) == CONFIG_TRUE)
    return g_steal_pointer (&document);

  tn_problems_add (problems, source->path, config_error_line (&document->config),
                   "%s here or just before, expected 'key = value;', with every bracket and quote "
                   "closed",
                   config_error_text (&document->config));
  return NULL;
}

/**
 * tn_document_get_root:
 * @kind: of the table of keys: what this file is
 */
TnGroup
tn_document_get_root (const TnDocument *document, const char *kind)
{
  return (TnGroup){ document, config_root_setting (&document->config), kind };
}

/**
 * tn_document_get_name:
 *
 * Returns: (transfer none): the last part of its path
 */
const char *
tn_document_get_name (const TnDocument *document)
{
  return document->name;
}

/**
 * tn_document_get_path:
 *
 * Returns: (transfer none): as it was opened
 */
const char *
tn_document_get_path (const TnDocument *document)
{
  return document->path;
}

/**
 * tn_document_complain:
 * @line: in which something is wrong
 * @text: what, and what was expected
 */
void
tn_document_complain (const TnDocument *document, int line, const char *text)
{
  tn_problems_add (document->problems, document->path, line, "%s", text);
}

/**
 * tn_document_has_problem:
 *
 * Returns: %TRUE when something is wrong in that very line
 */
gboolean
tn_document_has_problem (const TnDocument *document, int line)
{
  return tn_problems_has_line (document->problems, document->path, line);
}
