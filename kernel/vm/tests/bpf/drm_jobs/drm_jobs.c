// SPDX-License-Identifier: GPL-2.0-only
/*
 * A device without hardware for the DRM scheduler of Debian's 6.1: a job every
 * PERIOD_MS that takes JOB_MS. What the scheduler's tracepoints tell of it is
 * real; that it is a graphics device is not.
 */
#include <drm/gpu_scheduler.h>
#include <linux/delay.h>
#include <linux/dma-fence.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#define PERIOD_MS	100
#define JOB_MS		40

/* One job at work. Owned by its timer, then by whoever holds the fence. */
struct work_fence {
	struct dma_fence base;
	spinlock_t lock;		/* of base */
	struct delayed_work done;
};

static struct drm_gpu_scheduler scheduler;
static struct drm_sched_entity entity;
static u64 context;
static u64 sequence;

static void submit(struct work_struct *work);
static DECLARE_DELAYED_WORK(submit_work, submit);

static const char *name_of(struct dma_fence *fence)
{
	return "drm_jobs";
}

static const struct dma_fence_ops fence_ops = {
	.get_driver_name = name_of,
	.get_timeline_name = name_of,
};

static void finish(struct work_struct *work)
{
	struct work_fence *fence = container_of(to_delayed_work(work), struct work_fence, done);

	dma_fence_signal(&fence->base);
	dma_fence_put(&fence->base);
}

static struct dma_fence *run_job(struct drm_sched_job *job)
{
	struct work_fence *fence = kzalloc(sizeof(*fence), GFP_KERNEL);

	if (!fence)
		return ERR_PTR(-ENOMEM);
	spin_lock_init(&fence->lock);
	dma_fence_init(&fence->base, &fence_ops, &fence->lock, context, ++sequence);
	INIT_DELAYED_WORK(&fence->done, finish);
	dma_fence_get(&fence->base);
	schedule_delayed_work(&fence->done, msecs_to_jiffies(JOB_MS));
	return &fence->base;
}

static enum drm_gpu_sched_stat timed_out(struct drm_sched_job *job)
{
	return DRM_GPU_SCHED_STAT_ENODEV;
}

static void free_job(struct drm_sched_job *job)
{
	drm_sched_job_cleanup(job);
	kfree(job);
}

static const struct drm_sched_backend_ops ops = {
	.run_job = run_job,
	.timedout_job = timed_out,
	.free_job = free_job,
};

static void submit(struct work_struct *work)
{
	struct drm_sched_job *job = kzalloc(sizeof(*job), GFP_KERNEL);

	if (job && drm_sched_job_init(job, &entity, NULL)) {
		kfree(job);
	} else if (job) {
		drm_sched_job_arm(job);
		drm_sched_entity_push_job(job);
	}
	schedule_delayed_work(&submit_work, msecs_to_jiffies(PERIOD_MS));
}

static int __init drm_jobs_init(void)
{
	const struct drm_sched_init_args args = {
		.ops = &ops,
		.credit_limit = 1,
		.timeout = MAX_SCHEDULE_TIMEOUT,
		.name = "drm_jobs",
	};
	struct drm_gpu_scheduler *list[] = { &scheduler };
	int ret;

	context = dma_fence_context_alloc(1);
	ret = drm_sched_init(&scheduler, &args);
	if (ret)
		return ret;
	ret = drm_sched_entity_init(&entity, DRM_SCHED_PRIORITY_NORMAL, list, 1, NULL);
	if (ret) {
		drm_sched_fini(&scheduler);
		return ret;
	}
	schedule_delayed_work(&submit_work, 0);
	return 0;
}

static void __exit drm_jobs_exit(void)
{
	cancel_delayed_work_sync(&submit_work);
	drm_sched_entity_destroy(&entity);
	/* The last job and what frees it. */
	msleep(4 * JOB_MS);
	drm_sched_fini(&scheduler);
	flush_scheduled_work();
}

module_init(drm_jobs_init);
module_exit(drm_jobs_exit);

MODULE_DESCRIPTION("Jobs for the DRM scheduler's tracepoints, for tests");
MODULE_LICENSE("GPL");
