// SPDX-License-Identifier: GPL-2.0-only
/* Whose memory, since when, until when: everything that can be done too late or by another. */
#include "mem.h"

static void access_after_free(void)
{
	int fd = mem_open();
	uint64_t h[4];
	char *at;

	mem_alloc(fd, AI_MEM_ALLOC_RUN, h, 4);
	at = mem_map(fd, h[0], 4);
	memset(at, 7, 4 * BLOCK);
	mem_free(fd, 0, &h[1], 1);
	CHECK_EQ(touch(at), 0);
	CHECK_EQ(touch(at + BLOCK), SIGBUS);
	CHECK_EQ(touch(at + 2 * BLOCK), 0);
	/* The slot's next life is not reached through the old mapping. */
	for (int i = 0; i < 200; i++) {
		uint64_t other;

		mem_alloc(fd, 0, &other, 1);
		CHECK_EQ(touch(at + BLOCK), SIGBUS);
		mem_free(fd, 0, &other, 1);
	}
	mem_free(fd, 0, &h[2], 2);
	mem_free(fd, 0, &h[0], 1);
	for (int i = 0; i < 4; i++)
		CHECK_EQ(touch(at + i * BLOCK), SIGBUS);
	WAIT_UNTIL(mem_stats(fd).limbo_blocks == 0);
}

static void fork_after_map(void)
{
	int fd = mem_open();
	uint64_t h[2];
	char *at;
	pid_t child;

	mem_alloc(fd, AI_MEM_ALLOC_RUN, h, 2);
	at = mem_map(fd, h[0], 2);
	at[0] = 42;
	child = fork_case();
	if (child == 0) {
		CHECK_EQ(at[0], 42);
		at[BLOCK] = 43;
		_exit(0);
	}
	reap(child);
	/* The child's end took nothing from the parent, and what it wrote is shared. */
	CHECK_EQ(at[BLOCK], 43);
	CHECK_EQ(mem_stats(fd).file_blocks, 2);
	child = fork_case();
	if (child == 0) {
		WAIT_UNTIL(touch(at) == SIGBUS);
		_exit(0);
	}
	mem_free(fd, 0, h, 2);
	reap(child);
}

static void child_uses_fd(void)
{
	int fd = mem_open();
	uint64_t h;
	pid_t child;

	mem_alloc(fd, 0, &h, 1);
	child = fork_case();
	if (child == 0) {
		char *at = mem_map(fd, h, 1);
		uint64_t own;

		at[5] = 'x';
		mem_alloc(fd, 0, &own, 1);
		_exit(0);
	}
	reap(child);
	CHECK_EQ(mem_map(fd, h, 1)[5], 'x');
	/* The open file owns, not the process: the child's block is still there. */
	CHECK_EQ(mem_stats(fd).file_blocks, 2);
}

static void fd_over_a_unix_socket(void)
{
	int pair[2], fd = mem_open();
	uint64_t h;
	pid_t child;

	CHECK_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	mem_alloc(fd, 0, &h, 1);
	mem_map(fd, h, 1)[9] = 'p';
	child = fork_case();
	if (child == 0) {
		int given, other = mem_open();

		close(fd);
		given = receive_fd(pair[1]);
		CHECK_EQ(mem_map(given, h, 1)[9], 'p');
		/* By number alone, through a file of its own, it gets nothing. */
		CHECK_FAILS(mem_try_free(other, 0, &h, 1, NULL), ESTALE);
		errno = 0;
		CHECK(mmap(NULL, BLOCK, PROT_READ, MAP_SHARED, other, (off_t)(h * BLOCK)) == MAP_FAILED);
		CHECK_EQ(errno, ESTALE);
		_exit(0);
	}
	send_fd(pair[0], fd);
	reap(child);

	/* An fd that is only in flight keeps its blocks, and gives them back when it is dropped. */
	int observer = mem_open();
	uint64_t before = mem_stats(observer).used_blocks;

	send_fd(pair[0], fd);
	munmap(mem_map(fd, h, 1), BLOCK);
	close(fd);
	CHECK_EQ(mem_stats(observer).used_blocks, before);
}

static void half_munmap(void)
{
	int fd = mem_open();
	uint64_t h[8];
	char *at;

	mem_alloc(fd, AI_MEM_ALLOC_RUN, h, 8);
	at = mem_map(fd, h[0], 8);
	for (int i = 0; i < 8; i++)
		at[i * BLOCK] = (char)i;
	CHECK_EQ(munmap(at + 2 * BLOCK, 3 * BLOCK), 0);
	CHECK_EQ(touch(at + 2 * BLOCK), SIGSEGV);
	for (int i = 0; i < 8; i++)
		if (i < 2 || i > 4)
			CHECK_EQ(at[i * BLOCK], i);
	/* The blocks are still owned, and can be mapped again with what they held. */
	CHECK_EQ(mem_map(fd, h[3], 1)[0], 3);
	mem_free(fd, 0, h, 8);
	CHECK_EQ(touch(at + 7 * BLOCK), SIGBUS);
	/* Mappings do not grow over what is not theirs. */
	errno = 0;
	CHECK(mremap(at, 2 * BLOCK, 4 * BLOCK, MREMAP_MAYMOVE) == MAP_FAILED);
}

