/* daemon/store/letter.h — letters that wait or went, and what was told to whom */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  TN_LETTER_DIGEST, /* all that is new, once a day */
  TN_LETTER_URGENT,
  TN_LETTER_TICKET, /* a one-time link that somebody asked for */
  TN_LETTER_TEST,
  TN_N_LETTERS
} TnLetterKind;

typedef enum
{
  TN_LETTER_WAITING,
  TN_LETTER_UNDERWAY, /* intent: committed before the server is asked; after a crash it may have it
                       */
  TN_LETTER_SENT,
  TN_LETTER_GIVEN_UP
} TnLetterState;

/* One letter to one mailbox. It keeps its Message-ID at every attempt: if the answer to one was
 * lost, the receiver can see that the next is the same. */
typedef struct
{
  char *id;      /* (owned) the Message-ID's part before the @; ids sort by time */
  char *address; /* (owned) */
  TnLetterKind kind;
  TnLetterState state;
  gboolean is_unsure; /* the answer to its last line was lost once: it may be there twice */
  char *subject;      /* (owned) */
  char *message;      /* (owned) (nullable) whole, as it is sent; NULL once it is settled */
  gint64 written_us;
  gint64 next_us;    /* the next attempt; 0 when none is to come */
  gint64 settled_us; /* 0 as long as it waits */
  guint n_tries;
  char *problem; /* (owned) (nullable) why the last attempt failed */
} TnLetter;

TnLetter *tn_letter_new (const char *id, const char *address, TnLetterKind kind);
TnLetter *tn_letter_copy (const TnLetter *letter);
void tn_letter_free (TnLetter *letter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnLetter, tn_letter_free)

const char *tn_letter_kind_to_string (TnLetterKind kind);
const char *tn_letter_state_to_string (TnLetterState state);
gboolean tn_letter_is_settled (const TnLetter *letter);

/* What a mailbox knows: of each fact the value that it was last told. */
typedef struct
{
  char *address; /* (owned) */
  char *key;     /* (owned) what it is about */
  char *value;   /* (owned) */
  gint64 at_us;
} TnTold;

TnTold *tn_told_new (const char *address, const char *key, const char *value, gint64 at_us);
void tn_told_free (TnTold *told);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnTold, tn_told_free)

G_END_DECLS
