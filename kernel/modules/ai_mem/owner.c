// SPDX-License-Identifier: GPL-2.0-only
/*
 * An open file's blocks: allocation, quota, reuse, freeing.
 *
 * Zeroing is what separates owners, and it is the dearest part. So a file keeps
 * some of what it freed and gets it back unzeroed: its own bytes are no secret
 * from itself. A block is zeroed when it leaves the file for the pool, so what
 * lies in the pool is clean and a secret does not wait there for the next
 * owner. When the pool runs dry, what other files keep at hand is called in.
 */
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "../include/uapi/ai_mem.h"
#include "backing.h"
#include "owner.h"

#define SLOTS_FIRST	64U

unsigned int ai_file_quota;
unsigned int ai_global_quota;
unsigned int ai_cache_blocks = 256;

static DEFINE_MUTEX(owners_lock);
static LIST_HEAD(owners);		/* protected by owners_lock */
static u32 owners_length;		/* protected by owners_lock, read without */
static atomic_t charged_all = ATOMIC_INIT(0);
static atomic_t generations = ATOMIC_INIT(0);

static u32 next_generation(void)
{
	u32 generation;

	do {
		generation = (u32)atomic_inc_return(&generations) & AI_GENERATION_MAX;
	} while (generation == 0);
	return generation;
}

struct ai_owner *ai_owner_open(struct file *file)
{
	struct ai_owner *owner = kzalloc(sizeof(*owner), GFP_KERNEL_ACCOUNT);

	if (!owner)
		return ERR_PTR(-ENOMEM);
	kref_init(&owner->ref);
	mutex_init(&owner->lock);
	owner->mapping = file->f_mapping;
	owner->cache_max = min(READ_ONCE(ai_cache_blocks), 4096U);
	owner->cache = kvmalloc_array(max(owner->cache_max, 1U), sizeof(u32), GFP_KERNEL_ACCOUNT);
	if (!owner->cache) {
		kfree(owner);
		return ERR_PTR(-ENOMEM);
	}
	owner->opener = get_pid(task_tgid(current));
	mutex_lock(&owners_lock);
	list_add_tail(&owner->link, &owners);
	owners_length++;
	mutex_unlock(&owners_lock);
	return owner;
}

static void destroy(struct kref *ref)
{
	struct ai_owner *owner = container_of(ref, struct ai_owner, ref);

	put_pid(owner->opener);
	kvfree(owner->slots.busy);
	kvfree(owner->slots.slot);
	kvfree(owner->cache);
	kfree(owner);
}

/*
 * Raises by as many of n as the limit allows, in one step: a count that is
 * raised first and taken back would refuse others what they may have.
 */
static u32 raise_up_to(atomic_t *count, u32 n, u32 limit)
{
	int now = atomic_read(count);
	u32 got;

	do {
		got = (u32)now < limit ? min(n, limit - (u32)now) : 0;
	} while (got && !atomic_try_cmpxchg(count, &now, now + got));
	return got;
}

/* Charges as many of want as the quotas allow; says in *why what stopped it. */
static u32 charge(struct ai_owner *owner, u32 want, int *why)
{
	u32 file_limit = READ_ONCE(ai_file_quota) ?: INT_MAX;
	u32 global_limit = READ_ONCE(ai_global_quota) ?: INT_MAX;
	u32 of_file = raise_up_to(&owner->charged, want, file_limit);
	u32 of_all = raise_up_to(&charged_all, of_file, global_limit);

	if (of_all < of_file) {
		*why = -EUSERS;
		atomic_sub(of_file - of_all, &owner->charged);
	} else if (of_file < want) {
		*why = -EDQUOT;
	}
	return of_all;
}

static void uncharge(struct ai_owner *owner, u32 n)
{
	atomic_sub(n, &owner->charged);
	atomic_sub(n, &charged_all);
}

void ai_owner_discharge(struct ai_owner *owner)
{
	uncharge(owner, 1);
	kref_put(&owner->ref, destroy);
}

static void flush_cache(struct ai_owner *owner)
{
	lockdep_assert_held(&owner->lock);
	ai_backing_scrub_and_give(owner->cache, owner->cached);
	uncharge(owner, owner->cached);
	owner->cached = 0;
}

/*
 * The pool or a quota is exhausted: bring back what is only kept at hand or in
 * limbo. A file at its own quota gains nothing by what others keep.
 */
static void call_in(struct ai_owner *asker, int why)
{
	struct ai_owner *owner;

	ai_limbo_reap();
	if (why == -EDQUOT) {
		mutex_lock(&asker->lock);
		flush_cache(asker);
		mutex_unlock(&asker->lock);
		return;
	}
	mutex_lock(&owners_lock);
	list_for_each_entry(owner, &owners, link) {
		if (!READ_ONCE(owner->cached))
			continue;
		mutex_lock(&owner->lock);
		flush_cache(owner);
		mutex_unlock(&owner->lock);
	}
	mutex_unlock(&owners_lock);
}

