/* Requests over the host's HTTP, which logs in, limits, follows no redirect, and asks for nothing
 * compressed where the ETag is a header (hazard 22). */
#include "client.h"

#define XML_TYPE "application/xml; charset=utf-8"

static void
add_header (GPtrArray *headers, const char *name, const char *value)
{
  if (value == NULL)
    return;
  g_ptr_array_add (headers, (gpointer) name);
  g_ptr_array_add (headers, (gpointer) value);
}

/**
 * caldav_client_send_async:
 * @request: copied
 *
 * Sends one request as it is.
 */
void
caldav_client_send_async (TurnusCalendar *self, const CaldavRequest *request,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autofree char *url = g_strconcat (self->origin, request->path, NULL);
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();
  add_header (headers, "Depth", request->depth);
  add_header (headers, "Content-Type", request->type);
  add_header (headers, "If-Match", request->if_match);
  add_header (headers, "If-None-Match", request->if_none_match);
  g_ptr_array_add (headers, NULL);
  TurnusRequest wire = { .method = request->method,
                         .url = url,
                         .headers = (const char *const *) headers->pdata,
                         .body = request->body };
  self->host->send_async (self->host_data, &wire, cancellable, callback, user_data);
}

TurnusResponse *
caldav_client_send_finish (TurnusCalendar *self, GAsyncResult *result, GError **error)
{
  return self->host->send_finish (self->host_data, result, error);
}

/**
 * caldav_client_ask_async:
 * @body: (transfer full): XML
 *
 * PROPFIND or REPORT. RFC 6578 3.2 and RFC 4791 7.8 want a Depth of 0 or 1 with reports.
 */
void
caldav_client_ask_async (TurnusCalendar *self, const char *method, const char *path,
                         const char *depth, GBytes *body, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GBytes) own = body;
  CaldavRequest request
      = { .method = method, .path = path, .depth = depth, .type = XML_TYPE, .body = own };
  caldav_client_send_async (self, &request, cancellable, callback, user_data);
}
