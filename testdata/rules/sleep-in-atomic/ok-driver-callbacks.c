/* kernel: 6.1 */

/* Neighbours of operations that may not sleep; these may. */
static int demo_startup(struct uart_port *port)
{
	port->private_data = kmalloc(64, GFP_KERNEL);
	return port->private_data ? 0 : -ENOMEM;
}

static int demo_brightness_set_blocking(struct led_classdev *led, enum led_brightness b)
{
	demo_led_msg = kmalloc(8, GFP_KERNEL);
	return demo_led_msg ? 0 : -ENOMEM;
}

static int demo_clk_prepare(struct clk_hw *hw)
{
	demo_clk_cmd = kzalloc(16, GFP_KERNEL);
	return demo_clk_cmd ? 0 : -ENOMEM;
}

static int demo_hw_params(struct snd_pcm_substream *substream, struct snd_pcm_hw_params *params)
{
	struct demo_pcm *pcm = snd_pcm_substream_chip(substream);

	pcm->desc = kzalloc(sizeof(*pcm->desc), GFP_KERNEL);
	return pcm->desc ? 0 : -ENOMEM;
}

static int demo_xfer(struct i2c_adapter *adap, struct i2c_msg *msgs, int num)
{
	u8 *buf = kmalloc(num, GFP_KERNEL);

	kfree(buf);
	return buf ? num : -ENOMEM;
}

static const struct uart_ops demo_uart_ops = { .startup = demo_startup };
static const struct clk_ops demo_clk_ops = { .prepare = demo_clk_prepare };
static const struct snd_pcm_ops demo_pcm_ops = { .hw_params = demo_hw_params };
static const struct i2c_algorithm demo_algo = { .master_xfer = demo_xfer };
static struct led_classdev demo_led = { .brightness_set_blocking = demo_brightness_set_blocking };

int demo_register(struct device *dev)
{
	demo_use(&demo_uart_ops, &demo_clk_ops, &demo_pcm_ops, &demo_algo);
	return led_classdev_register(dev, &demo_led);
}
