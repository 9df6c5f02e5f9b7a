/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * /dev/ai_mem - a pinned pool of blocks.
 *
 * Every argument struct begins with size (in: the caller's sizeof; out: the
 * module's) and flags. A smaller struct is read as if the missing fields were
 * zero; a larger one is taken if the fields this module does not know are
 * zero, else it fails with E2BIG. Pads and unknown flags must be zero (EINVAL).
 * The ioctl number names only the head, so it stays when a struct grows.
 *
 * A handle works only on the open file that allocated it. It is
 * generation << AI_MEM_SLOT_BITS | slot, never 0, and never shows where the
 * block lies. handle * block_bytes is its mmap offset; blocks allocated in one
 * call with AI_MEM_ALLOC_RUN have handles h, h+1, ... and are mapped with one
 * mmap at the first one's offset. Mappings must be MAP_SHARED.
 */
#ifndef _UAPI_AI_MEM_H
#define _UAPI_AI_MEM_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define AI_MEM_ABI_MAJOR	1
#define AI_MEM_ABI_MINOR	0

#define AI_MEM_SLOT_BITS	20
#define AI_MEM_BATCH_MAX	1024	/* handles in one call */

struct ai_mem_head {
	__u32 size;		/* in/out */
	__u32 flags;		/* in */
};

/* features of struct ai_mem_version */
#define AI_MEM_FEATURE_DMABUF	(1ULL << 0)

struct ai_mem_version {
	__u32 size;		/* in/out */
	__u32 flags;		/* in: 0 */
	__u32 major;		/* out: changes when a caller must */
	__u32 minor;		/* out: grows with fields and calls */
	__u64 features;		/* out: AI_MEM_FEATURE_* */
	__u32 block_bytes;	/* out */
	__u32 batch_max;	/* out */
};

/* flags of struct ai_mem_alloc */
#define AI_MEM_ALLOC_ZEROED	(1U << 0) /* zero also what comes back to its own last owner */
#define AI_MEM_ALLOC_RUN	(1U << 1) /* all or nothing, handles in a row */
#define AI_MEM_ALLOC_NODE_ONLY	(1U << 2) /* do not fall back to another node */

/*
 * The first n_done handles are valid and owned even when the call fails.
 * EDQUOT: this file's quota. EUSERS: the quota of all files together.
 * ENOSPC: the pool is empty, or for RUN too scattered.
 */
struct ai_mem_alloc {
	__u32 size;		/* in/out */
	__u32 flags;		/* in: AI_MEM_ALLOC_* */
	__u64 handles;		/* in: address of __u64[count], which is written */
	__u32 count;		/* in: 1 .. AI_MEM_BATCH_MAX */
	__u32 n_done;		/* in: 0; out */
	__u32 node;		/* in: 0 the caller's node, else node number + 1 */
	__u32 pad;		/* in: 0 */
};

/* flags of struct ai_mem_free */
#define AI_MEM_FREE_SCRUB	(1U << 0) /* zero now and give back to the pool, keep none at hand */

/*
 * Stops at the first handle that is not this file's: ESTALE, with n_done the
 * number freed before it. Mappings of a freed block are gone when the call
 * returns (a touch raises SIGBUS); while the kernel or a device still uses its
 * page the block is in limbo, charged to this file, and given to nobody.
 */
struct ai_mem_free {
	__u32 size;		/* in/out */
	__u32 flags;		/* in: AI_MEM_FREE_* */
	__u64 handles;		/* in: address of __u64[count] */
	__u32 count;		/* in: 1 .. AI_MEM_BATCH_MAX */
	__u32 n_done;		/* in: 0; out */
};

struct ai_mem_stats {
	__u32 size;		/* in/out */
	__u32 flags;		/* in: 0 */
	__u64 total_blocks;	/* out: of the pool */
	__u64 free_blocks;	/* out: of the pool, zeroed */
	__u64 used_blocks;	/* out: owned by open files, whatever their state */
	__u64 limbo_blocks;	/* out: freed, but their page is still in use */
	__u64 owners;		/* out: open files */
	__u64 allocations;	/* out: blocks handed out since load */
	__u64 frees;		/* out: blocks taken back since load */
	__u64 failures;		/* out: calls that found the pool empty */
	__u64 quota_failures;	/* out: calls that met a quota */
	__u64 scrubbed;		/* out: blocks zeroed since load */
	__u64 exports;		/* out: dma-bufs alive */
	__u64 file_blocks;	/* out: this file's live blocks */
	__u64 file_charged;	/* out: live, kept at hand and in limbo */
	__u64 file_quota;	/* out: 0 none */
	__u64 global_quota;	/* out: 0 none */
	__u32 nodes;		/* out: NUMA nodes with blocks */
	__u32 fragmentation_permille; /* out: free blocks that lie in partly used chunks */
};

/*
 * A dma-buf of the blocks in the order given. It keeps them alive beyond FREE
 * and beyond this file: whoever holds it holds the memory. EACCES: this file is
 * not open for writing.
 */
struct ai_mem_export {
	__u32 size;		/* in/out */
	__u32 flags;		/* in: 0 */
	__u64 handles;		/* in: address of __u64[count] */
	__u32 count;		/* in: 1 .. AI_MEM_BATCH_MAX */
	__s32 fd;		/* in: 0; out: close-on-exec */
};

#define AI_MEM_IOC		0xA7
#define AI_MEM_VERSION		_IOWR(AI_MEM_IOC, 0x00, struct ai_mem_head)
#define AI_MEM_ALLOC		_IOWR(AI_MEM_IOC, 0x01, struct ai_mem_head)
#define AI_MEM_FREE		_IOWR(AI_MEM_IOC, 0x02, struct ai_mem_head)
#define AI_MEM_STATS		_IOWR(AI_MEM_IOC, 0x03, struct ai_mem_head)
#define AI_MEM_EXPORT		_IOWR(AI_MEM_IOC, 0x04, struct ai_mem_head)

#endif /* _UAPI_AI_MEM_H */
