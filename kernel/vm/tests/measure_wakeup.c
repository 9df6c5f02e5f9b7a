// SPDX-License-Identifier: GPL-2.0-only
/*
 * measure_wakeup [wake-ups [rounds]]: how late a task that wakes every 10 ms and then works for a
 * millisecond runs while four others want the CPU, by what was done for it, and what the others lose.
 */
#include "lease.h"
#include "measure.h"

#define VICTIMS		4
#define PERIOD_NS	(10 * 1000000ULL)
#define NICE		(-10)
#define LOOPS_OF_WORK	60000

enum way { NOTHING, BY_NICE, BY_LEASE, BY_CHRT, WAYS };

static const char *const way_names[] = { "nothing", "setpriority(-10)", "lease, nice -10", "SCHED_FIFO 1" };

static void work(uint32_t loops)
{
	for (volatile uint32_t i = 0; i < loops; i++)
		;
}

struct shared {
	volatile uint64_t loops[VICTIMS];
	volatile uint64_t late[4096];
};

static pid_t start_victim(struct shared *shared, int i)
{
	pid_t child = fork();

	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (;;) {
			work(1000);
			shared->loops[i]++;
		}
	}
	return child;
}

static uint64_t loops_of_all(const struct shared *shared)
{
	uint64_t sum = 0;

	for (int i = 0; i < VICTIMS; i++)
		sum += shared->loops[i];
	return sum;
}

static void prepare(enum way way)
{
	struct sched_param fifo = { .sched_priority = 1 };

	if (way == BY_NICE)
		CHECK_EQ(setpriority(PRIO_PROCESS, 0, NICE), 0);
	if (way == BY_LEASE)
		sched_boost(sched_open(), getpid(), NICE, 600 * SECOND);
	if (way == BY_CHRT)
		CHECK_EQ(sched_setscheduler(0, SCHED_FIFO, &fifo), 0);
}

static void wake_and_work(struct shared *shared, uint32_t wakeups)
{
	struct timespec at;
	uint64_t due = now_ns();

	for (uint32_t i = 0; i < wakeups; i++) {
		due += PERIOD_NS;
		if (due < now_ns())
			due = now_ns() + PERIOD_NS;
		at.tv_sec = (time_t)(due / SECOND);
		at.tv_nsec = (long)(due % SECOND);
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL);
		shared->late[i] = now_ns() - due;
		work(LOOPS_OF_WORK);
	}
}

/* What the others do a second when this task gets what it asks for. */
static void one(struct shared *shared, enum way way, uint32_t wakeups, int round)
{
	uint64_t from = now_ns(), before = loops_of_all(shared), took, late[4096];
	pid_t child = fork();

	if (child == 0) {
		prepare(way);
		wake_and_work(shared, wakeups);
		_exit(0);
	}
	reap(child);
	took = now_ns() - from;
	for (uint32_t i = 0; i < wakeups; i++)
		late[i] = shared->late[i];
	printf("# round %d: %s: wake-up latency p50 %llu us, p99 %llu us, p99.9 %llu us; others did %llu loops a second\n",
	       round, way_names[way], (unsigned long long)quantile(late, wakeups, 500) / 1000,
	       (unsigned long long)quantile(late, wakeups, 990) / 1000,
	       (unsigned long long)quantile(late, wakeups, 999) / 1000,
	       (unsigned long long)((loops_of_all(shared) - before) * 1000 / (took / 1000000)));
}

/* Two leased tasks and a device that is starved and busy in turn. */
static void shifting(struct shared *shared, uint32_t wakeups)
{
	const uint32_t device = AI_SCHED_DEVICE(0U, 0U, 4U, 0U);
	int fd = sched_open();
	uint64_t late[4096];
	pid_t tasks[2];

	for (int phase = 0; phase < 4; phase++) {
		struct ai_sched_report report = { .size = sizeof(report), .device = device,
						  .utilisation_permille = phase % 2 ? 950 : 50,
						  .valid_ns = 60 * SECOND };

		CHECK_EQ(ioctl(fd, AI_SCHED_REPORT, &report), 0);
		for (int role = 0; role < 2; role++) {
			int pair[2];
			struct ai_sched_request request;
			char byte = 0;

			CHECK_EQ(pipe(pair), 0);
			tasks[role] = fork();
			if (tasks[role] == 0) {
				CHECK_EQ(read(pair[0], &byte, 1), 1);
				wake_and_work(shared, wakeups);
				_exit(0);
			}
			request = sched_request(tasks[role], NICE, 60 * SECOND);
			request.flags |= role ? AI_SCHED_ROLE_WAITS : AI_SCHED_ROLE_FEEDS;
			request.device = device;
			CHECK_EQ(sched_try(fd, &request), 0);
			CHECK_EQ(write(pair[1], &byte, 1), 1);
			int nice = nice_of(tasks[role]);

			reap(tasks[role]);
			close(pair[0]);
			close(pair[1]);
			for (uint32_t i = 0; i < wakeups; i++)
				late[i] = shared->late[i];
			printf("# device at %u permille: the task that %s has nice %d, wake-up latency p50 %llu us, p99 %llu us\n",
			       report.utilisation_permille, role ? "waits for it" : "feeds it", nice,
			       (unsigned long long)quantile(late, wakeups, 500) / 1000,
			       (unsigned long long)quantile(late, wakeups, 990) / 1000);
		}
	}
}

int main(int argc, char **argv)
{
	uint32_t wakeups = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 0) : 500;
	int rounds = argc > 2 ? atoi(argv[2]) : 2;
	struct shared *shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t victims[VICTIMS];

	CHECK(wakeups > 0 && wakeups <= 4096);
	for (int i = 0; i < VICTIMS; i++)
		victims[i] = start_victim(shared, i);
	/* In turns, so that no way has the quieter machine. */
	for (int round = 0; round < rounds; round++)
		for (int way = 0; way < WAYS; way++)
			one(shared, (enum way)way, wakeups, round);
	shifting(shared, wakeups / 5 + 1);
	for (int i = 0; i < VICTIMS; i++)
		end_process(victims[i]);
	return 0;
}
