/* Random histories of a town: people edit, delete, copy, move and restore events, decide and
 * answer; servers fail, lose answers and race; the daemon is restarted. Then the faults stop, and
 * the promises of design section 2 are checked. A history that breaks one is printed as a list. */
#include "sync/lines.h"
#include "sync/town.h"

#include <string.h>

#include "base/error.h"
#include "model/identity.h"

/* TURNUS_HISTORIES asks for more. */
static const char N_HISTORIES[] = "40";
static const guint N_STEPS = 20;
static const guint MAX_PASSES = 6;

static const char *const CALENDARS[] = { "esbjerg", "aalborg", "aarhus", "faelles" };
static const char *const COUNCILS[] = { "esbjerg", "aalborg", "aarhus", "odense", "randers" };

/* What somebody wanted, and must be found again: applied, kept or told. */
typedef struct
{
  char *calendar; /* (owned) */
  char *item_id;  /* (owned) */
  char *uid;      /* (owned) */
  TnField field;
  char *value; /* (owned) normal form; never used twice */
} Edit;

typedef struct
{
  char *calendar; /* (owned) */
  char *id;       /* (owned) */
  char *text;     /* (owned) */
} Copy;

typedef struct
{
  Town *town;            /* (owned) */
  GString *log;          /* (owned) what happened, a line each */
  GHashTable *strangers; /* (owned) (element-type utf8 utf8) text by `calendar/id` */
  GHashTable *extra;     /* (owned) (element-type utf8 uint) copies that people made, by UID */
  GPtrArray *older;      /* (owned) (element-type Copy) texts that may be restored */
  GPtrArray *unseen;     /* (owned) (element-type Edit) not read by a whole pass yet */
  GPtrArray *seen;       /* (owned) (element-type Edit) */
  guint drops_x[G_N_ELEMENTS (CALENDARS)];
  gboolean shares_text; /* what is above the marker is judged, too */
  guint counter;
} World;

static void
edit_free (Edit *edit)
{
  g_free (edit->calendar);
  g_free (edit->item_id);
  g_free (edit->uid);
  g_free (edit->value);
  g_free (edit);
}

static void
copy_free (Copy *copy)
{
  g_free (copy->calendar);
  g_free (copy->id);
  g_free (copy->text);
  g_free (copy);
}

