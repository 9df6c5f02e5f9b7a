#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Every bpf program says something of a load, in JSON, and Java makes samples of it. What stands in for libcuda and
# the device behind the DRM scheduler are home-made.

. /nj/tests/modules.sh
loader=$(ls "$TRACER"/ld-linux* | head -n 1)
printf '#!/bin/sh\nexec %s --library-path %s %s/bpftrace "$@"\n' "$loader" "$TRACER" "$TRACER" >/bin/bpftrace
chmod 755 /bin/bpftrace
library=$TRACER/libcuda.so.1

run() { # map, program, its arguments
	map=$1
	program=$2
	shift 2
	: >/tmp/said
	bpftrace -f json "$BPF/$program.bt" "$@" >/tmp/said 2>/tmp/complained &
	tracer=$!
	tries=0
	until grep -q "\"@$map\": [^0]" /tmp/said || [ $tries = 90 ]; do
		sleep 1
		tries=$((tries + 1))
	done
	sleep 2
	kill $tracer 2>/dev/null # SIGINT is ignored by what a shell starts in the background
	wait $tracer
	grep -q "\"@$map\": [^0]" /tmp/said || fail "$program says nothing: $(cat /tmp/said /tmp/complained)"
	sed "s/^/# $program: /" /tmp/said | grep -v "^# [a-z_]*: $"
}

"$loader" --library-path "$TRACER" "$TRACER/load" &
load=$!
programs="runqueue_latency off_cpu page_fault_latency block_io_latency inference_latency cuda_utilisation"
for program in runqueue_latency off_cpu page_fault_latency block_io_latency; do run ${program}_us $program; done
run inference_latency_us inference_latency "$library" cuLaunchKernel cuStreamSynchronize
run cuda_wait_ns cuda_utilisation "$library"
if [ -e "$TRACER/modules" ]; then
	while read -r module; do insmod "$TRACER/$module" || fail "$module is not loaded"; done <"$TRACER/modules"
	run gpu_busy_ns gpu_utilisation
	programs="$programs gpu_utilisation"
else
	echo "# this kernel has no DRM scheduler as a module: gpu_utilisation was not tried"
fi
"$JAVA_HOME/bin/java" -Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m -Djava.io.tmpdir=/tmp \
	-cp "$CLASS_PATH$JARS" dev.nightjar.kernel.bpf.BpfInGuest "$library" $programs || exit 1
kill $load
[ ! -e "$TRACER/modules" ] || rmmod drm_jobs
