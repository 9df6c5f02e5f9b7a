// SPDX-License-Identifier: GPL-2.0-only
/*
 * The reference backend: QEMU's edu device (docs/specs/edu.rst of QEMU).
 *
 * What is peculiar to it: a transfer takes 100 ms; one that ends at the last
 * byte of its buffer, or is empty, aborts QEMU (its bound is off by one), so
 * 4,088 bytes are all that is offered; and it cuts addresses to its own DMA
 * mask without a word, so a driver that believes in a wider one would make it
 * write elsewhere. The mask can not be read, so the default is the device's.
 */
#include <linux/dma-mapping.h>
#include <linux/interrupt.h>
#include <linux/iommu.h>
#include <linux/iopoll.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/slab.h>

#include "../include/compat.h"
#include "engine.h"

#define EDU_VENDOR	0x1234
#define EDU_DEVICE	0x11e8

#define REG_ID		0x00	/* 0xRRrr00ed */
#define REG_LIVENESS	0x04	/* reads as the inverse of what was written */
#define REG_FACTORIAL	0x08
#define REG_STATUS	0x20
#define REG_IRQ		0x24
#define REG_IRQ_ACK	0x64
#define REG_DMA_FROM	0x80
#define REG_DMA_TO	0x88
#define REG_DMA_BYTES	0x90
#define REG_DMA_CMD	0x98

#define STATUS_COMPUTING	0x01
#define STATUS_IRQ_WHEN_DONE	0x80

#define DMA_RUN		0x1
#define DMA_TO_MEMORY	0x2
#define DMA_IRQ		0x4

#define DMA_POLL_US	5000
#define DMA_MAX_US	2000000

#define EDU_BUFFER	0x40000
#define EDU_MEMORY	4088
#define BAR_BYTES_MIN	0x1000

#define ALL_ONES	0xffffffffU	/* what a device that is gone reads as */

unsigned int ai_edu_dma_bits = 28;
bool ai_edu_msi = true;

/*
 * One edu. Protected by ai_gpu_lock, save for the registers of the interrupt;
 * owned by the PCI device while it is bound.
 */
struct edu {
	struct ai_engine engine;
	struct pci_dev *pdev;
	void __iomem *registers;
	void *zeroes;			/* EDU_MEMORY bytes */
	dma_addr_t zeroes_at;
	u32 operation;			/* 0: none */
	dma_addr_t mapped;		/* if mapped_bytes */
	u32 mapped_bytes;
	enum dma_data_direction direction;
};

static struct edu *edu_of(struct ai_engine *engine)
{
	return container_of(engine, struct edu, engine);
}

static u32 get(struct edu *edu, u32 reg)
{
	return readl(edu->registers + reg);
}

static void set(struct edu *edu, u32 reg, u32 value)
{
	writel(value, edu->registers + reg);
}

/* Does something stand between the device's addresses and memory's? */
static bool translated(struct edu *edu)
{
	struct iommu_domain *domain = iommu_get_domain_for_dev(&edu->pdev->dev);

	return domain && iommu_is_dma_domain(domain);
}

/* Else the DMA layer would copy through a buffer of its own. */
static bool edu_reaches(struct ai_engine *engine, struct page *page)
{
	struct edu *edu = edu_of(engine);

	return translated(edu) ||
	       page_to_phys(page) + PAGE_SIZE - 1 <= dma_get_mask(&edu->pdev->dev);
}

static int edu_check(const struct ai_op *op)
{
	for (u32 i = 1; i < AI_GPU_ARGUMENTS; i++)
		if (op->arguments[i])
			return -EINVAL;
	return op->arguments[0] > U32_MAX ? -EINVAL : 0;
}

static void unmap(struct edu *edu)
{
	struct device *dev = &edu->pdev->dev;

	if (!edu->mapped_bytes)
		return;
	dma_sync_single_for_cpu(dev, edu->mapped, edu->mapped_bytes, edu->direction);
	dma_unmap_page_attrs(dev, edu->mapped, edu->mapped_bytes, edu->direction,
			     DMA_ATTR_SKIP_CPU_SYNC);
	edu->mapped_bytes = 0;
}

/*
 * Two devices may be told to write to one block at once: what it holds then is
 * their user's affair, but such mappings may overlap only where caches are
 * synchronised by hand.
 */