static void
world_free (World *world)
{
  town_free (world->town);
  g_string_free (world->log, TRUE);
  g_hash_table_unref (world->strangers);
  g_hash_table_unref (world->extra);
  g_ptr_array_unref (world->older);
  g_ptr_array_unref (world->unseen);
  g_ptr_array_unref (world->seen);
  g_free (world);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static void G_GNUC_PRINTF (2, 3) note (World *world, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_string_append_vprintf (world->log, format, args);
  va_end (args);
  g_string_append_c (world->log, '\n');
}

static void G_GNUC_NORETURN G_GNUC_PRINTF (2, 3) fail (World *world, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("%s--\n%s\n", world->log->str, text);
  g_error ("%s", text);
}

static guint
pick (guint n)
{
  return (guint) g_test_rand_int_range (0, (gint32) n);
}

/* Random rewriting, but not of every calendar; what a server keeps it keeps from the start. */
static World *
world_new (void)
{
  static const guint rewrites[]
      = { 0, 0, TN_FAKE_FOLD | TN_FAKE_REORDER, TN_FAKE_RENAME, TN_FAKE_DROP_X | TN_FAKE_FOLD };
  World *world = g_new0 (World, 1);
  world->town = town_new (TOWN_WRITE);
  world->log = g_string_new (NULL);
  world->strangers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  world->extra = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  world->older = g_ptr_array_new_with_free_func ((GDestroyNotify) copy_free);
  world->unseen = g_ptr_array_new_with_free_func ((GDestroyNotify) edit_free);
  world->seen = g_ptr_array_new_with_free_func ((GDestroyNotify) edit_free);
  for (guint i = 0; i < G_N_ELEMENTS (CALENDARS); i++)
    {
      guint rewrite = rewrites[pick (G_N_ELEMENTS (rewrites))];
      world->drops_x[i] = rewrite & TN_FAKE_DROP_X;
      TnFakeProvider *calendar = town_calendar (world->town, CALENDARS[i]);
      tn_fake_provider_set_rewrite (calendar, rewrite);
      tn_fake_provider_set_deltas (calendar, pick (2) == 0);
      note (world, "%s: rewrites %u", CALENDARS[i], rewrite);
    }
  world->shares_text = pick (3) == 0;
  if (world->shares_text)
    {
      note (world, "the text of trips is shared");
      town_set_charter (world->town, "title = \"Studietur {cycle}: {host}\";",
                        "title = \"Studietur {cycle}: {host}\"; text = \"shared\";");
      town_reload (world->town);
    }
  return world;
}

static gboolean
is_ours (const TnEvent *event)
{
  return event != NULL && g_str_has_suffix (event->uid, "@turnus");
}

/* A random event of ours in the calendar; its id, or NULL. */
static char *
pick_item (World *world, const char *calendar, TnEvent **ret_event)
{
  g_auto (GStrv) ids = tn_fake_provider_dup_ids (town_calendar (world->town, calendar));
  guint n = g_strv_length (ids);
  for (guint i = 0; i < 60 && n > 0; i++)
    {
      const char *id = ids[pick (n)];
      g_autoptr (TnEvent) event
          = town_parse (tn_fake_provider_get (town_calendar (world->town, calendar), id));
      /* Most of it happens to few events, so that it meets. */
      if (!is_ours (event)
          || (i < 59 && !g_str_has_suffix (event->title, "2027: Esbjerg")
              && strstr (event->title, "Navn") == NULL && pick (8) > 0))
        continue;
      *ret_event = g_steal_pointer (&event);
      return g_strdup (id);
    }
  return NULL;
}

/* What was written over or deleted before anybody looked is not owed. */
static void
drop_unseen (World *world, const char *calendar, const char *id, int field)
{
  for (guint i = world->unseen->len; i > 0; i--)
    {
      const Edit *edit = g_ptr_array_index (world->unseen, i - 1);
      if (strcmp (edit->calendar, calendar) == 0 && strcmp (edit->item_id, id) == 0
          && (field < 0 || (int) edit->field == field))
        g_ptr_array_remove_index (world->unseen, i - 1);
    }
}

/* A copy beside the event is somebody's own. */
static gboolean
is_linked (World *world, const char *calendar, const char *id)
{
  g_autoptr (GPtrArray) links = tn_store_load_links (world->town->store, calendar, NULL);
  for (guint i = 0; i < links->len; i++)
    if (strcmp (((const TnLink *) g_ptr_array_index (links, i))->item_id, id) == 0)
      return TRUE;
  return FALSE;
}

static void
expect (World *world, const char *calendar, const char *id, const TnEvent *event, TnField field,
        const char *value)
{
  drop_unseen (world, calendar, id, (int) field);
  if (!is_linked (world, calendar, id))
    return;
  Edit *edit = g_new0 (Edit, 1);
  edit->calendar = g_strdup (calendar);
  edit->item_id = g_strdup (id);
  edit->uid = g_strdup (event->uid);
  edit->field = field;
  edit->value = g_strdup (value);
  g_ptr_array_add (world->unseen, edit);
}

static void
put (World *world, const char *calendar, const char *id, const char *text)
{
  tn_fake_provider_put (town_calendar (world->town, calendar), id, text);
}

static void
edit_text_field (World *world, const char *calendar, const char *id, const TnEvent *event,
                 TnField field)
{
  static const char *const names[]
      = { [TN_FIELD_WHERE] = "LOCATION", [TN_FIELD_TITLE] = "SUMMARY" };
  g_autofree char *value
      = g_strdup_printf ("%s %u", field == TN_FIELD_WHERE ? "Sted" : "Navn", world->counter++);
  g_autofree char *line = g_strdup_printf ("%s:%s", names[field], value);
  const char *old = tn_fake_provider_get (town_calendar (world->town, calendar), id);
  g_autofree char *text = lines_set_property (old, names[field], line);
  put (world, calendar, id, text);
  note (world, "%s: %s of %s is '%s'", calendar, names[field], id, value);
  /* A title without AFLYST takes a cancelling back, and says no more. */
  if (field != TN_FIELD_TITLE || event->status != TN_EVENT_CANCELLED)
    expect (world, calendar, id, event, field, value);
}

static void
move_event (World *world, const char *calendar, const char *id, const TnEvent *event)
{
  int year = tn_date_get_year (event->when.days.start);
  TnDate day = tn_date_new (year, 6, 10) + (TnDate) world->counter++;
  g_autofree char *value = tn_date_to_string (day);
  g_autofree char *end = tn_date_to_string (day + 1);
  g_auto (GStrv) a = g_strsplit (value, "-", -1);
  g_auto (GStrv) b = g_strsplit (end, "-", -1);
  g_autofree char *start_line = g_strdup_printf ("DTSTART;VALUE=DATE:%s%s%s", a[0], a[1], a[2]);
  g_autofree char *end_line = g_strdup_printf ("DTEND;VALUE=DATE:%s%s%s", b[0], b[1], b[2]);
  const char *old = tn_fake_provider_get (town_calendar (world->town, calendar), id);
  g_autofree char *half = lines_set_property (old, "DTSTART", start_line);
  g_autofree char *text = lines_set_property (half, "DTEND", end_line);
  put (world, calendar, id, text);
  note (world, "%s: %s moved to %s", calendar, id, value);
  expect (world, calendar, id, event, TN_FIELD_WHEN, value);
}

static void
edit_status (World *world, const char *calendar, const char *id)
{
  static const char *const lines[]
      = { "STATUS:TENTATIVE", "STATUS:CONFIRMED", "STATUS:CANCELLED", NULL };
  const char *line = lines[pick (G_N_ELEMENTS (lines))];
  const char *old = tn_fake_provider_get (town_calendar (world->town, calendar), id);
  g_autofree char *text = lines_set_property (old, "STATUS", line);
  put (world, calendar, id, text);
  note (world, "%s: %s has %s", calendar, id, line != NULL ? line : "no status");
}

static void
edit_foreign (World *world, const char *calendar, const char *id)
{
  g_autofree char *name = g_strdup_printf ("X-PRIVAT-%u", world->counter++);
  g_autofree char *line
      = pick (2) == 0 ? g_strdup_printf ("%s;X-A=\"b:c\":d,e\\;f", name)
                      : g_strdup_printf ("BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-P%uD\r\n"
                                         "DESCRIPTION:SUMMARY og STATUS:CANCELLED\r\nEND:VALARM",
                                         world->counter++);
  const char *old = tn_fake_provider_get (town_calendar (world->town, calendar), id);
  g_autofree char *text = lines_set_property (old, name, line);
  put (world, calendar, id, text);
  note (world, "%s: foreign property in %s", calendar, id);
}

/* The last line of what is ours says what it is. A page of the journal names trips above that, and
 * what is typed there is nobody else's; a server that drops properties leaves no other sign. */
static gboolean
is_trip (const TnEvent *event)
{
  const char *end = strrchr (event->note, '\n');
  return end != NULL && strstr (end, ": 7by/studietur/") != NULL && strchr (end, '#') == NULL;
}

static void
edit_text (World *world, const char *calendar, const char *id, const TnEvent *event)
{
  g_autofree char *value = g_strdup_printf ("egen tekst %u", world->counter++);
  const char *old = tn_fake_provider_get (town_calendar (world->town, calendar), id);
  g_autoptr (GPtrArray) lines = lines_unfold (old);
  for (guint i = 0; i < lines->len; i++)
    {
      char **line = (char **) &lines->pdata[i];
      if (!lines_is_named (*line, "DESCRIPTION") || strstr (*line, TN_MARKER) == NULL)
        continue;
      char *edited = g_strdup_printf ("DESCRIPTION:%s\\n%s", value, *line + 12);
      g_free (*line);
      *line = edited;
    }
  g_autofree char *text = lines_fold (lines);
  put (world, calendar, id, text);
  note (world, "%s: text of %s is '%s'", calendar, id, value);
  if (world->shares_text && is_trip (event))
    expect (world, calendar, id, event, TN_FIELD_TEXT, value);
}

static void
step_edit (World *world, const char *calendar)
{
  TnEvent *found = NULL;
  g_autofree char *id = pick_item (world, calendar, &found);
  g_autoptr (TnEvent) event = found;
  if (id == NULL)
    return;
  switch (pick (8))
    {
    case 0:
    case 1:
      edit_text_field (world, calendar, id, event, TN_FIELD_WHERE);
      break;
    case 2:
      edit_text_field (world, calendar, id, event, TN_FIELD_TITLE);
      break;
    case 3:
    case 4:
      move_event (world, calendar, id, event);
      break;
    case 5:
      edit_status (world, calendar, id);
      break;
    case 6:
      edit_foreign (world, calendar, id);
      break;
    default:
      edit_text (world, calendar, id, event);
      break;
    }
}

static void
add_extra (World *world, const char *uid)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (world->extra, uid));
  g_hash_table_insert (world->extra, g_strdup (uid), GUINT_TO_POINTER (n + 1));
}

