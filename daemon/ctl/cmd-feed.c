/* turnusctl feed: the addresses of the sites that nobody can guess. */
#include "base/error.h"
#include "ctl/answer.h"
#include "ctl/bus.h"
#include "ctl/command.h"
#include "model/catalogue.h"

static void
print_urls (const TnCall *call, JsonObject *made)
{
  JsonArray *urls = json_object_get_array_member (made, "urls");
  g_autofree char *id = tn_answer_dup_shown (made, "id");
  if (json_array_get_length (urls) == 0)
    tn_call_print (call, tn_say (call->language,
                                 "There is no site yet: say publishers = ( … ) in turnus.conf.\n"));
  for (guint i = 0; i < json_array_get_length (urls); i++)
    tn_call_print (call, "%s\n", json_array_get_string_element (urls, i));
  tn_call_print (
      call,
      tn_say (call->language,
              "Whoever has this address can read. It is not shown again; turnusctl feed revoke "
              "%s takes it back.\n"),
      id);
}

static int
make (const TnCall *call, const char *target)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer
      = tn_bus_ask (call, "NewAddress", g_variant_new ("(s)", target), &error);
  if (answer == NULL)
    return tn_call_fail (call, error);
  if (tn_call_wants_json (call))
    tn_call_print_json (call, answer);
  else
    print_urls (call, json_node_get_object (answer));
  return TN_EXIT_DONE;
}

static int
take_back (const TnCall *call, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer
      = tn_bus_ask (call, "RevokeAddress", g_variant_new ("(s)", id), &error);
  if (answer == NULL)
    return tn_call_fail (call, error);
  g_autofree char *target = tn_answer_dup_shown (json_node_get_object (answer), "target");
  if (tn_call_wants_json (call))
    tn_call_print_json (call, answer);
  else
    tn_call_print (
        call, tn_say (call->language, "Taken back: nobody reads %s under that address any more.\n"),
        target);
  return TN_EXIT_DONE;
}

static void
print_addresses (const TnCall *call, JsonArray *addresses)
{
  for (guint i = 0; i < json_array_get_length (addresses); i++)
    {
      JsonObject *address = json_array_get_object_element (addresses, i);
      g_autofree char *id = tn_answer_dup_shown (address, "id");
      g_autofree char *target = tn_answer_dup_shown (address, "target");
      g_autofree char *made = tn_answer_dup_shown (address, "made");
      tn_call_print (call, "%s  %s  %s\n", id, made, target);
    }
  if (json_array_get_length (addresses) == 0)
    tn_call_print (call,
                   tn_say (call->language, "There is none. turnusctl feed new 7by makes one.\n"));
}

static int
list (const TnCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = tn_bus_ask (call, "Addresses", NULL, &error);
  if (answer == NULL)
    return tn_call_fail (call, error);
  if (tn_call_wants_json (call))
    tn_call_print_json (call, answer);
  else
    print_addresses (call, json_node_get_array (answer));
  return TN_EXIT_DONE;
}

static int
run (TnCall *call)
{
  const char *verb = call->n_words > 0 ? call->words[0] : "list";
  g_autoptr (GError) error = NULL;
  if (g_str_equal (verb, "list") && call->n_words <= 1)
    return list (call);
  if (g_str_equal (verb, "new") && call->n_words == 2)
    return make (call, call->words[1]);
  if (g_str_equal (verb, "revoke") && call->n_words == 2)
    return take_back (call, call->words[1]);
  g_set_error (&error, TN_ERROR, TN_ERROR_INVALID,
               "'feed %s' is not known that way, expected feed list, feed new TARGET or feed "
               "revoke ID",
               verb);
  return tn_call_fail (call, error);
}

const TnCommand tn_cmd_feed = {
  .name = "feed",
  .topic = TN_TOPIC_BEGIN,
  .see_also = "status",
  .arguments = "[list | new TARGET | revoke ID]",
  .summary = N_ ("addresses of pages and subscriptions that nobody can guess"),
  .help
  = N_ ("Makes an address of a subscription that only those have to whom you give it, and takes\n"
        "it back. TARGET is what is read under it:\n"
        "  7by              all events of the collaboration\n"
        "  7by/odense       as Odense sees them\n"
        "  7by/odense/host  those that Odense hosts\n"
        "  pages            the pages, where the settings say secret = true\n"
        "With +milestones behind it, duties as well: 7by/odense+milestones.\n\n"
        "An address is shown once, when it is made. list names each by an ID.\n\n"
        "Example\n"
        "  turnusctl feed new 7by/odense\n"
        "  turnusctl feed revoke 3f2a9c01"),
  .needs_daemon = TRUE,
  .n_max_words = 2,
  .run = run,
};
