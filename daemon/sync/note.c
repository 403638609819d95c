/* The note: what stands in an event below the marker, in the collaboration's language. It is the
 * same in every calendar but for the remarks, so it says only what all of them may read. Source:
 * design sections 4 and 6. Pure. */
#include "sync/note.h"

#include <string.h>

static char *
join_names (const TnCollaboration *collaboration, char **councils)
{
  GString *names = g_string_new (NULL);
  for (guint i = 0; councils[i] != NULL; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            tn_collaboration_get_council_name (collaboration, councils[i]));
  return g_string_free (names, FALSE);
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
  append_roles (note, occurrence);
  append_people (note, occurrence);
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
