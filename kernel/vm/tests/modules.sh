#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Loading and unloading, for guest-init and for tests that need parameters of
# their own. Small pools keep boots short; a test that needs more says so.

MEM_DEFAULTS="pool_mib=16"
SCHED_DEFAULTS=""
GPU_DEFAULTS="null_devices=2 edu_dma_bits=32"

load_mem() { insmod /nj/ai_mem.ko ${*:-$MEM_DEFAULTS}; }
load_scheduler() { insmod /nj/ai_scheduler.ko ${*:-$SCHED_DEFAULTS}; }
load_gpu() { insmod /nj/ai_gpu.ko ${*:-$GPU_DEFAULTS}; }

load_all() {
	{ [ ! -e /nj/ai_mem.ko ] || load_mem; } &&
		{ [ ! -e /nj/ai_scheduler.ko ] || load_scheduler; } &&
		{ [ ! -e /nj/ai_gpu.ko ] || load_gpu; }
}

loaded() { grep -q "^$1 " /proc/modules; }

# A reference may linger for the moment it takes the kernel to close the files
# of a process that has just died.
unload() {
	loaded "$1" || return 0
	for try in 1 2 3 4 5 6 7 8 9 10; do
		rmmod "$1" 2>/dev/null && return 0
		sleep 0.2
	done
	rmmod "$1"
}

unload_all() { unload ai_gpu && unload ai_scheduler && unload ai_mem; }

fail() { echo "$*"; exit 1; }
skip() { echo "$*"; exit 77; }
