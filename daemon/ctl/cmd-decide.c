/* turnusctl confirm, move, cancel, swap, skip, postpone, set and the other decisions: a table. Each
 * says which field of a decision its words and options are; the rest is the same for all of them.
 */
#include "ctl/answer.h"
#include "ctl/bus.h"
#include "ctl/command.h"
#include "ctl/table.h"

#include <string.h>

/* Fields of Decide in control.xml. */
typedef struct
{
  const TnCommand *command;
  const char *kind;
  const char *words[4];   /* the field that each word is; ended by NULL */
  const char *options[5]; /* pairs: an option, and the field that it is; ended by NULL */
  const char *fixed[3];   /* a field and its value, always; ended by NULL */
} Form;

static const Form FORMS[] = {
  { &tn_cmd_confirm, "date", { "event" }, { "date", "value" }, { "confirmed", "yes" } },
  { &tn_cmd_move, "date", { "event", "value" }, { NULL }, { NULL } },
  { &tn_cmd_cancel, "cancel", { "event" }, { NULL }, { NULL } },
  { &tn_cmd_swap, "swap", { "series", "cycle", "other_cycle" }, { "role", "role" }, { NULL } },
  { &tn_cmd_skip, "skip", { "series", "cycle", "council" }, { "role", "role" }, { NULL } },
  { &tn_cmd_postpone, "postpone", { "event", "value" }, { NULL }, { NULL } },
  { &tn_cmd_set,
    "set",
    { "series", "cycle", "council" },
    { "role", "role", "then", "value" },
    { NULL } },
  { &tn_cmd_insert, "insert", { "series", "cycle", "council" }, { "after", "after" }, { NULL } },
  { &tn_cmd_join, "join", { "council", "since" }, { "collaboration", "collaboration" }, { NULL } },
  { &tn_cmd_leave,
    "leave",
    { "council", "since" },
    { "collaboration", "collaboration" },
    { NULL } },
  { &tn_cmd_theme, "theme", { "event", "value" }, { NULL }, { NULL } },
  { &tn_cmd_done, "done", { "event", "milestone" }, { NULL }, { NULL } },
};

static const Form *
find_form (const TnCall *call)
{
  for (gsize i = 0; i < G_N_ELEMENTS (FORMS); i++)
    if (FORMS[i].command == call->command)
      return &FORMS[i];
  g_assert_not_reached ();
}

static void
add (GVariantBuilder *fields, const char *name, const char *value)
{
  if (value != NULL)
    g_variant_builder_add (fields, "{ss}", name, value);
}

/* What is moved may be a milestone: `7by/erfa/2027#dagsorden`. */
static const char *
find_kind (const TnCall *call, const Form *form)
{
  gboolean is_milestone = call->command == &tn_cmd_move && strchr (call->words[0], '#') != NULL;
  return is_milestone ? "due" : form->kind;
}

static GVariant *
make_fields (const TnCall *call)
{
  static const char *const signature[] = { "for", "note", "minutes", "on" };
  const Form *form = find_form (call);
  GVariantBuilder fields;
  g_variant_builder_init (&fields, G_VARIANT_TYPE ("a{ss}"));
  add (&fields, "kind", find_kind (call, form));
  for (guint i = 0; i < call->n_words; i++)
    add (&fields, form->words[i], call->words[i]);
  for (guint i = 0; form->options[i] != NULL; i += 2)
    add (&fields, form->options[i + 1], tn_call_get_option (call, form->options[i]));
  if (form->fixed[0] != NULL)
    add (&fields, form->fixed[0], form->fixed[1]);
  if (tn_call_has_option (call, "no"))
    add (&fields, "value", "no");
  for (gsize i = 0; i < G_N_ELEMENTS (signature); i++)
    add (&fields, signature[i], tn_call_get_option (call, signature[i]));
  return g_variant_builder_end (&fields);
}

