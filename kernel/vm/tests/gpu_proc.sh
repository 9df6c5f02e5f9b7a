#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# /proc/ai_gpu says of every display device what sysfs says, and nothing of where it lies.

. /nj/tests/modules.sh
text=/tmp/ai_gpu.txt
cat /proc/ai_gpu >$text
seen=0
value() { sed -n "s/^device: $1 .* $2=\([^ ]*\).*/\1/p; s/^device: $1 $2=\([^ ]*\).*/\1/p" $text; }
same() { [ "$2" = "$3" ] || fail "$1: /proc says '$2', sysfs says '$3'"; }
for dir in /sys/bus/pci/devices/*; do
	name=$(basename "$dir")
	case $(cat "$dir/class") in 0x03* | 0x12* | 0x0b40*) ;; *) continue ;; esac
	seen=$((seen + 1))
	grep -q "^device: $name " $text || fail "$name is not listed"
	same "$name vendor" "0x$(value $name vendor)" "$(cat $dir/vendor)"
	same "$name device" "0x$(value $name device)" "$(cat $dir/device)"
	same "$name class" "0x$(value $name class)" "$(cat $dir/class)"
	driver=none
	[ ! -e "$dir/driver" ] || driver=$(basename "$(readlink "$dir/driver")")
	same "$name driver" "$(value $name driver)" "$driver"
	[ "$driver" != ai_gpu ] || fail "$name was bound"
	node=$(cat $dir/numa_node)
	same "$name node" "$(value $name node)" "$([ $node = -1 ] || echo $node)"
	if [ -e $dir/current_link_width ] && [ "$(cat $dir/current_link_width)" != 0 ]; then
		same "$name width" "$(value $name link_width)" "$(cat $dir/current_link_width)"
		same "$name max width" "$(value $name link_max_width)" "$(cat $dir/max_link_width)"
		same "$name speed" "$(value $name link_gts | sed 's/\.0$//')" "$(sed 's/ .*//; s/\.0$//' $dir/current_link_speed)"
		same "$name max speed" "$(value $name link_max_gts)" "$(sed 's/ .*//; s/\.0$//' $dir/max_link_speed)"
	fi
	if [ -e $dir/aer_dev_correctable ]; then
		same "$name aer" "$(value $name aer_correctable)" "$(sed -n 's/^TOTAL_ERR_COR //p' $dir/aer_dev_correctable)"
		same "$name aer" "$(value $name aer_fatal)" "$(sed -n 's/^TOTAL_ERR_FATAL //p' $dir/aer_dev_fatal)"
		aer=seen
	fi
	while read -r start end flags; do
		[ "$start" != 0x0000000000000000 ] || continue
		! grep -q "$(printf '%x' $start)" $text || fail "the address $start of $name is shown"
		grep "^device: $name " $text | grep -q "_bytes=$((end - start + 1))\( \|$\)" || fail "no BAR of $name has $((end - start + 1)) bytes"
	done <<-BARS
	$(head -n 6 $dir/resource)
	BARS
done
[ $seen -ge 3 ] || fail "expected three display devices, found $seen"
[ -n "$aer" ] || fail "no device with AER counts"
[ "$(wc -c <$text)" -lt 4096 ] || fail "more than 4 KiB"
echo "# $seen display devices"
