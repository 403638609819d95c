/* People know nothing of the rules: they drag, delete, paste and rename as calendar programs let
 * them, in any calendar and at any moment. Each value that they write is one of its kind, so that
 * it can be found again. */
#include "sim/people.h"

#include <string.h>

#include "fakes/fake-provider.h"
#include "sim/text.h"
#include "sync/decide.h"
#include "sync/lines.h"

static const char *const COUNCILS[] = { "alfa", "bravo", "charlie" };

typedef struct
{
  SimServer *server; /* (unowned) */
  char *id;          /* (owned) */
  char *text;        /* (owned) */
} Older;

/* An event that somebody is at. */
typedef struct
{
  SimServer *server;
  char *id;       /* (owned) */
  TnEvent *event; /* (owned) */
} Hand;

static void
older_free (Older *older)
{
  g_free (older->id);
  g_free (older->text);
  g_free (older);
}

static void
hand_clear (Hand *hand)
{
  g_free (hand->id);
  tn_event_free (hand->event);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Hand, hand_clear)

SimPeople *
sim_people_new (SimTrace *trace, SimChecker *checker, TnZone *zone, GPtrArray *offices)
{
  SimPeople *people = g_new0 (SimPeople, 1);
  people->trace = trace;
  people->checker = checker;
  people->zone = zone;
  people->offices = offices;
  people->older = g_ptr_array_new_with_free_func ((GDestroyNotify) older_free);
  return people;
}

void
sim_people_free (SimPeople *people)
{
  if (people == NULL)
    return;
  g_ptr_array_unref (people->older);
  g_free (people);
}

/* Takes a random event of ours; FALSE: there is none. */
static gboolean
take (SimPeople *people, SimServer *server, SimDice *dice, Hand *hand)
{
  g_autoptr (GPtrArray) ids = sim_server_list_ids (server);
  for (guint i = 0; i < 20 && ids->len > 0; i++)
    {
      const char *id = g_ptr_array_index (ids, sim_dice_pick (dice, ids->len));
      g_autoptr (TnEvent) event = sim_text_parse (sim_server_get (server, id), people->zone);
      if (event == NULL || !g_str_has_suffix (event->uid, "@turnus"))
        continue;
      /* Most of it happens to few events, so that it meets. */
      if (i < 19 && strstr (event->note, "/tur/2027") == NULL && !sim_dice_is (dice, 20))
        continue;
      *hand = (Hand){ server, g_strdup (id), g_steal_pointer (&event) };
      return TRUE;
    }
  return FALSE;
}

static void
put (SimPeople *people, const Hand *hand, const char *text)
{
  sim_server_put (hand->server, hand->id, text);
  sim_checker_person_wrote (people->checker, hand->server, hand->id, text);
}

static void
set_property (SimPeople *people, const Hand *hand, const char *name, const char *line)
{
  g_autofree char *text = lines_set_property (sim_server_get (hand->server, hand->id), name, line);
  put (people, hand, text);
  sim_trace_note (people->trace, "%s: %s of %s is %s", sim_server_get_name (hand->server), name,
                  hand->id, line != NULL ? line : "gone");
}

static void
rename_it (SimPeople *people, const Hand *hand, TnField field)
{
  g_autofree char *value
      = g_strdup_printf ("%s %u", field == TN_FIELD_WHERE ? "Sted" : "Navn", people->counter++);
  const char *name = field == TN_FIELD_WHERE ? "LOCATION" : "SUMMARY";
  g_autofree char *line = g_strdup_printf ("%s:%s", name, value);
  set_property (people, hand, name, line);
  /* A title without AFLYST takes a cancelling back, and says no more. */
  if (field != TN_FIELD_TITLE || hand->event->status != TN_EVENT_CANCELLED)
    sim_checker_add_edit (people->checker, hand->server, hand->id, hand->event, field, value);
}

static char *
dup_basic (TnDate day)
{
  g_autofree char *text = tn_date_to_string (day);
  g_auto (GStrv) parts = g_strsplit (text, "-", -1);
  return g_strjoinv ("", parts);
}

/* To a day that nobody else has chosen: all of them lie ahead. */
static void
drag (SimPeople *people, const Hand *hand)
{
  TnDate day = tn_date_new (2027, 6, 1) + (TnDate) people->counter++;
  g_autofree char *start = dup_basic (day);
  g_autofree char *end = dup_basic (day + 1);
  g_autofree char *start_line = g_strdup_printf ("DTSTART;VALUE=DATE:%s", start);
  g_autofree char *end_line = g_strdup_printf ("DTEND;VALUE=DATE:%s", end);
  g_autofree char *half
      = lines_set_property (sim_server_get (hand->server, hand->id), "DTSTART", start_line);
  g_autofree char *text = lines_set_property (half, "DTEND", end_line);
  g_autofree char *value = tn_date_to_string (day);
  put (people, hand, text);
  sim_trace_note (people->trace, "%s: %s is dragged to %s", sim_server_get_name (hand->server),
                  hand->id, value);
  sim_checker_add_edit (people->checker, hand->server, hand->id, hand->event, TN_FIELD_WHEN, value);
}

