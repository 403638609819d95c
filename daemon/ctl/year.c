/* The option --year of programme and wheel. */
#include "ctl/year.h"

#include "base/error.h"

/* A plan reaches eleven years further both ways, and there are days from year 1 to 9999 only. */
#define FIRST_YEAR 1900
#define LAST_YEAR 9900

/**
 * tn_year_find:
 *
 * The year that `--year` says, else today's.
 *
 * Errors: %TN_ERROR_INVALID when it is none.
 */
gboolean
tn_year_find (const TnCall *call, const TnPapers *papers, int *ret_year, GError **error)
{
  const char *text = tn_call_get_option (call, "year");
  guint64 year = (guint64) tn_date_get_year (papers->today);
  if (text == NULL || g_ascii_string_to_unsigned (text, 10, FIRST_YEAR, LAST_YEAR, &year, NULL))
    {
      *ret_year = (int) year;
      return TRUE;
    }
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
               "--year %s is no year from %d to %d, expected one like 2027", text, FIRST_YEAR,
               LAST_YEAR);
  return FALSE;
}
