/* daemon/site/visit.h — what a reader asks of the site, and the page that answers */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A publisher has judged the form of it already: sizes, method, UTF-8. */
typedef struct
{
  char *method;      /* (owned) GET or POST; HEAD comes as GET */
  char *path;        /* (owned) decoded, begins with a slash, without the folder of the site */
  GHashTable *query; /* (owned) (element-type utf8 utf8) of a name that is given twice, the first */
  GHashTable *form;  /* (owned) (element-type utf8 utf8) of a POST, likewise; never NULL */
  GHashTable *headers; /* (owned) (element-type utf8 utf8) names in small letters */
  char *peer;          /* (owned) the reader's address, as far as the publisher can know it */
} TnVisit;

TnVisit *tn_visit_new (const char *method, const char *path);
void tn_visit_free (TnVisit *visit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnVisit, tn_visit_free)

typedef struct
{
  guint status;       /* of HTTP */
  char *type;         /* (owned) media type, with its charset */
  GBytes *body;       /* (owned) (nullable) NULL: none */
  char *etag;         /* (owned) (nullable) strong, without quotes */
  GPtrArray *headers; /* (owned) (element-type utf8) name, value, name, value … */
} TnWebPage;

TnWebPage *tn_web_page_new (guint status, const char *type, GBytes *body);
void tn_web_page_add_header (TnWebPage *page, const char *name, const char *value);
void tn_web_page_free (TnWebPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnWebPage, tn_web_page_free)

G_END_DECLS
