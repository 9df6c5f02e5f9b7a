/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _AI_ENGINE_H
#define _AI_ENGINE_H

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/types.h>
#include <linux/wait.h>

#include "backend.h"

struct ai_client;
struct task_struct;

#define AI_ENGINES_MAX		AI_GPU_BATCH_MAX
#define AI_DEADLINE_MAX_NS	(600 * NSEC_PER_SEC)

/*
 * One piece of work for one device.
 *
 * Protected by ai_gpu_lock; owned by its client. The engine knows it while
 * engine is set: in its queue, or as the one at work (then of_engine is empty).
 */
struct ai_ticket {
	u64 id;
	struct ai_client *client;
	struct ai_engine *engine;	/* NULL: ended */
	u32 flags;
	u64 deadline_ns;
	struct ai_op op;
	struct ai_gpu_completion completion;
	struct list_head of_client;
	struct list_head of_engine;
};

/*
 * One device that is driven, and the thread that looks after it.
 *
 * Protected by ai_gpu_lock, save for kick, interrupted and interrupt_ns, which
 * interrupts set. Owned by its backend, which embeds it and frees it after
 * ai_engine_remove. What the backend sets before ai_engine_add never changes.
 */
struct ai_engine {
	/* set by the backend */
	const struct ai_backend *backend;
	u32 id;
	int node;
	u64 memory_bytes;

	struct list_head link;
	struct task_struct *thread;
	wait_queue_head_t wake;
	bool kick;
	bool interrupted;
	u64 interrupt_ns;

	u32 state;			/* AI_GPU_STATE_* */
	bool gone;
	bool at_work;			/* op is with the device */
	struct ai_op op;
	u64 op_due_ns;			/* when patience with op ends */
	u64 poll_at_ns;			/* when to ask though no interrupt came */
	struct ai_ticket *ticket;	/* whose op it is; NULL: given up, or scrubbing */
	struct list_head queue;
	u32 n_tickets;

	struct ai_client *claimant;
	struct list_head of_claimant;
	u64 newest_ticket;		/* of this claim */
	bool newest_failed;

	bool dirty;			/* this claim has written its memory */
	bool scrub_needed;
	u64 scrubbed_to;

	u64 accounted_ns;		/* until when the following are right */
	u64 busy_ns;
	u64 window;			/* number of the current window */
	u64 window_busy_ns;
	u64 window_before_busy_ns;
	u64 done;
};

/* Protected by ai_gpu_lock; pages_lent is kept apart. */
extern struct ai_gpu_stats ai_gpu_totals;
extern unsigned int ai_drain_seconds;

/* Protects engines, clients, tickets and totals. Taken after ai_scheduler's lease lock. */
extern struct mutex ai_gpu_lock;

/* Before the device can interrupt. */
void ai_engine_init(struct ai_engine *engine);
int ai_engine_add(struct ai_engine *engine);
/* Ends its tickets with ENODEV. The device's interrupt may still call in until this returns. */
void ai_engine_remove(struct ai_engine *engine);
/* The device may have something to tell. Any context. */
void ai_engine_interrupt(struct ai_engine *engine);

/* All below are called with ai_gpu_lock held. */
struct ai_engine *ai_engine_find(u32 id);
int ai_engine_claim(struct ai_engine *engine, struct ai_client *client);
void ai_engine_release(struct ai_engine *engine);
int ai_engine_submit(struct ai_engine *engine, struct ai_ticket *ticket);
void ai_engine_cancel(struct ai_ticket *ticket);
void ai_engine_look(struct ai_engine *engine, const struct ai_client *asker,
		    struct ai_gpu_device *view);
u32 ai_engines_look(const struct ai_client *asker, struct ai_gpu_device *views, u32 max,
		    u32 *total);

/* Counts and gives back a block's page; NULL is nothing. */
void ai_engine_return_page(struct page *page);
struct page *ai_engine_borrow_page(int fd, u64 handle, bool write);
u64 ai_engine_pages_lent(void);

#endif /* _AI_ENGINE_H */
