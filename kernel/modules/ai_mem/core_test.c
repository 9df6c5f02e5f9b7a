// SPDX-License-Identifier: GPL-2.0-only
/*
 * The allocator's core in user space: random steps against a model, with every
 * invariant walked before and after each one. Built with ASan and UBSan, so an
 * access one past an array is seen, which in the kernel it might not be.
 *
 *   core_test [steps [seed]]
 */
#include <time.h>

#include "pool.h"
#include "slots.h"

#define NODES	3
#define FILES	4
#define BATCH	96

static const u32 node_sizes[NODES] = { 1500, 64, 2048 };
static u64 random_state;

static struct ai_pool pool;
static u8 *seen;

/* One file with what the model says it holds. */
static struct file {
	struct ai_slots slots;
	u64 *live;
	u32 *blocks;
	u32 n;
} files[FILES];

/* What was freed: its handle must stay dead. */
static u64 dead[512];
static u32 dead_at;
static u32 generation;

#define CHECK(condition)							\
	do {									\
		if (!(condition)) {						\
			fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
			exit(1);						\
		}								\
	} while (0)

static u32 below(u32 n)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return (u32)((random_state >> 32) % n);
}

static void walk(void)
{
	u32 held = 0;

	CHECK(ai_pool_check(&pool, seen) == 0);
	for (u32 f = 0; f < FILES; f++) {
		CHECK(ai_slots_check(&files[f].slots) == 0);
		CHECK(files[f].slots.used == files[f].n);
		held += files[f].n;
	}
	CHECK(held + ai_pool_free_count(&pool) == pool.nblocks);
	CHECK(ai_pool_fragmentation_permille(&pool) <= 1000);
}

static void grow(struct ai_slots *slots)
{
	u32 capacity = slots->capacity ? slots->capacity * 2 : 64;
	unsigned long *busy = calloc(capacity / 8, 1), *old_busy = slots->busy;
	struct ai_slot *slot = calloc(capacity, sizeof(*slot)), *old_slot = slots->slot;

	CHECK(busy && slot);
	ai_slots_adopt(slots, capacity, busy, slot);
	free(old_busy);
	free(old_slot);
}

static void step_alloc(struct file *file)
{
	u32 want = 1 + below(BATCH), node = below(NODES), got, blocks[BATCH];
	bool run = below(2);
	u64 handles[BATCH];
	u32 before = pool.nodes[node].top;

	got = ai_pool_take(&pool, node, blocks, want);
	CHECK(got == (want < before ? want : before));
	for (u32 i = 0; i < got; i++)
		CHECK(ai_pool_node_of(&pool, blocks[i]) == node);
	if (got == 0)
		return;
	/* Sometimes crowded on purpose, so that the search has to work. */
	if (ai_slots_crowded(&file->slots, got) && below(4))
		grow(&file->slots);
	generation = generation % AI_GENERATION_MAX + 1;
	if (ai_slots_put(&file->slots, generation, blocks, got, run, handles)) {
		CHECK(ai_pool_give(&pool, node, blocks, got) == 0);
		return;
	}
	for (u32 i = 0; i < got; i++) {
		u32 block = ~0U;

		CHECK(!run || handles[i] == handles[0] + i);
		CHECK(ai_slots_look(&file->slots, handles[i], &block) == 0 && block == blocks[i]);
		for (u32 f = 0; f < FILES; f++)
			CHECK(&files[f] == file ||
			      ai_slots_look(&files[f].slots, handles[i], &block));
		file->live[file->n] = handles[i];
		file->blocks[file->n++] = blocks[i];
	}
}

static void step_free(struct file *file)
{
	u32 n = 1 + below(BATCH);

	while (n-- && file->n) {
		u32 at = below(file->n), block = ~0U;
		u64 handle = file->live[at];

		CHECK(ai_slots_clear(&file->slots, handle, &block) == 0);
		CHECK(block == file->blocks[at]);
		CHECK(ai_slots_clear(&file->slots, handle, &block) == -ESTALE);
		CHECK(ai_pool_give(&pool, ai_pool_node_of(&pool, block), &block, 1) == 0);
		dead[dead_at++ % 512] = handle;
		file->live[at] = file->live[--file->n];
		file->blocks[at] = file->blocks[file->n];
	}
}

static void step_lie(struct file *file)
{
	u32 block;
	u64 made_up = (u64)below(~0U) << 32 | below(~0U);
	int ret;

	CHECK(ai_slots_look(&file->slots, dead[below(512)], &block) < 0);
	CHECK(ai_slots_look(&file->slots, 0, &block) == -EINVAL);
	CHECK(ai_slots_look(&file->slots, below(AI_SLOTS_MAX), &block) == -EINVAL);
	ret = ai_slots_look(&file->slots, made_up, &block);
	for (u32 i = 0; ret == 0 && i < file->n; i++)
		if (file->live[i] == made_up)
			return;
	CHECK(ret == -EINVAL || ret == -ESTALE);
}

static void exhaust(void)
{
	for (u32 node = 0; node < NODES; node++) {
		u32 size = pool.nodes[node].size, *all = calloc(size + 1, sizeof(*all)), got;

		CHECK(all);
		got = ai_pool_take(&pool, node, all, size + 1);
		CHECK(got == size);
		CHECK(ai_pool_take(&pool, node, all + size, 1) == 0);
		CHECK(ai_pool_give(&pool, node, all, got) == 0);
		free(all);
	}
}

int main(int argc, char **argv)
{
	u32 steps = argc > 1 ? (u32)strtoul(argv[1], NULL, 0) : 20000;
	u64 seed = argc > 2 ? strtoull(argv[2], NULL, 0) : (u64)time(NULL);
	u32 blocks = 0;

	printf("seed %llu, %u steps\n", (unsigned long long)seed, steps);
	random_state = seed * 2654435761U + 88172645463325252ULL;
	for (u32 i = 0; i < NODES; i++)
		blocks += node_sizes[i];
	seen = malloc(blocks);
	CHECK(ai_pool_init(&pool, node_sizes, NODES, calloc(blocks, sizeof(u32)), malloc(blocks),
			   calloc(ai_pool_chunks(node_sizes, NODES), sizeof(u16))) == 0);
	CHECK(pool.nblocks == blocks);
	CHECK(ai_pool_init(&pool, node_sizes, 0, NULL, NULL, NULL) == -EINVAL);
	exhaust();
	for (u32 f = 0; f < FILES; f++) {
		files[f].live = calloc(blocks, sizeof(u64));
		files[f].blocks = calloc(blocks, sizeof(u32));
		grow(&files[f].slots);
	}
	generation = AI_GENERATION_MAX - steps / 2; /* the counter wraps on the way */
	for (u32 i = 0; i < steps; i++) {
		struct file *file = &files[below(FILES)];

		walk();
		switch (below(8)) {
		case 0 ... 3:
			step_alloc(file);
			break;
		case 4 ... 6:
			step_free(file);
			break;
		default:
			step_lie(file);
		}
		walk();
	}
	for (u32 f = 0; f < FILES; f++)
		while (files[f].n)
			step_free(&files[f]);
	walk();
	CHECK(ai_pool_free_count(&pool) == blocks);
	for (u32 f = 0; f < FILES; f++) {
		free(files[f].live);
		free(files[f].blocks);
		free(files[f].slots.busy);
		free(files[f].slots.slot);
	}
	free(pool.nodes[0].stack);
	free(pool.nodes[0].chunk_used);
	free(pool.is_free);
	free(seen);
	puts("every invariant held before and after every step");
	return 0;
}
