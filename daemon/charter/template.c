/* Templates. A file with `template = { … }` and `instances = ( { … }, … )` says one collaboration
 * per instance: the template is one, in whose texts `$name` stands for what the instance says under
 * that name; a text that is nothing but `"$name"` becomes the value as it is written, be it a list.
 * It is done on the words of the file, before libconfig sees them, and every line keeps its number,
 * so that what is said of an instance points into the template. */
#include "charter/template.h"

#include <string.h>

#include "charter/scan.h"

/* Each may be as long as a file: this keeps the whole below 10 MB. */
#define MOST_INSTANCES 100

typedef struct
{
  char *name;  /* (owned) */
  char *value; /* (owned) as it is written, in one line */
  int line;
  gboolean is_used;
} Parameter;

typedef struct
{
  const TnSourceFile *source;
  TnProblems *problems;
  GArray *words;     /* (owned) (element-type TnScanWord) */
  guint body;        /* index of the word `{` of the template; 0: there is none */
  guint body_end;    /* of its `}` */
  guint instances;   /* of the word `(` */
  GArray *arguments; /* (unowned) (nullable) (element-type Parameter) of the instance in hand */
  int line;          /* where that instance begins */
} Shape;

static void
parameter_clear (gpointer data)
{
  g_free (((Parameter *) data)->name);
  g_free (((Parameter *) data)->value);
}

static const TnScanWord *
get_word (const Shape *shape, guint i)
{
  return &g_array_index (shape->words, TnScanWord, i);
}

static gboolean
is_sign (const Shape *shape, guint i, const char *signs)
{
  const TnScanWord *word = get_word (shape, i);
  return word->kind == TN_SCAN_SIGN && strchr (signs, *word->start) != NULL;
}

/* Returns: the index of what closes the bracket at @i, or of the end. */
static guint
find_close (const Shape *shape, guint i)
{
  int depth = 0;
  for (; i + 1 < shape->words->len; i++)
    {
      if (is_sign (shape, i, "({["))
        depth++;
      if (is_sign (shape, i, ")}]") && --depth == 0)
        return i;
    }
  return i;
}

static gboolean
is_named (const Shape *shape, guint i, const char *name)
{
  const TnScanWord *word = get_word (shape, i);
  return word->kind == TN_SCAN_NAME && word->length == strlen (name)
         && strncmp (word->start, name, word->length) == 0;
}

static void
read_words (Shape *shape)
{
  TnScan scan = tn_scan_begin (shape->source->text);
  TnScanWord word = { 0 };
  shape->words = g_array_new (FALSE, FALSE, sizeof (TnScanWord));
  do
    {
      word = tn_scan_next (&scan);
      g_array_append_val (shape->words, word);
    }
  while (word.kind != TN_SCAN_END && word.kind != TN_SCAN_FAULT);
  for (guint i = 0; i + 2 < shape->words->len; i++)
    {
      if (is_named (shape, i, "template") && is_sign (shape, i + 2, "{"))
        {
          shape->body = i + 2;
          shape->body_end = find_close (shape, i + 2);
        }
      if (is_named (shape, i, "instances") && is_sign (shape, i + 2, "("))
        shape->instances = i + 2;
      if (is_sign (shape, i, "({["))
        i = find_close (shape, i);
    }
}

/* The words from @from to @end, parted by blanks, without the comments between them. */
static char *
join_words (const Shape *shape, guint from, guint end)
{
  GString *text = g_string_new (NULL);
  for (guint i = from; i < end; i++)
    {
      const TnScanWord *word = get_word (shape, i);
      g_string_append_printf (text, "%s%.*s", text->len > 0 ? " " : "", (int) word->length,
                              word->start);
    }
  return g_string_free (text, FALSE);
}

/* `{ id = "a"; councils = ( … ); }` from its bracket at @open to the one at @close */
static GArray *
read_arguments (const Shape *shape, guint open, guint close)
{
  GArray *arguments = g_array_new (FALSE, FALSE, sizeof (Parameter));
  g_array_set_clear_func (arguments, parameter_clear);
  for (guint i = open + 1; i + 2 < close; i++)
    {
      const TnScanWord *word = get_word (shape, i);
      if (word->kind != TN_SCAN_NAME || !is_sign (shape, i + 1, "=:"))
        continue;
      guint end = is_sign (shape, i + 2, "({[") ? find_close (shape, i + 2) + 1 : i + 3;
      Parameter parameter = { .name = g_strndup (word->start, word->length),
                              .value = join_words (shape, i + 2, end),
                              .line = word->line };
      g_array_append_val (arguments, parameter);
      i = end - 1;
    }
  return arguments;
}

