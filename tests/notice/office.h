/* tests/notice/office.h — a town whose daemon sends letters to a catcher */
#pragma once

#include "fakes/smtp-server.h"
#include "notice/post.h"
#include "sync/town.h"

G_BEGIN_DECLS

/* Esbjerg, Aarhus and the admin have a mailbox; today is 2026-11-22, 14:00 in Copenhagen. */
typedef struct
{
  Town *town;           /* (owned) */
  TnSmtpServer *server; /* (owned) */
  TnPost *post;         /* (owned) (nullable) */
} Office;

#define OFFICE_ESBJERG "raad@esbjerg.example"
#define OFFICE_AARHUS "raad@aarhus.example"
#define OFFICE_ADMIN "it@odense.example"

Office *office_new (void);
void office_free (Office *office);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Office, office_free)

void office_open (Office *office);
void office_restart (Office *office);
void office_look (Office *office);
void office_advance (Office *office, gint64 us);
void office_sleep_until (Office *office, int hour);
guint office_count (Office *office, const char *address);
char *office_dup_body (Office *office, guint index);
char *office_dup_subject (Office *office, guint index);

G_END_DECLS
