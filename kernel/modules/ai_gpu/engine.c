// SPDX-License-Identifier: GPL-2.0-only
/*
 * Engines: devices that are driven.
 *
 * Each has a thread that tells the device what to do next and sees to what is
 * due. An interrupt only wakes it: whether an op has ended is asked of the
 * device, so a stray interrupt does nothing and a lost one costs a second but
 * no ticket. Nothing here waits for a device: the thread sleeps until the next
 * deadline, and a device that is given up drains while its ticket has long
 * ended. One mutex guards everything; an op takes far longer than what is done
 * under it.
 */
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/sched.h>

#include "../include/ai_gpu_utilisation.h"
#include "../include/ai_mem_loan.h"
#include "client.h"
#include "engine.h"

#define WINDOW_NS	NSEC_PER_SEC
#define SCRUB_MAX_NS	(10 * NSEC_PER_SEC)
#define DRAIN_POLL_NS	(10 * NSEC_PER_MSEC)
#define FAILED_POLL_NS	NSEC_PER_SEC
#define LOST_POLL_NS	NSEC_PER_SEC	/* what a lost interrupt costs at most */

DEFINE_MUTEX(ai_gpu_lock);	/* see engine.h */
struct ai_gpu_stats ai_gpu_totals;
unsigned int ai_drain_seconds = 30;

static LIST_HEAD(engines);
static atomic_t pages_lent = ATOMIC_INIT(0);

/* ---- loans ---- */

struct page *ai_engine_borrow_page(int fd, u64 handle, bool write)
{
	struct page *page = ai_mem_borrow(fd, handle, write);

	if (!IS_ERR(page))
		atomic_inc(&pages_lent);
	return page;
}

void ai_engine_return_page(struct page *page)
{
	if (!page)
		return;
	ai_mem_return(page);
	atomic_dec(&pages_lent);
}

u64 ai_engine_pages_lent(void)
{
	return atomic_read(&pages_lent);
}

/* ---- accounting ---- */

/*
 * Brings the figures up to now: since the last time the engine was either busy
 * throughout or idle throughout. Time is cut into windows of one second.
 */
static void account(struct ai_engine *engine, u64 now)
{
	u64 window = div64_u64(now, WINDOW_NS), start = window * WINDOW_NS;
	u64 since = engine->accounted_ns;

	if (window > engine->window) {
		u64 before = start - WINDOW_NS;
		u64 kept = window == engine->window + 1 ? engine->window_busy_ns : 0;

		engine->window_before_busy_ns = kept;
		if (engine->at_work)
			engine->window_before_busy_ns += start - max(since, before);
		engine->window_busy_ns = 0;
		engine->window = window;
	}
	if (engine->at_work) {
		engine->busy_ns += now - since;
		engine->window_busy_ns += now - max(since, start);
	}
	engine->accounted_ns = now;
}

/* The last window counts for as much of it as lies less than one window back. */
static u32 utilisation_permille(struct ai_engine *engine, u64 now)
{
	u64 into, busy;

	account(engine, now);
	into = now - engine->window * WINDOW_NS;
	busy = engine->window_busy_ns +
	       div64_u64(engine->window_before_busy_ns * ((WINDOW_NS - into) / NSEC_PER_USEC),
			 WINDOW_NS / NSEC_PER_USEC);
	return min_t(u64, div64_u64(busy * 1000, WINDOW_NS), 1000);
}

/* ---- how a ticket ends ---- */

static void count_end(u32 error)
{
	switch (error) {
	case 0:
		ai_gpu_totals.done++;
		break;
	case ETIME:
		ai_gpu_totals.timed_out++;
		break;
	case ECANCELED:
		ai_gpu_totals.cancelled++;
		break;
	case ENODEV:
		ai_gpu_totals.device_gone++;
		break;
	default:
		ai_gpu_totals.failed++;
	}
}

