/* daemon/charter/scan.h — the words of a text, as libconfig's scanner sees them */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  TN_SCAN_END,
  TN_SCAN_NAME,     /* a key, or true and false */
  TN_SCAN_NUMBER,   /* whole */
  TN_SCAN_LONG,     /* whole, marked by L */
  TN_SCAN_FRACTION, /* with a point */
  TN_SCAN_STRING,   /* in quotes */
  TN_SCAN_SIGN,     /* one character of punctuation */
  TN_SCAN_FAULT     /* nothing that libconfig knows; `fault` says what */
} TnScanKind;

typedef struct
{
  TnScanKind kind;
  const char *start; /* (unowned) in the text */
  gsize length;      /* bytes */
  int line;          /* in which it begins, 1-based */
  int last_line;     /* in which it ends */
  const char *fault; /* (nullable) what was expected instead */
} TnScanWord;

/* Storage is the caller's. */
typedef struct
{
  const char *at; /* (unowned) */
  int line;
} TnScan;

TnScan tn_scan_begin (const char *text);
TnScanWord tn_scan_next (TnScan *scan);

G_END_DECLS
