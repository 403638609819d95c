/* turnus-plugin.h — all that a plugin sees of turnus
 *
 * A plugin is a shared object with one exported symbol, `turnus_plugin`, which is data. It resolves
 * nothing from the program: what it needs it gets in the host table when a calendar is opened. It
 * may use GLib and GIO, on the thread that called it, and must never block that thread for 50 ms.
 *
 * A provider never decides: no merge, no deletion rule and no retry policy lives in a plugin. It
 * says what is there, and does what it is told under the precondition that it is given (design
 * section 9). A publisher carries what readers ask to the host, and what the host answers back: it
 * decides nothing either, and renders nothing.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TURNUS_PLUGIN_MAGIC 0x54524e53u /* TRNS */
#define TURNUS_PLUGIN_ABI 4u
/* Whose plugins are still taken, as providers: the tables only grew. */
#define TURNUS_PLUGIN_ABI_OLDEST 2u

#define TURNUS_ERROR (g_quark_from_static_string ("turnus-plugin-error"))

/* Named by what the caller will do; the host turns them into its own (same order as its codes). */
typedef enum
{
  TURNUS_ERROR_INVALID,   /* the settings are wrong: tell the user */
  TURNUS_ERROR_DENIED,    /* this calendar is read-only for us */
  TURNUS_ERROR_AUTH,      /* ask for a credential */
  TURNUS_ERROR_CONFLICT,  /* the precondition did not hold: load again, decide anew */
  TURNUS_ERROR_GONE,      /* the token, or the item, is no more */
  TURNUS_ERROR_TEMPORARY, /* later, maybe */
  TURNUS_ERROR_PROTOCOL,  /* the peer broke a rule */
  TURNUS_ERROR_LIMIT,     /* too big, too many */
  TURNUS_ERROR_FAILED
} TurnusError;

/* An item is a calendar resource: all components of one UID. Texts are NUL-terminated, ids are
 * compared byte by byte and never changed (hazard 35). */
typedef struct
{
  char *id;       /* where it is: a file name, an href, an item id */
  char *revision; /* what it is: differs whenever the content may differ */
} TurnusRef;

/* What a listing says. `complete`: every item of the calendar is in `changed` (when `full`), or
 * every change since the token is in `changed` and `removed` (when not). Anything that cuts a
 * listing short is an error of list_finish, never a shorter listing (promise 3). */
typedef struct
{
  gboolean full;      /* FALSE: only what changed since the token */
  GPtrArray *changed; /* (owned) (element-type TurnusRef) */
  GPtrArray *removed; /* (owned) (element-type utf8) ids; only when not full */
  char *token;        /* (owned) (nullable) for the next listing */
  char *binding;      /* (owned) (nullable) what marks the calendar as this one and no other; NULL:
                         not marked yet */
} TurnusListing;

/* One item as loaded. `bytes` is NULL when it was gone (then `error` is GONE) or could not be read;
 * one item's failure is no failure of the others. */
typedef struct
{
  char *id;
  char *revision;
  GBytes *bytes; /* iCalendar, exactly as stored */
  GError *error; /* (owned) (nullable) */
} TurnusLoaded;

typedef enum
{
  TURNUS_CAP_CONDITIONAL = 1 << 0, /* a write under a precondition is atomic */
  TURNUS_CAP_KEEPS_X = 1 << 1,     /* X- properties survive */
  TURNUS_CAP_STATUS = 1 << 2,      /* events have a STATUS */
  TURNUS_CAP_NO_MAIL = 1 << 3,     /* can write an event with attendees without mailing them */
  TURNUS_CAP_REVIVES = 1 << 4,     /* a deleted UID can be created again */
  TURNUS_CAP_LOCAL = 1 << 5,       /* two listings in a row are as good as two far apart */
  TURNUS_CAP_READ_ONLY = 1 << 6,   /* known to be read-only for us since the last listing */
  TURNUS_CAP_KEEPS_OWN = 1 << 7    /* since ABI 3: X-TURNUS- properties survive, others need not */
} TurnusCaps;

