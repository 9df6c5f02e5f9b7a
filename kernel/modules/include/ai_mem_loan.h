/* SPDX-License-Identifier: GPL-2.0-only */
/* What ai_mem lends to other modules. */
#ifndef _AI_MEM_LOAN_H
#define _AI_MEM_LOAN_H

#include <linux/types.h>

struct page;

/*
 * A reference to the page of the block that handle names in the open file fd of
 * the caller; with write, the file must be open for writing. The page may be
 * freed by its owner meanwhile: it then waits in limbo until ai_mem_return.
 */
struct page *ai_mem_borrow(int fd, u64 handle, bool write);
void ai_mem_return(struct page *page);

#endif /* _AI_MEM_LOAN_H */
