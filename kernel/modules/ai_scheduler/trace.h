/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _AI_TRACE_H
#define _AI_TRACE_H

struct ai_lease;
struct task_struct;

/* All but ai_trace_find are called with the lease lock held. */
int ai_trace_init(void);
int ai_trace_start(void);
void ai_trace_stop(void);
void ai_trace_add(struct ai_lease *lease);
void ai_trace_remove(struct ai_lease *lease);
struct ai_lease *ai_trace_find(const struct task_struct *task);

/* Implemented by lease.c: a leased thread has begun to exit. Any context that may not sleep. */
void ai_lease_task_exited(void);
/* Likewise: it, the current task, has made a child that does not run yet. RCU is held. */
void ai_lease_task_forked(const struct ai_lease *lease, struct task_struct *child);

#endif /* _AI_TRACE_H */