static void
set_status (SimPeople *people, const Hand *hand, SimDice *dice)
{
  static const char *const lines[]
      = { "STATUS:TENTATIVE", "STATUS:CONFIRMED", "STATUS:CANCELLED", NULL };
  static const TnEventStatus wishes[]
      = { TN_EVENT_TENTATIVE, TN_EVENT_CONFIRMED, TN_EVENT_CANCELLED, TN_EVENT_NO_STATUS };
  guint which = sim_dice_pick (dice, G_N_ELEMENTS (lines));
  if (wishes[which] == TN_EVENT_CANCELLED)
    sim_checker_allow_cancelling (people->checker);
  set_property (people, hand, "STATUS", lines[which]);
  if (wishes[which] == hand->event->status)
    return;
  hand->event->status = wishes[which];
  g_autofree char *value = tn_event_dup_field (hand->event, TN_FIELD_STATUS);
  sim_checker_add_edit (people->checker, hand->server, hand->id, hand->event, TN_FIELD_STATUS,
                        value);
}

static void
add_alarm (SimPeople *people, const Hand *hand)
{
  g_autofree char *name = g_strdup_printf ("X-PRIVAT-%u", people->counter++);
  g_autofree char *line = g_strdup_printf (
      "%s;X-A=\"b:c\":d,e\\;f\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-P%uD\r\n"
      "DESCRIPTION:SUMMARY og STATUS:CANCELLED\r\nEND:VALARM",
      name, people->counter++);
  set_property (people, hand, name, line);
}

static void
write_above_marker (SimPeople *people, const Hand *hand)
{
  const char *old = sim_server_get (hand->server, hand->id);
  g_autofree char *value = g_strdup_printf ("egen tekst %u", people->counter++);
  g_autoptr (GPtrArray) lines = lines_unfold (old);
  for (guint i = 0; i < lines->len; i++)
    {
      char **line = (char **) &lines->pdata[i];
      if (!lines_is_named (*line, "DESCRIPTION") || strstr (*line, TN_MARKER) == NULL)
        continue;
      char *edited = g_strdup_printf ("DESCRIPTION:%s\\n%s", value, strchr (*line, ':') + 1);
      g_free (*line);
      *line = edited;
    }
  g_autofree char *text = lines_fold (lines);
  put (people, hand, text);
  sim_trace_note (people->trace, "%s: text of %s", sim_server_get_name (hand->server), hand->id);
  if (strstr (text, value) != NULL)
    sim_checker_add_edit (people->checker, hand->server, hand->id, hand->event, TN_FIELD_TEXT,
                          value);
}

static gboolean
is_mailbox (const SimServer *server)
{
  return sim_server_get_habits (server)->system != SIM_SYSTEM_PLAIN;
}

void
sim_people_edit (SimPeople *people, SimServer *server, SimDice *dice)
{
  g_auto (Hand) hand = { 0 };
  if (!take (people, server, dice, &hand))
    return;
  guint what = sim_dice_pick (dice, 17);
  if (what < 5)
    drag (people, &hand);
  else if (what < 8)
    rename_it (people, &hand, TN_FIELD_WHERE);
  else if (what < 10)
    rename_it (people, &hand, TN_FIELD_TITLE);
  else if (what < 12)
    set_status (people, &hand, dice);
  else if (what < 13)
    add_alarm (people, &hand);
  else if (what < 15)
    write_above_marker (people, &hand);
  else if (what < 16 && !is_mailbox (server)) /* whose series nobody reads: tests/provider */
    set_property (people, &hand, "RRULE",
                  sim_dice_is (dice, 50) ? "RRULE:FREQ=WEEKLY;COUNT=3" : NULL);
  else
    set_property (people, &hand, "ATTENDEE", "ATTENDEE:mailto:gaest@example.org");
}

/* Do all daemons that keep the calendar know it there? `any`: does one of them? */
static gboolean
is_linked (SimPeople *people, const Hand *hand, gboolean any)
{
  const char *calendar = sim_server_get_name (hand->server);
  for (guint i = 0; i < people->offices->len; i++)
    {
      const SimOffice *office = g_ptr_array_index (people->offices, i);
      if (sim_office_has (office, calendar)
          && sim_office_links (office, calendar, hand->event->uid, hand->id) == any)
        return any;
    }
  return !any;
}

