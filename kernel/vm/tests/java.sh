#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The Java API against the modules; and after it nothing of it is left in the kernel.

. /nj/tests/modules.sh
"$JAVA_HOME/bin/java" -Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx128m \
	--enable-native-access=ALL-UNNAMED -cp "$CLASS_PATH" dev.nightjar.kernel.modules.ModulesInGuest || exit 1
grep -q '^used_blocks: 0$' /proc/ai_memory || fail "blocks are left: $(cat /proc/ai_memory)"
grep -q '^leases: 0$' /proc/ai_scheduler || fail "leases are left: $(cat /proc/ai_scheduler)"
grep -q '^pages_lent: 0$' /proc/ai_gpu || fail "lent pages are left: $(cat /proc/ai_gpu)"
