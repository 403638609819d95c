/* daemon/store/peephole.h — an address of pages that nobody can guess; da: kighul */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Who has the token reads what the target says; the store has only the token's hash. */
typedef struct
{
  char *token_hash; /* (owned) SHA-256, hexadecimal */
  char *target;     /* (owned) `pages`, or what is subscribed to: `7by/odense+milestones` */
  gint64 made_us;   /* UTC microseconds since 1970 */
} TnPeephole;

TnPeephole *tn_peephole_new (const char *token_hash, const char *target, gint64 made_us);
TnPeephole *tn_peephole_copy (const TnPeephole *peephole);
void tn_peephole_free (TnPeephole *peephole);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnPeephole, tn_peephole_free)

G_END_DECLS
