// SPDX-License-Identifier: GPL-2.0-only
/* Leases: every way one can end leaves the thread as it was, and nobody gets one they may not have. */
#include "lease.h"

#define PROC "/proc/ai_scheduler"

static void drop_restores(void)
{
	int fd = sched_open();
	pid_t child = sleeper();
	uint64_t lease = sched_boost(fd, child, -7, 60 * SECOND);
	struct ai_sched_query query;

	CHECK_EQ(nice_of(child), -7);
	CHECK_EQ(sched_query(fd, lease, &query), 0);
	CHECK_EQ(query.tid, child);
	CHECK_EQ(query.tgid, child);
	CHECK_EQ(query.nice_before, 0);
	CHECK_EQ(query.nice_now, -7);
	CHECK_EQ(query.state, AI_SCHED_STATE_BOOSTED);
	CHECK_EQ(query.utilisation_permille, AI_SCHED_UNKNOWN);
	CHECK(query.remaining_ns > 50 * SECOND && query.remaining_ns <= 60 * SECOND);
	CHECK_EQ(sched_drop(fd, lease), 0);
	CHECK_EQ(nice_of(child), 0);
	CHECK_FAILS(sched_drop(fd, lease), ENOENT);
	CHECK_FAILS(sched_query(fd, lease, &query), ENOENT);
	end_process(child);
}

static void expiry_restores_and_says_so(void)
{
	int fd = sched_open();
	pid_t child = sleeper();
	uint64_t from = now_ns(), lease = sched_boost(fd, child, -3, SECOND / 2);
	struct ai_sched_event event, none;
	struct pollfd wait = { .fd = fd, .events = POLLIN };

	CHECK_EQ(nice_of(child), -3);
	CHECK_EQ(poll(&wait, 1, 0), 0);
	CHECK_EQ(poll(&wait, 1, 20000), 1);
	CHECK_EQ(nice_of(child), 0);
	CHECK(now_ns() - from >= SECOND / 2);
	CHECK_EQ(read(fd, &event, sizeof(event)), sizeof(event));
	CHECK_EQ(event.lease, lease);
	CHECK_EQ(event.reason, AI_SCHED_END_EXPIRED);
	CHECK_EQ(event.pad, 0);
	fcntl(fd, F_SETFL, O_NONBLOCK);
	CHECK_FAILS(read(fd, &none, sizeof(none)), EAGAIN);
	CHECK_FAILS(read(fd, &none, sizeof(none) - 1), EINVAL);
	end_process(child);
}

static void renew_moves_the_deadline(void)
{
	int fd = sched_open();
	pid_t child = sleeper();
	uint64_t lease = sched_boost(fd, child, -3, SECOND);
	struct ai_sched_lease arg = { .size = sizeof(arg), .lease = lease, .duration_ns = 30 * SECOND };
	struct ai_sched_query query;

	CHECK_EQ(ioctl(fd, AI_SCHED_RENEW, &arg), 0);
	sleep_ms(1500);
	CHECK_EQ(nice_of(child), -3);
	CHECK_EQ(sched_query(fd, lease, &query), 0);
	arg.duration_ns = SECOND / 100;
	arg.size = sizeof(arg);
	CHECK_EQ(ioctl(fd, AI_SCHED_RENEW, &arg), 0);
	WAIT_UNTIL(nice_of(child) == 0);
	CHECK_FAILS(ioctl(fd, AI_SCHED_RENEW, &arg), ENOENT);
	end_process(child);
}

static void owners_death_restores(void)
{
	pid_t child = sleeper(), owner;
	int ready[2], observer = sched_open();
	uint64_t closed = sched_stats(observer).owner_closed;
	char byte;

	CHECK_EQ(pipe(ready), 0);
	owner = fork_case();
	if (owner == 0) {
		sched_boost(sched_open(), child, -9, 60 * SECOND);
		CHECK_EQ(write(ready[1], "x", 1), 1);
		for (;;)
			pause();
	}
	CHECK_EQ(read(ready[0], &byte, 1), 1);
	CHECK_EQ(nice_of(child), -9);
	end_process(owner);
	WAIT_UNTIL(nice_of(child) == 0);
	CHECK_EQ(sched_stats(observer).owner_closed, closed + 1);
	CHECK_EQ(sched_stats(observer).leases, 0);
	end_process(child);
}

