/* daemon/notice/mime.h — a letter as it goes over the wire */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A file beside the text. */
typedef struct
{
  char *name;    /* (owned) letters, digits, dots and hyphens */
  char *type;    /* (owned) media type with its parameters */
  GBytes *bytes; /* (owned) */
} TnEnclosure;

TnEnclosure *tn_enclosure_new (const char *name, const char *type, GBytes *bytes);
void tn_enclosure_free (TnEnclosure *enclosure);

typedef struct
{
  const char *id;        /* the Message-ID's part before the @ */
  const char *from;      /* address */
  const char *from_name; /* UTF-8 */
  const char *to;        /* address */
  const char *subject;   /* UTF-8, any letters */
  gint64 written_us;     /* UTC */
  const char *text;      /* UTF-8, lines ended by LF */
  GPtrArray *enclosures; /* (nullable) (element-type TnEnclosure) */
} TnMime;

char *tn_mime_write (const TnMime *mime);

G_END_DECLS
