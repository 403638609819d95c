/* The entry: a visit goes by the table of routes to the page that answers it. Before that it is
 * found out for whom the reader speaks, and whether there were too many visits of that kind. */
#include "site/website.h"

#include <string.h>

#include "base/encode.h"
#include "base/text.h"
#include "control/addresses.h"
#include "model/catalogue.h"
#include "site/bucket.h"
#include "site/calendar-file.h"
#include "site/claim-page.h"
#include "site/council-page.h"
#include "site/deadlines-page.h"
#include "site/decision-page.h"
#include "site/entrance.h"
#include "site/event-page.h"
#include "site/frame.h"
#include "site/health-page.h"
#include "site/hosts-page.h"
#include "site/outcome-page.h"
#include "site/overview-page.h"
#include "site/programme-page.h"
#include "site/proposal-page.h"
#include "site/sign-in-page.h"
#include "site/speaker.h"
#include "site/style.h"
#include "site/subscribe-page.h"
#include "site/wheel-page.h"

/* Of one address. What guesses at links or floods mailboxes is slow; people are not. */
static const TnBucketSize POSTS = { 30, 20 };
static const TnBucketSize SIGN_INS = { 5, 180 };
/* Of one council, from wherever. */
static const TnBucketSize COUNCIL_POSTS = { 60, 30 };
static const TnBucketSize COUNCIL_LETTERS = { 3, 600 };

struct _TnWebsite
{
  TnDesk *desk;         /* (owned) */
  TnPremises *premises; /* (owned) */
  TnWebsiteMail mail;   /* (nullable) */
  gpointer mail_data;
  TnBuckets *buckets; /* (owned) */
  GCancellable *stop; /* (owned) */
  char *seal_key;     /* (owned) of this run */
};

typedef enum
{
  OF_COLLABORATION = 1 << 0, /* below `c/<id>/` */
  TAKES_REST = 1 << 1,       /* what stands behind it is the page's to read */
  SETTLED = 1 << 2,          /* follows from the plan alone: need not be made for who has it */
  TAKES_FORM = 1 << 3,       /* can be POSTed to */
  DECIDES = 1 << 4,          /* there only where people may decide on pages */
  SPEAKS = 1 << 5            /* only for those who speak for a council */
} RouteFlags;

typedef struct
{
  const char *path;
  guint flags;
  TnWebPage *(*show) (TnReader *reader);
  void (*begin) (TnReader *reader); /* instead: owns the reader, answers later */
} Route;

static TnWebPage *
show_style (TnReader *reader)
{
  return tn_style_make ();
}

/* Nothing here is for search engines. */
static TnWebPage *
show_robots (TnReader *reader)
{
  static const char text[] = "User-agent: *\nDisallow: /\n";
  return tn_web_page_new (200, "text/plain; charset=utf-8",
                          g_bytes_new_static (text, strlen (text)));
}

static const Route ROUTES[] = {
  { "", SETTLED, tn_overview_page_show, NULL },
  { "", OF_COLLABORATION | SETTLED, tn_overview_page_show, NULL },
  { "wheel", OF_COLLABORATION | SETTLED, tn_wheel_page_show, NULL },
  { "programme", OF_COLLABORATION | SETTLED, tn_programme_page_show, NULL },
  { "hosts", OF_COLLABORATION | SETTLED, tn_hosts_page_show, NULL },
  { "deadlines", OF_COLLABORATION | SETTLED, tn_deadlines_page_show, NULL },
  { "subscribe", OF_COLLABORATION | SETTLED, tn_subscribe_page_show, NULL },
  { "event", TAKES_REST, tn_event_page_show, NULL },
  { "health", 0, tn_health_page_show, NULL },
  { "ics", TAKES_REST, tn_calendar_file_show, NULL },
  { "s", TAKES_REST, tn_calendar_file_show_secret, NULL },
  { "style.css", 0, show_style, NULL },
  { "robots.txt", 0, show_robots, NULL },
  { "sign-in", DECIDES | TAKES_FORM, tn_sign_in_page_show, NULL },
  { "sign-out", DECIDES | TAKES_FORM, tn_sign_in_page_sign_out, NULL },
  { "link", DECIDES | TAKES_REST | TAKES_FORM, tn_sign_in_page_show_link, NULL },
  { "decide", DECIDES | SPEAKS, tn_council_page_show, NULL },
  { "decide", DECIDES | SPEAKS | TAKES_REST | TAKES_FORM, tn_decision_page_show, NULL },
  { "proposal", DECIDES | SPEAKS | TAKES_REST | TAKES_FORM, NULL, tn_proposal_page_begin },
  { "claim", DECIDES | SPEAKS | TAKES_FORM, NULL, tn_claim_page_begin },
  { "done", DECIDES | SPEAKS | TAKES_REST, tn_outcome_page_show, NULL },
};

