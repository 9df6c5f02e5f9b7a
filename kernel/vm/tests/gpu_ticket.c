// SPDX-License-Identifier: GPL-2.0-only
/* Tickets: each one ends once, in time, for its own file, and leaves nothing behind. */
#include "gpu.h"
#include "lease.h"

#define PROC "/proc/ai_gpu"

static void there_and_back(uint32_t device)
{
	int mem = mem_open(), fd = gpu_claimed(device);
	struct ai_gpu_device view = gpu_look(fd, device);
	uint64_t h[2];
	uint32_t n, bytes = view.memory_bytes < BLOCK ? (uint32_t)view.memory_bytes : BLOCK;
	struct ai_gpu_request path[3];
	char *at;

	CHECK_EQ(view.claimed, 2);
	mem_alloc(mem, AI_MEM_ALLOC_RUN, h, 2);
	at = mem_map(mem, h[0], 2);
	for (uint32_t i = 0; i < BLOCK; i++)
		at[i] = (char)(i * 7 + 3);
	path[0] = gpu_copy(device, AI_GPU_COPY_IN, mem, h[0], bytes);
	path[1] = gpu_launch(device, 13);
	path[1].flags = AI_GPU_AFTER;
	path[2] = gpu_copy(device, AI_GPU_COPY_OUT, mem, h[1], bytes);
	path[2].flags = AI_GPU_AFTER;
	CHECK_EQ(gpu_submit_all(fd, path, 3, &n), 0);
	CHECK_EQ(n, 3);
	for (int i = 0; i < 3; i++) {
		struct ai_gpu_completion end = gpu_end(fd, path[i].ticket);

		CHECK_EQ(end.error, 0);
		CHECK_EQ(end.result, i == 1 ? factorial(13) : bytes);
		CHECK(end.interrupt_ns >= end.started_ns && end.interrupt_ns <= end.ended_ns);
	}
	CHECK(!memcmp(at, at + BLOCK, bytes));
	CHECK_EQ(at[BLOCK + bytes % BLOCK], bytes < BLOCK ? 0 : at[0]);
	/* Parts of a block, at an offset on both sides. */
	struct ai_gpu_request part = gpu_copy(device, AI_GPU_COPY_OUT, mem, h[1], 16);

	part.block_offset = 100;
	part.device_offset = 40;
	CHECK_EQ(gpu_do(fd, part).error, 0);
	CHECK(!memcmp(at + BLOCK + 100, at + 40, 16));
	CHECK_EQ(at[BLOCK + 116], at[116]);
	CHECK_EQ(gpu_stats(fd).pages_lent, 0);
	CHECK_EQ(gpu_release(fd, device), 0);
	CHECK_FAILS(gpu_release(fd, device), ENOTCONN);
}

static void there_and_back_without_hardware(void)
{
	there_and_back(NULL_0);
}

static void there_and_back_by_dma(void)
{
	CHECK(gpu_edu(0));
	there_and_back(gpu_edu(0));
}

static void there_and_back_on_the_far_node(void)
{
	uint32_t device = gpu_edu(1);

	if (!device) {
		puts("# one edu device: the far node was not tried");
		return;
	}
	there_and_back(device);
}

static void claims_are_exclusive(void)
{
	int a = gpu_claimed(NULL_0), b = gpu_open();
	struct ai_gpu_request request = gpu_launch(NULL_0, 5);
	pid_t child;

	CHECK_FAILS(gpu_try_claim(a, NULL_0), EBUSY);
	CHECK_FAILS(gpu_try_claim(b, NULL_0), EBUSY);
	CHECK_FAILS(gpu_try(b, &request), ENOTCONN);
	CHECK_EQ(request.ticket, 0);
	CHECK_FAILS(gpu_release(b, NULL_0), ENOTCONN);
	CHECK_FAILS(gpu_try_claim(b, AI_GPU_DEVICE(1U, 2U, 3U, 4U)), ENODEV);
	CHECK_FAILS(gpu_try_claim(b, 7), EINVAL);
	CHECK_EQ(gpu_look(b, NULL_0).claimed, 1);
	CHECK_EQ(gpu_try_claim(b, NULL_1), 0);
	close(a);
	CHECK_EQ(gpu_try_claim(b, NULL_0), 0);
	/* Killed, the owner lets go too. */
	CHECK_EQ(gpu_release(b, NULL_0), 0);
	child = fork_case();
	if (child == 0) {
		int fd = gpu_claimed(NULL_0);

		for (int i = 0; i < 20; i++)
			gpu_submit(fd, gpu_launch(NULL_0, 5));
		raise(SIGKILL);
	}
	CHECK_EQ(waitpid(child, NULL, 0), child);
	WAIT_UNTIL(gpu_try_claim(b, NULL_0) == 0);
	CHECK_EQ(gpu_do(b, gpu_launch(NULL_0, 5)).result, 120);
}

static void memory_is_clean_for_the_next(uint32_t device)
{
	int mem = mem_open(), fd = gpu_claimed(device);
	uint64_t h, scrubs = gpu_stats(fd).scrubs;
	uint32_t bytes = (uint32_t)gpu_look(fd, device).memory_bytes;
	char *at;

	bytes = bytes > BLOCK ? BLOCK : bytes;
	mem_alloc(mem, 0, &h, 1);
	at = mem_map(mem, h, 1);
	memset(at, 's', BLOCK);
	CHECK_EQ(gpu_do(fd, gpu_copy(device, AI_GPU_COPY_IN, mem, h, bytes)).error, 0);
	close(fd);
	fd = gpu_claimed(device);
	CHECK_EQ(gpu_do(fd, gpu_copy(device, AI_GPU_COPY_OUT, mem, h, bytes)).error, 0);
	for (uint32_t i = 0; i < bytes; i++)
		CHECK_EQ(at[i], 0);
	CHECK(gpu_stats(fd).scrubs > scrubs);
}

