#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# cycle [times]: loads all three modules, leaves a lease, mapped blocks and
# transfers in flight behind, unloads; then slabs and pages are where they were.

. /nj/tests/modules.sh
times=${1:-100}
warm_up=5
MEM_DEFAULTS="pool_mib=4"
nice_of() { cut -d' ' -f19 "/proc/$1/stat"; }

# Objects in use of every general slab, after the unused were given back.
slabs() {
	for cache in /sys/kernel/slab/kmalloc-*; do echo 1 >"$cache/shrink" 2>/dev/null; done
	awk '/^(kmalloc|task_struct|pid|filp|dentry|inode_cache|kernfs|vm_area|dma-buf)/ { print $1, $2 }' /proc/slabinfo | sort
}
free_kib() {
	sync
	echo 3 >/proc/sys/vm/drop_caches
	sleep 1
	awk '/^(MemFree|Percpu):/ { sum += $1 == "Percpu:" ? -$2 : $2 } END { print sum }' /proc/meminfo
}

# Names whose number grew by so much or more from one file to the other, and by how much.
grown() {
	awk -v least="$3" 'NR == FNR { before[$1] = $2; next }
		$1 in before && $2 - before[$1] >= least { print $1, $2 - before[$1] }' "$1" "$2"
}

once() {
	load_all || fail "round $1: not loaded"
	# Sometimes the devices are still being scrubbed, sometimes they are ready.
	[ $(($1 % 3)) != 0 ] || sleep 0.3
	mkfifo /tmp/ready
	cycle_load $bystander >/tmp/ready &
	loader=$!
	read -r word </tmp/ready
	rm -f /tmp/ready
	[ "$word" = ready ] || fail "round $1: the loader failed"
	[ "$(nice_of $bystander)" = -4 ] && [ "$(nice_of $loader)" = -6 ] || fail "round $1: not boosted"
	rmmod ai_mem 2>/dev/null && fail "round $1: unloaded while in use"
	[ $(($1 % 2)) = 0 ] || sleep 0.05
	kill -9 $loader
	wait $loader 2>/dev/null
	unload ai_gpu || fail "round $1: ai_gpu not unloaded"
	[ "$(sed -n 's/^used_blocks: //p' /proc/ai_memory)" = 0 ] || sleep 0.2
	for key in used_blocks limbo_blocks exports owners; do
		[ "$(sed -n "s/^$key: //p" /proc/ai_memory)" = 0 ] || fail "round $1: $key is not 0: $(cat /proc/ai_memory)"
	done
	[ "$(sed -n 's/^leases: //p' /proc/ai_scheduler)" = 1 ] || fail "round $1: expected the lease that no file holds"
	unload ai_scheduler || fail "round $1: ai_scheduler not unloaded"
	[ "$(nice_of $bystander)" = 0 ] || fail "round $1: not restored"
	unload ai_mem || fail "round $1: ai_mem not unloaded"
}

unload_all || fail "not unloaded"
sleep 100000 &
bystander=$!
round=0
while [ $round -lt $((warm_up + times)) ]; do
	if [ $round = $warm_up ]; then
		slabs >/tmp/slabs.before
		free_before=$(free_kib)
		cp /proc/meminfo /tmp/meminfo.before
	fi
	once $round
	round=$((round + 1))
done
slabs >/tmp/slabs.after
free_after=$(free_kib)
cp /proc/meminfo /tmp/meminfo.after
kill $bystander
lost=$((free_before - free_after))
echo "# $times rounds; free memory: $free_before KiB before, $free_after KiB after"
grown /tmp/meminfo.before /tmp/meminfo.after 256 | awk '{ printf "# %s %d KiB more\n", $1, $2 }'
grown /tmp/slabs.before /tmp/slabs.after 1 | awk '{ printf "# %s: %d objects more\n", $1, $2 }'
# What leaks once a round is there at least as many times as there were rounds.
leaks=$(grown /tmp/slabs.before /tmp/slabs.after "$times")
[ -z "$leaks" ] || fail "grew with every round: $leaks"
[ $lost -lt $((times * 4)) ] || fail "lost $lost KiB: a page a round or more"
load_all
