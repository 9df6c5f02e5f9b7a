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
	for cache in /sys/kernel/slab/*; do echo 1 >"$cache/shrink" 2>/dev/null; done
	awk '/^(kmalloc|task_struct|pid|filp|dentry|inode_cache|kernfs|vm_area|dma-buf)/ { print $1, $2 }' /proc/slabinfo | sort
}
# What nobody uses: MemFree knows nothing of the pages that each CPU keeps to
# give away fast. And what the kernel's map of all memory took for itself, as it
# is broken into small pages wherever a module's text has lain: 4 KiB for 2 MiB.
free_kib() {
	sync
	echo 3 >/proc/sys/vm/drop_caches
	sleep 1
	awk '/^MemFree:/ { sum += $2 }
		/^Percpu:/ { sum -= $2 }
		/^DirectMap4k:/ { sum += $2 / 512 }
		$1 == "count:" { sum += $2 * 4 }
		END { printf "%d\n", sum }' /proc/meminfo /proc/zoneinfo
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

# What there is now, under a name.
look() {
	slabs >"/tmp/slabs.$1"
	free_kib >"/tmp/free.$1"
	cp /proc/meminfo "/tmp/meminfo.$1"
}

# A slab that a CPU allocates from counts as used whole, so a look at one is
# off by hundreds of small objects. What leaks grows from each look to the next.
leaking() {
	grown /tmp/slabs.before /tmp/slabs.middle "$1" >/tmp/grown.first
	grown /tmp/slabs.middle /tmp/slabs.after "$1" >/tmp/grown.second
	awk 'NR == FNR { first[$1] = $2; next } $1 in first { print $1, first[$1] + $2 }' /tmp/grown.first /tmp/grown.second
}

unload_all || fail "not unloaded"
sleep 100000 &
bystander=$!
half=$(((times + 1) / 2))
round=0
while [ $round -lt $((warm_up + 2 * half)) ]; do
	[ $round != $warm_up ] || look before
	[ $round != $((warm_up + half)) ] || look middle
	once $round
	round=$((round + 1))
done
look after
kill $bystander
read -r before </tmp/free.before
read -r middle </tmp/free.middle
read -r after </tmp/free.after
echo "# $((2 * half)) rounds; free memory: $before KiB before, $middle KiB in the middle, $after KiB after"
grown /tmp/meminfo.before /tmp/meminfo.after 256 | awk '{ printf "# %s %d KiB more\n", $1, $2 }'
grown /tmp/slabs.before /tmp/slabs.after 1 | awk '{ printf "# %s: %d objects more\n", $1, $2 }'
# Fewer rounds do not stand out from what the rest of the kernel does meanwhile.
if [ $half -lt 25 ]; then
	echo "# too few rounds to judge pages and slabs by their numbers"
	load_all
	exit
fi
leaks=$(leaking $half)
[ -z "$leaks" ] || fail "grew with every round: $leaks"
[ $((before - middle)) -lt $((half * 4)) ] || [ $((middle - after)) -lt $((half * 4)) ] ||
	fail "lost $((before - after)) KiB: a page a round or more"
load_all
