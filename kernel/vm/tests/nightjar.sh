#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# A whole run of the product with the modules loaded: the host's database keeps
# what they tell, the report shows it, and the benchmark was boosted.

. /nj/tests/modules.sh
export XDG_DATA_HOME=/tmp/x/data XDG_STATE_HOME=/tmp/x/state XDG_CACHE_HOME=/tmp/x/cache
export PATH=$PATH:$PRODUCT/tools
export NIGHTJAR_JAVA_OPTS=-XX:TieredStopAtLevel=1
cp -r "$PRODUCT/example" /tmp/example && cd /tmp/example || exit 1
before=$(sed -n 's/^boosts: //p' /proc/ai_scheduler)
began=$(cut -d. -f1 /proc/uptime)
"$PRODUCT/nightjar" run >/tmp/run.log 2>&1 || fail "the run failed with $?: $(cat /tmp/run.log)"
sed 's/^/# run: /' /tmp/run.log
echo "# nightjar run: $(($(cut -d. -f1 /proc/uptime) - began)) s"
boosted=$(($(sed -n 's/^boosts: //p' /proc/ai_scheduler) - before))
# One a repetition, and one for each that was disturbed and is repeated.
told=$(sed -n 's/.*, \([0-9]*\) programs boosted.*/\1/p' /tmp/run.log)
[ "${told:-0}" -ge 3 ] && [ $boosted = "$told" ] || fail "the run tells of $told boosts, the kernel of $boosted"
grep -q '^leases: 0$' /proc/ai_scheduler || fail "leases are left"

# What the database holds: the host has no modules, so all of it is the guest's.
"$PRODUCT/nightjar" query --csv "select name, attributes, count(*), max(value) from telemetry_samples
	where name ~ '^nightjar[.](pool|boost|accelerator)[.]' group by 1, 2 order by 1, 2" >/tmp/metrics || fail "no answer"
for metric in nightjar.pool.memory nightjar.boost.leases nightjar.boost.wakeup_latency nightjar.accelerator.utilization; do
	grep -q "$metric" /tmp/metrics || fail "$metric is not stored: $(cat /tmp/metrics)"
done
for words in "Pinned pool" "Boosted tasks"; do
	grep -q "$words" site/index.html || fail "the report does not show: $words"
done
sed 's/^/# stored: /' /tmp/metrics
