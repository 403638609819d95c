/* The questions of `turnusctl init`. Each has an option that answers it, so that a script needs no
 * terminal; at one, what is still open is asked, and asked again until the answer can be used.
 * Ctrl-D ends it, and then nothing was written. */
#include "ctl/interview.h"

#include "base/error.h"
#include "ctl/prompt.h"
#include "model/catalogue.h"

#include <string.h>

/* The secret that was typed is kept here, beside the settings. */
static const char SECRET_FILE[] = "secrets/calendar";

typedef struct
{
  const char *option;
  const char *question;
  gboolean (*is_needed) (const TnInterview *interview); /* (nullable) always */
  char *(*guess) (const TnInterview *interview);        /* (nullable) what empty means */
  gboolean (*take) (TnInterview *interview, const char *answer, GError **error);
} Question;

void
tn_interview_clear (TnInterview *interview)
{
  g_clear_pointer (&interview->founding, tn_founding_free);
  if (interview->secret != NULL)
    memset (interview->secret, 0, strlen (interview->secret));
  g_clear_pointer (&interview->secret, g_free);
}

static gboolean
refuse (GError **error, const char *text, const char *answer)
{
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "\"%.60s\": %s", answer, text);
  return FALSE;
}

static const char *
say (const TnInterview *interview, const char *text)
{
  return tn_say (interview->call->language, text);
}

static gboolean
is_new (const TnInterview *interview)
{
  return interview->rulebook == NULL;
}

static char *
guess_language (const TnInterview *interview)
{
  return g_strdup (tn_language_to_string (interview->call->language));
}

static gboolean
take_language (TnInterview *interview, const char *answer, GError **error)
{
  return tn_language_from_string (answer, &interview->founding->language)
         || refuse (error, say (interview, N_ ("expected da, sv, nb or en")), answer);
}

/* It stands in a comment and a string of the charter, on one line. */
static gboolean
is_name (const char *text)
{
  g_autofree char *id = tn_founding_make_id (text);
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return FALSE;
  return *id != '\0';
}

static gboolean
take_name (TnInterview *interview, const char *answer, GError **error)
{
  TnFounding *founding = interview->founding;
  g_autofree char *id = tn_founding_make_id (answer);
  if (!is_name (answer))
    return refuse (error, say (interview, N_ ("expected a name with letters")), answer);
  g_free (founding->collaboration);
  g_free (founding->collaboration_id);
  founding->collaboration = g_strdup (answer);
  founding->collaboration_id = g_steal_pointer (&id);
  return TRUE;
}

static const TnFounder *
find_founder (const TnFounding *founding, const char *name)
{
  g_autofree char *id = tn_founding_make_id (name);
  for (guint i = 0; i < founding->founders->len; i++)
    {
      const TnFounder *founder = g_ptr_array_index (founding->founders, i);
      if (strcmp (founder->id, id) == 0)
        return founder;
    }
  return NULL;
}

static gboolean
take_members (TnInterview *interview, const char *answer, GError **error)
{
  TnFounding *founding = interview->founding;
  g_auto (GStrv) names = g_strsplit (answer, ",", -1);
  g_ptr_array_set_size (founding->founders, 0);
  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autofree char *name = g_strdup (g_strstrip (names[i]));
      g_autofree char *id = tn_founding_make_id (name);
      if (!is_name (name) || find_founder (founding, name) != NULL)
        return refuse (error,
                       say (interview, N_ ("expected names with letters, each once, by commas")),
                       answer);
      TnFounder *founder = g_new0 (TnFounder, 1);
      founder->id = g_steal_pointer (&id);
      founder->name = g_steal_pointer (&name);
      g_ptr_array_add (founding->founders, founder);
    }
  return founding->founders->len >= 2
         || refuse (error, say (interview, N_ ("expected two councils at least, by commas")),
                    answer);
}

/* Returns: (transfer full): ids of those that may be named */
static char *
list_councils (const TnInterview *interview)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  for (guint i = 0; i < interview->founding->founders->len; i++)
    g_ptr_array_add (ids, ((TnFounder *) g_ptr_array_index (interview->founding->founders, i))->id);
  for (guint i = 0; interview->rulebook != NULL && i < interview->rulebook->collaborations->len;
       i++)
    {
      const TnCollaboration *collaboration
          = g_ptr_array_index (interview->rulebook->collaborations, i);
      for (guint j = 0; j < collaboration->councils->len; j++)
        g_ptr_array_add (ids, ((TnCouncil *) g_ptr_array_index (collaboration->councils, j))->id);
    }
  g_ptr_array_add (ids, NULL);
  return g_strjoinv (", ", (char **) ids->pdata);
}