static void
remember_older (World *world, const char *calendar, const char *id)
{
  Copy *copy = g_new0 (Copy, 1);
  copy->calendar = g_strdup (calendar);
  copy->id = g_strdup (id);
  copy->text = g_strdup (tn_fake_provider_get (town_calendar (world->town, calendar), id));
  g_ptr_array_add (world->older, copy);
}

static void
step_delete (World *world, const char *calendar)
{
  TnEvent *found = NULL;
  g_autofree char *id = pick_item (world, calendar, &found);
  g_autoptr (TnEvent) event = found;
  if (id == NULL)
    return;
  remember_older (world, calendar, id);
  drop_unseen (world, calendar, id, -1);
  tn_fake_provider_delete (town_calendar (world->town, calendar), id);
  note (world, "%s: %s deleted", calendar, id);
}

static void
step_copy (World *world, const char *calendar, gboolean moves)
{
  TnEvent *found = NULL;
  g_autofree char *id = pick_item (world, calendar, &found);
  g_autoptr (TnEvent) event = found;
  if (id == NULL)
    return;
  g_autofree char *place = g_strdup_printf ("copy-%u.ics", world->counter++);
  g_autofree char *text
      = g_strdup (tn_fake_provider_get (town_calendar (world->town, calendar), id));
  drop_unseen (world, calendar, id, -1);
  if (moves)
    tn_fake_provider_delete (town_calendar (world->town, calendar), id);
  else
    add_extra (world, event->uid);
  put (world, calendar, place, text);
  note (world, "%s: %s %s to %s", calendar, id, moves ? "moved" : "copied", place);
}

