/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _AI_SHARE_H
#define _AI_SHARE_H

#include <linux/types.h>

struct ai_owner;
struct dma_buf;

/* A dma-buf with a reference, or ERR_PTR. */
struct dma_buf *ai_share_export(struct ai_owner *owner, const u64 *handles, u32 count);
u32 ai_share_count(void);

#endif /* _AI_SHARE_H */
