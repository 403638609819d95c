/* tests/sim/people.h — what people do to calendars, and what they decide */
#pragma once

#include "sim/checker.h"
#include "sim/dice.h"

G_BEGIN_DECLS

/* Those who act, and what they act on. */
typedef struct
{
  SimTrace *trace;      /* (unowned) */
  SimChecker *checker;  /* (unowned) */
  TnZone *zone;         /* (unowned) */
  GPtrArray *offices;   /* (unowned) (element-type SimOffice) */
  GPtrArray *older;     /* (owned) items that may be brought back */
  guint counter;        /* no value is used twice */
  gboolean brings_back; /* somebody has brought an old writing back, or pasted one */
} SimPeople;

SimPeople *sim_people_new (SimTrace *trace, SimChecker *checker, TnZone *zone, GPtrArray *offices);
void sim_people_free (SimPeople *people);

void sim_people_edit (SimPeople *people, SimServer *server, SimDice *dice);
void sim_people_delete (SimPeople *people, SimServer *server, SimDice *dice);
void sim_people_break (SimPeople *people, SimServer *server, SimDice *dice);
void sim_people_copy (SimPeople *people, SimServer *server, SimDice *dice);
void sim_people_restore (SimPeople *people, SimServer *server, SimDice *dice);
void sim_people_add_stranger (SimPeople *people, SimServer *server, SimDice *dice);
void sim_people_decide (SimPeople *people, SimOffice *office, SimDice *dice);
void sim_people_answer (SimPeople *people, SimOffice *office, SimDice *dice);

G_END_DECLS
