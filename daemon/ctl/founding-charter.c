/* The charter of a collaboration that begins, from what such collaborations usually agree on. It is
 * a draft: each rule says what it means, so that a meeting can strike or change it. */
#include "ctl/founding.h"
#include "ctl/naming.h"
#include "model/catalogue.h"

#include <string.h>

typedef struct
{
  const char *id;    /* %NULL ends a list */
  const char *title; /* takes what it is of */
  const char *when;  /* as the charter says it */
  const char *by;    /* %NULL: the series' role */
} Duty;

/* Source: what the five charters in conf/charters have in common. */
typedef struct
{
  TnKind kind;
  const char *comment;
  const char *every;
  const char *first; /* takes the year */
  const char *rules; /* lines of the charter: when in the cycle, and which days not */
  const char *role;  /* %NULL for none */
  Duty duties[4];
} Template;

static const Template TEMPLATES[] = {
  { TN_KIND_TRIP,
    N_ ("Once a year in spring, at each council in turn."),
    "year",
    "%s",
    "window = { season = \"spring\"; };\n"
    "weekdays = [ \"tue\", \"wed\", \"thu\" ];\n"
    "length = \"1 day\";\n"
    "prefer = \"middle\";\n"
    "avoid = [ \"holidays\", \"bridge-days\", \"school-breaks\" ];\n",
    "host",
    { { "programme", N_ ("Send the programme: %s"), "before = \"8 weeks\"", NULL },
      { "registration", N_ ("Last day to register: %s"), "before = \"20 workdays\"", "council" },
      { NULL, NULL, NULL, NULL } } },
  { TN_KIND_ERFA,
    N_ ("Once a year in autumn."),
    "year",
    "%s",
    "window = { season = \"autumn\"; };\n"
    "weekdays = [ \"tue\", \"wed\", \"thu\" ];\n"
    "time = \"10:00-15:00\";\n"
    "avoid = [ \"holidays\", \"school-breaks\" ];\n",
    "organiser",
    { { "agenda", N_ ("Ask for items for the agenda: %s"), "before = \"6 weeks\"", NULL },
      { "invitation", N_ ("Send the invitation: %s"), "before = \"4 weeks\"", NULL },
      { "minutes", N_ ("Send the minutes: %s"), "after = \"2 weeks\"", NULL },
      { NULL, NULL, NULL, NULL } } },
  { TN_KIND_THEME,
    N_ ("Twice a year, each time about one theme."),
    "half-year",
    "%s-H1",
    "weekdays = [ \"tue\", \"wed\", \"thu\" ];\n"
    "time = \"10:00-15:00\";\n"
    "prefer = \"middle\";\n"
    "avoid = [ \"holidays\", \"school-breaks\" ];\n",
    "host",
    { { "invitation", N_ ("Send the invitation: %s"), "before = \"4 weeks\"", NULL },
      { NULL, NULL, NULL, NULL } } },
  { TN_KIND_MEETING,
    N_ ("Once a quarter, at each council in turn."),
    "quarter",
    "%s-Q1",
    "weekdays = [ \"tue\", \"wed\", \"thu\" ];\n"
    "time = \"10:00-12:00\";\n"
    "prefer = \"middle\";\n"
    "avoid = [ \"holidays\", \"school-breaks\" ];\n",
    "host",
    { { "agenda", N_ ("Send the agenda: %s"), "before = \"2 weeks\"", NULL },
      { "minutes", N_ ("Send the minutes: %s"), "after = \"2 weeks\"", NULL },
      { NULL, NULL, NULL, NULL } } },
  { TN_KIND_REPORT,
    N_ ("Due once a year, on the last possible day of November."),
    "year",
    "%s",
    "due = \"11\";\n"
    "avoid = [ \"holidays\", \"bridge-days\" ];\n",
    NULL,
    { { NULL, NULL, NULL, NULL } } },
};

/* The tables' slots: a format that is no literal would not be checked. */
static char *
put (const char *text, const char *value)
{
  g_auto (GStrv) parts = g_strsplit (text, "%s", 2);
  return g_strjoinv (value, parts);
}

static char *
make_first (const TnFounding *founding, const Template *template)
{
  g_autofree char *year = g_strdup_printf ("%d", founding->first_year);
  return put (template->first, year);
}

static const Template *
find_template (TnKind kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (TEMPLATES); i++)
    if (TEMPLATES[i].kind == kind)
      return &TEMPLATES[i];
  g_assert_not_reached ();
}

