/* The settings of a council that begins. They are written for the one who changes them next: each
 * line says what else it could be. */
#include "ctl/founding.h"

#include "model/catalogue.h"

#include <string.h>

static void
founder_free (TnFounder *founder)
{
  g_free (founder->id);
  g_free (founder->name);
  g_free (founder);
}

TnFounding *
tn_founding_new (void)
{
  TnFounding *founding = g_new0 (TnFounding, 1);
  founding->founders = g_ptr_array_new_with_free_func ((GDestroyNotify) founder_free);
  founding->kinds = g_array_new (FALSE, FALSE, sizeof (TnKind));
  founding->mode = TN_MODE_ASK;
  return founding;
}

void
tn_founding_free (TnFounding *founding)
{
  if (founding == NULL)
    return;
  g_free (founding->charter);
  g_free (founding->collaboration);
  g_free (founding->collaboration_id);
  g_ptr_array_unref (founding->founders);
  g_array_unref (founding->kinds);
  g_free (founding->country);
  g_free (founding->council);
  g_free (founding->calendar);
  g_free (founding->shared);
  g_free (founding->user);
  g_free (founding->password_file);
  g_free (founding->credential);
  g_free (founding->holiday_folder);
  g_free (founding);
}

gboolean
tn_founding_is_address (const char *place)
{
  return place != NULL
         && (g_str_has_prefix (place, "https://") || g_str_has_prefix (place, "http://"));
}

gboolean
tn_founding_has_address (const TnFounding *founding)
{
  return tn_founding_is_address (founding->calendar) || tn_founding_is_address (founding->shared);
}

/**
 * tn_founding_make_id:
 * @name: `København`
 *
 * Returns: (transfer full): `kobenhavn`: letters, digits and dashes, as the charter wants it; ""
 *   when nothing is left
 */
char *
tn_founding_make_id (const char *name)
{
  /* As the charters that there are write it: kobenhavn, hoganas; glib would say koebenhavn. */
  g_autoptr (GString) letters = g_string_new (name);
  g_string_replace (letters, "ø", "o", 0);
  g_string_replace (letters, "Ø", "O", 0);
  g_autofree char *ascii = g_str_to_ascii (letters->str, "C");
  GString *id = g_string_new (NULL);
  for (const char *c = ascii; *c != '\0'; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (id, g_ascii_tolower (*c));
    else if (id->len > 0 && id->str[id->len - 1] != '-')
      g_string_append_c (id, '-');
  if (id->len > 0 && id->str[id->len - 1] == '-')
    g_string_truncate (id, id->len - 1);
  return g_string_free (id, FALSE);
}

/**
 * tn_founding_quote:
 *
 * Returns: (transfer full): @text as a string of libconfig, with its quotes
 */
char *
tn_founding_quote (const char *text)
{
  GString *quoted = g_string_new ("\"");
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"' || *c == '\\')
        g_string_append_c (quoted, '\\');
      g_string_append_c (quoted, *c);
    }
  g_string_append_c (quoted, '"');
  return g_string_free (quoted, FALSE);
}

static void
append_comment (GString *page, const TnFounding *founding, const char *indent, const char *text)
{
  g_string_append_printf (page, "%s// %s\n", indent, tn_say (founding->language, text));
}

static void
append_setting (GString *page, const char *indent, const char *key, const char *value)
{
  g_autofree char *quoted = tn_founding_quote (value);
  g_string_append_printf (page, "%s%s = %s;\n", indent, key, quoted);
}

static void
append_login (GString *page, const TnFounding *founding)
{
  if (founding->user == NULL)
    return;
  append_setting (page, "    ", "user", founding->user);
  const char *key = founding->credential != NULL ? "credential" : "file";
  g_autofree char *place = tn_founding_quote (
      founding->credential != NULL ? founding->credential : founding->password_file);
  append_comment (
      page, founding, "    ",
      N_ ("Never the password itself: only where it is. Nobody else may read the file."));
  g_string_append_printf (page, "    password = { %s = %s; };\n", key, place);
}

static void
append_place (GString *page, const TnFounding *founding, const char *id, const char *place)
{
  g_autofree char *folder = g_strconcat ("calendars/", id, NULL);
  append_setting (page, "    ", "id", id);
  if (tn_founding_is_address (place))
    {
      append_setting (page, "    ", "provider", "caldav");
      append_setting (page, "    ", "url", place);
      append_login (page, founding);
      return;
    }
  append_comment (page, founding, "    ", N_ ("A folder with one .ics file for each event."));
  append_setting (page, "    ", "provider", "file");
  append_setting (page, "    ", "path", folder);
  append_setting (page, "    ", "layout", "vdir");
}