static void tasks_death_ends_the_lease(void)
{
	int fd = sched_open();
	pid_t child = sleeper();
	uint64_t lease = sched_boost(fd, child, -9, 60 * SECOND);
	struct ai_sched_event event;

	end_process(child);
	CHECK_EQ(read(fd, &event, sizeof(event)), sizeof(event));
	CHECK_EQ(event.lease, lease);
	CHECK_EQ(event.reason, AI_SCHED_END_EXITED);
	CHECK_EQ(sched_stats(fd).leases, 0);
}

/* A number that comes back is another task: it has no lease, and ending the old one leaves it alone. */
static void pid_reuse(void)
{
	int fd = sched_open();
	pid_t first = sleeper(), second;
	uint64_t lease = sched_boost(fd, first, -11, 60 * SECOND);
	struct ai_sched_query query;
	char text[32];

	kill(first, SIGKILL);
	CHECK_EQ(waitpid(first, NULL, 0), first);
	/* Quickly, so that the lease's end and the number's new life come close together. */
	sprintf(text, "%d", first - 1);
	write_file("/proc/sys/kernel/ns_last_pid", text);
	second = sleeper();
	if (second != first) {
		printf("# pid %d was not given again but %d\n", first, second);
		end_process(second);
		return;
	}
	CHECK_EQ(nice_of(second), 0);
	WAIT_UNTIL(sched_query(fd, lease, &query) == -1);
	CHECK_EQ(nice_of(second), 0);
	CHECK_FAILS(sched_drop(fd, lease), ENOENT);
	lease = sched_boost(fd, second, -2, 60 * SECOND);
	CHECK_EQ(nice_of(second), -2);
	CHECK_EQ(sched_drop(fd, lease), 0);
	end_process(second);
}

static void someone_elses_choice_stays(void)
{
	int fd = sched_open();
	pid_t child = sleeper();
	uint64_t lease = sched_boost(fd, child, -5, 60 * SECOND), before = sched_stats(fd).overridden;

	CHECK_EQ(setpriority(PRIO_PROCESS, (id_t)child, 12), 0);
	CHECK_EQ(sched_drop(fd, lease), 0);
	CHECK_EQ(nice_of(child), 12);
	CHECK_EQ(sched_stats(fd).overridden, before + 1);
	end_process(child);
}

static void one_lease_a_thread(void)
{
	int fd = sched_open(), other = sched_open();
	pid_t child = sleeper();
	uint64_t lease = sched_boost(fd, child, -5, 60 * SECOND);
	struct ai_sched_request second = sched_request(child, -6, SECOND);
	struct ai_sched_query query;

	CHECK_FAILS(sched_try(fd, &second), EBUSY);
	CHECK_FAILS(sched_try(other, &second), EBUSY);
	/* Another file can neither see nor end it. */
	CHECK_FAILS(sched_drop(other, lease), ENOENT);
	CHECK_FAILS(sched_query(other, lease, &query), ENOENT);
	CHECK_EQ(nice_of(child), -5);
	close(fd);
	CHECK_EQ(nice_of(child), 0);
	CHECK_EQ(sched_try(other, &second), 0);
	end_process(child);
}

static void *thread_waits(void *tid)
{
	*(volatile pid_t *)tid = (pid_t)syscall(SYS_gettid);
	for (;;)
		pause();
	return NULL;
}

/* tid and tgid are different things: a lease is for one thread and leaves the others. */
static void one_thread_of_several(void)
{
	int fd = sched_open();
	volatile pid_t tid = 0;
	pthread_t thread;
	struct ai_sched_query query;
	uint64_t lease;

	CHECK_EQ(pthread_create(&thread, NULL, thread_waits, (void *)&tid), 0);
	WAIT_UNTIL(tid);
	CHECK(tid != getpid());
	lease = sched_boost(fd, tid, -4, 60 * SECOND);
	CHECK_EQ(nice_of(tid), -4);
	CHECK_EQ(nice_of(getpid()), 0);
	CHECK_EQ(sched_query(fd, lease, &query), 0);
	CHECK_EQ(query.tid, tid);
	CHECK_EQ(query.tgid, getpid());
}

static void by_pidfd(void)
{
	int fd = sched_open(), pidfd, not_a_pidfd = open("/dev/null", O_RDONLY);
	pid_t child = sleeper();
	struct ai_sched_request request = { .flags = AI_SCHED_TASK_PIDFD, .nice = -8,
					    .duration_ns = 60 * SECOND };
	int event = (int)syscall(SYS_eventfd2, 0, 0);

	pidfd = (int)syscall(SYS_pidfd_open, child, 0);
	CHECK(pidfd >= 0);
	request.task = pidfd;
	CHECK_EQ(sched_try(fd, &request), 0);
	CHECK_EQ(nice_of(child), -8);
	request.lease = 0;
	request.task = not_a_pidfd;
	CHECK_FAILS(sched_try(fd, &request), EBADF);
	request.task = event;
	CHECK_FAILS(sched_try(fd, &request), EBADF);
	request.task = 900;
	CHECK_FAILS(sched_try(fd, &request), EBADF);
	request.task = -1;
	CHECK_FAILS(sched_try(fd, &request), EBADF);
	end_process(child);
	request.task = pidfd;
	CHECK_FAILS(sched_try(fd, &request), ESRCH);
}

