/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _AI_OWNER_H
#define _AI_OWNER_H

#include <linux/atomic.h>
#include <linux/fs.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/pid.h>

#include "slots.h"

/*
 * Who has blocks: one open file. It outlives the file while blocks of it are
 * in limbo, so that their charge has somewhere to go.
 *
 * slots, cache and cached are protected by lock. charged is atomic: it is
 * raised under lock and lowered from anywhere. link is protected by the list's
 * mutex. Owned by the file and by each of its blocks in limbo (ref).
 *
 * Lock order: mmap_lock, owners list, lock, reap_lock, then the spinlocks of
 * backing.c. lock is never held over a copy to or from user memory, because the
 * fault handler takes it.
 */
struct ai_owner {
	struct kref ref;
	struct mutex lock;		/* see above */
	struct ai_slots slots;
	u32 *cache;			/* freed by this file, kept for it, not zeroed */
	u32 cached;
	u32 cache_max;
	atomic_t charged;		/* live + cached + in limbo */
	struct list_head link;
	struct pid *opener;		/* thread group, for /proc only */
	struct address_space *mapping;	/* where this file's mappings are found */
};

/* What /proc and STATS tell of one owner. A copy: protected by nothing. */
struct ai_owner_view {
	pid_t tgid;
	u32 live;
	u32 charged;
};

extern unsigned int ai_file_quota;
extern unsigned int ai_global_quota;
extern unsigned int ai_cache_blocks;

struct ai_owner *ai_owner_open(struct file *file);
void ai_owner_close(struct ai_owner *owner);
/* One block of the owner is no longer charged; drops the block's reference. */
void ai_owner_discharge(struct ai_owner *owner);

int ai_owner_alloc(struct ai_owner *owner, u32 node, u32 flags, u32 count, u64 *handles,
		   u32 *n_done);
int ai_owner_free(struct ai_owner *owner, u32 flags, const u64 *handles, u32 count, u32 *n_done);
/* References to the pages of all handles, or of none. */
int ai_owner_get_pages(struct ai_owner *owner, const u64 *handles, u32 count,
		       struct page **pages);
/* Are n blocks from handle on, in a row, this owner's? */
int ai_owner_has_run(struct ai_owner *owner, u64 handle, u64 n);

void ai_owner_look(struct ai_owner *owner, struct ai_owner_view *view);
u32 ai_owners_count(void);
u32 ai_owners_charged(void);
u32 ai_owners_view(struct ai_owner_view *views, u32 max);

#endif /* _AI_OWNER_H */
