/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _AI_SLOTS_H
#define _AI_SLOTS_H

#include "core_env.h"

#define AI_SLOT_BITS		20
#define AI_SLOTS_MAX		(1U << AI_SLOT_BITS)
#define AI_GENERATION_MAX	0x7fffffffU	/* a handle times the page size fits in 63 bits */

struct ai_slot {
	u32 generation;		/* 0: not in use */
	u32 block;
};

/*
 * One open file's handles: slot -> block, valid for one generation.
 *
 * Protected by the lock of the file that has it; owned by that file. The
 * arrays come from outside and are replaced by larger ones by ai_slots_adopt.
 */
struct ai_slots {
	u32 capacity;		/* a multiple of 64 */
	u32 used;
	u32 hint;		/* where the last run ended */
	unsigned long *busy;
	struct ai_slot *slot;
};

static inline u64 ai_handle(u32 generation, u32 slot)
{
	return (u64)generation << AI_SLOT_BITS | slot;
}

/* The larger arrays must be zeroed. The old ones are the caller's again. */
void ai_slots_adopt(struct ai_slots *slots, u32 capacity, unsigned long *busy,
		    struct ai_slot *slot);
/* A table kept at most half full finds runs without searching. */
static inline bool ai_slots_crowded(const struct ai_slots *slots, u32 n)
{
	return (u64)(slots->used + n) * 2 > slots->capacity;
}

/* Gives n blocks handles; in a row if run is set. 0 or -ENOSPC with nothing changed. */
int ai_slots_put(struct ai_slots *slots, u32 generation, const u32 *blocks, u32 n, bool run,
		 u64 *handles);
/* 0, -EINVAL (was never a handle) or -ESTALE (not one of this file's, or not any more). */
int ai_slots_look(const struct ai_slots *slots, u64 handle, u32 *block);
int ai_slots_clear(struct ai_slots *slots, u64 handle, u32 *block);

int ai_slots_check(const struct ai_slots *slots);

#endif /* _AI_SLOTS_H */