static void end_one(struct ai_ticket *ticket, u32 error, u64 result)
{
	struct ai_engine *engine = ticket->engine;

	lockdep_assert_held(&ai_gpu_lock);
	ticket->completion.error = error;
	ticket->completion.result = result;
	ticket->completion.ended_ns = ktime_get_ns();
	list_del_init(&ticket->of_engine);
	if (engine->ticket == ticket)
		engine->ticket = NULL;
	if (engine->newest_ticket == ticket->id)
		engine->newest_failed = error;
	engine->n_tickets--;
	ai_gpu_totals.tickets--;
	if (!error)
		engine->done++;
	ticket->engine = NULL;
	ai_engine_return_page(ticket->op.page);
	ticket->op.page = NULL;
	count_end(error);
	ai_client_ticket_ended(ticket);
}

static struct ai_ticket *first_waiting(struct ai_engine *engine)
{
	return list_first_entry_or_null(&engine->queue, struct ai_ticket, of_engine);
}

static struct ai_ticket *ticket_behind(struct ai_ticket *ticket)
{
	struct ai_engine *engine = ticket->engine;

	if (engine->ticket == ticket)
		return first_waiting(engine);
	return list_is_last(&ticket->of_engine, &engine->queue) ?
		NULL : list_next_entry(ticket, of_engine);
}

/* Those that were to run only after it go with a ticket that fails. */
static void end_ticket(struct ai_ticket *ticket, u32 error, u64 result)
{
	struct ai_ticket *behind = ticket_behind(ticket);

	end_one(ticket, error, result);
	while (error && behind && (behind->flags & AI_GPU_AFTER)) {
		ticket = behind;
		behind = ticket_behind(ticket);
		end_one(ticket, ECANCELED, 0);
	}
}

static void end_all(struct ai_engine *engine, u32 error)
{
	struct ai_ticket *ticket, *following;

	if (engine->ticket)
		end_one(engine->ticket, error, 0);
	list_for_each_entry_safe(ticket, following, &engine->queue, of_engine)
		end_one(ticket, error, 0);
}

/* ---- the op at the device ---- */

static void kick(struct ai_engine *engine)
{
	/* After what it is about, and read before that is looked at. */
	smp_store_release(&engine->kick, true);
	wake_up(&engine->wake);
}

void ai_engine_interrupt(struct ai_engine *engine)
{
	WRITE_ONCE(engine->interrupt_ns, ktime_get_ns());
	WRITE_ONCE(engine->interrupted, true);
	kick(engine);
}

static u64 drain_ns(void)
{
	return clamp(READ_ONCE(ai_drain_seconds), 1U, 600U) * NSEC_PER_SEC;
}

/* The device stops using the page; that it becomes idle is another matter. */
static void stop(struct ai_engine *engine)
{
	engine->backend->stop(engine);
	ai_engine_return_page(engine->op.page);
	engine->op.page = NULL;
}

static void give_up(struct ai_engine *engine, u32 error)
{
	stop(engine);
	engine->state = AI_GPU_STATE_DRAINING;
	engine->op_due_ns = ktime_get_ns() + drain_ns();
	if (engine->ticket)
		end_ticket(engine->ticket, error, 0);
}

static void fail(struct ai_engine *engine, u32 error)
{
	stop(engine);
	engine->state = AI_GPU_STATE_FAILED;
	engine->op_due_ns = U64_MAX;
	end_all(engine, error);
}

static void scrubbed(struct ai_engine *engine)
{
	engine->scrubbed_to += engine->op.bytes;
	if (engine->scrubbed_to < engine->memory_bytes)
		return;
	engine->scrub_needed = false;
	ai_gpu_totals.scrubs++;
}

static void op_ended(struct ai_engine *engine, u64 result)
{
	struct ai_ticket *ticket = engine->ticket;
	bool given_up = engine->state != AI_GPU_STATE_READY;

	account(engine, ktime_get_ns());
	engine->at_work = false;
	engine->state = AI_GPU_STATE_READY;
	ai_engine_return_page(engine->op.page);
	engine->op.page = NULL;
	if (given_up)
		return;
	if (!ticket) {
		scrubbed(engine);
		return;
	}
	if (engine->op.operation == AI_GPU_COPY_IN)
		ai_gpu_totals.bytes_in += engine->op.bytes;
	if (engine->op.operation == AI_GPU_COPY_OUT)
		ai_gpu_totals.bytes_out += engine->op.bytes;
	ticket->completion.interrupt_ns = READ_ONCE(engine->interrupt_ns);
	end_ticket(ticket, 0, engine->op.operation == AI_GPU_LAUNCH ? result : engine->op.bytes);
}

