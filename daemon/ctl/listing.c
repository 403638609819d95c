/* Occurrences in listings. The keys and forms of the JSON are fixed: others rely on them (design
 * section 10). Nothing here goes by the machine's zone or locale (promise 9). */
#include "ctl/listing.h"

#include "ctl/json.h"
#include "model/catalogue.h"

#include <string.h>

static const int MINUTES_A_DAY = 24 * 60;

/**
 * tn_listing_is_computed:
 *
 * Returns: %TRUE when it is past and only the rules say that it was held, and when
 */
gboolean
tn_listing_is_computed (const TnOccurrence *occurrence)
{
  return occurrence->is_computed && occurrence->status != TN_STATUS_CANCELLED;
}

/* Local time with its offset, RFC 3339. In the doubled hour the first is meant, as the zone does.
 */
static char *
format_moment (const TnZone *zone, TnDate day, int minute)
{
  TnLocalTime local = { day + minute / MINUTES_A_DAY, minute % MINUTES_A_DAY * 60 };
  gint64 utc_s = tn_zone_to_utc_s (zone, local);
  int offset_min = tn_zone_get_offset_s (zone, utc_s) / 60;
  TnLocalTime shown = tn_zone_to_local (zone, utc_s); /* an hour that is skipped in spring moves */
  g_autofree char *date = tn_date_to_string (shown.date);
  return g_strdup_printf ("%sT%02d:%02d:00%c%02d:%02d", date, shown.second / 3600,
                          shown.second / 60 % 60, offset_min < 0 ? '-' : '+', ABS (offset_min) / 60,
                          ABS (offset_min) % 60);
}

/**
 * tn_listing_add_span:
 * @zone: in which timed events are told
 *
 * Adds `start` and `end`: dates of an all-day event, its end exclusive; else local times with their
 * offset. And `all_day`.
 */
void
tn_listing_add_span (JsonBuilder *builder, const TnWhen *when, const TnZone *zone)
{
  g_autofree char *start = when->all_day
                               ? tn_date_to_string (when->days.start)
                               : format_moment (zone, when->days.start, when->start_minute);
  g_autofree char *end = when->all_day ? tn_date_to_string (when->days.end)
                                       : format_moment (zone, when->days.end - 1, when->end_minute);
  tn_json_add_text (builder, "start", start);
  tn_json_add_text (builder, "end", end);
  tn_json_add_flag (builder, "all_day", when->all_day);
}

/**
 * tn_listing_add_when:
 *
 * As tn_listing_add_span(); `null` when no date was found.
 */
void
tn_listing_add_when (JsonBuilder *builder, const TnOccurrence *occurrence)
{
  if (occurrence->status != TN_STATUS_UNPLACED)
    {
      tn_listing_add_span (builder, &occurrence->when, occurrence->collaboration->zone);
      return;
    }
  tn_json_add_text (builder, "start", NULL);
  tn_json_add_text (builder, "end", NULL);
  tn_json_add_flag (builder, "all_day", occurrence->when.all_day);
}