static u32 gather_cached(struct ai_owner *owner, u32 node, u32 flags, u32 *blocks, u32 want)
{
	const struct ai_pool *pool = ai_backing_pool();
	u32 got = 0;

	if (flags & AI_MEM_ALLOC_NODE_ONLY) {
		/* Keep the others where they are. */
		for (u32 i = owner->cached; i-- > 0 && got < want;) {
			if (ai_pool_node_of(pool, owner->cache[i]) != node)
				continue;
			blocks[got++] = owner->cache[i];
			owner->cache[i] = owner->cache[--owner->cached];
		}
	} else {
		while (got < want && owner->cached)
			blocks[got++] = owner->cache[--owner->cached];
	}
	if (flags & AI_MEM_ALLOC_ZEROED)
		for (u32 i = 0; i < got; i++)
			ai_backing_scrub(blocks[i]);
	return got;
}

static u32 gather(struct ai_owner *owner, u32 node, u32 flags, u32 *blocks, u32 want, int *why)
{
	u32 got = gather_cached(owner, node, flags, blocks, want);
	u32 allowed, taken;

	*why = 0;
	if (got == want)
		return got;
	allowed = charge(owner, want - got, why);
	taken = ai_backing_take(node, flags & AI_MEM_ALLOC_NODE_ONLY, blocks + got, allowed);
	if (taken < allowed) {
		uncharge(owner, allowed - taken);
		*why = -ENOSPC;
	}
	return got + taken;
}

/* Makes room for n handles; a table that could not grow is no error while it has room. */
static void grow_slots(struct ai_owner *owner, u32 n)
{
	u32 capacity = max(owner->slots.capacity, SLOTS_FIRST);
	unsigned long *busy, *old_busy = owner->slots.busy;
	struct ai_slot *slot, *old_slot = owner->slots.slot;

	while ((u64)(owner->slots.used + n) * 2 > capacity && capacity < AI_SLOTS_MAX)
		capacity *= 2;
	if (capacity == owner->slots.capacity)
		return;
	busy = kvzalloc(capacity / 8, GFP_KERNEL_ACCOUNT);
	slot = kvcalloc(capacity, sizeof(*slot), GFP_KERNEL_ACCOUNT);
	if (!busy || !slot) {
		kvfree(busy);
		kvfree(slot);
		return;
	}
	ai_slots_adopt(&owner->slots, capacity, busy, slot);
	kvfree(old_busy);
	kvfree(old_slot);
}

static void put_back(struct ai_owner *owner, const u32 *blocks, u32 n)
{
	ai_backing_scrub_and_give(blocks, n);
	uncharge(owner, n);
}

int ai_owner_alloc(struct ai_owner *owner, u32 node, u32 flags, u32 count, u64 *handles,
		   u32 *n_done)
{
	u32 few[64], *blocks = few, got;
	int why, ret;

	*n_done = 0;
	if (count > ARRAY_SIZE(few)) {
		blocks = kmalloc_array(count, sizeof(*blocks), GFP_KERNEL);
		if (!blocks)
			return -ENOMEM;
	}
	mutex_lock(&owner->lock);
	got = gather(owner, node, flags, blocks, count, &why);
	if (got < count) {
		mutex_unlock(&owner->lock);
		call_in(owner, why);
		mutex_lock(&owner->lock);
		got += gather(owner, node, flags, blocks + got, count - got, &why);
	}
	if (why == -ENOSPC)
		ai_mem_count(failures, 1);
	else if (why)
		ai_mem_count(quota_failures, 1);
	ret = why;
	if (got == 0 || (why && (flags & AI_MEM_ALLOC_RUN))) {
		put_back(owner, blocks, got);
		goto unlock;
	}
	if (ai_slots_crowded(&owner->slots, got))
		grow_slots(owner, got);
	ret = ai_slots_put(&owner->slots, next_generation(), blocks, got,
			   flags & AI_MEM_ALLOC_RUN, handles);
	if (ret) {
		put_back(owner, blocks, got);
		goto unlock;
	}
	*n_done = got;
	ai_mem_count(allocations, got);
	ret = why;
unlock:
	mutex_unlock(&owner->lock);
	if (blocks != few)
		kfree(blocks);
	return ret;
}

/* The block has no handle any more. Where it goes depends on who else has its page. */
static void retire(struct ai_owner *owner, u32 block, bool scrub)
{
	lockdep_assert_held(&owner->lock);
	if (!ai_backing_idle(block)) {
		kref_get(&owner->ref);
		ai_limbo_add(block, owner);
	} else if (!scrub && owner->cached < owner->cache_max) {
		owner->cache[owner->cached++] = block;
	} else {
		put_back(owner, &block, 1);
	}
}

