/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _AI_BACKING_H
#define _AI_BACKING_H

#include <linux/mm_types.h>
#include <linux/percpu.h>
#include <linux/spinlock.h>

#include "pool.h"

struct ai_owner;

/*
 * One block's page and, while it is in limbo, who is still charged for it.
 *
 * page never changes; debtor and next are protected by the limbo lock. Owned
 * by the backing.
 */
struct ai_block {
	struct page *page;
	struct ai_owner *debtor;
	u32 next;
};

/*
 * Counted per CPU, read as sums. Protected by nothing: a reader may be a
 * moment behind.
 */
struct ai_mem_counters {
	u64 allocations;
	u64 frees;
	u64 failures;
	u64 quota_failures;
	u64 scrubbed;
};

extern struct ai_mem_counters __percpu *ai_mem_counters;

#define ai_mem_count(field, n) this_cpu_add(ai_mem_counters->field, n)

int ai_backing_init(unsigned int pool_mib);
void ai_backing_exit(void);

u32 ai_backing_take(u32 node, bool node_only, u32 *blocks, u32 want);
/* Zeroes the pages, then gives them to the pool. Their pages must be unused. */
void ai_backing_scrub_and_give(const u32 *blocks, u32 n);
struct page *ai_backing_page(u32 block);
/* Is the pool the only one that holds the page? */
bool ai_backing_idle(u32 block);
void ai_backing_scrub(u32 block);

/* Limbo: blocks that were freed while their page is still in use. */
void ai_limbo_add(u32 block, struct ai_owner *debtor);
void ai_limbo_reap(void);
u32 ai_limbo_count(void);

void ai_backing_counters(struct ai_mem_counters *sum);
const struct ai_pool *ai_backing_pool(void);
int ai_backing_node_id(u32 node);
/* The pool's node for a NUMA node, or the pool's node count if it has none there. */
u32 ai_backing_node_of_id(int id);

#endif /* _AI_BACKING_H */
