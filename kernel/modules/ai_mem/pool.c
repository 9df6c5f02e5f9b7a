// SPDX-License-Identifier: GPL-2.0-only
/*
 * The pool's free blocks.
 *
 * An index stack per node, not a bitmap: a bitmap's search grows with the fill
 * unless it is hinted, and the hint then decides the cost. A stack is the same
 * two memory accesses at 0 % and at 99 %, and what was given last (and is warm
 * in the cache) is taken first. Speed beyond that comes from batches, since one
 * crossing into the kernel costs more than all that happens here.
 */
#include "pool.h"

static u32 chunks_of(u32 size)
{
	return size / AI_POOL_CHUNK_BLOCKS + !!(size % AI_POOL_CHUNK_BLOCKS);
}

u32 ai_pool_chunks(const u32 *node_sizes, u32 nnodes)
{
	u32 chunks = 0;

	for (u32 i = 0; i < nnodes; i++)
		chunks += chunks_of(node_sizes[i]);
	return chunks;
}

int ai_pool_init(struct ai_pool *pool, const u32 *node_sizes, u32 nnodes, u32 *stack, u8 *is_free,
		 u16 *chunk_used)
{
	u32 first = 0;

	if (nnodes == 0 || nnodes > AI_POOL_NODES_MAX)
		return -EINVAL;
	memset(pool, 0, sizeof(*pool));
	pool->nnodes = nnodes;
	pool->is_free = is_free;
	for (u32 i = 0; i < nnodes; i++) {
		struct ai_pool_node *node = &pool->nodes[i];

		if (node_sizes[i] > INT_MAX - first)
			return -EOVERFLOW;
		node->first = first;
		node->size = node_sizes[i];
		node->top = node->size;
		node->stack = stack + first;
		node->chunk_used = chunk_used;
		chunk_used += chunks_of(node->size);
		/* Lowest index on top, so that a fresh pool is used from its start. */
		for (u32 k = 0; k < node->size; k++)
			node->stack[k] = first + node->size - 1 - k;
		first += node->size;
	}
	pool->nblocks = first;
	memset(is_free, 1, pool->nblocks);
	memset(pool->nodes[0].chunk_used, 0,
	       sizeof(u16) * ai_pool_chunks(node_sizes, nnodes));
	return 0;
}

u32 ai_pool_node_of(const struct ai_pool *pool, u32 block)
{
	u32 node = 0;

	while (node + 1 < pool->nnodes && block >= pool->nodes[node + 1].first)
		node++;
	return node;
}

u32 ai_pool_take(struct ai_pool *pool, u32 node_index, u32 *blocks, u32 want)
{
	struct ai_pool_node *node = &pool->nodes[node_index];
	u32 got = want < node->top ? want : node->top;

	for (u32 i = 0; i < got; i++) {
		u32 block = node->stack[node->top - 1 - i];

		pool->is_free[block] = 0;
		node->chunk_used[(block - node->first) / AI_POOL_CHUNK_BLOCKS]++;
		blocks[i] = block;
	}
	WRITE_ONCE(node->top, node->top - got);
	return got;
}

/* All blocks must be of this node. Refuses, changing nothing more, at a block that is free. */
int ai_pool_give(struct ai_pool *pool, u32 node_index, const u32 *blocks, u32 n)
{
	struct ai_pool_node *node = &pool->nodes[node_index];

	for (u32 i = 0; i < n; i++) {
		u32 block = blocks[i];

		if (AI_BROKEN(block < node->first || block - node->first >= node->size))
			return -EINVAL;
		if (AI_BROKEN(pool->is_free[block]))
			return -EALREADY;
		pool->is_free[block] = 1;
		node->chunk_used[(block - node->first) / AI_POOL_CHUNK_BLOCKS]--;
		node->stack[node->top] = block;
		WRITE_ONCE(node->top, node->top + 1);
	}
	return 0;
}

u32 ai_pool_free_count(const struct ai_pool *pool)
{
	u32 free = 0;

	for (u32 i = 0; i < pool->nnodes; i++)
		free += READ_ONCE(pool->nodes[i].top);
	return free;
}

/*
 * Single blocks can not be fragmented for allocation; what this tells is how
 * much of the free memory could not be handed back in whole chunks. Read
 * without locks: a figure for people.
 */
u32 ai_pool_fragmentation_permille(const struct ai_pool *pool)
{
	u64 free = 0, partly = 0;

	for (u32 i = 0; i < pool->nnodes; i++) {
		const struct ai_pool_node *node = &pool->nodes[i];

		for (u32 c = 0; c < chunks_of(node->size); c++) {
			u32 size = node->size - c * AI_POOL_CHUNK_BLOCKS;
			u32 used = READ_ONCE(node->chunk_used[c]);

			if (size > AI_POOL_CHUNK_BLOCKS)
				size = AI_POOL_CHUNK_BLOCKS;
			if (used > size)
				used = size;
			free += size - used;
			if (used)
				partly += size - used;
		}
	}
	return free ? (u32)(partly * 1000 / free) : 0;
}

int ai_pool_check(const struct ai_pool *pool, u8 *seen)
{
	memset(seen, 0, pool->nblocks);
	for (u32 i = 0; i < pool->nnodes; i++) {
		const struct ai_pool_node *node = &pool->nodes[i];
		u32 used = 0;

		if (node->top > node->size)
			return 1;
		for (u32 k = 0; k < node->top; k++) {
			u32 block = node->stack[k];

			if (block < node->first || block - node->first >= node->size)
				return 2;
			if (seen[block]++)
				return 3;
			if (!pool->is_free[block])
				return 4;
		}
		for (u32 c = 0; c < chunks_of(node->size); c++)
			used += node->chunk_used[c];
		if (used != node->size - node->top)
			return 5;
	}
	for (u32 block = 0; block < pool->nblocks; block++)
		if (pool->is_free[block] != seen[block])
			return 6;
	return 0;
}