static void never_see_each_others_bytes(void)
{
	memory_is_clean_for_the_next(NULL_0);
	memory_is_clean_for_the_next(gpu_edu(0));
}

static void deadlines_end_tickets(void)
{
	int fd = gpu_claimed(NULL_0);
	struct ai_gpu_request request = gpu_launch(NULL_0, 5), behind = gpu_launch(NULL_0, 4);
	struct ai_gpu_completion end;
	uint64_t running, waiting, last;

	null_latency_us("3000000");
	request.deadline_ns = 300 * MS;
	behind.deadline_ns = 100 * MS;
	running = gpu_submit(fd, request);
	waiting = gpu_submit(fd, behind);
	/* The one that waits does not wait for the one before it beyond its own deadline. */
	end = gpu_end(fd, waiting);
	CHECK_EQ(end.error, ETIME);
	CHECK_EQ(end.started_ns, 0);
	CHECK(end.ended_ns - end.submitted_ns >= 100 * MS);
	CHECK_FAILS(gpu_wait(fd, running, 0, NULL), ETIMEDOUT);
	end = gpu_end(fd, running);
	CHECK_EQ(end.error, ETIME);
	CHECK_EQ(end.result, 0);
	CHECK(end.started_ns);
	CHECK(end.ended_ns - end.submitted_ns >= 300 * MS);
	CHECK(end.ended_ns - end.submitted_ns < 2500 * MS);
	null_latency_us("1000");
	last = gpu_submit(fd, gpu_launch(NULL_0, 6));
	CHECK_EQ(gpu_end(fd, last).result, 720);
}

/* A device that computes for seconds: its ticket ends in time, and the next waits until it is idle. */
static void a_device_that_was_given_up_drains(void)
{
	uint32_t device = gpu_edu(0);
	int fd = gpu_claimed(device);
	struct ai_gpu_request slow = gpu_launch(device, 0xffffffffULL);
	struct ai_gpu_completion end;

	slow.deadline_ns = 50 * MS;
	end = gpu_do(fd, slow);
	CHECK_EQ(end.error, ETIME);
	CHECK(end.ended_ns - end.submitted_ns < 2000 * MS);
	end = gpu_do(fd, gpu_launch(device, 10));
	CHECK_EQ(end.error, 0);
	CHECK_EQ(end.result, factorial(10));
	CHECK_EQ(gpu_look(fd, device).state, AI_GPU_STATE_READY);
}

static void cancel(void)
{
	int fd = gpu_claimed(NULL_0), other = gpu_open();
	uint64_t running, waiting, third;
	struct ai_gpu_completion end;

	null_latency_us("2000000");
	running = gpu_submit(fd, gpu_launch(NULL_0, 3));
	waiting = gpu_submit(fd, gpu_launch(NULL_0, 4));
	third = gpu_submit(fd, gpu_launch(NULL_0, 5));
	CHECK_FAILS(gpu_cancel(other, running), ENOENT);
	CHECK_EQ(gpu_cancel(fd, waiting), 0);
	CHECK_FAILS(gpu_cancel(fd, waiting), EALREADY);
	CHECK_EQ(gpu_end(fd, waiting).error, ECANCELED);
	CHECK_FAILS(gpu_cancel(fd, waiting), ENOENT);
	WAIT_UNTIL(gpu_look(fd, NULL_0).utilisation_permille > 0);
	null_latency_us("1000");
	CHECK_EQ(gpu_cancel(fd, running), 0);
	end = gpu_end(fd, running);
	CHECK_EQ(end.error, ECANCELED);
	CHECK(end.ended_ns - end.submitted_ns < 1900 * MS);
	CHECK_EQ(gpu_end(fd, third).result, 120);
	CHECK_FAILS(gpu_cancel(fd, 0), ENOENT);
}

static void what_follows_a_failure_fails(void)
{
	int fd = gpu_claimed(NULL_0);
	struct ai_gpu_request chain[4];

	null_latency_us("1000000");
	for (int i = 0; i < 4; i++) {
		chain[i] = gpu_launch(NULL_0, 3);
		chain[i].flags = i == 1 || i == 2 ? AI_GPU_AFTER : 0;
	}
	chain[0].deadline_ns = 20 * MS;
	CHECK_EQ(gpu_submit_all(fd, chain, 4, NULL), 0);
	CHECK_EQ(gpu_end(fd, chain[0].ticket).error, ETIME);
	null_latency_us("1000");
	CHECK_EQ(gpu_end(fd, chain[1].ticket).error, ECANCELED);
	CHECK_EQ(gpu_end(fd, chain[2].ticket).error, ECANCELED);
	CHECK_EQ(gpu_end(fd, chain[3].ticket).error, 0);
	/* Also when the one before has ended already. */
	chain[0] = gpu_launch(NULL_0, 3);
	chain[0].flags = AI_GPU_AFTER;
	CHECK_EQ(gpu_do(fd, chain[0]).error, 0);
	null_latency_us("1000000");
	chain[1] = gpu_launch(NULL_0, 3);
	chain[1].deadline_ns = 10 * MS;
	CHECK_EQ(gpu_do(fd, chain[1]).error, ETIME);
	null_latency_us("1000");
	CHECK_EQ(gpu_do(fd, chain[0]).error, ECANCELED);
	/* A new claim begins anew. */
	CHECK_EQ(gpu_release(fd, NULL_0), 0);
	CHECK_EQ(gpu_try_claim(fd, NULL_0), 0);
	CHECK_EQ(gpu_do(fd, chain[0]).error, 0);
}

