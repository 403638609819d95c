/* turnusctl confirm, move, cancel, swap, skip, postpone, set and the other decisions: a table. Each
 * says which field of a decision its words and options are; the rest is the same for all of them.
 */
#include "ctl/bus.h"
#include "ctl/command.h"
#include "ctl/outcome.h"
#include "ctl/prompt.h"
#include "model/catalogue.h"

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

static JsonNode *
decide (const TnCall *call, gboolean dry_run, GError **error)
{
  return tn_bus_ask (call, "Decide", g_variant_new ("(@a{ss}b)", make_fields (call), dry_run),
                     error);
}

/* What many would notice is shown first to somebody who sits there. */
static gboolean
is_meant (const TnCall *call, GError **error)
{
  gboolean is_grave = call->command == &tn_cmd_leave
                      || (call->command == &tn_cmd_cancel && !tn_call_has_option (call, "no"));
  if (!is_grave || tn_call_has_option (call, "yes") || !tn_prompt_is_there (call))
    return TRUE;
  g_autoptr (JsonNode) foreseen = decide (call, TRUE, error);
  if (foreseen == NULL)
    return FALSE;
  if (!tn_call_wants_json (call))
    tn_outcome_print (call, json_node_get_object (foreseen), TRUE);
  fflush (call->out);
  return tn_prompt_allows (call, tn_say (call->language, "Decide that?"), error);
}

static int
run (TnCall *call)
{
  g_autoptr (GError) error = NULL;
  gboolean dry_run = tn_call_has_option (call, "dry-run");
  g_autoptr (JsonNode) answer
      = dry_run || is_meant (call, &error) ? decide (call, dry_run, &error) : NULL;
  if (answer == NULL)
    return tn_call_fail (call, error);
  int exit_code = !dry_run && tn_outcome_is_proposed (json_node_get_object (answer)) ? TN_EXIT_WAITS
                                                                                     : TN_EXIT_DONE;
  if (tn_call_wants_json (call))
    tn_call_print_json (call, answer);
  else
    tn_outcome_print (call, json_node_get_object (answer), dry_run);
  return exit_code;
}

/* Every decision takes these. */
#define SIGNATURE                                                                                  \
  { "for", "COUNCIL", N_ ("the council that decides; that of the settings when not said"), 0,      \
    FALSE },                                                                                       \
      { "note", "TEXT", N_ ("why, for those who read the ledger"), 0, FALSE },                     \
      { "minutes", "TEXT", N_ ("where it is minuted"), 0, FALSE },                                 \
      { "on", "DATE", N_ ("the day on which it was decided; today when not said"), 0, FALSE },     \
      { "dry-run", NULL, N_ ("only show what would follow"), 'n', FALSE },                         \
  {                                                                                                \
    NULL, NULL, NULL, 0, FALSE                                                                     \
  }

#define RING                                                                                       \
  {                                                                                                \
    "role", "ROLE", N_ ("whose turns; the host's when not said"), 0, FALSE                         \
  }

static const TnOption SIMPLE_OPTIONS[] = { SIGNATURE };
static const TnOption RING_OPTIONS[] = { RING, SIGNATURE };
static const TnOption CONFIRM_OPTIONS[]
    = { { "date", "DATE", N_ ("on this date; where it stands when not said"), 0, FALSE },
        SIGNATURE };
#define YES                                                                                        \
  {                                                                                                \
    "yes", NULL, N_ ("do it without asking at the terminal"), 'y', FALSE                           \
  }

static const TnOption CANCEL_OPTIONS[]
    = { { "no", NULL, N_ ("take it back"), 0, FALSE }, YES, SIGNATURE };
static const TnOption NO_OPTIONS[] = { { "no", NULL, N_ ("take it back"), 0, FALSE }, SIGNATURE };
static const TnOption SET_OPTIONS[]
    = { RING,
        { "then", "after|unchanged",
          N_ ("the ring goes on after it, or as if it had not been; after when not said"), 0,
          FALSE },
        SIGNATURE };
static const TnOption INSERT_OPTIONS[]
    = { { "after", "COUNCIL", N_ ("the council behind which it joins the ring"), 0, FALSE },
        SIGNATURE };
static const TnOption MEMBER_OPTIONS[]
    = { { "collaboration", "COLLABORATION", N_ ("in which collaboration, when there are several"),
          0, FALSE },
        SIGNATURE };
static const TnOption LEAVE_OPTIONS[]
    = { { "collaboration", "COLLABORATION", N_ ("in which collaboration, when there are several"),
          0, FALSE },
        YES,
        SIGNATURE };

