/* A reader is one visit in work. It borrows from the plan that it holds, so that pages may do so,
 * too, whatever becomes of the book meanwhile. */
#include "site/reader.h"

#include <stdlib.h>
#include <string.h>

static const int YEARS_BACK = 30;
static const int YEARS_AHEAD = 30;

/**
 * tn_reader_new:
 * @visit: (transfer full)
 *
 * Returns: (transfer full): one that reads about the only collaboration, and speaks for nobody
 */
TnReader *
tn_reader_new (TnWebsite *website, TnDesk *desk, const TnPremises *premises, TnVisit *visit)
{
  TnReader *reader = g_new0 (TnReader, 1);
  TnBook *book = tn_desk_get_book (desk);
  reader->website = website;
  reader->desk = g_object_ref (desk);
  reader->premises = tn_premises_ref (premises);
  reader->folder = g_strdup (premises->folder);
  reader->visit = visit;
  reader->plan = tn_plan_ref (tn_book_get_plan (book));
  reader->now_us = tn_clock_now_us (tn_book_get_clock (book));
  reader->rest = "";
  reader->language = TN_LANGUAGE_EN;
  GPtrArray *all = tn_plan_get_rulebook (reader->plan)->collaborations;
  if (all->len > 0)
    reader->language = ((const TnCollaboration *) g_ptr_array_index (all, 0))->language;
  if (all->len == 1)
    reader->collaboration = g_ptr_array_index (all, 0);
  return reader;
}

void
tn_reader_free (TnReader *reader)
{
  if (reader == NULL)
    return;
  g_clear_object (&reader->task);
  g_clear_object (&reader->stop);
  g_free (reader->council);
  g_free (reader->token);
  g_free (reader->user);
  g_free (reader->seal_key);
  g_free (reader->folder);
  tn_plan_unref (reader->plan);
  tn_visit_free (reader->visit);
  tn_premises_unref (reader->premises);
  g_object_unref (reader->desk);
  g_free (reader);
}

/**
 * tn_reader_answer:
 * @page: (transfer full)
 *
 * Answers the visit, once. What did not say that it may be kept may not.
 */
void
tn_reader_answer (TnReader *reader, TnWebPage *page)
{
  g_autoptr (GTask) task = g_steal_pointer (&reader->task);
  gboolean is_told = FALSE;
  for (guint i = 0; i < page->headers->len; i += 2)
    is_told = is_told || strcmp (g_ptr_array_index (page->headers, i), "Cache-Control") == 0;
  if (!is_told)
    tn_web_page_add_header (page, "Cache-Control", "no-store");
  g_task_return_pointer (task, page, (GDestroyNotify) tn_web_page_free);
}

TnBook *
tn_reader_get_book (const TnReader *reader)
{
  return tn_desk_get_book (reader->desk);
}

TnStore *
tn_reader_get_store (const TnReader *reader)
{
  return tn_book_get_store (tn_reader_get_book (reader));
}

static const char *
find_text (GHashTable *texts, const char *name)
{
  const char *text = g_hash_table_lookup (texts, name);
  return text != NULL && *text != '\0' ? text : NULL;
}

/* Returns: (nullable): %NULL when it is missing or empty */
const char *
tn_reader_get_query (const TnReader *reader, const char *name)
{
  return find_text (reader->visit->query, name);
}

/* Returns: (nullable): of the form that is handed in, likewise */
const char *
tn_reader_get_field (const TnReader *reader, const char *name)
{
  return find_text (reader->visit->form, name);
}

/**
 * tn_reader_knows:
 * @etag: of the page as it is now, with its quotes where it has some
 *
 * Source: RFC 9110 13.1.2.
 * Returns: %TRUE when the reader's program has that page already
 */
gboolean
tn_reader_knows (const TnReader *reader, const char *etag)
{
  const char *known = g_hash_table_lookup (reader->visit->headers, "if-none-match");
  return known != NULL && strstr (known, etag) != NULL;
}

gboolean
tn_reader_is_post (const TnReader *reader)
{
  return g_str_equal (reader->visit->method, "POST");
}

/**
 * tn_reader_choose:
 * @collaboration: id
 *
 * From now on the reader reads about this one, in its language.
 *
 * Returns: %FALSE when there is none
 */
gboolean
tn_reader_choose (TnReader *reader, const char *collaboration)
{
  const TnCollaboration *found
      = tn_rulebook_find_collaboration (tn_plan_get_rulebook (reader->plan), collaboration);
  if (found == NULL)
    return FALSE;
  reader->collaboration = found;
  reader->language = found->language;
  return TRUE;
}

/**
 * tn_reader_find_home:
 *
 * Returns: (transfer none) (nullable): a collaboration in which @council is, or was, a member
 */
const TnCollaboration *
tn_reader_find_home (const TnReader *reader, const char *council)
{
  if (reader->collaboration != NULL
      && tn_collaboration_find_council (reader->collaboration, council) != NULL)
    return reader->collaboration;
  GPtrArray *all = tn_plan_get_rulebook (reader->plan)->collaborations;
  for (guint i = 0; i < all->len; i++)
    if (tn_collaboration_find_council (g_ptr_array_index (all, i), council) != NULL)
      return g_ptr_array_index (all, i);
  return NULL;
}

/* Returns: (transfer none): its name in the collaboration that is read about, or in any */
const char *
tn_reader_get_council_name (const TnReader *reader, const char *council)
{
  const TnCollaboration *home = tn_reader_find_home (reader, council);
  return home != NULL ? tn_collaboration_get_council_name (home, council) : council;
}

/**
 * tn_reader_get_year:
 *
 * Returns: the year that the query names, else this one; never one so far away that nobody means it
 */
int
tn_reader_get_year (const TnReader *reader)
{
  int today = tn_date_get_year (tn_plan_get_today (reader->plan));
  const char *asked = tn_reader_get_query (reader, "year");
  int year = asked != NULL ? atoi (asked) : today;
  return year >= today - YEARS_BACK && year <= today + YEARS_AHEAD ? year : today;
}
