// SPDX-License-Identifier: GPL-2.0-only
/* /dev/ai_gpu: arguments in and out, completions. Each call is checked before any lock is taken. */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/slab.h>

#include "../include/ai_abi.h"
#include "client.h"
#include "dev.h"
#include "engine.h"

static bool valid_device(u32 device)
{
	return device & 0x80000000U;
}

static long call_version(struct ai_client *client, void __user *uarg)
{
	struct ai_gpu_version arg;
	int usize = ai_arg_in(&arg, sizeof(arg), offsetof(struct ai_gpu_version, features), uarg);

	if (usize < 0)
		return usize;
	if (arg.flags)
		return -EINVAL;
	arg.major = AI_GPU_ABI_MAJOR;
	arg.minor = AI_GPU_ABI_MINOR;
	arg.features = ai_null_devices ? AI_GPU_FEATURE_NULL : 0;
	arg.deadline_max_ns = AI_DEADLINE_MAX_NS;
	arg.batch_max = AI_GPU_BATCH_MAX;
	arg.tickets_max = AI_GPU_TICKETS_MAX;
	return ai_arg_out(&arg, sizeof(arg), uarg, usize);
}

/* An entry of the caller's size: what it does not know is left out, what we do not know is 0. */
static int put_entry(void __user *uarg, size_t usize, const struct ai_gpu_device *device)
{
	size_t known = min(usize, sizeof(*device));

	if (copy_to_user(uarg, device, known) || clear_user(uarg + known, usize - known))
		return -EFAULT;
	return 0;
}

static int put_devices(struct ai_client *client, struct ai_gpu_list *arg)
{
	struct ai_gpu_device *devices = kcalloc(AI_GPU_BATCH_MAX, sizeof(*devices), GFP_KERNEL);
	u32 n;
	int ret = 0;

	if (!devices)
		return -ENOMEM;
	mutex_lock(&ai_gpu_lock);
	n = ai_engines_look(client, devices, arg->count, &arg->total);
	mutex_unlock(&ai_gpu_lock);
	while (arg->n_done < n && !ret) {
		void __user *entry = u64_to_user_ptr(arg->devices) +
				     (size_t)arg->n_done * arg->device_size;

		ret = put_entry(entry, arg->device_size, &devices[arg->n_done]);
		arg->n_done += !ret;
	}
	kfree(devices);
	return ret;
}

static long call_list(struct ai_client *client, void __user *uarg)
{
	struct ai_gpu_list arg;
	int usize = ai_arg_in(&arg, sizeof(arg), sizeof(arg), uarg);
	int ret;

	if (usize < 0)
		return usize;
	if (arg.flags || arg.n_done || arg.total || arg.count > AI_GPU_BATCH_MAX)
		return -EINVAL;
	if (arg.device_size < offsetof(struct ai_gpu_device, memory_bytes))
		return -EINVAL;
	if (arg.device_size > PAGE_SIZE)
		return -E2BIG;
	ret = put_devices(client, &arg);
	return ret ? ret : ai_arg_out(&arg, sizeof(arg), uarg, usize);
}

static int claim_in(struct ai_gpu_claim *arg, void __user *uarg)
{
	int usize = ai_arg_in(arg, sizeof(*arg), sizeof(*arg), uarg);

	if (usize < 0)
		return usize;
	return arg->flags || arg->pad || !valid_device(arg->device) ? -EINVAL : 0;
}

static long call_claim(struct ai_client *client, void __user *uarg)
{
	struct ai_gpu_claim arg;
	int ret = claim_in(&arg, uarg);

	return ret ? ret : ai_client_claim(client, arg.device);
}

static long call_release(struct ai_client *client, void __user *uarg)
{
	struct ai_gpu_claim arg;
	int ret = claim_in(&arg, uarg);

	return ret ? ret : ai_client_release(client, arg.device);
}

static bool valid_copy(const struct ai_gpu_request *request)
{
	for (u32 i = 0; i < AI_GPU_ARGUMENTS; i++)
		if (request->arguments[i])
			return false;
	return request->kernel == 0 && request->block_offset < PAGE_SIZE && request->bytes > 0 &&
	       request->bytes <= PAGE_SIZE - request->block_offset;
}

