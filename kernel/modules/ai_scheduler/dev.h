/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _AI_SCHED_DEV_H
#define _AI_SCHED_DEV_H

#include <linux/types.h>

struct ai_lease_order;
struct ai_sched_request;

extern struct miscdevice ai_sched_misc;
extern int ai_sched_group;

int ai_sched_proc_init(void);
void ai_sched_proc_exit(void);

#endif /* _AI_SCHED_DEV_H */
