// SPDX-License-Identifier: GPL-2.0-only
/*
 * What can be seen of a PCI device without driving it. What can not be read,
 * because the device sleeps, has no link, or its driver is just changing, is
 * left out: an absent figure is not a zero.
 */
#include <linux/device.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/pci.h>
#include <linux/seq_file.h>
#include <linux/string.h>

#include "pci_view.h"

#define NAME_BYTES	32

bool ai_pci_is_accelerator(struct pci_dev *pdev)
{
	u32 base = pdev->class >> 16;

	return base == PCI_BASE_CLASS_DISPLAY || base == 0x12 /* processing accelerators */ ||
	       pdev->class >> 8 == PCI_CLASS_PROCESSOR_CO;
}

/* The name lives in the driver's module, so it is copied while the driver can not leave. */
static bool copy_driver_name(struct pci_dev *pdev, char *name)
{
	if (!device_trylock(&pdev->dev))
		return false;
	strscpy(name, pdev->dev.driver ? pdev->dev.driver->name : "none", NAME_BYTES);
	device_unlock(&pdev->dev);
	return true;
}

static const char *speed_name(u32 speed)
{
	static const char * const names[] = { NULL, "2.5", "5", "8", "16", "32", "64" };

	return speed < ARRAY_SIZE(names) ? names[speed] : NULL;
}

static void show_link_part(struct seq_file *m, const char *suffix, u32 speed, u32 width)
{
	if (speed_name(speed) && width)
		seq_printf(m, " link%s_gts=%s link%s_width=%u", suffix, speed_name(speed), suffix,
			   width);
}

static void show_link(struct seq_file *m, struct pci_dev *pdev)
{
	u32 most;
	u16 now;

	if (!pci_is_pcie(pdev) || pcie_capability_read_dword(pdev, PCI_EXP_LNKCAP, &most) ||
	    pcie_capability_read_word(pdev, PCI_EXP_LNKSTA, &now) || most == U32_MAX)
		return;
	show_link_part(m, "", now & PCI_EXP_LNKSTA_CLS, (now & PCI_EXP_LNKSTA_NLW) >> 4);
	show_link_part(m, "_max", most & PCI_EXP_LNKCAP_SLS, (most & PCI_EXP_LNKCAP_MLW) >> 4);
}

/* Sizes only: where they lie is nobody's business. */
static void show_bars(struct seq_file *m, struct pci_dev *pdev)
{
	for (u32 i = 0; i < PCI_STD_NUM_BARS; i++)
		if (pci_resource_len(pdev, i))
			seq_printf(m, " bar%u_%s_bytes=%llu", i,
				   pci_resource_flags(pdev, i) & IORESOURCE_IO ? "io" : "mem",
				   (u64)pci_resource_len(pdev, i));
}

/*
 * The kernel keeps AER counts to itself but for the files it shows in sysfs,
 * so the function behind the file is asked.
 */
static struct device_attribute *find_attribute(struct pci_dev *pdev, const char *name)
{
	const struct attribute_group **group = pdev->dev.type ? pdev->dev.type->groups : NULL;

	for (; group && *group; group++) {
		for (u32 i = 0; (*group)->attrs && (*group)->attrs[i]; i++) {
			struct attribute *attribute = (*group)->attrs[i];

			if (strcmp(attribute->name, name))
				continue;
			if ((*group)->is_visible &&
			    !(*group)->is_visible(&pdev->dev.kobj, attribute, i))
				return NULL;
			return container_of(attribute, struct device_attribute, attr);
		}
	}
	return NULL;
}

static void show_aer(struct seq_file *m, struct pci_dev *pdev, const char *file, const char *key)
{
	struct device_attribute *attribute = find_attribute(pdev, file);
	char *text, *total;
	ssize_t size;

	if (!attribute || !attribute->show)
		return;
	text = (char *)__get_free_page(GFP_KERNEL);
	if (!text)
		return;
	size = attribute->show(&pdev->dev, attribute, text);
	if (size > 0 && size < PAGE_SIZE) {
		u64 count;

		text[size] = 0;
		/* Its last line is the total: "TOTAL_ERR_COR 0". */
		total = strstr(text, "TOTAL_");
		total = total ? strchr(total, ' ') : NULL;
		if (total && !kstrtou64(strim(total), 10, &count))
			seq_printf(m, " %s=%llu", key, count);
	}
	free_page((unsigned long)text);
}

void ai_pci_show(struct seq_file *m, struct pci_dev *pdev)
{
	char driver[NAME_BYTES];

	seq_printf(m, "device: %s vendor=%04x device=%04x class=%06x", pci_name(pdev), pdev->vendor,
		   pdev->device, pdev->class);
	if (copy_driver_name(pdev, driver)) {
		seq_puts(m, " driver=");
		seq_escape(m, driver, " \t\n\\=");
	}
	if (dev_to_node(&pdev->dev) != NUMA_NO_NODE)
		seq_printf(m, " node=%d", dev_to_node(&pdev->dev));
	if (pdev->current_state != PCI_UNKNOWN)
		seq_printf(m, " power=%s", pci_power_name(pdev->current_state));
	/* The configuration space of a device without power can not be read. */
	if (pdev->current_state != PCI_D3cold && pci_device_is_present(pdev))
		show_link(m, pdev);
	show_bars(m, pdev);
	show_aer(m, pdev, "aer_dev_correctable", "aer_correctable");
	show_aer(m, pdev, "aer_dev_nonfatal", "aer_nonfatal");
	show_aer(m, pdev, "aer_dev_fatal", "aer_fatal");
	seq_putc(m, '\n');
}
