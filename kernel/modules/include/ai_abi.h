/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How the three modules take and return their argument structs: one place, so
 * that "larger and smaller sizes are accepted" means the same everywhere.
 */
#ifndef _AI_ABI_H
#define _AI_ABI_H

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/uidgid.h>

struct ai_head {
	u32 size;
	u32 flags;
};

/*
 * Reads a struct of which this module knows ksize bytes and needs the first
 * min. Returns the caller's size, which ai_arg_out needs again, or an error.
 * The size inside the copy is not trusted: user space may have changed it
 * between the two reads.
 */
static inline int ai_arg_in(void *arg, size_t ksize, size_t min, const void __user *uarg)
{
	u32 usize;
	int ret;

	if (get_user(usize, (const u32 __user *)uarg))
		return -EFAULT;
	if (usize < min)
		return -EINVAL;
	if (usize > PAGE_SIZE)
		return -E2BIG;
	ret = copy_struct_from_user(arg, ksize, uarg, usize);
	return ret ? ret : (int)usize;
}

static inline int ai_arg_out(void *arg, size_t ksize, void __user *uarg, size_t usize)
{
	((struct ai_head *)arg)->size = ksize;
	return copy_to_user(uarg, arg, min(usize, ksize)) ? -EFAULT : 0;
}

/* Opening a device: the administrator, or a group that the administrator named. */
static inline bool ai_may_open(int group)
{
	if (capable(CAP_SYS_ADMIN))
		return true;
	return group >= 0 && in_egroup_p(make_kgid(&init_user_ns, group));
}

#endif /* _AI_ABI_H */
