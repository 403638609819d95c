/* It knows nothing of how the core works. A write is judged when it is made: by what it may not
 * touch. Edits of people are followed until a daemon writes over them or the history ends, and must
 * then be found again. At the end all calendars must say the same, or a daemon must tell why not.
 */
#include "sim/checker.h"

#include <string.h>

#include "ical/reader.h"
#include "fakes/fake-provider.h"
#include "ical/stamp.h"
#include "model/identity.h"
#include "sim/absences.h"
#include "sim/region.h"
#include "sim/text.h"

/* A value that somebody wanted; no value is used twice. */
typedef struct
{
  SimServer *server;
  char *item_id; /* (owned) */
  char *uid;     /* (owned) */
  TnField field;
  char *value;             /* (owned) */
  gboolean is_overwritten; /* by a daemon, so one of them has seen it */
} Edit;

struct _SimChecker
{
  SimTrace *trace;          /* (unowned) */
  TnZone *zone;             /* (unowned) */
  GPtrArray *edits;         /* (owned) (element-type Edit) that may not be lost */
  GHashTable *strangers;    /* (owned) (element-type utf8) `server/id` */
  GHashTable *copies;       /* (owned) (element-type utf8 uint) that people made, by `server/uid` */
  GHashTable *originals;    /* (owned) (element-type utf8 utf8) ids, by `server/id` of the copy */
  SimAbsences *absences;    /* (owned) */
  gboolean trusts_listings; /* no fault strikes: what was listed once was so */
  gboolean misses_pages;    /* people took, moved or brought back a page of a journal */
  gboolean allows_removals;
  gboolean allows_cancelling;
};

static void
edit_free (Edit *edit)
{
  g_free (edit->item_id);
  g_free (edit->uid);
  g_free (edit->value);
  g_free (edit);
}

SimChecker *
sim_checker_new (SimTrace *trace, TnZone *zone)
{
  SimChecker *checker = g_new0 (SimChecker, 1);
  checker->trace = trace;
  checker->zone = zone;
  checker->edits = g_ptr_array_new_with_free_func ((GDestroyNotify) edit_free);
  checker->strangers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  checker->copies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  checker->originals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  checker->absences = sim_absences_new (trace);
  return checker;
}

void
sim_checker_free (SimChecker *checker)
{
  if (checker == NULL)
    return;
  g_ptr_array_unref (checker->edits);
  g_hash_table_unref (checker->strangers);
  g_hash_table_unref (checker->copies);
  g_hash_table_unref (checker->originals);
  sim_absences_free (checker->absences);
  g_free (checker);
}

static char *
dup_place (const SimServer *server, const char *what)
{
  return g_strdup_printf ("%s/%s", sim_server_get_name (server), what);
}

static gboolean
is_of (const Edit *edit, const SimServer *server, const char *id)
{
  return edit->server == server && strcmp (edit->item_id, id) == 0;
}

/* Does the event still say what the edit wanted? */
static gboolean
stands (const SimChecker *checker, const Edit *edit, const char *text)
{
  g_autoptr (TnEvent) event = text != NULL ? sim_text_parse (text, checker->zone) : NULL;
  g_autofree char *shown = event != NULL ? tn_event_dup_field (event, edit->field) : NULL;
  return shown != NULL && strstr (shown, edit->value) != NULL;
}

/* EWS writes with SendToNone what people are invited to. */
static void
check_no_mail (SimChecker *checker, const SimServer *server, const char *place, const char *old,
               const char *text)
{
  static const char *const words[] = { "\nATTENDEE", "\nORGANIZER", "\nMETHOD" };
  if (old != NULL && sim_server_get_habits (server)->system == SIM_SYSTEM_EWS)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (text, words[i]) != NULL || (old != NULL && strstr (old, words[i]) != NULL))
      sim_trace_break (checker->trace, "%s: a write may mail somebody (promise 4)", place);
}

static void
check_foreign (SimChecker *checker, const SimServer *server, const char *place, const char *old,
               const char *text)
{
  g_autofree char *before = sim_text_dup_foreign (old);
  g_autofree char *after = sim_text_dup_foreign (text);
  if (strcmp (before, after) != 0)
    sim_trace_break (checker->trace, "%s: what is not ours was changed (promise 6):\n%s\n->\n%s",
                     place, before, after);
}

