/* Readers who poll what they have already: feed-poll PORT CONNECTIONS REQUESTS. Each connection
 * asks again as soon as it is answered. Ends with 1 when an answer is no 304. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib.h>

#define MOST 1000

static const char ASK[] = "GET /7by.ics HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n"
                          "User-Agent: a calendar\r\nIf-None-Match: \"e1-gz\", \"e1\"\r\n\r\n";

static int
dial (int port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons ((guint16) port) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  if (fd < 0 || connect (fd, (struct sockaddr *) &address, sizeof address) != 0
      || write (fd, ASK, strlen (ASK)) < 0)
    exit (2);
  return fd;
}

/* Returns: FALSE when it was no 304 */
static gboolean
hear (int fd, GString *heard, gboolean *ret_whole)
{
  char piece[4096];
  gssize n = read (fd, piece, sizeof piece);
  if (n <= 0)
    return FALSE;
  g_string_append_len (heard, piece, n);
  *ret_whole = strstr (heard->str, "\r\n\r\n") != NULL;
  return !*ret_whole || g_str_has_prefix (heard->str, "HTTP/1.1 304 ");
}

static int
poll_all (struct pollfd *fds, GString **heard, int n_fds, long n_requests)
{
  long n_done = 0;
  while (n_done < n_requests)
    {
      if (poll (fds, (nfds_t) n_fds, 10000) <= 0)
        return 1;
      for (int i = 0; i < n_fds; i++)
        {
          gboolean is_whole = FALSE;
          if (fds[i].revents == 0)
            continue;
          if (!hear (fds[i].fd, heard[i], &is_whole))
            {
              g_printerr ("after %ld: %s\n", n_done, heard[i]->str);
              return 1;
            }
          if (!is_whole)
            continue;
          g_string_truncate (heard[i], 0);
          n_done++;
          if (write (fds[i].fd, ASK, strlen (ASK)) < 0)
            return 1;
        }
    }
  return 0;
}

int
main (int argc, char **argv)
{
  struct pollfd fds[MOST];
  GString *heard[MOST];
  if (argc != 4)
    return 2;
  int n_fds = CLAMP (atoi (argv[2]), 1, MOST);
  for (int i = 0; i < n_fds; i++)
    {
      fds[i] = (struct pollfd){ dial (atoi (argv[1])), POLLIN, 0 };
      heard[i] = g_string_new (NULL);
    }
  int code = poll_all (fds, heard, n_fds, atol (argv[3]));
  for (int i = 0; i < n_fds; i++)
    {
      g_string_free (heard[i], TRUE);
      close (fds[i].fd);
    }
  return code;
}
