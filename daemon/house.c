/* The house: each council's settings are read for themselves, so that an error in one leaves only
 * that one behind (design section 5). */
#include "house.h"

#include "base/error.h"
#include "charter/household.h"
#include "charter/settings.h"

static void
resident_free (TnResident *resident)
{
  g_free (resident->path);
  tn_reading_clear (&resident->reading);
  g_clear_error (&resident->fault);
  g_free (resident);
}

/* Two files of one council would share a state, and contradict each other in the shared calendars.
 */
static gboolean
check_alone (const TnHouse *house, const TnSettings *settings, GError **error)
{
  for (guint i = 0; i < house->residents->len; i++)
    {
      const TnResident *other = g_ptr_array_index (house->residents, i);
      if (other->fault != NULL
          || !g_str_equal (other->reading.settings->council, settings->council))
        continue;
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "%s: council '%s' has its settings in %s already, expected one file for each",
                   settings->path, settings->council, other->path);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_included (TnHouse *house, GError **error)
{
  g_autoptr (GPtrArray) paths = tn_household_list (house->host, error);
  for (guint i = 0; paths != NULL && i < paths->len; i++)
    {
      TnResident *resident = g_new0 (TnResident, 1);
      resident->path = g_strdup (g_ptr_array_index (paths, i));
      g_autoptr (TnSettings) settings
          = tn_settings_load_council (resident->path, house->host, &resident->fault);
      if (settings != NULL && check_alone (house, settings, &resident->fault))
        tn_reading_load (&resident->reading, settings, &resident->fault);
      g_ptr_array_add (house->residents, resident);
    }
  return paths != NULL;
}

/**
 * tn_house_read:
 * @config: path of turnus.conf
 *
 * Reads the settings of all councils, and their charters.
 *
 * Errors: everything that is wrong with turnus.conf itself; what is wrong with a council is in its
 *   `fault`.
 * Returns: (transfer full) (nullable)
 */
TnHouse *
tn_house_read (const char *config, GError **error)
{
  g_autoptr (TnHouse) house = g_new0 (TnHouse, 1);
  house->residents = g_ptr_array_new_with_free_func ((GDestroyNotify) resident_free);
  house->host = tn_settings_load (config, error);
  if (house->host == NULL)
    return NULL;
  if (house->host->council != NULL)
    {
      TnResident *own = g_new0 (TnResident, 1);
      own->path = g_strdup (house->host->path);
      tn_reading_load (&own->reading, house->host, &own->fault);
      g_ptr_array_add (house->residents, own);
    }
  return read_included (house, error) ? g_steal_pointer (&house) : NULL;
}

void
tn_house_free (TnHouse *house)
{
  if (house == NULL)
    return;
  g_clear_pointer (&house->host, tn_settings_unref);
  g_ptr_array_unref (house->residents);
  g_free (house);
}

/**
 * tn_house_find:
 * @path: of a council's settings
 *
 * Returns: (transfer none) (nullable)
 */
TnResident *
tn_house_find (const TnHouse *house, const char *path)
{
  for (guint i = 0; i < house->residents->len; i++)
    {
      TnResident *resident = g_ptr_array_index (house->residents, i);
      if (g_str_equal (resident->path, path))
        return resident;
    }
  return NULL;
}
