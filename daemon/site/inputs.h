/* daemon/site/inputs.h — what a form asks for */
#pragma once

#include "site/reader.h"

G_BEGIN_DECLS

typedef enum
{
  TN_INPUT_EVENT = 1 << 0, /* it is about an event */
  TN_INPUT_TURN = 1 << 1,  /* it is about the turn of the event's cycle */
  TN_INPUT_OTHER = 1 << 2, /* another cycle of the series */
  TN_INPUT_DAY = 1 << 3,
  TN_INPUT_KEPT = 1 << 4, /* kept or used */
  TN_INPUT_YES_NO = 1 << 5,
  TN_INPUT_TEXT = 1 << 6,
  TN_INPUT_MILESTONE = 1 << 7
} TnInput;

typedef guint TnInputs; /* TnInput, or-ed */

void tn_inputs_add (GString *html, const TnReader *reader, const TnOccurrence *occurrence,
                    TnInputs inputs);
void tn_inputs_carry (GString *html, const TnReader *reader, TnInputs inputs);
void tn_inputs_take (const TnReader *reader, TnInputs inputs, GVariantBuilder *fields);

G_END_DECLS
