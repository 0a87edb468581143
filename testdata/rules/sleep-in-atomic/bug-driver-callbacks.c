/* kernel: 6.1 */

/* Each of these is called with a spinlock held or interrupts off, by the documentation of its structure. */
static void demo_start_tx(struct uart_port *port)
{
	port->private_data = kmalloc(64, GFP_KERNEL); /* expect: sleep-in-atomic */
}

static void demo_brightness_set(struct led_classdev *led, enum led_brightness b)
{
	demo_led_msg = kmalloc(8, GFP_KERNEL); /* expect: sleep-in-atomic */
}

static int demo_clk_enable(struct clk_hw *hw)
{
	demo_clk_cmd = kzalloc(16, GFP_KERNEL); /* expect: sleep-in-atomic */
	return demo_clk_cmd ? 0 : -ENOMEM;
}

static int demo_trigger(struct snd_pcm_substream *substream, int cmd)
{
	struct demo_pcm *pcm = snd_pcm_substream_chip(substream);

	pcm->desc = kzalloc(sizeof(*pcm->desc), GFP_KERNEL); /* expect: sleep-in-atomic */
	return pcm->desc ? 0 : -ENOMEM;
}

static int demo_queuecommand(struct Scsi_Host *host, struct scsi_cmnd *cmnd)
{
	struct demo_hba *hba = shost_priv(host);

	hba->sense = kmalloc(96, GFP_NOIO); /* expect: sleep-in-atomic */
	return hba->sense ? 0 : SCSI_MLQUEUE_HOST_BUSY;
}

static const struct uart_ops demo_uart_ops = { .start_tx = demo_start_tx };
static const struct clk_ops demo_clk_ops = { .enable = demo_clk_enable };
static const struct snd_pcm_ops demo_pcm_ops = { .trigger = demo_trigger };
static struct scsi_host_template demo_template = { .queuecommand = demo_queuecommand };
static struct led_classdev demo_led = { .name = "demo", .brightness_set = demo_brightness_set };

int demo_register(struct device *dev)
{
	demo_use(&demo_uart_ops, &demo_clk_ops, &demo_pcm_ops, &demo_template);
	return led_classdev_register(dev, &demo_led);
}