static void each_end_is_told_once(void)
{
	int fd = gpu_claimed(NULL_0), other = gpu_open();
	struct ai_gpu_completion ends[8];
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	uint64_t first = gpu_submit(fd, gpu_launch(NULL_0, 3)), second;

	CHECK_FAILS(gpu_wait(other, first, LONG_ENOUGH, NULL), ENOENT);
	CHECK_EQ(poll(&wait, 1, 20000), 1);
	CHECK_EQ(read(fd, ends, sizeof(ends)), sizeof(*ends));
	CHECK_EQ(ends[0].ticket, first);
	CHECK_EQ(ends[0].result, 6);
	CHECK_FAILS(gpu_wait(fd, first, LONG_ENOUGH, NULL), ENOENT);
	CHECK_EQ(poll(&wait, 1, 0), 0);
	/* Nothing can come any more: a read that blocked would never return. */
	CHECK_FAILS(read(fd, ends, sizeof(ends)), ENODATA);
	second = gpu_submit(fd, gpu_launch(NULL_0, 4));
	CHECK_EQ(read(fd, ends, sizeof(ends)), sizeof(*ends));
	CHECK_EQ(ends[0].ticket, second);
	CHECK_FAILS(read(fd, ends, sizeof(*ends) - 1), EINVAL);
	fcntl(fd, F_SETFL, O_NONBLOCK);
	CHECK_FAILS(read(fd, ends, sizeof(ends)), EAGAIN);
	/* A read into nowhere loses nothing. */
	first = gpu_submit(fd, gpu_launch(NULL_0, 5));
	CHECK_EQ(poll(&wait, 1, 20000), 1);
	void *nowhere = mmap(NULL, BLOCK, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK_FAILS(read(fd, nowhere, sizeof(*ends)), EFAULT);
	CHECK_EQ(gpu_end(fd, first).result, 120);
}

static void *wait_for_one(void *ticket)
{
	struct ai_gpu_completion end;
	int fd = (int)((uintptr_t *)ticket)[0];

	return (void *)(uintptr_t)(gpu_wait(fd, ((uintptr_t *)ticket)[1], LONG_ENOUGH, &end) ? errno : 0);
}

static void two_wait_for_one_ticket(void)
{
	int fd = gpu_claimed(NULL_0);
	pthread_t threads[2];
	void *code[2];
	uintptr_t what[2] = { (uintptr_t)fd, 0 };

	null_latency_us("200000");
	what[1] = gpu_submit(fd, gpu_launch(NULL_0, 3));
	for (int i = 0; i < 2; i++)
		CHECK_EQ(pthread_create(&threads[i], NULL, wait_for_one, what), 0);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], &code[i]);
	CHECK((!code[0] && (uintptr_t)code[1] == ENOENT) || (!code[1] && (uintptr_t)code[0] == ENOENT));
	null_latency_us("1000");
}

/* Freed while the device writes to it: the block is lent to nobody until the device has let go. */
static void block_freed_during_dma(void)
{
	uint32_t device = gpu_edu(0);
	int mem = mem_open(), other = mem_open(), fd = gpu_claimed(device);
	uint64_t h, total = mem_stats(mem).total_blocks, ticket, *all;
	uint32_t n;

	mem_alloc(mem, 0, &h, 1);
	memset(mem_map(mem, h, 1), 'd', BLOCK);
	CHECK_EQ(gpu_do(fd, gpu_copy(device, AI_GPU_COPY_IN, mem, h, 4088)).error, 0);
	ticket = gpu_submit(fd, gpu_copy(device, AI_GPU_COPY_OUT, mem, h, 4088));
	mem_free(mem, 0, &h, 1);
	CHECK_EQ(gpu_stats(fd).pages_lent, 1);
	CHECK_EQ(mem_stats(mem).limbo_blocks, 1);
	n = mem_take_all(other, &all);
	CHECK_EQ(n, total - 1);
	CHECK_EQ(gpu_end(fd, ticket).error, 0);
	for (uint32_t i = 0; i < n; i++) {
		char *at = mem_map(other, all[i], 1);

		CHECK(at[0] == 0 && at[BLOCK - 1] == 0);
		munmap(at, BLOCK);
	}
	CHECK_EQ(gpu_stats(fd).pages_lent, 0);
	WAIT_UNTIL(mem_stats(mem).limbo_blocks == 0);
	mem_alloc(other, 0, &h, 1);
	CHECK_EQ(mem_map(other, h, 1)[0], 0);
	free(all);
}

