/* The health of a calendar: a pure function of how its last pass went, and the one notice that a
 * change of it is worth. What fails again in the same way is no news (hazards 12, 14, 79 and 80).
 *
 * An error's code says what the one who is told can do (style section 6), so the code decides. A
 * refusal (DENIED) means two things: a calendar that was read and may not be written is read-only;
 * one that may not even be read is failing, and says so in its own words. */
#include "sync/health.h"

#include "base/error.h"
#include "base/log.h"

static TnHealth
judge_problem (const GError *problem, gboolean was_read)
{
  static const TnHealth by_code[] = {
    [TN_ERROR_INVALID] = TN_HEALTH_FAILING,  [TN_ERROR_DENIED] = TN_HEALTH_READ_ONLY,
    [TN_ERROR_AUTH] = TN_HEALTH_NEEDS_LOGIN, [TN_ERROR_CONFLICT] = TN_HEALTH_DEGRADED,
    [TN_ERROR_GONE] = TN_HEALTH_ON_HOLD,     [TN_ERROR_TEMPORARY] = TN_HEALTH_DEGRADED,
    [TN_ERROR_PROTOCOL] = TN_HEALTH_FAILING, [TN_ERROR_LIMIT] = TN_HEALTH_DEGRADED,
    [TN_ERROR_FAILED] = TN_HEALTH_FAILING,
  };
  if (problem->domain != TN_ERROR || (guint) problem->code >= G_N_ELEMENTS (by_code))
    return TN_HEALTH_FAILING;
  TnHealth health = by_code[problem->code];
  return health == TN_HEALTH_READ_ONLY && !was_read ? TN_HEALTH_FAILING : health;
}

/**
 * tn_health_judge:
 *
 * Returns: how the calendar is after a pass that went like @result
 */
TnHealth
tn_health_judge (const TnPassResult *result)
{
  if (result->problem != NULL)
    return judge_problem (result->problem, result->was_read);
  return result->hold != TN_HOLD_NONE ? TN_HEALTH_ON_HOLD : TN_HEALTH_OK;
}

/**
 * tn_health_needs_person:
 *
 * Returns: %TRUE when trying again at once cannot help: a password that is wrong is not sent every
 *   minute until the server locks the account
 */
gboolean
tn_health_needs_person (TnHealth health)
{
  return health == TN_HEALTH_READ_ONLY || health == TN_HEALTH_NEEDS_LOGIN
         || health == TN_HEALTH_ON_HOLD;
}

/**
 * tn_health_dup_advice:
 * @calendar: id
 *
 * Returns: (transfer full) (nullable): what a person must do about the problem of @calendar; %NULL
 *   when it has none
 */
char *
tn_health_dup_advice (TnHealth health, const char *calendar)
{
  static const char *const advice[TN_N_HEALTHS] = {
    [TN_HEALTH_FAILING] = "correct what it says, then turnusctl sync CALENDAR",
    [TN_HEALTH_DEGRADED] = "nothing as yet: it is tried again, what is to be written waits, and "
                           "the other calendars go on",
    [TN_HEALTH_READ_ONLY] = "give turnus the right to write there again, or say mode = "
                            "\"observe\"; what is to be written waits until then, and the other "
                            "calendars go on",
    [TN_HEALTH_NEEDS_LOGIN] = "turnusctl calendars login CALENDAR where it uses oauth, else put "
                              "the right password in its place; then turnusctl sync CALENDAR",
    [TN_HEALTH_ON_HOLD] = "correct its address in the settings, or, if it has moved to another "
                          "system, turnusctl calendars rebind CALENDAR",
  };
  g_return_val_if_fail (health < TN_N_HEALTHS, NULL);
  if (advice[health] == NULL)
    return NULL;
  GString *text = g_string_new (advice[health]);
  g_string_replace (text, "CALENDAR", calendar, 0);
  return g_string_free (text, FALSE);
}

/**
 * tn_health_is_news:
 * @before: as remembered
 *
 * Returns: %TRUE when a person is to be told
 */
gboolean
tn_health_is_news (const TnCalendarState *before, TnHealth health, TnHold hold)
{
  return before->health != health || before->hold != hold;
}

/**
 * tn_health_tell:
 *
 * Tells the journal how @calendar is from now on.
 */
void
tn_health_tell (const char *calendar, TnHealth health, const TnPassResult *result)
{
  g_autofree char *advice = tn_health_dup_advice (health, calendar);
  if (health == TN_HEALTH_OK)
    tn_log_message (TN_MESSAGE_CALENDAR_STATE, calendar, "is well again");
  else if (result->problem == NULL)
    tn_log_warning (TN_MESSAGE_CALENDAR_STATE, calendar, "on hold: %s", result->hold_text);
  else
    tn_log_warning (TN_MESSAGE_CALENDAR_STATE, calendar, "%s: %s; to do: %s",
                    tn_health_to_string (health), result->problem->message, advice);
}
