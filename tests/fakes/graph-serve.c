/* The fake Graph as a program, for tests that are programs: graph-serve [--record FOLDER]
 * [--bearer TOKEN]. Prints its port, and serves until its input ends. */
#include <glib-unix.h>
#include <stdio.h>
#include <unistd.h>

#include "fakes/graph-server.h"

static gboolean
on_input (int fd, GIOCondition condition, gpointer user_data)
{
  char byte = 0;
  if (read (fd, &byte, 1) > 0)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

int
main (int argc, char **argv)
{
  g_autofree char *record = NULL;
  g_autofree char *bearer = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "record", 0, 0, G_OPTION_ARG_FILENAME, &record, "keep questions and answers", "FOLDER" },
    { "bearer", 0, 0, G_OPTION_ARG_STRING, &bearer, "let in with this token only", "TOKEN" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);
  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error))
    {
      g_printerr ("graph-serve: %s\n", error->message);
      return 2;
    }
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (TnGraphServer) server = tn_graph_server_new ();
  tn_graph_server_get_quirks (server)->bearer = bearer;
  tn_graph_server_record (server, record);
  g_print ("%u\n", tn_http_server_get_port (tn_graph_server_get_http (server)));
  fflush (stdout);
  g_unix_fd_add (0, G_IO_IN | G_IO_HUP | G_IO_ERR, on_input, loop);
  g_main_loop_run (loop);
  return 0;
}
