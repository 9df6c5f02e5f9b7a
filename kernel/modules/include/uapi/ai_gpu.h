/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * /dev/ai_gpu - work for the devices that this module drives.
 *
 * A file claims a device, submits tickets to it, and learns how each one ended
 * by read(2), poll(2) or WAIT. Every ticket has a deadline, so every one ends.
 * Tickets of one device run one after another, in the order submitted. Claims
 * and tickets die with the file. Argument structs follow the rules told in
 * ai_mem.h: size and flags first, smaller and larger sizes accepted, pads and
 * unknown flags zero.
 *
 * A claim is exclusive, and the device's memory is zeroed before the first
 * ticket of the next claim, so nobody finds another's bytes in it.
 */
#ifndef _UAPI_AI_GPU_H
#define _UAPI_AI_GPU_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define AI_GPU_ABI_MAJOR	1
#define AI_GPU_ABI_MINOR	0

#define AI_GPU_BATCH_MAX	64	/* requests or devices in one call */
#define AI_GPU_TICKETS_MAX	256	/* of one file: not yet ended, or ended and not yet told */
#define AI_GPU_ARGUMENTS	4	/* of one launch */

/* A PCI function as a number that is never 0; the same as AI_SCHED_DEVICE. */
#define AI_GPU_DEVICE(domain, bus, slot, function) \
	(0x80000000U | (domain) << 16 | (bus) << 8 | (slot) << 3 | (function))
/* A device of null-hardware mode, 0 .. 15: in a domain that no machine has. */
#define AI_GPU_NULL_DEVICE(n)	AI_GPU_DEVICE(0x7fffU, 0xffU, (n), 0U)

struct ai_gpu_head {
	__u32 size;		/* in/out */
	__u32 flags;		/* in */
};

/* features of struct ai_gpu_version */
#define AI_GPU_FEATURE_NULL	(1ULL << 0) /* the administrator asked for null devices */

struct ai_gpu_version {
	__u32 size;		/* in/out */
	__u32 flags;		/* in: 0 */
	__u32 major;		/* out */
	__u32 minor;		/* out */
	__u64 features;		/* out: AI_GPU_FEATURE_* */
	__u64 deadline_max_ns;	/* out: longest deadline of a ticket */
	__u32 batch_max;	/* out */
	__u32 tickets_max;	/* out */
};

/* backend of struct ai_gpu_device */
#define AI_GPU_BACKEND_NULL	1	/* no hardware: memory and arithmetic of the kernel */
#define AI_GPU_BACKEND_EDU	2	/* QEMU's edu */

/* state of struct ai_gpu_device */
#define AI_GPU_STATE_READY	1
#define AI_GPU_STATE_DRAINING	2	/* a ticket was given up, the device is not idle yet */
#define AI_GPU_STATE_FAILED	3	/* it did not become idle: tickets end with EIO */

/* What can be launched. kernels of struct ai_gpu_device has bit K for kernel K. */
#define AI_GPU_KERNEL_FACTORIAL	1	/* arguments[0]: n, below 2^32; result: n! modulo 2^32 */

struct ai_gpu_device {
	__u32 device;		/* AI_GPU_DEVICE(...) or AI_GPU_NULL_DEVICE(...) */
	__u32 backend;		/* AI_GPU_BACKEND_* */
	__u32 state;		/* AI_GPU_STATE_* */
	__s32 node;		/* NUMA node, -1 if it has none */
	__u64 memory_bytes;	/* of the device, that copies can reach */
	__u64 kernels;		/* bit K: AI_GPU_KERNEL_ K can be launched */
	__u32 copy_align;	/* offsets and lengths of copies are multiples of this */
	__u32 claimed;		/* 0 by nobody, 1 by another file, 2 by this one */
	__u32 tickets;		/* waiting or running */
	__u32 utilisation_permille; /* time busy, over about the last second */
	__u64 busy_ns;		/* time busy since it was found */
	__u64 done;		/* tickets that ended well */
};

/* The devices that this module drives, as they are now. */
struct ai_gpu_list {
	__u32 size;		/* in/out */
	__u32 flags;		/* in: 0 */
	__u64 devices;		/* in: address of struct ai_gpu_device[count], written; or 0 with count 0 */
	__u32 count;		/* in: 0 .. AI_GPU_BATCH_MAX */
	__u32 n_done;		/* in: 0; out: entries written */
	__u32 device_size;	/* in: sizeof(struct ai_gpu_device) of the caller */
	__u32 total;		/* in: 0; out: devices there are */
};

/*
 * CLAIM: EBUSY if any file has the device, ENODEV if there is none, EIO if it
 * has failed. RELEASE cancels what is not ended: ENOTCONN if this file does not
 * have the device.
 */
struct ai_gpu_claim {
	__u32 size;		/* in/out */
	__u32 flags;		/* in: 0 */
	__u32 device;		/* in */
	__u32 pad;		/* in: 0 */
};

/* operation of struct ai_gpu_request */
#define AI_GPU_COPY_IN		1	/* from an ai_mem block to the device's memory, by DMA */
#define AI_GPU_COPY_OUT		2	/* from the device's memory to an ai_mem block, by DMA */
#define AI_GPU_LAUNCH		3	/* run a kernel */

/* flags of struct ai_gpu_request */
#define AI_GPU_AFTER		(1U << 0) /* only if this file's ticket before it on the device ended well, else ECANCELED */

/*
 * One ticket. A block stays where it is until the ticket has ended and the
 * device has let go of it, even if its owner frees it or dies meanwhile: it is
 * then in ai_mem's limbo. ENOTCONN: this file has not claimed the device.
 * EDQUOT: AI_GPU_TICKETS_MAX. EADDRNOTAVAIL: the device can not reach the block
 * without a copy. Of ai_mem: EBADF, EACCES (COPY_OUT needs a writable file),
 * EINVAL and ESTALE (handle).
 */
