/* Who is told what, now: for each mailbox the facts that it was not told yet, and whether a letter
 * may go. The letter and the memory of what stands in it are one commit: killed at any moment,
 * nothing is lost and nothing is written twice. */
#include "notice/look.h"

#include <string.h>

#include "notice/compose.h"
#include "notice/due.h"
#include "notice/lookout.h"
#include "notice/news.h"

static const gint64 KEEP_SENT_US = 30 * G_TIME_SPAN_DAY;

static const TnSettings *
get_settings (const TnLook *look)
{
  return tn_book_get_settings (tn_desk_get_book (look->desk));
}

typedef struct
{
  TnLook *look;
  TnLookout *lookout; /* (owned) */
  GPtrArray *letters; /* (owned) (element-type TnLetter) */
  GHashTable *live;   /* (owned) (element-type utf8) keys of all facts, when it tidies up */
  gint64 next_us;     /* the earliest moment at which anything may go */
} Round;

static gint64
find_last (GPtrArray *letters, const char *address, TnLetterKind kind)
{
  gint64 last_us = 0;
  for (guint i = 0; i < letters->len; i++)
    {
      const TnLetter *letter = g_ptr_array_index (letters, i);
      if (letter->kind == kind && strcmp (letter->address, address) == 0)
        last_us = MAX (last_us, letter->written_us);
    }
  return last_us;
}

static TnDue
make_due (Round *round, const char *address)
{
  const TnRulebook *rulebook = tn_plan_get_rulebook (round->lookout->plan);
  const TnCollaboration *first = g_ptr_array_index (rulebook->collaborations, 0);
  const gint64 *looked = g_hash_table_lookup (round->look->looked, address);
  gint64 written_us = find_last (round->letters, address, TN_LETTER_DIGEST);
  return (TnDue){
    .zone = first->zone,
    .digest_minute = get_settings (round->look)->mail->digest_minute,
    .now_us = round->look->now_us,
    .last_digest_us = MAX (written_us, looked != NULL ? *looked : 0),
    .last_urgent_us = find_last (round->letters, address, TN_LETTER_URGENT),
  };
}

static TnComposer
make_composer (const Round *round)
{
  const TnLook *look = round->look;
  TnBook *book = tn_desk_get_book (look->desk);
  const TnSettings *settings = get_settings (look);
  return (TnComposer){ .mail = settings->mail,
                       .rulebook = tn_book_get_rulebook (book),
                       .council = settings->council,
                       .now_us = look->now_us,
                       /* letters of one look go in its order */
                       .random = round->letters->len << 16 | (g_random_int () & 0xffff) };
}

/* What one mailbox was not told yet. */
typedef struct
{
  GPtrArray *facts;  /* (owned) (element-type TnFact) */
  GArray *urgent;    /* (owned) (element-type TnTelling) */
  GArray *all;       /* (owned) (element-type TnTelling) urgent ones included */
  GPtrArray *before; /* (owned) (element-type utf8) what the tellings borrow */
} Gathered;

static void
gathered_clear (Gathered *gathered)
{
  g_ptr_array_unref (gathered->facts);
  g_array_unref (gathered->urgent);
  g_array_unref (gathered->all);
  g_ptr_array_unref (gathered->before);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Gathered, gathered_clear)

static void
sort_fact (Round *round, TnBatch *batch, const char *address, const TnFact *fact, gboolean is_first,
           Gathered *gathered)
{
  TnMemory *memory = round->look->memory;
  const char *before = tn_memory_find (memory, address, fact->key);
  TnDate today = tn_plan_get_today (round->lookout->plan);
  TnNewsRank rank = tn_news_judge (fact, before, is_first, today);
  if (rank == TN_NEWS_SILENT)
    tn_memory_note (memory, batch, address, fact->key, fact->value, round->look->now_us);
  if (rank != TN_NEWS_DIGEST && rank != TN_NEWS_URGENT)
    return;
  TnTelling telling = { .fact = fact };
  if (before != NULL)
    {
      g_ptr_array_add (gathered->before, g_strdup (before));
      telling.before = g_ptr_array_index (gathered->before, gathered->before->len - 1);
    }
  g_array_append_val (gathered->all, telling);
  if (rank == TN_NEWS_URGENT)
    g_array_append_val (gathered->urgent, telling);
}

/* All that is so for @address, which may be the mailbox of several councils. */
static void
gather (Round *round, TnBatch *batch, const char *address, Gathered *gathered)
{
  GPtrArray *mailboxes = get_settings (round->look)->contacts;
  TnMemory *memory = round->look->memory;
  gathered->facts = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_fact_free);
  gathered->before = g_ptr_array_new_with_free_func (g_free);
  gathered->urgent = g_array_new (FALSE, FALSE, sizeof (TnTelling));
  gathered->all = g_array_new (FALSE, FALSE, sizeof (TnTelling));
  for (guint i = 0; i < mailboxes->len; i++)
    {
      const TnMailbox *mailbox = g_ptr_array_index (mailboxes, i);
      if (strcmp (mailbox->address, address) != 0)
        continue;
      gboolean is_first = !tn_memory_knows (memory, address, mailbox->council);
      g_autoptr (GPtrArray) facts = tn_survey_list (&round->lookout->survey, mailbox);
      g_ptr_array_set_free_func (facts, NULL);
      for (guint j = 0; j < facts->len; j++)
        {
          TnFact *fact = g_ptr_array_index (facts, j);
          g_ptr_array_add (gathered->facts, fact);
          if (round->look->is_tidying)
            g_hash_table_add (round->live, g_strdup (fact->key));
          sort_fact (round, batch, address, fact, is_first, gathered);
        }
      if (is_first)
        tn_memory_note_known (memory, batch, address, mailbox->council, round->look->now_us);
    }
}

