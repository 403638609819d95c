/* Puts the parts of a charter together and checks what only the whole can show: who follows whom,
 * and where each series begins. */
#include "charter/agreement.h"

#include <string.h>

#include "charter/agenda.h"
#include "charter/duties.h"
#include "charter/members.h"
#include "charter/rhythm.h"
#include "charter/rulings.h"

static const int PARTS[] = { 1, 2, 4, 12, 1 }; /* cycles in a year, by TnPeriod */

typedef enum
{
  FIRST_UNKNOWN,
  FIRST_SOUGHT, /* in the course of it: who comes back here goes in a circle */
  FIRST_SETTLED
} FirstState;

/* A series and where it was written. */
typedef struct
{
  TnGroup group;
  TnSeries *series; /* (unowned) by the collaboration */
  FirstState state;
} Chapter;

/* What a role follows. */
typedef struct
{
  Chapter *chapter;       /* (unowned) */
  const TnRoleRule *role; /* (unowned) */
} Followed;

/* All series while they are put together; lookups go by pointer, as charters may be long. */
typedef struct
{
  const TnCollaboration *collaboration;
  GPtrArray *chapters;  /* (owned) (element-type Chapter) */
  GHashTable *followed; /* (owned) (element-type TnRoleRule Followed) */
} Book;

static void
check_names (TnGroup group, const TnCollaboration *collaboration, const TnSeries *series)
{
  const TnSeries *twin = tn_collaboration_find_series (collaboration, series->id);
  if (twin != NULL)
    tn_group_complain (group, "id",
                       "series '%s' stands twice, expected one; the first is in line %d",
                       series->id, twin->origin.line);
  for (guint i = 0; series->was[i] != NULL; i++)
    if (strcmp (series->was[i], series->id) == 0
        || tn_collaboration_find_series (collaboration, series->was[i]) != NULL)
      tn_group_complain (group, "was",
                         "'%s' is the id of a series today, expected one that is no longer used",
                         series->was[i]);
}

static TnSeries *
read_series (TnGroup charter, TnGroup group, const TnCollaboration *collaboration)
{
  TnValue id = { 0 };
  TnValue kind = { 0 };
  TnValue text = { 0 };
  if (tn_group_read (group, "id", &id) != TN_READING_GIVEN)
    return NULL;
  tn_group_read (group, "kind", &kind);
  TnSeries *series = tn_series_new (id.text, (TnKind) kind.number);
  series->origin = tn_group_get_origin (group, NULL);
  tn_group_read_texts (group, "was", &series->was);
  check_names (group, collaboration, series);
  tn_group_read_text (group, "title", &series->title);
  tn_group_read_text (group, "description", &series->description);
  tn_group_read_texts (group, "guests", &series->guests);
  tn_group_read_text (group, "costs", &series->costs);
  tn_group_read_text (group, "place", &series->place);
  tn_group_read (group, "text", &text);
  series->shares_text = text.number == 1;
  tn_rhythm_read (group, series);
  tn_duties_read (charter, group, collaboration, series);
  return series;
}

static void
check_avoidances (TnGroup group, const TnCollaboration *collaboration, const TnSeries *series)
{
  gboolean needs_file = FALSE;
  for (guint i = 0; i < series->avoidances->len; i++)
    needs_file |= ((const TnAvoidance *) g_ptr_array_index (series->avoidances, i))->kind
                  != TN_AVOID_BUSY; /* the settings name those */
  if (collaboration->holidays[0] == NULL && needs_file)
    tn_group_complain (group, tn_group_has (group, "avoid") ? "avoid" : "prefer_not",
                       "no holiday file is known, expected holidays = [ \"dk\" ] in the "
                       "collaboration");
}

/* More steps than there are roles that follow means that one came by twice. */
static gboolean
is_in_circle (const Book *book, const TnRoleRule *role)
{
  const TnRoleRule *next = role;
  for (guint steps = 0; steps <= g_hash_table_size (book->followed); steps++)
    {
      const Followed *followed = g_hash_table_lookup (book->followed, next);
      if (followed == NULL)
        return FALSE;
      next = followed->role;
      if (next == role)
        return TRUE;
    }
  return FALSE;
}

static Chapter *
find_chapter (const Book *book, const TnSeries *series)
{
  for (guint i = 0; i < book->chapters->len; i++)
    {
      Chapter *chapter = g_ptr_array_index (book->chapters, i);
      if (chapter->series == series)
        return chapter;
    }
  return NULL;
}