/* Their user's affair, so it is allowed: each byte is of the one or of the other. */
static void two_devices_write_to_one_block(void)
{
	uint32_t devices[] = { gpu_edu(0), gpu_edu(1) };
	uint64_t h, tickets[2];
	int mem = mem_open(), fd;
	char *at;

	if (!devices[1]) {
		puts("# one edu device: two that write to one block were not tried");
		return;
	}
	fd = gpu_claimed(devices[0]);
	WAIT_UNTIL(gpu_try_claim(fd, devices[1]) == 0);
	mem_alloc(mem, 0, &h, 1);
	at = mem_map(mem, h, 1);
	for (int i = 0; i < 2; i++) {
		memset(at, 'a' + i, BLOCK);
		CHECK_EQ(gpu_do(fd, gpu_copy(devices[i], AI_GPU_COPY_IN, mem, h, 4088)).error, 0);
	}
	memset(at, 0, BLOCK);
	for (int i = 0; i < 2; i++)
		tickets[i] = gpu_submit(fd, gpu_copy(devices[i], AI_GPU_COPY_OUT, mem, h, 4088));
	for (int i = 0; i < 2; i++)
		CHECK_EQ(gpu_end(fd, tickets[i]).error, 0);
	for (int i = 0; i < 4088; i++)
		CHECK(at[i] == 'a' || at[i] == 'b');
	CHECK_EQ(at[4088], 0);
}

static void pool_file_closed_during_dma(void)
{
	uint32_t device = gpu_edu(0);
	int mem = mem_open(), observer = mem_open(), fd = gpu_claimed(device);
	uint64_t h, ticket, total = mem_stats(observer).total_blocks;

	mem_alloc(mem, 0, &h, 1);
	ticket = gpu_submit(fd, gpu_copy(device, AI_GPU_COPY_OUT, mem, h, 4088));
	close(mem);
	CHECK_EQ(mem_stats(observer).free_blocks, total - 1);
	CHECK_EQ(gpu_end(fd, ticket).error, 0);
	WAIT_UNTIL(mem_stats(observer).free_blocks == total);
}

static void kill_9_of_an_owner_during_dma(void)
{
	uint32_t device = gpu_edu(0);
	int mem = mem_open(), fd = gpu_open(), ready[2];
	uint64_t total = mem_stats(mem).total_blocks, files = gpu_stats(fd).files;
	pid_t child;
	char byte;

	CHECK_EQ(pipe(ready), 0);
	child = fork_case();
	if (child == 0) {
		int pool = mem_open(), own = gpu_claimed(device);
		uint64_t h[8], ticket = 0;

		mem_alloc(pool, 0, h, 8);
		for (int i = 0; i < 8; i++)
			ticket = gpu_submit(own, gpu_copy(device, AI_GPU_COPY_OUT, pool, h[i], 4088));
		CHECK_EQ(write(ready[1], "x", 1), 1);
		gpu_end(own, ticket);
		_exit(0);
	}
	CHECK_EQ(read(ready[0], &byte, 1), 1);
	kill(child, SIGKILL);
	CHECK_EQ(waitpid(child, NULL, 0), child);
	WAIT_UNTIL(gpu_stats(fd).files == files);
	CHECK_EQ(gpu_stats(fd).tickets, 0);
	CHECK_EQ(gpu_stats(fd).pages_lent, 0);
	WAIT_UNTIL(mem_stats(mem).free_blocks == total);
	CHECK_EQ(mem_stats(mem).limbo_blocks, 0);
	WAIT_UNTIL(gpu_try_claim(fd, device) == 0);
	CHECK_EQ(gpu_do(fd, gpu_launch(device, 4)).result, 24);
}

static void child_uses_fd(void)
{
	int fd = gpu_claimed(NULL_0);
	pid_t child = fork_case();

	if (child == 0) {
		CHECK_EQ(gpu_do(fd, gpu_launch(NULL_0, 3)).result, 6);
		gpu_submit(fd, gpu_launch(NULL_0, 4));
		_exit(0);
	}
	reap(child);
	/* The file owns, not the process. */
	struct ai_gpu_completion end;

	CHECK_EQ(read(fd, &end, sizeof(end)), sizeof(end));
	CHECK_EQ(end.result, 24);
	CHECK_EQ(gpu_look(fd, NULL_0).claimed, 2);
}

static void fds_over_a_unix_socket(void)
{
	int pair[2], mem = mem_open(), fd = gpu_claimed(NULL_0);
	uint64_t h;
	pid_t child;

	CHECK_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	mem_alloc(mem, 0, &h, 1);
	mem_map(mem, h, 1)[3] = 'k';
	child = fork_case();
	if (child == 0) {
		int own = mem_open(), gpu, pool;
		struct ai_gpu_request request;
		uint64_t mine;

		close(mem);
		close(fd);
		gpu = receive_fd(pair[1]);
		pool = receive_fd(pair[1]);
		CHECK_EQ(gpu_do(gpu, gpu_copy(NULL_0, AI_GPU_COPY_IN, pool, h, 8)).error, 0);
		/* By the number of the block alone, through a file of its own, it gets nothing. */
		request = gpu_copy(NULL_0, AI_GPU_COPY_IN, own, h, 8);
		CHECK_FAILS(gpu_try(gpu, &request), ESTALE);
		mem_alloc(own, 0, &mine, 1);
		CHECK_EQ(gpu_do(gpu, gpu_copy(NULL_0, AI_GPU_COPY_OUT, own, mine, 8)).error, 0);
		CHECK_EQ(mem_map(own, mine, 1)[3], 'k');
		_exit(0);
	}
	send_fd(pair[0], fd);
	send_fd(pair[0], mem);
	close(fd);
	reap(child);
	/* In flight only, the file keeps its claim, and lets go when it is dropped. */
	fd = gpu_claimed(NULL_0);
	gpu_submit(fd, gpu_launch(NULL_0, 3));
	send_fd(pair[0], fd);
	close(fd);
	fd = gpu_open();
	CHECK_FAILS(gpu_try_claim(fd, NULL_0), EBUSY);
	close(pair[0]);
	close(pair[1]);
	WAIT_UNTIL(gpu_try_claim(fd, NULL_0) == 0);
}

