/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _AI_MEM_DEV_H
#define _AI_MEM_DEV_H

#include "../include/uapi/ai_mem.h"

struct ai_owner;
struct file;

/* NULL if the file is not /dev/ai_mem. */
struct ai_owner *ai_mem_owner_of(struct file *file);
void ai_mem_read_stats(struct ai_owner *owner, struct ai_mem_stats *stats);

extern struct miscdevice ai_mem_misc;
extern int ai_mem_group;

int ai_mem_proc_init(void);
void ai_mem_proc_exit(void);

#endif /* _AI_MEM_DEV_H */