/* Where @role was written. */
static TnGroup
find_role_group (const Chapter *chapter, const TnRoleRule *role)
{
  for (guint i = 0; i < tn_group_count (chapter->group, "roles"); i++)
    {
      TnGroup group = tn_group_at (chapter->group, "roles", i);
      TnValue name = { 0 };
      if (tn_group_read (group, "role", &name) == TN_READING_GIVEN
          && strcmp (name.text, role->name) == 0)
        return group;
    }
  return chapter->group;
}

static int
count_in_year (const TnSeries *series)
{
  return PARTS[series->every] * MAX (series->frequency.most, 1);
}

static void
resolve_role (Book *book, const Chapter *chapter, TnRoleRule *role)
{
  int line = tn_group_get_line (find_role_group (chapter, role), "follows");
  const TnSeries *series = tn_collaboration_find_series (book->collaboration, role->follows_series);
  if (series == NULL)
    {
      tn_group_complain_at (chapter->group, line,
                            "follows: there is no series '%s', expected an id from series",
                            role->follows_series);
      return;
    }
  const TnRoleRule *target
      = tn_duties_check_role (chapter->group, "follows", line, series, role->follows_role);
  if (target == NULL)
    return;
  if (count_in_year (series) > count_in_year (chapter->series))
    tn_group_complain_at (chapter->group, line,
                          "'%s' has several cycles in one of '%s', expected to follow a series "
                          "that is held no more often",
                          series->id, chapter->series->id);
  g_free (role->follows_series);
  role->follows_series = g_strdup (series->id);
  Followed *followed = g_new0 (Followed, 1);
  followed->chapter = find_chapter (book, series);
  followed->role = target;
  g_hash_table_insert (book->followed, role, followed);
}

static void
check_circle (const Book *book, const Chapter *chapter, const TnRoleRule *role)
{
  if (is_in_circle (book, role))
    tn_group_complain (find_role_group (chapter, role), "follows",
                       "role '%s' of '%s' follows itself in a circle, expected one of the circle "
                       "to have a rotation or a council",
                       role->name, chapter->series->id);
}

static void
resolve_roles (Book *book)
{
  for (guint i = 0; i < book->chapters->len; i++)
    {
      const Chapter *chapter = g_ptr_array_index (book->chapters, i);
      for (guint j = 0; j < chapter->series->roles->len; j++)
        {
          TnRoleRule *role = g_ptr_array_index (chapter->series->roles, j);
          if (role->kind == TN_ROLE_FOLLOWS && role->follows_series != NULL)
            resolve_role (book, chapter, role);
        }
    }
  for (guint i = 0; i < book->chapters->len; i++)
    {
      const Chapter *chapter = g_ptr_array_index (book->chapters, i);
      for (guint j = 0; j < chapter->series->roles->len; j++)
        check_circle (book, chapter, g_ptr_array_index (chapter->series->roles, j));
    }
}

static TnDate
get_founding (const TnCollaboration *collaboration)
{
  TnDate first = TN_DATE_NONE;
  for (guint i = 0; i < collaboration->councils->len; i++)
    {
      const TnCouncil *council = g_ptr_array_index (collaboration->councils, i);
      if (council->memberships->len == 0)
        continue;
      TnDate start = g_array_index (council->memberships, TnSpan, 0).start;
      if (first == TN_DATE_NONE || start < first)
        first = start;
    }
  return first != TN_DATE_NONE ? first : tn_date_new (1970, 1, 1);
}

static gboolean
find_ring_start (const TnSeries *series, TnCycle *ret_first)
{
  for (guint i = 0; i < series->roles->len; i++)
    {
      const TnRoleRule *role = g_ptr_array_index (series->roles, i);
      if (role->kind == TN_ROLE_RING && role->start_cycle.year > 0)
        {
          *ret_first = role->start_cycle;
          ret_first->ordinal = 0;
          return TRUE;
        }
    }
  return FALSE;
}

/* Where a series begins that does not say it: with its ring, with whom it follows, with the
 * collaboration. */
static void
settle_first (const Book *book, Chapter *chapter)
{
  TnSeries *series = chapter->series;
  if (chapter->state != FIRST_UNKNOWN)
    return;
  chapter->state = FIRST_SOUGHT;
  gboolean is_given = tn_group_has (chapter->group, "first") || series->frequency.dates->len > 0;
  if (!is_given || series->first.period != series->every)
    series->first = tn_cycle_at (series->every, get_founding (book->collaboration));
  if (!is_given && !find_ring_start (series, &series->first))
    for (guint i = 0; i < series->roles->len; i++)
      {
        const Followed *followed
            = g_hash_table_lookup (book->followed, g_ptr_array_index (series->roles, i));
        if (followed == NULL || followed->chapter->state == FIRST_SOUGHT)
          continue;
        settle_first (book, followed->chapter);
        TnCycle first = followed->chapter->series->first;
        series->first = tn_cycle_at (series->every, tn_cycle_get_span (&first).start);
        break;
      }
  chapter->state = FIRST_SETTLED;
}

