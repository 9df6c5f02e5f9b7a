/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The process that a pidfd names. No kernel exports a way for modules, so the
 * file is recognised by what only the kernel can make: before 6.9 an inode of
 * the anonymous inode file system under the name "[pidfd]", whose private data
 * is the struct pid. Later kernels keep it elsewhere; there a pidfd is refused
 * and VERSION says so.
 */
#ifndef _AI_PIDFD_H
#define _AI_PIDFD_H

#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/magic.h>
#include <linux/pid.h>
#include <linux/string.h>
#include <linux/version.h>

static inline bool ai_pidfd_known(void)
{
	return LINUX_VERSION_CODE < KERNEL_VERSION(6, 9, 0);
}

/* A reference to the pid, or EBADF. */
static inline struct pid *ai_pidfd_get(int fd)
{
	struct pid *pid = ERR_PTR(-EBADF);
	struct file *file;

	if (!ai_pidfd_known())
		return ERR_PTR(-EOPNOTSUPP);
	file = fget(fd);
	if (!file)
		return pid;
	if (file_inode(file)->i_sb->s_magic == ANON_INODE_FS_MAGIC &&
	    !strcmp(file->f_path.dentry->d_name.name, "[pidfd]"))
		pid = get_pid(file->private_data);
	fput(file);
	return pid;
}

#endif /* _AI_PIDFD_H */
