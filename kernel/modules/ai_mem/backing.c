// SPDX-License-Identifier: GPL-2.0-only
/*
 * The pages behind the blocks.
 *
 * Each block is an ordinary page, taken in chunks as large as the buddy
 * allocator gives and then split, so that every page has a reference count of
 * its own. That count is the truth about who uses a block: the pool holds one
 * reference, every mapping, pin, pipe, dma-buf or loan to a driver one more. A
 * freed block goes to the next owner only when the pool's is the only one left.
 */
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/nodemask.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/topology.h>
#include <linux/workqueue.h>

#include "backing.h"
#include "owner.h"

#define CHUNK_ORDER	10
#define LIMBO_TICK_MS	50
#define NONE		U32_MAX
#define BATCH		64

static struct ai_pool pool;
static struct ai_block *blocks_of_pool;
static spinlock_t node_lock[AI_POOL_NODES_MAX];	/* each protects pool.nodes[i] */
static int node_id[AI_POOL_NODES_MAX];
struct ai_mem_counters __percpu *ai_mem_counters;

/*
 * Blocks in limbo, linked through ai_block.next. limbo_lock protects the list;
 * reap_lock lets one reaper at a time take the whole list off, so that another
 * does not find it empty and call the pool exhausted.
 */
static DEFINE_SPINLOCK(limbo_lock);
static DEFINE_MUTEX(reap_lock);
static u32 limbo_head = NONE;
static u32 limbo_length;

static void limbo_tick(struct work_struct *work);
static DECLARE_DELAYED_WORK(limbo_work, limbo_tick);

static void free_pages_from(u32 end)
{
	for (u32 i = 0; i < end; i++) {
		/* Someone may still hold the page: then it goes when they let go. */
		__free_page(blocks_of_pool[i].page);
		if (i % 1024 == 0)
			cond_resched();
	}
}

/* Fills [first, first + n) from one node; returns how many it could get. */
static u32 get_pages_of(int nid, u32 first, u32 n)
{
	unsigned int order = CHUNK_ORDER;
	u32 got = 0;

	while (got < n) {
		struct page *page;

		while (order && (1U << order) > n - got)
			order--;
		page = alloc_pages_node(nid, GFP_KERNEL | __GFP_ZERO | __GFP_THISNODE |
					__GFP_NOWARN | __GFP_RETRY_MAYFAIL, order);
		if (!page) {
			if (order == 0)
				break;
			order--;
			continue;
		}
		split_page(page, order);
		for (u32 i = 0; i < 1U << order; i++)
			blocks_of_pool[first + got + i].page = page + i;
		got += 1U << order;
		cond_resched();
	}
	return got;
}

static int init_arrays(const u32 *sizes, u32 nnodes, u32 nblocks)
{
	u32 *stack = kvmalloc_array(nblocks, sizeof(*stack), GFP_KERNEL);
	u8 *is_free = kvmalloc(nblocks, GFP_KERNEL);
	u16 *chunk_used = kcalloc(ai_pool_chunks(sizes, nnodes), sizeof(*chunk_used), GFP_KERNEL);

	blocks_of_pool = kvcalloc(nblocks, sizeof(*blocks_of_pool), GFP_KERNEL);
	ai_mem_counters = alloc_percpu(struct ai_mem_counters);
	if (stack && is_free && chunk_used && blocks_of_pool && ai_mem_counters &&
	    !ai_pool_init(&pool, sizes, nnodes, stack, is_free, chunk_used))
		return 0;
	free_percpu(ai_mem_counters);
	kvfree(blocks_of_pool);
	kfree(chunk_used);
	kvfree(is_free);
	kvfree(stack);
	return -ENOMEM;
}

static void free_arrays(void)
{
	free_percpu(ai_mem_counters);
	kvfree(blocks_of_pool);
	kfree(pool.nodes[0].chunk_used);
	kvfree(pool.is_free);
	kvfree(pool.nodes[0].stack);
}

int ai_backing_init(unsigned int pool_mib)
{
	u32 sizes[AI_POOL_NODES_MAX], nnodes = 0, nblocks = 0;
	u64 per_node = ((u64)pool_mib << 20) >> PAGE_SHIFT;
	int nid, ret;

	for_each_node_state(nid, N_MEMORY) {
		if (nnodes == AI_POOL_NODES_MAX)
			break;
		if (per_node == 0 || per_node > INT_MAX - nblocks)
			return -EINVAL;
		spin_lock_init(&node_lock[nnodes]);
		node_id[nnodes] = nid;
		sizes[nnodes++] = per_node;
		nblocks += per_node;
	}
	ret = init_arrays(sizes, nnodes, nblocks);
	if (ret)
		return ret;
	for (u32 node = 0; node < nnodes; node++) {
		u32 got = get_pages_of(node_id[node], pool.nodes[node].first, sizes[node]);

		if (got < sizes[node]) {
			pr_err("ai_mem: node %d has only %u of the %u pages asked for; lower pool_mib\n",
			       node_id[node], got, sizes[node]);
			free_pages_from(pool.nodes[node].first + got);
			free_arrays();
			return -ENOMEM;
		}
	}
	return 0;
}

