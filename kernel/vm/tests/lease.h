/* SPDX-License-Identifier: GPL-2.0-only */
/* Short ways to /dev/ai_scheduler for the tests. */
#ifndef NIGHTJAR_SCHED_H
#define NIGHTJAR_SCHED_H

#include "check.h"
#include <ai_scheduler.h>

#define SECOND 1000000000ULL

static inline int sched_open(void)
{
	int fd = open("/dev/ai_scheduler", O_RDWR | O_CLOEXEC);

	CHECK(fd >= 0);
	return fd;
}

static inline int sched_try(int fd, struct ai_sched_request *request)
{
	struct ai_sched_boost arg = { .size = sizeof(arg), .count = 1, .requests = (uintptr_t)request,
				      .request_size = sizeof(*request) };

	return ioctl(fd, AI_SCHED_BOOST, &arg);
}

static inline struct ai_sched_request sched_request(pid_t tid, int nice, uint64_t duration_ns)
{
	return (struct ai_sched_request){ .flags = AI_SCHED_TASK_TID, .task = tid, .nice = nice,
					  .duration_ns = duration_ns };
}

static inline uint64_t sched_boost(int fd, pid_t tid, int nice, uint64_t duration_ns)
{
	struct ai_sched_request request = sched_request(tid, nice, duration_ns);

	CHECK_EQ(sched_try(fd, &request), 0);
	CHECK(request.lease);
	return request.lease;
}

static inline int sched_drop(int fd, uint64_t lease)
{
	struct ai_sched_lease arg = { .size = sizeof(arg), .lease = lease };

	return ioctl(fd, AI_SCHED_DROP, &arg);
}

static inline int sched_query(int fd, uint64_t lease, struct ai_sched_query *query)
{
	*query = (struct ai_sched_query){ .size = sizeof(*query), .lease = lease };
	return ioctl(fd, AI_SCHED_QUERY, query);
}

static inline struct ai_sched_stats sched_stats(int fd)
{
	struct ai_sched_stats stats = { .size = sizeof(stats) };

	CHECK_EQ(ioctl(fd, AI_SCHED_STATS, &stats), 0);
	return stats;
}

static inline int nice_of(pid_t tid)
{
	errno = 0;
	return getpriority(PRIO_PROCESS, (id_t)tid);
}

/*
 * A process that waits to be killed, and goes with the case that made it or
 * after the given time. It closes what it inherits: a copy of an fd would keep
 * the leases' owner alive.
 */
static inline pid_t sleeper_for(unsigned int seconds)
{
	int ready[2];
	pid_t child;
	char byte;

	CHECK_EQ(pipe(ready), 0);
	child = fork_case();
	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		alarm(seconds);
		for (int fd = 3; fd < 256; fd++)
			close(fd);
		for (;;)
			pause();
	}
	/* The end of the pipe says that the child has closed everything. */
	close(ready[1]);
	CHECK_EQ(read(ready[0], &byte, 1), 0);
	close(ready[0]);
	return child;
}

static inline pid_t sleeper(void)
{
	return sleeper_for(60);
}

static inline void end_process(pid_t child)
{
	kill(child, SIGKILL);
	CHECK_EQ(waitpid(child, NULL, 0), child);
}

static inline int try_write(const char *path, const char *text, size_t size)
{
	int fd = open(path, O_WRONLY), ret, code;

	if (fd < 0)
		return -1;
	ret = (int)write(fd, text, size);
	code = errno;
	close(fd);
	errno = code;
	return ret;
}

#endif