static int map(struct edu *edu, const struct ai_op *op, dma_addr_t *at)
{
	struct device *dev = &edu->pdev->dev;

	if (!op->page) {
		*at = edu->zeroes_at;
		return 0;
	}
	edu->direction = op->operation == AI_GPU_COPY_IN ? DMA_TO_DEVICE : DMA_FROM_DEVICE;
	*at = dma_map_page_attrs(dev, op->page, op->page_offset, op->bytes, edu->direction,
				 DMA_ATTR_SKIP_CPU_SYNC);
	if (dma_mapping_error(dev, *at))
		return -EIO;
	/* swiotlb=force: a copy, which was promised not to be. */
	if (!translated(edu) && dma_need_sync(dev, *at)) {
		dma_unmap_page_attrs(dev, *at, op->bytes, edu->direction, DMA_ATTR_SKIP_CPU_SYNC);
		return -EIO;
	}
	dma_sync_single_for_device(dev, *at, op->bytes, edu->direction);
	edu->mapped = *at;
	edu->mapped_bytes = op->bytes;
	return 0;
}

static int start_copy(struct edu *edu, const struct ai_op *op)
{
	const u64 device = EDU_BUFFER + op->device_offset;
	bool in = op->operation == AI_GPU_COPY_IN;
	dma_addr_t memory;
	int ret = map(edu, op, &memory);

	if (ret)
		return ret;
	pci_set_master(edu->pdev);
	writeq(in ? memory : device, edu->registers + REG_DMA_FROM);
	writeq(in ? device : memory, edu->registers + REG_DMA_TO);
	writeq(op->bytes, edu->registers + REG_DMA_BYTES);
	writeq(DMA_RUN | DMA_IRQ | (in ? 0 : DMA_TO_MEMORY), edu->registers + REG_DMA_CMD);
	return 0;
}

static int edu_start(struct ai_engine *engine, const struct ai_op *op)
{
	struct edu *edu = edu_of(engine);
	int ret = 0;

	if (get(edu, REG_ID) == ALL_ONES)
		return -ENODEV;
	if (op->operation == AI_GPU_LAUNCH) {
		pci_set_master(edu->pdev);	/* MSI are writes to memory too */
		set(edu, REG_STATUS, STATUS_IRQ_WHEN_DONE);
		set(edu, REG_FACTORIAL, op->arguments[0]);
	} else {
		ret = start_copy(edu, op);
	}
	edu->operation = ret ? 0 : op->operation;
	return ret;
}

static int edu_poll(struct ai_engine *engine, u64 *result)
{
	struct edu *edu = edu_of(engine);
	u32 status = get(edu, REG_STATUS);

	if (status == ALL_ONES)
		return -ENODEV;
	if ((status & STATUS_COMPUTING) || (readq(edu->registers + REG_DMA_CMD) & DMA_RUN))
		return -EINPROGRESS;
	unmap(edu);
	*result = edu->operation == AI_GPU_LAUNCH ? get(edu, REG_FACTORIAL) : 0;
	edu->operation = 0;
	return 0;
}

/*
 * A transfer can not be called off, but without bus mastering it reaches no
 * memory. The read afterwards returns only when the write has arrived.
 */
static void edu_stop(struct ai_engine *engine)
{
	struct edu *edu = edu_of(engine);
	u16 command;

	set(edu, REG_STATUS, 0);
	pci_clear_master(edu->pdev);
	pci_read_config_word(edu->pdev, PCI_COMMAND, &command);
	unmap(edu);
	edu->operation = 0;
}

static const struct ai_backend edu_backend = {
	.name = "edu",
	.number = AI_GPU_BACKEND_EDU,
	.kernels = BIT_ULL(AI_GPU_KERNEL_FACTORIAL),
	.copy_align = 1,
	.reaches = edu_reaches,
	.check = edu_check,
	.start = edu_start,
	.poll = edu_poll,
	.stop = edu_stop,
};

/* The line may be shared, and the device may be gone. */
static irqreturn_t edu_interrupt(int irq, void *data)
{
	struct edu *edu = data;
	u32 why = get(edu, REG_IRQ);

	if (why == 0 || why == ALL_ONES)
		return IRQ_NONE;
	set(edu, REG_IRQ_ACK, why);
	ai_engine_interrupt(&edu->engine);
	return IRQ_HANDLED;
}

static bool is_alive(struct edu *edu)
{
	const u32 probe = 0x5aa5c33c;

	if ((get(edu, REG_ID) & 0xffff) != 0x00ed)
		return false;
	set(edu, REG_LIVENESS, probe);
	return get(edu, REG_LIVENESS) == ~probe;
}