static void
print_effects (const TnCall *call, JsonArray *effects)
{
  for (guint i = 0; i < json_array_get_length (effects); i++)
    {
      JsonObject *effect = json_array_get_object_element (effects, i);
      g_autofree char *title = tn_answer_dup_shown (effect, "title");
      g_autofree char *before = tn_answer_dup_shown (effect, "before");
      g_autofree char *after = tn_answer_dup_shown (effect, "after");
      tn_call_print (call, "  %s (%s) %s: \"%s\" → \"%s\"\n", tn_answer_get (effect, "reference"),
                     title, tn_answer_get (effect, "field"), before, after);
    }
  if (json_array_get_length (effects) == 0)
    tn_call_print (call, "  nothing changes in the plan\n");
}

static char *
format_value (JsonObject *fairness, const char *name)
{
  JsonNode *value = json_object_get_member (fairness, name);
  if (value == NULL || JSON_NODE_HOLDS_NULL (value))
    return g_strdup ("-");
  return json_node_get_value_type (value) == G_TYPE_STRING
             ? json_node_dup_string (value)
             : g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (value));
}

/* `1`, or `1 → 2` where the decision changes it. */
static char *
format_count (JsonObject *share, const char *name)
{
  g_autofree char *before = format_value (json_object_get_object_member (share, "before"), name);
  g_autofree char *after = format_value (json_object_get_object_member (share, "after"), name);
  return strcmp (before, after) == 0 ? g_strdup (before)
                                     : g_strdup_printf ("%s → %s", before, after);
}

static void
add_share (TnTable *table, JsonObject *share)
{
  g_autofree char *held = format_count (share, "held");
  g_autofree char *planned = format_count (share, "planned");
  g_autofree char *given = format_count (share, "given");
  g_autofree char *taken = format_count (share, "taken");
  g_autofree char *skipped = format_count (share, "skipped");
  g_autofree char *since = format_count (share, "years_since");
  g_autofree char *next = format_count (share, "next");
  tn_table_add (table, tn_answer_get (share, "council"), held, planned, given, taken, skipped,
                since, next, NULL);
}

static gboolean
is_same_ring (JsonObject *a, JsonObject *b)
{
  return strcmp (tn_answer_get (a, "series"), tn_answer_get (b, "series")) == 0
         && strcmp (tn_answer_get (a, "role"), tn_answer_get (b, "role")) == 0;
}

static void
print_ring (const TnCall *call, JsonArray *shares, guint first, guint end)
{
  static const char *const headings[]
      = { "COUNCIL", "HELD", "PLANNED", "GIVEN", "TAKEN", "SKIPPED", "YEARS SINCE", "NEXT", NULL };
  JsonObject *ring = json_array_get_object_element (shares, first);
  g_autoptr (TnTable) table = tn_table_new (headings);
  for (guint i = first; i < end; i++)
    add_share (table, json_array_get_object_element (shares, i));
  tn_call_print (call, "\nfairness of the %s's turns of %s/%s, before → after\n\n",
                 tn_answer_get (ring, "role"), tn_answer_get (ring, "collaboration"),
                 tn_answer_get (ring, "series"));
  tn_table_print (table, call->out);
}

static void
print_fairness (const TnCall *call, JsonArray *shares)
{
  guint n = json_array_get_length (shares);
  guint end = 0;
  for (guint first = 0; first < n; first = end)
    {
      JsonObject *ring = json_array_get_object_element (shares, first);
      for (end = first + 1;
           end < n && is_same_ring (ring, json_array_get_object_element (shares, end)); end++)
        ;
      print_ring (call, shares, first, end);
    }
}

/* Does it wait for another council? */
static gboolean
is_proposed (JsonObject *told)
{
  return !json_object_get_null_member (told, "proposal")
         && strcmp (tn_answer_get (json_object_get_object_member (told, "proposal"), "state"),
                    "open")
                == 0;
}

static void
print_proposed (const TnCall *call, JsonObject *proposal, gboolean dry_run)
{
  const char *id = tn_answer_get (proposal, "id");
  g_autofree char *deciders = tn_answer_join (json_object_get_array_member (proposal, "deciders"));
  if (dry_run)
    tn_call_print (call, "would be proposed to %s, and change (nothing is decided):\n", deciders);
  else
    tn_call_print (call,
                   "proposed to %s, who can say: turnusctl proposals accept %.8s, or reject "
                   "%.8s\nthen it changes:\n",
                   deciders, id, id);
}

