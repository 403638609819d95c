/* plugins/feed/gate.h — between a reader's connection and libsoup: whole, judged requests only */
#pragma once

#include <gio/gio.h>

#include "head.h"

G_BEGIN_DECLS

/* Who is told what the reader sends. */
typedef struct
{
  /* The first byte of a request has come. */
  void (*begun) (gpointer user_data);
  /* A request is whole: `head` (transfer full) and its body; or, `head` NULL, it cannot be taken
   * and nothing more is read. Returns the target under which libsoup is asked for it, and whether
   * another request may follow. */
  char *(*take) (gpointer user_data, FeedHead *head, const char *body, guint refusal,
                 gboolean *ret_goes_on);
  /* The connection is no more; nothing is told after it. */
  void (*closed) (gpointer user_data);
} FeedGateWatch;

#define FEED_TYPE_GATE (feed_gate_get_type ())
G_DECLARE_FINAL_TYPE (FeedGate, feed_gate, FEED, GATE, GIOStream)

FeedGate *feed_gate_new (GSocketConnection *base, const FeedGateWatch *watch, gpointer user_data);

G_END_DECLS