void ai_backing_exit(void)
{
	cancel_delayed_work_sync(&limbo_work);
	ai_limbo_reap();
	/*
	 * What is still in limbo is held by something that outlives every file
	 * (a pipe): its page goes to the kernel when that lets go, and only
	 * the debtor's record must not be lost.
	 */
	for (u32 block = limbo_head; block != NONE; block = blocks_of_pool[block].next)
		ai_owner_discharge(blocks_of_pool[block].debtor);
	limbo_head = NONE;
	limbo_length = 0;
	free_pages_from(pool.nblocks);
	free_arrays();
}

struct page *ai_backing_page(u32 block)
{
	return blocks_of_pool[block].page;
}

bool ai_backing_idle(u32 block)
{
	return page_count(blocks_of_pool[block].page) == 1;
}

void ai_backing_scrub(u32 block)
{
	clear_highpage(blocks_of_pool[block].page);
	ai_mem_count(scrubbed, 1);
}

u32 ai_backing_take(u32 node, bool node_only, u32 *blocks, u32 want)
{
	u32 got = 0;

	for (u32 i = 0; i < pool.nnodes && got < want; i++) {
		u32 at = (node + i) % pool.nnodes;

		if (i > 0 && node_only)
			break;
		if (READ_ONCE(pool.nodes[at].top) == 0)
			continue;
		spin_lock(&node_lock[at]);
		got += ai_pool_take(&pool, at, blocks + got, want - got);
		spin_unlock(&node_lock[at]);
	}
	return got;
}

void ai_backing_scrub_and_give(const u32 *blocks, u32 n)
{
	u32 done = 0;

	for (u32 i = 0; i < n; i++)
		ai_backing_scrub(blocks[i]);
	while (done < n) {
		u32 node = ai_pool_node_of(&pool, blocks[done]), end = done + 1;

		while (end < n && ai_pool_node_of(&pool, blocks[end]) == node)
			end++;
		spin_lock(&node_lock[node]);
		ai_pool_give(&pool, node, blocks + done, end - done);
		spin_unlock(&node_lock[node]);
		done = end;
	}
}

void ai_limbo_add(u32 block, struct ai_owner *debtor)
{
	spin_lock(&limbo_lock);
	blocks_of_pool[block].debtor = debtor;
	blocks_of_pool[block].next = limbo_head;
	limbo_head = block;
	limbo_length++;
	spin_unlock(&limbo_lock);
	schedule_delayed_work(&limbo_work, msecs_to_jiffies(LIMBO_TICK_MS));
}

u32 ai_limbo_count(void)
{
	return READ_ONCE(limbo_length);
}

static void leave_limbo(u32 block)
{
	struct ai_owner *debtor = blocks_of_pool[block].debtor;

	blocks_of_pool[block].debtor = NULL;
	ai_backing_scrub_and_give(&block, 1);
	ai_owner_discharge(debtor);
}

void ai_limbo_reap(void)
{
	u32 block, next, kept = NONE, last = NONE, reaped = 0;

	mutex_lock(&reap_lock);
	spin_lock(&limbo_lock);
	block = limbo_head;
	limbo_head = NONE;
	spin_unlock(&limbo_lock);
	for (; block != NONE; block = next) {
		next = blocks_of_pool[block].next;
		if (ai_backing_idle(block)) {
			leave_limbo(block);
			reaped++;
		} else {
			if (kept == NONE)
				last = block;
			blocks_of_pool[block].next = kept;
			kept = block;
		}
		cond_resched();
	}
	spin_lock(&limbo_lock);
	if (kept != NONE) {
		blocks_of_pool[last].next = limbo_head;
		limbo_head = kept;
	}
	limbo_length -= reaped;
	spin_unlock(&limbo_lock);
	mutex_unlock(&reap_lock);
}

static void limbo_tick(struct work_struct *work)
{
	ai_limbo_reap();
	if (ai_limbo_count())
		schedule_delayed_work(&limbo_work, msecs_to_jiffies(LIMBO_TICK_MS));
}

void ai_backing_counters(struct ai_mem_counters *sum)
{
	int cpu;

	memset(sum, 0, sizeof(*sum));
	for_each_possible_cpu(cpu) {
		const struct ai_mem_counters *c = per_cpu_ptr(ai_mem_counters, cpu);

		sum->allocations += c->allocations;
		sum->frees += c->frees;
		sum->failures += c->failures;
		sum->quota_failures += c->quota_failures;
		sum->scrubbed += c->scrubbed;
	}
}

const struct ai_pool *ai_backing_pool(void)
{
	return &pool;
}

int ai_backing_node_id(u32 node)
{
	return node_id[node];
}

u32 ai_backing_node_of_id(int id)
{
	u32 node = 0;

	while (node < pool.nnodes && node_id[node] != id)
		node++;
	return node;
}