static void
append_comment (GString *page, const TnFounding *founding, const char *indent, const char *text)
{
  g_string_append_printf (page, "%s// %s\n", indent, tn_say (founding->language, text));
}

/* `studietur`: what people call it, without the article that a sentence has. */
static const char *
find_noun (const TnFounding *founding, TnKind kind)
{
  const char *name = tn_naming_kind (founding->language, kind);
  const char *blank = strchr (name, ' ');
  return blank != NULL ? blank + 1 : name;
}

/* `Studietur`: a title begins with a capital. */
static char *
name_kind (const TnFounding *founding, TnKind kind)
{
  const char *name = find_noun (founding, kind);
  g_autofree char *first = g_utf8_substring (name, 0, 1);
  g_autofree char *capital = g_utf8_strup (first, -1);
  return g_strconcat (capital, g_utf8_next_char (name), NULL);
}

static char *
make_series_id (const TnFounding *founding, TnKind kind)
{
  return tn_founding_make_id (find_noun (founding, kind));
}

static gboolean
has_kind (const TnFounding *founding, TnKind kind)
{
  for (guint i = 0; i < founding->kinds->len; i++)
    if (g_array_index (founding->kinds, TnKind, i) == kind)
      return TRUE;
  return FALSE;
}

static void
append_rotation (GString *page, const TnFounding *founding, const Template *template)
{
  g_autofree char *first = make_first (founding, template);
  const TnFounder *starter = g_ptr_array_index (founding->founders, 0);
  append_comment (page, founding, "      ",
                  N_ ("The ring: after the last one it begins again. The next is always the one "
                      "behind the last who really had the turn."));
  g_string_append_printf (page, "      roles = ( { role = \"%s\"; rotation = [ ", template->role);
  for (guint i = 0; i < founding->founders->len; i++)
    {
      const TnFounder *founder = g_ptr_array_index (founding->founders, i);
      g_string_append_printf (page, "%s\"%s\"", i > 0 ? ", " : "", founder->id);
    }
  g_string_append_printf (page,
                          " ];\n                  start = { cycle = \"%s\"; council = \"%s\"; }; } "
                          ");\n",
                          first, starter->id);
}

/* Who held the trip arranges the meeting where experience is exchanged: so it goes everywhere. */
static void
append_roles (GString *page, const TnFounding *founding, const Template *template)
{
  if (template->role == NULL)
    return;
  if (template->kind != TN_KIND_ERFA || !has_kind (founding, TN_KIND_TRIP))
    {
      append_rotation (page, founding, template);
      return;
    }
  g_autofree char *trip = make_series_id (founding, TN_KIND_TRIP);
  append_comment (page, founding, "      ", N_ ("The host of the year's study trip arranges it."));
  g_string_append_printf (
      page, "      roles = ( { role = \"organiser\"; follows = \"%s.host\"; } );\n", trip);
}

static void
append_duties (GString *page, const TnFounding *founding, const Template *template)
{
  if (template->duties[0].id == NULL)
    return;
  g_autofree char *name = name_kind (founding, template->kind);
  g_autofree char *of = g_strconcat (name, " {cycle}", NULL);
  append_comment (
      page, founding, "      ",
      N_ ("Deadlines, and whose duty they are; \"council\" is each council by itself."));
  g_string_append (page, "      milestones = (\n");
  for (const Duty *duty = template->duties; duty->id != NULL; duty++)
    {
      g_autofree char *title = put (tn_say (founding->language, duty->title), of);
      g_autofree char *quoted = tn_founding_quote (title);
      g_string_append_printf (
          page, "        { id = \"%s\"; title = %s; %s; by = \"%s\"; }%s\n", duty->id, quoted,
          duty->when, duty->by != NULL ? duty->by : template->role, duty[1].id != NULL ? "," : "");
    }
  g_string_append (page, "      );\n");
}

