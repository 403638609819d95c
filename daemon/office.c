/* An office is all that the daemon has of one council; offices share the main loop and nothing
 * else, so that what is wrong with one of them stays there. Whoever holds the store holds the lock
 * of the state: the control socket is made only after the store is open, and gone before it is
 * closed. */
#include "office.h"

#include "base/error.h"
#include "base/log.h"
#include "base/text.h"
#include "charter/charter.h"
#include "charter/settings.h"
#include "control/service.h"
#include "notice/post.h"
#include "provider/loader.h"
#include "site/press.h"
#include "site/website.h"

struct _TnOffice
{
  TnStore *store;       /* (owned) */
  TnBook *book;         /* (owned) */
  TnWitness *witness;   /* (owned) (nullable) when it cannot be had */
  TnLoader *loader;     /* (owned) */
  TnDesk *desk;         /* (owned) */
  TnService *service;   /* (owned) (nullable) until it starts */
  TnPress *press;       /* (owned) (nullable) what readers are shown, once it started */
  TnPost *post;         /* (owned) (nullable) letters; of the desk that is there now */
  TnWebsite *counter;   /* (unowned) (nullable) the site on which people decide; of `press` */
  const TnPulse *pulse; /* (unowned) (nullable) until it starts */
  const char *plugins;  /* (unowned) (nullable) instead of the settings' folder */
  TnReading next;       /* new settings that take over as soon as the desk stands still */
  TnOfficeDone done;    /* whom to tell then */
  gpointer done_data;
};

/**
 * tn_reading_load:
 * @reading: (out): untouched on failure
 * @settings: of one council
 *
 * Reads charters and holidays, and checks settings and charters against each other.
 *
 * Errors: everything that is wrong with them.
 */
gboolean
tn_reading_load (TnReading *reading, const TnSettings *settings, GError **error)
{
  g_autoptr (GPtrArray) files = tn_charter_load_files ((const char *const *) settings->charters,
                                                       settings->holiday_folder, error);
  if (files == NULL || !tn_charter_load_busy (files, (const char *const *) settings->busy, error))
    return FALSE;
  g_autoptr (TnRulebook) rulebook = tn_charter_read (files, error);
  if (rulebook == NULL || !tn_settings_check (settings, rulebook, error))
    return FALSE;
  reading->settings = tn_settings_ref (settings);
  reading->files = g_steal_pointer (&files);
  return TRUE;
}

void
tn_reading_clear (TnReading *reading)
{
  g_clear_pointer (&reading->settings, tn_settings_unref);
  g_clear_pointer (&reading->files, g_ptr_array_unref);
}

/* Design section 3. What the store says is shown by `status`, and survives what the witness
 * forgets. */
static gboolean
check_crashes (TnOffice *office, const TnCalendar *calendar, GError **error)
{
  TnStint *stint
      = office->witness != NULL ? tn_witness_get_stint (office->witness, calendar->id) : NULL;
  g_autoptr (TnCalendarState) state = tn_store_load_calendar (office->store, calendar->id, error);
  if (state == NULL)
    return FALSE;
  if (stint != NULL && state->hold == TN_HOLD_PLUGIN && state->is_approved)
    tn_stint_pardon (stint);
  if (stint == NULL || !tn_stint_is_suspect (stint))
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_FAILED,
               "the plugin %s was at work for it when the daemon crashed, three times within ten "
               "minutes; look at the journal, then turnusctl approve %s tries it again",
               calendar->provider, calendar->id);
  g_autoptr (TnBatch) batch = tn_batch_new ();
  state->hold = TN_HOLD_PLUGIN;
  tn_text_set (&state->hold_text, (*error)->message);
  tn_batch_put_calendar (batch, state);
  if (!tn_store_commit (office->store, batch, NULL))
    tn_log_warning (NULL, calendar->id, "cannot remember that it is on hold");
  return FALSE;
}

static TnProvider *
open_calendar (gpointer user_data, const TnCalendar *calendar, const char *binding, GError **error)
{
  TnOffice *office = user_data;
  const TnSettings *settings = tn_book_get_settings (office->book);
  g_autoptr (TnClient) client = NULL;
  if (!check_crashes (office, calendar, error))
    return NULL;
  if (calendar->account != NULL)
    {
      TnClock *clock = tn_book_get_clock (office->book);
      client = tn_client_new (calendar->account, clock, settings->state, NULL, error);
      if (client == NULL)
        return NULL;
    }
  return tn_loader_open (office->loader, calendar->provider, calendar->id, calendar->options,
                         settings->base_dir, binding, client, error);
}