static void batches_say_how_far_they_came(void)
{
	int fd = sched_open();
	struct { struct ai_sched_request known; uint64_t future; } requests[4] = { 0 };
	struct ai_sched_boost arg = { .size = sizeof(arg), .count = 4, .requests = (uintptr_t)requests,
				      .request_size = sizeof(requests[0]) };
	pid_t children[4];

	for (int i = 0; i < 4; i++) {
		children[i] = sleeper();
		requests[i].known = sched_request(children[i], -1 - i, 60 * SECOND);
	}
	requests[2].known.nice = -21;
	CHECK_FAILS(ioctl(fd, AI_SCHED_BOOST, &arg), EINVAL);
	CHECK_EQ(arg.n_done, 2);
	CHECK_EQ(nice_of(children[0]), -1);
	CHECK_EQ(nice_of(children[1]), -2);
	CHECK_EQ(nice_of(children[3]), 0);
	CHECK(requests[0].known.lease && requests[1].known.lease && !requests[3].known.lease);
	requests[3].future = 1;
	arg = (struct ai_sched_boost){ .size = sizeof(arg), .count = 1, .requests = (uintptr_t)&requests[3],
				       .request_size = sizeof(requests[0]) };
	CHECK_FAILS(ioctl(fd, AI_SCHED_BOOST, &arg), E2BIG);
	for (int i = 0; i < 4; i++)
		end_process(children[i]);
}

static void permission_is_setprioritys(void)
{
	pid_t foreign = sleeper(), child;
	int fd = sched_open();

	/* The file came from the administrator; what counts is who calls. */
	child = fork_case();
	if (child == 0) {
		struct ai_sched_request request;
		struct rlimit limit = { 25, 25 }; /* nice 20 - 25 = -5 */
		struct ai_sched_report report = { .size = sizeof(report), .utilisation_permille = 5,
						  .device = AI_SCHED_DEVICE(0, 0, 1, 0), .valid_ns = SECOND };

		CHECK_EQ(prctl(PR_SET_DUMPABLE, 1), 0);
		CHECK_EQ(setrlimit(RLIMIT_NICE, &limit), 0);
		become_nobody();
		CHECK(open("/dev/ai_scheduler", O_RDWR) == -1);
		request = sched_request(foreign, 5, SECOND);
		CHECK_FAILS(sched_try(fd, &request), EPERM);
		request = sched_request(1, -1, SECOND);
		CHECK_FAILS(sched_try(fd, &request), EPERM);
		request = sched_request(getpid(), -6, SECOND);
		CHECK_FAILS(sched_try(fd, &request), EACCES);
		request = sched_request(getpid(), -5, SECOND * 30);
		CHECK_EQ(sched_try(fd, &request), 0);
		CHECK_EQ(nice_of(0), -5);
		CHECK_EQ(sched_drop(fd, request.lease), 0);
		CHECK_EQ(nice_of(0), 0);
		request = sched_request(getpid(), 0, SECOND);
		request.flags |= AI_SCHED_POLICY_FIFO;
		CHECK_FAILS(sched_try(fd, &request), EPERM);
		CHECK_FAILS(ioctl(fd, AI_SCHED_REPORT, &report), EPERM);
		CHECK_FAILS(try_write(PROC, "boost 1 -1 1", 12), EACCES);
		_exit(0);
	}
	reap(child);
	CHECK_EQ(nice_of(foreign), 0);
	/* An fd of /proc that the administrator opened is no licence either. */
	int given = open(PROC, O_RDWR);

	child = fork_case();
	if (child == 0) {
		become_nobody();
		CHECK_FAILS(write(given, "boost 1 -1 1", 12), EPERM);
		_exit(0);
	}
	reap(child);
	end_process(foreign);
}

static void kernel_threads_are_left_alone(void)
{
	int fd = sched_open();
	struct ai_sched_request request = sched_request(2, -1, SECOND);

	CHECK_FAILS(sched_try(fd, &request), EPERM);
}