static void
step_restore (World *world)
{
  if (world->older->len == 0)
    return;
  const Copy *copy = g_ptr_array_index (world->older, pick (world->older->len));
  g_autoptr (TnEvent) event = town_parse (copy->text);
  TnFakeProvider *calendar = town_calendar (world->town, copy->calendar);
  drop_unseen (world, copy->calendar, copy->id, -1);
  if (tn_fake_provider_get (calendar, copy->id) == NULL)
    add_extra (world, event->uid);
  tn_fake_provider_put (calendar, copy->id, copy->text);
  note (world, "%s: %s restored", copy->calendar, copy->id);
}

static void
step_stranger (World *world, const char *calendar)
{
  g_autofree char *id = g_strdup_printf ("fremmed-%u.ics", pick (3));
  g_autofree char *text = g_strdup_printf (
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:%s\r\n"
      "DTSTAMP:20260101T000000Z\r\nDTSTART:2027%02u18T080000Z\r\nSUMMARY:Tandlæge %u\r\n"
      "ATTENDEE:mailto:x@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
      id, 1 + pick (12), world->counter++);
  g_hash_table_insert (world->strangers, g_strdup_printf ("%s/%s", calendar, id), g_strdup (text));
  put (world, calendar, id, text);
  note (world, "%s: stranger %s", calendar, id);
}