/* The letter and the memory of what stands in it go into one batch. */
static void
write_letter (Round *round, TnBatch *batch, const char *address, TnLetterKind kind,
              GArray *tellings)
{
  const TnLook *look = round->look;
  TnComposer composer = make_composer (round);
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < tellings->len; i++)
    {
      TnTelling *telling = &g_array_index (tellings, TnTelling, i);
      const TnFact *fact = telling->fact;
      if (fact->kind != TN_FACT_ANSWER || look->link == NULL)
        continue;
      char *link = look->link (look->link_data, batch, fact->council, fact->proposal->id);
      telling->link = link;
      g_ptr_array_add (links, link);
    }
  TnLetter *letter = tn_compose_news (&composer, round->lookout->plan, address, kind, tellings);
  tn_batch_put_letter (batch, letter);
  g_ptr_array_add (round->letters, letter);
  for (guint i = 0; i < tellings->len; i++)
    {
      const TnFact *fact = g_array_index (tellings, TnTelling, i).fact;
      tn_memory_note (look->memory, batch, address, fact->key, fact->value, round->look->now_us);
    }
}

static void
note_looked (Round *round, const char *address)
{
  gint64 *at_us = g_new (gint64, 1);
  *at_us = round->look->now_us;
  g_hash_table_replace (round->look->looked, g_strdup (address), at_us);
}

static gboolean
tell (Round *round, const char *address, GError **error)
{
  g_autoptr (TnBatch) batch = tn_batch_new ();
  g_auto (Gathered) gathered = { 0 };
  TnDue due = make_due (round, address);
  gather (round, batch, address, &gathered);
  gint64 digest_us = tn_due_find_digest_us (&due);
  gint64 urgent_us = tn_due_find_urgent_us (&due);
  gboolean is_morning = digest_us <= round->look->now_us;
  if (is_morning && gathered.all->len > 0)
    write_letter (round, batch, address, TN_LETTER_DIGEST, gathered.all);
  else if (gathered.urgent->len > 0 && urgent_us <= round->look->now_us)
    write_letter (round, batch, address, TN_LETTER_URGENT, gathered.urgent);
  else if (gathered.urgent->len > 0)
    round->next_us = MIN (round->next_us, urgent_us);
  if (!tn_store_commit (tn_book_get_store (tn_desk_get_book (round->look->desk)), batch, error))
    return FALSE;
  if (is_morning)
    {
      note_looked (round, address);
      due.last_digest_us = round->look->now_us;
    }
  round->next_us = MIN (round->next_us, tn_due_find_digest_us (&due));
  return TRUE;
}

static gboolean
is_later_twin (GPtrArray *mailboxes, guint index)
{
  const TnMailbox *mailbox = g_ptr_array_index (mailboxes, index);
  for (guint i = 0; i < index; i++)
    if (strcmp (((const TnMailbox *) g_ptr_array_index (mailboxes, i))->address, mailbox->address)
        == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_address (GPtrArray *mailboxes, const char *address)
{
  for (guint i = 0; i < mailboxes->len; i++)
    if (strcmp (((const TnMailbox *) g_ptr_array_index (mailboxes, i))->address, address) == 0)
      return TRUE;
  return FALSE;
}

/* Letters to a mailbox that stands in the settings no more are not sent; what went long ago is
 * forgotten. */
static gboolean
tidy (Round *round, GError **error)
{
  const TnLook *look = round->look;
  const TnSettings *settings = get_settings (look);
  g_autoptr (TnBatch) batch = tn_batch_new ();
  tn_memory_forget (look->memory, batch, settings->contacts, round->live,
                    look->now_us - settings->keep_days * G_TIME_SPAN_DAY);
  for (guint i = 0; i < round->letters->len; i++)
    {
      const TnLetter *letter = g_ptr_array_index (round->letters, i);
      gboolean is_old
          = tn_letter_is_settled (letter) && letter->settled_us < look->now_us - KEEP_SENT_US;
      if (is_old
          || (!tn_letter_is_settled (letter) && !is_address (settings->contacts, letter->address)))
        tn_batch_drop_letter (batch, letter->id);
    }
  return tn_store_commit (tn_book_get_store (tn_desk_get_book (look->desk)), batch, error);
}

static void
round_clear (Round *round)
{
  g_clear_pointer (&round->lookout, tn_lookout_free);
  g_clear_pointer (&round->letters, g_ptr_array_unref);
  g_hash_table_unref (round->live);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Round, round_clear)

/**
 * tn_look_take:
 * @ret_next_us: (out): the next moment at which a letter may go, if nothing else happens
 *
 * Writes a letter to each mailbox of the settings that has news and may get one now. The settings
 * say how letters are sent.
 *
 * Errors: those of the store; then @memory says more than what is kept.
 */
gboolean
tn_look_take (TnLook *look, gint64 *ret_next_us, GError **error)
{
  TnStore *store = tn_book_get_store (tn_desk_get_book (look->desk));
  GPtrArray *mailboxes = get_settings (look)->contacts;
  g_auto (Round) round = { .look = look, .next_us = G_MAXINT64 };
  round.live = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  round.letters = tn_store_load_letters (store, error);
  if (round.letters == NULL)
    return FALSE;
  round.lookout = tn_lookout_new (look->desk);
  for (guint i = 0; i < mailboxes->len; i++)
    {
      const TnMailbox *mailbox = g_ptr_array_index (mailboxes, i);
      if (!is_later_twin (mailboxes, i) && !tell (&round, mailbox->address, error))
        return FALSE;
    }
  if (look->is_tidying && !tidy (&round, error))
    return FALSE;
  *ret_next_us = round.next_us;
  return TRUE;
}