static Parameter *
find_argument (const Shape *shape, const char *name, gsize length)
{
  for (guint i = 0; i < shape->arguments->len; i++)
    {
      Parameter *parameter = &g_array_index (shape->arguments, Parameter, i);
      if (strlen (parameter->name) == length && strncmp (parameter->name, name, length) == 0)
        return parameter;
    }
  return NULL;
}

static gsize
get_name_length (const char *text)
{
  return g_ascii_islower (*text) ? strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789_") : 0;
}

/* What a text between quotes becomes. */
static void
expand_text (const Shape *shape, const TnScanWord *word, GString *out)
{
  for (gsize i = 0; i < word->length; i++)
    {
      gsize length = word->start[i] == '$' ? get_name_length (word->start + i + 1) : 0;
      if (length == 0)
        {
          g_string_append_c (out, word->start[i]);
          continue;
        }
      Parameter *found = find_argument (shape, word->start + i + 1, length);
      gboolean is_text = found != NULL && found->value[0] == '"';
      gboolean is_whole = i == 1 && length + 3 == word->length;
      if (found == NULL)
        tn_problems_add (shape->problems, shape->source->path, word->line,
                         "the template needs '%.*s', which the instance in line %d does not say, "
                         "expected %.*s = … there",
                         (int) length, word->start + i + 1, shape->line, (int) length,
                         word->start + i + 1);
      else if (!is_text && !is_whole)
        tn_problems_add (shape->problems, shape->source->path, found->line,
                         "'%s' stands inside of a text in line %d, expected a text in quotes",
                         found->name, word->line);
      else if (is_whole && !is_text)
        {
          g_string_truncate (out, out->len - 1);
          g_string_append (out, found->value);
          found->is_used = TRUE;
          return;
        }
      else
        g_string_append_len (out, found->value + 1, (gssize) strlen (found->value) - 2);
      if (found != NULL)
        found->is_used = TRUE;
      i += length;
    }
}

static char *
dup_instance (const Shape *shape)
{
  GString *out = g_string_new (NULL);
  int line = get_word (shape, shape->body)->line;
  for (int i = 1; i < line; i++)
    g_string_append_c (out, '\n');
  g_string_append (out, "collaboration = {");
  const char *at = get_word (shape, shape->body)->start + 1;
  for (guint i = shape->body + 1; i <= shape->body_end && out->len <= TN_SOURCE_MAX_BYTES; i++)
    {
      const TnScanWord *word = get_word (shape, i);
      g_string_append_len (out, at, word->start - at);
      if (word->kind == TN_SCAN_STRING)
        expand_text (shape, word, out);
      else
        g_string_append_len (out, word->start, (gssize) word->length);
      at = word->start + word->length;
    }
  g_string_append (out, ";\n");
  return g_string_free (out, FALSE);
}

static void
check_used (const Shape *shape)
{
  for (guint i = 0; i < shape->arguments->len; i++)
    {
      const Parameter *parameter = &g_array_index (shape->arguments, Parameter, i);
      if (!parameter->is_used)
        tn_problems_add (shape->problems, shape->source->path, parameter->line,
                         "the template has no '$%s', expected a name that stands in it",
                         parameter->name);
    }
}

static void
expand_instances (Shape *shape, GPtrArray *files)
{
  guint end = find_close (shape, shape->instances);
  for (guint i = shape->instances + 1; i < end && files->len < MOST_INSTANCES; i++)
    {
      if (!is_sign (shape, i, "{"))
        continue;
      guint close = find_close (shape, i);
      g_autoptr (GArray) arguments = read_arguments (shape, i, close);
      shape->arguments = arguments;
      shape->line = get_word (shape, i)->line;
      g_autofree char *text = dup_instance (shape);
      check_used (shape);
      shape->arguments = NULL;
      g_ptr_array_add (files, tn_source_file_new (shape->source->path, text));
      i = close;
    }
}

/**
 * tn_template_expand:
 * @problems: (inout): what is wrong with the parameters is added
 *
 * Returns: (transfer full) (element-type TnSourceFile): one file for each instance, or a copy of
 *   @source when it has no template
 */
GPtrArray *
tn_template_expand (const TnSourceFile *source, TnProblems *problems)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_source_file_free);
  Shape shape = { .source = source, .problems = problems };
  read_words (&shape);
  gboolean is_whole = shape.body > 0 && is_sign (&shape, shape.body_end, "}");
  if (is_whole && shape.instances > 0)
    expand_instances (&shape, files);
  else if (is_whole)
    tn_problems_add (problems, source->path, get_word (&shape, shape.body)->line,
                     "a template without instances, expected instances = ( { … }, { … } )");
  if (files->len == 0)
    g_ptr_array_add (files, tn_source_file_new (source->path, source->text));
  g_array_unref (shape.words);
  return files;
}