/* RFC 5545 3.8.7: both say to other programs that the event means something else now. */
static void
check_revision (SimChecker *checker, const char *place, const char *old, const char *text)
{
  g_autoptr (TnEvent) before = sim_text_parse (old, checker->zone);
  g_autoptr (TnEvent) after = sim_text_parse (text, checker->zone);
  if (before == NULL || after == NULL)
    {
      sim_trace_break (checker->trace, "%s: what nobody can read was written over (promise 6)",
                       place);
      return;
    }
  guint moved = 0;
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      g_autofree char *was = tn_event_dup_field (before, (TnField) i);
      g_autofree char *is = tn_event_dup_field (after, (TnField) i);
      moved |= strcmp (was, is) != 0 ? 1u << i : 0;
    }
  gboolean renews = (moved & (1u << TN_FIELD_WHEN | 1u << TN_FIELD_STATUS)) != 0;
  if (sim_text_get_sequence (text) - sim_text_get_sequence (old) != (renews ? 1 : 0))
    sim_trace_break (checker->trace, "%s: SEQUENCE does not go with the meaning (design section 6)",
                     place);
}

/* An item of the same UID must not stand there, but for those that people pasted. */
static void
check_creation (SimChecker *checker, SimServer *server, const char *text)
{
  g_autoptr (TnEvent) event = sim_text_parse (text, checker->zone);
  g_autofree char *place = event != NULL ? dup_place (server, event->uid) : NULL;
  if (event == NULL || g_hash_table_contains (checker->copies, place))
    return;
  sim_absences_check_creation (checker->absences, server, event->uid);
  g_autoptr (GPtrArray) ids = sim_server_list_ids (server);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (TnEvent) other
          = sim_text_parse (sim_server_get (server, g_ptr_array_index (ids, i)), checker->zone);
      if (other != NULL && strcmp (other->uid, event->uid) == 0)
        sim_trace_break (checker->trace, "%s is created a second time (promise 2)", place);
    }
}

/* An entry is named in an event when its journal has it (design section 6). */
static void
check_entry (SimChecker *checker, SimServer *server, const char *place, const char *text)
{
  g_autoptr (TnEvent) event = sim_text_parse (text, checker->zone);
  g_autoptr (TnStamp) stamp
      = event != NULL && event->stamp != NULL ? tn_stamp_parse (event->stamp, NULL) : NULL;
  if (stamp == NULL || stamp->entry == NULL || checker->misses_pages
      || sim_region_get_owner (sim_server_get_name (server)) != NULL
      || (sim_server_get_habits (server)->rewrite & TN_FAKE_DROP_X) != 0)
    return;
  g_autoptr (GPtrArray) ids = sim_server_list_ids (server);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (TnEvent) page
          = sim_text_parse (sim_server_get (server, g_ptr_array_index (ids, i)), checker->zone);
      if (page != NULL && page->ledger != NULL && sim_text_has_entry (page->ledger, stamp->entry))
        return;
    }
  sim_trace_break (checker->trace, "%s names %s, which no journal has (design section 6)", place,
                   stamp->entry);
}

/* As long as the original stands where all daemons knew it, its copy is a stranger. A listing that
 * leaves the original out makes of the copy what has moved. */
static void
check_copy (SimChecker *checker, const SimServer *server, const char *place)
{
  const char *original = g_hash_table_lookup (checker->originals, place);
  if (checker->trusts_listings && original != NULL && sim_server_get (server, original) != NULL)
    sim_trace_break (checker->trace, "%s: somebody's copy was written (promise 6)", place);
}

static gboolean
is_original (gpointer key, gpointer value, gpointer id)
{
  return strcmp (value, id) == 0;
}

static void
on_written (gpointer user_data, SimServer *server, const char *id, const char *old,
            const char *text)
{
  SimChecker *checker = user_data;
  g_autofree char *place = dup_place (server, id);
  if (g_hash_table_contains (checker->strangers, place))
    sim_trace_break (checker->trace, "%s: a stranger was written (promise 6)", place);
  if (text == NULL && !(checker->allows_removals && sim_text_is_milestone (old, checker->zone)))
    sim_trace_break (checker->trace, "%s: was removed, and nobody asked for it (promise 3)", place);
  if (text != NULL)
    check_no_mail (checker, server, place, old, text);
  check_copy (checker, server, place);
  if (text != NULL)
    check_entry (checker, server, place, text);
  if (text != NULL && old != NULL)
    {
      check_foreign (checker, server, place, old, text);
      check_revision (checker, place, old, text);
    }
  else if (text != NULL)
    check_creation (checker, server, text);
  else
    g_hash_table_foreach_remove (checker->originals, is_original, (gpointer) id);
  for (guint i = 0; i < checker->edits->len; i++)
    {
      Edit *edit = g_ptr_array_index (checker->edits, i);
      if (is_of (edit, server, id) && !stands (checker, edit, text))
        edit->is_overwritten = TRUE;
    }
}

