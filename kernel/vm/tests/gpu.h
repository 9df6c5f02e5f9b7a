/* SPDX-License-Identifier: GPL-2.0-only */
/* Short ways to /dev/ai_gpu for the tests. */
#ifndef NIGHTJAR_GPU_H
#define NIGHTJAR_GPU_H

#include "mem.h"
#include <ai_gpu.h>

#define MS 1000000ULL
#define LONG_ENOUGH (60000 * MS)
#define NULL_0 AI_GPU_NULL_DEVICE(0U)
#define NULL_1 AI_GPU_NULL_DEVICE(1U)
#define LATENCY "/sys/module/ai_gpu/parameters/null_latency_us"

static inline int gpu_open(void)
{
	int fd = open("/dev/ai_gpu", O_RDWR | O_CLOEXEC);

	CHECK(fd >= 0);
	return fd;
}

static inline int gpu_try_claim(int fd, uint32_t device)
{
	struct ai_gpu_claim arg = { .size = sizeof(arg), .device = device };

	return ioctl(fd, AI_GPU_CLAIM, &arg);
}

static inline int gpu_release(int fd, uint32_t device)
{
	struct ai_gpu_claim arg = { .size = sizeof(arg), .device = device };

	return ioctl(fd, AI_GPU_RELEASE, &arg);
}

/* A file that has the device. The one before may still be on its way out. */
static inline int gpu_claimed(uint32_t device)
{
	int fd = gpu_open();

	WAIT_UNTIL(gpu_try_claim(fd, device) == 0);
	return fd;
}

static inline struct ai_gpu_request gpu_launch(uint32_t device, uint64_t n)
{
	return (struct ai_gpu_request){ .device = device, .operation = AI_GPU_LAUNCH,
					.kernel = AI_GPU_KERNEL_FACTORIAL, .arguments = { n },
					.deadline_ns = LONG_ENOUGH };
}

static inline struct ai_gpu_request gpu_copy(uint32_t device, uint32_t operation, int mem,
					     uint64_t handle, uint64_t bytes)
{
	return (struct ai_gpu_request){ .device = device, .operation = operation, .mem_fd = mem,
					.handle = handle, .bytes = bytes, .deadline_ns = LONG_ENOUGH };
}

static inline int gpu_submit_all(int fd, struct ai_gpu_request *requests, uint32_t count,
				 uint32_t *n_done)
{
	struct ai_gpu_submit arg = { .size = sizeof(arg), .count = count,
				     .requests = (uintptr_t)requests,
				     .request_size = sizeof(*requests) };
	int ret = ioctl(fd, AI_GPU_SUBMIT, &arg);

	if (n_done)
		*n_done = arg.n_done;
	return ret;
}

static inline int gpu_try(int fd, struct ai_gpu_request *request)
{
	return gpu_submit_all(fd, request, 1, NULL);
}

static inline uint64_t gpu_submit(int fd, struct ai_gpu_request request)
{
	CHECK_EQ(gpu_try(fd, &request), 0);
	CHECK(request.ticket);
	return request.ticket;
}

static inline int gpu_wait(int fd, uint64_t ticket, uint64_t timeout_ns,
			   struct ai_gpu_completion *completion)
{
	struct ai_gpu_wait arg = { .size = sizeof(arg), .ticket = ticket, .timeout_ns = timeout_ns };
	int ret = ioctl(fd, AI_GPU_WAIT, &arg);

	if (!ret && completion)
		*completion = arg.completion;
	return ret;
}

static inline struct ai_gpu_completion gpu_end(int fd, uint64_t ticket)
{
	struct ai_gpu_completion end;

	CHECK_EQ(gpu_wait(fd, ticket, LONG_ENOUGH, &end), 0);
	CHECK_EQ(end.ticket, ticket);
	CHECK_EQ(end.pad, 0);
	CHECK(end.ended_ns >= end.submitted_ns);
	CHECK(end.started_ns == 0 || (end.started_ns >= end.submitted_ns && end.ended_ns >= end.started_ns));
	return end;
}

static inline struct ai_gpu_completion gpu_do(int fd, struct ai_gpu_request request)
{
	return gpu_end(fd, gpu_submit(fd, request));
}

static inline int gpu_cancel(int fd, uint64_t ticket)
{
	struct ai_gpu_cancel arg = { .size = sizeof(arg), .ticket = ticket };

	return ioctl(fd, AI_GPU_CANCEL, &arg);
}

static inline struct ai_gpu_stats gpu_stats(int fd)
{
	struct ai_gpu_stats stats = { .size = sizeof(stats) };

	CHECK_EQ(ioctl(fd, AI_GPU_STATS, &stats), 0);
	return stats;
}

static inline uint32_t gpu_list(int fd, struct ai_gpu_device *devices, uint32_t count, uint32_t *total)
{
	struct ai_gpu_list arg = { .size = sizeof(arg), .count = count, .devices = (uintptr_t)devices,
				   .device_size = sizeof(*devices) };

	CHECK_EQ(ioctl(fd, AI_GPU_LIST, &arg), 0);
	if (total)
		*total = arg.total;
	return arg.n_done;
}

static inline struct ai_gpu_device gpu_look(int fd, uint32_t device)
{
	struct ai_gpu_device all[AI_GPU_BATCH_MAX];
	uint32_t n = gpu_list(fd, all, AI_GPU_BATCH_MAX, NULL);

	for (uint32_t i = 0; i < n; i++)
		if (all[i].device == device)
			return all[i];
	return (struct ai_gpu_device){ 0 };
}

/* The nth edu device, 0 if there are fewer. */
static inline uint32_t gpu_edu(uint32_t nth)
{
	struct ai_gpu_device all[AI_GPU_BATCH_MAX];
	int fd = gpu_open();
	uint32_t n = gpu_list(fd, all, AI_GPU_BATCH_MAX, NULL), found = 0;

	close(fd);
	for (uint32_t i = 0; i < n; i++)
		if (all[i].backend == AI_GPU_BACKEND_EDU && nth-- == 0)
			found = all[i].device;
	return found;
}

static inline void null_latency_us(const char *us)
{
	write_file(LATENCY, us);
}

static inline uint32_t factorial(uint64_t n)
{
	uint32_t product = 1;

	for (uint64_t i = 2; i <= n && i < 40; i++)
		product *= (uint32_t)i;
	return product;
}

#endif