static void see_to_op(struct ai_engine *engine, u64 now)
{
	bool told = xchg(&engine->interrupted, false), late = now >= engine->op_due_ns;
	bool silent = now >= engine->poll_at_ns;
	u64 result = 0;
	int ret;

	if (told)
		ai_gpu_totals.interrupts++;
	if (!told && !late && !silent && engine->state == AI_GPU_STATE_READY)
		return;
	engine->poll_at_ns = now + LOST_POLL_NS;
	ret = engine->backend->poll(engine, &result);
	if (ret == 0) {
		if (!told && engine->state == AI_GPU_STATE_READY)
			ai_gpu_totals.interrupts_lost++;
		op_ended(engine, result);
	} else if (ret != -EINPROGRESS) {
		if (engine->state != AI_GPU_STATE_FAILED)
			fail(engine, -ret);
	} else if (late) {
		if (engine->state == AI_GPU_STATE_READY && engine->ticket)
			give_up(engine, ETIME);
		else
			fail(engine, EIO);
	}
}

static int start(struct ai_engine *engine, u64 now, u64 due)
{
	int ret;

	account(engine, now);
	WRITE_ONCE(engine->interrupted, false);
	WRITE_ONCE(engine->interrupt_ns, 0);
	ret = engine->backend->start(engine, &engine->op);
	if (ret)
		return ret;
	engine->at_work = true;
	engine->op_due_ns = due;
	engine->poll_at_ns = now + LOST_POLL_NS;
	return 0;
}

static void start_scrub(struct ai_engine *engine, u64 now)
{
	int ret;

	engine->op = (struct ai_op){
		.operation = AI_GPU_COPY_IN,
		.device_offset = engine->scrubbed_to,
		.bytes = min_t(u64, engine->memory_bytes - engine->scrubbed_to, PAGE_SIZE),
	};
	ret = start(engine, now, now + SCRUB_MAX_NS);
	if (ret) {
		/* As if it were at work: it is asked now and then whether it is well again. */
		engine->at_work = true;
		fail(engine, EIO);
	}
}

static void start_ticket(struct ai_engine *engine, struct ai_ticket *ticket, u64 now)
{
	int ret;

	list_del_init(&ticket->of_engine);
	engine->ticket = ticket;
	engine->op = ticket->op;
	ticket->op.page = NULL;
	if (engine->op.operation == AI_GPU_COPY_IN)
		engine->dirty = true;
	ticket->completion.started_ns = now;
	ret = start(engine, now, ticket->deadline_ns);
	if (!ret)
		return;
	ai_engine_return_page(engine->op.page);
	engine->op.page = NULL;
	end_ticket(ticket, ret == -ENODEV ? ENODEV : EIO, 0);
}

static void expire_waiting(struct ai_engine *engine, u64 now)
{
	struct ai_ticket *ticket;
	bool again;

	/* From the start after each, since others may go with the one that ends. */
	do {
		again = false;
		list_for_each_entry(ticket, &engine->queue, of_engine) {
			if (now < ticket->deadline_ns)
				continue;
			end_ticket(ticket, ETIME, 0);
			again = true;
			break;
		}
	} while (again);
}

static u64 next_due_ns(struct ai_engine *engine, u64 now)
{
	struct ai_ticket *ticket;
	u64 due = U64_MAX;

	list_for_each_entry(ticket, &engine->queue, of_engine)
		due = min(due, ticket->deadline_ns);
	if (!engine->at_work)
		return due;
	due = min3(due, engine->op_due_ns, engine->poll_at_ns);
	if (engine->state == AI_GPU_STATE_DRAINING)
		due = min_t(u64, due, now + DRAIN_POLL_NS);
	if (engine->state == AI_GPU_STATE_FAILED)
		due = min_t(u64, due, now + FAILED_POLL_NS);
	return due;
}