void
sim_checker_watch (SimChecker *checker, SimServer *server)
{
  sim_server_watch (server, on_written, checker);
}

/* In this history no listing lies. */
void
sim_checker_trust_listings (SimChecker *checker)
{
  checker->trusts_listings = TRUE;
}

/**
 * sim_checker_person_wrote:
 * @text: (nullable): as the item stands now
 *
 * A person wrote over what persons had written before: that is not owed, unless a daemon has
 * already written over it.
 */
void
sim_checker_person_wrote (SimChecker *checker, SimServer *server, const char *id, const char *text)
{
  for (guint i = checker->edits->len; i > 0; i--)
    {
      const Edit *edit = g_ptr_array_index (checker->edits, i - 1);
      if (is_of (edit, server, id) && !edit->is_overwritten && !stands (checker, edit, text))
        g_ptr_array_remove_index (checker->edits, i - 1);
    }
}

void
sim_checker_add_edit (SimChecker *checker, SimServer *server, const char *id, const TnEvent *event,
                      TnField field, const char *value)
{
  Edit *edit = g_new0 (Edit, 1);
  edit->server = server;
  edit->item_id = g_strdup (id);
  edit->uid = g_strdup (event->uid);
  edit->field = field;
  edit->value = g_strdup (value);
  g_ptr_array_add (checker->edits, edit);
}

void
sim_checker_add_stranger (SimChecker *checker, SimServer *server, const char *id)
{
  g_hash_table_add (checker->strangers, dup_place (server, id));
}

void
sim_checker_add_copy (SimChecker *checker, SimServer *server, const char *uid)
{
  char *place = dup_place (server, uid);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (checker->copies, place));
  g_hash_table_replace (checker->copies, place, GUINT_TO_POINTER (n + 1));
}

gboolean
sim_checker_has_copy (const SimChecker *checker, SimServer *server, const char *uid)
{
  g_autofree char *place = dup_place (server, uid);
  return g_hash_table_contains (checker->copies, place);
}

/* A copy was pasted at `copy_id` of what all daemons know at `id`. */
void
sim_checker_add_original (SimChecker *checker, SimServer *server, const char *copy_id,
                          const char *id)
{
  g_hash_table_replace (checker->originals, dup_place (server, copy_id), g_strdup (id));
}

/* A daemon lost its state: which of the two is the original it cannot know any more. */
void
sim_checker_forget_originals (SimChecker *checker)
{
  g_hash_table_remove_all (checker->originals);
  sim_absences_forget_looks (checker->absences);
}

/* A person deletes, moves or breaks what stands there. */
void
sim_checker_person_took (SimChecker *checker, SimServer *server, const char *id,
                         const TnEvent *event)
{
  sim_absences_add (checker->absences, server, event->uid);
  checker->misses_pages = checker->misses_pages || strstr (event->note, "ledger/") != NULL;
  g_hash_table_foreach_remove (checker->originals, is_original, (gpointer) id);
}

/* A duty may leave a calendar and come back by what people decide elsewhere; a page of a journal is
 * nobody's but its daemon's. */
void
sim_checker_owe_absence (SimChecker *checker, SimServer *server, const TnEvent *event)
{
  g_autofree char *place = dup_place (server, event->uid);
  if (strchr (event->note, '#') == NULL && strstr (event->note, "ledger/") == NULL
      && !g_hash_table_contains (checker->copies, place))
    {
      sim_absences_owe (checker->absences, server, event->uid);
      if (checker->trusts_listings)
        sim_absences_await_looks (checker->absences, server, event->uid);
    }
}

void
sim_checker_forgive_absence (SimChecker *checker, SimServer *server, const char *uid)
{
  sim_absences_forgive (checker->absences, server, uid);
}

/* Somebody decided on turns: duties may move to another council's calendar. */
void
sim_checker_allow_removals (SimChecker *checker)
{
  checker->allows_removals = TRUE;
}

/* Somebody cancelled something, by status or by command. */
void
sim_checker_allow_cancelling (SimChecker *checker)
{
  checker->allows_cancelling = TRUE;
}

/* A page of another council's journal is read, and never written: its daemon alone keeps it. */
static gboolean
is_kept_by (const SimOffice *office, const TnLink *link)
{
  g_autoptr (TnPageKey) page = tn_identity_page_from_key (link->key);
  return page == NULL || strcmp (page->council, office->settings->council) == 0;
}

