/* The note: what stands in an event below the marker, in the collaboration's language. It is the
 * same in every calendar but for the remarks, so it says only what all of them may read. Source:
 * design sections 4 and 6. Pure. */
#include "sync/note.h"

#include <string.h>

#include "rules/wording.h"

static char *
join_names (const TnCollaboration *collaboration, char **councils)
{
  GString *names = g_string_new (NULL);
  for (guint i = 0; councils[i] != NULL; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            tn_collaboration_get_council_name (collaboration, councils[i]));
  return g_string_free (names, FALSE);
}

/* A word with one place in it, `%s`, and a value for it. */
static char *
fill (TnLanguage language, TnWord word, const char *value)
{
  g_auto (GStrv) parts = g_strsplit (tn_word (language, word), "%s", 2);
  return g_strjoinv (value, parts);
}

static void
append_filled (GString *note, TnLanguage language, TnWord word, const char *value)
{
  g_autofree char *line = fill (language, word, value);
  g_string_append_printf (note, "%s\n", line);
}

/* The charter's own text of the series. */
static void
append_description (GString *note, const TnOccurrence *occurrence)
{
  if (occurrence->series->description == NULL)
    return;
  g_autofree char *text = tn_wording_expand (occurrence->series->description, occurrence);
  g_string_append_printf (note, "%s\n", text);
}

static void
append_roles (GString *note, const TnOccurrence *occurrence)
{
  for (guint i = 0; i < occurrence->turns->len; i++)
    {
      const TnTurn *turn = g_ptr_array_index (occurrence->turns, i);
      if (turn->councils[0] == NULL)
        continue;
      g_autofree char *names = join_names (occurrence->collaboration, turn->councils);
      g_string_append_printf (
          note, "%s: %s\n",
          tn_word_for_role (occurrence->collaboration->language, turn->rule->name), names);
    }
}

static void
append_people (GString *note, const TnOccurrence *occurrence)
{
  TnLanguage language = occurrence->collaboration->language;
  const TnSeries *series = occurrence->series;
  if (series->participants->len > 0)
    {
      g_string_append_printf (note, "%s:", tn_word (language, TN_WORD_PARTICIPANTS));
      for (guint i = 0; i < series->participants->len; i++)
        {
          const TnParticipant *participant = g_ptr_array_index (series->participants, i);
          g_autofree char *count = participant->count > 0
                                       ? g_strdup_printf ("%d ", participant->count)
                                       : g_strdup ("");
          g_string_append_printf (note, "%s %s%s", i > 0 ? "," : "", count,
                                  tn_word_for_group (language, participant->group));
        }
      g_string_append_c (note, '\n');
    }
  if (series->guests[0] != NULL)
    {
      g_autofree char *guests = g_strjoinv ("; ", series->guests);
      g_string_append_printf (note, "%s: %s\n", tn_word (language, TN_WORD_GUESTS), guests);
    }
  if (series->costs != NULL)
    g_string_append_printf (note, "%s: %s\n", tn_word (language, TN_WORD_COSTS), series->costs);
}

/* Each day's times where they are not simply from begin to end. */
static void
append_hours (GString *note, const TnOccurrence *occurrence)
{
  TnLanguage language = occurrence->collaboration->language;
  TnHours hours = { 0 };
  for (int day = 0; tn_occurrence_find_hours (occurrence, day, &hours); day++)
    {
      g_autofree char *date = tn_word_format_day (language, occurrence->when.days.start + day);
      g_autofree char *start = tn_word_format_clock (language, hours.start_minute);
      g_autofree char *end = tn_word_format_clock (language, hours.end_minute);
      g_autofree char *head = day == 0 ? g_strdup_printf ("%s: ", tn_word (language, TN_WORD_HOURS))
                                       : g_strdup ("; ");
      g_string_append_printf (note, "%s%s %s-%s", head, date, start, end);
    }
  if (tn_occurrence_find_hours (occurrence, 0, &hours))
    g_string_append_c (note, '\n');
}

static void
append_room (GString *note, const TnOccurrence *occurrence)
{
  TnLanguage language = occurrence->collaboration->language;
  const TnSeries *series = occurrence->series;
  if (series->seats > 0)
    {
      g_autofree char *seats = g_strdup_printf ("%d", series->seats);
      append_filled (note, language, TN_WORD_SEATS, seats);
    }
  if (series->capacity_most > 0)
    {
      g_autofree char *room
          = series->capacity_least == series->capacity_most
                ? g_strdup_printf ("%d", series->capacity_most)
                : g_strdup_printf ("%d-%d", series->capacity_least, series->capacity_most);
      append_filled (note, language, TN_WORD_ROOM, room);
    }
}

/* What was put off to this one, and since when it waits. */
static void
append_agenda (GString *note, const TnOccurrence *occurrence)
{
  TnLanguage language = occurrence->collaboration->language;
  const GPtrArray *matters = occurrence->series->matters;
  gboolean is_first = TRUE;
  for (guint i = 0; i < matters->len; i++)
    {
      const TnMatter *matter = g_ptr_array_index (matters, i);
      if (!tn_matter_is_on_agenda (matter, &occurrence->cycle))
        continue;
      if (is_first)
        g_string_append_printf (note, "%s:\n", tn_word (language, TN_WORD_AGENDA));
      is_first = FALSE;
      g_string_append_printf (note, "- %s", matter->title);
      if (!tn_cycle_equal (&matter->from, &occurrence->cycle))
        {
          g_autofree char *from = tn_cycle_to_string (&matter->from);
          g_autofree char *since = fill (language, TN_WORD_SINCE, from);
          g_string_append_printf (note, " (%s)", since);
        }
      g_string_append_c (note, '\n');
    }
}

