// SPDX-License-Identifier: GPL-2.0-only
/*
 * fuzz [calls [seed]]: random calls to the three devices from four processes, with arguments that
 * are right in most fields and wrong in some, on files that others close, share and map. It asserts
 * little: what is looked for is a kernel that complains, and figures that do not come back.
 */
#include "gpu.h"
#include "lease.h"

#define WORKERS		4
#define FILES		4
#define KEPT		64
#define WORDS		64	/* of an argument: the largest struct is smaller */

static uint64_t state;

static uint64_t any(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state * 0x2545f4914f6cdd1dULL;
}

static uint32_t below(uint32_t n)
{
	return (uint32_t)((any() >> 32) % n);
}

/* What one worker has: files of each device, numbers it was told, and memory to point to. */
static struct {
	int mem[FILES], sched[FILES], gpu[FILES];
	uint64_t handles[KEPT], leases[KEPT], tickets[KEPT];
	uint32_t devices[8];
	pid_t victim;
	uint64_t *lists;	/* 1024 words, writable */
	void *readonly;
	void *unmapped;
	uint64_t calls, well;
} me;

static uint64_t odd_number(void)
{
	static const uint64_t odd[] = { 0, 1, 2, 3, 7, 63, 64, 65, 255, 256, 1000, 1023, 1024, 1025, 4095,
		4096, 4097, 1ULL << 20, 1ULL << 31, 1ULL << 32, 1ULL << 63, ~0ULL, ~0ULL >> 1, ~0U,
		1000000, 1000000000, 600000000000ULL };

	switch (below(8)) {
	case 0: return any();
	case 1: return me.handles[below(KEPT)];
	case 2: return me.leases[below(KEPT)];
	case 3: return me.tickets[below(KEPT)];
	case 4: return 1ULL << below(64);
	default: return odd[below(sizeof(odd) / sizeof(*odd))];
	}
}

static uint64_t address(void)
{
	switch (below(24)) {
	case 0: return (uintptr_t)me.readonly;
	case 1: return (uintptr_t)me.unmapped;
	case 2: return any();
	case 3: return (uintptr_t)me.lists + 8192 - below(64);
	default: return (uintptr_t)me.lists;
	}
}

static int some_fd(void)
{
	switch (below(12)) {
	case 0: return -1;
	case 1: return below(64);
	case 2: return me.gpu[below(FILES)];
	case 3: return me.sched[below(FILES)];
	default: return me.mem[below(FILES)];
	}
}

static uint32_t struct_size(uint32_t right)
{
	switch (below(20)) {
	case 0: return right + 8;
	case 1: return right - 8;
	case 2: return below(5000);
	case 3: return 8;
	default: return right;
	}
}

static void spoil(uint64_t *argument, uint32_t words)
{
	while (below(3) == 0) {
		uint32_t at = below(words);

		if (below(2))
			argument[at] = odd_number();
		else
			((uint32_t *)argument)[at * 2 + below(2)] = (uint32_t)odd_number();
	}
}

static int call(int fd, unsigned long cmd, void *argument)
{
	int ret = ioctl(fd, cmd, argument);

	me.calls++;
	me.well += ret == 0;
	return ret;
}

static void keep(uint64_t *kept, uint64_t number)
{
	if (number)
		kept[below(KEPT)] = number;
}

static void call_mem(void)
{
	uint64_t argument[WORDS] = { 0 };
	int fd = me.mem[below(FILES)];
	uint32_t n = below(16) ? 1 + below(24) : below(1100);

	switch (below(9)) {
	case 0: case 1: case 2: {
		struct ai_mem_alloc *a = (void *)argument;

		*a = (struct ai_mem_alloc){ .size = struct_size(sizeof(*a)), .flags = below(8), .count = n,
					    .handles = address(), .node = below(4) };
		spoil(argument, sizeof(*a) / 8);
		call(fd, AI_MEM_ALLOC, a);
		for (uint32_t i = 0; i < a->n_done && i < 1024 && a->handles == (uintptr_t)me.lists; i++)
			keep(me.handles, me.lists[i]);
		break;
	}
	case 3: case 4: case 5: case 6: {
		struct ai_mem_free *a = (void *)argument;

		for (uint32_t i = 0; i < n && i < 1024; i++)
			me.lists[i] = me.handles[below(KEPT)];
		*a = (struct ai_mem_free){ .size = struct_size(sizeof(*a)), .flags = below(2),
					   .handles = address(), .count = below(4) ? 1 : n };
		spoil(argument, sizeof(*a) / 8);
		call(fd, AI_MEM_FREE, a);
		break;
	}
	case 7: {
		struct ai_mem_export *a = (void *)argument;
		int ret;

		me.lists[0] = me.handles[below(KEPT)];
		*a = (struct ai_mem_export){ .size = struct_size(sizeof(*a)), .handles = address(), .count = 1 };
		spoil(argument, sizeof(*a) / 8);
		ret = call(fd, AI_MEM_EXPORT, a);
		if (ret == 0)
			close(a->fd);
		break;
	}
	default: {
		struct ai_mem_stats *a = (void *)argument;

		a->size = struct_size(sizeof(*a));
		spoil(argument, sizeof(*a) / 8);
		call(fd, below(2) ? AI_MEM_STATS : AI_MEM_VERSION, a);
	}
	}
}

