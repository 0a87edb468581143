/* kernel: 4.10 */

/* The synchronous branch drops the lock before it waits; the other one allocates in its condition. */
ssize_t demo_file_io(struct demo_epfile *file, struct demo_io *io)
{
	struct demo_ep *ep = file->ep;
	struct usb_request *req;
	ssize_t ret;

	spin_lock_irq(&file->ffs->eps_lock);
	if (file->ep != ep) {
		ret = -ESHUTDOWN;
	} else if (!io->aio) {
		ret = usb_ep_queue(ep->ep, ep->req, GFP_ATOMIC);
		spin_unlock_irq(&file->ffs->eps_lock);
		if (ret)
			return ret;
		wait_for_completion(&ep->done);
		return ep->status;
	} else if (!(req = usb_ep_alloc_request(ep->ep, GFP_KERNEL))) { /* expect: sleep-in-atomic */
		ret = -ENOMEM;
	} else {
		req->context = io;
		ret = usb_ep_queue(ep->ep, req, GFP_ATOMIC);
	}
	spin_unlock_irq(&file->ffs->eps_lock);
	return ret;
}