static void exhaustion_plus_one(void)
{
	int fd = gpu_claimed(NULL_0);
	struct ai_gpu_request request = gpu_launch(NULL_0, 3);
	uint64_t tickets[AI_GPU_TICKETS_MAX];

	null_latency_us("5000000");
	for (int i = 0; i < AI_GPU_TICKETS_MAX; i++)
		tickets[i] = gpu_submit(fd, request);
	CHECK_FAILS(gpu_try(fd, &request), EDQUOT);
	/* Ended but not told, they still count. */
	for (int i = AI_GPU_TICKETS_MAX - 1; i >= 0; i--)
		CHECK_EQ(gpu_cancel(fd, tickets[i]), 0);
	CHECK_FAILS(gpu_try(fd, &request), EDQUOT);
	null_latency_us("1000");
	CHECK_EQ(gpu_end(fd, tickets[7]).error, ECANCELED);
	CHECK_EQ(gpu_do(fd, request).result, 6);
}

static void older_and_newer_struct_size(void)
{
	struct { struct ai_gpu_stats known; uint64_t future[2]; } newer = { 0 };
	struct { struct ai_gpu_request known; uint64_t future; } requests[2];
	struct { struct ai_gpu_device known; uint64_t future; } device;
	struct ai_gpu_version version = { .size = 16 };
	struct ai_gpu_stats older;
	int fd = gpu_claimed(NULL_0);

	newer.known.size = sizeof(newer);
	CHECK_EQ(ioctl(fd, AI_GPU_STATS, &newer), 0);
	CHECK_EQ(newer.known.size, sizeof(newer.known));
	newer.known.size = sizeof(newer);
	newer.known.flags = 0;
	newer.future[1] = 1;
	CHECK_FAILS(ioctl(fd, AI_GPU_STATS, &newer), E2BIG);
	memset(&older, 0xee, sizeof(older));
	older.size = offsetof(struct ai_gpu_stats, tickets);
	older.flags = 0;
	CHECK_EQ(ioctl(fd, AI_GPU_STATS, &older), 0);
	CHECK_EQ(older.tickets, 0xeeeeeeeeeeeeeeeeULL);
	older.size = 8;
	older.flags = 0;
	CHECK_FAILS(ioctl(fd, AI_GPU_STATS, &older), EINVAL);
	CHECK_EQ(ioctl(fd, AI_GPU_VERSION, &version), 0);
	CHECK_EQ(version.major, AI_GPU_ABI_MAJOR);

	memset(requests, 0, sizeof(requests));
	requests[0].known = gpu_launch(NULL_0, 3);
	requests[1].known = gpu_launch(NULL_0, 4);
	struct ai_gpu_submit submit = { .size = sizeof(submit), .count = 2, .requests = (uintptr_t)requests,
					.request_size = sizeof(requests[0]) };

	CHECK_EQ(ioctl(fd, AI_GPU_SUBMIT, &submit), 0);
	CHECK_EQ(gpu_end(fd, requests[1].known.ticket).result, 24);
	CHECK_EQ(gpu_end(fd, requests[0].known.ticket).result, 6);
	requests[0].known.ticket = 0;
	requests[1].known.ticket = 0;
	requests[1].future = 1;
	submit.n_done = 0;
	CHECK_FAILS(ioctl(fd, AI_GPU_SUBMIT, &submit), E2BIG);
	CHECK_EQ(submit.n_done, 1);
	CHECK_EQ(gpu_end(fd, requests[0].known.ticket).result, 6);
	submit.n_done = 0;
	submit.request_size = 16;
	CHECK_FAILS(ioctl(fd, AI_GPU_SUBMIT, &submit), EINVAL);

	memset(&device, 0xee, sizeof(device));
	struct ai_gpu_list list = { .size = sizeof(list), .count = 1, .devices = (uintptr_t)&device,
				    .device_size = sizeof(device) };

	CHECK_EQ(ioctl(fd, AI_GPU_LIST, &list), 0);
	CHECK_EQ(list.n_done, 1);
	CHECK(list.total >= 3);
	CHECK_EQ(device.future, 0);
	memset(&device, 0xee, sizeof(device));
	list.n_done = 0;
	list.total = 0;
	list.device_size = 16;
	CHECK_EQ(ioctl(fd, AI_GPU_LIST, &list), 0);
	CHECK_EQ(device.known.memory_bytes, 0xeeeeeeeeeeeeeeeeULL);
	list = (struct ai_gpu_list){ .size = sizeof(list), .device_size = sizeof(device) };
	CHECK_EQ(ioctl(fd, AI_GPU_LIST, &list), 0);
	CHECK_EQ(list.n_done, 0);
}