static void call_sched(void)
{
	uint64_t argument[WORDS] = { 0 };
	int fd = me.sched[below(FILES)];

	switch (below(8)) {
	case 0: case 1: {
		struct ai_sched_boost *a = (void *)argument;
		struct ai_sched_request *requests = (void *)me.lists;
		uint32_t n = 1 + below(3);

		for (uint32_t i = 0; i < n; i++) {
			requests[i] = sched_request(below(4) ? me.victim : getpid(), (int)below(40) - 20,
						    1000000ULL << below(8));
			if (below(3) == 0) {
				requests[i].flags |= 8U << below(3);
				requests[i].device = me.devices[below(8)];
			}
			spoil((uint64_t *)&requests[i], sizeof(*requests) / 8);
			/* Nobody but the fuzzer's own is to be slowed down. */
			if (requests[i].task != me.victim && requests[i].flags & AI_SCHED_TASK_TID)
				requests[i].task = getpid();
		}
		*a = (struct ai_sched_boost){ .size = struct_size(sizeof(*a)), .requests = address(),
					      .count = n, .request_size = sizeof(*requests) };
		spoil(argument, sizeof(*a) / 8);
		call(fd, AI_SCHED_BOOST, a);
		for (uint32_t i = 0; i < a->n_done && i < n; i++)
			keep(me.leases, requests[i].lease);
		break;
	}
	case 2: case 3: case 4: {
		struct ai_sched_lease *a = (void *)argument;
		bool renew = below(2);

		*a = (struct ai_sched_lease){ .size = struct_size(sizeof(*a)), .lease = me.leases[below(KEPT)],
					      .duration_ns = renew ? 1000000ULL << below(8) : 0 };
		spoil(argument, sizeof(*a) / 8);
		call(fd, renew ? AI_SCHED_RENEW : AI_SCHED_DROP, a);
		break;
	}
	case 5: {
		struct ai_sched_query *a = (void *)argument;

		a->size = struct_size(sizeof(*a));
		a->lease = me.leases[below(KEPT)];
		spoil(argument, 4);
		call(fd, AI_SCHED_QUERY, a);
		break;
	}
	case 6: {
		struct ai_sched_report *a = (void *)argument;

		*a = (struct ai_sched_report){ .size = struct_size(sizeof(*a)), .device = me.devices[below(8)],
					       .utilisation_permille = below(1100), .valid_ns = 1000000ULL << below(6) };
		spoil(argument, sizeof(*a) / 8);
		call(fd, AI_SCHED_REPORT, a);
		break;
	}
	default: {
		struct ai_sched_stats *a = (void *)argument;

		a->size = struct_size(sizeof(*a));
		spoil(argument, sizeof(*a) / 8);
		call(fd, below(2) ? AI_SCHED_STATS : AI_SCHED_VERSION, a);
	}
	}
}

static void make_request(struct ai_gpu_request *request)
{
	uint32_t device = me.devices[below(8)];

	if (below(2))
		*request = gpu_launch(device, below(40));
	else
		*request = gpu_copy(device, 1 + below(2), some_fd(), me.handles[below(KEPT)], 1 + below(4096));
	request->flags = below(4) == 0;
	request->deadline_ns = 1000000ULL << below(8);
	spoil((uint64_t *)request, sizeof(*request) / 8);
	/* Seconds of the host's time are not what is looked for here. */
	if (request->operation == AI_GPU_LAUNCH && request->arguments[0] <= ~0U)
		request->arguments[0] &= 0xffff;
}

