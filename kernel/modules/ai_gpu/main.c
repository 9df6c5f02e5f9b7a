// SPDX-License-Identifier: GPL-2.0-only
/* ai_gpu: sees every accelerator, drives a few, for /dev/ai_gpu. */
#include <linux/miscdevice.h>
#include <linux/module.h>

#include "dev.h"
#include "engine.h"

unsigned int ai_null_devices;
module_param_named(null_devices, ai_null_devices, uint, 0444);
MODULE_PARM_DESC(null_devices, "Devices without hardware, for machines that have none, at most 16 (0)");

module_param_named(null_latency_us, ai_null_latency_us, uint, 0644);
MODULE_PARM_DESC(null_latency_us, "How long a null device takes for one ticket, in microseconds (1000)");

module_param_named(edu_dma_bits, ai_edu_dma_bits, uint, 0444);
MODULE_PARM_DESC(edu_dma_bits, "Address bits of edu devices, as in QEMU's -device edu,dma_mask=; more than the device has corrupts memory (28)");

module_param_named(edu_msi, ai_edu_msi, bool, 0444);
MODULE_PARM_DESC(edu_msi, "Let edu devices use MSI where the machine has it, else INTx (yes)");

module_param_named(drain_seconds, ai_drain_seconds, uint, 0644);
MODULE_PARM_DESC(drain_seconds, "How long a device may take to become idle after its ticket was given up, 1 to 600 (30)");

int ai_gpu_group = -1;
module_param_named(group, ai_gpu_group, int, 0444);
MODULE_PARM_DESC(group, "Group id that may open /dev/ai_gpu besides CAP_SYS_ADMIN (-1: none)");

static int __init ai_gpu_init(void)
{
	int ret;

	ret = ai_null_init(ai_null_devices);
	if (ret)
		return ret;
	ret = ai_edu_init();
	if (ret)
		goto exit_null;
	ret = ai_gpu_proc_init();
	if (ret)
		goto exit_edu;
	/* The group check is in open(): the node only has to let everybody reach it. */
	if (ai_gpu_group >= 0)
		ai_gpu_misc.mode = 0666;
	ret = misc_register(&ai_gpu_misc);
	if (ret)
		goto exit_proc;
	return 0;

exit_proc:
	ai_gpu_proc_exit();
exit_edu:
	ai_edu_exit();
exit_null:
	ai_null_exit();
	return ret;
}

static void __exit ai_gpu_exit(void)
{
	misc_deregister(&ai_gpu_misc);
	ai_gpu_proc_exit();
	ai_edu_exit();
	ai_null_exit();
}

module_init(ai_gpu_init);
module_exit(ai_gpu_exit);

MODULE_DESCRIPTION("Accelerators for Nightjar: seen, claimed, given work with a deadline");
MODULE_LICENSE("GPL");
MODULE_VERSION("1.0");