/* A request to the server of the calendar. The host adds what logs in, keeps to time and size
 * limits, follows no redirect, and refuses another origin than that of the calendar's `url`
 * (hazards 7, 75, 76). */
typedef struct
{
  const char *method;         /* GET, PUT, REPORT … */
  const char *url;            /* absolute */
  const char *const *headers; /* (nullable) name, value, name, value … NULL */
  GBytes *body;               /* (nullable) */
} TurnusRequest;

/* Any answer of the server, 401 and 503 as well: what it means is for the plugin to say. */
typedef struct
{
  guint status;
  char **headers; /* (owned) name in lower case, value, … NULL */
  GBytes *body;   /* (owned) whole, decompressed; never NULL */
} TurnusResponse;

/* What an account offers, found by `discover`. */
typedef struct
{
  char *url; /* (owned) what the settings are to name */
  char *name;
  gboolean read_only;
} TurnusPlace;

typedef enum
{
  TURNUS_STATUS_NONE,
  TURNUS_STATUS_TENTATIVE,
  TURNUS_STATUS_CONFIRMED,
  TURNUS_STATUS_CANCELLED
} TurnusStatus;

/* Since ABI 3. An event in plain terms, for calendars that are not iCalendar: what turnus reads and
 * writes of one. A plugin makes one with turnus_event_new(), which leaves room for fields to come.
 */
typedef struct
{
  gsize size;
  char *uid;
  char *summary;     /* never NULL, "" when there is none; likewise the two below */
  char *description; /* people's text, and ours below the line "--- turnus ---" */
  char *location;
  gboolean all_day;
  gint32 start_day; /* all-day: days since 1970-01-01, half-open */
  gint32 end_day;
  gint64 start_us; /* else: UTC microseconds since 1970, whole minutes */
  gint64 end_us;
  char *zone; /* IANA name, or "UTC"; NULL when all-day */
  TurnusStatus status;
  gboolean is_transparent; /* keeps nobody's time */
  gboolean is_private;     /* CLASS:PRIVATE or CONFIDENTIAL */
  /* (element-type utf8 utf8) X-TURNUS- properties: the rest of the name in small letters ("key",
   * "wrote", "placed", "ledger"), and the value as it stands, of letters and digits or UTF-8 */
  GHashTable *own;
  gboolean recurs;     /* read only: it has a rule, more dates, or exceptions */
  gboolean is_meeting; /* read only by the host; of an event that is read there: somebody invites */
  guint n_attendees;   /* likewise */
  gint64 changed_us;   /* UTC microseconds since 1970, of an event that is written; 0 unknown */
} TurnusEvent;

/* Since ABI 4. What a reader asks of the site. A publisher has judged the form of it already:
 * sizes, method, UTF-8. Lists are name, value, name, value … NULL. */
typedef struct
{
  gsize size;
  const char *method;         /* GET or POST; HEAD is handed over as GET */
  const char *path;           /* decoded, begins with a slash, without the folder of the site */
  const char *const *query;   /* (nullable) decoded */
  const char *const *form;    /* (nullable) decoded, of a POST */
  const char *const *headers; /* (nullable) names in small letters, each once */
  const char *peer;           /* the reader's address, as far as the publisher can know it */
} TurnusVisit;

/* Since ABI 4. The page that answers; made with turnus_web_page_new(), which leaves room for fields
 * to come. */
typedef struct
{
  gsize size;
  guint status;   /* of HTTP */
  char *type;     /* (nullable) media type, with its charset */
  GBytes *body;   /* (nullable) none */
  char *etag;     /* (nullable) strong, without quotes */
  char **headers; /* (nullable) name, value, name, value … NULL */
} TurnusWebPage;

