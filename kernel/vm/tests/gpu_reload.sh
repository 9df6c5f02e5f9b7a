#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The same device with other parameters: by INTx, with the DMA mask that edu has
# unless told otherwise, and a module without null devices.

. /nj/tests/modules.sh
dma_cases="there_and_back_by_dma a_device_that_was_given_up_drains never_see_each_others_bytes surprise_removal"
iommu=$([ -n "$(ls /sys/kernel/iommu_groups 2>/dev/null)" ] && echo yes || echo no)

unload ai_gpu || fail "not unloaded"
# What stands behind a pxb bridge has INTx that QEMU wires to one line and its
# ACPI tables call another: there only MSI arrive, so it is left without a driver.
far=$(for device in /sys/bus/pci/devices/*; do
	[ "$(cat $device/vendor $device/device)" != "$(printf '0x1234\n0x11e8')" ] ||
		[ "$(cat $device/numa_node)" != 1 ] || echo $device
done)
[ -z "$far" ] || echo none >$far/driver_override
load_gpu null_devices=1 edu_dma_bits=32 edu_msi=0 || fail "not loaded without MSI"
grep ai_gpu /proc/interrupts | grep -q IO-APIC || fail "no INTx in /proc/interrupts"
gpu_ticket $dma_cases || fail "by INTx"
[ "$(sed -n 's/^interrupts_lost: //p' /proc/ai_gpu)" = 0 ] || fail "interrupts were lost"

unload ai_gpu || fail "not unloaded"
[ -z "$far" ] || echo >$far/driver_override
load_gpu || fail "not loaded"
grep ai_gpu /proc/interrupts | grep -q MSI || fail "no MSI in /proc/interrupts"

unload ai_gpu || fail "not unloaded"
load_gpu edu_dma_bits=28 || fail "not loaded with 28 bits"
# Behind an IOMMU the device is shown every block at an address that it reaches.
if [ $iommu = yes ]; then gpu_reach near; else gpu_reach far; fi || fail "reach"
echo "# IOMMU: $iommu"
unload ai_gpu && load_gpu
