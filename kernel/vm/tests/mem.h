/* SPDX-License-Identifier: GPL-2.0-only */
/* Short ways to /dev/ai_mem for the tests. */
#ifndef NIGHTJAR_MEM_H
#define NIGHTJAR_MEM_H

#include "check.h"
#include <ai_mem.h>

#define BLOCK 4096UL

static inline int mem_open(void)
{
	int fd = open("/dev/ai_mem", O_RDWR | O_CLOEXEC);

	CHECK(fd >= 0);
	return fd;
}

static inline int mem_try_alloc(int fd, uint32_t flags, uint64_t *handles, uint32_t count,
				uint32_t *n_done)
{
	struct ai_mem_alloc arg = { .size = sizeof(arg), .flags = flags, .count = count,
				    .handles = (uintptr_t)handles };
	int ret = ioctl(fd, AI_MEM_ALLOC, &arg);

	if (n_done)
		*n_done = arg.n_done;
	return ret;
}

static inline void mem_alloc(int fd, uint32_t flags, uint64_t *handles, uint32_t count)
{
	uint32_t n;

	CHECK_EQ(mem_try_alloc(fd, flags, handles, count, &n), 0);
	CHECK_EQ(n, count);
}

static inline int mem_try_free(int fd, uint32_t flags, const uint64_t *handles, uint32_t count,
			       uint32_t *n_done)
{
	struct ai_mem_free arg = { .size = sizeof(arg), .flags = flags, .count = count,
				   .handles = (uintptr_t)handles };
	int ret = ioctl(fd, AI_MEM_FREE, &arg);

	if (n_done)
		*n_done = arg.n_done;
	return ret;
}

static inline void mem_free(int fd, uint32_t flags, const uint64_t *handles, uint32_t count)
{
	uint32_t n;

	CHECK_EQ(mem_try_free(fd, flags, handles, count, &n), 0);
	CHECK_EQ(n, count);
}

static inline struct ai_mem_stats mem_stats(int fd)
{
	struct ai_mem_stats stats = { .size = sizeof(stats) };

	CHECK_EQ(ioctl(fd, AI_MEM_STATS, &stats), 0);
	CHECK_EQ(stats.size, sizeof(stats));
	return stats;
}

static inline char *mem_map(int fd, uint64_t handle, unsigned long blocks)
{
	char *at = mmap(NULL, blocks * BLOCK, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
			(off_t)(handle * BLOCK));

	CHECK(at != MAP_FAILED);
	return at;
}

/* All blocks of the pool, in one array. Returns how many. */
static inline uint32_t mem_take_all(int fd, uint64_t **handles)
{
	struct ai_mem_stats stats = mem_stats(fd);
	uint32_t n = 0, got;

	*handles = calloc(stats.total_blocks + AI_MEM_BATCH_MAX, sizeof(uint64_t));
	CHECK(*handles);
	while (mem_try_alloc(fd, 0, *handles + n, AI_MEM_BATCH_MAX, &got) == 0)
		n += got;
	CHECK_EQ(errno, ENOSPC);
	return n + got;
}

static inline void mem_free_all(int fd, const uint64_t *handles, uint32_t n)
{
	for (uint32_t i = 0; i < n; i += AI_MEM_BATCH_MAX)
		mem_free(fd, 0, handles + i, n - i < AI_MEM_BATCH_MAX ? n - i : AI_MEM_BATCH_MAX);
}

#endif
