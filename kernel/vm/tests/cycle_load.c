// SPDX-License-Identifier: GPL-2.0-only
/*
 * cycle_load TID: takes a lease on itself and one through /proc on TID, maps blocks, exports
 * some, frees some while they are mapped, has tickets on every device, says "ready", and waits
 * to be killed.
 */
#include "gpu.h"
#include "lease.h"

static void take_blocks(int mem, uint64_t *h)
{
	struct ai_mem_export export = { .size = sizeof(export), .handles = (uintptr_t)h, .count = 4 };

	mem_alloc(mem, AI_MEM_ALLOC_RUN, h, 64);
	memset(mem_map(mem, h[0], 64), 'c', 64 * BLOCK);
	CHECK_EQ(ioctl(mem, AI_MEM_EXPORT, &export), 0);
	CHECK(mmap(NULL, 4 * BLOCK, PROT_READ, MAP_SHARED, export.fd, 0) != MAP_FAILED);
	mem_free(mem, 0, h + 48, 16);
	mem_free(mem, 0, h, 2);
}

static void submit_to_all(int fd, int mem, const uint64_t *h)
{
	struct ai_gpu_device devices[AI_GPU_BATCH_MAX];
	uint32_t n = gpu_list(fd, devices, AI_GPU_BATCH_MAX, NULL);

	for (uint32_t i = 0; i < n; i++) {
		WAIT_UNTIL(gpu_try_claim(fd, devices[i].device) == 0);
		for (int k = 0; k < 6; k++)
			gpu_submit(fd, gpu_copy(devices[i].device, k % 2 ? AI_GPU_COPY_OUT : AI_GPU_COPY_IN,
						mem, h[8 + k], 4088));
		gpu_submit(fd, gpu_launch(devices[i].device, 12));
	}
}

int main(int argc, char **argv)
{
	int mem = mem_open(), fd = gpu_open(), sched = sched_open();
	char line[64];
	uint64_t h[64];

	CHECK(argc == 2);
	sched_boost(sched, getpid(), -6, 600 * SECOND);
	snprintf(line, sizeof(line), "boost %s -4 600", argv[1]);
	write_file("/proc/ai_scheduler", line);
	take_blocks(mem, h);
	submit_to_all(fd, mem, h);
	puts("ready");
	fflush(stdout);
	for (;;)
		pause();
}
