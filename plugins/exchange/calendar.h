/* plugins/exchange/calendar.h — one opened calendar, and the protocol that it speaks */
#pragma once

#include "turnus-plugin.h"

/* What EWS and Graph each do in their own way: the slots of TurnusPlugin. */
typedef struct
{
  const char *name; /* as in the settings */
  /* Checks options and makes `account`; touches nothing outside. */
  gboolean (*open) (TurnusCalendar *calendar, GHashTable *options, GError **error);
  void (*close) (TurnusCalendar *calendar); /* frees `account` */
  guint32 (*get_caps) (TurnusCalendar *calendar);
  void (*list_async) (TurnusCalendar *calendar, const char *token, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data);
  TurnusListing *(*list_finish) (TurnusCalendar *calendar, GAsyncResult *result, GError **error);
  void (*load_async) (TurnusCalendar *calendar, const char *const *ids, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data);
  GPtrArray *(*load_finish) (TurnusCalendar *calendar, GAsyncResult *result, GError **error);
  void (*save_async) (TurnusCalendar *calendar, const char *id, const char *revision, GBytes *bytes,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  TurnusRef *(*save_finish) (TurnusCalendar *calendar, GAsyncResult *result, GError **error);
  void (*remove_async) (TurnusCalendar *calendar, const char *id, const char *revision,
                        GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data);
  gboolean (*remove_finish) (TurnusCalendar *calendar, GAsyncResult *result, GError **error);
  void (*discover_async) (TurnusCalendar *calendar, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data);
  GPtrArray *(*discover_finish) (TurnusCalendar *calendar, GAsyncResult *result, GError **error);
} ExProtocol;

struct _TurnusCalendar
{
  const TurnusHost *host; /* outlives us */
  gpointer host_data;
  const ExProtocol *protocol;
  gpointer account; /* (owned) the protocol's own */
  char *url;        /* (owned) of the settings, without a slash at its end */
  char *mailbox;    /* (owned) (nullable) address or id */
  char *folder;     /* (owned) (nullable) name or id of the calendar; NULL: the mailbox's own */
  char *zone;       /* (owned) IANA name: days begin at midnight there */
  char *binding;    /* (owned) (nullable) of the last listing */
};

extern const ExProtocol graph_protocol;
extern const ExProtocol ews_protocol;
