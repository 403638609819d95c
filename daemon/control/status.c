/* The answer to "is all well?": for each calendar its state in one word, and one list of everything
 * that only a person can settle, with what to do about it. After a restart it speaks from what the
 * store remembers until the first pass is over. */
#include "control/status.h"

#include <string.h>

#include "base/error.h"
#include "control/notices.h"
#include "control/outline.h"
#include "control/petition.h"
#include "http/expiry.h"
#include "sync/health.h"

/* So many are named, the others counted: a folder full of them is one trouble. */
static const guint MAX_UNREADABLE = 20;

/* A calendar, with all that is known of it. */
typedef struct
{
  TnDesk *desk;
  const TnCalendar *calendar;
  const TnPassResult *result; /* (nullable) */
  const char *refusal;        /* (nullable) */
  TnCalendarState *state;     /* (owned) (nullable) as remembered */
} Sight;

static void
sight_init (Sight *sight, TnDesk *desk, const TnCalendar *calendar)
{
  TnStore *store = tn_book_get_store (tn_desk_get_book (desk));
  sight->desk = desk;
  sight->calendar = calendar;
  sight->result = tn_desk_get_result (desk, calendar->id);
  sight->refusal = tn_desk_get_refusal (desk, calendar->id);
  sight->state = tn_store_load_calendar (store, calendar->id, NULL);
}