static void moved_mapping(void)
{
	int fd = mem_open();
	uint64_t h[2];
	char *at, *to;

	mem_alloc(fd, AI_MEM_ALLOC_RUN, h, 2);
	at = mem_map(fd, h[0], 2);
	at[BLOCK] = 3;
	to = mmap(NULL, 2 * BLOCK, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(mremap(at, 2 * BLOCK, 2 * BLOCK, MREMAP_MAYMOVE | MREMAP_FIXED, to) == to);
	CHECK_EQ(to[BLOCK], 3);
	mem_free(fd, 0, h, 2);
	CHECK_EQ(touch(to + BLOCK), SIGBUS);
}

static void double_free(void)
{
	int fd = mem_open();
	uint64_t h[3], twice[3];
	uint32_t n;

	mem_alloc(fd, 0, h, 3);
	mem_free(fd, 0, h, 1);
	CHECK_FAILS(mem_try_free(fd, 0, h, 1, &n), ESTALE);
	CHECK_EQ(n, 0);
	/* In one batch: what stood before the fault is done and said so. */
	twice[0] = h[1];
	twice[1] = h[1];
	twice[2] = h[2];
	CHECK_FAILS(mem_try_free(fd, 0, twice, 3, &n), ESTALE);
	CHECK_EQ(n, 1);
	CHECK_EQ(mem_stats(fd).file_blocks, 1);
}

static void stale_generation(void)
{
	int fd = mem_open(), other = mem_open();
	uint64_t h, next, foreign;

	mem_alloc(fd, 0, &h, 1);
	mem_free(fd, 0, &h, 1);
	for (int i = 0; i < 500; i++) {
		mem_alloc(fd, 0, &next, 1);
		CHECK(next != h);
		CHECK_FAILS(mem_try_free(fd, 0, &h, 1, NULL), ESTALE);
		mem_free(fd, 0, &next, 1);
	}
	mem_alloc(other, 0, &foreign, 1);
	mem_alloc(fd, 0, &next, 1);
	CHECK(foreign != next);
	CHECK_FAILS(mem_try_free(fd, 0, &foreign, 1, NULL), ESTALE);
	h = 0;
	CHECK_FAILS(mem_try_free(fd, 0, &h, 1, NULL), EINVAL);
	h = ~0ULL;
	CHECK_FAILS(mem_try_free(fd, 0, &h, 1, NULL), EINVAL);
	h = next ^ (1ULL << AI_MEM_SLOT_BITS);
	CHECK_FAILS(mem_try_free(fd, 0, &h, 1, NULL), ESTALE);
	CHECK_EQ(mem_stats(fd).file_blocks, 1);
}

static void exhaustion_plus_one(void)
{
	int fd = mem_open(), other = mem_open();
	uint64_t *all, one, total = mem_stats(fd).total_blocks, failures = mem_stats(fd).failures;
	uint32_t n, got;

	/* What another file only keeps at hand does not count as taken. */
	for (int i = 0; i < 4; i++) {
		uint64_t h[64];

		mem_alloc(other, 0, h, 64);
		mem_free(other, 0, h, 64);
	}
	CHECK(mem_stats(other).file_charged > 0);
	n = mem_take_all(fd, &all);
	CHECK_EQ(n, total);
	CHECK_EQ(mem_stats(fd).free_blocks, 0);
	CHECK_FAILS(mem_try_alloc(fd, 0, &one, 1, &got), ENOSPC);
	CHECK_FAILS(mem_try_alloc(other, 0, &one, 1, &got), ENOSPC);
	CHECK_EQ(got, 0);
	CHECK(mem_stats(fd).failures >= failures + 3);
	mem_free(fd, AI_MEM_FREE_SCRUB, all, 3);
	CHECK_FAILS(mem_try_alloc(other, 0, all, 4, &got), ENOSPC);
	CHECK_EQ(got, 3);
	CHECK_FAILS(mem_try_alloc(other, AI_MEM_ALLOC_RUN, &one, 1, &got), ENOSPC);
	close(fd);
	WAIT_UNTIL(mem_stats(other).free_blocks == total - 3);
	free(all);
}

static void older_and_newer_struct_size(void)
{
	struct { struct ai_mem_stats known; uint64_t future[4]; } newer = { 0 };
	struct ai_mem_stats older;
	struct { struct ai_mem_alloc known; uint64_t future; } alloc = { 0 };
	struct ai_mem_version version = { .size = 16 };
	int fd = mem_open();
	uint64_t h;

	newer.known.size = sizeof(newer);
	CHECK_EQ(ioctl(fd, AI_MEM_STATS, &newer), 0);
	CHECK_EQ(newer.known.size, sizeof(newer.known));
	CHECK(newer.known.total_blocks > 0);
	newer.known = (struct ai_mem_stats){ .size = sizeof(newer) };
	newer.future[3] = 1;
	CHECK_FAILS(ioctl(fd, AI_MEM_STATS, &newer), E2BIG);

	memset(&older, 0xee, sizeof(older));
	older.size = offsetof(struct ai_mem_stats, limbo_blocks);
	older.flags = 0;
	CHECK_EQ(ioctl(fd, AI_MEM_STATS, &older), 0);
	CHECK_EQ(older.size, sizeof(older));
	CHECK_EQ(older.limbo_blocks, 0xeeeeeeeeeeeeeeeeULL);
	older.size = 8;
	older.flags = 0;
	CHECK_FAILS(ioctl(fd, AI_MEM_STATS, &older), EINVAL);
	older.size = 1 << 20;
	CHECK_FAILS(ioctl(fd, AI_MEM_STATS, &older), E2BIG);

	alloc.known = (struct ai_mem_alloc){ .size = sizeof(alloc), .count = 1, .handles = (uintptr_t)&h };
	CHECK_EQ(ioctl(fd, AI_MEM_ALLOC, &alloc), 0);
	CHECK_EQ(alloc.known.n_done, 1);
	alloc.known = (struct ai_mem_alloc){ .size = offsetof(struct ai_mem_alloc, node), .count = 1,
					     .handles = (uintptr_t)&h };
	alloc.known.node = 0xffff; /* beyond the size given: not read */
	CHECK_EQ(ioctl(fd, AI_MEM_ALLOC, &alloc), 0);
	CHECK_EQ(mem_stats(fd).file_blocks, 2);

	CHECK_EQ(ioctl(fd, AI_MEM_VERSION, &version), 0);
	CHECK_EQ(version.major, AI_MEM_ABI_MAJOR);
	CHECK_EQ(version.size, sizeof(version));
}

static void arguments_are_checked(void)
{
	int fd = mem_open();
	uint64_t h[4];
	struct ai_mem_alloc good = { .size = sizeof(good), .count = 1, .handles = (uintptr_t)h }, bad;

	bad = good, bad.flags = 1U << 31;
	CHECK_FAILS(ioctl(fd, AI_MEM_ALLOC, &bad), EINVAL);
	bad = good, bad.pad = 1;
	CHECK_FAILS(ioctl(fd, AI_MEM_ALLOC, &bad), EINVAL);
	bad = good, bad.count = 0;
	CHECK_FAILS(ioctl(fd, AI_MEM_ALLOC, &bad), EINVAL);
	bad = good, bad.count = AI_MEM_BATCH_MAX + 1;
	CHECK_FAILS(ioctl(fd, AI_MEM_ALLOC, &bad), EINVAL);
	bad = good, bad.n_done = 1;
	CHECK_FAILS(ioctl(fd, AI_MEM_ALLOC, &bad), EINVAL);
	bad = good, bad.node = 500;
	CHECK_FAILS(ioctl(fd, AI_MEM_ALLOC, &bad), EINVAL);
	bad = good, bad.node = ~0U;
	CHECK_FAILS(ioctl(fd, AI_MEM_ALLOC, &bad), EINVAL);
	bad = good, bad.handles = 8;
	CHECK_FAILS(ioctl(fd, AI_MEM_ALLOC, &bad), EFAULT);
	bad = good, bad.handles = ~0ULL << 47;
	CHECK_FAILS(ioctl(fd, AI_MEM_ALLOC, &bad), EFAULT);
	/* Handles that could not be told are not kept. */
	CHECK_EQ(mem_stats(fd).file_blocks, 0);
	CHECK_FAILS(ioctl(fd, AI_MEM_ALLOC, NULL), EFAULT);
	CHECK_FAILS(ioctl(fd, _IOWR(AI_MEM_IOC, 0x7f, struct ai_mem_head), &good), ENOTTY);

	mem_alloc(fd, AI_MEM_ALLOC_RUN, h, 4);
	CHECK(mmap(NULL, BLOCK, PROT_READ, MAP_PRIVATE, fd, (off_t)(h[0] * BLOCK)) == MAP_FAILED);
	CHECK_EQ(errno, EINVAL);
	CHECK(mmap(NULL, BLOCK, PROT_READ | PROT_EXEC, MAP_SHARED, fd, (off_t)(h[0] * BLOCK)) == MAP_FAILED);
	CHECK_EQ(errno, EPERM);
	CHECK(mmap(NULL, 5 * BLOCK, PROT_READ, MAP_SHARED, fd, (off_t)(h[0] * BLOCK)) == MAP_FAILED);
	CHECK_EQ(errno, ESTALE);
	CHECK(mmap(NULL, BLOCK, PROT_READ, MAP_SHARED, fd, 0) == MAP_FAILED);
	CHECK_EQ(errno, EINVAL);
	CHECK(mmap(NULL, 64UL << 30, PROT_READ, MAP_SHARED, fd, (off_t)(h[0] * BLOCK)) == MAP_FAILED);
	CHECK_EQ(mprotect(mem_map(fd, h[0], 1), BLOCK, PROT_READ | PROT_EXEC), -1);
	CHECK_EQ(mem_stats(fd).file_blocks, 4);
}

/* The arrays that a call reads and writes may lie in the pool itself. */
static void arguments_in_the_pool(void)
{
	int fd = mem_open();
	uint64_t h, *inside;
	struct ai_mem_alloc *arg;

	mem_alloc(fd, 0, &h, 1);
	inside = (uint64_t *)mem_map(fd, h, 1);
	arg = (struct ai_mem_alloc *)(inside + 256);
	*arg = (struct ai_mem_alloc){ .size = sizeof(*arg), .count = 100, .handles = (uintptr_t)inside };
	CHECK_EQ(ioctl(fd, AI_MEM_ALLOC, arg), 0);
	CHECK_EQ(arg->n_done, 100);
	/* Not touched yet: the copy to user space itself faults the page in. */
	mem_alloc(fd, 0, &h, 1);
	mem_free(fd, 0, inside, 100);
	inside = (uint64_t *)mem_map(fd, h, 1);
	mem_alloc(fd, 0, inside, 60);
	/* A batch that frees the page it is read from. */
	inside[60] = h;
	mem_free(fd, 0, inside, 61);
	CHECK_EQ(touch(inside), SIGBUS);
}

static void never_see_each_others_bytes(void)
{
	int observer = mem_open();
	uint64_t total = mem_stats(observer).total_blocks;

	for (int turn = 0; turn < 4; turn++) {
		pid_t child = fork_case();

		if (child == 0) {
			int fd = mem_open();
			uint64_t *all;
			uint32_t n = mem_take_all(fd, &all);

			CHECK_EQ(n, total);
			for (uint32_t i = 0; i < n; i++) {
				char *at = mem_map(fd, all[i], 1);

				for (unsigned long k = 0; k < BLOCK; k += 8)
					CHECK_EQ(*(uint64_t *)(at + k), 0);
				memset(at, 0x5a, BLOCK);
				/* Half of them stay mapped, some are freed, the rest is left to the end. */
				if (i % 2)
					munmap(at, BLOCK);
				if (i % 5 == 0)
					mem_free(fd, 0, &all[i], 1);
			}
			if (turn % 2)
				raise(SIGKILL);
			_exit(0);
		}
		int status;

		CHECK_EQ(waitpid(child, &status, 0), child);
		CHECK(turn % 2 ? WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL :
			WIFEXITED(status) && WEXITSTATUS(status) == 0);
		WAIT_UNTIL(mem_stats(observer).free_blocks == total);
	}
}

static void own_blocks_come_back_as_they_were(void)
{
	int fd = mem_open();
	uint64_t h, scrubbed;

	mem_alloc(fd, 0, &h, 1);
	char *at = mem_map(fd, h, 1);

	at[0] = 77;
	munmap(at, BLOCK);
	scrubbed = mem_stats(fd).scrubbed;
	mem_free(fd, 0, &h, 1);
	mem_alloc(fd, 0, &h, 1);
	CHECK_EQ(mem_map(fd, h, 1)[0], 77);
	CHECK_EQ(mem_stats(fd).scrubbed, scrubbed);
	munmap(mem_map(fd, h, 1), BLOCK);

	/* With ZEROED not even one's own. */
	int second = mem_open();

	mem_alloc(second, 0, &h, 1);
	at = mem_map(second, h, 1);
	at[0] = 78;
	munmap(at, BLOCK);
	mem_free(second, 0, &h, 1);
	mem_alloc(second, AI_MEM_ALLOC_ZEROED, &h, 1);
	CHECK_EQ(mem_map(second, h, 1)[0], 0);

	/* With SCRUB nothing is kept at hand. */
	mem_free(second, AI_MEM_FREE_SCRUB, &h, 1);
	WAIT_UNTIL(mem_stats(second).file_charged == 0);
}

static void kill_9_of_an_owner(void)
{
	int observer = mem_open(), ready[2];
	struct ai_mem_stats before = mem_stats(observer), after;
	pid_t child;
	char byte;

	CHECK_EQ(pipe(ready), 0);
	child = fork_case();
	if (child == 0) {
		int fd = mem_open();
		uint64_t h[512];

		mem_alloc(fd, AI_MEM_ALLOC_RUN, h, 512);
		memset(mem_map(fd, h[0], 512), 1, 512 * BLOCK);
		CHECK_EQ(write(ready[1], "x", 1), 1);
		for (;;)
			mem_alloc(fd, 0, h, 8), mem_free(fd, 0, h, 8);
	}
	CHECK_EQ(read(ready[0], &byte, 1), 1);
	CHECK_EQ(mem_stats(observer).owners, before.owners + 1);
	kill(child, SIGKILL);
	CHECK_EQ(waitpid(child, NULL, 0), child);
	WAIT_UNTIL(mem_stats(observer).owners == before.owners);
	after = mem_stats(observer);
	CHECK_EQ(after.free_blocks, before.free_blocks);
	CHECK_EQ(after.used_blocks, before.used_blocks);
	CHECK_EQ(after.limbo_blocks, 0);
}

static volatile sig_atomic_t storm;

static void on_storm(int signal)
{
	(void)signal;
	storm++;
}

static void signal_storm(void)
{
	struct sigaction act = { .sa_handler = on_storm };
	int fd = mem_open();
	pid_t parent = getpid(), child;

	sigaction(SIGUSR1, &act, NULL);
	child = fork_case();
	if (child == 0) {
		while (kill(parent, SIGUSR1) == 0)
			;
		_exit(0);
	}
	uint64_t end = now_ns() + 1500000000ULL;

	while (now_ns() < end) {
		uint64_t h[200];
		uint32_t n;

		CHECK_EQ(mem_try_alloc(fd, AI_MEM_ALLOC_RUN, h, 200, &n), 0);
		char *at = mem_map(fd, h[0], 200);

		for (int i = 0; i < 200; i++)
			at[i * BLOCK] = 1;
		munmap(at, 200 * BLOCK);
		CHECK_EQ(mem_try_free(fd, 0, h, 200, &n), 0);
	}
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	CHECK(storm > 0);
	CHECK_EQ(mem_stats(fd).file_blocks, 0);
}

/* A page that the kernel still uses is given to nobody, however often it is freed. */
static void freed_while_in_a_pipe(void)
{
	int fd = mem_open(), other = mem_open(), pipe_fd[2];
	uint64_t h, *all;
	struct iovec io;
	char *at, back[BLOCK];
	uint32_t n;

	CHECK_EQ(pipe(pipe_fd), 0);
	mem_alloc(fd, 0, &h, 1);
	at = mem_map(fd, h, 1);
	memset(at, 'v', BLOCK);
	io.iov_base = at;
	io.iov_len = BLOCK;
	CHECK_EQ(vmsplice(pipe_fd[1], &io, 1, 0), BLOCK);
	mem_free(fd, 0, &h, 1);
	CHECK_EQ(touch(at), SIGBUS);
	CHECK_EQ(mem_stats(fd).limbo_blocks, 1);
	CHECK_EQ(mem_stats(fd).file_charged, 1);
	n = mem_take_all(other, &all);
	CHECK_EQ(n, mem_stats(fd).total_blocks - 1);
	/* Others write all they can get; the bytes in the pipe stay. */
	for (uint32_t i = 0; i < n; i += 97)
		memset(mem_map(other, all[i], 1), 'o', BLOCK);
	CHECK_EQ(read(pipe_fd[0], back, BLOCK), BLOCK);
	for (unsigned long i = 0; i < BLOCK; i++)
		CHECK_EQ(back[i], 'v');
	WAIT_UNTIL(mem_stats(fd).limbo_blocks == 0);
	CHECK_EQ(mem_stats(fd).file_charged, 0);
	/* And it comes clean to the next. */
	mem_alloc(other, 0, &h, 1);
	CHECK_EQ(mem_map(other, h, 1)[0], 0);
	free(all);
}

static void file_closed_while_in_a_pipe(void)
{
	int fd = mem_open(), observer = mem_open(), pipe_fd[2];
	uint64_t h, total = mem_stats(observer).total_blocks;
	char *at, byte;
	struct iovec io = { .iov_len = BLOCK };

	CHECK_EQ(pipe(pipe_fd), 0);
	mem_alloc(fd, 0, &h, 1);
	at = mem_map(fd, h, 1);
	at[0] = 'q';
	io.iov_base = at;
	CHECK_EQ(vmsplice(pipe_fd[1], &io, 1, 0), BLOCK);
	munmap(at, BLOCK);
	close(fd);
	CHECK_EQ(mem_stats(observer).limbo_blocks, 1);
	CHECK_EQ(mem_stats(observer).free_blocks, total - 1);
	CHECK_EQ(read(pipe_fd[0], &byte, 1), 1);
	CHECK_EQ(byte, 'q');
	close(pipe_fd[0]);
	close(pipe_fd[1]);
	WAIT_UNTIL(mem_stats(observer).free_blocks == total);
	CHECK_EQ(mem_stats(observer).limbo_blocks, 0);
}

static void get_user_pages_works(void)
{
	int fd = mem_open(), disk = open("/dev/vda", O_RDWR | O_DIRECT);
	uint64_t h[16];
	char *at, copy[BLOCK];
	struct iovec local = { copy, BLOCK }, remote;

	mem_alloc(fd, AI_MEM_ALLOC_RUN, h, 16);
	at = mem_map(fd, h[0], 16);
	memset(at, 'w', 16 * BLOCK);
	remote = (struct iovec){ at + 3 * BLOCK, BLOCK };
	CHECK_EQ(process_vm_readv(getpid(), &local, 1, &remote, 1, 0), BLOCK);
	CHECK_EQ(copy[17], 'w');
	if (disk < 0) {
		puts("# no block device: O_DIRECT was not tried");
		return;
	}
	for (unsigned long i = 0; i < 16; i++)
		at[i * BLOCK] = (char)i;
	CHECK_EQ(pwrite(disk, at, 16 * BLOCK, 0), 16 * BLOCK);
	memset(at, 0, 16 * BLOCK);
	CHECK_EQ(pread(disk, at, 16 * BLOCK, 0), 16 * BLOCK);
	for (unsigned long i = 0; i < 16; i++)
		CHECK(at[i * BLOCK] == (char)i && at[i * BLOCK + 9] == 'w');
	/* Straight into pages that no one has touched yet. */
	munmap(at, 16 * BLOCK);
	at = mem_map(fd, h[0], 16);
	CHECK_EQ(pread(disk, at, 16 * BLOCK, 0), 16 * BLOCK);
	CHECK_EQ(at[15 * BLOCK], 15);
	mem_free(fd, 0, h, 16);
	CHECK_FAILS(pread(disk, at, BLOCK, 0), EFAULT);
	WAIT_UNTIL(mem_stats(fd).limbo_blocks == 0);
}

static void quotas(void)
{
	int a = mem_open(), b = mem_open();
	uint64_t h[64], *many = calloc(300, sizeof(*many)), before = mem_stats(a).quota_failures;
	uint32_t n;

	write_file("/sys/module/ai_mem/parameters/file_quota_blocks", "10");
	CHECK_FAILS(mem_try_alloc(a, 0, h, 11, &n), EDQUOT);
	CHECK_EQ(n, 10);
	CHECK_FAILS(mem_try_alloc(a, 0, h + 10, 1, &n), EDQUOT);
	CHECK_FAILS(mem_try_alloc(b, AI_MEM_ALLOC_RUN, h + 10, 11, &n), EDQUOT);
	CHECK_EQ(n, 0);
	CHECK_EQ(mem_stats(b).file_charged, 0);
	CHECK_EQ(mem_stats(a).file_quota, 10);
	write_file("/sys/module/ai_mem/parameters/file_quota_blocks", "0");
	/* The other files' blocks count too: keep out of what this guest's tests hold. */
	char limit[32];

	sprintf(limit, "%llu", (unsigned long long)mem_stats(a).used_blocks + 20);
	write_file("/sys/module/ai_mem/parameters/global_quota_blocks", limit);
	CHECK_FAILS(mem_try_alloc(b, 0, many, 300, &n), EUSERS);
	CHECK_EQ(n, 20);
	CHECK_FAILS(mem_try_alloc(a, 0, many + 20, 1, &n), EUSERS);
	/* What b only keeps at hand does not stand in a's way. */
	mem_free(b, 0, many, 20);
	mem_alloc(a, 0, many, 20);
	write_file("/sys/module/ai_mem/parameters/global_quota_blocks", "0");
	CHECK_EQ(mem_stats(a).quota_failures, before + 5);
	free(many);
}

static void only_the_administrator_opens(void)
{
	pid_t child = fork_case();

	if (child == 0) {
		become_nobody();
		CHECK(open("/dev/ai_mem", O_RDWR) == -1);
		CHECK(errno == EPERM || errno == EACCES);
		/* The figures are for all, the owners are not. */
		CHECK(proc_value("/proc/ai_memory", "total_blocks") > 0);
		CHECK_EQ(proc_value("/proc/ai_memory", "owner"), -1);
		_exit(0);
	}
	reap(child);
}

static void nodes(void)
{
	int fd = mem_open();
	uint64_t h[8];
	struct ai_mem_alloc arg = { .size = sizeof(arg), .flags = AI_MEM_ALLOC_NODE_ONLY, .count = 8,
				    .handles = (uintptr_t)h };

	if (mem_stats(fd).nodes < 2) {
		puts("# one NUMA node: placement was not tried");
		return;
	}
	for (uint32_t node = 0; node < 2; node++) {
		char key[32];
		long long before;

		sprintf(key, "node%u_free_blocks", node);
		before = proc_value("/proc/ai_memory", key);
		arg.node = node + 1;
		arg.n_done = 0;
		CHECK_EQ(ioctl(fd, AI_MEM_ALLOC, &arg), 0);
		CHECK_EQ(proc_value("/proc/ai_memory", key), before - 8);
		/* Kept at hand, they still belong to their node. */
		mem_free(fd, 0, h, 8);
		arg.n_done = 0;
		CHECK_EQ(ioctl(fd, AI_MEM_ALLOC, &arg), 0);
		CHECK_EQ(proc_value("/proc/ai_memory", key), before - 8);
	}
}

static void dma_buf_outlives_its_owner(void)
{
	int fd = mem_open(), observer = mem_open();
	uint64_t h[3], total = mem_stats(observer).total_blocks, stale;
	struct ai_mem_export arg = { .size = sizeof(arg), .count = 3, .handles = (uintptr_t)h };
	char *at, *shared;

	mem_alloc(fd, AI_MEM_ALLOC_RUN, h, 3);
	at = mem_map(fd, h[0], 3);
	strcpy(at + 2 * BLOCK, "through the buffer");
	CHECK_EQ(ioctl(fd, AI_MEM_EXPORT, &arg), 0);
	CHECK(fcntl(arg.fd, F_GETFD) & FD_CLOEXEC);
	CHECK_EQ(lseek(arg.fd, 0, SEEK_END), 3 * BLOCK);
	CHECK_EQ(mem_stats(fd).exports, 1);
	munmap(at, 3 * BLOCK);
	close(fd);
	shared = mmap(NULL, 3 * BLOCK, PROT_READ | PROT_WRITE, MAP_SHARED, arg.fd, 0);
	CHECK(shared != MAP_FAILED);
	CHECK(!strcmp(shared + 2 * BLOCK, "through the buffer"));
	CHECK(mmap(NULL, 4 * BLOCK, PROT_READ, MAP_SHARED, arg.fd, 0) == MAP_FAILED);
	CHECK_EQ(mem_stats(observer).limbo_blocks, 3);
	close(arg.fd);
	CHECK(!strcmp(shared + 2 * BLOCK, "through the buffer"));
	CHECK_EQ(mem_stats(observer).limbo_blocks, 3);
	munmap(shared, 3 * BLOCK);
	WAIT_UNTIL(mem_stats(observer).limbo_blocks == 0);
	CHECK_EQ(mem_stats(observer).free_blocks, total);
	CHECK_EQ(mem_stats(observer).exports, 0);
	/* None or all: one bad handle exports nothing. */
	mem_alloc(observer, 0, h, 2);
	stale = h[1];
	mem_free(observer, 0, &stale, 1);
	arg = (struct ai_mem_export){ .size = sizeof(arg), .count = 2, .handles = (uintptr_t)h };
	CHECK_FAILS(ioctl(observer, AI_MEM_EXPORT, &arg), ESTALE);
	CHECK_EQ(mem_stats(observer).exports, 0);
}

static int open_fds(void)
{
	int n = 0;

	for (int fd = 0; fd < 512; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}

/* An export that can not be told is none, and a file for reading gives nobody the right to write. */
static void exports_are_told_or_not_made(void)
{
	int fd = mem_open(), reader = open("/dev/ai_mem", O_RDONLY), before = open_fds();
	uint64_t h;
	struct ai_mem_export arg = { .size = sizeof(arg), .count = 1, .handles = (uintptr_t)&h }, *sealed;

	mem_alloc(fd, 0, &h, 1);
	sealed = mmap(NULL, BLOCK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	*sealed = arg;
	CHECK_EQ(mprotect(sealed, BLOCK, PROT_READ), 0);
	CHECK_FAILS(ioctl(fd, AI_MEM_EXPORT, sealed), EFAULT);
	CHECK_EQ(open_fds(), before);
	WAIT_UNTIL(mem_stats(fd).exports == 0);
	CHECK(reader >= 0);
	mem_alloc(reader, 0, &h, 1);
	CHECK_FAILS(ioctl(reader, AI_MEM_EXPORT, &arg), EACCES);
	CHECK(mmap(NULL, BLOCK, PROT_WRITE, MAP_SHARED, reader, (off_t)(h * BLOCK)) == MAP_FAILED);
	CHECK_EQ(errno, EACCES);
	mem_free(reader, 0, &h, 1);
}

/* A file that asks for more than there is must not get others refused what fits. */
static void a_greedy_file_costs_others_nothing(void)
{
	int modest = mem_open(), keeper = mem_open();
	uint64_t end = now_ns() + 1000000000ULL, asked = 0, h[8];
	char limit[32];
	pid_t greedy;

	mem_alloc(keeper, 0, h, 8);
	mem_free(keeper, 0, h, 8);
	sprintf(limit, "%llu", (unsigned long long)mem_stats(modest).used_blocks + 64);
	write_file("/sys/module/ai_mem/parameters/global_quota_blocks", limit);
	write_file("/sys/module/ai_mem/parameters/file_quota_blocks", "32");
	greedy = fork_case();
	if (greedy == 0) {
		int fd = mem_open();
		uint64_t many[1024];

		for (;;)
			CHECK_FAILS(mem_try_alloc(fd, AI_MEM_ALLOC_RUN, many, 1024, NULL), EDQUOT);
	}
	while (now_ns() < end) {
		mem_alloc(modest, 0, h, 8);
		mem_free(modest, AI_MEM_FREE_SCRUB, h, 8);
		asked++;
	}
	kill(greedy, SIGKILL);
	CHECK_EQ(waitpid(greedy, NULL, 0), greedy);
	/* Nor does it take from them what they keep at hand. */
	CHECK_EQ(mem_stats(keeper).file_charged, 8);
	write_file("/sys/module/ai_mem/parameters/global_quota_blocks", "0");
	write_file("/sys/module/ai_mem/parameters/file_quota_blocks", "0");
	CHECK(asked > 100);
}

/* Threads that touch, map and free the same blocks: no page may be reached after its FREE. */
static struct race {
	int fd;
	uint64_t h[16];
	char *volatile at;
	volatile bool stop;
} race;

static __thread sigjmp_buf race_return;

static void on_race(int signal)
{
	siglongjmp(race_return, signal);
}

static void *toucher(void *unused)
{
	while (!race.stop) {
		if (!sigsetjmp(race_return, 1)) {
			char *at = race.at;

			for (unsigned long i = 0; at && i < 16; i++)
				at[i * BLOCK] = 'r';
		} else {
			/* Let the other side go on: what matters is the touch in the same moment. */
			sleep_ms(1);
		}
	}
	return unused;
}

static void free_against_fault(void)
{
	struct sigaction act = { .sa_handler = on_race };
	pthread_t threads[3];
	uint64_t end = now_ns() + 3000000000ULL, rounds = 0;
	int other = mem_open();

	sigaction(SIGBUS, &act, NULL);
	sigaction(SIGSEGV, &act, NULL);
	race.fd = mem_open();
	for (int i = 0; i < 3; i++)
		CHECK_EQ(pthread_create(&threads[i], NULL, toucher, NULL), 0);
	while (now_ns() < end) {
		uint64_t stolen[16];

		mem_alloc(race.fd, AI_MEM_ALLOC_RUN, race.h, 16);
		char *at = mem_map(race.fd, race.h[0], 16);

		race.at = at;
		sched_yield();
		mem_free(race.fd, AI_MEM_FREE_SCRUB, race.h, 16);
		/* They went back to the pool; whoever gets them now finds and keeps zeroes. */
		mem_alloc(other, 0, stolen, 16);
		for (int i = 0; i < 16; i++) {
			char *page = mem_map(other, stolen[i], 1);

			for (unsigned long k = 0; k < BLOCK; k += 512)
				CHECK_EQ(page[k], 0);
			munmap(page, BLOCK);
		}
		mem_free(other, AI_MEM_FREE_SCRUB, stolen, 16);
		munmap(at, 16 * BLOCK);
		rounds++;
	}
	race.stop = true;
	for (int i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	printf("# free against fault: %llu rounds\n", (unsigned long long)rounds);
	WAIT_UNTIL(mem_stats(other).limbo_blocks == 0);
}

int main(int argc, char **argv)
{
#define CASE(name) { #name, name }
	static const struct test_case cases[] = {
		CASE(access_after_free), CASE(fork_after_map), CASE(child_uses_fd),
		CASE(fd_over_a_unix_socket), CASE(half_munmap), CASE(moved_mapping), CASE(double_free),
		CASE(stale_generation), CASE(exhaustion_plus_one), CASE(older_and_newer_struct_size),
		CASE(arguments_are_checked), CASE(arguments_in_the_pool),
		CASE(never_see_each_others_bytes), CASE(own_blocks_come_back_as_they_were),
		CASE(kill_9_of_an_owner), CASE(signal_storm), CASE(freed_while_in_a_pipe),
		CASE(file_closed_while_in_a_pipe), CASE(get_user_pages_works), CASE(quotas),
		CASE(only_the_administrator_opens), CASE(nodes), CASE(dma_buf_outlives_its_owner),
		CASE(exports_are_told_or_not_made), CASE(a_greedy_file_costs_others_nothing),
		CASE(free_against_fault),
	};
	int observer = mem_open(), failed = run_cases(cases, sizeof(cases) / sizeof(*cases), argc, argv);
	struct ai_mem_stats stats;

	/* Whatever was done above, all of it came back. */
	WAIT_UNTIL(mem_stats(observer).limbo_blocks == 0);
	stats = mem_stats(observer);
	CHECK_EQ(stats.owners, 1);
	CHECK_EQ(stats.used_blocks, 0);
	CHECK_EQ(stats.free_blocks, stats.total_blocks);
	CHECK_EQ(stats.allocations, stats.frees);
	return failed;
}