static void fifo_only_if_allowed(void)
{
	int fd = sched_open();
	pid_t child = sleeper();
	struct ai_sched_request request = sched_request(child, 0, SECOND / 2);

	request.flags |= AI_SCHED_POLICY_FIFO;
	CHECK_FAILS(sched_try(fd, &request), EPERM);
	write_file("/sys/module/ai_scheduler/parameters/allow_fifo", "1");
	CHECK_EQ(setpriority(PRIO_PROCESS, (id_t)child, 3), 0);
	CHECK_EQ(sched_try(fd, &request), 0);
	CHECK_EQ(sched_getscheduler(child), SCHED_FIFO | SCHED_RESET_ON_FORK);
	WAIT_UNTIL(sched_getscheduler(child) == SCHED_OTHER);
	CHECK_EQ(nice_of(child), 3);
	write_file("/sys/module/ai_scheduler/parameters/allow_fifo", "0");
	end_process(child);
}

static void arguments_are_checked(void)
{
	int fd = sched_open();
	pid_t child = sleeper();
	struct ai_sched_request good = sched_request(child, -1, SECOND), bad;

	bad = good, bad.flags = 0;
	CHECK_FAILS(sched_try(fd, &bad), EINVAL);
	bad = good, bad.flags |= AI_SCHED_TASK_PIDFD;
	CHECK_FAILS(sched_try(fd, &bad), EINVAL);
	bad = good, bad.flags |= 1U << 20;
	CHECK_FAILS(sched_try(fd, &bad), EINVAL);
	bad = good, bad.nice = 20;
	CHECK_FAILS(sched_try(fd, &bad), EINVAL);
	bad = good, bad.duration_ns = 0;
	CHECK_FAILS(sched_try(fd, &bad), EINVAL);
	bad = good, bad.duration_ns = 3601 * SECOND;
	CHECK_FAILS(sched_try(fd, &bad), EINVAL);
	bad = good, bad.lease = 1;
	CHECK_FAILS(sched_try(fd, &bad), EINVAL);
	bad = good, bad.device = 5;
	CHECK_FAILS(sched_try(fd, &bad), EINVAL);
	bad = good, bad.flags |= AI_SCHED_ROLE_FEEDS;
	CHECK_FAILS(sched_try(fd, &bad), EINVAL);
	bad = good, bad.flags |= AI_SCHED_ROLE_FEEDS | AI_SCHED_ROLE_WAITS, bad.device = AI_SCHED_DEVICE(0, 0, 1, 0);
	CHECK_FAILS(sched_try(fd, &bad), EINVAL);
	bad = good, bad.flags |= AI_SCHED_NEAR_DEVICE, bad.device = AI_SCHED_DEVICE(0, 0xee, 1, 0);
	CHECK_FAILS(sched_try(fd, &bad), ENODEV);
	bad = good, bad.task = 0;
	CHECK_FAILS(sched_try(fd, &bad), ESRCH);
	bad = good, bad.task = -4;
	CHECK_FAILS(sched_try(fd, &bad), ESRCH);
	bad = good, bad.task = 4000000;
	CHECK_FAILS(sched_try(fd, &bad), ESRCH);
	CHECK_EQ(nice_of(child), 0);
	CHECK_EQ(sched_stats(fd).leases, 0);
	/* Answers that can not be written leave no lease behind. */
	struct ai_sched_request *readonly = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
						 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct ai_sched_boost arg = { .size = sizeof(arg), .count = 1, .requests = (uintptr_t)readonly,
				      .request_size = sizeof(*readonly) };

	*readonly = good;
	CHECK_EQ(mprotect(readonly, 4096, PROT_READ), 0);
	CHECK_FAILS(ioctl(fd, AI_SCHED_BOOST, &arg), EFAULT);
	CHECK_EQ(nice_of(child), 0);
	CHECK_EQ(sched_stats(fd).leases, 0);
	end_process(child);
}

/* In the child: what it has from the thread that started it. */
static int childs_nice(void)
{
	pid_t child = fork_case();
	int status;

	if (child == 0)
		_exit(nice_of(0) + 20);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK(WIFEXITED(status));
	return WEXITSTATUS(status) - 20;
}

static void *tell_nice(void *told)
{
	*(int *)told = nice_of((pid_t)syscall(SYS_gettid));
	return NULL;
}

static int threads_nice(void)
{
	pthread_t thread;
	int told = 99;

	CHECK_EQ(pthread_create(&thread, NULL, tell_nice, &told), 0);
	pthread_join(thread, NULL);
	return told;
}