/**
 * tn_website_new:
 * @premises: (transfer full)
 * @mail: (nullable): %NULL: nobody can be mailed a link
 *
 * Returns: (transfer full): answering
 */
TnWebsite *
tn_website_new (TnDesk *desk, TnPremises *premises, TnWebsiteMail mail, gpointer mail_data)
{
  TnWebsite *website = g_new0 (TnWebsite, 1);
  website->desk = g_object_ref (desk);
  website->premises = premises;
  website->mail = mail;
  website->mail_data = mail_data;
  website->buckets = tn_buckets_new ();
  website->stop = g_cancellable_new ();
  website->seal_key = tn_entrance_dup_random ();
  return website;
}

void
tn_website_free (TnWebsite *website)
{
  if (website == NULL)
    return;
  g_cancellable_cancel (website->stop);
  g_object_unref (website->stop);
  g_object_unref (website->desk);
  tn_premises_unref (website->premises);
  tn_buckets_free (website->buckets);
  g_free (website->seal_key);
  g_free (website);
}

/**
 * tn_website_set_desk:
 *
 * From now on the pages are about @desk: the settings were read anew.
 */
void
tn_website_set_desk (TnWebsite *website, TnDesk *desk)
{
  g_set_object (&website->desk, desk);
}

/**
 * tn_website_get_version:
 *
 * Returns: as long as it is the same, so is every page without `no-store` and without a session
 */
guint64
tn_website_get_version (TnWebsite *website)
{
  TnBook *book = tn_desk_get_book (website->desk);
  tn_book_get_plan (book); /* another day raises the version */
  return tn_book_get_version (book);
}

static char *
make_link (TnWebsite *website, TnBatch *batch, const char *council, const char *path,
           gint64 lasts_s)
{
  g_autofree char *token
      = tn_entrance_invite (tn_desk_get_book (website->desk), batch, council, path, lasts_s);
  g_autofree char *link = g_strconcat ("link/", token, NULL);
  return tn_premises_dup_address (website->premises, link);
}

/**
 * tn_website_invite:
 * @batch: with the letter that asks for an answer
 * @council: id of the one that the letter goes to
 * @proposal: id
 *
 * Returns: (transfer full) (nullable): the address of a link that is good once, and leads @council
 *   to the proposal; %NULL where nobody decides on pages
 */
char *
tn_website_invite (TnWebsite *website, TnBatch *batch, const char *council, const char *proposal)
{
  g_autofree char *path = g_strconcat ("proposal/", proposal, NULL);
  return website->premises->decides
             ? make_link (website, batch, council, path, TN_ENTRANCE_INVITATION_S)
             : NULL;
}

static gboolean
take_one (TnWebsite *website, const char *kind, const char *who, TnBucketSize size,
          guint *ret_wait_s)
{
  TnClock *clock = tn_book_get_clock (tn_desk_get_book (website->desk));
  g_autofree char *name = g_strdup_printf ("%s %s", kind, who);
  return tn_buckets_take (website->buckets, name, size, tn_clock_monotonic_us (clock), ret_wait_s);
}

/**
 * tn_website_mail_link:
 *
 * Mails a link to @council, if it has a mailbox and got not too many of late. Whoever asks is not
 * told: the page always says the same.
 *
 * Returns: %TRUE when that went well, also when there was nothing to do
 */
gboolean
tn_website_mail_link (TnWebsite *website, const char *council, const char *path, GError **error)
{
  guint wait_s = 0;
  if (website->mail == NULL || !take_one (website, "letter", council, COUNCIL_LETTERS, &wait_s))
    return TRUE;
  g_autoptr (TnBatch) batch = tn_batch_new ();
  g_autofree char *url = make_link (website, batch, council, path, TN_ENTRANCE_LINK_S);
  TnStore *store = tn_book_get_store (tn_desk_get_book (website->desk));
  return website->mail (website->mail_data, batch, council, url, error)
         && tn_store_commit (store, batch, error);
}

