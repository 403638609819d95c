/* tests/control/parlour.h — a town with a control socket, and somebody who speaks to it */
#pragma once

#include "control/service.h"
#include "sync/town.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct
{
  Town *town;              /* (owned) */
  char *socket;            /* (owned) */
  TnService *service;      /* (owned) (nullable) */
  GDBusConnection *client; /* (owned) */
  gboolean refuses;        /* the door lets nobody speak */
} Parlour;

Parlour *parlour_new (const char *common);
void parlour_free (Parlour *parlour);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Parlour, parlour_free)

GDBusConnection *parlour_connect (const char *socket, GError **error);
GAsyncResult **parlour_start (Parlour *parlour, const char *method, GVariant *arguments);
JsonNode *parlour_finish (Parlour *parlour, GAsyncResult **slot, char **ret_problem);
JsonNode *parlour_ask (Parlour *parlour, const char *method, GVariant *arguments);
char *parlour_fail (Parlour *parlour, const char *method, GVariant *arguments);
GVariant *parlour_fields (const char *first, ...) G_GNUC_NULL_TERMINATED;
gboolean parlour_has (JsonNode *answer, const char *words);

G_END_DECLS