/* The calendars of the book's settings, opened. */
static void
open_desk (TnOffice *office)
{
  const TnSettings *settings = tn_book_get_settings (office->book);
  const char *folder = office->plugins != NULL ? office->plugins : settings->plugins;
  g_autoptr (TnLoader) old = g_steal_pointer (&office->loader);
  g_clear_object (&office->desk); /* before what it was opened with */
  office->loader = tn_loader_new (folder, tn_book_get_clock (office->book));
  tn_loader_set_witness (office->loader, office->witness);
  office->desk = tn_desk_new (office->book, open_calendar, office);
}

/* Without it all works as well, but for what it is there for. */
static TnWitness *
open_witness (TnBook *book)
{
  g_autoptr (GError) error = NULL;
  TnWitness *witness
      = tn_witness_open (tn_book_get_settings (book)->state, tn_book_get_clock (book), &error);
  if (witness == NULL)
    tn_log_warning (NULL, NULL, "%s", error->message);
  return witness;
}

/**
 * tn_office_open:
 * @plugins: (nullable): folder instead of the settings'; kept by the caller as long as the office
 *
 * Opens store, book and calendars of one council; nothing runs yet.
 *
 * Errors: the store's, when another daemon holds it or it cannot be read.
 * Returns: (transfer full) (nullable)
 */
TnOffice *
tn_office_open (const TnReading *reading, TnClock *clock, const char *plugins, GError **error)
{
  g_autoptr (TnStore) store = tn_store_open_sqlite (reading->settings->state, error);
  if (store == NULL)
    return NULL;
  g_autoptr (TnBook) book
      = tn_book_open (store, clock, reading->settings, tn_charter_read, reading->files, error);
  if (book == NULL)
    return NULL;
  TnOffice *office = g_new0 (TnOffice, 1);
  office->plugins = plugins;
  office->store = g_steal_pointer (&store);
  office->book = g_steal_pointer (&book);
  office->witness = open_witness (office->book);
  open_desk (office);
  return office;
}

static void
close_post (TnOffice *office)
{
  if (office->service != NULL)
    tn_service_set_post (office->service, NULL);
  g_clear_pointer (&office->post, tn_post_close);
}

static void
close_counters (TnOffice *office)
{
  close_post (office);
  office->counter = NULL;
  g_clear_pointer (&office->press, tn_press_close);
}

void
tn_office_free (TnOffice *office)
{
  if (office == NULL)
    return;
  close_counters (office);
  tn_service_close (office->service);
  g_clear_object (&office->desk);
  tn_loader_free (office->loader);
  tn_witness_close (office->witness);
  g_object_unref (office->book);
  g_object_unref (office->store);
  tn_reading_clear (&office->next);
  g_free (office);
}

TnBook *
tn_office_get_book (TnOffice *office)
{
  return office->book;
}

TnDesk *
tn_office_get_desk (TnOffice *office)
{
  return office->desk;
}

const TnSettings *
tn_office_get_settings (TnOffice *office)
{
  return tn_book_get_settings (office->book);
}

/* The letter in which a council gets its link. */
static gboolean
mail_link (gpointer user_data, TnBatch *batch, const char *council, const char *url, GError **error)
{
  TnOffice *office = user_data;
  if (office->post != NULL)
    return tn_post_put_ticket (office->post, batch, council, url, error);
  g_set_error (error, TN_ERROR, TN_ERROR_TEMPORARY, "no letters are sent while the daemon stops");
  return FALSE;
}

/* The link in a letter that asks for an answer. */
static char *
make_link (gpointer user_data, TnBatch *batch, const char *council, const char *proposal)
{
  TnOffice *office = user_data;
  return office->counter != NULL ? tn_website_invite (office->counter, batch, council, proposal)
                                 : NULL;
}

static gpointer
open_site (gpointer user_data, const TnPublisher *publisher)
{
  TnOffice *office = user_data;
  TnWebsite *site
      = tn_website_new (office->desk, tn_premises_new_for (publisher), mail_link, office);
  if (office->counter == NULL && publisher->has_decisions)
    office->counter = site;
  return site;
}

static void
close_site (gpointer site)
{
  tn_website_free (site);
}

static void
answer_async (gpointer site, TnVisit *visit, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer callback_data)
{
  tn_website_answer_async (site, visit, cancellable, callback, callback_data);
}

static TnWebPage *
answer_finish (gpointer site, GAsyncResult *result, GError **error)
{
  return tn_website_answer_finish (site, result, error);
}

static guint64
get_version (gpointer site)
{
  return tn_website_get_version (site);
}

static gint64
get_longest_us (gpointer user_data)
{
  const TnOffice *office = user_data;
  return office->pulse != NULL ? tn_pulse_get_longest_us (office->pulse) : 0;
}

/* Readers and mailboxes, as the settings have them now. The calendars go on where the plan cannot
 * be shown. */