/* `/p/<token>/…`: the reader stays below it. */
static gboolean
enter_secret (TnReader *reader)
{
  g_auto (GStrv) parts = g_strsplit (reader->visit->path, "/", 4);
  if (g_strv_length (parts) != 4 || strcmp (parts[1], "p") != 0)
    return FALSE;
  g_autoptr (TnPeephole) address = tn_addresses_find (tn_reader_get_store (reader), parts[2], NULL);
  if (address == NULL || strcmp (address->target, TN_ADDRESS_PAGES) != 0)
    return FALSE;
  g_autofree char *below = g_strconcat ("/", parts[3], NULL);
  g_free (reader->folder);
  reader->folder = g_strconcat (reader->premises->folder, "p/", parts[2], "/", NULL);
  tn_text_set (&reader->visit->path, below);
  return TRUE;
}

/* Where all is secret, a mailed link and a subscription are, too, and whoever speaks for a council
 * came by one. */
static gboolean
may_enter (TnReader *reader)
{
  const char *path = reader->visit->path;
  return *path == '/'
         && (enter_secret (reader) || !reader->premises->is_secret || reader->council != NULL
             || g_str_has_prefix (path, "/link/") || g_str_has_prefix (path, "/s/")
             || strcmp (path, "/style.css") == 0 || strcmp (path, "/robots.txt") == 0);
}

static gboolean
is_route (const Route *route, const char *path, const char **ret_rest)
{
  gsize n = strlen (route->path);
  if ((route->flags & TAKES_REST) == 0)
    return strcmp (route->path, path) == 0;
  if (strncmp (path, route->path, n) != 0 || path[n] != '/' || path[n + 1] == '\0')
    return FALSE;
  *ret_rest = path + n + 1;
  return TRUE;
}

/* `c/7by/hosts` is the page `hosts` of 7by. */
static const Route *
find_route (TnReader *reader, const char *path)
{
  gboolean is_below = g_str_has_prefix (path, "c/");
  g_auto (GStrv) parts = g_strsplit (path, "/", 3);
  if (is_below && !tn_reader_choose (reader, parts[1]))
    return NULL;
  const char *name = path;
  if (is_below)
    name = parts[2] != NULL ? path + strlen ("c/") + strlen (parts[1]) + 1 : "";
  for (guint i = 0; i < G_N_ELEMENTS (ROUTES); i++)
    {
      const Route *route = &ROUTES[i];
      if (((route->flags & OF_COLLABORATION) != 0) == is_below
          && ((route->flags & DECIDES) == 0 || reader->premises->decides)
          && is_route (route, name, &reader->rest))
        return route;
    }
  return NULL;
}

static TnWebPage *
refuse_method (const TnReader *reader)
{
  TnWebPage *page = tn_frame_make_notice (
      reader, 405, tn_say (reader->language, N_ ("This page takes no forms")),
      tn_say (reader->language, N_ ("Nothing was changed. Open the page again from the menu.")));
  tn_web_page_add_header (page, "Allow", "GET, HEAD");
  return page;
}

static TnWebPage *
refuse_flood (const TnReader *reader, guint wait_s)
{
  g_autofree char *wait = g_strdup_printf ("%u", wait_s);
  guint minutes = (wait_s + 59) / 60;
  g_autofree char *text = g_strdup_printf (
      tn_say_count (reader->language,
                    N_ ("There were too many requests from where you are. Nothing was changed. Try "
                        "again in %u minute."),
                    N_ ("There were too many requests from where you are. Nothing was changed. Try "
                        "again in %u minutes."),
                    minutes),
      minutes);
  TnWebPage *page = tn_frame_make_notice (reader, 429,
                                          tn_say (reader->language, N_ ("Too many at once")), text);
  tn_web_page_add_header (page, "Retry-After", wait);
  return page;
}

static TnWebPage *
refuse_stranger (const TnReader *reader)
{
  g_autofree char *path = g_strconcat ("sign-in?to=", reader->visit->path + 1, NULL);
  return tn_frame_redirect (reader, path);
}