static void
print_outcome (const TnCall *call, JsonObject *told, gboolean dry_run)
{
  JsonObject *decision = json_object_get_object_member (told, "decision");
  if (is_proposed (told))
    print_proposed (call, json_object_get_object_member (told, "proposal"), dry_run);
  else if (dry_run)
    tn_call_print (call, "would change (nothing is decided):\n");
  else
    tn_call_print (call, "decided for %s, entry %s:\n", tn_answer_get (decision, "by"),
                   tn_answer_get (decision, "id"));
}

static int
run (TnCall *call)
{
  g_autoptr (GError) error = NULL;
  gboolean dry_run = tn_call_has_option (call, "dry-run");
  g_autoptr (JsonNode) answer = tn_bus_ask (
      call, "Decide", g_variant_new ("(@a{ss}b)", make_fields (call), dry_run), &error);
  if (answer == NULL)
    return tn_call_fail (call, error);
  int exit_code
      = !dry_run && is_proposed (json_node_get_object (answer)) ? TN_EXIT_WAITS : TN_EXIT_DONE;
  if (tn_call_wants_json (call))
    {
      tn_call_print_json (call, answer);
      return exit_code;
    }
  JsonObject *told = json_node_get_object (answer);
  print_outcome (call, told, dry_run);
  print_effects (call, json_object_get_array_member (told, "effects"));
  if (dry_run)
    print_fairness (call, json_object_get_array_member (told, "fairness"));
  return exit_code;
}

/* Every decision takes these. */
#define SIGNATURE                                                                                  \
  { "for", "COUNCIL", "the council that decides; that of the settings when not said", 0, FALSE },  \
      { "note", "TEXT", "why, for those who read the ledger", 0, FALSE },                          \
      { "minutes", "TEXT", "where it is minuted", 0, FALSE },                                      \
      { "on", "DATE", "the day on which it was decided; today when not said", 0, FALSE },          \
      { "dry-run", NULL, "only show what would follow", 'n', FALSE },                              \
  {                                                                                                \
    NULL, NULL, NULL, 0, FALSE                                                                     \
  }

#define RING                                                                                       \
  {                                                                                                \
    "role", "ROLE", "whose turns; the host's when not said", 0, FALSE                              \
  }

static const TnOption SIMPLE_OPTIONS[] = { SIGNATURE };
static const TnOption RING_OPTIONS[] = { RING, SIGNATURE };
static const TnOption CONFIRM_OPTIONS[]
    = { { "date", "DATE", "on this date; where it stands when not said", 0, FALSE }, SIGNATURE };
static const TnOption NO_OPTIONS[] = { { "no", NULL, "take it back", 0, FALSE }, SIGNATURE };
static const TnOption SET_OPTIONS[]
    = { RING,
        { "then", "after|unchanged",
          "the ring goes on after it, or as if it had not been; after when not said", 0, FALSE },
        SIGNATURE };
static const TnOption INSERT_OPTIONS[]
    = { { "after", "COUNCIL", "the council behind which it joins the ring", 0, FALSE }, SIGNATURE };
static const TnOption MEMBER_OPTIONS[]
    = { { "collaboration", "ID", "in which collaboration, when there are several", 0, FALSE },
        SIGNATURE };

const TnCommand tn_cmd_confirm = {
  .name = "confirm",
  .topic = TN_TOPIC_DECIDE,
  .see_also = "move explain ledger",
  .arguments = "OCCURRENCE",
  .summary = "settle a date: no rule moves it any more",
  .help = "A date that the rules chose is a proposal until somebody confirms it. A confirmed one "
          "is moved\n"
          "by a decision alone: no later edition of the charter and no holiday file touches it.\n"
          "\n"
          "Example\n"
          "  turnusctl confirm 7by/studietur/2027 --date 2027-05-20 --for esbjerg",
  .needs_daemon = TRUE,
  .n_min_words = 1,
  .n_max_words = 1,
  .options = CONFIRM_OPTIONS,
  .run = run,
};