/* What the host does for plugins. Fields beyond `size` are absent. */
typedef struct
{
  gsize size;
  gint64 (*now_us) (gpointer host); /* UTC microseconds since 1970 */
  void (*log_debug) (gpointer host, const char *text);
  /* Splits a calendar file into its items; (element-type TurnusLoaded), revision = hash of the
   * bytes. */
  GPtrArray *(*split_calendar) (gpointer host, GBytes *calendar, GError **error);
  /* The calendar file with item `uid` replaced, appended (when absent) or, `item` NULL, removed;
   * all other bytes stay. */
  GBytes *(*replace_in_calendar) (gpointer host, GBytes *calendar, const char *uid, GBytes *item,
                                  GError **error);
  char *(*hash) (gpointer host, GBytes *bytes); /* hexadecimal */
  /* Since ABI 2. The request is copied; several may be under way. Errors: TEMPORARY no answer, or
   * not a whole one: what the server did is unknown; AUTH no login can be had; PROTOCOL not HTTP,
   * or another origin; LIMIT an answer that is too big. */
  void (*send_async) (gpointer host, const TurnusRequest *request, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data);
  TurnusResponse *(*send_finish) (gpointer host, GAsyncResult *result, GError **error);
  /* Since ABI 3. iCalendar bytes of one item as a plain event. `zone` is that of times that name
   * none. Errors: INVALID, LIMIT. */
  TurnusEvent *(*read_event) (gpointer host, GBytes *bytes, const char *zone, GError **error);
  /* The item as iCalendar: the same event gives the same bytes. Of guests it says how many there
   * are. Errors: INVALID: no uid, a zone that is unknown, an end before the start, an event that
   * recurs. */
  GBytes *(*write_event) (gpointer host, const TurnusEvent *event, GError **error);
  /* The server asked for patience in a way that HTTP does not show: a part of a batch that was
   * refused with 429, a fault with a back-off hint. `after_s` -1: it did not say how long. Until
   * then nothing is sent (TEMPORARY). */
  void (*be_patient) (gpointer host, gint64 after_s);
  /* Since ABI 4, for publishers. The visit is copied; several may be under way. Errors: TEMPORARY
   * the site is closing or too busy; FAILED what it could not make. */
  void (*answer_async) (gpointer host, const TurnusVisit *visit, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data);
  TurnusWebPage *(*answer_finish) (gpointer host, GAsyncResult *result, GError **error);
  /* Since ABI 4. As long as it is the same, a page without a cookie, an identity and `no-store` is
   * the same to the byte: what was answered need not be asked for again. */
  guint64 (*get_site_version) (gpointer host);
} TurnusHost;

/* What a calendar is opened with. */
typedef struct
{
  gsize size;
  const TurnusHost *host; /* outlives the calendar */
  gpointer host_data;     /* first argument of the host's functions */
  const char *calendar;   /* id, for messages */
  GHashTable *options; /* (element-type utf8 utf8) the calendar's settings beside the common ones */
  const char *base_dir; /* relative paths in options start here */
  const char *binding;  /* (nullable) what the last listing was bound to; NULL: never bound */
} TurnusOpen;

/* Since ABI 4. What a publisher is opened with. */
typedef struct
{
  gsize size;
  const TurnusHost *host; /* outlives the publication */
  gpointer host_data;     /* first argument of the host's functions */
  const char *publisher;  /* id, for messages */
  const char *url;        /* public address of the site; its path is the folder of the site */
  GHashTable *options;    /* (element-type utf8 utf8) the publisher's settings */
  const char *base_dir;   /* relative paths in options start here */
} TurnusPublish;

typedef struct _TurnusCalendar TurnusCalendar;       /* the plugin's own */
typedef struct _TurnusPublication TurnusPublication; /* the plugin's own */

typedef void (*TurnusChanged) (gpointer user_data);

/* An option of a plugin, for checks and the manual. */
typedef struct
{
  const char *name;
  gboolean required;
  const char *help;
} TurnusOption;

/* Since ABI 4. What a plugin is for. */
typedef enum
{
  TURNUS_ROLE_PROVIDER, /* speaks to one kind of calendar */
  TURNUS_ROLE_PUBLISHER /* only shows */
} TurnusRole;