/* Of an event whose days have hours of their own: local times of each day. */
static void
add_hours (JsonBuilder *builder, const TnOccurrence *occurrence)
{
  TnHours hours = { 0 };
  if (!tn_occurrence_find_hours (occurrence, 0, &hours))
    return;
  const TnZone *zone = occurrence->collaboration->zone;
  tn_json_begin_array (builder, "hours");
  for (int day = 0; tn_occurrence_find_hours (occurrence, day, &hours); day++)
    {
      TnDate date = occurrence->when.days.start + day;
      g_autofree char *start = format_moment (zone, date, hours.start_minute);
      g_autofree char *end = format_moment (zone, date, hours.end_minute);
      json_builder_begin_object (builder);
      tn_json_add_text (builder, "start", start);
      tn_json_add_text (builder, "end", end);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_roles (JsonBuilder *builder, const TnOccurrence *occurrence)
{
  tn_json_begin_object (builder, "roles");
  for (guint i = 0; i < occurrence->turns->len; i++)
    {
      const TnTurn *turn = g_ptr_array_index (occurrence->turns, i);
      tn_json_add_texts (builder, turn->rule->name, turn->councils);
    }
  json_builder_end_object (builder);
}

static void
add_milestones (JsonBuilder *builder, const TnOccurrence *occurrence)
{
  tn_json_begin_array (builder, "milestones");
  for (guint i = 0; i < occurrence->milestones->len; i++)
    {
      const TnMilestone *milestone = g_ptr_array_index (occurrence->milestones, i);
      json_builder_begin_object (builder);
      tn_json_add_text (builder, "id", milestone->id);
      tn_json_add_text (builder, "title", milestone->title);
      tn_json_add_date (builder, "due", milestone->due);
      tn_json_add_text (builder, "by", milestone->by);
      tn_json_add_text (builder, "uid", milestone->uid);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/**
 * tn_listing_add_occurrence:
 *
 * Source: design section 10.
 */
void
tn_listing_add_occurrence (JsonBuilder *builder, const TnOccurrence *occurrence)
{
  json_builder_begin_object (builder);
  tn_json_add_text (builder, "collaboration", occurrence->collaboration->id);
  tn_json_add_text (builder, "series", occurrence->series->id);
  tn_json_add_text (builder, "cycle", occurrence->cycle_text);
  if (occurrence->site != NULL)
    tn_json_add_text (builder, "site", occurrence->site);
  tn_json_add_text (builder, "kind", tn_kind_to_string (occurrence->series->kind));
  tn_json_add_number (builder, "number", occurrence->number);
  tn_json_add_text (builder, "uid", occurrence->uid);
  tn_json_add_text (builder, "title", occurrence->title);
  tn_listing_add_when (builder, occurrence);
  add_hours (builder, occurrence);
  add_roles (builder, occurrence);
  tn_json_add_text (builder, "theme", occurrence->theme);
  tn_json_add_text (builder, "venue", occurrence->place);
  tn_json_add_text (builder, "status", tn_status_to_string (occurrence->status));
  add_milestones (builder, occurrence);
  json_builder_end_object (builder);
}

/**
 * tn_listing_format_span:
 *
 * Returns: (transfer full): `2027-05-18`, `2027-05-18 to 2027-05-19`, `2027-09-14 10:00-15:00`
 */
char *
tn_listing_format_span (TnLanguage language, const TnWhen *when)
{
  g_autofree char *start = tn_date_to_string (when->days.start);
  g_autofree char *last = tn_date_to_string (when->days.end - 1);
  g_autofree char *begins
      = g_strdup_printf ("%02d:%02d", when->start_minute / 60, when->start_minute % 60);
  g_autofree char *ends
      = g_strdup_printf ("%02d:%02d", when->end_minute / 60, when->end_minute % 60);
  gboolean is_one_day = tn_span_get_days (when->days) == 1;
  if (when->all_day)
    return is_one_day ? g_steal_pointer (&start)
                      : g_strdup_printf (tn_say (language, "%s to %s"), start, last);
  return is_one_day
             ? g_strdup_printf ("%s %s-%s", start, begins, ends)
             : g_strdup_printf (tn_say (language, "%s %s to %s %s"), start, begins, last, ends);
}

/**
 * tn_listing_format_when:
 *
 * Returns: (transfer full): as tn_listing_format_span(), or that there is no date
 */
char *
tn_listing_format_when (TnLanguage language, const TnOccurrence *occurrence)
{
  return occurrence->status == TN_STATUS_UNPLACED
             ? g_strdup (tn_say (language, "no date"))
             : tn_listing_format_span (language, &occurrence->when);
}

/**
 * tn_listing_format_councils:
 *
 * Returns: (transfer full): their names, `nobody` when there is none
 */
char *
tn_listing_format_councils (TnLanguage language, const TnOccurrence *occurrence, char **councils)
{
  GString *names = g_string_new (councils[0] == NULL ? tn_say_code (language, "nobody") : NULL);
  for (gsize i = 0; councils[i] != NULL; i++)
    g_string_append_printf (
        names, "%s%s", i > 0 ? ", " : "",
        tn_collaboration_get_council_name (occurrence->collaboration, councils[i]));
  return g_string_free (names, FALSE);
}

/**
 * tn_listing_format_roles:
 *
 * Returns: (transfer full): `organiser Esbjerg, venue Odense`
 */
char *
tn_listing_format_roles (TnLanguage language, const TnOccurrence *occurrence)
{
  GString *roles = g_string_new (NULL);
  for (guint i = 0; i < occurrence->turns->len; i++)
    {
      const TnTurn *turn = g_ptr_array_index (occurrence->turns, i);
      g_autofree char *names = tn_listing_format_councils (language, occurrence, turn->councils);
      g_string_append_printf (roles, "%s%s %s", i > 0 ? ", " : "",
                              tn_say_code (language, turn->rule->name), names);
    }
  return g_string_free (roles, FALSE);
}

/**
 * tn_listing_format_duty:
 *
 * Returns: (transfer full): who has the duty: `organiser Esbjerg`, `each council`
 */
char *
tn_listing_format_duty (TnLanguage language, const TnOccurrence *occurrence,
                        const TnMilestone *milestone)
{
  if (strcmp (milestone->by, "council") == 0)
    return g_strdup (tn_say (language, "each council"));
  g_autofree char *names = tn_listing_format_councils (language, occurrence, milestone->councils);
  return g_strdup_printf ("%s %s", tn_say_code (language, milestone->by), names);
}
