/* SPDX-License-Identifier: GPL-2.0-only */
/* What differs between kernel versions, found by probing where it can be. */
#ifndef _AI_COMPAT_H
#define _AI_COMPAT_H

#include <linux/hrtimer.h>
#include <linux/mm.h>
#include <linux/pci.h>
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

/* 6.8 renamed it, and later the old name went. */
#ifndef PCI_IRQ_INTX
#define PCI_IRQ_INTX PCI_IRQ_LEGACY
#endif

/* 6.13 gives a timer its function with the rest. */
static inline void ai_hrtimer_setup(struct hrtimer *timer,
				    enum hrtimer_restart (*function)(struct hrtimer *timer),
				    clockid_t clock, enum hrtimer_mode mode)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 13, 0)
	hrtimer_init(timer, clock, mode);
	timer->function = function;
#else
	hrtimer_setup(timer, function, clock, mode);
#endif
}

/* 6.13 takes the namespace as a string. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 13, 0)
#define AI_IMPORT_DMA_BUF MODULE_IMPORT_NS(DMA_BUF)
#else
#define AI_IMPORT_DMA_BUF MODULE_IMPORT_NS("DMA_BUF")
#endif

#endif /* _AI_COMPAT_H */