typedef enum
{
  TURNUS_COUNT_ANSWERED,  /* pages that the host made */
  TURNUS_COUNT_UNCHANGED, /* answered without the host: the reader had the page already */
  TURNUS_COUNT_REFUSED,   /* requests that never reached the host */
  TURNUS_COUNT_BUSY,      /* connections and requests that were turned away for their number */
  TURNUS_COUNT_OPEN,      /* connections now */
  TURNUS_N_COUNTS
} TurnusCount;

/* Since ABI 4. The functions of a publisher. */
typedef struct
{
  gsize size;
  /* Checks options and listens. Errors: INVALID the options are wrong; FAILED the address cannot be
   * had. */
  TurnusPublication *(*open) (const TurnusPublish *open, GError **error);
  /* Takes nobody in any more, and is done when all that is under way has been answered or took too
   * long. Nothing but close() is called after it. */
  void (*stop_async) (TurnusPublication *publication, GAsyncReadyCallback callback,
                      gpointer user_data);
  gboolean (*stop_finish) (TurnusPublication *publication, GAsyncResult *result, GError **error);
  void (*close) (TurnusPublication *publication); /* at once, whatever is under way */
  guint64 (*get_count) (TurnusPublication *publication,
                        TurnusCount count); /* since it was opened */
} TurnusPublisher;