/* A browser says where a form comes from; one of another site is no reader's wish (Fetch Metadata).
 */
static gboolean
is_from_elsewhere (const TnVisit *visit)
{
  const char *site = g_hash_table_lookup (visit->headers, "sec-fetch-site");
  return site != NULL && strcmp (site, "same-origin") != 0 && strcmp (site, "none") != 0;
}

/* Returns: (transfer full) (nullable): what stops the visit before the page is asked */
static TnWebPage *
stop_visit (TnReader *reader, const Route *route)
{
  guint wait_s = 0;
  if (route == NULL)
    return tn_frame_make_missing (reader);
  if (!tn_reader_is_post (reader))
    return (route->flags & SPEAKS) != 0 && reader->council == NULL ? refuse_stranger (reader)
                                                                   : NULL;
  if ((route->flags & TAKES_FORM) == 0 || is_from_elsewhere (reader->visit))
    return refuse_method (reader);
  gboolean is_sign_in = strcmp (route->path, "sign-in") == 0;
  if (!take_one (reader->website, is_sign_in ? "sign-in" : "post", reader->visit->peer,
                 is_sign_in ? SIGN_INS : POSTS, &wait_s)
      || (reader->council != NULL
          && !take_one (reader->website, "council", reader->council, COUNCIL_POSTS, &wait_s)))
    return refuse_flood (reader, wait_s);
  if ((route->flags & SPEAKS) != 0 && reader->council == NULL)
    return refuse_stranger (reader);
  return NULL;
}

/* Of this run of the program: another one may write the same plan in other words. */
static char *
dup_etag (const TnReader *reader)
{
  const char *year = tn_reader_get_query (reader, "year");
  g_autofree char *text
      = g_strdup_printf ("%s\n%" G_GUINT64_FORMAT "\n%d\n%s\n%s", reader->seal_key,
                         tn_website_get_version (reader->website), tn_plan_get_today (reader->plan),
                         reader->visit->path, year != NULL ? year : "");
  char *hash = tn_encode_sha256 (text, -1);
  hash[24] = '\0';
  return hash;
}

static TnWebPage *
show_settled (TnReader *reader, const Route *route)
{
  g_autofree char *etag = dup_etag (reader);
  TnWebPage *page = tn_reader_knows (reader, etag)
                        ? tn_web_page_new (304, "text/html; charset=utf-8", NULL)
                        : route->show (reader);
  g_free (page->etag);
  page->etag = g_steal_pointer (&etag);
  tn_web_page_add_header (page, "Cache-Control", "no-cache");
  return page;
}

static void
answer (TnReader *reader, const Route *route)
{
  g_autoptr (TnReader) owned = reader;
  TnWebPage *page = stop_visit (reader, route);
  if (page == NULL && route->begin != NULL)
    {
      route->begin (g_steal_pointer (&owned));
      return;
    }
  if (page == NULL)
    page = (route->flags & SETTLED) != 0 && reader->council == NULL ? show_settled (reader, route)
                                                                    : route->show (reader);
  tn_reader_answer (reader, page);
}

/**
 * tn_website_answer_async:
 * @visit: (transfer full): its path is without the folder of the site's address
 *
 * Errors: none that a reader makes: these are pages, too.
 */
void
tn_website_answer_async (TnWebsite *website, TnVisit *visit, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  TnReader *reader = tn_reader_new (website, website->desk, website->premises, visit);
  reader->task = g_task_new (NULL, cancellable, callback, user_data);
  reader->stop = g_object_ref (website->stop);
  reader->seal_key = g_strdup (website->seal_key);
  g_task_set_source_tag (reader->task, tn_website_answer_async);
  g_task_set_check_cancellable (reader->task, FALSE);
  tn_speaker_find (reader);
  if (!may_enter (reader))
    {
      tn_reader_answer (reader, tn_web_page_new (404, "text/plain; charset=utf-8",
                                                 g_bytes_new_static ("Not found\n", 10)));
      tn_reader_free (reader);
      return;
    }
  answer (reader, find_route (reader, visit->path + 1));
}

/**
 * tn_website_answer_finish:
 *
 * Returns: (transfer full) (nullable)
 */
TnWebPage *
tn_website_answer_finish (TnWebsite *website, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