const TnCommand tn_cmd_move = {
  .name = "move",
  .topic = TN_TOPIC_DECIDE,
  .see_also = "confirm cancel explain",
  .arguments = "OCCURRENCE DATE",
  .summary = "give it, or one of its milestones, another date",
  .help = "DATE is a day (length and time stay as they are), 2027-05-20..2027-05-21, or\n"
          "2027-09-14T10:00..2027-09-14T15:00. OCCURRENCE#MILESTONE is a milestone, whose DATE is\n"
          "a day and holds until the event moves.\n\n"
          "Examples\n"
          "  turnusctl move 7by/erfa/2027 2027-10-05 --for esbjerg --dry-run\n"
          "  turnusctl move 7by/erfa/2027#dagsorden 2027-08-20 --for esbjerg",
  .needs_daemon = TRUE,
  .n_min_words = 2,
  .n_max_words = 2,
  .options = SIMPLE_OPTIONS,
  .run = run,
};

const TnCommand tn_cmd_cancel = {
  .name = "cancel",
  .topic = TN_TOPIC_DECIDE,
  .see_also = "postpone move",
  .arguments = "OCCURRENCE",
  .summary = "it is not held (or, with --no, after all)",
  .help = "The event stays and is marked as cancelled everywhere.\n\n"
          "Example\n"
          "  turnusctl cancel 7by/erfa/2027 --for esbjerg --note \"too few\"",
  .needs_daemon = TRUE,
  .n_min_words = 1,
  .n_max_words = 1,
  .options = NO_OPTIONS,
  .run = run,
};

const TnCommand tn_cmd_swap = {
  .name = "swap",
  .topic = TN_TOPIC_DECIDE,
  .see_also = "hosts set proposals",
  .arguments = "SERIES CYCLE CYCLE",
  .summary = "two councils trade their turns",
  .help
  = "The holders of two cycles trade them, and the ring goes on as if they had not. It takes\n"
    "both of them: what one of them says is a proposal to the other, who accepts it, or says\n"
    "the same. With minutes, or by the secretariat, it is decided at once. Ends with 3 while it\n"
    "waits.\n\n"
    "Examples\n"
    "  turnusctl swap 7by/studietur 2027 2028 --for esbjerg\n"
    "  turnusctl swap 7by/studietur 2027 2028 --minutes \"erfa 2026, item 4\"",
  .needs_daemon = TRUE,
  .n_min_words = 3,
  .n_max_words = 3,
  .options = RING_OPTIONS,
  .run = run,
};

const TnCommand tn_cmd_skip = {
  .name = "skip",
  .topic = TN_TOPIC_DECIDE,
  .see_also = "hosts swap postpone",
  .arguments = "SERIES CYCLE COUNCIL",
  .summary = "a council loses its turn",
  .help = "The cycle goes to the next council of the ring, and the one that is passed over waits "
          "until its\n"
          "turn comes round again. If it is to keep its turn, swap or postpone instead.\n"
          "\n"
          "Example\n"
          "  turnusctl skip 7by/studietur 2028 randers --minutes \"erfa 2026, item 5\"",
  .needs_daemon = TRUE,
  .n_min_words = 3,
  .n_max_words = 3,
  .options = RING_OPTIONS,
  .run = run,
};

const TnCommand tn_cmd_postpone = {
  .name = "postpone",
  .topic = TN_TOPIC_DECIDE,
  .see_also = "cancel move skip",
  .arguments = "OCCURRENCE kept|used|no",
  .summary = "the cycle is not held; its holder keeps the turn, or has used it",
  .help = "The cycle is left out. `kept`: its holder has the next one, as Randers had after 2020. "
          "`used`:\n"
          "its turn is over, and the ring goes on. `no` takes a postponement back. An event that "
          "is only\n"
          "held on another day is moved, one that is called off is cancelled.\n"
          "\n"
          "Example\n"
          "  turnusctl postpone 7by/studietur/2027 kept --minutes \"mail of 2 April\"",
  .needs_daemon = TRUE,
  .n_min_words = 2,
  .n_max_words = 2,
  .options = SIMPLE_OPTIONS,
  .run = run,
};

