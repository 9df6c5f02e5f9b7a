/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _AI_CLIENT_H
#define _AI_CLIENT_H

#include <linux/list.h>
#include <linux/types.h>
#include <linux/wait.h>

#include "../include/uapi/ai_gpu.h"

struct ai_ticket;

/*
 * One open file: what it has claimed, its tickets, and which of them ended.
 *
 * Protected by ai_gpu_lock; endings is also read without it. Owned by the file.
 */
struct ai_client {
	struct list_head claims;
	struct list_head open;		/* tickets waiting or running */
	struct list_head ended;		/* not yet told, the first that ended first */
	u32 tickets;			/* in both lists */
	u64 endings;			/* rises when a ticket ends or is told */
	wait_queue_head_t wait;
};

struct ai_client *ai_client_open(void);
void ai_client_close(struct ai_client *client);

int ai_client_claim(struct ai_client *client, u32 device);
int ai_client_release(struct ai_client *client, u32 device);
/* One checked request; mem_fd is looked up in the caller's files. */
int ai_client_submit(struct ai_client *client, const struct ai_gpu_request *request, u64 *id);
int ai_client_cancel(struct ai_client *client, u64 id);
/* Cancels it and forgets it, ended or not: its number could not be told. */
void ai_client_discard(struct ai_client *client, u64 id);

/*
 * The end of a ticket, taken out; give it to ai_client_told or, if it could not
 * be told, to ai_client_untold. ERR_PTR: -ENOENT, -ETIMEDOUT, -ERESTARTSYS.
 */
struct ai_ticket *ai_client_await(struct ai_client *client, u64 id, u64 timeout_ns);
/*
 * The first that ended, taken out; endings are those up to then. ERR_PTR: -EAGAIN
 * none has yet, -ENODATA none is left that could.
 */
struct ai_ticket *ai_client_next(struct ai_client *client, u64 *endings);
void ai_client_told(struct ai_client *client, struct ai_ticket *ticket);
void ai_client_untold(struct ai_client *client, struct ai_ticket *ticket);

/* Implemented for engine.c; called with ai_gpu_lock held. */
void ai_client_ticket_ended(struct ai_ticket *ticket);

#endif /* _AI_CLIENT_H */