static gboolean
take_council (TnInterview *interview, const char *answer, GError **error)
{
  g_autofree char *id = tn_founding_make_id (answer);
  g_autofree char *list = list_councils (interview);
  g_auto (GStrv) ids = g_strsplit (list, ", ", -1);
  if (!g_strv_contains ((const char *const *) ids, id))
    {
      g_autofree char *text
          = g_strdup_printf (tn_say (interview->call->language, "expected one of %s"), list);
      return refuse (error, text, answer);
    }
  g_free (interview->founding->council);
  interview->founding->council = g_steal_pointer (&id);
  return TRUE;
}

static char *
guess_series (const TnInterview *interview)
{
  return g_strdup ("trip, erfa");
}

static gboolean
take_series (TnInterview *interview, const char *answer, GError **error)
{
  GArray *kinds = interview->founding->kinds;
  g_auto (GStrv) names = g_strsplit (answer, ",", -1);
  guint seen = 0;
  g_array_set_size (kinds, 0);
  for (gsize i = 0; names[i] != NULL; i++)
    {
      TnKind kind = TN_KIND_TRIP;
      if (!tn_kind_from_string (g_strstrip (names[i]), &kind) || (seen & (1u << kind)) != 0)
        return refuse (
            error,
            say (interview,
                 N_ ("expected some of trip, erfa, theme, meeting and report, each once")),
            answer);
      seen |= 1u << kind;
      g_array_append_val (kinds, kind);
    }
  return TRUE;
}

static char *
guess_country (const TnInterview *interview)
{
  static const char *const countries[] = { "dk", "se", "no", "none" };
  return g_strdup (countries[interview->founding->language]);
}

static gboolean
take_country (TnInterview *interview, const char *answer, GError **error)
{
  static const char *const known[] = { "dk", "se", "no", "none", NULL };
  if (!g_strv_contains (known, answer))
    return refuse (error, say (interview, N_ ("expected dk, se, no or none")), answer);
  g_free (interview->founding->country);
  interview->founding->country = g_strdup (strcmp (answer, "none") == 0 ? "" : answer);
  return TRUE;
}

static gboolean
is_place (const TnInterview *interview, const char *answer, GError **error)
{
  if (strcmp (answer, "file") == 0
      || (tn_founding_is_address (answer) && strpbrk (answer, " \"\\@") == NULL))
    return TRUE;
  return refuse (error,
                 say (interview, N_ ("expected `file`, or an address that begins with https:// and "
                                     "has no user name in it")),
                 answer);
}

static char *
guess_file (const TnInterview *interview)
{
  return g_strdup ("file");
}

static gboolean
take_calendar (TnInterview *interview, const char *answer, GError **error)
{
  if (!is_place (interview, answer, error))
    return FALSE;
  g_free (interview->founding->calendar);
  interview->founding->calendar = g_strdup (answer);
  return TRUE;
}

static char *
guess_none (const TnInterview *interview)
{
  return g_strdup ("none");
}

static gboolean
take_shared (TnInterview *interview, const char *answer, GError **error)
{
  gboolean is_none = strcmp (answer, "none") == 0;
  if (!is_none && !is_place (interview, answer, error))
    return FALSE;
  g_free (interview->founding->shared);
  interview->founding->shared = g_strdup (is_none ? "" : answer);
  return TRUE;
}

static gboolean
needs_user (const TnInterview *interview)
{
  return tn_founding_has_address (interview->founding);
}

static gboolean
take_user (TnInterview *interview, const char *answer, GError **error)
{
  if (*answer == '\0')
    return refuse (error, say (interview, N_ ("expected the name that logs in")), answer);
  g_free (interview->founding->user);
  interview->founding->user = g_strdup (answer);
  return TRUE;
}

static char *
guess_mode (const TnInterview *interview)
{
  return g_strdup ("ask");
}

static gboolean
take_mode (TnInterview *interview, const char *answer, GError **error)
{
  static const TnMode modes[] = { TN_MODE_OBSERVE, TN_MODE_ASK, TN_MODE_WRITE };
  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    if (strcmp (answer, tn_mode_to_string (modes[i])) == 0)
      {
        interview->founding->mode = modes[i];
        return TRUE;
      }
  return refuse (error, say (interview, N_ ("expected observe, ask or write")), answer);
}

static const Question QUESTIONS[] = {
  { "language", N_ ("In which language do the councils work: da, sv, nb or en?"), is_new,
    guess_language, take_language },
  { "collaboration", N_ ("What is the collaboration called?"), is_new, NULL, take_name },
  { "members", N_ ("Which councils belong to it, in the order of their turns? Names, by commas:"),
    is_new, NULL, take_members },
  { "series", N_ ("What do they do together: trip, erfa, theme, meeting, report? By commas:"),
    is_new, guess_series, take_series },
  { "country", N_ ("Whose public holidays are kept free: dk, se, no or none?"), is_new,
    guess_country, take_country },
  { "council", N_ ("Which of the councils is this one?"), NULL, NULL, take_council },
  { "calendar", N_ ("Its own calendar: the https address of a CalDAV calendar, or file?"), NULL,
    guess_file, take_calendar },
  { "shared", N_ ("A calendar that all councils share: its address, file or none?"), NULL,
    guess_none, take_shared },
  { "user", N_ ("Who logs in to the calendar?"), needs_user, NULL, take_user },
  { "mode",
    N_ ("What may turnus do there: write, ask before the first publication, or only observe?"),
    NULL, guess_mode, take_mode },
};

