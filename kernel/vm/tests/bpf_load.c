// SPDX-License-Identifier: GPL-2.0-only
/* Work for the bpf programs to see: naps, page faults, block reads, and calls named as CUDA's. */
#include "check.h"
#include <sys/wait.h>

#define PAGES 256

__attribute__((noinline, used)) int cuLaunchKernel(void)
{
	usleep(200);
	return 0;
}

__attribute__((noinline, used)) int cuStreamSynchronize(void)
{
	usleep(2000);
	return 0;
}

static void touch_pages(void)
{
	char *at = mmap(NULL, PAGES * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(at != MAP_FAILED);
	for (int i = 0; i < PAGES; i++)
		((volatile char *)at)[i * 4096] = 1;
	munmap(at, PAGES * 4096);
}

static void read_disk(int disk, int turn)
{
	static char buffer[4096] __attribute__((aligned(4096)));

	CHECK_EQ(pread(disk, buffer, sizeof(buffer), (off_t)(turn % 4096) * 4096), (ssize_t)sizeof(buffer));
}

int main(int argc, char **argv)
{
	int disk = open("/dev/vda", O_RDONLY | O_DIRECT);
	int turns = argc > 1 ? atoi(argv[1]) : 1000;

	CHECK(disk >= 0);
	for (int turn = 0; turn < turns; turn++) {
		cuLaunchKernel();
		cuLaunchKernel();
		cuStreamSynchronize();
		touch_pages();
		read_disk(disk, turn);
	}
	return 0;
}
