// SPDX-License-Identifier: GPL-2.0-only
/*
 * Open files: claims, tickets, and how their ends are told.
 *
 * A ticket's number comes from one counter and is looked up only among the
 * file's own, so no other file's ticket can be named. A file holds no device:
 * when one goes, its tickets end and its claim is gone.
 */
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

#include "client.h"
#include "engine.h"

static u64 last_id;	/* protected by ai_gpu_lock */

struct ai_client *ai_client_open(void)
{
	struct ai_client *client = kzalloc(sizeof(*client), GFP_KERNEL_ACCOUNT);

	if (!client)
		return NULL;
	INIT_LIST_HEAD(&client->claims);
	INIT_LIST_HEAD(&client->open);
	INIT_LIST_HEAD(&client->ended);
	init_waitqueue_head(&client->wait);
	mutex_lock(&ai_gpu_lock);
	ai_gpu_totals.files++;
	mutex_unlock(&ai_gpu_lock);
	return client;
}

static void forget(struct ai_client *client, struct ai_ticket *ticket)
{
	list_del(&ticket->of_client);
	client->tickets--;
	kfree(ticket);
}

void ai_client_close(struct ai_client *client)
{
	struct ai_engine *engine, *following;
	struct ai_ticket *ticket, *after;

	mutex_lock(&ai_gpu_lock);
	list_for_each_entry_safe(engine, following, &client->claims, of_claimant)
		ai_engine_release(engine);
	list_for_each_entry_safe(ticket, after, &client->ended, of_client)
		forget(client, ticket);
	ai_gpu_totals.files--;
	mutex_unlock(&ai_gpu_lock);
	kfree(client);
}

int ai_client_claim(struct ai_client *client, u32 device)
{
	struct ai_engine *engine;
	int ret = -ENODEV;

	mutex_lock(&ai_gpu_lock);
	engine = ai_engine_find(device);
	if (engine)
		ret = ai_engine_claim(engine, client);
	mutex_unlock(&ai_gpu_lock);
	return ret;
}

int ai_client_release(struct ai_client *client, u32 device)
{
	struct ai_engine *engine;
	int ret = -ENODEV;

	mutex_lock(&ai_gpu_lock);
	engine = ai_engine_find(device);
	if (engine)
		ret = engine->claimant == client ? 0 : -ENOTCONN;
	if (!ret)
		ai_engine_release(engine);
	mutex_unlock(&ai_gpu_lock);
	return ret;
}

static struct ai_ticket *make_ticket(struct ai_client *client, const struct ai_gpu_request *request)
{
	struct ai_ticket *ticket = kzalloc(sizeof(*ticket), GFP_KERNEL_ACCOUNT);
	u64 now = ktime_get_ns();

	if (!ticket)
		return ERR_PTR(-ENOMEM);
	ticket->client = client;
	ticket->flags = request->flags;
	ticket->deadline_ns = now + request->deadline_ns;
	ticket->completion.submitted_ns = now;
	ticket->op.operation = request->operation;
	ticket->op.kernel = request->kernel;
	ticket->op.device_offset = request->device_offset;
	ticket->op.page_offset = request->block_offset;
	ticket->op.bytes = request->bytes;
	memcpy(ticket->op.arguments, request->arguments, sizeof(ticket->op.arguments));
	if (request->operation != AI_GPU_LAUNCH) {
		struct page *page = ai_engine_borrow_page(request->mem_fd, request->handle,
							  request->operation == AI_GPU_COPY_OUT);

		if (IS_ERR(page)) {
			kfree(ticket);
			return ERR_CAST(page);
		}
		ticket->op.page = page;
	}
	return ticket;
}

static int submit(struct ai_client *client, struct ai_ticket *ticket, u32 device)
{
	struct ai_engine *engine = ai_engine_find(device);
	int ret;

	if (!engine)
		return -ENODEV;
	if (engine->claimant != client)
		return -ENOTCONN;
	if (client->tickets >= AI_GPU_TICKETS_MAX)
		return -EDQUOT;
	ticket->id = ++last_id;
	ticket->completion.ticket = ticket->id;
	list_add_tail(&ticket->of_client, &client->open);
	client->tickets++;
	ret = ai_engine_submit(engine, ticket);
	if (ret) {
		list_del(&ticket->of_client);
		client->tickets--;
	}
	return ret;
}