static void call_gpu(void)
{
	uint64_t argument[WORDS] = { 0 };
	int fd = me.gpu[below(FILES)];

	switch (below(10)) {
	case 0: case 1: case 2: {
		struct ai_gpu_submit *a = (void *)argument;
		struct ai_gpu_request *requests = (void *)me.lists;
		uint32_t n = 1 + below(4);

		for (uint32_t i = 0; i < n; i++)
			make_request(&requests[i]);
		*a = (struct ai_gpu_submit){ .size = struct_size(sizeof(*a)), .requests = address(), .count = n,
					     .request_size = sizeof(*requests) };
		spoil(argument, sizeof(*a) / 8);
		call(fd, AI_GPU_SUBMIT, a);
		for (uint32_t i = 0; i < a->n_done && i < n; i++)
			keep(me.tickets, requests[i].ticket);
		break;
	}
	case 3: case 4: {
		struct ai_gpu_wait *a = (void *)argument;

		a->size = struct_size(sizeof(*a));
		a->ticket = me.tickets[below(KEPT)];
		a->timeout_ns = below(3) ? 0 : below(2000000);
		spoil(argument, 2);
		if (a->timeout_ns > 5000000)
			a->timeout_ns = ~a->timeout_ns;
		call(fd, AI_GPU_WAIT, a);
		break;
	}
	case 5: {
		struct ai_gpu_cancel *a = (void *)argument;

		*a = (struct ai_gpu_cancel){ .size = struct_size(sizeof(*a)), .ticket = me.tickets[below(KEPT)] };
		spoil(argument, sizeof(*a) / 8);
		call(fd, AI_GPU_CANCEL, a);
		break;
	}
	case 6: case 7: {
		struct ai_gpu_claim *a = (void *)argument;

		*a = (struct ai_gpu_claim){ .size = struct_size(sizeof(*a)), .device = me.devices[below(8)] };
		spoil(argument, sizeof(*a) / 8);
		call(fd, below(4) ? AI_GPU_CLAIM : AI_GPU_RELEASE, a);
		break;
	}
	case 8: {
		struct ai_gpu_list *a = (void *)argument;

		*a = (struct ai_gpu_list){ .size = struct_size(sizeof(*a)), .devices = address(),
					   .count = below(70), .device_size = struct_size(64) };
		spoil(argument, sizeof(*a) / 8);
		if (a->device_size <= 128)
			call(fd, AI_GPU_LIST, a);
		break;
	}
	default: {
		struct ai_gpu_stats *a = (void *)argument;

		a->size = struct_size(sizeof(*a));
		spoil(argument, sizeof(*a) / 8);
		call(fd, below(2) ? AI_GPU_STATS : AI_GPU_VERSION, a);
	}
	}
}

/* Any number, any bytes. */
static void call_nonsense(void)
{
	static const unsigned int types[] = { AI_MEM_IOC, AI_SCHED_IOC, AI_GPU_IOC };
	uint64_t argument[WORDS];
	unsigned long cmd = below(8) ? _IOC(_IOC_READ | _IOC_WRITE, types[below(3)], below(10), 8) : any();
	int *files[] = { me.mem, me.sched, me.gpu };

	for (int i = 0; i < WORDS; i++)
		argument[i] = odd_number();
	if (below(2))
		((uint32_t *)argument)[0] = 8 * below(48);
	if (below(2))
		((uint32_t *)argument)[1] = 0;
	/* A wait could take as long as it says, and a factorial burn the host. */
	if (_IOC_NR(cmd) == _IOC_NR(AI_GPU_WAIT))
		argument[2] = below(1000000);
	call(files[below(3)][below(FILES)], cmd, below(16) ? argument : (void *)(uintptr_t)address());
}