static void arguments_are_checked(void)
{
	int fd = gpu_claimed(NULL_0), mem = mem_open(), readonly, null = open("/dev/null", O_RDWR);
	struct ai_gpu_request good, bad;
	uint64_t h, stale;

	mem_alloc(mem, 0, &h, 1);
	mem_alloc(mem, 0, &stale, 1);
	mem_free(mem, 0, &stale, 1);
#define REFUSED(base, change, code)			\
	do {						\
		bad = base;				\
		change;					\
		CHECK_FAILS(gpu_try(fd, &bad), code);	\
	} while (0)
	good = gpu_copy(NULL_0, AI_GPU_COPY_IN, mem, h, 64);
	REFUSED(good, bad.flags = 2, EINVAL);
	REFUSED(good, bad.operation = 0, EINVAL);
	REFUSED(good, bad.operation = 4, EINVAL);
	REFUSED(good, bad.kernel = 1, EINVAL);
	REFUSED(good, bad.ticket = 1, EINVAL);
	REFUSED(good, bad.arguments[3] = 1, EINVAL);
	REFUSED(good, bad.bytes = 0, EINVAL);
	REFUSED(good, bad.bytes = BLOCK + 1, EINVAL);
	REFUSED(good, bad.bytes = ~0ULL, EINVAL);
	REFUSED(good, bad.block_offset = BLOCK, EINVAL);
	REFUSED(good, bad.block_offset = BLOCK - 63, EINVAL);
	REFUSED(good, bad.device_offset = 4 * BLOCK - 63, EINVAL);
	REFUSED(good, bad.device_offset = ~0ULL - 10, EINVAL);
	REFUSED(good, bad.deadline_ns = 0, EINVAL);
	REFUSED(good, bad.deadline_ns = ~0ULL, EINVAL);
	REFUSED(good, bad.device = 1, EINVAL);
	REFUSED(good, bad.device = AI_GPU_NULL_DEVICE(15U), ENODEV);
	REFUSED(good, bad.mem_fd = -1, EBADF);
	REFUSED(good, bad.mem_fd = null, EBADF);
	REFUSED(good, bad.mem_fd = fd, EBADF);
	REFUSED(good, bad.handle = stale, ESTALE);
	REFUSED(good, bad.handle = 0, EINVAL);
	good = gpu_launch(NULL_0, 3);
	REFUSED(good, bad.kernel = 0, EINVAL);
	REFUSED(good, bad.kernel = 2, EINVAL);
	REFUSED(good, bad.kernel = 65, EINVAL);
	REFUSED(good, bad.kernel = ~0U, EINVAL);
	REFUSED(good, bad.arguments[0] = 1ULL << 32, EINVAL);
	REFUSED(good, bad.arguments[1] = 1, EINVAL);
	REFUSED(good, bad.mem_fd = mem, EINVAL);
	REFUSED(good, bad.bytes = 1, EINVAL);
	REFUSED(good, bad.device_offset = 1, EINVAL);

	readonly = open("/dev/ai_mem", O_RDONLY);
	CHECK(readonly >= 0);
	mem_alloc(readonly, 0, &h, 1);
	REFUSED(gpu_copy(NULL_0, AI_GPU_COPY_OUT, readonly, h, 64), (void)0, EACCES);
	CHECK_EQ(gpu_do(fd, gpu_copy(NULL_0, AI_GPU_COPY_IN, readonly, h, 64)).error, 0);

	/* The edu's buffer ends early, and QEMU aborts for one who does not know. */
	int edu = gpu_claimed(gpu_edu(0));

	bad = gpu_copy(gpu_edu(0), AI_GPU_COPY_IN, readonly, h, 4089);
	CHECK_FAILS(gpu_try(edu, &bad), EINVAL);
	bad = gpu_copy(gpu_edu(0), AI_GPU_COPY_IN, readonly, h, 8);
	bad.device_offset = 4081;
	CHECK_FAILS(gpu_try(edu, &bad), EINVAL);

	struct ai_gpu_claim claim = { .size = sizeof(claim), .device = NULL_1, .pad = 1 };

	CHECK_FAILS(ioctl(fd, AI_GPU_CLAIM, &claim), EINVAL);
	CHECK_FAILS(ioctl(fd, AI_GPU_STATS, NULL), EFAULT);
	CHECK_FAILS(ioctl(fd, _IOWR(AI_GPU_IOC, 0x7f, struct ai_gpu_head), &claim), ENOTTY);
	CHECK_EQ(gpu_stats(fd).pages_lent, 0);
	CHECK_EQ(gpu_stats(fd).tickets, 0);
	/* A ticket whose number could not be told does not stay. */
	struct ai_gpu_request *fixed = mmap(NULL, BLOCK, PROT_READ | PROT_WRITE,
					    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	*fixed = gpu_launch(NULL_0, 3);
	CHECK_EQ(mprotect(fixed, BLOCK, PROT_READ), 0);
	CHECK_FAILS(gpu_try(fd, fixed), EFAULT);
	CHECK_FAILS(read(fd, &claim, 1), EINVAL);
	CHECK_EQ(gpu_stats(fd).tickets, 0);
}

static char *sysfs_of(uint32_t device, const char *file)
{
	static char path[128];

	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%04x:%02x:%02x.%x/%s", device >> 16 & 0x7fff,
		 device >> 8 & 0xff, device >> 3 & 0x1f, device & 7, file);
	return path;
}