int ai_client_submit(struct ai_client *client, const struct ai_gpu_request *request, u64 *id)
{
	struct ai_ticket *ticket = make_ticket(client, request);
	int ret;

	if (IS_ERR(ticket))
		return PTR_ERR(ticket);
	mutex_lock(&ai_gpu_lock);
	ret = submit(client, ticket, request->device);
	if (!ret)
		*id = ticket->id;
	mutex_unlock(&ai_gpu_lock);
	if (ret) {
		ai_engine_return_page(ticket->op.page);
		kfree(ticket);
	}
	return ret;
}

void ai_client_ticket_ended(struct ai_ticket *ticket)
{
	struct ai_client *client = ticket->client;

	list_move_tail(&ticket->of_client, &client->ended);
	WRITE_ONCE(client->endings, client->endings + 1);
	wake_up_poll(&client->wait, EPOLLIN | EPOLLRDNORM);
}

static struct ai_ticket *find_in(const struct list_head *list, u64 id)
{
	struct ai_ticket *ticket;

	lockdep_assert_held(&ai_gpu_lock);
	list_for_each_entry(ticket, list, of_client)
		if (ticket->id == id)
			return ticket;
	return NULL;
}

int ai_client_cancel(struct ai_client *client, u64 id)
{
	struct ai_ticket *ticket;
	int ret = 0;

	mutex_lock(&ai_gpu_lock);
	ticket = find_in(&client->open, id);
	if (ticket)
		ai_engine_cancel(ticket);
	else
		ret = find_in(&client->ended, id) ? -EALREADY : -ENOENT;
	mutex_unlock(&ai_gpu_lock);
	return ret;
}

void ai_client_discard(struct ai_client *client, u64 id)
{
	struct ai_ticket *ticket;

	mutex_lock(&ai_gpu_lock);
	ticket = find_in(&client->open, id);
	if (ticket)
		ai_engine_cancel(ticket);
	ticket = find_in(&client->ended, id);
	if (ticket)
		forget(client, ticket);
	mutex_unlock(&ai_gpu_lock);
}

/* Out of the list, but still counted: it may come back. */
static struct ai_ticket *take_out(struct ai_client *client, struct ai_ticket *ticket)
{
	if (ticket) {
		list_del_init(&ticket->of_client);
		/* Whoever waits for the same ticket has to find out that it is gone. */
		WRITE_ONCE(client->endings, client->endings + 1);
		wake_up(&client->wait);
	}
	return ticket;
}

/* NULL: not yet ended. */
static struct ai_ticket *try_await(struct ai_client *client, u64 id, u64 *endings)
{
	struct ai_ticket *ticket;

	mutex_lock(&ai_gpu_lock);
	ticket = take_out(client, find_in(&client->ended, id));
	if (!ticket && !find_in(&client->open, id))
		ticket = ERR_PTR(-ENOENT);
	*endings = client->endings;
	mutex_unlock(&ai_gpu_lock);
	return ticket;
}

struct ai_ticket *ai_client_await(struct ai_client *client, u64 id, u64 timeout_ns)
{
	long left = timeout_ns ? (long)nsecs_to_jiffies(timeout_ns) + 1 : 0;

	for (;;) {
		struct ai_ticket *ticket;
		u64 seen;

		ticket = try_await(client, id, &seen);
		if (ticket)
			return ticket;
		if (!left)
			return ERR_PTR(-ETIMEDOUT);
		left = wait_event_killable_timeout(client->wait, READ_ONCE(client->endings) != seen,
						   left);
		if (left < 0)
			return ERR_PTR(left);
	}
}

struct ai_ticket *ai_client_next(struct ai_client *client, u64 *endings)
{
	struct ai_ticket *ticket;

	mutex_lock(&ai_gpu_lock);
	ticket = take_out(client, list_first_entry_or_null(&client->ended, struct ai_ticket,
							   of_client));
	if (!ticket)
		ticket = ERR_PTR(list_empty(&client->open) ? -ENODATA : -EAGAIN);
	*endings = client->endings;
	mutex_unlock(&ai_gpu_lock);
	return ticket;
}

void ai_client_told(struct ai_client *client, struct ai_ticket *ticket)
{
	mutex_lock(&ai_gpu_lock);
	client->tickets--;
	mutex_unlock(&ai_gpu_lock);
	kfree(ticket);
}

void ai_client_untold(struct ai_client *client, struct ai_ticket *ticket)
{
	mutex_lock(&ai_gpu_lock);
	list_add(&ticket->of_client, &client->ended);
	WRITE_ONCE(client->endings, client->endings + 1);
	mutex_unlock(&ai_gpu_lock);
	wake_up_poll(&client->wait, EPOLLIN | EPOLLRDNORM);
}
