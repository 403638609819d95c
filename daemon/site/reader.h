/* daemon/site/reader.h — one who reads the site: what is asked, and for whom they speak */
#pragma once

#include "site/premises.h"
#include "site/visit.h"
#include "sync/desk.h"

G_BEGIN_DECLS

typedef struct _TnWebsite TnWebsite;

typedef struct
{
  TnWebsite *website;                   /* (unowned) only until the page is asked for */
  TnDesk *desk;                         /* (owned) as it was when the visit came */
  TnPremises *premises;                 /* (owned) of the website */
  char *folder;                         /* (owned) of the pages, as this reader came to them */
  TnVisit *visit;                       /* (owned) */
  TnPlan *plan;                         /* (owned) */
  const TnCollaboration *collaboration; /* (nullable) (unowned) of the plan: what is read about */
  TnLanguage language;                  /* of it, or of the first one */
  const char *rest;                     /* (unowned) of the path, behind what the route names */
  gint64 now_us;
  char *council;      /* (owned) (nullable) id of the one they speak for */
  char *token;        /* (owned) (nullable) of their session; NULL: the proxy says who it is */
  char *user;         /* (owned) (nullable) as the proxy says */
  char *seal_key;     /* (owned) of the website: seals the forms of those without a session */
  GCancellable *stop; /* (owned) cancelled when the site closes */
  GTask *task;        /* (owned) (nullable) to be answered with a page */
} TnReader;

TnReader *tn_reader_new (TnWebsite *website, TnDesk *desk, const TnPremises *premises,
                         TnVisit *visit);
void tn_reader_free (TnReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnReader, tn_reader_free)

void tn_reader_answer (TnReader *reader, TnWebPage *page);
TnBook *tn_reader_get_book (const TnReader *reader);
TnStore *tn_reader_get_store (const TnReader *reader);
const char *tn_reader_get_query (const TnReader *reader, const char *name);
const char *tn_reader_get_field (const TnReader *reader, const char *name);
gboolean tn_reader_knows (const TnReader *reader, const char *etag);
gboolean tn_reader_is_post (const TnReader *reader);
gboolean tn_reader_choose (TnReader *reader, const char *collaboration);
const char *tn_reader_get_council_name (const TnReader *reader, const char *council);
const TnCollaboration *tn_reader_find_home (const TnReader *reader, const char *council);
int tn_reader_get_year (const TnReader *reader);

G_END_DECLS
