/* A file that the kernel keeps when the process dies: for each calendar, whether its plugin is at
 * work. It is mapped, so noting costs a store and no system call; it need not survive a power cut,
 * only a crash, and is never flushed. What it says is read once, at the next start.
 *
 * A plugin that was running is to blame; where none was, those with a call under way are: what the
 * main loop did for them is not told apart. A kill counts like a crash, because to the process the
 * out-of-memory killer of a plugin that leaks looks the same (hazard 97). */
#include "provider/witness.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/encode.h"
#include "base/error.h"

#define MAGIC "turnus witness 1"
#define STINTS_MOST 256 /* calendars beyond them are not watched */
#define N_CRASHES 3     /* design section 3: three within ten minutes */

static const gint64 WITHIN_US = 10 * G_TIME_SPAN_MINUTE;

/* As it lies in the file, which only this machine reads. A name of zeros is a free place. */
typedef struct
{
  char name[32]; /* hash of the calendar's id */
  guint32 n_begun;
  guint32 n_inside;
  gint64 last_us;               /* when it last began */
  gint64 crashed_us[N_CRASHES]; /* the last first; 0: none */
} Place;

typedef struct
{
  char magic[sizeof MAGIC];
  Place places[STINTS_MOST];
} Page;

struct _TnStint
{
  Place *place;   /* (unowned) (nullable) of the page; NULL when it is full */
  TnClock *clock; /* (unowned) of the witness */
};

struct _TnWitness
{
  Page *page;         /* (owned) mapped */
  TnClock *clock;     /* (owned) */
  GHashTable *stints; /* (owned) (element-type utf8 TnStint) */
};

static Page *
map_page (const char *path, GError **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  Page *page = MAP_FAILED;
  if (fd >= 0 && ftruncate (fd, sizeof (Page)) == 0)
    page = mmap (NULL, sizeof (Page), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (page == MAP_FAILED)
    g_set_error (error, TN_ERROR, TN_ERROR_FAILED, "cannot note in %s which plugin is at work: %s",
                 path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return page != MAP_FAILED ? page : NULL;
}

static gboolean
is_any_inside (const Page *page)
{
  for (guint i = 0; i < STINTS_MOST; i++)
    if (page->places[i].n_inside > 0)
      return TRUE;
  return FALSE;
}

static void
note_crash (Place *place)
{
  memmove (place->crashed_us + 1, place->crashed_us, (N_CRASHES - 1) * sizeof (gint64));
  place->crashed_us[0] = place->last_us;
}

/* Whoever is still at work when the file is opened was so when the daemon died. */
static void
read_last_run (Page *page)
{
  gboolean only_inside = is_any_inside (page);
  for (guint i = 0; i < STINTS_MOST; i++)
    {
      Place *place = &page->places[i];
      if (only_inside ? place->n_inside > 0 : place->n_begun > 0)
        note_crash (place);
      place->n_inside = 0;
      place->n_begun = 0;
    }
}

/**
 * tn_witness_open:
 * @folder: the state folder; the caller holds its lock
 *
 * Errors: %TN_ERROR_FAILED
 * Returns: (transfer full) (nullable): the witness, who has looked at how the last run ended
 */
TnWitness *
tn_witness_open (const char *folder, TnClock *clock, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "at-work", NULL);
  Page *page = map_page (path, error);
  if (page == NULL)
    return NULL;
  if (memcmp (page->magic, MAGIC, sizeof MAGIC) != 0)
    memset (page, 0, sizeof *page);
  memcpy (page->magic, MAGIC, sizeof MAGIC);
  read_last_run (page);
  TnWitness *witness = g_new0 (TnWitness, 1);
  witness->page = page;
  witness->clock = g_object_ref (clock);
  witness->stints = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return witness;
}

/**
 * tn_witness_close:
 *
 * The run has ended well: nobody is at work.
 */
void
tn_witness_close (TnWitness *witness)
{
  if (witness == NULL)
    return;
  for (guint i = 0; i < STINTS_MOST; i++)
    witness->page->places[i].n_begun = witness->page->places[i].n_inside = 0;
  munmap (witness->page, sizeof (Page));
  g_clear_object (&witness->clock);
  g_hash_table_unref (witness->stints);
  g_free (witness);
}

static Place *
find_place (Page *page, const char *calendar)
{
  g_autofree char *hash = tn_encode_sha256 (calendar, -1);
  Place *free_place = NULL;
  for (guint i = 0; i < STINTS_MOST; i++)
    {
      Place *place = &page->places[i];
      if (memcmp (place->name, hash, sizeof place->name) == 0)
        return place;
      if (place->name[0] == '\0' && free_place == NULL)
        free_place = place;
    }
  if (free_place != NULL)
    memcpy (free_place->name, hash, sizeof free_place->name);
  return free_place;
}

/**
 * tn_witness_get_stint:
 * @calendar: id
 *
 * Returns: (transfer none): the same one each time; lives as long as @witness
 */
TnStint *
tn_witness_get_stint (TnWitness *witness, const char *calendar)
{
  TnStint *stint = g_hash_table_lookup (witness->stints, calendar);
  if (stint != NULL)
    return stint;
  stint = g_new0 (TnStint, 1);
  stint->place = find_place (witness->page, calendar);
  stint->clock = witness->clock;
  g_hash_table_insert (witness->stints, g_strdup (calendar), stint);
  return stint;
}

/**
 * tn_stint_is_suspect:
 *
 * Returns: %TRUE when the plugin was at work in three crashes within ten minutes
 */
gboolean
tn_stint_is_suspect (const TnStint *stint)
{
  const Place *place = stint->place;
  return place != NULL && place->crashed_us[N_CRASHES - 1] != 0
         && ABS (place->crashed_us[0] - place->crashed_us[N_CRASHES - 1]) <= WITHIN_US;
}

/**
 * tn_stint_pardon:
 *
 * A person says that it may be tried again: what was is forgotten.
 */
void
tn_stint_pardon (TnStint *stint)
{
  if (stint->place != NULL)
    memset (stint->place->crashed_us, 0, sizeof stint->place->crashed_us);
}

/**
 * tn_stint_begin:
 * @stint: (nullable)
 *
 * A call of the plugin is under way, until tn_stint_end().
 */
void
tn_stint_begin (TnStint *stint)
{
  if (stint == NULL || stint->place == NULL)
    return;
  stint->place->n_begun++;
  stint->place->last_us = tn_clock_now_us (stint->clock);
}

void
tn_stint_end (TnStint *stint)
{
  if (stint != NULL && stint->place != NULL && stint->place->n_begun > 0)
    stint->place->n_begun--;
}

/**
 * tn_stint_enter:
 * @stint: (nullable)
 *
 * The plugin's code runs, until tn_stint_leave().
 */
void
tn_stint_enter (TnStint *stint)
{
  if (stint == NULL || stint->place == NULL)
    return;
  stint->place->n_inside++;
  stint->place->last_us = tn_clock_now_us (stint->clock);
}

void
tn_stint_leave (TnStint *stint)
{
  if (stint != NULL && stint->place != NULL && stint->place->n_inside > 0)
    stint->place->n_inside--;
}
