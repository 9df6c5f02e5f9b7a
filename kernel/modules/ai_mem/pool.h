/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _AI_POOL_H
#define _AI_POOL_H

#include "core_env.h"

#define AI_POOL_CHUNK_BLOCKS	1024U	/* 4 MiB of 4 KiB blocks: the largest order */
#define AI_POOL_NODES_MAX	64U

/*
 * One node's free blocks, as a stack of their indices: taking and giving cost
 * the same whether the node is empty or full. The blocks are
 * [first, first + size); first is a multiple of AI_POOL_CHUNK_BLOCKS.
 *
 * Protected by the lock that its user keeps for the node; owned by the pool.
 */
struct ai_pool_node {
	u32 first;
	u32 size;
	u32 top;		/* free blocks: stack[0] .. stack[top - 1] */
	u32 *stack;
	u16 *chunk_used;	/* blocks of each chunk that are not free */
};

/*
 * Which blocks are free. Nothing here allocates: the arrays come from outside.
 *
 * Each node is protected as said above, is_free[] with the node of its block;
 * owned by whoever called ai_pool_init.
 */
struct ai_pool {
	u32 nblocks;
	u32 nnodes;
	struct ai_pool_node nodes[AI_POOL_NODES_MAX];
	u8 *is_free;		/* per block; catches a block given twice */
};

/* stack and is_free hold nblocks entries, chunk_used one per chunk of each node. */
int ai_pool_init(struct ai_pool *pool, const u32 *node_sizes, u32 nnodes, u32 *stack, u8 *is_free,
		 u16 *chunk_used);
u32 ai_pool_chunks(const u32 *node_sizes, u32 nnodes);
u32 ai_pool_node_of(const struct ai_pool *pool, u32 block);
u32 ai_pool_take(struct ai_pool *pool, u32 node, u32 *blocks, u32 want);
int ai_pool_give(struct ai_pool *pool, u32 node, const u32 *blocks, u32 n);
u32 ai_pool_free_count(const struct ai_pool *pool);
u32 ai_pool_fragmentation_permille(const struct ai_pool *pool);

/* Walks everything; 0 or the number of the invariant that does not hold. For tests. */
int ai_pool_check(const struct ai_pool *pool, u8 *seen);

#endif /* _AI_POOL_H */