/* Handles in a row are unmapped together: one walk over the file's mappings each. */
static void unmap(struct ai_owner *owner, const u64 *handles, u32 n)
{
	u32 first = 0;

	for (u32 i = 1; i <= n; i++) {
		if (i < n && handles[i] == handles[i - 1] + 1)
			continue;
		unmap_mapping_pages(owner->mapping, handles[first], i - first, true);
		first = i;
	}
}

#define FREE_BATCH 64U

static int free_batch(struct ai_owner *owner, bool scrub, const u64 *handles, u32 count,
		      u32 *n_done)
{
	u32 busy[FREE_BATCH], n_busy = 0, done;
	u64 mapped[FREE_BATCH];
	int ret = 0;

	mutex_lock(&owner->lock);
	for (done = 0; done < count; done++) {
		u32 block;

		ret = ai_slots_clear(&owner->slots, handles[done], &block);
		if (ret)
			break;
		if (ai_backing_idle(block)) {
			retire(owner, block, scrub);
		} else {
			busy[n_busy] = block;
			mapped[n_busy++] = handles[done];
		}
	}
	mutex_unlock(&owner->lock);
	*n_done += done;
	ai_mem_count(frees, done);
	if (n_busy) {
		/*
		 * No fault can bring a page back now: the handler looks the
		 * handle up under the lock, and it is gone.
		 */
		unmap(owner, mapped, n_busy);
		mutex_lock(&owner->lock);
		for (u32 i = 0; i < n_busy; i++)
			retire(owner, busy[i], scrub);
		mutex_unlock(&owner->lock);
	}
	return ret;
}

int ai_owner_free(struct ai_owner *owner, u32 flags, const u64 *handles, u32 count, u32 *n_done)
{
	int ret = 0;

	*n_done = 0;
	while (*n_done < count && !ret)
		ret = free_batch(owner, flags & AI_MEM_FREE_SCRUB, handles + *n_done,
				 min(count - *n_done, FREE_BATCH), n_done);
	return ret;
}

int ai_owner_get_pages(struct ai_owner *owner, const u64 *handles, u32 count,
		       struct page **pages)
{
	int ret = 0;
	u32 got;

	mutex_lock(&owner->lock);
	for (got = 0; got < count; got++) {
		u32 block;

		ret = ai_slots_look(&owner->slots, handles[got], &block);
		if (ret)
			break;
		pages[got] = ai_backing_page(block);
		get_page(pages[got]);
	}
	mutex_unlock(&owner->lock);
	if (ret)
		while (got--)
			put_page(pages[got]);
	return ret;
}

int ai_owner_has_run(struct ai_owner *owner, u64 handle, u64 n)
{
	int ret = 0;

	if (n == 0 || n > AI_SLOTS_MAX - (handle & (AI_SLOTS_MAX - 1)))
		return -EINVAL;
	mutex_lock(&owner->lock);
	for (u64 i = 0; i < n && !ret; i++) {
		u32 block;

		ret = ai_slots_look(&owner->slots, handle + i, &block);
	}
	mutex_unlock(&owner->lock);
	return ret;
}

void ai_owner_close(struct ai_owner *owner)
{
	mutex_lock(&owners_lock);
	list_del(&owner->link);
	owners_length--;
	mutex_unlock(&owners_lock);

	mutex_lock(&owner->lock);
	owner->cache_max = 0;
	flush_cache(owner);
	for (u32 at = 0; at < owner->slots.capacity && owner->slots.used; at++) {
		u32 generation = owner->slots.slot[at].generation, block;

		if (at % 256 == 0)
			cond_resched();
		if (!generation)
			continue;
		ai_slots_clear(&owner->slots, ai_handle(generation, at), &block);
		ai_mem_count(frees, 1);
		retire(owner, block, true);
	}
	mutex_unlock(&owner->lock);
	kref_put(&owner->ref, destroy);
}

void ai_owner_look(struct ai_owner *owner, struct ai_owner_view *view)
{
	view->tgid = pid_vnr(owner->opener);
	view->live = READ_ONCE(owner->slots.used);
	view->charged = atomic_read(&owner->charged);
}

u32 ai_owners_count(void)
{
	return READ_ONCE(owners_length);
}

u32 ai_owners_charged(void)
{
	return atomic_read(&charged_all);
}

u32 ai_owners_view(struct ai_owner_view *views, u32 max)
{
	struct ai_owner *owner;
	u32 n = 0;

	mutex_lock(&owners_lock);
	list_for_each_entry(owner, &owners, link) {
		if (n == max)
			break;
		ai_owner_look(owner, &views[n++]);
	}
	mutex_unlock(&owners_lock);
	return n;
}
