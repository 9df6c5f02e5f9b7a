/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the guest's test programs share. Each case runs in a process of its own
 * with a time limit, so that one that crashes or hangs is one failure.
 */
#ifndef NIGHTJAR_CHECK_H
#define NIGHTJAR_CHECK_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CHECK(condition)							\
	do {									\
		if (!(condition)) {						\
			fprintf(stderr, "%s:%d: not so: %s (errno %d %s)\n", __FILE__, __LINE__, \
				#condition, errno, strerror(errno));		\
			_exit(1);						\
		}								\
	} while (0)

#define CHECK_EQ(a, b)								\
	do {									\
		long long left = (long long)(a), right = (long long)(b);	\
		if (left != right) {						\
			fprintf(stderr, "%s:%d: %s is %lld, %s is %lld (errno %d %s)\n", __FILE__, \
				__LINE__, #a, left, #b, right, errno, strerror(errno)); \
			_exit(1);						\
		}								\
	} while (0)

/* The call fails, and with this errno. */
#define CHECK_FAILS(call, code)							\
	do {									\
		errno = 0;							\
		long long check_result = (long long)(call);				\
		if (check_result != -1 || errno != (code)) {				\
			fprintf(stderr, "%s:%d: %s gave %lld and errno %d (%s), not %s\n", __FILE__, \
				__LINE__, #call, check_result, errno, strerror(errno), #code); \
			_exit(1);						\
		}								\
	} while (0)

struct test_case {
	const char *name;
	void (*run)(void);
};

static inline uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000ULL + (uint64_t)t.tv_nsec;
}

/* How many times longer than usual a test may wait: a kernel that checks everything takes its time. */
static inline unsigned int slower(void)
{
	const char *times = getenv("SLOWER");

	return times ? (unsigned int)atoi(times) : 1;
}

static inline void sleep_ms(long ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000L };

	while (nanosleep(&t, &t) && errno == EINTR)
		;
}

/* Waits for a condition, up to ten seconds (see slower): never for a time. It is not asked again once it held. */
#define WAIT_UNTIL(condition)							\
	do {									\
		uint64_t end = now_ns() + slower() * 10000000000ULL;		\
		bool held;							\
		while (!(held = (condition)) && now_ns() < end)			\
			sleep_ms(5);						\
		if (!held) {							\
			fprintf(stderr, "%s:%d: still not so: %s (errno %d %s)\n", __FILE__, \
				__LINE__, #condition, errno, strerror(errno));	\
			_exit(1);						\
		}								\
	} while (0)

static inline int run_case(const struct test_case *t)
{
	int status;
	pid_t child;

	fflush(NULL);
	child = fork();
	if (child == 0) {
		alarm(90 * slower());
		t->run();
		fflush(NULL);
		_exit(0);
	}
	waitpid(child, &status, 0);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	if (WIFSIGNALED(status))
		fprintf(stderr, "%s: ended by signal %d\n", t->name, WTERMSIG(status));
	fprintf(stderr, "FAILED CASE %s\n", t->name);
	return 1;
}

/* With arguments, only the cases named. */
static inline int run_cases(const struct test_case *cases, int n, int argc, char **argv)
{
	int failed = 0, ran = 0;

	for (int i = 0; i < n; i++) {
		bool wanted = argc < 2;

		for (int a = 1; a < argc; a++)
			wanted |= !strcmp(argv[a], cases[i].name);
		if (!wanted)
			continue;
		ran++;
		failed += run_case(&cases[i]);
	}
	printf("# %d cases, %d failed\n", ran, failed);
	return failed || !ran;
}

/* Does the child's exit say that all its checks held? */
static inline void reap(pid_t child)
{
	int status;

	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static inline pid_t fork_case(void)
{
	pid_t child;

	fflush(NULL);
	child = fork();
	CHECK(child >= 0);
	if (child == 0)
		alarm(60 * slower());
	return child;
}

static sigjmp_buf fault_return;
static volatile sig_atomic_t fault_signal;

static void on_fault(int signal)
{
	fault_signal = signal;
	siglongjmp(fault_return, 1);
}

/* 0 if the byte can be read, else the signal that the touch raised. */
static inline int touch(const volatile void *address)
{
	struct sigaction act = { .sa_handler = on_fault }, bus, segv;

	sigaction(SIGBUS, &act, &bus);
	sigaction(SIGSEGV, &act, &segv);
	fault_signal = 0;
	if (!sigsetjmp(fault_return, 1))
		(void)*(const volatile char *)address;
	sigaction(SIGBUS, &bus, NULL);
	sigaction(SIGSEGV, &segv, NULL);
	return fault_signal;
}

/* The figure that stands after "key: " in a /proc file, -1 if it is not there. */
static inline long long proc_value(const char *path, const char *key)
{
	char line[512];
	long long value = -1;
	FILE *file = fopen(path, "r");

	CHECK(file);
	while (fgets(line, sizeof(line), file))
		if (!strncmp(line, key, strlen(key)) && line[strlen(key)] == ':')
			value = atoll(line + strlen(key) + 1);
	fclose(file);
	return value;
}

static inline void write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_TRUNC);

	CHECK(fd >= 0);
	CHECK_EQ(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

static inline void become_nobody(void)
{
	CHECK(!setgid(1000) && !setuid(1000));
}

static inline void send_fd(int socket, int fd)
{
	char control[CMSG_SPACE(sizeof(int))] = { 0 }, byte = 0;
	struct iovec io = { &byte, 1 };
	struct msghdr message = { .msg_iov = &io, .msg_iovlen = 1, .msg_control = control,
				  .msg_controllen = sizeof(control) };
	struct cmsghdr *c = CMSG_FIRSTHDR(&message);

	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(c), &fd, sizeof(int));
	CHECK_EQ(sendmsg(socket, &message, 0), 1);
}

static inline int receive_fd(int socket)
{
	char control[CMSG_SPACE(sizeof(int))] = { 0 }, byte;
	struct iovec io = { &byte, 1 };
	struct msghdr message = { .msg_iov = &io, .msg_iovlen = 1, .msg_control = control,
				  .msg_controllen = sizeof(control) };
	int fd;

	CHECK_EQ(recvmsg(socket, &message, 0), 1);
	CHECK(CMSG_FIRSTHDR(&message));
	memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(int));
	return fd;
}

#endif
