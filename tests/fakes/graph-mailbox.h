/* tests/fakes/graph-mailbox.h — what the fake Graph remembers; for its own files alone */
#pragma once

#include "fakes/graph-answer.h"
#include "fakes/graph-server.h"

G_BEGIN_DECLS

struct _TnGraphServer
{
  TnHttpServer *http; /* (owned) */
  TnGraphQuirks quirks;
  GPtrArray *events;        /* (owned) (element-type TnGraphEvent) as they were made */
  GHashTable *removed;      /* (owned) (element-type utf8 guint) id to the change */
  GHashTable *transactions; /* (owned) (element-type utf8 utf8) number to the wording */
  guint change;
  guint generation; /* of delta tokens */
  guint n_made;
  guint n_writes;
  guint n_mails;
  guint n_blind;
  char *record; /* (owned) (nullable) folder */
  guint n_recorded;
};

gboolean tn_graph_mailbox_has (const TnGraphEvent *event); /* in the calendar that is ours */
TnGraphEvent *tn_graph_mailbox_find (TnGraphServer *server, const char *id, guint *ret_index);
void tn_graph_mailbox_note_change (TnGraphServer *server, TnGraphEvent *event);
TnGraphEvent *tn_graph_mailbox_make (TnGraphServer *server, const char *calendar);
void tn_graph_mailbox_drop (TnGraphServer *server, guint index);
JsonObject *tn_graph_mailbox_show (TnGraphServer *server, const TnGraphQuestion *question,
                                   const TnGraphEvent *event);

/* Answers to listings (graph-listing.c). */
void tn_graph_listing_all (TnGraphServer *server, const TnGraphQuestion *question,
                           TnGraphAnswer *answer);
void tn_graph_listing_delta (TnGraphServer *server, const TnGraphQuestion *question,
                             TnGraphAnswer *answer);
void tn_graph_listing_view (TnGraphServer *server, const TnGraphQuestion *question,
                            TnGraphAnswer *answer);

G_END_DECLS
