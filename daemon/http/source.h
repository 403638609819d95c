/* daemon/http/source.h — one multi handle of curl as one GSource */
#pragma once

#include <curl/curl.h>
#include <glib.h>

#include "http/ticket.h"

G_BEGIN_DECLS

typedef struct _TnSource TnSource;

/* @easy has ended and is out of the source already, but see tn_source_keep_done(); more may be
 * added or removed here. */
typedef void (*TnSourceDone) (CURL *easy, CURLcode code, gpointer user_data);

TnSource *tn_source_new (guint connections_max, const TnTicket *ticket, TnSourceDone done,
                         gpointer user_data);
void tn_source_free (TnSource *source);
void tn_source_keep_done (TnSource *source);
void tn_source_add (TnSource *source, CURL *easy);
void tn_source_remove (TnSource *source, CURL *easy);

G_END_DECLS