struct ai_gpu_request {
	__u32 flags;		/* in: AI_GPU_AFTER */
	__u32 device;		/* in */
	__u32 operation;	/* in: AI_GPU_COPY_IN ... */
	__u32 kernel;		/* in: LAUNCH: AI_GPU_KERNEL_*; copies: 0 */
	__s32 mem_fd;		/* in: copies: open /dev/ai_mem; LAUNCH: 0 */
	__u32 block_offset;	/* in: copies: first byte in the block; LAUNCH: 0 */
	__u64 handle;		/* in: copies: a block of mem_fd; LAUNCH: 0 */
	__u64 device_offset;	/* in: copies: first byte in the device's memory; LAUNCH: 0 */
	__u64 bytes;		/* in: copies: 1 .. what is left of the block and of the memory; LAUNCH: 0 */
	__u64 arguments[AI_GPU_ARGUMENTS]; /* in: LAUNCH: as the kernel says, else 0; copies: 0 */
	__u64 deadline_ns;	/* in: from now, 1 ms .. deadline_max_ns */
	__u64 ticket;		/* in: 0; out: never 0; only for the file that submitted it */
};

/* Stops at the first request that fails; n_done tickets stand. */
struct ai_gpu_submit {
	__u32 size;		/* in/out */
	__u32 flags;		/* in: 0 */
	__u64 requests;		/* in: address of struct ai_gpu_request[count]; ticket is written */
	__u32 count;		/* in: 1 .. AI_GPU_BATCH_MAX */
	__u32 n_done;		/* in: 0; out */
	__u32 request_size;	/* in: sizeof(struct ai_gpu_request) of the caller */
	__u32 pad;		/* in: 0 */
};

/*
 * How a ticket ended; told once, by read or by WAIT. Times are CLOCK_MONOTONIC.
 *
 * error is 0 or an errno: ETIME (its deadline came first), ECANCELED (CANCEL,
 * RELEASE, or AI_GPU_AFTER), ENODEV (the device is gone), EIO (it failed).
 */
struct ai_gpu_completion {
	__u64 ticket;
	__u64 result;		/* COPY: bytes; LAUNCH: as the kernel says; 0 with an error */
	__u64 submitted_ns;
	__u64 started_ns;	/* when the device was told to begin; 0: never */
	__u64 interrupt_ns;	/* when its interrupt came; 0: none did */
	__u64 ended_ns;
	__u32 error;
	__u32 pad;		/* 0 */
};

/*
 * Waits for one ticket and tells its end. Only a fatal signal ends the wait
 * early. ETIMEDOUT: not ended after timeout_ns; the ticket goes on. ENOENT: not
 * this file's, or told already.
 */
struct ai_gpu_wait {
	__u32 size;		/* in/out */
	__u32 flags;		/* in: 0 */
	__u64 ticket;		/* in */
	__u64 timeout_ns;	/* in: 0 (do not wait) .. deadline_max_ns */
	struct ai_gpu_completion completion; /* in: 0; out */
};

/*
 * The ticket ends with ECANCELED, at once; a device that was at work on it
 * drains. EALREADY: it has ended. ENOENT: not this file's, or told already.
 */
struct ai_gpu_cancel {
	__u32 size;		/* in/out */
	__u32 flags;		/* in: 0 */
	__u64 ticket;		/* in */
};

struct ai_gpu_stats {
	__u32 size;		/* in/out */
	__u32 flags;		/* in: 0 */
	__u64 devices;		/* out: driven now */
	__u64 files;		/* out: open now */
	__u64 tickets;		/* out: waiting or running now */
	__u64 submitted;	/* out: since load, as all below */
	__u64 done;		/* out: ended well */
	__u64 timed_out;	/* out: ETIME */
	__u64 cancelled;	/* out: ECANCELED */
	__u64 device_gone;	/* out: ENODEV */
	__u64 failed;		/* out: EIO */
	__u64 bytes_in;		/* out: copied to devices */
	__u64 bytes_out;	/* out: copied from devices */
	__u64 interrupts;	/* out */
	__u64 interrupts_lost;	/* out: the device was done though no interrupt said so */
	__u64 scrubs;		/* out: device memories zeroed between claims */
	__u64 pages_lent;	/* out: ai_mem blocks held now */
};

/*
 * read(2) gives whole records (struct ai_gpu_completion), poll(2) says POLLIN
 * when there is one. EAGAIN: none is there and the file does not block.
 * ENODATA: none is there and no ticket is on its way, so none would come.
 */
#define AI_GPU_IOC		0xA9
#define AI_GPU_VERSION		_IOWR(AI_GPU_IOC, 0x00, struct ai_gpu_head)
#define AI_GPU_LIST		_IOWR(AI_GPU_IOC, 0x01, struct ai_gpu_head)
#define AI_GPU_CLAIM		_IOWR(AI_GPU_IOC, 0x02, struct ai_gpu_head)
#define AI_GPU_RELEASE		_IOWR(AI_GPU_IOC, 0x03, struct ai_gpu_head)
#define AI_GPU_SUBMIT		_IOWR(AI_GPU_IOC, 0x04, struct ai_gpu_head)
#define AI_GPU_WAIT		_IOWR(AI_GPU_IOC, 0x05, struct ai_gpu_head)
#define AI_GPU_CANCEL		_IOWR(AI_GPU_IOC, 0x06, struct ai_gpu_head)
#define AI_GPU_STATS		_IOWR(AI_GPU_IOC, 0x07, struct ai_gpu_head)

#endif /* _UAPI_AI_GPU_H */
