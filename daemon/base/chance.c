/* What secret addresses, one-time links and sessions are made of. */
#include "base/chance.h"

#include <errno.h>
#include <sys/random.h>

/**
 * tn_chance_fill:
 * @bytes: (out): @n bytes by chance, good for secrets
 *
 * Source: getrandom(2): it lacks nothing once the machine has started, and may be interrupted.
 */
void
tn_chance_fill (guint8 *bytes, gsize n)
{
  for (gsize done = 0; done < n;)
    {
      gssize got = getrandom (bytes + done, n - done, 0);
      g_assert (got > 0 || errno == EINTR);
      done += got > 0 ? (gsize) got : 0;
    }
}
