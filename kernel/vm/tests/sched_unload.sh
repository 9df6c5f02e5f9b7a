#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Unloading gives back what a lease through /proc, which no file holds, still has.

. /nj/tests/modules.sh
sleep 1000 &
pid=$!
echo "boost $pid -9 1000" >/proc/ai_scheduler || fail "no lease"
[ "$(cut -d' ' -f19 /proc/$pid/stat)" = -9 ] || fail "not boosted"
unload ai_gpu
unload ai_scheduler || fail "not unloaded"
[ "$(cut -d' ' -f19 /proc/$pid/stat)" = 0 ] || fail "not restored"
kill $pid
load_scheduler && { [ ! -e /nj/ai_gpu.ko ] || load_gpu; }