static int find_registers(struct edu *edu)
{
	struct pci_dev *pdev = edu->pdev;
	int ret;

	/* An address that does not fit in the ABI's device number. */
	if (pci_domain_nr(pdev->bus) >= 0x7fff)
		return -ENODEV;
	ret = pcim_enable_device(pdev);
	if (ret)
		return ret;
	if (pci_resource_len(pdev, 0) < BAR_BYTES_MIN)
		return -ENODEV;
	ret = pcim_iomap_regions(pdev, BIT(0), "ai_gpu");
	if (ret)
		return ret;
	edu->registers = pcim_iomap_table(pdev)[0];
	if (!is_alive(edu)) {
		dev_err(&pdev->dev, "does not answer as an edu device does\n");
		return -ENODEV;
	}
	return 0;
}

static int prepare_dma(struct edu *edu)
{
	struct device *dev = &edu->pdev->dev;
	int ret = dma_set_mask_and_coherent(dev, DMA_BIT_MASK(clamp(ai_edu_dma_bits, 24U, 64U)));

	if (ret)
		return ret;
	edu->zeroes = dmam_alloc_coherent(dev, EDU_MEMORY, &edu->zeroes_at, GFP_KERNEL);
	return edu->zeroes ? 0 : -ENOMEM;
}

static int take_interrupt(struct edu *edu)
{
	struct pci_dev *pdev = edu->pdev;
	unsigned int kinds = PCI_IRQ_INTX;
	int ret;

	/*
	 * What it still had to tell is of an earlier life. Before MSI are turned
	 * on: edu lowers its line only while they are off, and a line left up
	 * would storm when they are off again.
	 */
	set(edu, REG_IRQ_ACK, ALL_ONES);
	if (ai_edu_msi)
		kinds |= PCI_IRQ_MSI;
	ret = pci_alloc_irq_vectors(pdev, 1, 1, kinds);
	if (ret < 0)
		return ret;
	ret = request_irq(pci_irq_vector(pdev, 0), edu_interrupt, IRQF_SHARED, "ai_gpu", edu);
	if (ret)
		pci_free_irq_vectors(pdev);
	return ret;
}

/* A transfer that ended after this would raise a line that nobody looks at any more. */
static void give_interrupt_back(struct edu *edu)
{
	u64 command;

	if (readq_poll_timeout(edu->registers + REG_DMA_CMD, command,
			       !(command & DMA_RUN) || command == U64_MAX, DMA_POLL_US, DMA_MAX_US))
		dev_warn(&edu->pdev->dev, "a transfer does not end\n");
	set(edu, REG_IRQ_ACK, ALL_ONES);
	free_irq(pci_irq_vector(edu->pdev, 0), edu);
	pci_free_irq_vectors(edu->pdev);
}

static int edu_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct edu *edu = devm_kzalloc(&pdev->dev, sizeof(*edu), GFP_KERNEL);
	int ret;

	if (!edu)
		return -ENOMEM;
	edu->pdev = pdev;
	ai_engine_init(&edu->engine);
	ret = find_registers(edu);
	if (ret)
		return ret;
	ret = prepare_dma(edu);
	if (ret)
		return ret;
	ret = take_interrupt(edu);
	if (ret)
		return ret;
	edu->engine.backend = &edu_backend;
	edu->engine.id = AI_GPU_DEVICE((u32)pci_domain_nr(pdev->bus), (u32)pdev->bus->number,
				       (u32)PCI_SLOT(pdev->devfn), (u32)PCI_FUNC(pdev->devfn));
	edu->engine.node = dev_to_node(&pdev->dev);
	edu->engine.memory_bytes = EDU_MEMORY;
	ret = ai_engine_add(&edu->engine);
	if (ret) {
		give_interrupt_back(edu);
		return ret;
	}
	pci_set_drvdata(pdev, edu);
	return 0;
}

static void edu_remove(struct pci_dev *pdev)
{
	struct edu *edu = pci_get_drvdata(pdev);

	ai_engine_remove(&edu->engine);
	give_interrupt_back(edu);
}

static const struct pci_device_id edu_ids[] = {
	{ PCI_DEVICE(EDU_VENDOR, EDU_DEVICE) },
	{ }
};
MODULE_DEVICE_TABLE(pci, edu_ids);

static struct pci_driver edu_driver = {
	.name = "ai_gpu",
	.id_table = edu_ids,
	.probe = edu_probe,
	.remove = edu_remove,
	.shutdown = edu_remove,
};

int ai_edu_init(void)
{
	return pci_register_driver(&edu_driver);
}

void ai_edu_exit(void)
{
	pci_unregister_driver(&edu_driver);
}