static void do_other_things(void)
{
	uint32_t which = below(FILES);
	char buffer[200];
	void *at;

	switch (below(7)) {
	case 0:
		close(me.mem[which]);
		me.mem[which] = mem_open();
		fcntl(me.mem[which], F_SETFL, O_NONBLOCK);
		break;
	case 1:
		close(me.sched[which]);
		me.sched[which] = open("/dev/ai_scheduler", O_RDWR | O_NONBLOCK);
		break;
	case 2:
		close(me.gpu[which]);
		me.gpu[which] = open("/dev/ai_gpu", O_RDWR | O_NONBLOCK);
		break;
	case 3: case 4:
		at = mmap(NULL, BLOCK * (1 + below(3)), PROT_READ | PROT_WRITE, below(16) ? MAP_SHARED : MAP_PRIVATE,
			  me.mem[which], (off_t)(me.handles[below(KEPT)] * BLOCK));
		if (at != MAP_FAILED) {
			if (touch(at) == 0 && below(4) == 0)
				*(volatile char *)at = 1;
			/* Some stay until the end. */
			if (below(64))
				munmap(at, BLOCK);
		}
		break;
	case 5:
		(void)!read(me.gpu[which], buffer, below(sizeof(buffer)));
		break;
	default:
		(void)!read(me.sched[which], buffer, below(sizeof(buffer)));
	}
}

static void set_up(int worker)
{
	struct ai_gpu_device devices[8];

	for (int i = 0; i < FILES; i++) {
		me.mem[i] = mem_open();
		me.sched[i] = open("/dev/ai_scheduler", O_RDWR | O_NONBLOCK);
		me.gpu[i] = open("/dev/ai_gpu", O_RDWR | O_NONBLOCK);
		CHECK(me.sched[i] >= 0 && me.gpu[i] >= 0);
	}
	uint32_t n = gpu_list(me.gpu[0], devices, 8, NULL);

	for (uint32_t i = 0; i < 8; i++)
		me.devices[i] = i < n ? devices[i].device : devices[below(n)].device;
	me.victim = sleeper_for(3600);
	me.lists = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	me.readonly = mmap(NULL, 8192, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	me.unmapped = mmap(NULL, 8192, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	state += (uint64_t)worker * 0x9e3779b97f4a7c15ULL;
}

static void work(int worker, uint64_t calls, int report)
{
	uint64_t figures[2];

	set_up(worker);
	while (me.calls < calls) {
		switch (below(16)) {
		case 0 ... 4:
			call_mem();
			break;
		case 5 ... 8:
			call_sched();
			break;
		case 9 ... 13:
			call_gpu();
			break;
		case 14:
			call_nonsense();
			break;
		default:
			if (below(4) == 0)
				do_other_things();
		}
	}
	figures[0] = me.calls;
	figures[1] = me.well;
	CHECK_EQ(write(report, figures, sizeof(figures)), sizeof(figures));
	if (worker % 2)
		raise(SIGKILL);
	_exit(0);
}

int main(int argc, char **argv)
{
	uint64_t calls = argc > 1 ? strtoull(argv[1], NULL, 0) : 1000000, sum[2] = { 0 }, figures[2];
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 0) : now_ns() ^ (uint64_t)getpid() << 32;
	int report[2], mem = mem_open(), gpu = gpu_open(), sched = sched_open();

	printf("# seed %llu\n", (unsigned long long)seed);
	fflush(stdout);
	state = seed * 2 + 1;
	CHECK_EQ(pipe(report), 0);
	for (int i = 0; i < WORKERS; i++)
		if (fork() == 0)
			work(i, calls / WORKERS + 1, report[1]);
	close(report[1]);
	for (int i = 0; i < WORKERS; i++) {
		CHECK_EQ(read(report[0], figures, sizeof(figures)), sizeof(figures));
		sum[0] += figures[0];
		sum[1] += figures[1];
	}
	while (wait(NULL) > 0)
		;
	printf("# %llu calls, %llu of them did what they were told\n", (unsigned long long)sum[0],
	       (unsigned long long)sum[1]);
	CHECK(sum[0] >= calls && sum[1] > calls / 100);
	WAIT_UNTIL(gpu_stats(gpu).files == 1 && gpu_stats(gpu).tickets == 0);
	CHECK_EQ(gpu_stats(gpu).pages_lent, 0);
	WAIT_UNTIL(sched_stats(sched).leases == 0);
	WAIT_UNTIL(mem_stats(mem).limbo_blocks == 0);
	CHECK_EQ(mem_stats(mem).owners, 1);
	CHECK_EQ(mem_stats(mem).used_blocks, 0);
	CHECK_EQ(mem_stats(mem).free_blocks, mem_stats(mem).total_blocks);
	CHECK_EQ(mem_stats(mem).exports, 0);
	return 0;
}