/* Does what is due; returns how many jiffies nothing will be, unless there is a kick. */
static long look_after(struct ai_engine *engine)
{
	u64 now = ktime_get_ns(), due;

	lockdep_assert_held(&ai_gpu_lock);
	if (engine->gone)
		return MAX_SCHEDULE_TIMEOUT;
	if (engine->at_work)
		see_to_op(engine, now);
	expire_waiting(engine, now);
	while (!engine->at_work && engine->state == AI_GPU_STATE_READY) {
		struct ai_ticket *ticket = first_waiting(engine);

		if (engine->scrub_needed)
			start_scrub(engine, now);
		else if (ticket)
			start_ticket(engine, ticket, now);
		else
			break;
	}
	due = next_due_ns(engine, now);
	if (due == U64_MAX)
		return MAX_SCHEDULE_TIMEOUT;
	return due > now ? (long)nsecs_to_jiffies(due - now) + 1 : 1;
}

static bool has_reason(struct ai_engine *engine)
{
	/* Pairs with the release in kick(). */
	return smp_load_acquire(&engine->kick) || kthread_should_stop();
}

static int engine_thread(void *data)
{
	struct ai_engine *engine = data;

	while (!kthread_should_stop()) {
		long timeout;

		/* Before looking: what comes after it finds the flag down and raises it. */
		xchg(&engine->kick, false);
		mutex_lock(&ai_gpu_lock);
		timeout = look_after(engine);
		mutex_unlock(&ai_gpu_lock);
		wait_event_idle_timeout(engine->wake, has_reason(engine), timeout);
	}
	return 0;
}

/* ---- claims and tickets ---- */

struct ai_engine *ai_engine_find(u32 id)
{
	struct ai_engine *engine;

	lockdep_assert_held(&ai_gpu_lock);
	list_for_each_entry(engine, &engines, link)
		if (engine->id == id)
			return engine;
	return NULL;
}

int ai_engine_claim(struct ai_engine *engine, struct ai_client *client)
{
	if (engine->claimant)
		return -EBUSY;
	if (engine->state == AI_GPU_STATE_FAILED)
		return -EIO;
	engine->claimant = client;
	list_add_tail(&engine->of_claimant, &client->claims);
	engine->newest_ticket = 0;
	engine->newest_failed = false;
	return 0;
}

void ai_engine_release(struct ai_engine *engine)
{
	if (engine->ticket)
		give_up(engine, ECANCELED);
	end_all(engine, ECANCELED);
	list_del_init(&engine->of_claimant);
	engine->claimant = NULL;
	if (engine->dirty) {
		engine->dirty = false;
		engine->scrub_needed = true;
		engine->scrubbed_to = 0;
	}
	kick(engine);
}

int ai_engine_submit(struct ai_engine *engine, struct ai_ticket *ticket)
{
	const struct ai_op *op = &ticket->op;
	bool skip;

	if (engine->state == AI_GPU_STATE_FAILED)
		return -EIO;
	if (op->operation == AI_GPU_LAUNCH) {
		if (op->kernel >= 64 || !(engine->backend->kernels & BIT_ULL(op->kernel)))
			return -EINVAL;
		if (engine->backend->check(op))
			return -EINVAL;
	} else {
		const u32 align = engine->backend->copy_align;

		if (op->bytes > engine->memory_bytes ||
		    op->device_offset > engine->memory_bytes - op->bytes)
			return -EINVAL;
		if ((op->device_offset | op->page_offset | op->bytes) & (align - 1))
			return -EINVAL;
		if (!engine->backend->reaches(engine, op->page))
			return -EADDRNOTAVAIL;
	}
	skip = (ticket->flags & AI_GPU_AFTER) && engine->newest_failed;
	engine->newest_ticket = ticket->id;
	engine->newest_failed = false;
	ticket->engine = engine;
	list_add_tail(&ticket->of_engine, &engine->queue);
	engine->n_tickets++;
	ai_gpu_totals.tickets++;
	ai_gpu_totals.submitted++;
	if (skip)
		end_ticket(ticket, ECANCELED, 0);
	else
		kick(engine);
	return 0;
}