static void children_do_not_inherit(void)
{
	int fd = sched_open();
	const struct { int before, boosted; } pairs[] = { { 0, -7 }, { 5, -7 }, { 9, 4 }, { -3, -8 }, { 0, 6 } };

	for (unsigned int i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		CHECK_EQ(setpriority(PRIO_PROCESS, 0, pairs[i].before), 0);
		uint64_t lease = sched_boost(fd, getpid(), pairs[i].boosted, 60 * SECOND);

		CHECK_EQ(nice_of(0), pairs[i].boosted);
		CHECK_EQ(childs_nice(), pairs[i].before);
		CHECK_EQ(threads_nice(), pairs[i].before);
		/* What the thread has chosen itself meanwhile its children do have. */
		CHECK_EQ(setpriority(PRIO_PROCESS, 0, 13), 0);
		CHECK_EQ(childs_nice(), 13);
		CHECK_EQ(setpriority(PRIO_PROCESS, 0, pairs[i].boosted), 0);
		CHECK_EQ(sched_drop(fd, lease), 0);
		CHECK_EQ(nice_of(0), pairs[i].before);
		CHECK_EQ(childs_nice(), pairs[i].before);
	}
	/* The flag by which that is done is as it was, too. */
	CHECK_EQ(setpriority(PRIO_PROCESS, 0, -2), 0);
	CHECK_EQ(sched_drop(fd, sched_boost(fd, getpid(), -4, 60 * SECOND)), 0);
	CHECK_EQ(sched_getscheduler(0), SCHED_OTHER);
	CHECK_EQ(childs_nice(), -2);
}

static void children_inherit_if_asked_for(void)
{
	int fd = sched_open();
	struct ai_sched_request request = sched_request(getpid(), -7, 60 * SECOND);
	pid_t child;

	request.flags |= AI_SCHED_CHILDREN;
	CHECK_EQ(sched_try(fd, &request), 0);
	CHECK_EQ(threads_nice(), -7);
	child = sleeper();
	CHECK_EQ(nice_of(child), -7);
	CHECK_EQ(sched_drop(fd, request.lease), 0);
	CHECK_EQ(nice_of(0), 0);
	CHECK_EQ(nice_of(child), -7);
	end_process(child);
	request.lease = 0;
	request.nice = 0;
	request.flags |= AI_SCHED_POLICY_FIFO;
	CHECK_FAILS(sched_try(fd, &request), EINVAL);
}

/* A real-time policy must not outlive its lease in a child either. */
static void fifo_children_do_not_inherit(void)
{
	int fd = sched_open(), status;
	struct ai_sched_request request = sched_request(getpid(), 0, 60 * SECOND);
	pid_t child;

	request.flags |= AI_SCHED_POLICY_FIFO;
	write_file("/sys/module/ai_scheduler/parameters/allow_fifo", "1");
	CHECK_EQ(setpriority(PRIO_PROCESS, 0, 3), 0);
	CHECK_EQ(sched_try(fd, &request), 0);
	CHECK_EQ(sched_getscheduler(0), SCHED_FIFO | SCHED_RESET_ON_FORK);
	child = fork_case();
	if (child == 0)
		_exit(sched_getscheduler(0) == SCHED_OTHER ? nice_of(0) + 20 : 99);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(WEXITSTATUS(status), 3 + 20);
	CHECK_EQ(sched_drop(fd, request.lease), 0);
	CHECK_EQ(sched_getscheduler(0), SCHED_OTHER);
	CHECK_EQ(nice_of(0), 3);
	write_file("/sys/module/ai_scheduler/parameters/allow_fifo", "0");
}

/* Leases that end while their thread forks: no child keeps the boost, however close it was. */
static void fork_against_expiry(void)
{
	int fd = sched_open(), ready[2], status;
	uint64_t end = now_ns() + 3 * SECOND, leases = 0;
	pid_t forker;
	char byte;

	CHECK_EQ(pipe(ready), 0);
	forker = fork_case();
	if (forker == 0) {
		close(fd);
		CHECK_EQ(write(ready[1], "x", 1), 1);
		for (;;) {
			pid_t child = fork();

			CHECK(child >= 0);
			if (child == 0)
				_exit(nice_of(0) == 0 ? 0 : 1);
			reap(child);
		}
	}
	CHECK_EQ(read(ready[0], &byte, 1), 1);
	while (now_ns() < end) {
		struct ai_sched_request request = sched_request(forker, -15, SECOND / 1000);

		if (sched_try(fd, &request) == 0)
			leases++;
		else
			CHECK_EQ(errno, EBUSY);
		sched_yield();
		if (leases % 3 == 0)
			(void)!sched_drop(fd, request.lease);
		CHECK_EQ(waitpid(forker, &status, WNOHANG), 0);
	}
	printf("# fork against expiry: %llu leases\n", (unsigned long long)leases);
	CHECK(leases > 5);
	end_process(forker);
}

