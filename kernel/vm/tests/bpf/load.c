// SPDX-License-Identifier: GPL-2.0-only
/*
 * load: work for the bpf programs to see until it is killed: naps, page faults, block reads, and
 * calls into a library that stands in for libcuda (cuda_standin.c).
 */
#include "../check.h"

#define PAGES 256

int cuLaunchKernel(void);
int cuStreamSynchronize(void);

static void touch_pages(void)
{
	char *at = mmap(NULL, PAGES * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(at != MAP_FAILED);
	for (int i = 0; i < PAGES; i++)
		((volatile char *)at)[i * 4096] = 1;
	munmap(at, PAGES * 4096);
}

static void read_disk(int disk, unsigned int turn)
{
	static char buffer[4096] __attribute__((aligned(4096)));

	CHECK_EQ(pread(disk, buffer, sizeof(buffer), (off_t)(turn % 4096) * 4096), (ssize_t)sizeof(buffer));
}

int main(void)
{
	int disk = open("/dev/vda", O_RDONLY | O_DIRECT);

	CHECK(disk >= 0);
	for (unsigned int turn = 0;; turn++) {
		cuLaunchKernel();
		cuLaunchKernel();
		cuStreamSynchronize();
		touch_pages();
		read_disk(disk, turn);
	}
}