static void
open_counters (TnOffice *office)
{
  const TnPressHouse house
      = { open_site, close_site, answer_async, answer_finish, get_version, get_longest_us, office };
  office->press = tn_press_open (office->loader, office->desk, &house);
  office->post = tn_post_open (office->desk);
  tn_post_set_link (office->post, make_link, office);
  tn_service_set_post (office->service, office->post);
}

/**
 * tn_office_start:
 * @pulse: kept by the caller as long as the office
 *
 * Answers at the control socket, and keeps the calendars in step.
 *
 * Errors: %TN_ERROR_FAILED when the socket cannot be made.
 */
gboolean
tn_office_start (TnOffice *office, const TnPulse *pulse, GError **error)
{
  office->pulse = pulse;
  office->service = tn_service_open (tn_office_get_settings (office)->socket, office->desk,
                                     tn_door_check_usual, NULL, error);
  if (office->service == NULL)
    return FALSE;
  tn_office_purge (office);
  tn_desk_start (office->desk);
  open_counters (office);
  return TRUE;
}

/**
 * tn_office_purge:
 *
 * Forgets history and settled proposals that were kept long enough (promise 11).
 */
void
tn_office_purge (TnOffice *office)
{
  const TnSettings *settings = tn_office_get_settings (office);
  gint64 now_us = tn_clock_now_us (tn_book_get_clock (office->book));
  g_autoptr (GError) error = NULL;
  g_autoptr (TnBatch) batch = tn_batch_new ();
  tn_batch_purge (batch, now_us - settings->keep_days * G_TIME_SPAN_DAY);
  if (!tn_store_commit (office->store, batch, &error))
    tn_log_warning (NULL, NULL, "cannot forget what is older than %d days: %s", settings->keep_days,
                    error->message);
}

static void
tell_done (TnOffice *office)
{
  TnOfficeDone done = g_steal_pointer (&office->done);
  done (office, office->done_data);
}

static void
warn_of_restart (TnOffice *office)
{
  const TnSettings *old = tn_office_get_settings (office);
  if (!g_str_equal (old->state, office->next.settings->state)
      || !g_str_equal (old->socket, office->next.settings->socket))
    tn_log_warning (NULL, NULL,
                    "another state folder or socket is taken over at the next start only");
}

/**
 * tn_office_keep:
 * @fault: what is wrong with the new settings
 *
 * The old settings stay in force, and people are told so.
 */
void
tn_office_keep (TnOffice *office, const GError *fault)
{
  tn_log_warning (TN_MESSAGE_RELOAD_FAILED, NULL,
                  "the new settings of %s are faulty, the old ones stay in force: %s",
                  tn_office_get_settings (office)->council, fault->message);
  if (office->service != NULL)
    tn_service_set_fault (office->service, fault->message);
}

/* The desk stands still: new settings, charters and calendars take over. */
static void
on_still (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TnOffice *office = user_data;
  g_autoptr (GError) error = NULL;
  tn_desk_stop_finish (TN_DESK (source), result, NULL);
  tn_service_set_fault (office->service, NULL);
  if (!tn_book_reload (office->book, office->next.settings, office->next.files, &error))
    tn_office_keep (office, error);
  tn_reading_clear (&office->next);
  close_counters (office);
  open_desk (office);
  tn_service_set_desk (office->service, office->desk);
  tn_desk_start (office->desk);
  open_counters (office);
  tell_done (office);
}

/**
 * tn_office_reload:
 * @next: (inout): what is to be in force; taken
 * @done: called once, later
 *
 * Of an office that was started.
 *
 * Source: hazard 93. All is read and checked before anything of the old is let go.
 */
void
tn_office_reload (TnOffice *office, TnReading *next, TnOfficeDone done, gpointer user_data)
{
  office->next = *next;
  *next = (TnReading){ 0 };
  office->done = done;
  office->done_data = user_data;
  warn_of_restart (office);
  tn_desk_stop_async (office->desk, on_still, office);
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  tn_desk_stop_finish (TN_DESK (source), result, NULL);
  tell_done (user_data);
}

static void
on_shut (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TnOffice *office = user_data;
  tn_press_stop_finish (office->press, result, NULL);
  tn_desk_stop_async (office->desk, on_stopped, office);
}

/**
 * tn_office_stop:
 * @done: called once, later; the office may be freed then
 *
 * Nobody comes in any more; readers who wait get their page, and what is under way comes to its
 * end.
 */
void
tn_office_stop (TnOffice *office, TnOfficeDone done, gpointer user_data)
{
  office->done = done;
  office->done_data = user_data;
  close_post (office);
  g_clear_pointer (&office->service, tn_service_close);
  if (office->press != NULL)
    tn_press_stop_async (office->press, on_shut, office);
  else
    tn_desk_stop_async (office->desk, on_stopped, office);
}