/*
 * The probes stay for a while after the last lease, so that leases in a row do
 * not each pay for putting them in and out, which takes the kernel's grace periods.
 */
static void leases_in_a_row_are_quick(void)
{
	int fd = sched_open();
	pid_t child = sleeper();
	uint64_t began, took;

	sched_boost(fd, child, -1, SECOND / 1000);
	WAIT_UNTIL(sched_stats(fd).leases == 0);
	began = now_ns();
	for (int i = 0; i < 20; i++) {
		sched_boost(fd, child, -1, SECOND / 1000);
		while (sched_stats(fd).leases)
			sched_yield();
	}
	took = now_ns() - began;
	printf("# a lease of 1 ms, from grant to end: %llu us\n", (unsigned long long)(took / 20 / 1000));
	CHECK(took < slower() * SECOND);
	end_process(child);
}

static void *read_one_event(void *fd)
{
	struct ai_sched_event event;

	return (void *)(intptr_t)read(*(int *)fd, &event, sizeof(event));
}

/* Both wait; each event goes to one of them, and the other waits on. */
static void two_readers(void)
{
	int fd = sched_open();
	pthread_t readers[2];
	pid_t children[2] = { sleeper(), sleeper() };
	void *got;

	for (int i = 0; i < 2; i++)
		CHECK_EQ(pthread_create(&readers[i], NULL, read_one_event, &fd), 0);
	for (int i = 0; i < 2; i++) {
		sched_boost(fd, children[i], -1, 60 * SECOND);
		sleep_ms(50);
		end_process(children[i]);
		sleep_ms(50);
	}
	for (int i = 0; i < 2; i++) {
		CHECK_EQ(pthread_join(readers[i], &got), 0);
		CHECK_EQ((intptr_t)got, sizeof(struct ai_sched_event));
	}
}

static void events_survive_a_bad_address(void)
{
	int fd = sched_open();
	pid_t child = sleeper();
	uint64_t lease = sched_boost(fd, child, -1, 60 * SECOND);
	struct ai_sched_event event;
	struct pollfd ready = { .fd = fd, .events = POLLIN };
	void *sealed = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	end_process(child);
	CHECK_EQ(poll(&ready, 1, 10000), 1);
	CHECK_FAILS(read(fd, sealed, sizeof(event)), EFAULT);
	CHECK_EQ(fcntl(fd, F_SETFL, O_NONBLOCK), 0);
	CHECK_EQ(read(fd, &event, sizeof(event)), sizeof(event));
	CHECK_EQ(event.lease, lease);
	CHECK_FAILS(read(fd, &event, sizeof(event)), EAGAIN);
}

static void through_proc(void)
{
	pid_t child = sleeper();
	char text[64];

	sprintf(text, "boost %d -6 1\n", child);
	write_file(PROC, text);
	CHECK_EQ(nice_of(child), -6);
	CHECK_EQ(proc_value(PROC, "leases"), 1);
	WAIT_UNTIL(nice_of(child) == 0);
	sprintf(text, "boost %d -6 1000", child);
	write_file(PROC, text);
	sprintf(text, "drop %d", child);
	write_file(PROC, text);
	CHECK_EQ(nice_of(child), 0);
	CHECK_FAILS(try_write(PROC, text, strlen(text)), ENOENT);
	/* The deadline is part of the sentence. */
	sprintf(text, "boost %d -6", child);
	CHECK_FAILS(try_write(PROC, text, strlen(text)), EINVAL);
	sprintf(text, "boost %d -6 0", child);
	CHECK_FAILS(try_write(PROC, text, strlen(text)), EINVAL);
	sprintf(text, "boost %d -6 9999999", child);
	CHECK_FAILS(try_write(PROC, text, strlen(text)), EINVAL);
	CHECK_FAILS(try_write(PROC, "boost 1 -1 1 1", 14), EINVAL);
	CHECK_FAILS(try_write(PROC, "drop\0 1", 7), EINVAL);
	end_process(child);
	/* A task's own end ends such a lease too. */
	child = sleeper();
	sprintf(text, "boost %d -6 1000", child);
	write_file(PROC, text);
	end_process(child);
	WAIT_UNTIL(proc_value(PROC, "leases") == 0);
}

