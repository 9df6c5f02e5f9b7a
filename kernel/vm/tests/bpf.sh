#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Every bpf program that this guest can run says something of a load, in JSON.

. /nj/tests/modules.sh
loader=$(ls "$TRACER"/ld-linux* | head -n 1)
trace() { exec "$loader" --library-path "$TRACER" "$TRACER/bpftrace" -f json "$@"; }

run() { # map, program, its arguments
	map=$1
	shift
	: >/tmp/said
	trace "$@" >/tmp/said 2>/tmp/complained &
	tracer=$!
	tries=0
	until grep -q "\"@$map\": [^0]" /tmp/said || [ $tries = 60 ]; do
		sleep 1
		tries=$((tries + 1))
	done
	sleep 2
	kill $tracer 2>/dev/null # SIGINT is ignored by what a shell starts in the background
	wait $tracer
	grep -q "\"@$map\": [^0]" /tmp/said || fail "$1 says nothing: $(cat /tmp/said /tmp/complained)"
	grep "\"@$map\"" /tmp/said | sed "s/^/# /"
}

bpf_load 1000000 &
load=$!
run runqueue_latency_us "$BPF/runqueue_latency.bt"
run off_cpu_us "$BPF/off_cpu.bt"
run page_fault_latency_us "$BPF/page_fault_latency.bt"
run block_io_latency_us "$BPF/block_io_latency.bt"
run inference_latency_us "$BPF/inference_latency.bt" /nj/tests/bpf_load cuLaunchKernel cuStreamSynchronize
(trace -l 'tracepoint:gpu_scheduler:*') >/tmp/events 2>/dev/null
[ -s /tmp/events ] && sed 's/^/# /' /tmp/events || echo "# no driver here has the DRM scheduler's tracepoints"
kill $load
