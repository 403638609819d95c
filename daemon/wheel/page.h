/* daemon/wheel/page.h — the frame of every HTML page: head, ways to other pages, foot
 *
 * Without JavaScript, by keyboard and by ear: a link past the ways, landmarks with names, and a
 * language. A page needs nothing but its stylesheet, and has no style of its own in any element, so
 * that a server can forbid the rest:
 *   Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self'; …
 * A server gives tn_page_get_stylesheet() as `text/css` at the address that it puts into
 * `stylesheet`. A file that stands alone leaves that NULL and has the sheet within. */
#pragma once

#include "model/words.h"

G_BEGIN_DECLS

typedef struct
{
  const char *text;
  const char *address;
  gboolean is_here; /* the page itself */
} TnPageLink;

/* All of it is the caller's, and only read. */
typedef struct
{
  TnLanguage language;
  const char *title;        /* of the page: also its heading, unless `has_heading` */
  gboolean has_heading;     /* the content begins with an <h1> of its own */
  const char *site;         /* (nullable) whose page it is; stands in the head of each */
  const char *home;         /* (nullable) where `site` leads */
  const char *stylesheet;   /* (nullable) address of the sheet; NULL: within the page */
  const TnPageLink *ways;   /* (nullable) ended by a text that is NULL; to the other pages */
  const TnPageLink *footer; /* (nullable) likewise; accessibility, privacy, contact */
  const char *content;      /* markup, as tn_markup_… wrote it */
} TnPage;

char *tn_page_to_html (const TnPage *page);
const char *tn_page_get_stylesheet (void);

G_END_DECLS
