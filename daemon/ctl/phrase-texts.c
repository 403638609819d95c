/* The phrases in English, which is the key to their translations. Slots are in braces: `{name}`
 * takes the value as it is, `{Name}` with a capital. */
#include "ctl/phrases.h"

#include "model/catalogue.h"

const char *const tn_phrase_texts[TN_N_PHRASES] = {
  /* small parts */
  [TN_PHRASE_AND] = NC_ ("charter", "and"),
  [TN_PHRASE_OR] = NC_ ("charter", "or"),
  [TN_PHRASE_AS_WELL_AS] = NC_ ("charter", "and also"),
  [TN_PHRASE_FROM_TO] = NC_ ("charter", "{from} to {to}"),
  [TN_PHRASE_LAST_OF_FEBRUARY] = NC_ ("charter", "the last day of February"),
  [TN_PHRASE_NEXT_YEAR] = NC_ ("charter", "{day} of the year after"),
  [TN_PHRASE_CYCLE_YEAR] = NC_ ("charter", "{year}"),
  [TN_PHRASE_CYCLE_HALF] = NC_ ("charter", "half-year {part} of {year}"),
  [TN_PHRASE_CYCLE_QUARTER] = NC_ ("charter", "quarter {part} of {year}"),
  [TN_PHRASE_CYCLE_MONTH] = NC_ ("charter", "{month} {year}"),
  [TN_PHRASE_CYCLE_SCHOOL_YEAR] = NC_ ("charter", "the school year {text}"),
  [TN_PHRASE_CYCLE_ORDINAL] = NC_ ("charter", "no. {ordinal} of {cycle}"),
  [TN_PHRASE_SLOT_CYCLE] = NC_ ("charter", "period"),
  [TN_PHRASE_SLOT_YEAR] = NC_ ("charter", "year"),
  [TN_PHRASE_SLOT_NUMBER] = NC_ ("charter", "number"),
  [TN_PHRASE_SLOT_THEME] = NC_ ("charter", "theme"),
  [TN_PHRASE_SLOT_SITE] = NC_ ("charter", "place"),
  [TN_PHRASE_SLOT_COUNT] = NC_ ("charter", "count"),
  [TN_PHRASE_UNIT_DAY] = NC_ ("charter", "{n} day"),
  [TN_PHRASE_UNIT_DAYS] = NC_ ("charter", "{n} days"),
  [TN_PHRASE_UNIT_WORKDAY] = NC_ ("charter", "{n} working day"),
  [TN_PHRASE_UNIT_WORKDAYS] = NC_ ("charter", "{n} working days"),
  [TN_PHRASE_UNIT_WEEK] = NC_ ("charter", "{n} week"),
  [TN_PHRASE_UNIT_WEEKS] = NC_ ("charter", "{n} weeks"),
  [TN_PHRASE_UNIT_MONTH] = NC_ ("charter", "{n} month"),
  [TN_PHRASE_UNIT_MONTHS] = NC_ ("charter", "{n} months"),
  [TN_PHRASE_UNIT_YEAR] = NC_ ("charter", "{n} year"),
  [TN_PHRASE_UNIT_YEARS] = NC_ ("charter", "{n} years"),
  /* the whole */
  [TN_PHRASE_HEADING_MEMBERS] = NC_ ("charter", "Members"),
  [TN_PHRASE_HEADING_DECISIONS] = NC_ ("charter", "Decisions"),
  [TN_PHRASE_ABOUT] = NC_ ("charter", "This is edition {edition} of the rules of {name}."),
  [TN_PHRASE_ABOUT_ZONE] = NC_ ("charter", "All times are in the time zone {zone}."),
  [TN_PHRASE_ABOUT_HOLIDAYS]
  = NC_ ("charter", "Holidays and school breaks are those on the list of {names}."),
  [TN_PHRASE_ABOUT_NO_HOLIDAYS] = NC_ ("charter", "Holidays are not taken into account."),
  [TN_PHRASE_NO_DECISIONS] = NC_ ("charter", "No decisions have been taken beside the rules."),
  [TN_PHRASE_MEMBERS_ARE] = NC_ ("charter", "{names}: member {periods}."),
  [TN_PHRASE_MEMBERS_NEVER] = NC_ ("charter", "{names}: not a member yet."),
  [TN_PHRASE_MEMBER_FROM] = NC_ ("charter", "from {from}"),
  [TN_PHRASE_MEMBER_FROM_TO] = NC_ ("charter", "from {from} to the end of {to}"),
  [TN_PHRASE_MEMBER_AGAIN] = NC_ ("charter", "{before} and again {period}"),
  /* a series */
  [TN_PHRASE_KIND_TRIP] = NC_ ("charter", "a study trip"),
  [TN_PHRASE_KIND_ERFA] = NC_ ("charter", "a meeting to exchange experience"),
  [TN_PHRASE_KIND_THEME] = NC_ ("charter", "a theme meeting"),
  [TN_PHRASE_KIND_MEETING] = NC_ ("charter", "a meeting"),
  [TN_PHRASE_KIND_REPORT] = NC_ ("charter", "a report"),
  [TN_PHRASE_KIND_OTHER] = NC_ ("charter", "an event"),
  [TN_PHRASE_EVERY_YEAR] = NC_ ("charter", "every year"),
  [TN_PHRASE_EVERY_YEARS] = NC_ ("charter", "every {n} year"),
  [TN_PHRASE_EVERY_HALF] = NC_ ("charter", "every half-year"),
  [TN_PHRASE_EVERY_HALVES] = NC_ ("charter", "every {n} half-year"),
  [TN_PHRASE_EVERY_QUARTER] = NC_ ("charter", "every quarter"),
  [TN_PHRASE_EVERY_QUARTERS] = NC_ ("charter", "every {n} quarter"),
  [TN_PHRASE_EVERY_MONTH] = NC_ ("charter", "every month"),
  [TN_PHRASE_EVERY_MONTHS] = NC_ ("charter", "every {n} month"),
  [TN_PHRASE_EVERY_SCHOOL_YEAR] = NC_ ("charter", "every school year"),
  [TN_PHRASE_EVERY_SCHOOL_YEARS] = NC_ ("charter", "every {n} school year"),
  [TN_PHRASE_TIMES] = NC_ ("charter", "{n} times {every}"),
  [TN_PHRASE_TIMES_RANGE] = NC_ ("charter", "at least {least} and at most {most} times {every}"),
  [TN_PHRASE_SERIES_FROM]
  = NC_ ("charter", "“{name}” is {kind} and is planned {every} from {first} on."),
  [TN_PHRASE_SERIES_FROM_TO]
  = NC_ ("charter", "“{name}” is {kind} and is planned {every} from {first} to {last}."),
  [TN_PHRASE_SERIES_ONCE] = NC_ ("charter", "“{name}” is {kind} and is planned for {first} only."),
  [TN_PHRASE_SERIES_DATES]
  = NC_ ("charter", "“{name}” is {kind} and is held only on these days: {dates}."),
  [TN_PHRASE_DATES_NUMBERED]
  = NC_ ("charter", "They are numbered anew {every}, in the order given."),
  [TN_PHRASE_MONTHS_SKIPPED] = NC_ ("charter", "Nothing is planned in {months}."),
  [TN_PHRASE_MONTHS_HELD] = NC_ ("charter", "This is so only in {months}."),
  [TN_PHRASE_TITLE] = NC_ ("charter", "In the calendar the title is “{title}”."),
  [TN_PHRASE_DESCRIPTION] = NC_ ("charter", "The calendar also says: “{text}”."),
  [TN_PHRASE_WINDOW_PERIOD] = NC_ ("charter", "The date may be at any time of the period."),
  [TN_PHRASE_WINDOW_DAYS]
  = NC_ ("charter", "The date lies between {from} and {to}, both included."),
  [TN_PHRASE_WINDOW_SPRING] = NC_ ("charter", "The date lies in spring, from March to May."),
  [TN_PHRASE_WINDOW_SUMMER] = NC_ ("charter", "The date lies in summer, from June to August."),
  [TN_PHRASE_WINDOW_AUTUMN]
  = NC_ ("charter", "The date lies in autumn, from September to November."),
  [TN_PHRASE_WINDOW_WINTER]
  = NC_ ("charter", "The date lies in winter, from December to February."),
  [TN_PHRASE_WINDOW_WEEKS] = NC_ ("charter", "The date lies in week {weeks}."),
  [TN_PHRASE_WINDOW_OTHER] = NC_ ("charter", "For the date this holds too: {text}."),
  [TN_PHRASE_MONTHS_OUT] = NC_ ("charter", "The first day is never in {months}."),
  [TN_PHRASE_MONTHS_ONLY] = NC_ ("charter", "The first day is always in {months}."),
  [TN_PHRASE_WEEKS_OUT] = NC_ ("charter", "The first day is never in week {weeks}."),
  [TN_PHRASE_MONTH_DAYS_ANY] = NC_ ("charter", "The first day is always {days}."),
  [TN_PHRASE_MONTH_DAYS_EACH] = NC_ ("charter", "The dates begin on these days: {days}."),
  [TN_PHRASE_DAY_FIRST] = NC_ ("charter", "the first {day} of the month"),
  [TN_PHRASE_DAY_SECOND] = NC_ ("charter", "the second {day} of the month"),
  [TN_PHRASE_DAY_THIRD] = NC_ ("charter", "the third {day} of the month"),
  [TN_PHRASE_DAY_FOURTH] = NC_ ("charter", "the fourth {day} of the month"),
  [TN_PHRASE_DAY_LAST] = NC_ ("charter", "the last {day} of the month"),
  [TN_PHRASE_DAY_LAST_BUT_ONE] = NC_ ("charter", "the last {day} but one of the month"),
  [TN_PHRASE_DAY_LAST_BUT_TWO] = NC_ ("charter", "the last {day} but two of the month"),
  [TN_PHRASE_DAY_LAST_BUT_THREE] = NC_ ("charter", "the last {day} but three of the month"),
  [TN_PHRASE_DAY_NUMBER] = NC_ ("charter", "day {n} of the month"),
  [TN_PHRASE_DAY_FROM_END] = NC_ ("charter", "day {n} of the month, counted from its end"),
  [TN_PHRASE_WEEKDAYS] = NC_ ("charter", "The first day is a {days}."),
  [TN_PHRASE_LENGTH_ONE] = NC_ ("charter", "It lasts one day."),
  [TN_PHRASE_LENGTH] = NC_ ("charter", "It lasts {n} days."),
  [TN_PHRASE_HOURS] = NC_ ("charter", "The time is {from}-{to}."),
  [TN_PHRASE_HOURS_DAYS]
  = NC_ ("charter", "It begins at {from} on the first day and ends at {to} on the last."),
  [TN_PHRASE_HOURS_EACH] = NC_ ("charter", "The times are {days}."),
  [TN_PHRASE_HOURS_DAY] = NC_ ("charter", "day {n} {from}-{to}"),
  [TN_PHRASE_DUE_MONTH]
  = NC_ ("charter", "It is due in {day}, on the last possible day of the month."),
  [TN_PHRASE_DUE_DAY]
  = NC_ ("charter", "It is due on {day}. If that day is not possible, it is due on the nearest "
                    "possible day in the four weeks before."),
  [TN_PHRASE_PREFER_EARLY] = NC_ ("charter", "The date is preferably early in that time."),
  [TN_PHRASE_PREFER_MIDDLE] = NC_ ("charter", "The date is preferably in the middle of that time."),
  [TN_PHRASE_PREFER_LATE] = NC_ ("charter", "The date is preferably late in that time."),
  [TN_PHRASE_PREFER_WEEK] = NC_ ("charter", "The date is preferably around week {week}."),
  [TN_PHRASE_PREFER_LAST_YEAR]
  = NC_ ("charter", "The date is preferably close to that of the last time."),
  [TN_PHRASE_PREFER_WEEKS]
  = NC_ ("charter", "The dates are preferably around weeks {weeks}, one around each."),
  [TN_PHRASE_ELECTION_PERIOD]
  = NC_ ("charter", "An election period lasts {amount}, and one of them begins on {date}."),
  [TN_PHRASE_ELECTION_WEEK] = NC_ (
      "charter",
      "In the last year of an election period the date is preferably around week {weeks} instead."),
  [TN_PHRASE_ELECTION_WEEKS] = NC_ ("charter", "In the last year of an election period the dates "
                                               "are preferably around weeks {weeks} instead."),
  [TN_PHRASE_SPREAD] = NC_ ("charter", "That time is divided into {n} equal parts, and each date "
                                       "is preferably in the middle of its part."),
  [TN_PHRASE_SHARES]
  = NC_ ("charter",
         "That time is divided into {n} equal parts, and this holds for each date in its part."),
  [TN_PHRASE_SPACING]
  = NC_ ("charter",
         "From the first day of one to the first day of the next there are at least {amount}."),
  [TN_PHRASE_AVOID_HARD] = NC_ ("charter", "The date is never put on {days}."),
  [TN_PHRASE_AVOID_SOFT]
  = NC_ ("charter", "The date is put on {days} only if there is no better day."),
  [TN_PHRASE_AVOID_HOLIDAYS] = NC_ ("charter", "public holidays"),
  [TN_PHRASE_AVOID_BRIDGE_DAYS] = NC_ ("charter", "days between a holiday and a weekend"),
  [TN_PHRASE_AVOID_SCHOOL_BREAKS] = NC_ ("charter", "days of school breaks"),
  [TN_PHRASE_AVOID_SCHOOL_BREAKS_OF] = NC_ ("charter", "days of school breaks in {area}"),
  [TN_PHRASE_AVOID_ELECTIONS] = NC_ ("charter", "election days"),
  [TN_PHRASE_AVOID_BUSY]
  = NC_ ("charter", "days that are busy in a calendar that the councils named themselves"),
  [TN_PHRASE_AVOID_BUSY_PUBLISHED]
  = NC_ ("charter", "A date that is published already is not moved because of busy times."),
  [TN_PHRASE_AVOID_OTHER] = NC_ ("charter", "other days that the rules name"),
  [TN_PHRASE_DISTANCE]
  = NC_ ("charter", "There are always at least {amount} between this and {series}, counted from "
                    "the last day of whichever comes first to the first day of the other."),
  [TN_PHRASE_DISTANCE_DAY] = NC_ ("charter", "The date is never on the same day as {series}."),
  [TN_PHRASE_DISTANCE_SOFT]
  = NC_ ("charter", "The date is nearer than {amount} to {series} only if there is no better day."),
  [TN_PHRASE_DISTANCE_DAY_SOFT]
  = NC_ ("charter", "The date is on the same day as {series} only if there is no better day."),
  [TN_PHRASE_DISTANCE_PUBLISHED] = NC_ (
      "charter", "A date that is published already is not moved because of another collaboration."),
  [TN_PHRASE_SERIES_QUOTED] = NC_ ("charter", "“{name}”"),
  [TN_PHRASE_SERIES_OF] = NC_ ("charter", "“{name}” of {collaboration}"),
  [TN_PHRASE_SERIES_UNKNOWN]
  = NC_ ("charter", "an event of another collaboration that is known here only as “{name}”"),
  [TN_PHRASE_PLACE_IS] = NC_ ("charter", "The place is {place}."),
  [TN_PHRASE_ROLE_RING]
  = NC_ ("charter",
         "The role of {role} goes round in this order: {ring}. After the last one it begins anew."),
  [TN_PHRASE_ROLE_START] = NC_ ("charter", "{council} has the role in {cycle}, and from there the "
                                           "ring goes on from whoever actually had it last."),
  [TN_PHRASE_ROLE_ALTERNATES] = NC_ ("charter", "The role of {role} goes to {ring} by turns."),
  [TN_PHRASE_ROLE_REST] = NC_ ("charter", "A council that had the role does not have it the next "
                                          "{n} times, as long as there are others who can."),
  [TN_PHRASE_ROLE_REST_ONE] = NC_ ("charter", "A council that had the role does not have it the "
                                              "next time, as long as there are others who can."),
  [TN_PHRASE_ROLE_FIXED] = NC_ ("charter", "The role of {role} always falls to {council}."),
  [TN_PHRASE_ROLE_SHARED] = NC_ ("charter", "The role of {role} falls to {councils} together."),
  [TN_PHRASE_ROLE_TERMS] = NC_ ("charter", "The role of {role} falls to one at a time for a set "
                                           "time: {terms}. At other times nobody has it."),
  [TN_PHRASE_ROLE_TERM] = NC_ ("charter", "{council} {period}"),
  [TN_PHRASE_ROLE_FOLLOWS] = NC_ ("charter", "The role of {role} falls to whoever has the role of "
                                             "{other} of “{series}” in the same period."),
  [TN_PHRASE_ROLE_OTHER] = NC_ ("charter", "The role of {role} is given by rules of its own."),
  [TN_PHRASE_PARTICIPANTS] = NC_ ("charter", "From each council these take part: {groups}."),
  [TN_PHRASE_GUESTS] = NC_ ("charter", "These are invited as guests: {guests}."),
  [TN_PHRASE_COSTS] = NC_ ("charter", "On payment this is agreed: {text}."),
  [TN_PHRASE_LEAD_BEFORE] = NC_ ("charter", "{amount} before the first day"),
  [TN_PHRASE_LEAD_AFTER] = NC_ ("charter", "{amount} after the last day"),
  [TN_PHRASE_LEAD_FIRST] = NC_ ("charter", "on the first day"),
  [TN_PHRASE_LEAD_LAST] = NC_ ("charter", "on the last day"),
  [TN_PHRASE_LEAD_CYCLE_BEFORE] = NC_ ("charter", "{amount} before the first day of the period"),
  [TN_PHRASE_LEAD_CYCLE_AFTER] = NC_ ("charter", "{amount} after the first day of the period"),
  [TN_PHRASE_LEAD_CYCLE] = NC_ ("charter", "on the first day of the period"),
  [TN_PHRASE_LEAD_ON] = NC_ ("charter", "on {day}"),
  [TN_PHRASE_SHIFT_PREVIOUS]
  = NC_ ("charter", "If that is not a working day, the last working day before it counts."),
  [TN_PHRASE_SHIFT_NEXT]
  = NC_ ("charter", "If that is not a working day, the first working day after it counts."),
  [TN_PHRASE_MILESTONE] = NC_ ("charter", "{Lead} “{title}” is due, and the duty lies with {who}."),
  [TN_PHRASE_HOMEWORK]
  = NC_ ("charter", "The deadline “{title}” comes again every {amount}, from when it was held "
                    "until the next “{until}”, and it is the duty of {who}."),
  [TN_PHRASE_SITES] = NC_ ("charter", "Each time it is held at several places: {sites}."),
  [TN_PHRASE_SITE_ON] = NC_ ("charter", "{place} ({day})"),
  [TN_PHRASE_SEATS] = NC_ ("charter", "Each council may come with at most {n} persons."),
  [TN_PHRASE_CAPACITY] = NC_ ("charter", "There is room for {most} councils in all."),
  [TN_PHRASE_CAPACITY_RANGE]
  = NC_ ("charter", "There is room for between {least} and {most} councils in all."),
  [TN_PHRASE_THEME_OF] = NC_ ("charter", "The theme of {cycle} is “{theme}”."),
  [TN_PHRASE_THEME_PLAN_YEAR]
  = NC_ ("charter", "At the last one before each year the deadline “{title}” falls due, and it is "
                    "the duty of {who}."),
  [TN_PHRASE_THEME_PLAN_HALF]
  = NC_ ("charter", "At the last one before each half-year the deadline “{title}” falls due, and "
                    "it is the duty of {who}."),
  [TN_PHRASE_MATTER_OPEN]
  = NC_ ("charter", "The matter “{title}” is on the agenda from {from} until it is dealt with."),
  [TN_PHRASE_MATTER_DONE] = NC_ (
      "charter", "The matter “{title}” was on the agenda from {from} and is dealt with in {done}."),
  [TN_PHRASE_DUTY_ROLE] = NC_ ("charter", "whoever has the role of {role}"),
  [TN_PHRASE_DUTY_ROLE_SHARED] = NC_ ("charter", "those who have the role of {role}"),
  [TN_PHRASE_MAY_WHEN] = NC_ ("charter", "change date and time"),
  [TN_PHRASE_MAY_WHERE] = NC_ ("charter", "change the place"),
  [TN_PHRASE_MAY_WHAT] = NC_ ("charter", "change title, theme and text"),
  [TN_PHRASE_MAY_STATUS] = NC_ ("charter", "confirm and cancel"),
  [TN_PHRASE_MAY_TURN] = NC_ ("charter", "swap, skip, put off and change turns"),
  [TN_PHRASE_MAY_POSTPONE] = NC_ ("charter", "put off"),
  [TN_PHRASE_MAY_MINUTES] = NC_ (
      "charter",
      "To swap turns needs both councils; other changes of turns need minutes that record them."),
  [TN_PHRASE_MAY_POSTPONE_MINUTES] = NC_ ("charter", "To put off needs minutes that record it."),
  [TN_PHRASE_MAY_SWAP] = NC_ ("charter", "Two councils can also swap turns when both agree."),
  [TN_PHRASE_MAY_PROPOSE] = NC_ ("charter", "All others may propose changes."),
  [TN_PHRASE_MAY_PROPOSE_ALL] = NC_ ("charter", "All may propose changes."),
  [TN_PHRASE_MAY_ALL] = NC_ ("charter", "All may {deeds}."),
  [TN_PHRASE_MAY_NOBODY] = NC_ ("charter", "Nobody alone may {deeds}."),
  [TN_PHRASE_MAY_ROLES] = NC_ ("charter", "The council with the role of {roles} may {deeds}."),
  [TN_PHRASE_MAY_ROLES_SHARED]
  = NC_ ("charter", "Each council with the role of {roles} may {deeds}."),
  [TN_PHRASE_TEXT_SHARED]
  = NC_ ("charter", "What somebody writes in the calendar's text reaches all calendars."),
  [TN_PHRASE_TEXT_OWN]
  = NC_ ("charter", "What somebody writes in the calendar's text stays in that calendar."),
  /* decisions */
  [TN_PHRASE_DECIDED] = NC_ ("charter", "On {on} it was decided {what}."),
  [TN_PHRASE_DECIDED_BY] = NC_ ("charter", "The decision was taken by {council}."),
  [TN_PHRASE_DECIDED_MINUTES] = NC_ ("charter", "The decision is recorded in {text}."),
  [TN_PHRASE_DECIDED_NOTE] = NC_ ("charter", "Note: {text}."),
  [TN_PHRASE_DECIDED_ROLE] = NC_ ("charter", "This is about the role of {role}."),
  [TN_PHRASE_DECIDED_ANCHOR] = NC_ ("charter", "This holds as long as {event} begins on {day}."),
  [TN_PHRASE_DATE_FIXED]
  = NC_ ("charter", "that {event} is on {when} and that the date is settled"),
  [TN_PHRASE_DATE_MOVED]
  = NC_ ("charter", "that {event} is on {when} but that the date is not confirmed"),
  [TN_PHRASE_CANCELLED] = NC_ ("charter", "that {event} is cancelled"),
  [TN_PHRASE_UNCANCELLED] = NC_ ("charter", "that {event} is not cancelled"),
  [TN_PHRASE_POSTPONED_KEPT]
  = NC_ ("charter",
         "that {event} is not held and that whoever had the turn keeps it for the next time"),
  [TN_PHRASE_POSTPONED_USED]
  = NC_ ("charter", "that {event} is not held and that the turn is used up"),
  [TN_PHRASE_POSTPONED_NOT] = NC_ ("charter", "that {event} is not put off after all"),
  [TN_PHRASE_SWAPPED] = NC_ ("charter", "that {event} and {other} trade their turns"),
  [TN_PHRASE_SKIPPED] = NC_ ("charter", "that {council} loses its turn at {event}"),
  [TN_PHRASE_SET_AFTER]
  = NC_ ("charter", "that {council} has the turn at {event} and that the ring goes on from there"),
  [TN_PHRASE_SET_UNCHANGED] = NC_ (
      "charter", "that {council} has the turn at {event} and that the ring is otherwise unchanged"),
  [TN_PHRASE_SET_TERM]
  = NC_ ("charter", "that {council} has the role from {event} until the term ends"),
  [TN_PHRASE_SET_ONCE] = NC_ ("charter", "that {council} has the role at {event} only"),
  [TN_PHRASE_INSERTED]
  = NC_ ("charter", "that {council} joins the ring behind {after} from {event} on"),
  [TN_PHRASE_JOINED] = NC_ ("charter", "that {council} is a member from {since}"),
  [TN_PHRASE_LEFT] = NC_ ("charter", "that {council} is no member from {since}"),
  [TN_PHRASE_THEME_SET] = NC_ ("charter", "that the theme of {event} is “{value}”"),
  [TN_PHRASE_TITLE_SET] = NC_ ("charter", "that the title of {event} is “{value}”"),
  [TN_PHRASE_WHERE_SET] = NC_ ("charter", "that the place of {event} is {value}"),
  [TN_PHRASE_TEXT_SET] = NC_ ("charter", "that the text of {event} is “{value}”"),
  [TN_PHRASE_DUE_SET] = NC_ ("charter", "that “{milestone}” of {event} is due on {when}"),
  [TN_PHRASE_DONE_SET] = NC_ ("charter", "that “{milestone}” of {event} is done"),
  [TN_PHRASE_DONE_NOT] = NC_ ("charter", "that “{milestone}” of {event} is not done"),
  [TN_PHRASE_PLACED] = NC_ ("charter", "that {event} is on {when} by the rules"),
  [TN_PHRASE_OTHER_SET] = NC_ ("charter", "something about {event}"),
};