/* A copy that outlives its original says what that said when it was copied. */
static void
leave_copies (SimPeople *people, const Hand *hand)
{
  if (sim_checker_has_copy (people->checker, hand->server, hand->event->uid))
    people->brings_back = TRUE;
}

static void
delete_item (SimPeople *people, const Hand *hand)
{
  leave_copies (people, hand);
  sim_checker_person_took (people->checker, hand->server, hand->id, hand->event);
  sim_server_delete (hand->server, hand->id);
  sim_checker_person_wrote (people->checker, hand->server, hand->id, NULL);
}

static void
remember (SimPeople *people, const Hand *hand)
{
  Older *older = g_new0 (Older, 1);
  older->server = hand->server;
  older->id = g_strdup (hand->id);
  older->text = g_strdup (sim_server_get (hand->server, hand->id));
  g_ptr_array_add (people->older, older);
}

void
sim_people_delete (SimPeople *people, SimServer *server, SimDice *dice)
{
  g_auto (Hand) hand = { 0 };
  if (!take (people, server, dice, &hand))
    return;
  remember (people, &hand);
  /* A daemon that never saw it there may create it, before anybody else can miss it. */
  gboolean is_known = is_linked (people, &hand, FALSE);
  delete_item (people, &hand);
  if (is_known)
    sim_checker_owe_absence (people->checker, server, hand.event);
  sim_trace_note (people->trace, "%s: %s is deleted", sim_server_get_name (server), hand.id);
}

/* A program dies while it saves, and leaves half of the event (hazards 64, 72): in a folder, which
 * looks at nothing. */
void
sim_people_break (SimPeople *people, SimServer *server, SimDice *dice)
{
  g_auto (Hand) hand = { 0 };
  const SimHabits *habits = sim_server_get_habits (server);
  if (!habits->doubles || (habits->rewrite & TN_FAKE_RENAME) != 0
      || !take (people, server, dice, &hand))
    return;
  remember (people, &hand);
  leave_copies (people, &hand);
  g_autofree char *half = g_strdup (sim_server_get (server, hand.id));
  half[strlen (half) / 2] = '\0';
  if (!is_linked (people, &hand, FALSE))
    sim_checker_add_copy (people->checker, server, hand.event->uid);
  sim_checker_person_took (people->checker, server, hand.id, hand.event);
  sim_server_put (server, hand.id, half);
  sim_checker_person_wrote (people->checker, server, hand.id, half);
  sim_trace_note (people->trace, "%s: half of %s is left", sim_server_get_name (server), hand.id);
}

/* Pasted beside the original, or moved away from it (hazards 30, 34). In a mailbox nobody gives an
 * item another place. */
void
sim_people_copy (SimPeople *people, SimServer *server, SimDice *dice)
{
  g_auto (Hand) hand = { 0 };
  if (!take (people, server, dice, &hand))
    return;
  gboolean moves = sim_dice_is (dice, 50) && !is_mailbox (server);
  g_autofree char *place = g_strdup_printf ("copy-%u.ics", people->counter++);
  g_autofree char *text = g_strdup (sim_server_get (server, hand.id));
  gboolean is_known = is_linked (people, &hand, FALSE);
  if (moves)
    delete_item (people, &hand);
  else
    sim_checker_add_copy (people->checker, server, hand.event->uid);
  if (!moves && is_known)
    sim_checker_add_original (people->checker, server, place, hand.id);
  sim_checker_forgive_absence (people->checker, server, hand.event->uid);
  sim_server_put (server, place, text);
  sim_trace_note (people->trace, "%s: %s is %s to %s", sim_server_get_name (server), hand.id,
                  moves ? "moved" : "copied", place);
}

/* Out of a waste bin, or by a phone that was offline. */
void
sim_people_restore (SimPeople *people, SimServer *server, SimDice *dice)
{
  if (people->older->len == 0)
    return;
  const Older *older = g_ptr_array_index (people->older, sim_dice_pick (dice, people->older->len));
  g_autoptr (TnEvent) event = sim_text_parse (older->text, people->zone);
  people->brings_back = TRUE;
  const char *now = sim_server_get (older->server, older->id);
  g_autoptr (TnEvent) standing = now != NULL ? sim_text_parse (now, people->zone) : NULL;
  if (standing == NULL)
    sim_checker_add_copy (people->checker, older->server, event->uid);
  sim_checker_forgive_absence (people->checker, older->server, event->uid);
  sim_checker_person_took (people->checker, older->server, older->id, event);
  sim_server_put (older->server, older->id, older->text);
  sim_checker_person_wrote (people->checker, older->server, older->id, older->text);
  sim_trace_note (people->trace, "%s: %s is brought back", sim_server_get_name (older->server),
                  older->id);
}

