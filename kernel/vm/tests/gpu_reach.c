// SPDX-License-Identifier: GPL-2.0-only
/* gpu_reach near|far: does the first edu device reach a block of the far node, above its DMA mask? */
#include "gpu.h"

int main(int argc, char **argv)
{
	uint32_t device = gpu_edu(0);
	int mem = mem_open(), fd = gpu_claimed(device);
	uint64_t h;
	struct ai_mem_alloc arg = { .size = sizeof(arg), .flags = AI_MEM_ALLOC_NODE_ONLY, .count = 1,
				    .handles = (uintptr_t)&h, .node = 2 };
	struct ai_gpu_request request;

	CHECK(argc == 2);
	CHECK_EQ(ioctl(mem, AI_MEM_ALLOC, &arg), 0);
	request = gpu_copy(device, AI_GPU_COPY_IN, mem, h, 64);
	if (!strcmp(argv[1], "far")) {
		CHECK_FAILS(gpu_try(fd, &request), EADDRNOTAVAIL);
		/* Refused, not copied through a buffer; and the block is not held. */
		CHECK_EQ(gpu_stats(fd).pages_lent, 0);
		mem_free(mem, AI_MEM_FREE_SCRUB, &h, 1);
		CHECK_EQ(mem_stats(mem).limbo_blocks, 0);
	} else {
		CHECK_EQ(gpu_do(fd, request).error, 0);
	}
	return 0;
}