static void
sight_clear (Sight *sight)
{
  g_clear_pointer (&sight->state, tn_calendar_state_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sight, sight_clear)

static const char *
find_problem (const Sight *sight)
{
  if (sight->refusal != NULL)
    return sight->refusal;
  if (sight->result != NULL)
    return sight->result->problem != NULL ? sight->result->problem->message : NULL;
  return sight->state != NULL ? sight->state->problem : "the store cannot be read";
}

static TnHold
find_hold (const Sight *sight, const char **ret_text)
{
  if (sight->result != NULL)
    {
      *ret_text = sight->result->hold_text;
      return sight->result->hold;
    }
  *ret_text = sight->state != NULL ? sight->state->hold_text : NULL;
  return sight->state != NULL ? sight->state->hold : TN_HOLD_NONE;
}

/* Of the last pass; before the first one, as remembered. */
static TnHealth
find_health (const Sight *sight)
{
  if (sight->result != NULL)
    return tn_health_judge (sight->result);
  return sight->state != NULL ? sight->state->health : TN_HEALTH_FAILING;
}

static const char *
find_word (const Sight *sight)
{
  if (sight->refusal != NULL)
    return sight->state != NULL && sight->state->hold == TN_HOLD_PLUGIN ? "on hold" : "refused";
  TnHealth health = find_health (sight);
  if (health != TN_HEALTH_OK)
    return tn_health_to_string (health);
  return sight->result == NULL && sight->state->last_good_us == 0 ? "new" : "ok";
}

/* What a person must do about it; NULL when nothing, or when what waits says it. */
static char *
dup_advice (const Sight *sight)
{
  return find_problem (sight) != NULL && sight->refusal == NULL
             ? tn_health_dup_advice (find_health (sight), sight->calendar->id)
             : NULL;
}

static void
add_next (JsonBuilder *sheet, const Sight *sight)
{
  gint64 due_us = tn_desk_get_due_us (sight->desk, sight->calendar->id);
  TnClock *clock = tn_book_get_clock (tn_desk_get_book (sight->desk));
  if (due_us == 0)
    tn_sheet_nothing (sheet, "next_in_s");
  else
    tn_sheet_number (sheet, "next_in_s",
                     MAX ((due_us - tn_clock_monotonic_us (clock)) / G_USEC_PER_SEC, 0));
}

/* Entries of other people that cannot be read. They are left alone and nobody must do anything, but
 * one of them may be a file that a person misses elsewhere, too. */
static void
add_unreadable (JsonBuilder *sheet, const Sight *sight)
{
  TnStore *store = tn_book_get_store (tn_desk_get_book (sight->desk));
  g_autoptr (GPtrArray) sightings = tn_store_load_sightings (store, sight->calendar->id, NULL);
  guint n = 0;
  tn_sheet_list (sheet, "unreadable");
  for (guint i = 0; sightings != NULL && i < sightings->len; i++)
    {
      const TnSighting *sighting = g_ptr_array_index (sightings, i);
      if (sighting->problem == NULL || n++ >= MAX_UNREADABLE)
        continue;
      json_builder_begin_object (sheet);
      tn_sheet_text (sheet, "item", sighting->item_id);
      tn_sheet_text (sheet, "problem", sighting->problem);
      json_builder_end_object (sheet);
    }
  json_builder_end_array (sheet);
  tn_sheet_number (sheet, "n_unreadable", n);
}

static void
add_calendar (JsonBuilder *sheet, const Sight *sight)
{
  const TnCalendar *calendar = sight->calendar;
  const char *hold_text = NULL;
  TnHold hold = find_hold (sight, &hold_text);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  json_builder_begin_object (sheet);
  tn_sheet_text (sheet, "id", calendar->id);
  tn_sheet_text (sheet, "council", calendar->council);
  tn_sheet_flag (sheet, "shared", calendar->shared);
  tn_sheet_text (sheet, "mode", tn_mode_to_string (calendar->mode));
  tn_sheet_text (sheet, "provider", calendar->provider);
  tn_sheet_text (sheet, "state", find_word (sight));
  tn_sheet_time (sheet, "last_good", sight->state != NULL ? sight->state->last_good_us : 0);
  tn_sheet_time (sheet, "last_try", sight->state != NULL ? sight->state->last_try_us : 0);
  add_next (sheet, sight);
  tn_sheet_text (sheet, "problem", find_problem (sight));
  g_autofree char *advice = dup_advice (sight);
  tn_sheet_text (sheet, "advice", advice);
  tn_sheet_text (sheet, "hold", hold != TN_HOLD_NONE ? tn_hold_to_string (hold) : NULL);
  tn_sheet_text (sheet, "hold_text", hold_text);
  tn_sheet_number (sheet, "written", sight->result != NULL ? sight->result->n_written : 0);
  tn_outline_add_changes (sheet, "waiting", sight->result != NULL ? sight->result->changes : none,
                          TRUE);
  add_unreadable (sheet, sight);
  json_builder_end_object (sheet);
}

static gboolean
is_meant (const char *const *calendars, const char *id)
{
  return calendars == NULL || calendars[0] == NULL || g_strv_contains (calendars, id);
}

/**
 * tn_status_add_calendars:
 * @calendars: (nullable): ids; all when %NULL or empty
 *
 * Writes the member `calendars`.
 */
void
tn_status_add_calendars (JsonBuilder *sheet, TnDesk *desk, const char *const *calendars)
{
  GPtrArray *all = tn_book_get_settings (tn_desk_get_book (desk))->calendars;
  tn_sheet_list (sheet, "calendars");
  for (guint i = 0; i < all->len; i++)
    {
      g_auto (Sight) sight = { 0 };
      sight_init (&sight, desk, g_ptr_array_index (all, i));
      if (is_meant (calendars, sight.calendar->id))
        add_calendar (sheet, &sight);
    }
  json_builder_end_array (sheet);
}

/* One thing that waits; `sheet` may be NULL when they are only counted. */
static void
add_wait (JsonBuilder *sheet, const char *calendar, const char *what, guint count, const char *why)
{
  if (sheet == NULL)
    return;
  json_builder_begin_object (sheet);
  tn_sheet_text (sheet, "calendar", calendar);
  tn_sheet_text (sheet, "what", what);
  tn_sheet_number (sheet, "count", count);
  tn_sheet_text (sheet, "why", why);
  json_builder_end_object (sheet);
}

static gboolean
waits_alike (const TnChange *a, const TnChange *b)
{
  return tn_outline_is_waiting (b) && a->kind == b->kind && g_strcmp0 (a->reason, b->reason) == 0;
}

/* Thirty events that wait for the same word are one thing to do: said at the first of them. */
static guint
count_alike (GPtrArray *changes, guint first)
{
  const TnChange *change = g_ptr_array_index (changes, first);
  guint n = 0;
  for (guint i = 0; i < changes->len; i++)
    if (waits_alike (change, g_ptr_array_index (changes, i)))
      {
        if (i < first)
          return 0;
        n++;
      }
  return n;
}

static char *
describe_wait (const TnChange *change, guint n)
{
  if (change->kind == TN_CHANGE_TWIN)
    return g_strdup_printf ("the entry %s may be %s", change->item_id, change->label);
  if (n > 1)
    return g_strdup_printf ("%s and %u more", change->label, n - 1);
  return g_strdup (change->label);
}

static guint
add_waiting_changes (JsonBuilder *sheet, const Sight *sight)
{
  GPtrArray *changes = sight->result->changes;
  guint n_added = 0;
  for (guint i = 0; i < changes->len; i++)
    {
      const TnChange *change = g_ptr_array_index (changes, i);
      guint n = tn_outline_is_waiting (change) ? count_alike (changes, i) : 0;
      if (n == 0)
        continue;
      g_autofree char *what = describe_wait (change, n);
      add_wait (sheet, sight->calendar->id, what, n, change->reason);
      n_added++;
    }
  return n_added;
}

static guint
add_waiting_in (JsonBuilder *sheet, const Sight *sight)
{
  const char *id = sight->calendar->id;
  const char *hold_text = NULL;
  guint n_added = 0;
  if (sight->refusal != NULL)
    {
      add_wait (sheet, id, "the calendar cannot be opened", 1, sight->refusal);
      return 1;
    }
  if (find_hold (sight, &hold_text) != TN_HOLD_NONE)
    {
      add_wait (sheet, id, "the calendar is on hold", 1, hold_text);
      n_added++;
    }
  else if (tn_health_needs_person (find_health (sight)))
    {
      g_autofree char *what
          = g_strdup_printf ("the calendar: %s", tn_health_to_string (find_health (sight)));
      g_autofree char *advice = dup_advice (sight);
      add_wait (sheet, id, what, 1, advice);
      n_added++;
    }
  if (sight->result != NULL)
    n_added += add_waiting_changes (sheet, sight);
  return n_added;
}

/* A person is told in time to do it in peace, not on the day on which the calendar stops. */
static guint
add_expiring_in (JsonBuilder *sheet, TnBook *book, const TnCalendar *calendar)
{
  guint n_added = 0;
  if (calendar->account == NULL)
    return 0;
  g_autoptr (GPtrArray) expiries
      = tn_expiry_list (calendar->account, tn_clock_now_us (tn_book_get_clock (book)));
  for (guint i = 0; i < expiries->len; i++)
    {
      const TnExpiry *expiry = g_ptr_array_index (expiries, i);
      if (!tn_expiry_is_near (expiry))
        continue;
      add_wait (sheet, calendar->id, expiry->text, 1, expiry->advice);
      n_added++;
    }
  return n_added;
}

/* A letter that nobody got: what stood in it is in `status`, `proposals` and the calendars. */
static guint
add_given_up_letters (JsonBuilder *sheet, TnBook *book)
{
  g_autoptr (GPtrArray) letters = tn_store_load_letters (tn_book_get_store (book), NULL);
  guint n_added = 0;
  for (guint i = 0; letters != NULL && i < letters->len; i++)
    {
      const TnLetter *letter = g_ptr_array_index (letters, i);
      if (letter->state != TN_LETTER_GIVEN_UP)
        continue;
      g_autofree char *what
          = g_strdup_printf ("a letter to %s did not arrive: %s", letter->address, letter->subject);
      add_wait (sheet, NULL, what, 1, letter->problem);
      n_added++;
    }
  return n_added;
}

static guint
add_open_proposals (JsonBuilder *sheet, TnBook *book)
{
  GPtrArray *proposals = tn_book_get_proposals (book);
  guint n_added = 0;
  for (guint i = 0; i < proposals->len; i++)
    {
      const TnProposal *proposal = g_ptr_array_index (proposals, i);
      if (proposal->state != TN_PROPOSAL_OPEN)
        continue;
      g_autofree char *what = tn_petition_dup_sentence (book, proposal);
      g_autofree char *why = tn_petition_dup_advice (book, proposal);
      add_wait (sheet, tn_petition_get_calendar (proposal), what, 1, why);
      n_added++;
    }
  return n_added;
}

static const char NEW_RULEBOOK[]
    = "turnusctl plan shows what it changes, turnusctl apply puts it in force";

static guint
add_all_waiting (JsonBuilder *sheet, TnDesk *desk)
{
  TnBook *book = tn_desk_get_book (desk);
  GPtrArray *calendars = tn_book_get_settings (book)->calendars;
  guint n_added = 0;
  if (tn_book_has_new_rulebook (book))
    {
      add_wait (sheet, NULL, "a new edition of the charter or the holidays waits", 1, NEW_RULEBOOK);
      n_added++;
    }
  for (guint i = 0; i < calendars->len; i++)
    {
      g_auto (Sight) sight = { 0 };
      sight_init (&sight, desk, g_ptr_array_index (calendars, i));
      n_added += add_waiting_in (sheet, &sight);
      n_added += add_expiring_in (sheet, book, sight.calendar);
    }
  n_added += add_given_up_letters (sheet, book);
  return n_added + add_open_proposals (sheet, book);
}

/**
 * tn_status_add_waiting:
 *
 * Writes the member `waiting`: all that only a person can settle.
 */
void
tn_status_add_waiting (JsonBuilder *sheet, TnDesk *desk)
{
  tn_sheet_list (sheet, "waiting");
  add_all_waiting (sheet, desk);
  json_builder_end_array (sheet);
}

static void
add_rulebook (JsonBuilder *sheet, TnBook *book)
{
  const TnRulebook *rulebook = tn_book_get_rulebook (book);
  gboolean waits = tn_book_has_new_rulebook (book);
  json_builder_set_member_name (sheet, "rulebook");
  json_builder_begin_object (sheet);
  tn_sheet_text (sheet, "digest", rulebook->digest);
  tn_sheet_list (sheet, "charters");
  for (guint i = 0; i < rulebook->collaborations->len; i++)
    {
      const TnCollaboration *collaboration = g_ptr_array_index (rulebook->collaborations, i);
      json_builder_begin_object (sheet);
      tn_sheet_text (sheet, "collaboration", collaboration->id);
      tn_sheet_number (sheet, "edition", collaboration->edition);
      tn_sheet_text (sheet, "digest", collaboration->digest);
      json_builder_end_object (sheet);
    }
  json_builder_end_array (sheet);
  tn_sheet_flag (sheet, "waiting", waits);
  tn_sheet_text (sheet, "text", waits ? NEW_RULEBOOK : NULL);
  json_builder_end_object (sheet);
}

/**
 * tn_status_add:
 * @fault: (nullable): what is wrong with the settings on disk, while the old ones are in force
 *
 * Writes the whole status as one object.
 */
void
tn_status_add (JsonBuilder *sheet, TnDesk *desk, const char *fault)
{
  TnBook *book = tn_desk_get_book (desk);
  json_builder_begin_object (sheet);
  tn_sheet_text (sheet, "version", TN_VERSION);
  tn_sheet_text (sheet, "council", tn_book_get_settings (book)->council);
  add_rulebook (sheet, book);
  tn_sheet_text (sheet, "settings", fault);
  tn_sheet_text (sheet, "store", tn_store_get_problem (tn_book_get_store (book)));
  tn_notices_add_status (sheet, book);
  tn_status_add_calendars (sheet, desk, NULL);
  tn_status_add_waiting (sheet, desk);
  json_builder_end_object (sheet);
}

/**
 * tn_status_count:
 *
 * Returns: how many calendars fail, and how many things wait for a person
 */
TnStatusCount
tn_status_count (TnDesk *desk)
{
  GPtrArray *calendars = tn_book_get_settings (tn_desk_get_book (desk))->calendars;
  TnStatusCount count = { .n_waiting = add_all_waiting (NULL, desk) };
  for (guint i = 0; i < calendars->len; i++)
    {
      g_auto (Sight) sight = { 0 };
      sight_init (&sight, desk, g_ptr_array_index (calendars, i));
      if (find_problem (&sight) != NULL)
        count.n_failing++;
    }
  return count;
}
