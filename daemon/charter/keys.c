/* The table. A key that is read but not listed here cannot be (document.c looks each one up), and
 * one that is listed but misspelt in a file is told with the nearest that exists. */
#include "charter/keys.h"

#include <string.h>

#define REQUIRED TN_KEY_REQUIRED
#define MANY TN_KEY_MANY
#define YEARS_MOST 50

#define WEEKDAYS "mon|tue|wed|thu|fri|sat|sun"
#define AVOIDED "holidays|bridge-days|school-breaks|elections|busy|school-breaks:AREA"
#define MONTHS                                                                                     \
  "january|february|march|april|may|june|july|august|september|october|november|december"
#define LENGTHS "days|weeks|months|years"

static const TnKey KEYS[] = {
  /* kind, name, type, flags, words, least, most, preset, inner, help */

  { "charter", "collaboration", TN_KEY_GROUP, REQUIRED, .inner = "collaboration",
    .help = "a group of councils and what they agreed on" },

  { "collaboration", "id", TN_KEY_ID, REQUIRED, .help = "permanent name in events and commands" },
  { "collaboration", "name", TN_KEY_TEXT, REQUIRED, .help = "name for people" },
  { "collaboration", "edition", TN_KEY_NUMBER, REQUIRED, .least = 1, .most = 1000000,
    .help = "raised at each change of the charter's meaning" },
  { "collaboration", "language", TN_KEY_WORD, REQUIRED, .words = "da|sv|nb|en",
    .help = "of the texts in events" },
  { "collaboration", "timezone", TN_KEY_ZONE, REQUIRED, .help = "in which times are meant" },
  { "collaboration", "holidays", TN_KEY_ALMANAC, MANY,
    .help = "holiday files, by the name of the file without .conf; and iCalendar files beside the "
            "charter with closures and further holidays" },
  { "collaboration", "councils", TN_KEY_GROUP, REQUIRED | MANY, .inner = "council",
    .help = "the members, also former ones" },
  { "collaboration", "series", TN_KEY_GROUP, REQUIRED | MANY, .inner = "series",
    .help = "the kinds of recurring events" },
  { "collaboration", "decisions", TN_KEY_GROUP, MANY, .inner = "decision",
    .help = "what was settled apart from the rules" },

  { "council", "id", TN_KEY_ID, REQUIRED, .help = "permanent name" },
  { "council", "name", TN_KEY_TEXT, REQUIRED, .help = "name for people" },
  { "council", "from", TN_KEY_BOUND, .help = "first year, month or day of its membership" },
  { "council", "to", TN_KEY_BOUND,
    .help = "last year, month or day of its membership, that one included" },
  { "council", "membership", TN_KEY_GROUP, MANY, .inner = "membership",
    .help = "instead of from and to: several periods" },
  { "council", "was", TN_KEY_ID, MANY, .help = "ids that it had before" },

  { "membership", "from", TN_KEY_BOUND, REQUIRED, .help = "first year, month or day" },
  { "membership", "to", TN_KEY_BOUND, .help = "last year, month or day, that one included" },

  { "series", "id", TN_KEY_ID, REQUIRED, .help = "permanent name" },
  { "series", "kind", TN_KEY_WORD, REQUIRED, .words = "trip|erfa|theme|meeting|report",
    .help = "what kind of event it is" },
  { "series", "title", TN_KEY_TITLE, REQUIRED,
    .help = "of the event; {cycle}, {year}, {number}, {theme}, {site} and the name of a role, like "
            "{host}, are filled in" },
  { "series", "description", TN_KEY_TITLES, .help = "text in the event" },
  { "series", "every", TN_KEY_RHYTHM, .words = "year|half-year|quarter|month|school-year",
    .least = 1, .most = YEARS_MOST, .preset = "year", .help = "how often it is held" },
  { "series", "first", TN_KEY_CYCLE,
    .help = "the first cycle; when not said, where its ring starts, else that of the series whose "
            "role it follows, else the one in which the first council became a member" },
  { "series", "last", TN_KEY_CYCLE, .help = "the last cycle; when not said, it goes on" },
  { "series", "times", TN_KEY_NUMBER, MANY, .least = 1, .most = 60,
    .help = "how often in each period; two numbers: at least and, where it finds a day, at most" },
  { "series", "spacing", TN_KEY_AMOUNT, .words = "days|weeks", .least = 1, .most = 3660,
    .help = "from the first day of one to that of the next, at least" },
  { "series", "weeks", TN_KEY_NUMBER, MANY, .least = 1, .most = 53,
    .help = "the ISO week near which each of several is put" },
  { "series", "period", TN_KEY_GROUP, .inner = "period",
    .help = "an election period, and what is different in its last year" },
  { "series", "nth", TN_KEY_TEXT, MANY,
    .help = "only on this weekday of a month, like fourth fri or last thu" },
  { "series", "rrule", TN_KEY_TEXT,
    .help = "instead of every: a recurrence rule like FREQ=MONTHLY;BYDAY=4FR" },
  { "series", "except_months", TN_KEY_WORD, MANY, .words = MONTHS, .help = "months left out" },
  { "series", "except_weeks", TN_KEY_WEEKS, MANY, .help = "ISO weeks left out" },
  { "series", "dates", TN_KEY_DATE, MANY,
    .help = "instead of all that: fixed first days; later ones are added at the end" },
  { "series", "avoid_series", TN_KEY_GROUP, MANY, .inner = "distance",
    .help = "other series that it keeps off" },
  { "series", "window", TN_KEY_GROUP, .inner = "window",
    .help = "when in the cycle it is held; when not said, at any time of it" },
  { "series", "weekdays", TN_KEY_WORD, MANY, .words = WEEKDAYS,
    .help = "on which it may begin; when not said, Monday to Friday" },
  { "series", "length", TN_KEY_AMOUNT, .words = "days", .least = 1, .most = 31, .preset = "1 day",
    .help = "days from the first to the last" },
  { "series", "time", TN_KEY_HOURS, MANY,
    .help = "from a time on the first day to one on the last, or the times of each day; when not "
            "said, all day" },
  { "series", "due", TN_KEY_DUE,
    .help = "of a report, instead of window and prefer: the last possible day of a month, or a "
            "day, or the nearest possible one in the four weeks before it" },
  { "series", "prefer", TN_KEY_PREFERENCE, MANY, .help = "what makes one day better than another" },
  { "series", "avoid", TN_KEY_WORD, MANY, .words = AVOIDED,
    .help = "days on which it is never put by a rule" },
  { "series", "prefer_not", TN_KEY_WORD, MANY, .words = AVOIDED,
    .help = "days on which it is put only if no better one is left" },
  { "series", "roles", TN_KEY_GROUP, MANY, .inner = "role", .help = "what councils are for it" },
  { "series", "participants", TN_KEY_GROUP, MANY, .inner = "participant",
    .help = "who takes part from each council" },
  { "series", "guests", TN_KEY_TEXT, MANY, .help = "who else is invited; offices, no persons" },
  { "series", "costs", TN_KEY_TEXT, .help = "who pays for what" },
  { "series", "place", TN_KEY_TEXT,
    .help = "where it is held; when not said, in the city of the venue or the host" },
  { "series", "sites", TN_KEY_GROUP, MANY, .inner = "site",
    .help = "several places, at each of which every cycle is held" },
  { "series", "seats", TN_KEY_NUMBER, .least = 1, .most = 10000,
    .help = "how many may come of each council" },
  { "series", "capacity", TN_KEY_NUMBER, MANY, .least = 1, .most = 100000,
    .help = "how many councils there is room for; two numbers: at least and at most" },
  { "series", "milestones", TN_KEY_GROUP, MANY, .inner = "milestone",
    .help = "duties with a date before or after it" },
  { "series", "themes", TN_KEY_GROUP, MANY, .inner = "theme", .help = "themes by cycle" },
  { "series", "theme_plan", TN_KEY_GROUP, .inner = "theme-plan",
    .help = "a milestone to fill the theme plan" },
  { "series", "matters", TN_KEY_GROUP, MANY, .inner = "matter",
    .help = "matters that come back until they are dealt with" },
  { "series", "text", TN_KEY_WORD, .words = "own|shared", .preset = "own",
    .help = "whether what people write in the description reaches the other calendars" },
  { "series", "may", TN_KEY_GROUP, .inner = "may", .help = "which roles may change what" },
  { "series", "was", TN_KEY_ID, MANY, .help = "ids that it had before" },

  { "period", "years", TN_KEY_NUMBER, REQUIRED, .least = 1, .most = 20, .help = "how long" },
  { "period", "starts", TN_KEY_DATE, REQUIRED, .help = "the first day of one of them" },
  { "period", "election_weeks", TN_KEY_NUMBER, MANY, .least = 1, .most = 53,
    .help = "instead of weeks in the last year of a period" },

  { "distance", "series", TN_KEY_TEXT, REQUIRED, .help = "a series, or collaboration/series" },
  { "distance", "days", TN_KEY_NUMBER, .least = 1, .most = 366, .preset = "1",
    .help = "from the last day of the one to the first of the other, at least" },
  { "distance", "soft", TN_KEY_FLAG, .preset = "false",
    .help = "true: a nearer day is taken only if no better one is left" },

  { "window", "season", TN_KEY_WORD, .words = "spring|summer|autumn|winter",
    .help = "March to May, June to August, September to November, or December to February" },
  { "window", "from", TN_KEY_MONTH_DAY, .help = "first day, of every year" },
  { "window", "to", TN_KEY_MONTH_DAY,
    .help = "last day, that one included; before the first day: of the next year" },
  { "window", "weeks", TN_KEY_WEEKS, .help = "ISO weeks, Monday to Sunday" },
  { "window", "months", TN_KEY_MONTHS, .help = "whole months by number" },

  { "role", "role", TN_KEY_ID, REQUIRED,
    .help = "host, organiser, venue, secretariat, or a name of your own" },
  { "role", "rotation", TN_KEY_ID, MANY, .help = "councils in the order of their turns" },
  { "role", "start", TN_KEY_GROUP, .inner = "start",
    .help = "a turn that is known; when not said, the first council has the first cycle" },
  { "role", "council", TN_KEY_ID, .help = "instead of rotation: always this council" },
  { "role", "alternates", TN_KEY_ID, MANY,
    .help = "instead of rotation: these councils have it by turns" },
  { "role", "councils", TN_KEY_ID, MANY,
    .help = "instead of rotation: these councils have it together" },
  { "role", "terms", TN_KEY_GROUP, MANY, .inner = "term",
    .help = "instead of rotation: one council for each election period" },
  { "role", "rest", TN_KEY_NUMBER, .least = 1, .most = 100,
    .help = "with rotation: cycles after a turn in which a council has no other" },
  { "role", "follows", TN_KEY_REFERENCE,
    .help = "instead of rotation: whoever has that role of that series in the same period" },

  { "start", "cycle", TN_KEY_CYCLE, REQUIRED, .help = "the cycle" },
  { "start", "council", TN_KEY_ID, REQUIRED, .help = "and who had it" },

  { "term", "from", TN_KEY_BOUND, REQUIRED, .help = "first year, month or day" },
  { "term", "to", TN_KEY_BOUND, .help = "last year, month or day, that one included" },
  { "term", "council", TN_KEY_ID, REQUIRED, .help = "who has it then" },

  { "site", "id", TN_KEY_ID, REQUIRED, .help = "permanent name" },
  { "site", "name", TN_KEY_TEXT, REQUIRED, .help = "name for people, also the place" },
  { "site", "date", TN_KEY_DATE, .help = "the first day, when it is fixed" },

  { "participant", "group", TN_KEY_TEXT, REQUIRED, .help = "an office: chair, vice-chair, member" },
  { "participant", "count", TN_KEY_NUMBER, .least = 1, .most = 10000,
    .help = "how many of each council" },

  { "milestone", "id", TN_KEY_ID, REQUIRED, .help = "permanent name" },
  { "milestone", "title", TN_KEY_TITLE, REQUIRED, .help = "of the milestone" },
  { "milestone", "before", TN_KEY_AMOUNT, .words = "days|workdays|weeks|months", .least = 0,
    .most = 1000, .help = "how long before the first day" },
  { "milestone", "after", TN_KEY_AMOUNT, .words = "days|workdays|weeks|months", .least = 0,
    .most = 1000, .help = "how long after the last day" },
  { "milestone", "of", TN_KEY_WORD, .words = "event|cycle", .preset = "event",
    .help = "with before and after: counted from the event, or from the first day of its cycle" },
  { "milestone", "on", TN_KEY_DAY,
    .help = "instead of before and after: a month and day in the cycle, or one date" },
  { "milestone", "shift", TN_KEY_WORD, .words = "previous-workday|next-workday",
    .help = "where it goes when its day is none on which people work; when not said, it stays" },
  { "milestone", "by", TN_KEY_ID,
    .help = "the role that has the duty, or council for each council; when not said, the first "
            "role" },

  { "milestone", "every", TN_KEY_AMOUNT, .words = "days|weeks|months", .least = 1, .most = 366,
    .help = "instead of before and after: again and again until the next one" },
  { "milestone", "until", TN_KEY_ID, .help = "with every: until the next one of this series" },

  { "theme", "cycle", TN_KEY_CYCLE, REQUIRED, .help = "the cycle" },
  { "theme", "theme", TN_KEY_TEXT, REQUIRED, .help = "its theme" },

  { "theme-plan", "id", TN_KEY_ID, REQUIRED, .help = "permanent name" },
  { "theme-plan", "title", TN_KEY_TEXT, REQUIRED,
    .help = "of the milestone; {count} is how many cycles have no theme yet" },
  { "theme-plan", "every", TN_KEY_WORD, .words = "year|half-year", .preset = "half-year",
    .help = "the period that is to be filled" },
  { "theme-plan", "by", TN_KEY_ID,
    .help = "the role that has the duty, or council; when not said, the first role" },

  { "matter", "title", TN_KEY_TEXT, REQUIRED, .help = "what it is about; no persons" },
  { "matter", "from", TN_KEY_CYCLE, REQUIRED, .help = "the cycle on whose agenda it first was" },
  { "matter", "done", TN_KEY_CYCLE, .help = "the cycle that dealt with it" },

  { "may", "when", TN_KEY_ID, MANY, .help = "roles that may change date and time, or all" },
  { "may", "where", TN_KEY_ID, MANY, .help = "roles that may change the place, or all" },
  { "may", "what", TN_KEY_ID, MANY, .help = "roles that may change title, theme and text, or all" },
  { "may", "status", TN_KEY_ID, MANY, .help = "roles that may confirm and cancel, or all" },
  { "may", "turn", TN_KEY_ID, MANY,
    .help = "roles that may swap, skip, postpone, set and insert turns, or all" },

  { "decision", "on", TN_KEY_DATE, REQUIRED, .help = "the day on which it was taken" },
  { "decision", "series", TN_KEY_ID, .help = "the series that it is about" },
  { "decision", "cycle", TN_KEY_CYCLE, .help = "the cycle that it is about" },
  { "decision", "site", TN_KEY_ID,
    .help = "the place that it is about, of a series that is held at several" },
  { "decision", "role", TN_KEY_ID,
    .help = "whose turns it is about; when not said, the host that goes round, else the first role "
            "that does, else the first with terms" },
  { "decision", "by", TN_KEY_ID, .help = "the council that took it" },
  { "decision", "note", TN_KEY_LINES, .help = "why; no persons" },
  { "decision", "minutes", TN_KEY_TEXT, .help = "where it is minuted" },
  { "decision", "date", TN_KEY_WHEN,
    .help = "held then: a day, days, or times like 2027-09-14T10:00..2027-09-14T15:00" },
  { "decision", "confirmed", TN_KEY_FLAG, .preset = "false",
    .help = "with date: it is settled, no rule moves it" },
  { "decision", "cancel", TN_KEY_FLAG, .help = "true: not held; false: held after all" },
  { "decision", "postpone", TN_KEY_WORD, .words = "kept|used|no",
    .help = "not held in this cycle, and the holder keeps its turn for the next one or has used "
            "it; no takes it back" },
  { "decision", "swap", TN_KEY_CYCLE, .help = "the other cycle of two that trade their holders" },
  { "decision", "skip", TN_KEY_ID, .help = "the council that loses its turn" },
  { "decision", "set", TN_KEY_ID,
    .help = "the council that has this cycle; of a role with terms, until the term ends" },
  { "decision", "then", TN_KEY_WORD, .words = "after|unchanged", .preset = "after",
    .help = "with set: the ring goes on after that council, or as if it had not been; a term with "
            "it until it ends, or in this cycle only" },
  { "decision", "insert", TN_KEY_ID, .help = "the council that joins the ring from this cycle on" },
  { "decision", "after", TN_KEY_ID, .help = "with insert: behind this council" },
  { "decision", "join", TN_KEY_ID, .help = "the council that becomes a member" },
  { "decision", "leave", TN_KEY_ID, .help = "the council that is no member any more" },
  { "decision", "from", TN_KEY_BOUND,
    .help = "with join and leave: from the first day of this year, month or day on" },
  { "decision", "theme", TN_KEY_TEXT, .help = "the theme" },
  { "decision", "title", TN_KEY_TITLE, .help = "the title" },
  { "decision", "where", TN_KEY_TEXT, .help = "the place" },
  { "decision", "milestone", TN_KEY_ID,
    .help = "with due and done: which one; of homework the second is called id-2" },
  { "decision", "due", TN_KEY_DATE, .help = "the milestone's day" },
  { "decision", "anchor", TN_KEY_DATE,
    .help
    = "with due: the day of the event when that was decided; it holds until the event moves" },
  { "decision", "done", TN_KEY_FLAG, .help = "whether the milestone is done" },
  { "decision", "text", TN_KEY_LINES, .help = "what stands in the description" },
  { "decision", "placed", TN_KEY_WHEN,
    .help = "the date that the rules chose when the event was first published; written by export" },

  { "holiday-file", "holidays", TN_KEY_GROUP, REQUIRED, .inner = "holidays",
    .help = "the days of one country" },

  { "holidays", "id", TN_KEY_ID, REQUIRED, .help = "as the file is called, without .conf" },
  { "holidays", "name", TN_KEY_TEXT, REQUIRED, .help = "name for people" },
  { "holidays", "checked", TN_KEY_DATE, .help = "the day on which somebody last checked the days" },
  { "holidays", "days", TN_KEY_GROUP, MANY, .inner = "day", .help = "holidays" },
  { "holidays", "school_breaks", TN_KEY_GROUP, MANY, .inner = "school-break",
    .help = "school holidays by area" },
  { "holidays", "elections", TN_KEY_GROUP, MANY, .inner = "election", .help = "election days" },

  { "day", "name", TN_KEY_TEXT, REQUIRED, .help = "name for people" },
  { "day", "kind", TN_KEY_WORD, .words = "public|observance|eve", .preset = "public",
    .help = "a day off for all, a day that some keep, or the day before one" },
  { "day", "day", TN_KEY_MONTH_DAY, .help = "month and day, of every year" },
  { "day", "easter", TN_KEY_NUMBER, .least = -200, .most = 250,
    .help = "days after Easter Sunday, negative before" },
  { "day", "weekday", TN_KEY_WORD, .words = WEEKDAYS, .help = "the first such weekday …" },
  { "day", "on_or_after", TN_KEY_MONTH_DAY, .help = "… on or after this month and day" },
  { "day", "date", TN_KEY_DATE, .help = "one single day" },
  { "day", "from", TN_KEY_NUMBER, .least = 1, .most = 9999, .help = "the first year" },
  { "day", "to", TN_KEY_NUMBER, .least = 1, .most = 9999,
    .help = "the last year, that one included" },

  { "school-break", "area", TN_KEY_ID, .help = "where: a council or region" },
  { "school-break", "name", TN_KEY_TEXT, REQUIRED, .help = "name for people" },
  { "school-break", "weeks", TN_KEY_WEEKS, REQUIRED, .help = "ISO weeks, Monday to Sunday" },
  { "school-break", "from", TN_KEY_NUMBER, .least = 1, .most = 9999, .help = "the first year" },
  { "school-break", "to", TN_KEY_NUMBER, .least = 1, .most = 9999,
    .help = "the last year, that one included" },

  { "election", "name", TN_KEY_TEXT, REQUIRED, .help = "name for people" },
  { "election", "date", TN_KEY_DATE, REQUIRED, .help = "the day" },

  { "settings", "council", TN_KEY_ID, REQUIRED, .help = "whose daemon this is" },
  { "settings", "charters", TN_KEY_PATH, REQUIRED | MANY, .help = "charter files" },
  { "settings", "holidays", TN_KEY_PATH,
    .help = "folder of the holiday files; when not said, holidays beside the settings, else the "
            "installed ones" },
  { "settings", "busy", TN_KEY_PATH, MANY,
    .help = "iCalendar files with times on which no date is chosen by series that avoid busy; "
            "nothing but the times is kept of them" },
  { "settings", "publish", TN_KEY_GROUP, .inner = "publish",
    .help = "from when to when events are created, counted from today" },
  { "settings", "calendars", TN_KEY_GROUP, REQUIRED | MANY, .inner = "calendar",
    .help = "where the plan is kept" },
  { "settings", "publishers", TN_KEY_GROUP, MANY, .inner = "publisher",
    .help = "where the plan is shown" },
  { "settings", "state", TN_KEY_PATH,
    .help = "folder of the daemon's memory; when not said, $STATE_DIRECTORY, else "
            "$XDG_STATE_HOME/turnus" },
  { "settings", "socket", TN_KEY_PATH,
    .help = "where turnusctl reaches the daemon; when not said, control in $RUNTIME_DIRECTORY, "
            "else in $XDG_RUNTIME_DIR/turnus" },
  { "settings", "plugins", TN_KEY_PATH, .help = "folder of the plugins" },
  { "settings", "keep", TN_KEY_AMOUNT, .words = LENGTHS, .least = 1, .most = 36500,
    .preset = "2 years", .help = "how long history and answered proposals are kept" },

  { "settings", "include", TN_KEY_PATH,
    .help = "further councils on this host: a folder and *.conf, each file the settings of one" },
  { "settings", "mail", TN_KEY_GROUP, .inner = "mail",
    .help = "how letters are sent; when not said, none are" },
  { "settings", "contacts", TN_KEY_GROUP, MANY, .inner = "contact",
    .help = "mailboxes of offices that are told by mail; only those that no other daemon tells" },

  { "host", "include", TN_KEY_PATH, REQUIRED,
    .help = "the councils on this host: a folder and *.conf, each file the settings of one" },
  { "host", "holidays", TN_KEY_PATH,
    .help = "folder of the holiday files for councils that do not say theirs" },
  { "host", "state", TN_KEY_PATH,
    .help = "folder of the daemon's memory; each council has one of its own in councils below it" },
  { "host", "socket", TN_KEY_PATH,
    .help = "where turnusctl reaches the daemon; of each council, with its id behind it" },
  { "host", "plugins", TN_KEY_PATH, .help = "folder of the plugins" },

  { "mail", "server", TN_KEY_TEXT, REQUIRED,
    .help = "smtps://host, or smtp://host:587; a name and password are said beside it" },
  { "mail", "starttls", TN_KEY_FLAG,
    .help = "with smtp: whether it must change to TLS; when not said, true, but to this host" },
  { "mail", "from", TN_KEY_TEXT, REQUIRED, .help = "address that the letters come from" },
  { "mail", "name", TN_KEY_TEXT, .preset = "turnus", .help = "name of the sender" },
  { "mail", "user", TN_KEY_TEXT, .help = "name with which the daemon logs in there" },
  { "mail", "password", TN_KEY_GROUP, .inner = "secret", .help = "where its password is kept" },
  { "mail", "ca", TN_KEY_PATH,
    .help = "certificates that are trusted instead of the system's, PEM" },
  { "mail", "digest", TN_KEY_TEXT, .preset = "07:00",
    .help = "time of the day at which all that does not hurry goes in one letter" },

  { "contact", "council", TN_KEY_ID, .help = "whose mailbox it is" },
  { "contact", "role", TN_KEY_WORD, .words = "admin",
    .help = "instead of council: admin, for those who look after the daemon and its calendars" },
  { "contact", "mail", TN_KEY_TEXT, REQUIRED, .help = "address of the office, not of a person" },

  { "publish", "from", TN_KEY_AMOUNT, .words = LENGTHS, .least = -36500, .most = 36500,
    .preset = "-1 year", .help = "begin, counted from today" },
  { "publish", "to", TN_KEY_AMOUNT, .words = LENGTHS, .least = -36500, .most = 36500,
    .preset = "+3 years", .help = "end, counted from today" },

  { "calendar", "id", TN_KEY_ID, REQUIRED, .help = "permanent name" },
  { "calendar", "provider", TN_KEY_ID, REQUIRED, .help = "the plugin that speaks to it" },
  { "calendar", "council", TN_KEY_ID, .help = "whose calendar it is" },
  { "calendar", "shared", TN_KEY_FLAG, .preset = "false",
    .help = "instead of council: it belongs to all" },
  { "calendar", "mode", TN_KEY_WORD, .words = "observe|ask|write", .preset = "ask",
    .help = "write nothing; ask before the first publication and new editions; or write" },
  { "calendar", "interval", TN_KEY_AMOUNT, .words = "s|min|h|seconds|minutes|hours|days",
    .least = 1, .most = 86400, .preset = "15 min", .help = "time between two looks at it" },
  { "calendar", "trust", TN_KEY_WORD, .words = "propose|decide", .preset = "propose",
    .help = "what an edit in a shared calendar is" },
  { "calendar", "milestones", TN_KEY_FLAG, .preset = "false",
    .help = "whether a shared calendar shows duties too" },
  { "calendar", "collaborations", TN_KEY_ID, MANY, .help = "only these; when not said, all" },
  { "calendar", "series", TN_KEY_TEXT, MANY,
    .help = "only these: series, or collaboration/series; when not said, all" },
  { "calendar", "roles", TN_KEY_ID, MANY,
    .help = "only events for which its council has one of these roles; when not said, all" },
  { "calendar", "adopt", TN_KEY_TEXT,
    .help = "events that people make there and give this category reach the other calendars" },
  { "calendar", "brake", TN_KEY_GROUP, .inner = "brake",
    .help = "how much may change by rule before a person must approve" },
  { "calendar", "user", TN_KEY_TEXT, .help = "name with which the daemon logs in" },
  { "calendar", "password", TN_KEY_GROUP, .inner = "secret", .help = "where its password is kept" },
  { "calendar", "token", TN_KEY_GROUP, .inner = "secret",
    .help = "instead of user and password: where a bearer token is kept" },
  { "calendar", "auth", TN_KEY_WORD, .words = "basic|digest|bearer|oauth2|negotiate|ntlm",
    .help = "how it logs in; when not said, what the other keys allow, and basic for a password" },
  { "calendar", "keytab", TN_KEY_PATH,
    .help = "with auth = negotiate: file with the key of user; when not said, the tickets in "
            "ticket_cache" },
  { "calendar", "ticket_cache", TN_KEY_TEXT,
    .help = "with auth = negotiate: Kerberos tickets, as in $KRB5CCNAME; when not said, those of "
            "the daemon's user" },
  { "calendar", "oauth", TN_KEY_GROUP, .inner = "oauth",
    .help = "instead of a password: OAuth 2, where tokens are had" },
  { "calendar", "client_certificate", TN_KEY_PATH, .help = "certificate to log in with, PEM" },
  { "calendar", "client_key", TN_KEY_PATH, .help = "its key, PEM, not encrypted" },
  { "calendar", "proxy", TN_KEY_TEXT,
    .help = "proxy on the way; when not said, none, whatever the environment says" },
  { "calendar", "ca", TN_KEY_PATH,
    .help = "certificates that are trusted instead of the system's, PEM" },

  { "publisher", "id", TN_KEY_ID, REQUIRED, .help = "permanent name" },
  { "publisher", "provider", TN_KEY_ID, REQUIRED, .help = "the plugin that shows it: feed" },
  { "publisher", "listen", TN_KEY_TEXT, REQUIRED,
    .help
    = "address of this host alone: 127.0.0.1:8080, [::1]:8080 or unix:/run/turnus/feed.sock" },
  { "publisher", "url", TN_KEY_TEXT, REQUIRED,
    .help = "public address of the pages, as the web server in front gives it" },
  { "publisher", "accessibility", TN_KEY_TEXT, .help = "address in the foot of the pages" },
  { "publisher", "privacy", TN_KEY_TEXT, .help = "address in the foot of the pages" },
  { "publisher", "contact", TN_KEY_TEXT, .help = "address in the foot of the pages" },
  { "publisher", "secret", TN_KEY_FLAG, .preset = "false",
    .help = "whether pages and subscriptions have addresses that nobody can guess" },
  { "publisher", "decisions", TN_KEY_FLAG, .preset = "false",
    .help = "whether decisions can be taken on the pages" },
  { "publisher", "metrics", TN_KEY_FLAG, .preset = "false",
    .help = "whether /metrics is shown through the web server, too" },
  { "publisher", "user_header", TN_KEY_TEXT,
    .help = "header in which the web server says who somebody is; with trusted_proxy" },
  { "publisher", "trusted_proxy", TN_KEY_TEXT, MANY,
    .help = "addresses of web servers in front that are believed, or unix" },
  { "publisher", "users", TN_KEY_GROUP, MANY, .inner = "user",
    .help = "who speaks for which councils, of those that the web server knows" },

  { "user", "name", TN_KEY_TEXT, REQUIRED, .help = "as the web server says it in user_header" },
  { "user", "councils", TN_KEY_ID, REQUIRED | MANY, .help = "for whom this user decides" },

  { "secret", "file", TN_KEY_PATH, .help = "file that only the daemon's user can read" },
  { "secret", "credential", TN_KEY_TEXT, .help = "name of a systemd credential" },
  { "secret", "command", TN_KEY_TEXT, MANY,
    .help = "program and arguments that print it; no shell" },

  { "oauth", "tenant", TN_KEY_TEXT,
    .help = "id or domain of the organisation in Microsoft 365; token_url, device_url and scope "
            "follow from it when they are not said" },
  { "oauth", "token_url", TN_KEY_TEXT,
    .help = "where tokens are given out; needed without tenant, and in a national cloud" },
  { "oauth", "device_url", TN_KEY_TEXT,
    .help = "where turnusctl calendars login asks to be let in (RFC 8628)" },
  { "oauth", "client_id", TN_KEY_TEXT, REQUIRED, .help = "as which program turnus is registered" },
  { "oauth", "client_secret", TN_KEY_GROUP, .inner = "secret",
    .help = "where the program's own secret is kept, if it has one" },
  { "oauth", "client_secret_expires", TN_KEY_DATE,
    .help = "last day of client_secret; status warns 30 days before" },
  { "oauth", "client_certificate", TN_KEY_PATH,
    .help = "instead of client_secret: the program's own certificate, PEM, with an RSA key; status "
            "warns 30 days before it ends" },
  { "oauth", "client_key", TN_KEY_GROUP, .inner = "secret",
    .help = "where the key of client_certificate is kept, PEM, not encrypted" },
  { "oauth", "signature", TN_KEY_WORD, .words = "ps256|rs256", .preset = "ps256",
    .help = "how client_key signs; rs256 for older servers, like AD FS" },
  { "oauth", "scope", TN_KEY_TEXT,
    .help = "what is asked for; with tenant, Microsoft Graph's calendars when not said" },

  { "brake", "removals", TN_KEY_NUMBER, .least = 0, .most = 1000000, .preset = "2",
    .help = "events that may go in one pass" },
  { "brake", "percent", TN_KEY_NUMBER, .least = 0, .most = 100, .preset = "10",
    .help = "share of the future events that may change in one pass" },
};