static uint64_t histogram_sum(const struct ai_sched_query *query)
{
	uint64_t sum = 0;

	for (int i = 0; i < AI_SCHED_BUCKETS; i++)
		sum += query->histogram[i];
	return sum;
}

static void histogram_counts_wakeups(void)
{
	int fd = sched_open(), ping[2];
	struct ai_sched_query before, after;
	pid_t child;
	uint64_t lease;
	char byte;

	CHECK_EQ(pipe(ping), 0);
	child = fork_case();
	if (child == 0) {
		/* Exactly one sleep for each byte. */
		while (read(ping[0], &byte, 1) == 1)
			;
		_exit(0);
	}
	lease = sched_boost(fd, child, -1, 60 * SECOND);
	sleep_ms(200);
	CHECK_EQ(sched_query(fd, lease, &before), 0);
	for (int i = 0; i < 40; i++) {
		CHECK_EQ(write(ping[1], "p", 1), 1);
		sleep_ms(20);
	}
	CHECK_EQ(sched_query(fd, lease, &after), 0);
	CHECK_EQ(histogram_sum(&after), after.wakeups);
	CHECK(after.wakeups - before.wakeups >= 30);
	CHECK(after.wakeups - before.wakeups <= 60);
	end_process(child);
}

/* GPU-aware: the boost goes to the side that the device's utilisation makes matter. */
static void reported_utilisation_shifts_the_boost(void)
{
	int fd = sched_open();
	pid_t feeder = sleeper(), waiter = sleeper();
	uint32_t device = AI_SCHED_DEVICE(0, 0xf0, 3, 0);
	struct ai_sched_request feeds = sched_request(feeder, -10, 60 * SECOND),
				waits = sched_request(waiter, -10, 60 * SECOND);
	struct ai_sched_report report = { .size = sizeof(report), .device = device, .valid_ns = 30 * SECOND };
	struct ai_sched_query query;

	feeds.flags |= AI_SCHED_ROLE_FEEDS, feeds.device = device;
	waits.flags |= AI_SCHED_ROLE_WAITS, waits.device = device;
	CHECK_EQ(sched_try(fd, &feeds), 0);
	CHECK_EQ(sched_try(fd, &waits), 0);
	CHECK(nice_of(feeder) == -10 && nice_of(waiter) == -10);
	for (int flip = 0; flip < 4; flip++) {
		report.size = sizeof(report);
		report.utilisation_permille = flip % 2 ? 950 : 50;
		CHECK_EQ(ioctl(fd, AI_SCHED_REPORT, &report), 0);
		if (flip % 2)
			WAIT_UNTIL(nice_of(feeder) == 0 && nice_of(waiter) == -10);
		else
			WAIT_UNTIL(nice_of(feeder) == -10 && nice_of(waiter) == 0);
	}
	CHECK_EQ(sched_query(fd, feeds.lease, &query), 0);
	CHECK_EQ(query.state, AI_SCHED_STATE_SHIFTED);
	CHECK_EQ(query.utilisation_permille, 950);
	/* Between the thresholds nothing moves. */
	report.utilisation_permille = 500;
	report.size = sizeof(report);
	CHECK_EQ(ioctl(fd, AI_SCHED_REPORT, &report), 0);
	sleep_ms(400);
	CHECK(nice_of(feeder) == 0 && nice_of(waiter) == -10);
	/* What is stale counts as unknown: both have what they asked for. */
	report.utilisation_permille = 50;
	report.valid_ns = SECOND / 2;
	report.size = sizeof(report);
	CHECK_EQ(ioctl(fd, AI_SCHED_REPORT, &report), 0);
	WAIT_UNTIL(nice_of(waiter) == 0);
	WAIT_UNTIL(nice_of(feeder) == -10 && nice_of(waiter) == -10);
	CHECK_EQ(sched_query(fd, waits.lease, &query), 0);
	CHECK_EQ(query.utilisation_permille, AI_SCHED_UNKNOWN);
	/* Ending while shifted has nothing to restore, and does not. */
	report.utilisation_permille = 50;
	report.valid_ns = 30 * SECOND;
	report.size = sizeof(report);
	CHECK_EQ(ioctl(fd, AI_SCHED_REPORT, &report), 0);
	WAIT_UNTIL(nice_of(waiter) == 0);
	CHECK_EQ(setpriority(PRIO_PROCESS, (id_t)waiter, 4), 0);
	CHECK_EQ(sched_drop(fd, waits.lease), 0);
	CHECK_EQ(nice_of(waiter), 4);
	CHECK_EQ(sched_drop(fd, feeds.lease), 0);
	CHECK_EQ(nice_of(feeder), 0);
	end_process(feeder);
	end_process(waiter);
}