/* An edit in an item that no daemon keeps is its owner's own affair. */
static gboolean
is_linked (const SimOffice *office, const Edit *edit)
{
  g_autoptr (GPtrArray) links
      = tn_store_load_links (TN_STORE (office->disk), sim_server_get_name (edit->server), NULL);
  for (guint i = 0; i < links->len; i++)
    {
      const TnLink *link = g_ptr_array_index (links, i);
      if (strcmp (link->item_id, edit->item_id) == 0 && is_kept_by (office, link))
        return TRUE;
    }
  return FALSE;
}

/* Has anything at all been said about the status of the event? Nobody owes more: of the three words
 * each is written many times, and one that the plan says already is no edit. It goes with its
 * event.
 */
static gboolean
is_status_settled (const Edit *edit, GPtrArray *offices)
{
  if (edit->field == TN_FIELD_STATUS && sim_server_get (edit->server, edit->item_id) == NULL)
    return TRUE;
  for (guint i = 0; edit->field == TN_FIELD_STATUS && i < offices->len; i++)
    if (sim_office_knows_of_status (g_ptr_array_index (offices, i), edit->uid))
      return TRUE;
  return FALSE;
}

/* Promise 1. Who lost its state may have lost what it had kept of edits before. A person's own text
 * stays where it was written, and is kept elsewhere only when its event goes. */
static void
check_edit (SimChecker *checker, const Edit *edit, GPtrArray *offices)
{
  gboolean is_owed = edit->is_overwritten;
  if ((edit->field == TN_FIELD_TEXT || edit->field == TN_FIELD_STATUS)
      && stands (checker, edit, sim_server_get (edit->server, edit->item_id)))
    return;
  if (is_status_settled (edit, offices))
    return;
  for (guint i = 0; i < offices->len; i++)
    {
      const SimOffice *office = g_ptr_array_index (offices, i);
      const char *calendar = sim_server_get_name (edit->server);
      if (sim_office_keeps (office, edit->uid, edit->value))
        return;
      if (!sim_office_has (office, calendar))
        continue;
      if (office->lost_state || sim_office_tells (office, calendar, edit->uid))
        return;
      is_owed = is_owed || is_linked (office, edit);
    }
  if (is_owed)
    sim_trace_break (checker->trace, "%s/%s: '%s' is lost (promise 1)",
                     sim_server_get_name (edit->server), edit->item_id, edit->value);
}

/* The event of each UID of ours; (element-type utf8 TnEvent). Promise 2. */
static GHashTable *
read_events (SimChecker *checker, SimServer *server)
{
  GHashTable *events
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) tn_event_free);
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) ids = sim_server_list_ids (server);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (TnEvent) event
          = sim_text_parse (sim_server_get (server, g_ptr_array_index (ids, i)), checker->zone);
      if (event == NULL || !g_str_has_suffix (event->uid, "@turnus"))
        continue;
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, event->uid)) + 1;
      g_autofree char *place = dup_place (server, event->uid);
      if (event->status == TN_EVENT_CANCELLED && !checker->allows_cancelling)
        sim_trace_break (checker->trace, "%s is cancelled, and nobody did that (promise 3)", place);
      if (n > 1 + GPOINTER_TO_UINT (g_hash_table_lookup (checker->copies, place)))
        sim_trace_break (checker->trace, "%s is doubled (promise 2)", place);
      g_hash_table_replace (counts, g_strdup (event->uid), GUINT_TO_POINTER (n));
      /* Of copies, any one may be the linked one; they are not compared. */
      char *uid = g_strdup (event->uid);
      if (n == 1 && !g_hash_table_contains (checker->copies, place))
        g_hash_table_replace (events, uid, g_steal_pointer (&event));
      else
        {
          g_hash_table_remove (events, uid);
          g_free (uid);
        }
    }
  return events;
}

static gboolean
is_told (GPtrArray *offices, const char *calendar, const char *uid)
{
  for (guint i = 0; i < offices->len; i++)
    {
      const SimOffice *office = g_ptr_array_index (offices, i);
      if (sim_office_has (office, calendar) && sim_office_tells (office, calendar, uid))
        return TRUE;
    }
  return FALSE;
}

/* A decision that another calendar shows must stand in a journal before it can come here: while a
 * page waits for a person, what it would tell waits with it. That the event itself waits in the
 * shared calendar is no excuse, for decisions do not travel in events. */
static gboolean
is_journal_told (GPtrArray *offices)
{
  for (guint i = 0; i < offices->len; i++)
    if (sim_office_tells_of_journal (g_ptr_array_index (offices, i)))
      return TRUE;
  return FALSE;
}