/* By one who may or may not. */
static void
step_decide (World *world)
{
  static const char *const cycles[] = { "2027", "2027", "2028", "2029" };
  g_autofree char *place = g_strdup_printf ("Besluttet %u", world->counter++);
  g_autofree char *day = tn_date_to_string (tn_date_new (2027, 6, 10) + (TnDate) world->counter++);
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  guint kind = pick (4);
  draft.kind = kind == 0 ? TN_DECISION_CANCEL : kind == 1 ? TN_DECISION_DATE : TN_DECISION_WHERE;
  draft.on = tn_plan_get_today (tn_book_get_plan (world->town->book));
  draft.by = COUNCILS[pick (G_N_ELEMENTS (COUNCILS))];
  draft.source = "command test";
  draft.collaboration = "7by";
  draft.series = pick (4) > 0 ? "studietur" : "erfa";
  draft.cycle = kind == 1 ? "2027" : cycles[pick (G_N_ELEMENTS (cycles))];
  draft.value = kind == 0 ? (pick (2) == 0 ? "yes" : "no") : kind == 1 ? day : place;
  draft.confirmed = kind == 1 && pick (2) == 0;
  g_autoptr (GPtrArray) effects = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnDecision) decision
      = tn_decide (world->town->book, &draft, pick (4) == 0, &effects, &error);
  note (world, "%s decides %s/%s %s: %s", draft.by, draft.series, draft.cycle, draft.value,
        decision != NULL ? "taken" : error->message);
}

static void
step_answer (World *world)
{
  GPtrArray *proposals = tn_book_get_proposals (world->town->book);
  if (proposals->len == 0)
    return;
  const TnProposal *proposal = g_ptr_array_index (proposals, pick (proposals->len));
  g_autofree char *id = g_strdup (proposal->id);
  g_autoptr (GError) error = NULL;
  gboolean accepts = pick (2) == 0;
  const char *council = COUNCILS[pick (G_N_ELEMENTS (COUNCILS))];
  g_autoptr (TnDecision) decision
      = tn_decide_answer (world->town->book, id, accepts, council, &error);
  note (world, "%s %s %s: %s", council, accepts ? "accepts" : "rejects", id,
        error != NULL ? error->message : "done");
}

static void
step_fault (World *world, const char *calendar)
{
  static const struct
  {
    TnFakeCall call;
    TnFakeTrick trick;
    TnError code;
  } faults[] = {
    { TN_FAKE_LIST, TN_FAKE_FAIL, TN_ERROR_TEMPORARY },
    { TN_FAKE_LIST, TN_FAKE_FAIL, TN_ERROR_PROTOCOL },
    { TN_FAKE_LIST, TN_FAKE_FAIL, TN_ERROR_GONE },
    { TN_FAKE_LIST, TN_FAKE_EMPTY, 0 },
    { TN_FAKE_LIST, TN_FAKE_HALF, 0 },
    { TN_FAKE_LIST, TN_FAKE_UNBOUND, 0 },
    { TN_FAKE_LOAD, TN_FAKE_FAIL, TN_ERROR_TEMPORARY },
    { TN_FAKE_LOAD, TN_FAKE_LOSE_ANSWER, TN_ERROR_TEMPORARY },
    { TN_FAKE_SAVE, TN_FAKE_FAIL, TN_ERROR_TEMPORARY },
    { TN_FAKE_SAVE, TN_FAKE_FAIL, TN_ERROR_CONFLICT },
    { TN_FAKE_SAVE, TN_FAKE_FAIL, TN_ERROR_DENIED },
    { TN_FAKE_SAVE, TN_FAKE_LOSE_ANSWER, TN_ERROR_TEMPORARY },
    { TN_FAKE_SAVE, TN_FAKE_LOSE_ANSWER, TN_ERROR_PROTOCOL },
    { TN_FAKE_SAVE, TN_FAKE_EDIT_FIRST, 0 },
    { TN_FAKE_SAVE, TN_FAKE_VANISH, 0 },
  };
  guint i = pick (G_N_ELEMENTS (faults));
  for (guint n = pick (3); n > 0; n--)
    tn_fake_provider_script (town_calendar (world->town, calendar), faults[i].call, TN_FAKE_WORK,
                             0);
  tn_fake_provider_script (town_calendar (world->town, calendar), faults[i].call, faults[i].trick,
                           faults[i].code);
  note (world, "%s: fault %u of call %u", calendar, faults[i].trick, faults[i].call);
}

