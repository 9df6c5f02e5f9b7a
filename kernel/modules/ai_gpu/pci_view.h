/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _AI_PCI_VIEW_H
#define _AI_PCI_VIEW_H

#include <linux/types.h>

struct pci_dev;
struct seq_file;

/* Display, 3D, co-processor or accelerator? */
bool ai_pci_is_accelerator(struct pci_dev *pdev);
/* One line about the device. Changes nothing and wakes nothing up. */
void ai_pci_show(struct seq_file *m, struct pci_dev *pdev);

#endif /* _AI_PCI_VIEW_H */
