/* A body is the person's above the line `--- turnus ---`, and ours below. Outlook keeps bodies as
 * HTML: they are read as text, and when our part changes, theirs stays as it is (hazard 71). HTML
 * of strangers goes through libxml2's parser, which loads nothing and stops at 256 levels. */
#include "body.h"

#include <libxml/HTMLparser.h>
#include <libxml/HTMLtree.h>

#include <string.h>

#define MARKER "--- turnus ---"
#define PARSE_OPTIONS                                                                              \
  (HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_NODEFDTD)

typedef xmlDoc Html;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Html, xmlFreeDoc)

static gboolean
is_one_of (const xmlNode *node, const char *const *names)
{
  return node->type == XML_ELEMENT_NODE && g_strv_contains (names, (const char *) node->name);
}

static gboolean
is_hidden (const xmlNode *node)
{
  static const char *const names[] = { "head", "script", "style", "title", "meta", "link", NULL };
  return is_one_of (node, names);
}

static gboolean
is_block (const xmlNode *node)
{
  static const char *const names[]
      = { "p",  "div", "tr", "li", "ul", "ol", "table", "blockquote", "pre", "body", "hr",
          "h1", "h2",  "h3", "h4", "h5", "h6", "dl",    "dt",         "dd",  NULL };
  return is_one_of (node, names);
}

/* A text on its way, and whether a space is due before the next word. */
typedef struct
{
  GString *text;
  gboolean space;
} Reading;

static gboolean
is_at_line_start (const Reading *reading)
{
  return reading->text->len == 0 || reading->text->str[reading->text->len - 1] == '\n';
}

static void
end_line (Reading *reading)
{
  if (!is_at_line_start (reading))
    g_string_append_c (reading->text, '\n');
  reading->space = FALSE;
}

/* Spaces of HTML are one; those that do not break were typed as they are. */
static void
add_words (Reading *reading, const char *words)
{
  for (const char *c = words; *c != '\0'; c = g_utf8_next_char (c))
    {
      if (g_ascii_isspace (*c))
        {
          reading->space = TRUE;
          continue;
        }
      if (reading->space && !is_at_line_start (reading))
        g_string_append_c (reading->text, ' ');
      reading->space = FALSE;
      gunichar letter = g_utf8_get_char (c);
      g_string_append_unichar (reading->text, letter == 0xa0 ? ' ' : letter);
    }
}

static gboolean
is_named (const xmlNode *node, const char *name)
{
  return node->type == XML_ELEMENT_NODE && strcmp ((const char *) node->name, name) == 0;
}

static void
enter (Reading *reading, const xmlNode *node)
{
  if (node->type == XML_TEXT_NODE && node->content != NULL)
    add_words (reading, (const char *) node->content);
  else if (is_named (node, "br"))
    {
      g_string_append_c (reading->text, '\n');
      reading->space = FALSE;
    }
  else if (is_block (node))
    end_line (reading);
  else if (is_named (node, "td") || is_named (node, "th"))
    reading->space = TRUE;
}

static void
leave (Reading *reading, const xmlNode *node)
{
  if (is_block (node))
    end_line (reading);
}

/* The node after `node` and its children; blocks that are left on the way end their lines. */
static xmlNode *
step_over (xmlNode *node, Reading *reading)
{
  while (node != NULL)
    {
      if (reading != NULL)
        leave (reading, node);
      if (node->next != NULL)
        return node->next;
      node = node->parent != NULL && node->parent->type == XML_ELEMENT_NODE ? node->parent : NULL;
    }
  return NULL;
}

static Html *
parse (const char *html)
{
  gsize length = strlen (html);
  if (length == 0 || length > G_MAXINT)
    return NULL;
  return htmlReadMemory (html, (int) length, NULL, "UTF-8", PARSE_OPTIONS);
}

/**
 * ex_body_html_to_text:
 *
 * Returns: (transfer full): what a person reads there, tidied; "" when it is no HTML
 */
char *
ex_body_html_to_text (const char *html)
{
  g_autoptr (Html) document = parse (html);
  g_autoptr (GString) text = g_string_new (NULL);
  Reading reading = { text, FALSE };
  xmlNode *node = document != NULL ? xmlDocGetRootElement (document) : NULL;
  while (node != NULL)
    {
      gboolean hidden = is_hidden (node);
      if (!hidden)
        enter (&reading, node);
      node = !hidden && node->type == XML_ELEMENT_NODE && node->children != NULL
                 ? node->children
                 : step_over (node, hidden ? NULL : &reading);
    }
  return ex_body_tidy (text->str);
}

/**
 * ex_body_tidy:
 *
 * Returns: (transfer full): @text with line feeds alone, without spaces at the ends of lines and
 *   without blank lines before and behind: Exchange adds and drops them at will
 */
char *
ex_body_tidy (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) tidy = g_string_new (NULL);
  gsize end = 0;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_string_append (tidy, g_strchomp (lines[i]));
      end = lines[i][0] != '\0' ? tidy->len : end;
      if (lines[i + 1] != NULL && end > 0)
        g_string_append_c (tidy, '\n');
    }
  return g_strndup (tidy->str, end);
}

