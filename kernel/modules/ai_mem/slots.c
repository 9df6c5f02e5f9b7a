// SPDX-License-Identifier: GPL-2.0-only
/*
 * Handles of one open file.
 *
 * The generation is one number for all blocks of a call, so that a row of
 * slots with one generation can be mapped as one range; it comes from a
 * counter over all files, so that a handle of another file, or of an earlier
 * life of the slot, does not match. Slots are taken next-fit from a table that
 * is kept half empty: a run is nearly always found where the last one ended.
 */
#include "slots.h"

void ai_slots_adopt(struct ai_slots *slots, u32 capacity, unsigned long *busy,
		    struct ai_slot *slot)
{
	if (slots->capacity) {
		memcpy(busy, slots->busy, slots->capacity / 8);
		memcpy(slot, slots->slot, sizeof(*slot) * slots->capacity);
		/* What is new is empty: go on there. */
		slots->hint = slots->capacity;
	}
	slots->capacity = capacity;
	slots->busy = busy;
	slots->slot = slot;
}

static bool find_run(const struct ai_slots *slots, u32 from, u32 to, u32 n, u32 *start)
{
	while (from < to) {
		u32 first = find_next_zero_bit(slots->busy, to, from);
		u32 end;

		if (first >= to || to - first < n)
			return false;
		end = find_next_bit(slots->busy, first + n, first);
		if (end == first + n) {
			*start = first;
			return true;
		}
		from = end;
	}
	return false;
}

static void occupy(struct ai_slots *slots, u32 at, u32 generation, u32 block, u64 *handle)
{
	__set_bit(at, slots->busy);
	slots->slot[at].generation = generation;
	slots->slot[at].block = block;
	*handle = ai_handle(generation, at);
}

int ai_slots_put(struct ai_slots *slots, u32 generation, const u32 *blocks, u32 n, bool run,
		 u64 *handles)
{
	u32 at;

	if (AI_BROKEN(generation == 0 || generation > AI_GENERATION_MAX))
		return -EINVAL;
	if (n > slots->capacity - slots->used)
		return -ENOSPC;
	if (find_run(slots, slots->hint, slots->capacity, n, &at) ||
	    find_run(slots, 0, slots->capacity, n, &at)) {
		for (u32 i = 0; i < n; i++)
			occupy(slots, at + i, generation, blocks[i], &handles[i]);
		slots->hint = at + n;
		slots->used += n;
		return 0;
	}
	if (run)
		return -ENOSPC;
	at = 0;
	for (u32 i = 0; i < n; i++) {
		at = find_next_zero_bit(slots->busy, slots->capacity, at);
		occupy(slots, at, generation, blocks[i], &handles[i]);
	}
	slots->used += n;
	return 0;
}

int ai_slots_look(const struct ai_slots *slots, u64 handle, u32 *block)
{
	u32 at = handle & (AI_SLOTS_MAX - 1);
	u64 generation = handle >> AI_SLOT_BITS;

	if (generation == 0 || generation > AI_GENERATION_MAX)
		return -EINVAL;
	if (at >= slots->capacity || slots->slot[at].generation != generation)
		return -ESTALE;
	*block = slots->slot[at].block;
	return 0;
}

int ai_slots_clear(struct ai_slots *slots, u64 handle, u32 *block)
{
	u32 at = handle & (AI_SLOTS_MAX - 1);
	int ret = ai_slots_look(slots, handle, block);

	if (ret)
		return ret;
	slots->slot[at].generation = 0;
	slots->slot[at].block = 0;
	__clear_bit(at, slots->busy);
	slots->used--;
	return 0;
}

int ai_slots_check(const struct ai_slots *slots)
{
	u32 used = 0;

	for (u32 at = 0; at < slots->capacity; at++) {
		bool busy = test_bit(at, slots->busy);

		used += busy;
		if (busy == !slots->slot[at].generation)
			return 1;
		if (slots->slot[at].generation > AI_GENERATION_MAX)
			return 2;
	}
	if (used != slots->used)
		return 3;
	if (slots->hint > slots->capacity)
		return 4;
	return 0;
}
