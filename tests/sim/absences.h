/* tests/sim/absences.h — what people took away, and whether that is told (design section 7) */
#pragma once

#include "sim/office.h"

G_BEGIN_DECLS

typedef struct _SimAbsences SimAbsences;

SimAbsences *sim_absences_new (SimTrace *trace);
void sim_absences_free (SimAbsences *absences);

void sim_absences_add (SimAbsences *absences, SimServer *server, const char *uid);
void sim_absences_owe (SimAbsences *absences, SimServer *server, const char *uid);
void sim_absences_await_looks (SimAbsences *absences, SimServer *server, const char *uid);
void sim_absences_forget_looks (SimAbsences *absences);
void sim_absences_check_creation (SimAbsences *absences, SimServer *server, const char *uid);
void sim_absences_forgive (SimAbsences *absences, SimServer *server, const char *uid);
void sim_absences_judge (SimAbsences *absences, GPtrArray *offices, SimServer *server,
                         GHashTable *events);

G_END_DECLS