const TnCommand tn_cmd_set = {
  .name = "set",
  .topic = TN_TOPIC_DECIDE,
  .see_also = "hosts swap insert",
  .arguments = "SERIES CYCLE COUNCIL",
  .summary = "name the holder of a cycle",
  .help
  = "Of a role that lasts for a term it names who has it from this cycle until the term ends,\n"
    "or with --then unchanged in this cycle only.\n\n"
    "Example\n"
    "  turnusctl set 7by/studietur 2029 aarhus --then unchanged --minutes \"erfa 2027\"",
  .needs_daemon = TRUE,
  .n_min_words = 3,
  .n_max_words = 3,
  .options = SET_OPTIONS,
  .run = run,
};

const TnCommand tn_cmd_insert = {
  .name = "insert",
  .topic = TN_TOPIC_DECIDE,
  .see_also = "join hosts",
  .arguments = "SERIES CYCLE COUNCIL",
  .summary = "a council joins the ring",
  .help
  = "The council has its turn in that cycle, and from then on behind the one that --after names.\n"
    "It must be a council of the charter: `turnusctl join` makes it a member.\n"
    "\n"
    "Example\n"
    "  turnusctl insert 7by/studietur 2030 vejle --after odense --minutes \"erfa 2027\"",
  .needs_daemon = TRUE,
  .n_min_words = 3,
  .n_max_words = 3,
  .options = INSERT_OPTIONS,
  .run = run,
};

const TnCommand tn_cmd_join = {
  .name = "join",
  .topic = TN_TOPIC_DECIDE,
  .see_also = "insert leave",
  .arguments = "COUNCIL DATE",
  .summary = "a council is a member from this day on",
  .help = "From that day on the council counts as a member: it is asked, invited and has duties. "
          "Its place\n"
          "in a ring is another decision: `turnusctl insert`.\n"
          "\n"
          "Example\n"
          "  turnusctl join frederiksberg 2029-01-01 --minutes \"erfa 2028\"",
  .needs_daemon = TRUE,
  .n_min_words = 2,
  .n_max_words = 2,
  .options = MEMBER_OPTIONS,
  .run = run,
};

const TnCommand tn_cmd_leave = {
  .name = "leave",
  .topic = TN_TOPIC_DECIDE,
  .see_also = "join skip",
  .arguments = "COUNCIL DATE",
  .summary = "a council is no member from this day on",
  .help = "From that day on the council has no turn and no duty. Its turns go to the next ones, "
          "and only\n"
          "events to come that nobody confirmed change. What it hosted stays.\n"
          "\n"
          "Example\n"
          "  turnusctl leave aarhus 2027-07-01 --minutes \"letter of 3 March\"",
  .needs_daemon = TRUE,
  .n_min_words = 2,
  .n_max_words = 2,
  .options = MEMBER_OPTIONS,
  .run = run,
};

const TnCommand tn_cmd_theme = {
  .name = "theme",
  .topic = TN_TOPIC_DECIDE,
  .see_also = "list explain",
  .arguments = "OCCURRENCE TEXT",
  .summary = "set the theme",
  .help
  = "What the occurrence is about. It stands in its title or description, as the charter says.\n"
    "\n"
    "Example\n"
    "  turnusctl theme 7by/erfa/2027 \"Ensomhed\" --for esbjerg",
  .needs_daemon = TRUE,
  .n_min_words = 2,
  .n_max_words = 2,
  .options = SIMPLE_OPTIONS,
  .run = run,
};

const TnCommand tn_cmd_done = {
  .name = "done",
  .topic = TN_TOPIC_DECIDE,
  .see_also = "list explain",
  .arguments = "OCCURRENCE MILESTONE",
  .summary = "a duty is done (or, with --no, not yet)",
  .help = "Of homework each repetition is a milestone of its own: hjemmearbeid-2.\n\n"
          "Example\n"
          "  turnusctl done 7by/erfa/2027 dagsorden --for esbjerg",
  .needs_daemon = TRUE,
  .n_min_words = 2,
  .n_max_words = 2,
  .options = NO_OPTIONS,
  .run = run,
};
