/* SPDX-License-Identifier: GPL-2.0-only */
/* What ai_gpu tells other modules. ai_scheduler looks it up at run time and works without it. */
#ifndef _AI_GPU_UTILISATION_H
#define _AI_GPU_UTILISATION_H

#include <linux/types.h>

/*
 * Utilisation of a device that ai_gpu drives, in permille, or -ENODEV if there
 * is none or it has failed. device is domain << 16 | bus << 8 | devfn with the
 * top bit set.
 */
int ai_gpu_utilisation(u32 device);

#endif /* _AI_GPU_UTILISATION_H */
