/* A history: daemons publish, then people and faults act at random while requests are under way,
 * then the faults stop and everything has to settle. */
#include "sim/history.h"

#include <string.h>

#include "fakes/fake-provider.h"
#include "sim/agreement.h"
#include "sim/people.h"
#include "sync/decide.h"

static const guint N_ACTS = 30;
static const guint MAX_ROUNDS = 8;
static const guint MAX_STEPS = 100000; /* of requests in one round: more is a loop without end */

typedef struct
{
  SimTrace *trace;     /* (unowned) */
  TnZone *zone;        /* (owned) */
  SimNet *net;         /* (owned) */
  GHashTable *servers; /* (owned) (element-type utf8 SimServer) */
  GPtrArray *names;    /* (owned) (element-type utf8) of the servers, borrowed from the region */
  GPtrArray *offices;  /* (owned) (element-type SimOffice) */
  SimChecker *checker; /* (owned) */
  SimPeople *people;   /* (owned) */
  guint fault_percent;
} World;

static SimHistory *
history_new_empty (guint64 seed)
{
  SimHistory *history = g_new0 (SimHistory, 1);
  history->seed = seed;
  history->acts = g_array_new (FALSE, FALSE, sizeof (guint64));
  return history;
}

SimHistory *
sim_history_new (guint64 seed)
{
  SimHistory *history = history_new_empty (seed);
  SimDice dice = { seed };
  for (guint i = 0; i < N_ACTS; i++)
    {
      guint64 act = sim_dice_next (&dice);
      g_array_append_val (history->acts, act);
    }
  return history;
}

/* The same history without the acts that @keeps says no to. */
SimHistory *
sim_history_new_part (const SimHistory *history, const gboolean *keeps)
{
  SimHistory *part = history_new_empty (history->seed);
  for (guint i = 0; i < history->acts->len; i++)
    if (keeps[i])
      g_array_append_val (part->acts, g_array_index (history->acts, guint64, i));
  return part;
}

void
sim_history_free (SimHistory *history)
{
  if (history == NULL)
    return;
  g_array_unref (history->acts);
  g_free (history);
}

/* A mailbox names its items itself, tells changes, and keeps two of one UID. */
static void
make_mailbox (const SimRegionRule *rule, const char *name, SimHabits *habits)
{
  if (g_strcmp0 (rule->graph, name) == 0)
    habits->system = SIM_SYSTEM_GRAPH;
  else if (g_strcmp0 (rule->ews, name) == 0)
    habits->system = SIM_SYSTEM_EWS;
  else
    return;
  habits->rewrite = TN_FAKE_RENAME;
  habits->deltas = TRUE;
  habits->doubles = TRUE;
}

static void
add_server (World *world, const SimRegionRule *rule, const char *name, SimDice *dice)
{
  static const guint rewrites[]
      = { 0, 0, TN_FAKE_FOLD | TN_FAKE_REORDER, TN_FAKE_RENAME, TN_FAKE_DROP_X | TN_FAKE_FOLD };
  if (g_hash_table_contains (world->servers, name))
    return;
  SimHabits habits = { .rewrite = rewrites[sim_dice_pick (dice, G_N_ELEMENTS (rewrites))],
                       .deltas = sim_dice_is (dice, 50),
                       .restless = sim_dice_is (dice, 10),
                       .doubles = sim_dice_is (dice, 30) };
  /* What daemons tell each other travels in X- properties alone (design section 6): where a server
   * drops them, one daemon's write is a person's edit to the other, and promise 9 cannot be kept.
   * A daemon that has the calendar to itself must do without them. */
  if (sim_region_count_keepers (rule, name) > 1)
    habits.rewrite &= ~(guint) TN_FAKE_DROP_X;
  make_mailbox (rule, name, &habits);
  SimServer *server = sim_server_new (name, &habits, world->trace);
  sim_checker_watch (world->checker, server);
  g_hash_table_insert (world->servers, (gpointer) name, server);
  g_ptr_array_add (world->names, (gpointer) name);
  sim_trace_note (world->trace, "%s: rewrites %u, deltas %d, restless %d, doubles %d", name,
                  habits.rewrite, habits.deltas, habits.restless, habits.doubles);
}

