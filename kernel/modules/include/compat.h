/* SPDX-License-Identifier: GPL-2.0-only */
/* What differs between kernel versions, found by probing where it can be. */
#ifndef _AI_COMPAT_H
#define _AI_COMPAT_H

#include <linux/mm.h>
#include <linux/version.h>

/* 6.3 made vm_flags const and gave it setters. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 3, 0)
static inline void ai_vm_flags(struct vm_area_struct *vma, unsigned long set, unsigned long clear)
{
	vma->vm_flags = (vma->vm_flags | set) & ~clear;
}
#else
static inline void ai_vm_flags(struct vm_area_struct *vma, unsigned long set, unsigned long clear)
{
	vm_flags_mod(vma, set, clear);
}
#endif

/* 6.13 takes the namespace as a string. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 13, 0)
#define AI_IMPORT_DMA_BUF MODULE_IMPORT_NS(DMA_BUF)
#else
#define AI_IMPORT_DMA_BUF MODULE_IMPORT_NS("DMA_BUF")
#endif

#endif /* _AI_COMPAT_H */
