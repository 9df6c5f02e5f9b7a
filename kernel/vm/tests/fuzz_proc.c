// SPDX-License-Identifier: GPL-2.0-only
/*
 * fuzz_proc [writes [seed]]: random lines to /proc/ai_scheduler, to the two files that take none and
 * to the parameters, while the files are read at odd sizes and places.
 */
#include "lease.h"

static uint64_t state;

static uint32_t below(uint32_t n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t)((state * 0x2545f4914f6cdd1dULL >> 32) % n);
}

static const char *word(pid_t victim)
{
	static const char *const words[] = { "boost", "drop", "-1", "0", "-20", "19", "20", "1", "2", "3600",
		"99999999999999999999", "-", "+5", "0x10", "", "boostdrop", "%s%n", "\t", "\n", "\xff\xfe", "1e3" };
	static char number[32];

	switch (below(4)) {
	case 0:
		snprintf(number, sizeof(number), "%d", victim);
		return number;
	case 1:
		snprintf(number, sizeof(number), "%d", (int)below(64) - 22);
		return number;
	default:
		return words[below(sizeof(words) / sizeof(*words))];
	}
}

static size_t line(char *text, size_t room, pid_t victim)
{
	size_t n = 0;

	if (below(8) == 0) {
		n = below((uint32_t)room);
		for (size_t i = 0; i < n; i++)
			text[i] = (char)below(256);
		return n;
	}
	if (below(3) == 0)
		return (size_t)snprintf(text, room, "boost %d %d %u\n", victim, (int)below(44) - 22, below(5));
	if (below(3) == 0)
		return (size_t)snprintf(text, room, "drop %d", victim);
	for (uint32_t i = below(7); i; i--)
		n += (size_t)snprintf(text + n, room - n, "%s%s", word(victim), below(8) ? " " : "");
	if (below(6) == 0)
		text[below((uint32_t)n + 1)] = 0;
	return n;
}

/* A tid that is not the victim's could be that of a task which the test needs. */
static bool names_another(const char *text, size_t n, pid_t victim)
{
	char copy[512], verb[32];
	int tid;

	memcpy(copy, text, n);
	copy[n] = 0;
	return sscanf(copy, "%31s %d", verb, &tid) == 2 && tid > 0 && tid != victim;
}

static void read_at_random(void)
{
	static const char *const files[] = { "/proc/ai_scheduler", "/proc/ai_memory", "/proc/ai_gpu" };
	char buffer[9000];
	int fd = open(files[below(3)], O_RDONLY);

	CHECK(fd >= 0);
	for (uint32_t i = below(4); i; i--)
		(void)!pread(fd, buffer, below(sizeof(buffer)), (off_t)below(6000));
	(void)!lseek(fd, (off_t)below(1 << 30), SEEK_SET);
	(void)!read(fd, buffer, below(sizeof(buffer)));
	close(fd);
}

static void write_parameter(void)
{
	static const char *const files[] = {
		"/sys/module/ai_scheduler/parameters/starved_permille",
		"/sys/module/ai_scheduler/parameters/busy_permille",
		"/sys/module/ai_mem/parameters/file_quota_blocks",
		"/sys/module/ai_mem/parameters/cache_blocks",
		"/sys/module/ai_gpu/parameters/null_latency_us",
		"/sys/module/ai_gpu/parameters/drain_seconds",
	};
	char text[40];
	const char *path = files[below(6)];
	int n = snprintf(text, sizeof(text), "%u", below(2) ? below(2000) : below(~0U));

	(void)!try_write(path, text, (size_t)n);
}

int main(int argc, char **argv)
{
	uint32_t writes = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 0) : 20000, taken = 0;
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 0) : now_ns() ^ (uint64_t)getpid() << 32;
	char text[512], end[32];
	pid_t victim;

	printf("# seed %llu\n", (unsigned long long)seed);
	fflush(stdout);
	state = seed * 2 + 1;
	victim = sleeper_for(3600);
	for (uint32_t i = 0; i < writes; i++) {
		size_t n = line(text, sizeof(text) - 1, victim);

		if (!names_another(text, n, victim))
			taken += try_write("/proc/ai_scheduler", text, n) > 0;
		if (i % 64 == 0) {
			CHECK(try_write("/proc/ai_memory", text, n) < 0);
			CHECK(try_write("/proc/ai_gpu", text, n) < 0);
			read_at_random();
			write_parameter();
		}
	}
	printf("# %u writes, %u of them taken\n", writes, taken);
	CHECK(taken > 0);
	snprintf(end, sizeof(end), "drop %d", victim);
	(void)!try_write("/proc/ai_scheduler", end, strlen(end));
	WAIT_UNTIL(proc_value("/proc/ai_scheduler", "leases") == 0);
	CHECK_EQ(nice_of(victim), 0);
	end_process(victim);
	write_file("/sys/module/ai_scheduler/parameters/starved_permille", "300");
	write_file("/sys/module/ai_scheduler/parameters/busy_permille", "700");
	write_file("/sys/module/ai_mem/parameters/file_quota_blocks", "0");
	write_file("/sys/module/ai_mem/parameters/cache_blocks", "256");
	write_file("/sys/module/ai_gpu/parameters/null_latency_us", "1000");
	write_file("/sys/module/ai_gpu/parameters/drain_seconds", "30");
	return 0;
}