static const char *
say_mode (TnMode mode)
{
  static const char *const texts[] = {
    [TN_MODE_OBSERVE] = N_ ("observe: nothing is written. Or \"ask\", or \"write\"."),
    [TN_MODE_ASK] = N_ ("ask: the first publication and new editions wait for `turnusctl apply`. "
                        "Or \"observe\", or \"write\"."),
    [TN_MODE_WRITE]
    = N_ ("write: nothing waits for `turnusctl apply`. Or \"ask\", or \"observe\"."),
  };
  return texts[mode];
}

static void
append_mode (GString *page, const TnFounding *founding)
{
  append_comment (page, founding, "    ", say_mode (founding->mode));
  append_setting (page, "    ", "mode", tn_mode_to_string (founding->mode));
}

static void
append_calendars (GString *page, const TnFounding *founding)
{
  gboolean has_shared = *founding->shared != '\0';
  g_string_append (page, "calendars = (\n");
  append_comment (page, founding, "  ", N_ ("The council's own calendar."));
  g_string_append (page, "  {\n");
  append_place (page, founding, "own", founding->calendar);
  append_setting (page, "    ", "council", founding->council);
  append_mode (page, founding);
  g_string_append_printf (page, "  }%s\n", has_shared ? "," : "");
  if (has_shared)
    {
      append_comment (page, founding, "  ", N_ ("One that all councils share."));
      g_string_append (page, "  {\n");
      append_place (page, founding, "shared", founding->shared);
      g_string_append (page, "    shared = true;\n");
      append_comment (page, founding, "    ",
                      N_ ("propose: an edit there is a wish that others answer. Or \"decide\"."));
      append_setting (page, "    ", "trust", "propose");
      append_mode (page, founding);
      g_string_append (page, "  }\n");
    }
  g_string_append (page, ");\n");
}

static void
append_places (GString *page, const TnFounding *founding)
{
  if (founding->holiday_folder != NULL)
    {
      append_comment (page, founding, "", N_ ("The folder of the holiday files."));
      append_setting (page, "", "holidays", founding->holiday_folder);
      g_string_append_c (page, '\n');
    }
  if (founding->is_portable)
    {
      append_comment (page, founding, "",
                      N_ ("What the daemon remembers, and where turnusctl speaks to it."));
      append_setting (page, "", "state", "state");
      append_setting (page, "", "socket", "state/control");
      return;
    }
  append_comment (page, founding, "",
                  N_ ("What the daemon remembers is in /var/lib/turnus; turnusctl speaks to it at "
                      "/run/turnus/control."));
  g_string_append (page, "// state = \"/var/lib/turnus\";\n// socket = \"/run/turnus/control\";\n");
}

/**
 * tn_founding_write_settings:
 * @charter: path of the charter, relative to the settings
 *
 * Returns: (transfer full): turnus.conf
 */
char *
tn_founding_write_settings (const TnFounding *founding, const char *charter)
{
  g_autofree char *quoted = tn_founding_quote (charter);
  GString *page = g_string_new (NULL);
  append_comment (page, founding, "", N_ ("The settings of this council's turnus."));
  append_comment (
      page, founding, "",
      N_ ("What stands behind // is for people. Paths begin in the folder of this file."));
  append_comment (page, founding, "", N_ ("After a change: turnusctl check --config turnus.conf"));
  append_comment (page, founding, "", N_ ("All keys are in turnus.conf(5)."));
  g_string_append_c (page, '\n');
  append_comment (page, founding, "", N_ ("Whose turnus it is: an id from the charter."));
  append_setting (page, "", "council", founding->council);
  g_string_append_printf (page, "charters = [ %s ];\n\n", quoted);
  append_comment (page, founding, "",
                  N_ ("Events are made from so long before today until so long after it."));
  g_string_append (page, "publish = { from = \"-1 year\"; to = \"+3 years\"; };\n\n");
  append_calendars (page, founding);
  g_string_append_c (page, '\n');
  append_comment (page, founding, "", N_ ("How long history and answered proposals are kept."));
  append_setting (page, "", "keep", "2 years");
  g_string_append_c (page, '\n');
  append_places (page, founding);
  return g_string_free (page, FALSE);
}