static bool valid_launch(const struct ai_gpu_request *request)
{
	return request->kernel && request->mem_fd == 0 && request->block_offset == 0 &&
	       request->handle == 0 && request->device_offset == 0 && request->bytes == 0;
}

static bool valid_request(const struct ai_gpu_request *request)
{
	if ((request->flags & ~AI_GPU_AFTER) || request->ticket || !valid_device(request->device))
		return false;
	if (request->deadline_ns < NSEC_PER_MSEC || request->deadline_ns > AI_DEADLINE_MAX_NS)
		return false;
	switch (request->operation) {
	case AI_GPU_COPY_IN:
	case AI_GPU_COPY_OUT:
		return valid_copy(request);
	case AI_GPU_LAUNCH:
		return valid_launch(request);
	}
	return false;
}

static int submit_one(struct ai_client *client, void __user *uarg, size_t size)
{
	struct ai_gpu_request request;
	int ret = copy_struct_from_user(&request, sizeof(request), uarg, size);
	u64 id;

	if (ret)
		return ret;
	if (!valid_request(&request))
		return -EINVAL;
	ret = ai_client_submit(client, &request, &id);
	if (ret)
		return ret;
	if (put_user(id, &((struct ai_gpu_request __user *)uarg)->ticket)) {
		ai_client_discard(client, id);
		return -EFAULT;
	}
	return 0;
}

static long call_submit(struct ai_client *client, void __user *uarg)
{
	struct ai_gpu_submit arg;
	int usize = ai_arg_in(&arg, sizeof(arg), sizeof(arg), uarg);
	void __user *requests;
	int ret = 0;

	if (usize < 0)
		return usize;
	if (arg.flags || arg.pad || arg.n_done || arg.count == 0 || arg.count > AI_GPU_BATCH_MAX)
		return -EINVAL;
	if (arg.request_size < sizeof(struct ai_gpu_request))
		return -EINVAL;
	if (arg.request_size > PAGE_SIZE)
		return -E2BIG;
	requests = u64_to_user_ptr(arg.requests);
	while (arg.n_done < arg.count) {
		ret = submit_one(client, requests + (size_t)arg.n_done * arg.request_size,
				 arg.request_size);
		if (ret)
			break;
		arg.n_done++;
	}
	/* The tickets' numbers are already told, so they stand even if n_done can not be. */
	return ai_arg_out(&arg, sizeof(arg), uarg, usize) ?: ret;
}

static long call_wait(struct ai_client *client, void __user *uarg)
{
	struct ai_gpu_wait arg;
	struct ai_ticket *ticket;
	int usize = ai_arg_in(&arg, sizeof(arg), offsetofend(struct ai_gpu_wait, completion), uarg);

	if (usize < 0)
		return usize;
	if (arg.flags || arg.timeout_ns > AI_DEADLINE_MAX_NS ||
	    memchr_inv(&arg.completion, 0, sizeof(arg.completion)))
		return -EINVAL;
	ticket = ai_client_await(client, arg.ticket, arg.timeout_ns);
	if (IS_ERR(ticket))
		return PTR_ERR(ticket);
	arg.completion = ticket->completion;
	if (ai_arg_out(&arg, sizeof(arg), uarg, usize)) {
		ai_client_untold(client, ticket);
		return -EFAULT;
	}
	ai_client_told(client, ticket);
	return 0;
}

static long call_cancel(struct ai_client *client, void __user *uarg)
{
	struct ai_gpu_cancel arg;
	int usize = ai_arg_in(&arg, sizeof(arg), sizeof(arg), uarg);

	if (usize < 0)
		return usize;
	return arg.flags ? -EINVAL : ai_client_cancel(client, arg.ticket);
}

void ai_gpu_read_stats(struct ai_gpu_stats *stats)
{
	mutex_lock(&ai_gpu_lock);
	*stats = ai_gpu_totals;
	mutex_unlock(&ai_gpu_lock);
	stats->pages_lent = ai_engine_pages_lent();
}