void ai_engine_cancel(struct ai_ticket *ticket)
{
	struct ai_engine *engine = ticket->engine;

	if (engine->ticket == ticket)
		give_up(engine, ECANCELED);
	else
		end_ticket(ticket, ECANCELED, 0);
	kick(engine);
}

/* ---- what is told of engines ---- */

void ai_engine_look(struct ai_engine *engine, const struct ai_client *asker,
		    struct ai_gpu_device *view)
{
	*view = (struct ai_gpu_device){
		.device = engine->id,
		.backend = engine->backend->number,
		.state = engine->state,
		.node = engine->node,
		.memory_bytes = engine->memory_bytes,
		.kernels = engine->backend->kernels,
		.copy_align = engine->backend->copy_align,
		.claimed = !engine->claimant ? 0 : engine->claimant == asker ? 2 : 1,
		.tickets = engine->n_tickets,
		.utilisation_permille = utilisation_permille(engine, ktime_get_ns()),
		.busy_ns = engine->busy_ns,
		.done = engine->done,
	};
}

u32 ai_engines_look(const struct ai_client *asker, struct ai_gpu_device *views, u32 max,
		    u32 *total)
{
	struct ai_engine *engine;
	u32 n = 0;

	*total = ai_gpu_totals.devices;
	list_for_each_entry(engine, &engines, link) {
		if (n == max)
			break;
		ai_engine_look(engine, asker, &views[n++]);
	}
	return n;
}

int ai_gpu_utilisation(u32 device)
{
	struct ai_engine *engine;
	int permille = -ENODEV;

	mutex_lock(&ai_gpu_lock);
	engine = ai_engine_find(device);
	/* One that has failed is neither busy nor idle. */
	if (engine && engine->state != AI_GPU_STATE_FAILED)
		permille = utilisation_permille(engine, ktime_get_ns());
	mutex_unlock(&ai_gpu_lock);
	return permille;
}
EXPORT_SYMBOL_GPL(ai_gpu_utilisation);

/* ---- coming and going ---- */

void ai_engine_init(struct ai_engine *engine)
{
	init_waitqueue_head(&engine->wake);
	INIT_LIST_HEAD(&engine->queue);
	INIT_LIST_HEAD(&engine->of_claimant);
}

int ai_engine_add(struct ai_engine *engine)
{
	int ret = 0;

	engine->accounted_ns = ktime_get_ns();
	engine->window = div64_u64(engine->accounted_ns, WINDOW_NS);
	/* What it did before, and what its memory holds, is not known. */
	engine->state = AI_GPU_STATE_DRAINING;
	engine->at_work = true;
	engine->op_due_ns = engine->accounted_ns + drain_ns();
	engine->scrub_needed = true;
	engine->thread = kthread_create(engine_thread, engine, "ai_gpu/%08x", engine->id);
	if (IS_ERR(engine->thread))
		return PTR_ERR(engine->thread);
	mutex_lock(&ai_gpu_lock);
	if (ai_gpu_totals.devices == AI_ENGINES_MAX)
		ret = -ENOSPC;
	else if (ai_engine_find(engine->id))
		ret = -EEXIST;
	if (!ret) {
		list_add_tail(&engine->link, &engines);
		ai_gpu_totals.devices++;
	}
	mutex_unlock(&ai_gpu_lock);
	if (ret) {
		kthread_stop(engine->thread);
		return ret;
	}
	wake_up_process(engine->thread);
	return 0;
}

void ai_engine_remove(struct ai_engine *engine)
{
	mutex_lock(&ai_gpu_lock);
	list_del(&engine->link);
	ai_gpu_totals.devices--;
	engine->gone = true;
	if (engine->at_work)
		stop(engine);
	end_all(engine, ENODEV);
	list_del_init(&engine->of_claimant);
	engine->claimant = NULL;
	mutex_unlock(&ai_gpu_lock);
	kthread_stop(engine->thread);
}