static gboolean
ask (TnInterview *interview, const Question *question, GError **error)
{
  const TnCall *call = interview->call;
  g_autofree char *usual = question->guess != NULL ? question->guess (interview) : NULL;
  for (;;)
    {
      g_autoptr (GError) wrong = NULL;
      g_autofree char *answer = tn_prompt_ask (call, say (interview, question->question), usual);
      if (answer == NULL)
        {
          g_set_error_literal (error, TN_ERROR, TN_ERROR_FAILED,
                               say (interview, N_ ("nothing is written: the questions were not "
                                                   "answered")));
          return FALSE;
        }
      if (question->take (interview, answer, &wrong))
        return TRUE;
      fprintf (call->err, "  %s\n", wrong->message);
    }
}

/* Where nobody can be asked, what has a usual answer gets that. */
static gboolean
settle (TnInterview *interview, const Question *question, GString *missing, GError **error)
{
  const char *given = tn_call_get_option (interview->call, question->option);
  if (question->is_needed != NULL && !question->is_needed (interview))
    return TRUE;
  if (given != NULL && question->take (interview, given, error))
    return TRUE;
  if (given != NULL)
    {
      g_prefix_error (error, "--%s ", question->option);
      return FALSE;
    }
  if (tn_prompt_is_there (interview->call) && !tn_call_has_option (interview->call, "yes"))
    return ask (interview, question, error);
  g_autofree char *usual = question->guess != NULL ? question->guess (interview) : NULL;
  if (usual != NULL)
    return question->take (interview, usual, error);
  g_string_append_printf (missing, "%s--%s", missing->len > 0 ? ", " : "", question->option);
  return TRUE;
}

/* A password never stands on a command line: it is in a file, has a name at systemd, or is typed.
 */
static gboolean
settle_secret (TnInterview *interview, GString *missing, GError **error)
{
  const TnCall *call = interview->call;
  const char *file = tn_call_get_option (call, "password-file");
  const char *credential = tn_call_get_option (call, "credential");
  TnFounding *founding = interview->founding;
  if (file != NULL && credential != NULL)
    return refuse (error,
                   say (interview, N_ ("--password-file and --credential are two places of "
                                       "one secret: say one of them")),
                   credential);
  founding->password_file = file != NULL ? g_canonicalize_filename (file, NULL) : NULL;
  founding->credential = g_strdup (credential);
  if (!needs_user (interview) || file != NULL || credential != NULL)
    return TRUE;
  if (!tn_prompt_is_there (call) || tn_call_has_option (call, "yes"))
    {
      g_string_append_printf (missing, "%s--password-file", missing->len > 0 ? ", " : "");
      return TRUE;
    }
  interview->secret = tn_prompt_ask_secret (
      call,
      say (interview, N_ ("Its password (not shown; kept in a file that nobody else may read):")));
  founding->password_file = g_strdup (SECRET_FILE);
  if (interview->secret != NULL && *interview->secret != '\0')
    return TRUE;
  g_set_error_literal (error, TN_ERROR, TN_ERROR_FAILED,
                       say (interview, N_ ("nothing is written: there is no password")));
  return FALSE;
}

/**
 * tn_interview_hold:
 * @interview: (inout): with its call; clear it
 * @rulebook: (out) (transfer full) (nullable): what the charter that there is already says
 * @read: reads that charter
 *
 * Errors: %TN_ERROR_INVALID for an option that cannot be used, and, without a terminal, for what no
 *   option answers; %TN_ERROR_FAILED when somebody would not answer.
 */
gboolean
tn_interview_hold (TnInterview *interview, TnRulebook **rulebook, TnInterviewRead read,
                   GError **error)
{
  const char *charter = tn_call_get_option (interview->call, "charter");
  g_autoptr (GString) missing = g_string_new (NULL);
  interview->founding = tn_founding_new ();
  interview->founding->language = interview->call->language;
  if (charter != NULL)
    {
      interview->founding->charter = g_canonicalize_filename (charter, NULL);
      *rulebook = read (interview->call, charter, error);
      interview->rulebook = *rulebook;
      if (*rulebook == NULL)
        return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (QUESTIONS); i++)
    if (!settle (interview, &QUESTIONS[i], missing, error))
      return FALSE;
  if (!settle_secret (interview, missing, error))
    return FALSE;
  if (missing->len == 0)
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
               tn_say (interview->call->language,
                       "there is no terminal to ask at: say %s, see turnusctl init --help"),
               missing->str);
  return FALSE;
}