static void surprise_removal(void)
{
	uint32_t device = gpu_edu(0);
	int fd = gpu_claimed(device), mem = mem_open();
	uint64_t h[4], tickets[5], total = mem_stats(mem).total_blocks;
	struct ai_gpu_request request = gpu_launch(device, 3);
	struct ai_gpu_completion end;

	for (int round = 0; round < 3; round++) {
		mem_alloc(mem, 0, h, 4);
		for (int i = 0; i < 4; i++)
			tickets[i] = gpu_submit(fd, gpu_copy(device, AI_GPU_COPY_OUT, mem, h[i], 4088));
		request.arguments[0] = round == 2 ? 0xffffffff : 3;
		tickets[4] = gpu_submit(fd, request);
		/* Once while all wait, once in the middle of a transfer, once right behind one. */
		if (round)
			CHECK_EQ(gpu_end(fd, tickets[0]).error, 0);
		write_file(sysfs_of(device, "remove"), "1");
		for (int i = !!round; i < 5; i++)
			CHECK_EQ(gpu_end(fd, tickets[i]).error, ENODEV);
		CHECK_EQ(gpu_stats(fd).pages_lent, 0);
		CHECK_FAILS(gpu_try(fd, &request), ENODEV);
		CHECK_FAILS(gpu_try_claim(fd, device), ENODEV);
		CHECK_FAILS(gpu_release(fd, device), ENODEV);
		CHECK_FAILS(read(fd, &end, sizeof(end)), ENODATA);
		mem_free(mem, AI_MEM_FREE_SCRUB, h, 4);
		write_file("/sys/bus/pci/rescan", "1");
		WAIT_UNTIL(gpu_try_claim(fd, device) == 0);
		CHECK_EQ(gpu_do(fd, gpu_launch(device, 5)).result, 120);
	}
	WAIT_UNTIL(mem_stats(mem).free_blocks == total);
}

/* Half of the devices go while others submit, claim and wait. */
static void removal_against_use(void)
{
	uint32_t device = gpu_edu(0);
	uint64_t end = now_ns() + 3000 * MS;
	pid_t child = fork_case();
	uint32_t rounds = 0;

	if (child == 0) {
		int mem = mem_open();
		uint64_t h;

		mem_alloc(mem, 0, &h, 1);
		while (now_ns() < end + 1000 * MS) {
			int fd = gpu_open();
			struct ai_gpu_request request = gpu_copy(device, AI_GPU_COPY_OUT, mem, h, 16);

			if (gpu_try_claim(fd, device) == 0)
				for (int i = 0; i < 4; i++) {
					request.ticket = 0;
					if (gpu_try(fd, &request) == 0 && i == 2)
						gpu_wait(fd, request.ticket, 40 * MS, NULL);
				}
			close(fd);
		}
		_exit(0);
	}
	while (now_ns() < end) {
		write_file(sysfs_of(device, "remove"), "1");
		write_file("/sys/bus/pci/rescan", "1");
		sleep_ms(rounds++ % 7 * 20);
	}
	reap(child);
	printf("# removal against use: %u rounds\n", rounds);
}

static void unbind_and_bind(void)
{
	uint32_t device = gpu_edu(0);
	int fd = gpu_claimed(device);
	uint64_t ticket = gpu_submit(fd, gpu_launch(device, 0x7fffffff));
	char name[32];

	snprintf(name, sizeof(name), "%04x:%02x:%02x.%x", device >> 16 & 0x7fff, device >> 8 & 0xff,
		 device >> 3 & 0x1f, device & 7);
	write_file("/sys/bus/pci/drivers/ai_gpu/unbind", name);
	CHECK_EQ(gpu_end(fd, ticket).error, ENODEV);
	write_file("/sys/bus/pci/drivers/ai_gpu/bind", name);
	/* It still computes what it was told in its life before: the first ticket has to wait. */
	WAIT_UNTIL(gpu_try_claim(fd, device) == 0);
	CHECK_EQ(gpu_do(fd, gpu_launch(device, 5)).result, 120);
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
	int fd = gpu_claimed(NULL_0), mem = mem_open();
	pid_t parent = getpid(), child;
	uint64_t end = now_ns() + 1500 * MS, h;

	mem_alloc(mem, 0, &h, 1);
	sigaction(SIGUSR1, &act, NULL);
	child = fork_case();
	if (child == 0) {
		while (kill(parent, SIGUSR1) == 0)
			;
		_exit(0);
	}
	while (now_ns() < end) {
		struct ai_gpu_completion done;
		uint64_t ticket = gpu_submit(fd, gpu_copy(NULL_0, AI_GPU_COPY_IN, mem, h, 64));
		ssize_t got;

		/* WAIT does not mind signals that do not kill; read says EINTR and loses nothing. */
		CHECK_EQ(gpu_end(fd, ticket).error, 0);
		ticket = gpu_submit(fd, gpu_launch(NULL_0, 4));
		while ((got = read(fd, &done, sizeof(done))) == -1 && errno == EINTR)
			;
		CHECK_EQ(got, sizeof(done));
		CHECK_EQ(done.ticket, ticket);
	}
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	CHECK(storm > 0);
}

static void a_waiter_can_be_killed(void)
{
	int ready[2], fd = gpu_open();
	uint64_t from;
	pid_t child;
	char byte;

	null_latency_us("60000000");
	CHECK_EQ(pipe(ready), 0);
	child = fork_case();
	if (child == 0) {
		int own = gpu_claimed(NULL_0);
		uint64_t ticket = gpu_submit(own, gpu_launch(NULL_0, 3));

		CHECK_EQ(write(ready[1], "x", 1), 1);
		gpu_wait(own, ticket, LONG_ENOUGH, NULL);
		_exit(1);
	}
	CHECK_EQ(read(ready[0], &byte, 1), 1);
	sleep_ms(100);
	from = now_ns();
	kill(child, SIGKILL);
	CHECK_EQ(waitpid(child, NULL, 0), child);
	CHECK(now_ns() - from < 5000 * MS);
	null_latency_us("1000");
	WAIT_UNTIL(gpu_try_claim(fd, NULL_0) == 0);
	CHECK_EQ(gpu_do(fd, gpu_launch(NULL_0, 3)).result, 6);
}