/**
 * tn_keys_find:
 *
 * Returns: (transfer none) (nullable): the key @name of groups of @kind
 */
const TnKey *
tn_keys_find (const char *kind, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++)
    if (strcmp (KEYS[i].name, name) == 0 && strcmp (KEYS[i].kind, kind) == 0)
      return &KEYS[i];
  return NULL;
}

/**
 * tn_keys_list_names:
 *
 * Returns: (transfer container) (array zero-terminated=1): the names of all keys of @kind
 */
const char **
tn_keys_list_names (const char *kind)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++)
    if (strcmp (KEYS[i].kind, kind) == 0)
      g_ptr_array_add (names, (gpointer) KEYS[i].name);
  g_ptr_array_add (names, NULL);
  return (const char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/**
 * tn_keys_get:
 *
 * Returns: (transfer none) (nullable): the key in line @index of the table; %NULL after the last
 */
const TnKey *
tn_keys_get (guint index)
{
  return index < G_N_ELEMENTS (KEYS) ? &KEYS[index] : NULL;
}

/**
 * tn_keys_is_open:
 *
 * Returns: %TRUE when groups of @kind may hold keys that are not ours: a provider's own settings
 */
gboolean
tn_keys_is_open (const char *kind)
{
  return strcmp (kind, "calendar") == 0 || strcmp (kind, "publisher") == 0;
}