static void
append_series (GString *page, const TnFounding *founding, TnKind kind, gboolean is_last)
{
  const Template *template = find_template (kind);
  g_autofree char *id = make_series_id (founding, kind);
  g_autofree char *name = name_kind (founding, kind);
  g_autofree char *title = g_strconcat (
      name, " {cycle}", g_strcmp0 (template->role, "host") == 0 ? ": {host}" : "", NULL);
  g_autofree char *quoted = tn_founding_quote (title);
  g_autofree char *first = make_first (founding, template);
  g_auto (GStrv) rules = g_strsplit (template->rules, "\n", -1);
  append_comment (page, founding, "    ", template->comment);
  g_string_append_printf (page,
                          "    {\n      id = \"%s\";\n      kind = \"%s\";\n      title = %s;\n"
                          "      every = \"%s\";\n      first = \"%s\";\n",
                          id, tn_kind_to_string (kind), quoted, template->every, first);
  for (gsize i = 0; rules[i] != NULL; i++)
    if (*rules[i] != '\0' && (*founding->country != '\0' || !g_str_has_prefix (rules[i], "avoid")))
      g_string_append_printf (page, "      %s\n", rules[i]);
  append_roles (page, founding, template);
  append_duties (page, founding, template);
  g_string_append_printf (page, "    }%s\n", is_last ? "" : ",\n");
}

static const char *
find_zone (const TnFounding *founding)
{
  return strcmp (founding->country, "se") == 0   ? "Europe/Stockholm"
         : strcmp (founding->country, "no") == 0 ? "Europe/Oslo"
                                                 : "Europe/Copenhagen";
}

static void
append_head (GString *page, const TnFounding *founding)
{
  g_autofree char *name = tn_founding_quote (founding->collaboration);
  g_string_append_printf (page, "collaboration = {\n  id = \"%s\";\n  name = %s;\n",
                          founding->collaboration_id, name);
  append_comment (page, founding, "  ", N_ ("Raised by 1 whenever the rules change."));
  g_string_append_printf (page, "  edition = 1;\n  language = \"%s\";\n  timezone = \"%s\";\n",
                          tn_language_to_string (founding->language), find_zone (founding));
  if (*founding->country != '\0')
    {
      append_comment (page, founding, "  ", N_ ("Public holidays and school breaks."));
      g_string_append_printf (page, "  holidays = [ \"%s\" ];\n", founding->country);
    }
  g_string_append_c (page, '\n');
}

static void
append_councils (GString *page, const TnFounding *founding)
{
  append_comment (
      page, founding, "  ",
      N_ ("The members, and since when; to = \"2031\" would be until the end of 2031."));
  g_string_append (page, "  councils = (\n");
  for (guint i = 0; i < founding->founders->len; i++)
    {
      const TnFounder *founder = g_ptr_array_index (founding->founders, i);
      g_autofree char *name = tn_founding_quote (founder->name);
      g_string_append_printf (page, "    { id = \"%s\"; name = %s; from = \"%d\"; }%s\n",
                              founder->id, name, founding->first_year - 1,
                              i + 1 < founding->founders->len ? "," : "");
    }
  g_string_append (page, "  );\n\n");
}

/**
 * tn_founding_write_charter:
 *
 * Returns: (transfer full): the charter that the others get a copy of
 */
char *
tn_founding_write_charter (const TnFounding *founding)
{
  GString *page = g_string_new (NULL);
  g_string_append_printf (page, "// %s\n//\n", founding->collaboration);
  append_comment (page, founding, "",
                  N_ ("What this collaboration agreed on, in a form by which turnus can reckon."));
  append_comment (page, founding, "",
                  N_ ("What stands behind // is for people. Texts stand in quotes."));
  append_comment (
      page, founding, "",
      N_ ("An id must never change once it is used. Here stand councils and roles, never "
          "names of people."));
  append_comment (page, founding, "",
                  N_ ("Each council has a copy, and all copies must be alike."));
  g_string_append_c (page, '\n');
  append_head (page, founding);
  append_councils (page, founding);
  g_string_append (page, "  series = (\n");
  for (guint i = 0; i < founding->kinds->len; i++)
    append_series (page, founding, g_array_index (founding->kinds, TnKind, i),
                   i + 1 == founding->kinds->len);
  g_string_append (page, "  );\n\n");
  append_comment (
      page, founding, "  ",
      N_ ("What a meeting decides goes before any rule. Write it here, or let turnusctl "
          "take it:"));
  g_string_append (page, "  // decisions = (\n"
                         "  //   { on = \"2027-01-12\"; series = \"…\"; cycle = \"2027\"; date = "
                         "\"2027-05-18\"; confirmed = true; note = \"…\"; }\n"
                         "  // );\n"
                         "};\n");
  return g_string_free (page, FALSE);
}