/* A ring that does not say where it starts does so with its first council in the first cycle. */
static void
settle_rings (const Chapter *chapter)
{
  const TnSeries *series = chapter->series;
  for (guint i = 0; i < series->roles->len; i++)
    {
      TnRoleRule *role = g_ptr_array_index (series->roles, i);
      if (role->kind != TN_ROLE_RING)
        continue;
      if (series->frequency.least != series->frequency.most)
        tn_group_complain (chapter->group, "times",
                           "a ring cannot go round when nobody knows how many turns a period has, "
                           "expected one number of times for '%s'",
                           role->name);
      if (role->start_cycle.year <= 0)
        role->start_cycle = series->first;
      else
        tn_rhythm_check_held (tn_group_enter (find_role_group (chapter, role), "start"), "cycle",
                              series, &role->start_cycle);
      if (role->start_council == NULL)
        role->start_council = g_strdup (role->ring[0]);
    }
}

/* What ends homework must be a series of the same charter. */
static void
check_homework (const Book *book, const Chapter *chapter)
{
  for (guint i = 0; i < chapter->series->milestones->len; i++)
    {
      TnMilestoneRule *rule = g_ptr_array_index (chapter->series->milestones, i);
      const TnSeries *until = rule->until != NULL
                                  ? tn_collaboration_find_series (book->collaboration, rule->until)
                                  : chapter->series;
      if (until == NULL)
        tn_group_complain_at (chapter->group, rule->origin.line,
                              "until: there is no series '%s', expected an id from series",
                              rule->until);
      else if (rule->until != NULL)
        {
          g_free (rule->until);
          rule->until = g_strdup (until->id);
        }
    }
}

static void
book_clear (Book *book)
{
  g_clear_pointer (&book->followed, g_hash_table_unref);
  g_clear_pointer (&book->chapters, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Book, book_clear)

static void
read_all_series (TnGroup charter, TnCollaboration *collaboration)
{
  g_auto (Book) book = { collaboration, g_ptr_array_new_with_free_func (g_free),
                         g_hash_table_new_full (NULL, NULL, NULL, g_free) };
  for (guint i = 0; i < tn_group_count (charter, "series"); i++)
    {
      TnGroup group = tn_group_at (charter, "series", i);
      TnSeries *series = read_series (charter, group, collaboration);
      if (series == NULL)
        continue;
      g_ptr_array_add (collaboration->series, series);
      check_avoidances (group, collaboration, series);
      Chapter *chapter = g_new0 (Chapter, 1);
      chapter->group = group;
      chapter->series = series;
      g_ptr_array_add (book.chapters, chapter);
    }
  resolve_roles (&book);
  for (guint i = 0; i < book.chapters->len; i++)
    settle_first (&book, g_ptr_array_index (book.chapters, i));
  for (guint i = 0; i < book.chapters->len; i++)
    {
      const Chapter *chapter = g_ptr_array_index (book.chapters, i);
      tn_rhythm_check_first (chapter->group, chapter->series);
      settle_rings (chapter);
      tn_agenda_read (chapter->group, chapter->series);
      check_homework (&book, chapter);
    }
}

/**
 * tn_agreement_read:
 * @charter: the group `collaboration`, already held against the table
 *
 * Complaints go to its document's problems; what is wrong is left out or stands at its default, so
 * the result is good for use only if there are none.
 *
 * Returns: (transfer full): what it says, without a digest
 */
TnCollaboration *
tn_agreement_read (TnGroup charter)
{
  TnValue id = { 0 };
  TnValue edition = { .number = 1 };
  TnValue language = { .number = TN_LANGUAGE_EN };
  TnValue zone = { 0 };
  tn_group_read (charter, "id", &id);
  tn_group_read (charter, "edition", &edition);
  tn_group_read (charter, "language", &language);

  TnCollaboration *collaboration = tn_collaboration_new (id.text != NULL ? id.text : "");
  collaboration->origin = tn_group_get_origin (charter, NULL);
  collaboration->edition = edition.number;
  collaboration->language = (TnLanguage) language.number;
  tn_group_read_text (charter, "name", &collaboration->name);
  tn_group_read_texts (charter, "holidays", &collaboration->holidays);
  if (tn_group_read (charter, "timezone", &zone) == TN_READING_GIVEN)
    {
      tn_zone_unref (collaboration->zone);
      collaboration->zone = tn_zone_new (zone.text, NULL);
    }
  tn_members_read (charter, collaboration);
  read_all_series (charter, collaboration);
  tn_rulings_read (charter, collaboration);
  return collaboration;
}
