/* Members of JSON objects. Members stand in the order in which they are added, so that answers can
 * be compared as bytes. */
#include "ctl/json.h"

#include "model/reason.h"

/**
 * tn_json_add_text:
 * @text: (nullable): %NULL becomes `null`
 */
void
tn_json_add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

void
tn_json_add_texts (JsonBuilder *builder, const char *name, char **texts)
{
  tn_json_begin_array (builder, name);
  for (gsize i = 0; texts[i] != NULL; i++)
    json_builder_add_string_value (builder, texts[i]);
  json_builder_end_array (builder);
}

void
tn_json_add_number (JsonBuilder *builder, const char *name, gint64 number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

void
tn_json_add_flag (JsonBuilder *builder, const char *name, gboolean flag)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, flag);
}

void
tn_json_add_date (JsonBuilder *builder, const char *name, TnDate date)
{
  g_autofree char *text = tn_date_to_string (date);
  tn_json_add_text (builder, name, text);
}

/**
 * tn_json_add_reasons:
 * @reasons: (element-type TnReason): becomes an array of `rule`, `source`, `text`
 */
void
tn_json_add_reasons (JsonBuilder *builder, const char *name, const GPtrArray *reasons)
{
  tn_json_begin_array (builder, name);
  for (guint i = 0; i < reasons->len; i++)
    {
      const TnReason *reason = g_ptr_array_index (reasons, i);
      json_builder_begin_object (builder);
      tn_json_add_text (builder, "rule", reason->rule);
      tn_json_add_text (builder, "source", reason->source);
      tn_json_add_text (builder, "text", reason->text);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

void
tn_json_begin_array (JsonBuilder *builder, const char *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
}

void
tn_json_begin_object (JsonBuilder *builder, const char *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
}
