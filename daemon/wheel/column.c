/* Boxes of a column in a given order, none over another. Neighbours that would overlap become a
 * block that stands where its boxes want to be on the average: that moves them the least, in the
 * sense of squares (pool adjacent violators, Ayer et al. 1955). */
#include "wheel/column.h"

typedef struct
{
  guint n_boxes;
  double height;
  double sum; /* of where each of its boxes wants the block's top to be */
} Block;

static double
get_top (const Block *block, double top, double bottom)
{
  double wanted = block->sum / block->n_boxes;
  return CLAMP (wanted, top, MAX (top, bottom - block->height));
}

static void
add_box (GArray *blocks, const TnColumnBox *box, double top, double bottom)
{
  Block block = { 1, box->height, box->wanted };
  while (blocks->len > 0)
    {
      const Block *above = &g_array_index (blocks, Block, blocks->len - 1);
      if (get_top (above, top, bottom) + above->height <= get_top (&block, top, bottom))
        break;
      block.sum = above->sum + block.sum - block.n_boxes * above->height;
      block.height += above->height;
      block.n_boxes += above->n_boxes;
      g_array_set_size (blocks, blocks->len - 1);
    }
  g_array_append_val (blocks, block);
}

/**
 * tn_column_place:
 * @boxes: in the order that they keep; their `top` is set
 *
 * Returns: %FALSE when they are higher than the column all together; nothing is placed then
 */
gboolean
tn_column_place (TnColumnBox *boxes, guint n_boxes, double top, double bottom)
{
  double height = 0;
  for (guint i = 0; i < n_boxes; i++)
    height += boxes[i].height;
  if (height > bottom - top)
    return FALSE;
  g_autoptr (GArray) blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  for (guint i = 0; i < n_boxes; i++)
    add_box (blocks, &boxes[i], top, bottom);
  guint next = 0;
  for (guint i = 0; i < blocks->len; i++)
    {
      const Block *block = &g_array_index (blocks, Block, i);
      double at = get_top (block, top, bottom);
      for (guint j = 0; j < block->n_boxes; j++)
        {
          boxes[next].top = at;
          at += boxes[next].height;
          next++;
        }
    }
  return TRUE;
}
