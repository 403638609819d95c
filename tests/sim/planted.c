#include "sim/planted.h"

#include <string.h>

/* The one variable of its kind: a fault has to reach into functions that are given nothing. */
static const char *planted = "";

gboolean
sim_planted_is (const char *name)
{
  return strcmp (planted, name) == 0;
}

/* `name`: as in the source, with underscores; kept by the caller. "" is none. */
gboolean
sim_planted_set (const char *name)
{
  planted = name;
  return TRUE;
}
