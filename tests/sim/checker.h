/* tests/sim/checker.h — judges a history by the promises alone: what people did, what servers hold,
 * what daemons did there and what they say */
#pragma once

#include "model/event.h"
#include "sim/office.h"

G_BEGIN_DECLS

typedef struct _SimChecker SimChecker;

SimChecker *sim_checker_new (SimTrace *trace, TnZone *zone);
void sim_checker_free (SimChecker *checker);
void sim_checker_watch (SimChecker *checker, SimServer *server);

void sim_checker_trust_listings (SimChecker *checker);

/* What people do. `text` NULL: the item is deleted. */
void sim_checker_add_edit (SimChecker *checker, SimServer *server, const char *id,
                           const TnEvent *event, TnField field, const char *value);
void sim_checker_person_wrote (SimChecker *checker, SimServer *server, const char *id,
                               const char *text);
void sim_checker_add_stranger (SimChecker *checker, SimServer *server, const char *id);
void sim_checker_add_copy (SimChecker *checker, SimServer *server, const char *uid);
gboolean sim_checker_has_copy (const SimChecker *checker, SimServer *server, const char *uid);
void sim_checker_add_original (SimChecker *checker, SimServer *server, const char *copy_id,
                               const char *id);
void sim_checker_forget_originals (SimChecker *checker);
void sim_checker_person_took (SimChecker *checker, SimServer *server, const char *id,
                              const TnEvent *event);
void sim_checker_owe_absence (SimChecker *checker, SimServer *server, const TnEvent *event);
void sim_checker_forgive_absence (SimChecker *checker, SimServer *server, const char *uid);
void sim_checker_allow_removals (SimChecker *checker);
void sim_checker_allow_cancelling (SimChecker *checker);

/* When all faults have stopped and everything has settled. */
void sim_checker_judge (SimChecker *checker, GPtrArray *offices, GHashTable *servers);

G_END_DECLS