/* One of the journal, which turnus makes anew as soon as it is gone. Its UID may stand there folded
 * over two lines. */
static gboolean
is_page (const char *text)
{
  g_autoptr (TnEvent) event = town_parse (text);
  for (int year = 2025; year < 2035; year++)
    {
      g_autofree char *key = tn_identity_page_to_key ("odense", year, 1);
      g_autofree char *uid = tn_identity_key_to_uid (key);
      if (event != NULL && strcmp (event->uid, uid) == 0)
        return TRUE;
    }
  return FALSE;
}

static GHashTable *
read_foreign (World *world)
{
  GHashTable *all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < G_N_ELEMENTS (CALENDARS); i++)
    {
      TnFakeProvider *calendar = town_calendar (world->town, CALENDARS[i]);
      g_auto (GStrv) ids = tn_fake_provider_dup_ids (calendar);
      for (guint j = 0; ids[j] != NULL; j++)
        if (!is_page (tn_fake_provider_get (calendar, ids[j])))
          g_hash_table_insert (all, g_strdup_printf ("%s/%s", CALENDARS[i], ids[j]),
                               lines_dup_foreign (tn_fake_provider_get (calendar, ids[j]),
                                                  world->drops_x[i] != 0, world->shares_text));
    }
  return all;
}

static void
check_foreign (World *world, GHashTable *before)
{
  g_autoptr (GHashTable) after = read_foreign (world);
  GHashTableIter iter;
  gpointer place = NULL;
  gpointer old = NULL;
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &place, &old))
    {
      const char *now = g_hash_table_lookup (after, place);
      if (now != NULL && strcmp (now, old) != 0)
        fail (world, "what is not ours changed in %s:\n%s\n->\n%s", (char *) place, (char *) old,
              now);
    }
}

/* Edits in calendars whose pass went well have been read. */
static void
settle_edits (World *world)
{
  for (guint i = world->unseen->len; i > 0; i--)
    {
      const Edit *edit = g_ptr_array_index (world->unseen, i - 1);
      const TnPassResult *result = tn_desk_get_result (world->town->desk, edit->calendar);
      if (result != NULL && result->problem == NULL && result->hold == TN_HOLD_NONE)
        g_ptr_array_add (world->seen, g_ptr_array_steal_index (world->unseen, i - 1));
    }
}

static void
step_sync (World *world, const char *calendar)
{
  g_autoptr (GHashTable) before = read_foreign (world);
  g_autoptr (GError) error = NULL;
  town_try_sync (world->town, calendar, 0, &error);
  note (world, "sync %s: %s", calendar != NULL ? calendar : "all",
        error != NULL ? error->message : "well");
  check_foreign (world, before);
  for (guint i = 0; i < G_N_ELEMENTS (CALENDARS); i++)
    if (tn_fake_provider_get_calls (town_calendar (world->town, CALENDARS[i]), TN_FAKE_REMOVE) > 0)
      fail (world, "something was removed from %s (promise 3)", CALENDARS[i]);
  if (calendar == NULL)
    settle_edits (world);
}

