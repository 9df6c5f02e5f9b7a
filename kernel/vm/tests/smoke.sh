#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The harness itself: a guest of two nodes with the devices the tests expect.

. /nj/tests/modules.sh
[ "$(cat /sys/devices/system/node/online)" = 0-1 ] || fail "expected two NUMA nodes"
edu=$(grep -l 0x11e8 /sys/bus/pci/devices/*/device | wc -l)
[ "$edu" = 2 ] || fail "expected two edu devices, found $edu"
echo "# kernel $(uname -r), $(nproc) CPUs, edu devices: $edu"
