/* Gathers what is so: the plan, proposals, how the calendars are, and what logs in to them and will
 * end. It reads the certificates of the settings; everything else is in memory or in the store. */
#include "notice/lookout.h"

#include "http/expiry.h"
#include "sync/amend.h"
#include "sync/health.h"

/* What does not pass by itself within a day needs somebody, whatever it is. */
static const gint64 PATIENCE_US = G_TIME_SPAN_DAY;

static gboolean
is_behind (const TnCalendarState *state, gint64 now_us)
{
  return (state->health == TN_HEALTH_FAILING || state->health == TN_HEALTH_DEGRADED)
         && state->last_good_us > 0 && now_us - state->last_good_us > PATIENCE_US;
}

static const char *
find_state (TnDesk *desk, const TnCalendar *calendar, gint64 now_us)
{
  TnStore *store = tn_book_get_store (tn_desk_get_book (desk));
  g_autoptr (TnCalendarState) state = tn_store_load_calendar (store, calendar->id, NULL);
  if (tn_desk_get_refusal (desk, calendar->id) != NULL)
    return tn_health_to_string (TN_HEALTH_ON_HOLD);
  if (state == NULL)
    return tn_health_to_string (TN_HEALTH_OK); /* the store says it itself */
  if (tn_health_needs_person (state->health))
    return tn_health_to_string (state->health);
  return tn_health_to_string (is_behind (state, now_us) ? TN_HEALTH_FAILING : TN_HEALTH_OK);
}

static TnGlance *
glance_at (TnDesk *desk, const TnCalendar *calendar, gint64 now_us)
{
  TnGlance *glance = tn_glance_new (calendar->id, find_state (desk, calendar, now_us));
  if (calendar->account == NULL)
    return glance;
  g_autoptr (GPtrArray) expiries = tn_expiry_list (calendar->account, now_us);
  for (guint i = 0; i < expiries->len; i++)
    {
      const TnExpiry *expiry = g_ptr_array_index (expiries, i);
      gint64 end_us = now_us + expiry->left_us;
      TnEnding ending = { i, (TnDate) ((end_us - 1) / G_TIME_SPAN_DAY), expiry->advice };
      if (tn_expiry_is_near (expiry))
        g_array_append_val (glance->endings, ending);
    }
  return glance;
}

/* What a guest is, its own calendar's people decide. */
static const char *
find_owner (TnBook *book, const TnProposal *proposal)
{
  const TnCalendar *calendar = tn_amend_find_calendar (book, proposal, NULL);
  if (calendar == NULL)
    return NULL;
  return calendar->council != NULL ? calendar->council : tn_book_get_settings (book)->council;
}

/**
 * tn_lookout_new:
 *
 * Returns: (transfer full): what is so now
 */
TnLookout *
tn_lookout_new (TnDesk *desk)
{
  TnLookout *lookout = g_new0 (TnLookout, 1);
  TnBook *book = tn_desk_get_book (desk);
  GPtrArray *calendars = tn_book_get_settings (book)->calendars;
  TnSurvey *survey = &lookout->survey;
  gint64 now_us = tn_clock_now_us (tn_book_get_clock (book));
  lookout->plan = tn_plan_ref (tn_book_get_plan (book));
  lookout->proposals = g_ptr_array_ref (tn_book_get_proposals (book));
  survey->plan = lookout->plan;
  survey->publish = tn_book_get_publish_span (book);
  survey->proposals = lookout->proposals;
  survey->owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  survey->glances = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_glance_free);
  for (guint i = 0; i < lookout->proposals->len; i++)
    {
      const TnProposal *proposal = g_ptr_array_index (lookout->proposals, i);
      const char *owner = tn_amend_is_for (proposal) ? find_owner (book, proposal) : NULL;
      if (owner != NULL)
        g_hash_table_insert (survey->owners, g_strdup (proposal->id), g_strdup (owner));
    }
  for (guint i = 0; i < calendars->len; i++)
    g_ptr_array_add (survey->glances, glance_at (desk, g_ptr_array_index (calendars, i), now_us));
  return lookout;
}

void
tn_lookout_free (TnLookout *lookout)
{
  if (lookout == NULL)
    return;
  g_clear_pointer (&lookout->plan, tn_plan_unref);
  g_clear_pointer (&lookout->proposals, g_ptr_array_unref);
  g_hash_table_unref (lookout->survey.owners);
  g_ptr_array_unref (lookout->survey.glances);
  g_free (lookout);
}