static void
step (World *world)
{
  const char *calendar = CALENDARS[pick (G_N_ELEMENTS (CALENDARS))];
  guint what = pick (24);
  if (what < 8)
    step_edit (world, calendar);
  else if (what == 8)
    step_delete (world, calendar);
  else if (what == 9)
    step_copy (world, calendar, pick (2) == 0);
  else if (what == 10)
    step_restore (world);
  else if (what == 11)
    step_stranger (world, calendar);
  else if (what < 14)
    step_decide (world);
  else if (what == 14)
    step_answer (world);
  else if (what < 17)
    step_fault (world, calendar);
  else if (what == 17)
    {
      town_restart (world->town);
      note (world, "restart");
    }
  else if (what == 18)
    {
      tn_fake_clock_advance_us (world->town->clock, pick (60) * G_TIME_SPAN_MINUTE);
      note (world, "time passes");
    }
  else
    step_sync (world, pick (3) == 0 ? calendar : NULL);
}

/* A person looks at what is held; then passes until nothing is written any more. */
static void
settle (World *world)
{
  for (guint i = 0; i < G_N_ELEMENTS (CALENDARS); i++)
    tn_fake_provider_clear_script (town_calendar (world->town, CALENDARS[i]));
  note (world, "the faults stop");
  guint writes = 1;
  for (guint i = 0; i < MAX_PASSES; i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (CALENDARS); j++)
        tn_decide_approve (world->town->book, CALENDARS[j], NULL);
      tn_fake_clock_advance_us (world->town->clock, 20 * G_TIME_SPAN_MINUTE);
      town_reset_counts (world->town);
      step_sync (world, NULL);
      writes = town_count_writes (world->town);
    }
  if (writes != 0)
    fail (world, "it does not settle: %u writes in the last pass (promise 5)", writes);
  for (guint i = 0; i < G_N_ELEMENTS (CALENDARS); i++)
    {
      const TnPassResult *result = tn_desk_get_result (world->town->desk, CALENDARS[i]);
      if (result->problem != NULL || result->hold != TN_HOLD_NONE)
        fail (world, "%s does not get well: %s", CALENDARS[i],
              result->problem != NULL ? result->problem->message : result->hold_text);
    }
}

static void
check_calendar_items (World *world, const char *calendar)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  TnFakeProvider *provider = town_calendar (world->town, calendar);
  g_auto (GStrv) ids = tn_fake_provider_dup_ids (provider);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      const char *text = tn_fake_provider_get (provider, ids[i]);
      g_autofree char *place = g_strdup_printf ("%s/%s", calendar, ids[i]);
      const char *stranger = g_hash_table_lookup (world->strangers, place);
      if (stranger != NULL && strcmp (stranger, text) != 0)
        fail (world, "stranger %s was changed (promise 6)", place);
      if (stranger != NULL)
        continue;
      if (strstr (text, "ATTENDEE") != NULL || strstr (text, "ORGANIZER") != NULL
          || strstr (text, "METHOD") != NULL)
        fail (world, "%s may mail somebody (promise 4): %s", place, text);
      g_autoptr (TnEvent) event = town_parse (text);
      if (event == NULL)
        fail (world, "%s cannot be read: %s", place, text);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, event->uid)) + 1;
      g_hash_table_insert (counts, g_strdup (event->uid), GUINT_TO_POINTER (n));
      if (n > 1 + GPOINTER_TO_UINT (g_hash_table_lookup (world->extra, event->uid)))
        fail (world, "%s is doubled (promise 2)", place);
    }
}