/* Promise 9: what two calendars say of one event is the same, or a person is told. */
static void
compare_events (SimChecker *checker, GPtrArray *offices, const char *a_name, GHashTable *a,
                const char *b_name, GHashTable *b)
{
  GHashTableIter iter;
  gpointer uid = NULL;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &uid, &value))
    {
      const TnEvent *other = g_hash_table_lookup (b, uid);
      if (other == NULL || is_told (offices, a_name, uid) || is_told (offices, b_name, uid)
          || is_journal_told (offices))
        continue;
      for (guint i = TN_FIELD_WHEN; i <= TN_FIELD_STATUS; i++)
        {
          g_autofree char *here = tn_event_dup_field (value, (TnField) i);
          g_autofree char *there = tn_event_dup_field (other, (TnField) i);
          if (strcmp (here, there) != 0)
            sim_trace_break (checker->trace,
                             "%s says '%s' and %s '%s' for %s of %s, and nobody is told (promise "
                             "9)",
                             a_name, here, b_name, there, tn_field_to_string ((TnField) i),
                             (const char *) uid);
        }
    }
}

/* What is planned and still to come stands there, or a person is told. */
static void
check_presence (SimChecker *checker, const SimOffice *office, SimServer *server, GHashTable *events)
{
  const TnPlan *plan = tn_book_get_plan (office->book);
  TnSpan publish = tn_book_get_publish_span (office->book);
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      g_autofree char *place = dup_place (server, occurrence->uid);
      if (occurrence->status == TN_STATUS_UNPLACED || occurrence->status == TN_STATUS_CANCELLED
          || occurrence->is_postponed || occurrence->when.days.start < tn_plan_get_today (plan)
          || occurrence->when.days.start >= publish.end
          || g_hash_table_contains (checker->copies, place)
          || sim_office_tells (office, sim_server_get_name (server), occurrence->uid))
        continue;
      if (!g_hash_table_contains (events, occurrence->uid))
        sim_trace_break (checker->trace, "%s (%s) is not there, and nobody is told (promise 1)",
                         place, occurrence->title);
    }
}

static void
check_health (SimChecker *checker, const SimOffice *office)
{
  g_auto (GStrv) calendars = sim_office_list_calendars (office);
  for (guint i = 0; calendars[i] != NULL; i++)
    {
      const TnPassResult *result = tn_desk_get_result (office->desk, calendars[i]);
      if (result == NULL || result->problem != NULL || result->hold != TN_HOLD_NONE)
        sim_trace_break (checker->trace, "%s of %s does not get well: %s", calendars[i],
                         office->settings->council,
                         result == NULL            ? "no pass"
                         : result->problem != NULL ? result->problem->message
                                                   : result->hold_text);
    }
}

/* What daemons remember, for whoever reads the trace of a broken promise. */
static void
note_links (SimChecker *checker, const SimOffice *office)
{
  g_auto (GStrv) calendars = sim_office_list_calendars (office);
  for (guint i = 0; calendars[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) links
          = tn_store_load_links (TN_STORE (office->disk), calendars[i], NULL);
      for (guint j = 0; j < links->len; j++)
        {
          const TnLink *link = g_ptr_array_index (links, j);
          sim_trace_note (checker->trace, "%s remembers %s/%s %s: wished %s %s, shown %s %s",
                          office->settings->council, calendars[i], link->item_id,
                          tn_link_state_to_string (link->state), link->wished[TN_FIELD_WHEN],
                          link->wished[TN_FIELD_TITLE], link->shown[TN_FIELD_WHEN],
                          link->shown[TN_FIELD_TITLE]);
        }
    }
}

void
sim_checker_judge (SimChecker *checker, GPtrArray *offices, GHashTable *servers)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) events
      = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  for (guint i = 0; i < offices->len; i++)
    {
      const SimOffice *office = g_ptr_array_index (offices, i);
      check_health (checker, office);
      note_links (checker, office);
      for (guint j = 0; j < office->settings->calendars->len; j++)
        {
          const TnCalendar *calendar = g_ptr_array_index (office->settings->calendars, j);
          SimServer *server = g_hash_table_lookup (servers, calendar->id);
          g_ptr_array_add (names, calendar->id);
          g_ptr_array_add (events, read_events (checker, server));
          check_presence (checker, office, server, g_ptr_array_index (events, events->len - 1));
          sim_absences_judge (checker->absences, offices, server,
                              g_ptr_array_index (events, events->len - 1));
        }
    }
  for (guint i = 0; i < names->len; i++)
    for (guint j = i + 1; j < names->len; j++)
      compare_events (checker, offices, g_ptr_array_index (names, i), g_ptr_array_index (events, i),
                      g_ptr_array_index (names, j), g_ptr_array_index (events, j));
  for (guint i = 0; i < checker->edits->len; i++)
    check_edit (checker, g_ptr_array_index (checker->edits, i), offices);
}