static gboolean
is_same_duty (const TnMilestone *one, const TnMilestone *other)
{
  return strcmp (one->title, other->title) == 0 && strcmp (one->by, other->by) == 0;
}

/* Homework comes many times and stands in one line with all its days. */
static void
append_deadlines (GString *note, const TnOccurrence *occurrence)
{
  TnLanguage language = occurrence->collaboration->language;
  const GPtrArray *milestones = occurrence->milestones;
  if (milestones->len > 0)
    g_string_append_printf (note, "%s:\n", tn_word (language, TN_WORD_DEADLINES));
  for (guint i = 0; i < milestones->len; i++)
    {
      const TnMilestone *milestone = g_ptr_array_index (milestones, i);
      const TnMilestone *before = i > 0 ? g_ptr_array_index (milestones, i - 1) : NULL;
      const TnMilestone *next
          = i + 1 < milestones->len ? g_ptr_array_index (milestones, i + 1) : NULL;
      g_autofree char *due = tn_word_format_day (language, milestone->due);
      gboolean goes_on = before != NULL && is_same_duty (before, milestone);
      g_string_append_printf (note, "%s%s", goes_on ? ", " : "- ", due);
      if (next != NULL && is_same_duty (milestone, next))
        continue;
      g_autofree char *names = strcmp (milestone->by, "council") == 0
                                   ? g_strdup (tn_word (language, TN_WORD_EACH_COUNCIL))
                                   : join_names (occurrence->collaboration, milestone->councils);
      g_string_append_printf (note, ": %s%s%s%s\n", milestone->title, names[0] != '\0' ? " (" : "",
                              names, names[0] != '\0' ? ")" : "");
    }
}

static void
append_status (GString *note, const TnOccurrence *occurrence)
{
  TnLanguage language = occurrence->collaboration->language;
  TnWord word = occurrence->is_postponed                    ? TN_WORD_POSTPONED
                : occurrence->status == TN_STATUS_CANCELLED ? TN_WORD_CANCELLED
                : occurrence->status == TN_STATUS_CONFIRMED ? TN_WORD_CONFIRMED
                                                            : TN_WORD_PROPOSED;
  g_string_append_printf (note, "%s\n", tn_word (language, word));
}

static void
append_remarks (GString *note, const char *uid, GPtrArray *remarks)
{
  for (guint i = 0; remarks != NULL && i < remarks->len; i++)
    {
      const TnRemark *remark = g_ptr_array_index (remarks, i);
      if (strcmp (remark->uid, uid) == 0)
        g_string_append_printf (note, "%s\n", remark->line);
    }
}

static char *
describe_occurrence (const TnOccurrence *occurrence, GPtrArray *remarks)
{
  TnLanguage language = occurrence->collaboration->language;
  GString *note = g_string_new (NULL);
  g_string_append_printf (note, "%s\n", occurrence->collaboration->name);
  append_remarks (note, occurrence->uid, remarks);
  if (occurrence->theme != NULL)
    g_string_append_printf (note, "%s: %s\n", tn_word (language, TN_WORD_THEME), occurrence->theme);
  append_description (note, occurrence);
  append_roles (note, occurrence);
  append_hours (note, occurrence);
  append_people (note, occurrence);
  append_room (note, occurrence);
  append_agenda (note, occurrence);
  append_deadlines (note, occurrence);
  append_status (note, occurrence);
  g_autofree char *reference = tn_occurrence_to_reference (occurrence);
  g_string_append_printf (note, "%s: %s", tn_word (language, TN_WORD_REFERENCE), reference);
  return g_string_free (note, FALSE);
}

static char *
describe_milestone (const TnOccurrence *occurrence, const TnMilestone *milestone,
                    GPtrArray *remarks)
{
  TnLanguage language = occurrence->collaboration->language;
  GString *note = g_string_new (NULL);
  g_string_append_printf (note, "%s\n", occurrence->collaboration->name);
  append_remarks (note, milestone->uid, remarks);
  g_autofree char *names = join_names (occurrence->collaboration, milestone->councils);
  g_string_append_printf (note, "%s: %s\n", tn_word (language, TN_WORD_DUTY), names);
  g_string_append_printf (note, "%s: %s\n", tn_word (language, TN_WORD_FOR), occurrence->title);
  g_autofree char *reference = tn_occurrence_to_reference (occurrence);
  g_string_append_printf (note, "%s: %s#%s", tn_word (language, TN_WORD_REFERENCE), reference,
                          milestone->id);
  return g_string_free (note, FALSE);
}

/**
 * tn_note_write:
 * @milestone: (nullable): the note is its own, not that of @occurrence
 * @remarks: (nullable) (element-type TnRemark): of this calendar
 *
 * Returns: (transfer full): lines
 */
char *
tn_note_write (const TnOccurrence *occurrence, const TnMilestone *milestone, GPtrArray *remarks)
{
  return milestone != NULL ? describe_milestone (occurrence, milestone, remarks)
                           : describe_occurrence (occurrence, remarks);
}