typedef struct
{
  guint32 magic; /* TURNUS_PLUGIN_MAGIC */
  guint32 abi;   /* TURNUS_PLUGIN_ABI; read before any code of the plugin runs */
  gsize size;    /* sizeof (TurnusPlugin); fields after it are absent, not garbage */
  const char *name;
  const TurnusOption *options; /* ended by a NULL name */

  /* Checks options; touches nothing outside. */
  TurnusCalendar *(*open) (const TurnusOpen *open, GError **error);
  void (*close) (TurnusCalendar *calendar);
  guint32 (*get_caps) (TurnusCalendar *calendar); /* TurnusCaps */

  /* `token`: (nullable) of the last listing. Errors: GONE when the token is not known any more. */
  void (*list_async) (TurnusCalendar *calendar, const char *token, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data);
  TurnusListing *(*list_finish) (TurnusCalendar *calendar, GAsyncResult *result, GError **error);

  /* `ids`: NULL-terminated, copied. Answers (element-type TurnusLoaded), one for each id. */
  void (*load_async) (TurnusCalendar *calendar, const char *const *ids, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data);
  GPtrArray *(*load_finish) (TurnusCalendar *calendar, GAsyncResult *result, GError **error);

  /* `revision` NULL: create, must not exist (CONFLICT when it does); else the item must still have
   * it. For a new item `id` is a proposal made of [A-Za-z0-9._-]; the answer says where it is now.
   * Errors: CONFLICT, GONE (the item to be changed is not there), LIMIT, DENIED, TEMPORARY …; after
   * TEMPORARY or PROTOCOL the outcome is unknown. */
  void (*save_async) (TurnusCalendar *calendar, const char *id, const char *revision, GBytes *bytes,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  TurnusRef *(*save_finish) (TurnusCalendar *calendar, GAsyncResult *result, GError **error);

  /* Errors: CONFLICT when it is not `revision` any more; GONE when it is not there. */
  void (*remove_async) (TurnusCalendar *calendar, const char *id, const char *revision,
                        GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data);
  gboolean (*remove_finish) (TurnusCalendar *calendar, GAsyncResult *result, GError **error);

  /* (nullable) Calls `changed` when something may have changed; until closed or watched with NULL.
   */
  void (*watch) (TurnusCalendar *calendar, TurnusChanged changed, gpointer user_data);

  /* (nullable) Since ABI 2. The calendars that the account behind the calendar's `url` offers:
   * (element-type TurnusPlace). Writes nothing. */
  void (*discover_async) (TurnusCalendar *calendar, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data);
  GPtrArray *(*discover_finish) (TurnusCalendar *calendar, GAsyncResult *result, GError **error);

  /* Since ABI 4. */
  guint32 role;                     /* TurnusRole */
  const TurnusPublisher *publisher; /* (nullable) of a publisher, which leaves out all functions
                                       above */
} TurnusPlugin;

/* The helpers that the types above need on both sides; static inline, so that nothing is resolved.
 */
static inline TurnusRef *
turnus_ref_new (const char *id, const char *revision)
{
  TurnusRef *ref = g_new0 (TurnusRef, 1);
  ref->id = g_strdup (id);
  ref->revision = g_strdup (revision);
  return ref;
}

static inline void
turnus_ref_free (TurnusRef *ref)
{
  if (ref == NULL)
    return;
  g_free (ref->id);
  g_free (ref->revision);
  g_free (ref);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TurnusRef, turnus_ref_free)

static inline TurnusListing *
turnus_listing_new (gboolean full)
{
  TurnusListing *listing = g_new0 (TurnusListing, 1);
  listing->full = full;
  listing->changed = g_ptr_array_new_with_free_func ((GDestroyNotify) turnus_ref_free);
  listing->removed = g_ptr_array_new_with_free_func (g_free);
  return listing;
}

static inline void
turnus_listing_free (TurnusListing *listing)
{
  if (listing == NULL)
    return;
  g_clear_pointer (&listing->changed, g_ptr_array_unref);
  g_clear_pointer (&listing->removed, g_ptr_array_unref);
  g_free (listing->token);
  g_free (listing->binding);
  g_free (listing);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TurnusListing, turnus_listing_free)

static inline void
turnus_response_free (TurnusResponse *response)
{
  if (response == NULL)
    return;
  g_strfreev (response->headers);
  g_clear_pointer (&response->body, g_bytes_unref);
  g_free (response);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TurnusResponse, turnus_response_free)

static inline void
turnus_place_free (TurnusPlace *place)
{
  if (place == NULL)
    return;
  g_free (place->url);
  g_free (place->name);
  g_free (place);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TurnusPlace, turnus_place_free)

static inline TurnusEvent *
turnus_event_new (const char *uid)
{
  TurnusEvent *event = g_new0 (TurnusEvent, 1);
  event->size = sizeof *event;
  event->uid = g_strdup (uid);
  event->summary = g_strdup ("");
  event->description = g_strdup ("");
  event->location = g_strdup ("");
  event->own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return event;
}

static inline void
turnus_event_free (TurnusEvent *event)
{
  if (event == NULL)
    return;
  g_free (event->uid);
  g_free (event->summary);
  g_free (event->description);
  g_free (event->location);
  g_free (event->zone);
  g_clear_pointer (&event->own, g_hash_table_unref);
  g_free (event);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TurnusEvent, turnus_event_free)

static inline TurnusWebPage *
turnus_web_page_new (guint status, const char *type, GBytes *body)
{
  TurnusWebPage *page = g_new0 (TurnusWebPage, 1);
  page->size = sizeof *page;
  page->status = status;
  page->type = g_strdup (type);
  page->body = body != NULL ? g_bytes_ref (body) : NULL;
  return page;
}

static inline void
turnus_web_page_free (TurnusWebPage *page)
{
  if (page == NULL)
    return;
  g_free (page->type);
  g_clear_pointer (&page->body, g_bytes_unref);
  g_free (page->etag);
  g_strfreev (page->headers);
  g_free (page);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TurnusWebPage, turnus_web_page_free)

static inline TurnusLoaded *
turnus_loaded_new (const char *id, const char *revision, GBytes *bytes)
{
  TurnusLoaded *loaded = g_new0 (TurnusLoaded, 1);
  loaded->id = g_strdup (id);
  loaded->revision = g_strdup (revision);
  loaded->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  return loaded;
}

static inline void
turnus_loaded_free (TurnusLoaded *loaded)
{
  if (loaded == NULL)
    return;
  g_free (loaded->id);
  g_free (loaded->revision);
  g_clear_pointer (&loaded->bytes, g_bytes_unref);
  g_clear_error (&loaded->error);
  g_free (loaded);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TurnusLoaded, turnus_loaded_free)

G_END_DECLS
