/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _AI_GPU_DEV_H
#define _AI_GPU_DEV_H

#include "../include/uapi/ai_gpu.h"

extern struct miscdevice ai_gpu_misc;
extern int ai_gpu_group;
extern unsigned int ai_null_devices;

void ai_gpu_read_stats(struct ai_gpu_stats *stats);

int ai_gpu_proc_init(void);
void ai_gpu_proc_exit(void);

#endif /* _AI_GPU_DEV_H */
