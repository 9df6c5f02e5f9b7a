// SPDX-License-Identifier: GPL-2.0-only
/*
 * Stands in for libcuda where there is none: functions of its names that take
 * time and do nothing else. What probes them sees calls, not a device.
 */
#include <time.h>

#define LAUNCH_US	200
#define WAIT_US		2000

static int take_us(long us)
{
	struct timespec t = { 0, us * 1000 };

	return nanosleep(&t, NULL);
}

__attribute__((visibility("default"), noinline)) int cuLaunchKernel(void)
{
	return take_us(LAUNCH_US);
}

__attribute__((visibility("default"), noinline)) int cuStreamSynchronize(void)
{
	return take_us(WAIT_US);
}

__attribute__((visibility("default"), noinline)) int cuCtxSynchronize(void)
{
	return take_us(WAIT_US);
}

__attribute__((visibility("default"), noinline)) int cuEventSynchronize(void)
{
	return take_us(WAIT_US);
}
