/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The process that a pidfd names. No kernel exports a way for modules, so the
 * file is recognised by what only the kernel can make: since 6.9 an inode of
 * pidfs, which nobody can mount and which holds nothing else; before an inode of
 * the anonymous inode file system under the name "[pidfd]".
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

/* A reference to the pid, or EBADF. */
static inline struct pid *ai_pidfd_get(int fd)
{
	struct pid *pid = ERR_PTR(-EBADF);
	struct file *file = fget(fd);
	struct inode *inode;

	if (!file)
		return pid;
	inode = file_inode(file);
#ifdef PID_FS_MAGIC
	if (inode->i_sb->s_magic == PID_FS_MAGIC)
		pid = get_pid(inode->i_private);
#endif
	if (inode->i_sb->s_magic == ANON_INODE_FS_MAGIC &&
	    !strcmp(file->f_path.dentry->d_name.name, "[pidfd]"))
		pid = get_pid(file->private_data);
	fput(file);
	return pid;
}

#endif /* _AI_PIDFD_H */