static void
world_clear (World *world)
{
  g_ptr_array_unref (world->offices);
  sim_people_free (world->people);
  sim_checker_free (world->checker);
  sim_net_free (world->net);
  g_hash_table_unref (world->servers);
  g_ptr_array_unref (world->names);
  tn_zone_unref (world->zone);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

static void
world_init (World *world, const SimRegion *region, SimTrace *trace, SimDice *dice)
{
  world->trace = trace;
  world->zone = tn_zone_new ("Europe/Copenhagen", NULL);
  world->net = sim_net_new (trace);
  world->servers
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) sim_server_free);
  world->names = g_ptr_array_new ();
  world->offices = g_ptr_array_new_with_free_func ((GDestroyNotify) sim_office_free);
  world->checker = sim_checker_new (trace, world->zone);
  world->people = sim_people_new (trace, world->checker, world->zone, world->offices);
  world->fault_percent = sim_dice_is (dice, 30) ? 0 : 1 + sim_dice_pick (dice, 25);
  if (world->fault_percent == 0)
    sim_checker_trust_listings (world->checker);
  for (guint i = 0; region->rule->offices[i].council != NULL; i++)
    {
      const SimOfficeRule *rule = &region->rule->offices[i];
      /* What a newer edition wrote, the older one may take for a person's below an edit. */
      world->people->brings_back |= rule->charter != SIM_CHARTER_PLAIN;
      for (guint j = 0; rule->calendars[j] != NULL; j++)
        add_server (world, region->rule, rule->calendars[j], dice);
      g_ptr_array_add (world->offices,
                       sim_office_new (trace, world->net, world->servers,
                                       g_ptr_array_index (region->settings, i),
                                       g_ptr_array_index (region->files, i), rule->days_off));
    }
}

static SimOffice *
pick_office (World *world, SimDice *dice)
{
  return g_ptr_array_index (world->offices, sim_dice_pick (dice, world->offices->len));
}

static SimServer *
pick_server (World *world, SimDice *dice)
{
  return g_hash_table_lookup (
      world->servers, g_ptr_array_index (world->names, sim_dice_pick (dice, world->names->len)));
}

/* A daemon whose disk ended its process comes up again. */
static void
bury_the_dead (World *world, SimDice *dice)
{
  for (guint i = 0; i < world->offices->len; i++)
    {
      SimOffice *office = g_ptr_array_index (world->offices, i);
      if (!sim_disk_is_dead (office->disk))
        continue;
      sim_office_kill (office, dice);
      sim_office_open (office);
    }
}

/* At most so many steps of requests; FALSE when nothing is under way any more. */
static gboolean
turn (World *world, guint n_steps, SimDice *dice)
{
  gboolean goes_on = TRUE;
  for (guint i = 0; i < n_steps && goes_on && world->trace->violation == NULL; i++)
    {
      sim_pump ();
      bury_the_dead (world, dice);
      goes_on = sim_net_step (world->net, dice);
    }
  sim_pump ();
  bury_the_dead (world, dice);
  return goes_on;
}

static void
restart (World *world, SimOffice *office, SimDice *dice)
{
  sim_office_kill (office, dice);
  guint what = sim_dice_pick (dice, 10);
  if (what == 0 && sim_disk_restore (office->disk))
    sim_office_lose_state (office, "is restored from a backup");
  else if (what == 1)
    {
      sim_disk_wipe (office->disk);
      sim_office_lose_state (office, "has lost its state");
    }
  if (what <= 1)
    sim_checker_forget_originals (world->checker);
  sim_office_open (office);
}

static void
disturb_disk (SimOffice *office, SimDice *dice)
{
  g_auto (GStrv) calendars = sim_office_list_calendars (office);
  guint what = sim_dice_pick (dice, 4);
  if (what == 0)
    sim_disk_back_up (office->disk, (const char *const *) calendars);
  else if (what == 1)
    sim_disk_set_full (office->disk, TRUE);
  else if (what == 2)
    sim_disk_set_full (office->disk, FALSE);
  else
    sim_disk_die_after (office->disk, 1 + sim_dice_pick (dice, 6));
  sim_trace_note (office->trace, "%s: disk %u", office->settings->council, what);
}

static void
pass_time (SimOffice *office, SimDice *dice)
{
  guint minutes = sim_dice_pick (dice, 60);
  tn_fake_clock_advance_us (office->clock, minutes * G_TIME_SPAN_MINUTE);
  if (sim_dice_is (dice, 10))
    tn_fake_clock_jump_us (office->clock, ((gint64) sim_dice_pick (dice, 5) - 2) * G_TIME_SPAN_DAY);
  sim_trace_note (office->trace, "%s: %u minutes pass", office->settings->council, minutes);
}

static void
sync_office (SimOffice *office, SimDice *dice)
{
  g_auto (GStrv) calendars = sim_office_list_calendars (office);
  guint n = g_strv_length (calendars);
  sim_office_sync (office, sim_dice_is (dice, 60) ? NULL : calendars[sim_dice_pick (dice, n)], 0);
}