static long call_stats(struct ai_client *client, void __user *uarg)
{
	struct ai_gpu_stats arg;
	int usize = ai_arg_in(&arg, sizeof(arg), offsetof(struct ai_gpu_stats, tickets), uarg);

	if (usize < 0)
		return usize;
	if (arg.flags)
		return -EINVAL;
	ai_gpu_read_stats(&arg);
	return ai_arg_out(&arg, sizeof(arg), uarg, usize);
}

static long ai_gpu_ioctl(struct file *file, unsigned int cmd, unsigned long value)
{
	void __user *uarg = (void __user *)value;

	switch (cmd) {
	case AI_GPU_VERSION:
		return call_version(file->private_data, uarg);
	case AI_GPU_LIST:
		return call_list(file->private_data, uarg);
	case AI_GPU_CLAIM:
		return call_claim(file->private_data, uarg);
	case AI_GPU_RELEASE:
		return call_release(file->private_data, uarg);
	case AI_GPU_SUBMIT:
		return call_submit(file->private_data, uarg);
	case AI_GPU_WAIT:
		return call_wait(file->private_data, uarg);
	case AI_GPU_CANCEL:
		return call_cancel(file->private_data, uarg);
	case AI_GPU_STATS:
		return call_stats(file->private_data, uarg);
	}
	return -ENOTTY;
}

/* The end of a ticket, or an error. Blocks only while one can come. */
static struct ai_ticket *first_ended(struct ai_client *client, bool may_block)
{
	for (;;) {
		u64 seen;
		struct ai_ticket *ticket = ai_client_next(client, &seen);
		int ret;

		if (!IS_ERR(ticket))
			return ticket;
		if (!may_block)
			return ERR_PTR(-EAGAIN);
		if (PTR_ERR(ticket) != -EAGAIN)
			return ticket;
		ret = wait_event_interruptible(client->wait, READ_ONCE(client->endings) != seen);
		if (ret)
			return ERR_PTR(ret);
	}
}

static ssize_t ai_gpu_read(struct file *file, char __user *buffer, size_t size, loff_t *unused)
{
	struct ai_client *client = file->private_data;
	const size_t record = sizeof(struct ai_gpu_completion);
	size_t done = 0;

	if (size < record)
		return -EINVAL;
	while (size - done >= record) {
		bool may_block = !done && !(file->f_flags & O_NONBLOCK);
		struct ai_ticket *ticket = first_ended(client, may_block);

		if (IS_ERR(ticket))
			return done ? done : PTR_ERR(ticket);
		if (copy_to_user(buffer + done, &ticket->completion, record)) {
			ai_client_untold(client, ticket);
			return done ? done : -EFAULT;
		}
		ai_client_told(client, ticket);
		done += record;
	}
	return done;
}

static __poll_t ai_gpu_poll(struct file *file, poll_table *table)
{
	struct ai_client *client = file->private_data;
	bool ready;

	poll_wait(file, &client->wait, table);
	mutex_lock(&ai_gpu_lock);
	ready = !list_empty(&client->ended);
	mutex_unlock(&ai_gpu_lock);
	return ready ? EPOLLIN | EPOLLRDNORM : 0;
}

static int ai_gpu_open(struct inode *inode, struct file *file)
{
	struct ai_client *client;

	if (!ai_may_open(ai_gpu_group))
		return -EPERM;
	client = ai_client_open();
	if (!client)
		return -ENOMEM;
	file->private_data = client;
	return stream_open(inode, file);
}

static int ai_gpu_release(struct inode *inode, struct file *file)
{
	ai_client_close(file->private_data);
	return 0;
}

static const struct file_operations ai_gpu_fops = {
	.owner = THIS_MODULE,
	.open = ai_gpu_open,
	.release = ai_gpu_release,
	.unlocked_ioctl = ai_gpu_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
	.read = ai_gpu_read,
	.poll = ai_gpu_poll,
};

struct miscdevice ai_gpu_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "ai_gpu",
	.fops = &ai_gpu_fops,
	.mode = 0600,
};
