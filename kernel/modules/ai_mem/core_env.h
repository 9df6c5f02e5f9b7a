/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The allocator's core (pool.c, slots.c) is plain C over arrays that its
 * caller provides, so that it also runs in user space under ASan and UBSan.
 * This header is all the environment it may use.
 */
#ifndef _AI_CORE_ENV_H
#define _AI_CORE_ENV_H

#ifdef __KERNEL__

#include <linux/bitmap.h>
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/find.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/types.h>

/* A broken invariant: said once, then the operation is refused. */
#define AI_BROKEN(condition) WARN_ON_ONCE(condition)

#else

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;

#define BITS_PER_LONG ((u32)(sizeof(long) * CHAR_BIT))
#define READ_ONCE(x) (*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, v) (*(volatile __typeof__(x) *)&(x) = (v))
#define AI_BROKEN(condition)							\
	({									\
		bool broken = (condition);					\
		if (broken) {							\
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
			abort();						\
		}								\
		broken;								\
	})

static inline void __set_bit(u32 bit, unsigned long *map)
{
	map[bit / BITS_PER_LONG] |= 1UL << (bit % BITS_PER_LONG);
}

static inline void __clear_bit(u32 bit, unsigned long *map)
{
	map[bit / BITS_PER_LONG] &= ~(1UL << (bit % BITS_PER_LONG));
}

static inline bool test_bit(u32 bit, const unsigned long *map)
{
	return map[bit / BITS_PER_LONG] >> (bit % BITS_PER_LONG) & 1;
}

static inline unsigned long find_next_bit(const unsigned long *map, unsigned long size,
					  unsigned long from)
{
	while (from < size && !test_bit(from, map))
		from++;
	return from < size ? from : size;
}

static inline unsigned long find_next_zero_bit(const unsigned long *map, unsigned long size,
					       unsigned long from)
{
	while (from < size && test_bit(from, map))
		from++;
	return from < size ? from : size;
}

#endif /* __KERNEL__ */

#endif /* _AI_CORE_ENV_H */
