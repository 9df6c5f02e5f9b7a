// SPDX-License-Identifier: GPL-2.0-only
/*
 * measure_mem [rounds]: what blocks of the pool cost next to pages that are mapped and locked, what
 * a read into the pool saves, and whether the allocator's cost grows with its fill. Rounds of the
 * ways that are compared alternate, so that what the host does meanwhile hits all of them.
 */
#include "measure.h"
#include "mem.h"

#define BATCH	64U
#define CHUNK	(256U << 10)
#define DISK_BYTES (32U << 20)

static int fd;
static uint64_t handles[BATCH];

static void touch_all(char *at)
{
	for (uint32_t i = 0; i < BATCH; i++)
		at[i * BLOCK] = 1;
}

static void pool_reuse(void)
{
	mem_alloc(fd, 0, handles, BATCH);
	mem_free(fd, 0, handles, BATCH);
}

static void pool_reuse_mapped(void)
{
	char *at;

	mem_alloc(fd, AI_MEM_ALLOC_RUN, handles, BATCH);
	at = mem_map(fd, handles[0], BATCH);
	touch_all(at);
	munmap(at, BATCH * BLOCK);
	mem_free(fd, 0, handles, BATCH);
}

static void pool_scrubbed(void)
{
	mem_alloc(fd, 0, handles, BATCH);
	mem_free(fd, AI_MEM_FREE_SCRUB, handles, BATCH);
}

static void mmap_mlock_touch(void)
{
	char *at = mmap(NULL, BATCH * BLOCK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(at != MAP_FAILED);
	CHECK_EQ(mlock(at, BATCH * BLOCK), 0);
	touch_all(at);
	munmap(at, BATCH * BLOCK);
}

static void compare_ways(uint32_t rounds)
{
	static const struct {
		const char *name;
		void (*run)(void);
	} ways[] = {
		{ "mmap+mlock+touch+munmap", mmap_mlock_touch },
		{ "pool alloc+free, same owner", pool_reuse },
		{ "pool alloc+mmap+touch+munmap+free, same owner", pool_reuse_mapped },
		{ "pool alloc+free, zeroed between owners", pool_scrubbed },
	};
	enum { N = sizeof(ways) / sizeof(*ways) };
	uint64_t *ns[N], base = 0;

	for (int w = 0; w < N; w++)
		ns[w] = calloc(rounds, sizeof(uint64_t));
	for (uint32_t i = 0; i < rounds + 20; i++)
		for (int w = 0; w < N; w++) {
			uint64_t from = now_ns();

			ways[w].run();
			if (i >= 20)
				ns[w][i - 20] = now_ns() - from;
		}
	for (int w = 0; w < N; w++) {
		uint64_t p50 = quantile(ns[w], rounds, 500), p99 = quantile(ns[w], rounds, 990);

		base = w ? base : p50;
		printf("# batch of %u: %s: p50 %llu ns a block, p99 %llu ns a block, %.1f times mmap+mlock+touch's speed\n",
		       BATCH, ways[w].name, (unsigned long long)p50 / BATCH, (unsigned long long)p99 / BATCH,
		       (double)base / (double)p50);
	}
}

/* Without what a file keeps at hand, so that every block comes from the pool. */
static void cost_by_fill(uint32_t rounds)
{
	static const uint32_t fills[] = { 0, 10, 25, 50, 75, 90, 95, 99 };
	uint64_t total, *held, *ns = calloc(rounds, sizeof(uint64_t));
	int holder;
	uint32_t n = 0;

	write_file("/sys/module/ai_mem/parameters/cache_blocks", "0");
	close(fd);
	fd = mem_open();
	holder = mem_open();
	total = mem_stats(fd).total_blocks;
	held = calloc(total, sizeof(uint64_t));
	for (uint32_t f = 0; f < sizeof(fills) / sizeof(*fills); f++) {
		uint64_t allocs;

		while (n + BATCH <= total * fills[f] / 100 && total - n >= 2 * BATCH) {
			mem_alloc(holder, 0, held + n, BATCH);
			n += BATCH;
		}
		for (uint32_t i = 0; i < rounds; i++) {
			uint64_t from = now_ns();

			mem_alloc(fd, 0, handles, BATCH);
			ns[i] = now_ns() - from;
			mem_free(fd, 0, handles, BATCH);
		}
		allocs = quantile(ns, rounds, 500);
		printf("# fill %u %%: ALLOC of %u: p50 %llu ns a block, p99 %llu ns a block\n", fills[f], BATCH,
		       (unsigned long long)allocs / BATCH, (unsigned long long)quantile(ns, rounds, 990) / BATCH);
	}
	close(holder);
	close(fd);
	write_file("/sys/module/ai_mem/parameters/cache_blocks", "256");
	fd = mem_open();
	free(held);
	free(ns);
}

static uint64_t cpu_us(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (uint64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000 +
	       (uint64_t)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static void read_all(const char *how, int disk, char *into, char *copy_to, uint64_t copied)
{
	uint64_t wall = now_ns(), cpu = cpu_us();

	for (uint64_t at = 0; at < DISK_BYTES; at += CHUNK) {
		CHECK_EQ(pread(disk, into, CHUNK, (off_t)at), CHUNK);
		if (copy_to)
			memcpy(copy_to, into, CHUNK);
	}
	printf("# read of %u MiB: %s: %llu MiB copied by the CPU, %llu us of CPU time, %llu ms\n", DISK_BYTES >> 20,
	       how, (unsigned long long)copied >> 20, (unsigned long long)(cpu_us() - cpu),
	       (unsigned long long)(now_ns() - wall) / 1000000);
}

static void reads(void)
{
	int direct = open("/dev/vda", O_RDONLY | O_DIRECT), buffered = open("/dev/vda", O_RDONLY);
	char *pool, *own = mmap(NULL, CHUNK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);

	if (direct < 0) {
		puts("# no block device: reads were not measured");
		return;
	}
	mem_alloc(fd, AI_MEM_ALLOC_RUN, handles, CHUNK / BLOCK);
	pool = mem_map(fd, handles[0], CHUNK / BLOCK);
	memset(pool, 1, CHUNK);
	for (int turn = 0; turn < 5; turn++) {
		write_file("/proc/sys/vm/drop_caches", "3");
		read_all("O_DIRECT into the pool", direct, pool, NULL, 0);
		read_all("O_DIRECT into own pages, then a copy to the pool", direct, own, pool, DISK_BYTES);
		write_file("/proc/sys/vm/drop_caches", "3");
		read_all("through the page cache into the pool", buffered, pool, NULL, DISK_BYTES);
	}
	munmap(pool, CHUNK);
	mem_free(fd, 0, handles, CHUNK / BLOCK);
}

int main(int argc, char **argv)
{
	uint32_t rounds = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 0) : 1000;

	CHECK(rounds > 0);
	fd = mem_open();
	compare_ways(rounds);
	cost_by_fill(rounds);
	reads();
	return 0;
}
