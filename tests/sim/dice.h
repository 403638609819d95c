/* tests/sim/dice.h — chance with a seed: the same seed throws the same */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 state;
} SimDice;

/* One after the other, seeds that have nothing to do with each other. */
static inline guint64
sim_dice_next (SimDice *dice)
{
  /* splitmix64 (Steele, Lea, Flood 2014): GRand's start costs more than a whole throw here. */
  guint64 z = (dice->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/* Below `n`, which is not 0. */
static inline guint
sim_dice_pick (SimDice *dice, guint n)
{
  return (guint) (sim_dice_next (dice) % n);
}

static inline gboolean
sim_dice_is (SimDice *dice, guint percent)
{
  return sim_dice_pick (dice, 100) < percent;
}

G_END_DECLS