/* Where the marker line starts; the end when there is none. */
static gsize
find_marker (const char *text)
{
  const char *line = text;
  while (line != NULL)
    {
      const char *end = strchr (line, '\n');
      g_autofree char *trimmed
          = g_strstrip (end != NULL ? g_strndup (line, (gsize) (end - line)) : g_strdup (line));
      if (strcmp (trimmed, MARKER) == 0)
        return (gsize) (line - text);
      line = end != NULL ? end + 1 : NULL;
    }
  return strlen (text);
}

/**
 * ex_body_shares_text:
 *
 * Returns: %TRUE when the person's part of both descriptions is the same
 */
gboolean
ex_body_shares_text (const char *a, const char *b)
{
  g_autofree char *one = g_strndup (a, find_marker (a));
  g_autofree char *two = g_strndup (b, find_marker (b));
  return strcmp (g_strchomp (one), g_strchomp (two)) == 0;
}

/**
 * ex_body_shares_note:
 *
 * Returns: %TRUE when what is ours in both descriptions is the same; blank lines before the marker
 *   are nobody's: HTML has other ones than text
 */
gboolean
ex_body_shares_note (const char *a, const char *b)
{
  g_autofree char *one = ex_body_tidy (a + find_marker (a));
  g_autofree char *two = ex_body_tidy (b + find_marker (b));
  return strcmp (one, two) == 0;
}

/* Takes away all that follows `node` in the document. */
static void
cut_behind (xmlNode *node)
{
  for (; node != NULL && node->type == XML_ELEMENT_NODE; node = node->parent)
    while (node->next != NULL)
      {
        xmlNode *behind = node->next;
        xmlUnlinkNode (behind);
        xmlFreeNode (behind);
      }
}

/* The first text that has the marker; it may stand in the midst of a text of several lines. */
static xmlNode *
find_marker_node (Html *document)
{
  xmlNode *node = xmlDocGetRootElement (document);
  while (node != NULL)
    {
      if (node->type == XML_TEXT_NODE && node->content != NULL
          && strstr ((const char *) node->content, MARKER) != NULL)
        return node;
      gboolean inside
          = node->type == XML_ELEMENT_NODE && node->children != NULL && !is_hidden (node);
      node = inside ? node->children : step_over (node, NULL);
    }
  return NULL;
}

static void
cut_note (Html *document)
{
  xmlNode *node = find_marker_node (document);
  if (node == NULL)
    return;
  const char *content = (const char *) node->content;
  g_autofree char *above = g_strndup (content, (gsize) (strstr (content, MARKER) - content));
  xmlNode *parent = node->parent;
  while (node->next != NULL)
    {
      xmlNode *behind = node->next;
      xmlUnlinkNode (behind);
      xmlFreeNode (behind);
    }
  g_autofree char *escaped = g_markup_escape_text (above, -1);
  xmlNodeSetContent (node, (const xmlChar *) escaped);
  cut_behind (parent);
}

static xmlNode *
find_body (Html *document)
{
  xmlNode *root = xmlDocGetRootElement (document);
  for (xmlNode *node = root != NULL ? root->children : NULL; node != NULL; node = node->next)
    if (is_named (node, "body"))
      return node;
  return root;
}

static void
add_note (xmlNode *body, const char *note)
{
  xmlNode *block = xmlNewChild (body, NULL, (const xmlChar *) "div", NULL);
  g_auto (GStrv) lines = g_strsplit (note, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (i > 0)
        xmlNewChild (block, NULL, (const xmlChar *) "br", NULL);
      xmlAddChild (block, xmlNewText ((const xmlChar *) lines[i]));
    }
}

static char *
to_html (Html *document)
{
  xmlOutputBuffer *buffer = xmlAllocOutputBuffer (NULL);
  htmlDocContentDumpFormatOutput (buffer, document, "UTF-8", 0);
  xmlOutputBufferFlush (buffer);
  char *html = g_strndup ((const char *) xmlOutputBufferGetContent (buffer),
                          xmlOutputBufferGetSize (buffer));
  xmlOutputBufferClose (buffer);
  return html;
}

/* Spaces and blank lines aside, which markup has of its own. */
static gboolean
has_same_letters (const char *a, const char *b)
{
  for (;; a++, b++)
    {
      a += strspn (a, " \t\n");
      b += strspn (b, " \t\n");
      if (*a != *b || *a == '\0')
        return *a == *b;
    }
}

/* Does `made` say what `html` says above the marker, and `note` from there on? A marker that is
 * torn over several pieces of markup is not found, and our old part would be taken for theirs. */
static gboolean
is_right (const char *html, const char *made, const char *note)
{
  g_autofree char *before = ex_body_html_to_text (html);
  g_autofree char *after = ex_body_html_to_text (made);
  return ex_body_shares_text (before, after)
         && has_same_letters (after + find_marker (after), note);
}

/**
 * ex_body_replace_note:
 * @html: the body as it stands
 * @description: whose part from the marker on is to stand there
 *
 * Returns: (transfer full) (nullable): @html with the person's part as it was; %NULL when that
 *   cannot be done
 */
char *
ex_body_replace_note (const char *html, const char *description)
{
  g_autoptr (Html) document = parse (html);
  xmlNode *body = document != NULL ? find_body (document) : NULL;
  if (body == NULL)
    return NULL;
  cut_note (document);
  const char *note = description + find_marker (description);
  if (*note != '\0')
    add_note (body, note);
  g_autofree char *made = to_html (document);
  return is_right (html, made, note) ? g_steal_pointer (&made) : NULL;
}
