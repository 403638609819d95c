/* While the daemon runs it holds the lock of the state, and logs in itself. Without it this program
 * takes the lock, so that no two processes ever spend or keep one account's token (hazard 100),
 * and works only as the owner of the state: a token that the daemon cannot read is worth nothing.
 */
#include "ctl/sign-in.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "http/grant.h"
#include "model/catalogue.h"
#include "store/folder.h"

/**
 * tn_sign_in_print_code:
 *
 * Says where to type what. A person waits for it: it goes out at once, and not into the answer.
 */
void
tn_sign_in_print_code (const TnCall *call, const char *url, const char *code, gint64 lifetime_s)
{
  g_autofree char *shown_url = g_strescape (url, NULL);
  g_autofree char *shown_code = g_strescape (code, NULL);
  tn_call_warn (call,
                tn_say (call->language,
                        "open %s and type the code %s there, within %lu minutes; waiting for that"),
                shown_url, shown_code, (gulong) MAX (lifetime_s / 60, 1));
}

static gboolean
check_owner (const char *state, GError **error)
{
  struct stat found;
  if (stat (state, &found) != 0 || found.st_uid == geteuid ())
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_DENIED,
               "the state folder %s belongs to another user, who alone can use the token: start "
               "turnusd and ask again, or ask as that user",
               state);
  return FALSE;
}

static void
on_shown (const char *url, const char *code, gint64 lifetime_s, gpointer user_data)
{
  tn_sign_in_print_code (user_data, url, code, lifetime_s);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/**
 * tn_sign_in_run:
 * @calendar: id
 *
 * Errors: %TN_ERROR_INVALID when the calendar has no such login; %TN_ERROR_DENIED when the state
 *   belongs to somebody else; %TN_ERROR_AUTH when the person was not let in.
 * Returns: %TRUE when the token is kept
 */
gboolean
tn_sign_in_run (const TnCall *call, const char *calendar, GError **error)
{
  g_autoptr (TnSettings) settings = tn_call_load_settings (call, error);
  const TnCalendar *found
      = settings != NULL ? tn_settings_find_calendar (settings, calendar) : NULL;
  if (settings == NULL)
    return FALSE;
  if (found == NULL || found->account == NULL || found->account->auth != TN_AUTH_OAUTH2)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   found == NULL ? "there is no calendar '%s' in the settings"
                                 : "calendar '%s' does not use oauth: what logs in is where its "
                                   "settings say",
                   calendar);
      return FALSE;
    }
  if (!check_owner (settings->state, error))
    return FALSE;
  g_autoptr (TnFolder) lock = tn_folder_open (settings->state, error);
  g_autoptr (TnClock) clock = tn_clock_new_system ();
  g_autoptr (TnGrant) grant
      = lock != NULL ? tn_grant_new (found->account, clock, settings->state, NULL, error) : NULL;
  if (grant == NULL)
    return FALSE;
  g_autoptr (GAsyncResult) result = NULL;
  tn_oauth2_login_async (grant, on_shown, (gpointer) call, NULL, on_ended, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return tn_oauth2_login_finish (grant, result, error);
}