/* The edu device behind the second node's bus: its CPUs are that node's. */
static void near_device_runs_on_its_node(void)
{
	int fd = sched_open();
	pid_t child = sleeper();
	cpu_set_t before, now;
	uint32_t bus;
	struct ai_sched_request request = sched_request(child, -1, 60 * SECOND);

	CHECK_EQ(sched_getaffinity(child, sizeof(before), &before), 0);
	for (bus = 1; bus < 256; bus++) {
		char path[96], node[8] = "";
		FILE *file;

		sprintf(path, "/sys/bus/pci/devices/0000:%02x:00.0/numa_node", bus);
		file = fopen(path, "r");
		if (!file)
			continue;
		CHECK(fgets(node, sizeof(node), file));
		fclose(file);
		if (atoi(node) == 1)
			break;
	}
	if (bus == 256 || CPU_COUNT(&before) < 2) {
		puts("# no device on a second node: CPUs were not tried");
		end_process(child);
		return;
	}
	request.flags |= AI_SCHED_NEAR_DEVICE;
	request.device = AI_SCHED_DEVICE(0, bus, 0, 0);
	CHECK_EQ(sched_try(fd, &request), 0);
	CHECK_EQ(sched_getaffinity(child, sizeof(now), &now), 0);
	CHECK(CPU_COUNT(&now) == 1 && CPU_ISSET(1, &now));
	CHECK_EQ(sched_drop(fd, request.lease), 0);
	CHECK_EQ(sched_getaffinity(child, sizeof(now), &now), 0);
	CHECK(CPU_EQUAL(&now, &before));
	end_process(child);
}

static void signal_storm(void)
{
	int fd = sched_open();
	uint64_t end = now_ns() + SECOND;
	pid_t self = getpid(), child;
	struct sigaction ignore = { .sa_handler = SIG_IGN };

	sigaction(SIGUSR1, &ignore, NULL);
	child = fork_case();
	if (child == 0) {
		while (!kill(self, SIGUSR1))
			;
		_exit(0);
	}
	while (now_ns() < end) {
		uint64_t lease = sched_boost(fd, self, -2, SECOND * 9);

		CHECK_EQ(sched_drop(fd, lease), 0);
	}
	end_process(child);
	CHECK_EQ(nice_of(0), 0);
}

static void many_leases_end_with_their_file(void)
{
	int fd = sched_open(), observer = sched_open();
	pid_t children[100];

	for (int i = 0; i < 100; i++) {
		children[i] = sleeper();
		sched_boost(fd, children[i], -i % 20, 60 * SECOND);
	}
	CHECK_EQ(sched_stats(observer).leases, 100);
	CHECK(proc_value(PROC, "leases_not_shown") > 0);
	close(fd);
	CHECK_EQ(sched_stats(observer).leases, 0);
	for (int i = 0; i < 100; i++) {
		CHECK_EQ(nice_of(children[i]), 0);
		end_process(children[i]);
	}
}

int main(int argc, char **argv)
{
#define CASE(name) { #name, name }
	static const struct test_case cases[] = {
		CASE(drop_restores), CASE(expiry_restores_and_says_so), CASE(renew_moves_the_deadline),
		CASE(owners_death_restores), CASE(tasks_death_ends_the_lease), CASE(pid_reuse),
		CASE(someone_elses_choice_stays), CASE(one_lease_a_thread), CASE(one_thread_of_several),
		CASE(by_pidfd), CASE(batches_say_how_far_they_came), CASE(permission_is_setprioritys),
		CASE(kernel_threads_are_left_alone), CASE(fifo_only_if_allowed), CASE(arguments_are_checked),
		CASE(children_do_not_inherit), CASE(children_inherit_if_asked_for),
		CASE(fifo_children_do_not_inherit), CASE(fork_against_expiry), CASE(leases_in_a_row_are_quick),
		CASE(two_readers),
		CASE(events_survive_a_bad_address),
		CASE(through_proc), CASE(histogram_counts_wakeups),
		CASE(reported_utilisation_shifts_the_boost), CASE(near_device_runs_on_its_node),
		CASE(signal_storm), CASE(many_leases_end_with_their_file),
	};
	int failed = run_cases(cases, sizeof(cases) / sizeof(*cases), argc, argv);

	WAIT_UNTIL(proc_value(PROC, "leases") == 0);
	return failed;
}