const TnCommand tn_cmd_confirm = {
  .name = "confirm",
  .topic = TN_TOPIC_DECIDE,
  .see_also = "move explain ledger",
  .arguments = "OCCURRENCE",
  .summary = N_ ("settle a date: no rule moves it any more"),
  .help
  = N_ ("A date that the rules chose is a proposal until somebody confirms it. A confirmed one "
        "is moved\n"
        "by a decision alone: no later edition of the charter and no holiday file touches it.\n"
        "\n"
        "Example\n"
        "  turnusctl confirm 7by/studietur/2027 --date 2027-05-20 --for esbjerg"),
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
  .summary = N_ ("give it, or one of its milestones, another date"),
  .help
  = N_ ("DATE is a day (length and time stay as they are), 2027-05-20..2027-05-21, or\n"
        "2027-09-14T10:00..2027-09-14T15:00. OCCURRENCE#MILESTONE is a milestone, whose DATE is\n"
        "a day and holds until the event moves.\n\n"
        "Examples\n"
        "  turnusctl move 7by/erfa/2027 2027-10-05 --for esbjerg --dry-run\n"
        "  turnusctl move 7by/erfa/2027#dagsorden 2027-08-20 --for esbjerg"),
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
  .summary = N_ ("it is not held (or, with --no, after all)"),
  .help = N_ ("The event stays and is marked as cancelled everywhere.\n\n"
              "Example\n"
              "  turnusctl cancel 7by/erfa/2027 --for esbjerg --note \"too few\""),
  .needs_daemon = TRUE,
  .n_min_words = 1,
  .n_max_words = 1,
  .options = CANCEL_OPTIONS,
  .run = run,
};

const TnCommand tn_cmd_swap = {
  .name = "swap",
  .topic = TN_TOPIC_DECIDE,
  .see_also = "hosts set proposals",
  .arguments = "SERIES CYCLE CYCLE",
  .summary = N_ ("two councils trade their turns"),
  .help = N_ (
      "The holders of two cycles trade them, and the ring goes on as if they had not. It takes\n"
      "both of them: what one of them says is a proposal to the other, who accepts it, or says\n"
      "the same. With minutes, or by the secretariat, it is decided at once. Ends with 3 while it\n"
      "waits.\n\n"
      "Examples\n"
      "  turnusctl swap 7by/studietur 2027 2028 --for esbjerg\n"
      "  turnusctl swap 7by/studietur 2027 2028 --minutes \"erfa 2026, item 4\""),
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
  .summary = N_ ("a council loses its turn"),
  .help
  = N_ ("The cycle goes to the next council of the ring, and the one that is passed over waits "
        "until its\n"
        "turn comes round again. If it is to keep its turn, swap or postpone instead.\n"
        "\n"
        "Example\n"
        "  turnusctl skip 7by/studietur 2028 randers --minutes \"erfa 2026, item 5\""),
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
  .summary = N_ ("the cycle is not held; its holder keeps the turn, or has used it"),
  .help
  = N_ ("The cycle is left out. `kept`: its holder has the next one, as Randers had after 2020. "
        "`used`:\n"
        "its turn is over, and the ring goes on. `no` takes a postponement back. An event that "
        "is only\n"
        "held on another day is moved, one that is called off is cancelled.\n"
        "\n"
        "Example\n"
        "  turnusctl postpone 7by/studietur/2027 kept --minutes \"mail of 2 April\""),
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
  .summary = N_ ("name the holder of a cycle"),
  .help
  = N_ ("Of a role that lasts for a term it names who has it from this cycle until the term ends,\n"
        "or with --then unchanged in this cycle only.\n\n"
        "Example\n"
        "  turnusctl set 7by/studietur 2029 aarhus --then unchanged --minutes \"erfa 2027\""),
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
  .summary = N_ ("a council joins the ring"),
  .help = N_ ("The council has its turn in that cycle, and from then on behind the one that "
              "--after names.\n"
              "It must be a council of the charter: `turnusctl join` makes it a member.\n"
              "\n"
              "Example\n"
              "  turnusctl insert 7by/studietur 2030 vejle --after odense --minutes \"erfa 2027\""),
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
  .summary = N_ ("a council is a member from this day on"),
  .help
  = N_ ("From that day on the council counts as a member: it is asked, invited and has duties. "
        "Its place\n"
        "in a ring is another decision: `turnusctl insert`.\n"
        "\n"
        "Example\n"
        "  turnusctl join frederiksberg 2029-01-01 --minutes \"erfa 2028\""),
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
  .summary = N_ ("a council is no member from this day on"),
  .help
  = N_ ("From that day on the council has no turn and no duty. Its turns go to the next ones, "
        "and only\n"
        "events to come that nobody confirmed change. What it hosted stays.\n"
        "\n"
        "Example\n"
        "  turnusctl leave aarhus 2027-07-01 --minutes \"letter of 3 March\""),
  .needs_daemon = TRUE,
  .n_min_words = 2,
  .n_max_words = 2,
  .options = LEAVE_OPTIONS,
  .run = run,
};

const TnCommand tn_cmd_theme = {
  .name = "theme",
  .topic = TN_TOPIC_DECIDE,
  .see_also = "list explain",
  .arguments = "OCCURRENCE TEXT",
  .summary = N_ ("set the theme"),
  .help = N_ (
      "What the occurrence is about. It stands in its title or description, as the charter says.\n"
      "\n"
      "Example\n"
      "  turnusctl theme 7by/erfa/2027 \"Ensomhed\" --for esbjerg"),
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
  .summary = N_ ("a duty is done (or, with --no, not yet)"),
  .help = N_ ("Of homework each repetition is a milestone of its own: hjemmearbeid-2.\n\n"
              "Example\n"
              "  turnusctl done 7by/erfa/2027 dagsorden --for esbjerg"),
  .needs_daemon = TRUE,
  .n_min_words = 2,
  .n_max_words = 2,
  .options = NO_OPTIONS,
  .run = run,
};
