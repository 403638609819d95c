/* Writes random events for outsiders.py: FOLDER/N.ics, and what it says in FOLDER/N.txt. */
#include "ical/writer.h"
#include "samples.h"

#include <stdio.h>

#define N_EVENTS 200

static void
save (const char *folder, int n, const char *extension, const char *content, gssize size)
{
  g_autofree char *name = g_strdup_printf ("%d.%s", n, extension);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_assert_true (g_file_set_contents (path, content, size, NULL));
}

static void
write_event (GRand *random, const char *folder, int n)
{
  g_autoptr (TnEvent) event = sample_random_event (random);
  g_autoptr (GBytes) bytes = tn_writer_write (event, SAMPLE_NOW_US);
  g_autofree char *when = tn_when_to_string (&event->when);
  g_autofree char *said = g_strjoin ("\x1f", when, event->uid, event->title, event->where, NULL);
  save (folder, n, "ics", g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  save (folder, n, "txt", said, -1);
}

int
main (int argc, char **argv)
{
  if (argc != 3)
    {
      fprintf (stderr, "usage: %s FOLDER SEED\n", argv[0]);
      return 2;
    }
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32) g_ascii_strtoull (argv[2], NULL, 10));
  for (int n = 0; n < N_EVENTS; n++)
    write_event (random, argv[1], n);
  return 0;
}
