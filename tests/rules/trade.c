/* Tests of traded turns: a turn is named by whose it is and which one, never by its cycle. */
#include "seven-cities.h"

#include "rules/trade.h"

static GArray *
new_trades (void)
{
  return g_array_new (FALSE, FALSE, sizeof (TnTrade));
}

static void
test_named_once (void)
{
  g_autoptr (GArray) trades = new_trades ();

  int first = tn_trade_name_turn (trades, "randers", 3, 1, "randers");
  int other = tn_trade_name_turn (trades, "odense", 3, 1, "odense");

  g_assert_cmpint (tn_trade_name_turn (trades, "randers", 3, 1, "randers"), ==, first);
  g_assert_cmpint (other, !=, first);
  g_assert_cmpint (tn_trade_name_turn (trades, "randers", 3, 2, "randers"), !=, first);
  g_assert_cmpuint (trades->len, ==, 3);
}

/* The second turn of Randers from cycle 3 on; the one in cycle 2 does not count. */
static void
test_counted (void)
{
  g_autoptr (GArray) trades = new_trades ();
  int turn = tn_trade_name_turn (trades, "randers", 3, 2, "randers");

  g_assert_cmpint (tn_trade_count_turn (trades, 2, "randers"), ==, -1);
  g_assert_cmpint (tn_trade_count_turn (trades, 3, "randers"), ==, -1);
  g_assert_cmpint (tn_trade_count_turn (trades, 4, "odense"), ==, -1);
  g_assert_cmpint (tn_trade_count_turn (trades, 10, "randers"), ==, turn);
  g_assert_cmpint (tn_trade_count_turn (trades, 17, "randers"), ==, -1);
}

/* What is agreed later holds from then on; what was put off before stays with whom it was. */
static void
test_agreed_from (void)
{
  g_autoptr (GArray) trades = new_trades ();
  int turn = tn_trade_name_turn (trades, "randers", 0, 1, "randers");
  tn_trade_agree (trades, turn, 5, "odense", NULL);
  tn_trade_agree (trades, turn, 8, "aarhus", NULL);

  g_assert_cmpstr (tn_trade_get (trades, turn, 4)->holder, ==, "randers");
  g_assert_cmpstr (tn_trade_get (trades, turn, 5)->holder, ==, "odense");
  g_assert_cmpstr (tn_trade_get (trades, turn, 9)->holder, ==, "aarhus");
  g_assert_cmpstr (tn_trade_get (trades, turn, 9)->council, ==, "randers");
}

static void
test_found_by_holder (void)
{
  g_autoptr (GArray) trades = new_trades ();
  int one = tn_trade_name_turn (trades, "randers", 0, 1, "randers");
  int other = tn_trade_name_turn (trades, "odense", 0, 1, "odense");
  tn_trade_agree (trades, one, 5, "odense", NULL);
  tn_trade_agree (trades, other, 5, "randers", NULL);

  g_assert_cmpint (tn_trade_find_by_holder (trades, "randers", -1, 4), ==, one);
  g_assert_cmpint (tn_trade_find_by_holder (trades, "randers", -1, 5), ==, other);
  g_assert_cmpint (tn_trade_find_by_holder (trades, "randers", other, 5), ==, -1);
  g_assert_cmpint (tn_trade_find_by_holder (trades, "aarhus", -1, 5), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/trade/a-turn-is-named-once", test_named_once);
  g_test_add_func ("/rules/trade/a-turn-is-counted-where-it-begins", test_counted);
  g_test_add_func ("/rules/trade/a-trade-holds-from-its-cycle-on", test_agreed_from);
  g_test_add_func ("/rules/trade/who-takes-a-turn-is-found", test_found_by_holder);
  return g_test_run ();
}
