/* plugins/exchange/ews-reply.h — what EWS answered, message by message */
#pragma once

#include "soap.h"
#include "turnus-plugin.h"

/* The answer about one thing that was asked for, in the order in which they were asked. */
typedef struct
{
  const xmlNode *node; /* borrowed of the reply */
  gboolean is_good;
  char *code; /* (owned) (nullable) ResponseCode */
} EwsMessage;

typedef struct
{
  SoapAnswer *soap;    /* (owned) */
  GPtrArray *messages; /* (owned) (element-type EwsMessage) */
} EwsReply;

/* How long the server wants to be left in peace. */
typedef struct
{
  gboolean is_wanted;
  gint64 after_s; /* -1: it did not say */
} EwsPatience;

EwsReply *ews_reply_read (const TurnusResponse *response, const char *operation, const char *wish,
                          EwsPatience *patience, GError **error);
void ews_reply_free (EwsReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EwsReply, ews_reply_free)

const EwsMessage *ews_reply_get_only (const EwsReply *reply, const char *wish, GError **error);
const xmlNode *ews_reply_find_item (const EwsMessage *message);