static void utilisation_is_accounted(void)
{
	int fd = gpu_claimed(NULL_1);
	uint64_t busy = gpu_look(fd, NULL_1).busy_ns, ticket, from = now_ns();

	WAIT_UNTIL(gpu_look(fd, NULL_1).utilisation_permille == 0);
	null_latency_us("2500000");
	ticket = gpu_submit(fd, gpu_launch(NULL_1, 3));
	WAIT_UNTIL(gpu_look(fd, NULL_1).utilisation_permille > 950);
	CHECK(gpu_look(fd, NULL_0).utilisation_permille < 500);
	CHECK_EQ(gpu_end(fd, ticket).error, 0);
	busy = gpu_look(fd, NULL_1).busy_ns - busy;
	CHECK(busy >= 2500 * MS && busy <= now_ns() - from);
	null_latency_us("1000");
	WAIT_UNTIL(gpu_look(fd, NULL_1).utilisation_permille == 0);
}

/* ai_scheduler asks this module about the devices it drives, and shifts boosts by the answer. */
static void utilisation_moves_boosts(void)
{
	int fd = gpu_claimed(NULL_1), sched = sched_open();
	pid_t feeder = sleeper(), waiter = sleeper();
	struct ai_sched_request feeds = sched_request(feeder, -5, 60 * SECOND);
	struct ai_sched_request waits = sched_request(waiter, -5, 60 * SECOND);
	uint64_t ticket;

	feeds.flags |= AI_SCHED_ROLE_FEEDS;
	waits.flags |= AI_SCHED_ROLE_WAITS;
	feeds.device = waits.device = NULL_1;
	CHECK_EQ(sched_try(sched, &feeds), 0);
	CHECK_EQ(sched_try(sched, &waits), 0);
	/* Idle: those who feed it are ahead. */
	WAIT_UNTIL(nice_of(feeder) == -5 && nice_of(waiter) == 0);
	null_latency_us("4000000");
	ticket = gpu_submit(fd, gpu_launch(NULL_1, 3));
	WAIT_UNTIL(nice_of(feeder) == 0 && nice_of(waiter) == -5);
	CHECK_EQ(gpu_end(fd, ticket).error, 0);
	null_latency_us("1000");
	WAIT_UNTIL(nice_of(feeder) == -5 && nice_of(waiter) == 0);
	end_process(feeder);
	end_process(waiter);
}

static void only_the_administrator_opens(void)
{
	pid_t child = fork_case();

	if (child == 0) {
		become_nobody();
		CHECK(open("/dev/ai_gpu", O_RDWR) == -1);
		CHECK(errno == EPERM || errno == EACCES);
		CHECK(proc_value(PROC, "driven") > 0);
		_exit(0);
	}
	reap(child);
}

int main(int argc, char **argv)
{
#define CASE(name) { #name, name }
	static const struct test_case cases[] = {
		CASE(there_and_back_without_hardware), CASE(there_and_back_by_dma),
		CASE(there_and_back_on_the_far_node), CASE(claims_are_exclusive),
		CASE(never_see_each_others_bytes), CASE(deadlines_end_tickets),
		CASE(a_device_that_was_given_up_drains), CASE(cancel), CASE(what_follows_a_failure_fails),
		CASE(each_end_is_told_once), CASE(two_wait_for_one_ticket), CASE(block_freed_during_dma),
		CASE(two_devices_write_to_one_block), CASE(pool_file_closed_during_dma),
		CASE(kill_9_of_an_owner_during_dma), CASE(child_uses_fd),
		CASE(fds_over_a_unix_socket), CASE(exhaustion_plus_one), CASE(older_and_newer_struct_size),
		CASE(arguments_are_checked), CASE(surprise_removal), CASE(removal_against_use),
		CASE(unbind_and_bind), CASE(signal_storm), CASE(a_waiter_can_be_killed),
		CASE(utilisation_is_accounted), CASE(utilisation_moves_boosts),
		CASE(only_the_administrator_opens),
	};
	int observer = gpu_open(), failed = run_cases(cases, sizeof(cases) / sizeof(*cases), argc, argv);
	struct ai_gpu_stats stats;

	/* Whatever was done above, all of it came back. */
	WAIT_UNTIL(gpu_stats(observer).files == 1);
	stats = gpu_stats(observer);
	CHECK_EQ(stats.tickets, 0);
	CHECK_EQ(stats.pages_lent, 0);
	CHECK_EQ(stats.submitted, stats.done + stats.timed_out + stats.cancelled + stats.device_gone +
		 stats.failed);
	printf("# tickets: %llu submitted, %llu done, %llu timed out, %llu cancelled, %llu device gone, %llu interrupts, %llu lost\n",
	       (unsigned long long)stats.submitted, (unsigned long long)stats.done,
	       (unsigned long long)stats.timed_out, (unsigned long long)stats.cancelled,
	       (unsigned long long)stats.device_gone, (unsigned long long)stats.interrupts,
	       (unsigned long long)stats.interrupts_lost);
	return failed;
}
