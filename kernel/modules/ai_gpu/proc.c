// SPDX-License-Identifier: GPL-2.0-only
/* /proc/ai_gpu: what is there, and what is driven. Figures are copied first and written after. */
#include <linux/fs.h>
#include <linux/pci.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

#include "dev.h"
#include "engine.h"
#include "pci_view.h"

#define DEVICES_SHOWN	32U
#define ENGINES_SHOWN	32U

static u32 id_of(struct pci_dev *pdev)
{
	return AI_GPU_DEVICE((u32)pci_domain_nr(pdev->bus), (u32)pdev->bus->number,
			     (u32)PCI_SLOT(pdev->devfn), (u32)PCI_FUNC(pdev->devfn));
}

static bool is_driven(struct pci_dev *pdev, const struct ai_gpu_device *engines, u32 n)
{
	for (u32 i = 0; i < n; i++)
		if (engines[i].device == id_of(pdev))
			return true;
	return false;
}

static void show_devices(struct seq_file *m, const struct ai_gpu_device *engines, u32 n)
{
	struct pci_dev *pdev = NULL;
	u32 shown = 0, more = 0;

	for_each_pci_dev(pdev) {
		if (!ai_pci_is_accelerator(pdev) && !is_driven(pdev, engines, n))
			continue;
		if (shown++ < DEVICES_SHOWN)
			ai_pci_show(m, pdev);
		else
			more++;
	}
	if (more)
		seq_printf(m, "devices_not_shown: %u\n", more);
}

static const char *state_name(u32 state)
{
	switch (state) {
	case AI_GPU_STATE_READY:
		return "ready";
	case AI_GPU_STATE_DRAINING:
		return "draining";
	}
	return "failed";
}

static void show_engine(struct seq_file *m, const struct ai_gpu_device *engine)
{
	const char *backend = engine->backend == AI_GPU_BACKEND_EDU ? "edu" : "null";

	seq_printf(m, "engine: %04x:%02x:%02x.%x", (engine->device >> 16) & 0x7fff,
		   (engine->device >> 8) & 0xff, (engine->device >> 3) & 0x1f, engine->device & 7);
	seq_printf(m, " backend=%s state=%s", backend, state_name(engine->state));
	if (engine->node != NUMA_NO_NODE)
		seq_printf(m, " node=%d", engine->node);
	seq_printf(m, " memory_bytes=%llu claimed=%u tickets=%u", engine->memory_bytes,
		   !!engine->claimed, engine->tickets);
	seq_printf(m, " utilisation_permille=%u busy_us=%llu done=%llu\n",
		   engine->utilisation_permille, engine->busy_ns / NSEC_PER_USEC, engine->done);
}

static void show_stats(struct seq_file *m, const struct ai_gpu_stats *stats)
{
	seq_printf(m, "version: %d.%d\n", AI_GPU_ABI_MAJOR, AI_GPU_ABI_MINOR);
	seq_printf(m, "driven: %llu\n", stats->devices);
	seq_printf(m, "files: %llu\n", stats->files);
	seq_printf(m, "tickets: %llu\n", stats->tickets);
	seq_printf(m, "submitted: %llu\n", stats->submitted);
	seq_printf(m, "done: %llu\n", stats->done);
	seq_printf(m, "timed_out: %llu\n", stats->timed_out);
	seq_printf(m, "cancelled: %llu\n", stats->cancelled);
	seq_printf(m, "device_gone: %llu\n", stats->device_gone);
	seq_printf(m, "failed: %llu\n", stats->failed);
	seq_printf(m, "bytes_in: %llu\n", stats->bytes_in);
	seq_printf(m, "bytes_out: %llu\n", stats->bytes_out);
	seq_printf(m, "interrupts: %llu\n", stats->interrupts);
	seq_printf(m, "interrupts_lost: %llu\n", stats->interrupts_lost);
	seq_printf(m, "scrubs: %llu\n", stats->scrubs);
	seq_printf(m, "pages_lent: %llu\n", stats->pages_lent);
}

static int show(struct seq_file *m, void *unused)
{
	struct ai_gpu_device *engines = kcalloc(AI_ENGINES_MAX, sizeof(*engines), GFP_KERNEL);
	struct ai_gpu_stats stats = {};
	u32 n, total;

	if (!engines)
		return -ENOMEM;
	mutex_lock(&ai_gpu_lock);
	n = ai_engines_look(NULL, engines, AI_ENGINES_MAX, &total);
	mutex_unlock(&ai_gpu_lock);
	ai_gpu_read_stats(&stats);
	show_stats(m, &stats);
	for (u32 i = 0; i < min(n, ENGINES_SHOWN); i++)
		show_engine(m, &engines[i]);
	if (total > ENGINES_SHOWN)
		seq_printf(m, "engines_not_shown: %u\n", total - ENGINES_SHOWN);
	show_devices(m, engines, n);
	kfree(engines);
	return 0;
}

static int open(struct inode *inode, struct file *file)
{
	return single_open_size(file, show, NULL, PAGE_SIZE);
}

static const struct proc_ops ops = {
	.proc_open = open,
	.proc_read = seq_read,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
};

int ai_gpu_proc_init(void)
{
	return proc_create("ai_gpu", 0444, NULL, &ops) ? 0 : -ENOMEM;
}

void ai_gpu_proc_exit(void)
{
	remove_proc_entry("ai_gpu", NULL);
}
