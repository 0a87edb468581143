// SPDX-License-Identifier: MIT
/*
 * What a driver looks like, for measuring how fast such text is parsed. It drives nothing.
 */
#include <linux/module.h>
#include <linux/slab.h>
#include "sample.h"

#define SAMPLE_RING_SIZE	256
#define SAMPLE_STATUS_READY	BIT(0)
#define sample_warn(s, fmt, ...) \
	dev_warn(&(s)->pdev->dev, fmt, ##__VA_ARGS__)

enum sample_state {
	SAMPLE_DOWN,
	SAMPLE_STARTING,
	SAMPLE_UP,
};

struct sample_descriptor {
	__le64 address;
	__le32 length;
	__le32 flags;
} __packed;

struct sample_ring {
	struct sample_descriptor *descriptors;
	dma_addr_t dma;
	unsigned int head, tail;
	spinlock_t lock; /* protects head and tail */
};

static DEFINE_MUTEX(sample_list_lock);
static LIST_HEAD(sample_list);

static inline u32 sample_read(struct sample *s, unsigned int reg)
{
	return readl(s->base + reg);
}

/**
 * sample_ring_alloc() - allocate the descriptors of a ring
 * @s: the device
 * @ring: what to fill in
 *
 * Return: 0, or -ENOMEM.
 */
static int sample_ring_alloc(struct sample *s, struct sample_ring *ring)
{
	size_t size = SAMPLE_RING_SIZE * sizeof(*ring->descriptors);

	ring->descriptors = dma_alloc_coherent(&s->pdev->dev, size, &ring->dma, GFP_KERNEL);
	if (!ring->descriptors)
		return -ENOMEM;
	spin_lock_init(&ring->lock);
	ring->head = 0;
	ring->tail = 0;
	return 0;
}

static int sample_queue(struct sample *s, struct sk_buff *skb, gfp_t gfp)
{
	struct sample_ring *ring = &s->rings[skb_get_queue_mapping(skb)];
	struct sample_buffer *buffer;
	unsigned long flags;
	int ret = 0;

	buffer = kzalloc(struct_size(buffer, pages, skb_shinfo(skb)->nr_frags), gfp | __GFP_NOWARN);
	if (unlikely(!buffer))
		return -ENOMEM;

	spin_lock_irqsave(&ring->lock, flags);
	if (ring->head - ring->tail >= SAMPLE_RING_SIZE) {
		ret = -EBUSY;
		goto out;
	}
	for (int i = 0; i < skb_shinfo(skb)->nr_frags; i++) {
		const skb_frag_t *frag = &skb_shinfo(skb)->frags[i];

		buffer->pages[i] = skb_frag_page(frag);
		ring->descriptors[ring->head % SAMPLE_RING_SIZE] = (struct sample_descriptor) {
			.address = cpu_to_le64(page_to_phys(buffer->pages[i]) + skb_frag_off(frag)),
			.length = cpu_to_le32(skb_frag_size(frag)),
			.flags = i ? 0 : cpu_to_le32(SAMPLE_STATUS_READY),
		};
		ring->head++;
	}
out:
	spin_unlock_irqrestore(&ring->lock, flags);
	if (ret)
		kfree(buffer);
	return ret;
}

static irqreturn_t sample_interrupt(int irq, void *data)
{
	struct sample *s = data;
	u32 status = sample_read(s, SAMPLE_STATUS);

	switch (status & SAMPLE_STATUS_MASK) {
	case SAMPLE_STATUS_READY:
		napi_schedule(&s->napi);
		break;
	case SAMPLE_STATUS_ERROR ... SAMPLE_STATUS_FATAL:
		sample_warn(s, "status %#x\n", status);
		schedule_work(&s->reset_work);
		fallthrough;
	default:
		return IRQ_NONE;
	}
	return IRQ_HANDLED;
}

#ifdef CONFIG_PM_SLEEP
static int sample_suspend(struct device *dev)
{
	struct sample *s = dev_get_drvdata(dev), *other;

	guard(mutex)(&sample_list_lock);
	list_for_each_entry(other, &sample_list, list) {
		if (other != s && other->state == SAMPLE_UP)
			return -EBUSY;
	}
	return s->ops->stop ? s->ops->stop(container_of(dev, struct sample, dev)) : 0;
}
#endif

static const struct sample_ops sample_default_ops = {
	.queue		= sample_queue,
	.interrupt	= sample_interrupt,
};

static int __init sample_init(void)
{
	return platform_driver_register(&sample_driver);
}
module_init(sample_init);
MODULE_LICENSE("GPL");