static void
disturb (World *world, SimServer *server, SimDice *dice)
{
  if (sim_dice_is (dice, 50))
    sim_people_add_stranger (world->people, server, dice);
  else
    sim_people_break (world->people, server, dice);
}

static void
act (World *world, SimDice *dice)
{
  guint what = sim_dice_pick (dice, 32);
  if (what < 10)
    sim_people_edit (world->people, pick_server (world, dice), dice);
  else if (what < 11)
    sim_people_delete (world->people, pick_server (world, dice), dice);
  else if (what < 12)
    sim_people_copy (world->people, pick_server (world, dice), dice);
  else if (what < 13)
    sim_people_restore (world->people, pick_server (world, dice), dice);
  else if (what < 14)
    disturb (world, pick_server (world, dice), dice);
  else if (what < 16)
    sim_people_decide (world->people, pick_office (world, dice), dice);
  else if (what < 17)
    sim_people_answer (world->people, pick_office (world, dice), dice);
  else if (what < 18)
    restart (world, pick_office (world, dice), dice);
  else if (what < 19)
    disturb_disk (pick_office (world, dice), dice);
  else if (what < 20)
    sim_server_forget_tokens (pick_server (world, dice));
  else if (what < 22)
    pass_time (pick_office (world, dice), dice);
  else if (what < 27)
    sync_office (pick_office (world, dice), dice);
  else
    turn (world, 1 + sim_dice_pick (dice, 12), dice);
}

static guint
count_writes (World *world)
{
  guint writes = 0;
  for (guint i = 0; i < world->names->len; i++)
    writes += sim_server_get_writes (
        g_hash_table_lookup (world->servers, g_ptr_array_index (world->names, i)));
  return writes;
}

/* One pass of everybody, until nothing is under way. Returns: whether a person had to say go on:
 * then it is not at rest yet */
static gboolean
pass_all (World *world, SimDice *dice)
{
  gboolean is_approved = FALSE;
  for (guint i = 0; i < world->offices->len; i++)
    {
      SimOffice *office = g_ptr_array_index (world->offices, i);
      g_auto (GStrv) calendars = sim_office_list_calendars (office);
      for (guint j = 0; calendars[j] != NULL && office->book != NULL; j++)
        is_approved = tn_decide_approve (office->book, calendars[j], NULL) || is_approved;
      tn_fake_clock_advance_us (office->clock, 20 * G_TIME_SPAN_MINUTE);
      sim_office_sync (office, NULL, TN_PASS_SEEN | TN_PASS_GRANTED);
    }
  if (turn (world, MAX_STEPS, dice))
    sim_trace_break (world->trace, "a pass does not end (promise 5)");
  return is_approved;
}

/* The faults stop; a person looks at what is held. Then passes, until nothing is written. */
static void
settle (World *world, SimDice *dice)
{
  sim_trace_note (world->trace, "the faults stop");
  sim_net_set_faults (world->net, 0);
  for (guint i = 0; i < world->offices->len; i++)
    {
      SimOffice *office = g_ptr_array_index (world->offices, i);
      sim_disk_set_full (office->disk, FALSE);
      if (!sim_disk_is_dead (office->disk))
        sim_disk_revive (office->disk);
      if (office->book == NULL)
        sim_office_open (office);
    }
  turn (world, MAX_STEPS, dice);
  guint quiet = 0;
  for (guint i = 0; i < MAX_ROUNDS && quiet < 2 && world->trace->violation == NULL; i++)
    {
      guint before = count_writes (world);
      gboolean is_approved = pass_all (world, dice);
      quiet = count_writes (world) == before && !is_approved ? quiet + 1 : 0;
      sim_trace_note (world->trace, "-- round %u: %u writes", i, count_writes (world) - before);
    }
  if (quiet < 2)
    sim_trace_break (world->trace, "it does not settle (promise 5)");
}

void
sim_history_live (const SimHistory *history, const SimRegion *region, SimTrace *trace)
{
  SimDice dice = { history->seed ^ 0x5157 };
  g_auto (World) world = { 0 };
  world_init (&world, region, trace, &dice);
  pass_all (&world, &dice);
  sim_net_set_faults (world.net, world.fault_percent);
  for (guint i = 0; i < history->acts->len && trace->violation == NULL; i++)
    {
      SimDice own = { g_array_index (history->acts, guint64, i) };
      act (&world, &own);
      sim_pump ();
      bury_the_dead (&world, &own);
    }
  settle (&world, &dice);
  if (trace->violation == NULL)
    sim_checker_judge (world.checker, world.offices, world.servers);
  if (trace->violation == NULL)
    sim_agreement_judge (trace, world.zone, world.offices, world.servers,
                         world.people->brings_back || world.fault_percent > 0);
}