void
sim_people_add_stranger (SimPeople *people, SimServer *server, SimDice *dice)
{
  g_autofree char *id = g_strdup_printf ("fremmed-%u.ics", sim_dice_pick (dice, 3));
  g_autofree char *text = g_strdup_printf (
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:%s\r\n"
      "DTSTAMP:20260101T000000Z\r\nDTSTART:2027%02u18T080000Z\r\nSUMMARY:Tandlæge %u\r\n"
      "ATTENDEE:mailto:x@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
      id, 1 + sim_dice_pick (dice, 12), people->counter++);
  sim_checker_add_stranger (people->checker, server, id);
  sim_server_put (server, id, text);
  sim_trace_note (people->trace, "%s: stranger %s", sim_server_get_name (server), id);
}

static TnDecisionDraft
draft_decision (SimPeople *people, const SimOffice *office, SimDice *dice)
{
  static const TnDecisionKind kinds[] = { TN_DECISION_CANCEL, TN_DECISION_DATE, TN_DECISION_WHERE,
                                          TN_DECISION_SKIP,   TN_DECISION_SET,  TN_DECISION_THEME };
  static const char *const cycles[] = { "2027", "2027", "2028" };
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = kinds[sim_dice_pick (dice, G_N_ELEMENTS (kinds))];
  draft.on = tn_plan_get_today (tn_book_get_plan (office->book));
  draft.by = COUNCILS[sim_dice_pick (dice, G_N_ELEMENTS (COUNCILS))];
  draft.source = "command test";
  draft.minutes = "møde 3";
  draft.collaboration = "lille";
  draft.series = sim_dice_is (dice, 70) ? "tur" : "erfa";
  draft.cycle = cycles[sim_dice_pick (dice, G_N_ELEMENTS (cycles))];
  if (draft.kind == TN_DECISION_SKIP || draft.kind == TN_DECISION_SET)
    draft.council = COUNCILS[sim_dice_pick (dice, G_N_ELEMENTS (COUNCILS))];
  draft.confirmed = draft.kind == TN_DECISION_DATE && sim_dice_is (dice, 50);
  return draft;
}

/* By one who may or may not. */
void
sim_people_decide (SimPeople *people, SimOffice *office, SimDice *dice)
{
  if (office->book == NULL)
    return;
  TnDecisionDraft draft = draft_decision (people, office, dice);
  g_autofree char *place = g_strdup_printf ("Besluttet %u", people->counter++);
  g_autofree char *day = tn_date_to_string (tn_date_new (2027, 6, 1) + (TnDate) people->counter++);
  draft.value = draft.kind == TN_DECISION_CANCEL ? (sim_dice_is (dice, 50) ? "yes" : "no")
                : draft.kind == TN_DECISION_DATE ? day
                : draft.kind == TN_DECISION_SET  ? "after"
                : draft.kind == TN_DECISION_SKIP ? NULL
                                                 : place;
  g_autoptr (GPtrArray) effects = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_trial = sim_dice_is (dice, 20);
  g_autoptr (TnDecision) decision = tn_decide (office->book, &draft, is_trial, &effects, &error);
  if (decision != NULL && !is_trial)
    g_ptr_array_add (office->taken, g_strdup (decision->id));
  if (draft.kind == TN_DECISION_SKIP || draft.kind == TN_DECISION_SET)
    sim_checker_allow_removals (people->checker);
  if (draft.kind == TN_DECISION_CANCEL)
    sim_checker_allow_cancelling (people->checker);
  sim_trace_note (people->trace, "%s decides at %s: %s %s/%s %s: %s", draft.by,
                  office->settings->council, tn_decision_kind_to_string (draft.kind), draft.series,
                  draft.cycle, draft.value != NULL ? draft.value : "",
                  decision != NULL ? "taken" : error->message);
}

void
sim_people_answer (SimPeople *people, SimOffice *office, SimDice *dice)
{
  GPtrArray *proposals = office->book != NULL ? tn_book_get_proposals (office->book) : NULL;
  if (proposals == NULL || proposals->len == 0)
    return;
  const TnProposal *proposal = g_ptr_array_index (proposals, sim_dice_pick (dice, proposals->len));
  g_autofree char *id = g_strdup (proposal->id);
  g_autoptr (GError) error = NULL;
  gboolean accepts = sim_dice_is (dice, 50);
  const char *council = COUNCILS[sim_dice_pick (dice, G_N_ELEMENTS (COUNCILS))];
  g_autoptr (TnDecision) decision = tn_decide_answer (office->book, id, accepts, council, &error);
  if (decision != NULL)
    g_ptr_array_add (office->taken, g_strdup (decision->id));
  sim_trace_note (people->trace, "%s %s %s: %s", council, accepts ? "accepts" : "rejects", id,
                  error != NULL ? error->message : "done");
}
