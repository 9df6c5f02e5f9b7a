// SPDX-License-Identifier: GPL-2.0-only
/*
 * Null hardware: a device of the kernel's own memory and arithmetic, for
 * machines that have none. It takes its time, ends by a timer as a device does
 * by an interrupt, and keeps to the same rules.
 */
#include <linux/highmem.h>
#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/numa.h>
#include <linux/slab.h>

#include "../include/compat.h"
#include "engine.h"

#define NULL_MEMORY	(4 * PAGE_SIZE)
#define NULL_MAX	16U

unsigned int ai_null_latency_us = 1000;

/*
 * Protected by ai_gpu_lock, save for the timer. Owned by this file while the
 * module is loaded.
 */
struct null_device {
	struct ai_engine engine;
	struct hrtimer timer;
	struct ai_op op;
	bool running;
	u64 due_ns;
	u8 memory[NULL_MEMORY];
};

static struct null_device *devices[NULL_MAX];

static struct null_device *null_of(struct ai_engine *engine)
{
	return container_of(engine, struct null_device, engine);
}

static bool null_reaches(struct ai_engine *engine, struct page *page)
{
	return true;
}

static int null_check(const struct ai_op *op)
{
	for (u32 i = 1; i < AI_GPU_ARGUMENTS; i++)
		if (op->arguments[i])
			return -EINVAL;
	return op->arguments[0] > U32_MAX ? -EINVAL : 0;
}

static int null_start(struct ai_engine *engine, const struct ai_op *op)
{
	struct null_device *device = null_of(engine);
	u64 latency_ns = min(READ_ONCE(ai_null_latency_us), 60000000U) * (u64)NSEC_PER_USEC;

	if (op->operation != AI_GPU_LAUNCH && !op->page)
		latency_ns = 0;		/* a scrub is no ticket */
	device->op = *op;
	device->running = true;
	device->due_ns = ktime_get_ns() + latency_ns;
	hrtimer_start(&device->timer, ns_to_ktime(latency_ns), HRTIMER_MODE_REL);
	return 0;
}

static u32 factorial(u64 n)
{
	u32 product = 1;

	/* From 34 on, 2^32 is among the factors. */
	if (n >= 34)
		return 0;
	for (u32 i = 2; i <= n; i++)
		product *= i;
	return product;
}

static u64 perform(struct null_device *device)
{
	const struct ai_op *op = &device->op;
	u8 *memory = device->memory + op->device_offset;

	switch (op->operation) {
	case AI_GPU_COPY_IN:
		if (op->page)
			memcpy_from_page(memory, op->page, op->page_offset, op->bytes);
		else
			memset(memory, 0, op->bytes);
		return 0;
	case AI_GPU_COPY_OUT:
		memcpy_to_page(op->page, op->page_offset, memory, op->bytes);
		return 0;
	}
	return factorial(op->arguments[0]);
}

static int null_poll(struct ai_engine *engine, u64 *result)
{
	struct null_device *device = null_of(engine);

	if (!device->running)
		return 0;
	if (ktime_get_ns() < device->due_ns)
		return -EINPROGRESS;
	device->running = false;
	*result = perform(device);
	return 0;
}

static void null_stop(struct ai_engine *engine)
{
	null_of(engine)->running = false;
}

static const struct ai_backend null_backend = {
	.name = "null",
	.number = AI_GPU_BACKEND_NULL,
	.kernels = BIT_ULL(AI_GPU_KERNEL_FACTORIAL),
	.copy_align = 1,
	.reaches = null_reaches,
	.check = null_check,
	.start = null_start,
	.poll = null_poll,
	.stop = null_stop,
};

static enum hrtimer_restart timer_ran(struct hrtimer *timer)
{
	ai_engine_interrupt(&container_of(timer, struct null_device, timer)->engine);
	return HRTIMER_NORESTART;
}

static int add(u32 n)
{
	struct null_device *device = kzalloc(sizeof(*device), GFP_KERNEL);
	int ret;

	if (!device)
		return -ENOMEM;
	ai_hrtimer_setup(&device->timer, timer_ran, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	ai_engine_init(&device->engine);
	device->engine.backend = &null_backend;
	device->engine.id = AI_GPU_NULL_DEVICE(n);
	device->engine.node = NUMA_NO_NODE;
	device->engine.memory_bytes = NULL_MEMORY;
	ret = ai_engine_add(&device->engine);
	if (ret)
		kfree(device);
	else
		devices[n] = device;
	return ret;
}

int ai_null_init(u32 count)
{
	if (count > NULL_MAX)
		return -EINVAL;
	for (u32 n = 0; n < count; n++) {
		int ret = add(n);

		if (ret) {
			ai_null_exit();
			return ret;
		}
	}
	return 0;
}

void ai_null_exit(void)
{
	for (u32 n = 0; n < NULL_MAX; n++) {
		if (!devices[n])
			continue;
		ai_engine_remove(&devices[n]->engine);
		hrtimer_cancel(&devices[n]->timer);
		kfree(devices[n]);
		devices[n] = NULL;
	}
}