static gboolean
is_waiting (World *world, const char *calendar, const char *uid)
{
  const TnPassResult *result = tn_desk_get_result (world->town->desk, calendar);
  for (guint i = 0; i < result->changes->len; i++)
    {
      const TnChange *change = g_ptr_array_index (result->changes, i);
      if (strcmp (change->uid, uid) == 0 && strchr ("!?", tn_change_get_sign (change)) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
check_posting (World *world, const char *calendar, const TnPosting *posting, const TnLink *link)
{
  if (is_waiting (world, calendar, posting->event->uid))
    return;
  const char *text
      = link != NULL ? tn_fake_provider_get (town_calendar (world->town, calendar), link->item_id)
                     : NULL;
  gboolean wanted = posting->may_create && posting->is_future
                    && posting->occurrence->status != TN_STATUS_CANCELLED;
  if (text == NULL && wanted)
    fail (world, "%s: %s is not there, and nobody is told", calendar, posting->event->uid);
  g_autoptr (TnEvent) event = text != NULL ? town_parse (text) : NULL;
  for (guint i = TN_FIELD_WHEN; event != NULL && i <= TN_FIELD_STATUS; i++)
    {
      g_autofree char *shown = tn_event_dup_field (event, (TnField) i);
      if (strcmp (shown, posting->wished[i]) != 0)
        fail (world, "%s: %s of %s is '%s' and not '%s', and nobody is told", calendar,
              tn_field_to_string ((TnField) i), posting->event->uid, shown, posting->wished[i]);
    }
}

static void
check_agreement (World *world, const char *calendar)
{
  TnBook *book = world->town->book;
  g_autoptr (GPtrArray) postings = tn_posting_list (
      tn_book_get_plan (book), tn_settings_find_calendar (tn_book_get_settings (book), calendar),
      tn_book_get_publish_span (book), NULL);
  g_autoptr (GPtrArray) links = tn_store_load_links (world->town->store, calendar, NULL);
  for (guint i = 0; i < postings->len; i++)
    {
      const TnPosting *posting = g_ptr_array_index (postings, i);
      const TnLink *link = NULL;
      for (guint j = 0; j < links->len && link == NULL; j++)
        if (strcmp (((TnLink *) g_ptr_array_index (links, j))->uid, posting->event->uid) == 0)
          link = g_ptr_array_index (links, j);
      check_posting (world, calendar, posting, link);
    }
}

static gboolean
says (const char *text, const char *value)
{
  return text != NULL && strstr (text, value) != NULL;
}

/* In the ledger, among the proposals or in the history (promise 1). */
static gboolean
is_kept (World *world, const Edit *edit)
{
  GPtrArray *proposals = tn_book_get_proposals (world->town->book);
  for (guint i = 0; i < proposals->len; i++)
    if (says (((const TnProposal *) g_ptr_array_index (proposals, i))->value, edit->value))
      return TRUE;
  g_autoptr (GPtrArray) decisions = tn_store_load_ledger (world->town->store, NULL);
  for (guint i = 0; i < decisions->len; i++)
    if (says (((const TnDecision *) g_ptr_array_index (decisions, i))->value, edit->value))
      return TRUE;
  g_autoptr (GPtrArray) history
      = tn_store_load_history (world->town->store, edit->uid, 10000, NULL);
  for (guint i = 0; i < history->len; i++)
    {
      const TnHistory *line = g_ptr_array_index (history, i);
      if (says (line->after, edit->value) || says (line->before, edit->value))
        return TRUE;
    }
  return FALSE;
}

static void
test_histories (void)
{
  const char *asked = g_getenv ("TURNUS_HISTORIES");
  guint64 n_histories = g_ascii_strtoull (asked != NULL ? asked : N_HISTORIES, NULL, 10);
  for (guint64 n = 0; n < n_histories; n++)
    {
      g_autoptr (World) world = world_new ();
      step_sync (world, NULL);
      for (guint i = 0; i < N_STEPS; i++)
        step (world);
      settle (world);
      for (guint i = 0; i < G_N_ELEMENTS (CALENDARS); i++)
        {
          check_calendar_items (world, CALENDARS[i]);
          check_agreement (world, CALENDARS[i]);
        }
      for (guint i = 0; i < world->seen->len; i++)
        {
          const Edit *edit = g_ptr_array_index (world->seen, i);
          if (!is_kept (world, edit))
            fail (world, "'%s' in %s is lost (promise 1)", edit->value, edit->calendar);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/property/sync/the-promises-hold-after-any-history", test_histories);
  return g_test_run ();
}
