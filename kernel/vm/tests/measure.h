/* SPDX-License-Identifier: GPL-2.0-only */
/* Quantiles of a row of readings. */
#ifndef NIGHTJAR_MEASURE_H
#define NIGHTJAR_MEASURE_H

#include "check.h"

static inline int by_size(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* Sorts. permille of n readings are at or below what is returned. */
static inline uint64_t quantile(uint64_t *readings, uint32_t n, uint32_t permille)
{
	qsort(readings, n, sizeof(*readings), by_size);
	return readings[(uint64_t)(n - 1) * permille / 1000];
}

#endif
