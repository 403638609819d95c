/* Letters, whole. The same news at the same moment gives the same letter. */
#include "notice/compose.h"

#include "model/catalogue.h"
#include "notice/attachment.h"
#include "notice/mime.h"

#include "base/text.h"

static const guint ENCLOSURES_MOST = 20;

static const TnCollaboration *
get_first (const TnComposer *composer)
{
  return g_ptr_array_index (composer->rulebook->collaborations, 0);
}

/* Who writes, and that nobody reads what is answered. */
static char *
dup_foot (const TnComposer *composer, TnLanguage language)
{
  const char *council = tn_collaboration_get_council_name (get_first (composer), composer->council);
  g_autofree char *who = g_strdup_printf (
      tn_say (language, N_ ("turnus keeps the calendars of %s in step and wrote this letter.")),
      council);
  const char *answers
      = tn_say (language, N_ ("Answers to it are not read. Who gets these letters, the "
                              "administrator of turnus can change."));
  return g_strdup_printf ("-- \n%s\n%s\n", who, answers);
}

/* @enclosures: (nullable) */
static TnLetter *
write_letter (const TnComposer *composer, const char *address, TnLetterKind kind,
              const char *subject, const char *text, GPtrArray *enclosures)
{
  g_autofree char *id
      = g_strdup_printf ("%016" G_GINT64_MODIFIER "x.%08x", composer->now_us, composer->random);
  TnMime mime = { .id = id,
                  .from = composer->mail->from,
                  .from_name = composer->mail->name,
                  .to = address,
                  .subject = subject,
                  .written_us = composer->now_us,
                  .text = text,
                  .enclosures = enclosures };
  TnLetter *letter = tn_letter_new (id, address, kind);
  letter->written_us = composer->now_us;
  tn_text_set (&letter->subject, subject);
  letter->message = tn_mime_write (&mime);
  return letter;
}

static char *
dup_subject (const TnComposer *composer, TnLanguage language, GArray *tellings)
{
  const TnTelling *first = &g_array_index (tellings, TnTelling, 0);
  g_autofree char *headline = tn_telling_dup_headline (first, composer->rulebook);
  guint n_more = tellings->len - 1;
  if (n_more == 0)
    return g_steal_pointer (&headline);
  return g_strdup_printf (
      tn_say_count (language, N_ ("%s, and %u more"), N_ ("%s, and %u more"), n_more), headline,
      n_more);
}

static gboolean
has_file (const TnTelling *telling)
{
  return telling->fact->kind == TN_FACT_DATE;
}

/**
 * tn_compose_news:
 * @tellings: (element-type TnTelling): one at least
 *
 * Returns: (transfer full): a letter with all of them, and a file for each date
 */
TnLetter *
tn_compose_news (const TnComposer *composer, const TnPlan *plan, const char *address,
                 TnLetterKind kind, GArray *tellings)
{
  TnLanguage language
      = tn_telling_get_language (&g_array_index (tellings, TnTelling, 0), composer->rulebook);
  g_autofree char *subject = dup_subject (composer, language, tellings);
  g_autofree char *foot = dup_foot (composer, language);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) enclosures
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_enclosure_free);
  for (guint i = 0; i < tellings->len; i++)
    {
      const TnTelling *telling = &g_array_index (tellings, TnTelling, i);
      g_autofree char *headline = tn_telling_dup_headline (telling, composer->rulebook);
      g_autofree char *body = tn_telling_dup_text (telling, plan);
      g_string_append_printf (text, "%s\n%s\n", headline, body);
      if (has_file (telling) && enclosures->len < ENCLOSURES_MOST)
        g_ptr_array_add (enclosures,
                         tn_attachment_new (plan, telling->fact->occurrence, composer->now_us));
    }
  g_string_append (text, foot);
  return write_letter (composer, address, kind, subject, text->str, enclosures);
}

/**
 * tn_compose_ticket:
 * @council: for which the link speaks
 *
 * Returns: (transfer full): a letter with a link that somebody asked for
 */
TnLetter *
tn_compose_ticket (const TnComposer *composer, const char *address, const char *council,
                   const char *url)
{
  TnLanguage language = get_first (composer)->language;
  const char *name = tn_collaboration_get_council_name (get_first (composer), council);
  g_autofree char *subject
      = g_strdup_printf (tn_say (language, N_ ("Your link to decide for %s")), name);
  g_autofree char *body = g_strdup_printf (
      tn_say (language, N_ ("Somebody asked for a link with which decisions are taken for %s:\n"
                            "%s\nIt can be used once, and for a short time. Whoever did not ask "
                            "for it need do nothing.")),
      name, url);
  g_autofree char *foot = dup_foot (composer, language);
  g_autofree char *text = g_strdup_printf ("%s\n\n%s", body, foot);
  return write_letter (composer, address, TN_LETTER_TICKET, subject, text, NULL);
}

/* Returns: (transfer full): a letter that says that letters arrive */
TnLetter *
tn_compose_test (const TnComposer *composer, const char *address)
{
  TnLanguage language = get_first (composer)->language;
  g_autofree char *foot = dup_foot (composer, language);
  g_autofree char *text = g_strdup_printf (
      "%s\n\n%s",
      tn_say (language, N_ ("This letter was sent to see whether letters of turnus arrive here. "
                            "They do, and there is nothing to be done.")),
      foot);
  return write_letter (composer, address, TN_LETTER_TEST,
                       tn_say (language, N_ ("A test letter of turnus")), text, NULL);
}
