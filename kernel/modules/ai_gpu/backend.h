/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _AI_BACKEND_H
#define _AI_BACKEND_H

#include <linux/types.h>

#include "../include/uapi/ai_gpu.h"

struct ai_engine;
struct page;

/*
 * What a device is told to do, checked. Copies go between device_offset and
 * page_offset of page; a COPY_IN without a page brings zeroes.
 *
 * Protected by the engine lock; owned by the ticket until it starts, then by
 * the engine, and the loan of page with it.
 */
struct ai_op {
	u32 operation;
	u32 kernel;
	u64 device_offset;
	u32 page_offset;
	u32 bytes;
	u64 arguments[AI_GPU_ARGUMENTS];
	struct page *page;
};

/*
 * One kind of device. All functions are called with the engine lock held, one
 * op at a time, and do not wait for the device.
 */
struct ai_backend {
	const char *name;
	u32 number;		/* AI_GPU_BACKEND_* */
	u64 kernels;		/* bit K: AI_GPU_KERNEL_ K */
	u32 copy_align;

	/* Can the device get at the page itself? */
	bool (*reaches)(struct ai_engine *engine, struct page *page);
	/* Are these arguments of a launch good? 0 or -EINVAL. */
	int (*check)(const struct ai_op *op);
	/* 0, or an error with nothing begun. Its end is told by ai_engine_interrupt. */
	int (*start)(struct ai_engine *engine, const struct ai_op *op);
	/*
	 * -EINPROGRESS, -ENODEV if it does not answer, or 0: the device is idle
	 * and has let go of the op's page.
	 */
	int (*poll)(struct ai_engine *engine, u64 *result);
	/* Then the device does not touch the op's page any more. It may go on otherwise. */
	void (*stop)(struct ai_engine *engine);
};

int ai_edu_init(void);
void ai_edu_exit(void);
int ai_null_init(u32 count);
void ai_null_exit(void);

extern unsigned int ai_edu_dma_bits;
extern bool ai_edu_msi;
extern unsigned int ai_null_latency_us;

#endif /* _AI_BACKEND_H */
