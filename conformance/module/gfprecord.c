// SPDX-License-Identifier: GPL-2.0
/*
 * Asks the running kernel what it does with allocation requests and writes one JSON object a line
 * to the emulator's debug port. Fields: testdata/oracle/README.md. Meant for a throw-away virtual
 * machine: it makes free lists fail and clears the state of warnings that are given once.
 *
 * Watched, for this task and during the request only:
 *   kmem tracepoints        masks that the slab and the page allocator saw
 *   get_page_from_freelist  one call is one attempt; made to return NULL where a row injects that
 *   bulk page allocator     likewise made to return nothing
 *   try_to_free_pages, try_to_compact_pages, out_of_memory   counted; the last kills nobody
 *   report_bug              every WARN, also those that were given once already
 */
#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/kprobes.h>
#include <linux/mempool.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/stacktrace.h>
#include <linux/tracepoint.h>
#include <linux/version.h>
#include <linux/vmalloc.h>

#define DEBUG_PORT 0xe9
#define CACHE_OBJECT 3000
#define POOL_MINIMUM 8

static char *kernel = "unknown";
module_param(kernel, charp, 0444);
MODULE_PARM_DESC(kernel, "version of the kernel package, for the rows");

static char *only = "";
module_param(only, charp, 0444);
MODULE_PARM_DESC(only, "record this api alone");

/* ---- what is seen while one request runs ---------------------------------------------------- */

enum field { EFFECTIVE, PAGE_TABLE, SLAB_TP, METADATA, FREELIST, RECLAIM };

struct event {
	enum field field;
	const char *label;
	unsigned int order;
	unsigned int flags; /* task flags of a page-table page, alloc_flags of an attempt */
	gfp_t gfp;
};

#define MAX_EVENTS 128
#define MAX_WARNINGS 6

/* How the page allocator is made to fail. */
enum injection { NO_INJECTION, FIRST_60, FIRST_3, HIGH_ORDER, NO_BULK };

static const char *const injection_text[] = {
	[FIRST_60] = "first 60 freelist attempts fail",
	[FIRST_3] = "first 3 freelist attempts fail",
	[HIGH_ORDER] = "order>0 fails",
	[NO_BULK] = "bulk allocator gives nothing",
};

enum watch { OFF, GROWTH, RECORD };

static struct {
	struct task_struct *task;
	enum watch watch;
	enum injection injection;
	bool grown;
	int attempts, failed, reclaim, compact, oom;
	int events, warnings;
	struct event event[MAX_EVENTS];
	char warning[MAX_WARNINGS][KSYM_NAME_LEN];
} seen;

static bool watching(enum watch how)
{
	return READ_ONCE(seen.watch) == how && current == seen.task && in_task();
}

static void note(enum field field, const char *label, unsigned int order, unsigned int flags,
		 gfp_t gfp)
{
	int i;

	for (i = 0; i < seen.events; i++) {
		struct event *e = &seen.event[i];

		if (e->field == field && e->label == label && e->order == order &&
		    e->flags == flags && e->gfp == gfp)
			return;
	}
	if (seen.events < MAX_EVENTS)
		seen.event[seen.events++] = (struct event){ field, label, order, flags, gfp };
}

/* ---- who asked: the functions on the stack -------------------------------------------------- */

enum caller {
	SLAB_GROWTH = 1,
	PAGE_TABLES = 2,
	VMALLOC = 4,	  /* once for each nesting of vmalloc */
	VMALLOC_AREA = 8, /* vmalloc's body: pages, and the array that lists them */
	VMAP_META = 16,
	PERCPU_CHUNK = 32,
};

static const struct {
	const char *prefix;
	unsigned int caller;
} callers[] = {
	{ "allocate_slab", SLAB_GROWTH },
	{ "new_slab", SLAB_GROWTH },
	{ "___slab_alloc", SLAB_GROWTH },
	{ "__pte_alloc", PAGE_TABLES },
	{ "__pmd_alloc", PAGE_TABLES },
	{ "__pud_alloc", PAGE_TABLES },
	{ "__p4d_alloc", PAGE_TABLES },
	{ "__vmalloc_node_range", VMALLOC | VMALLOC_AREA },
	{ "__vmalloc_area_node", VMALLOC_AREA },
	{ "__get_vm_area_node", VMAP_META },
	{ "alloc_vmap_area", VMAP_META },
	{ "pcpu_", PERCPU_CHUNK },
};

/* Names are looked up once for each address: a lookup is slow under emulation. */
#define KNOWN 1024
static struct {
	unsigned long address;
	unsigned int caller;
} known[KNOWN];

static unsigned int caller_at(unsigned long address)
{
	static char name[KSYM_SYMBOL_LEN];
	unsigned int slot = (address ^ (address >> 10)) % KNOWN;
	unsigned int i;

	if (known[slot].address == address)
		return known[slot].caller;
	known[slot].address = address;
	known[slot].caller = 0;
	snprintf(name, sizeof(name), "%ps", (void *)address);
	for (i = 0; i < ARRAY_SIZE(callers); i++)
		if (!strncmp(name, callers[i].prefix, strlen(callers[i].prefix)))
			known[slot].caller |= callers[i].caller;
	return known[slot].caller;
}

static unsigned int who_asked(unsigned int *vmallocs)
{
	static unsigned long stack[40];
	unsigned int all = 0, count, i;

	*vmallocs = 0;
	count = stack_trace_save(stack, ARRAY_SIZE(stack), 0);
	for (i = 0; i < count; i++) {
		unsigned int caller = caller_at(stack[i]);

		all |= caller;
		if (caller & VMALLOC)
			++*vmallocs;
	}
	return all;
}

/* ---- tracepoints ---------------------------------------------------------------------------- */

static const char in_data[] = "data", in_slab[] = "slab_backing";
static const char data_kmalloc[] = "kmalloc data", data_cache[] = "cache data";
static const char meta_kmalloc[] = "kmalloc vmap_meta", array_kmalloc[] = "kmalloc pages_array";
static const char meta_cache[] = "cache vmap_meta", array_cache[] = "cache pages_array";
static const char meta_page[] = "page vmap_meta", array_page[] = "page pages_array";
static const char array_bulk[] = "bulk pages_array";

static void on_page(void *data, struct page *page, unsigned int order, gfp_t gfp, int type)
{
	unsigned int vmallocs, who;

	if (!watching(RECORD) && !watching(GROWTH))
		return;
	who = who_asked(&vmallocs);
	if (who & SLAB_GROWTH)
		seen.grown = true;
	if (!watching(RECORD) || who & PERCPU_CHUNK)
		return;
	if (who & PAGE_TABLES)
		note(PAGE_TABLE, NULL, order,
		     current->flags & (PF_MEMALLOC | PF_MEMALLOC_NOFS | PF_MEMALLOC_NOIO), gfp);
	else if (who & VMAP_META)
		note(METADATA, meta_page, order, 0, gfp);
	else if (vmallocs > 1 || (vmallocs && who & SLAB_GROWTH))
		note(METADATA, array_page, order, 0, gfp);
	else
		note(EFFECTIVE, who & SLAB_GROWTH ? in_slab : in_data, order, 0, gfp);
}

static void on_slab_object(unsigned long call_site, gfp_t gfp, const char *data, const char *meta,
			   const char *array)
{
	unsigned int vmallocs, who;

	if (!watching(RECORD))
		return;
	who = who_asked(&vmallocs);
	if (who & PERCPU_CHUNK)
		return;
	if (!vmallocs)
		note(SLAB_TP, data, 0, 0, gfp);
	else
		note(METADATA, caller_at(call_site) & VMALLOC_AREA ? array : meta, 0, 0, gfp);
}

static void on_kmalloc(void *data, unsigned long call_site, const void *object, size_t asked,
		       size_t given, gfp_t gfp, int node)
{
	on_slab_object(call_site, gfp, data_kmalloc, meta_kmalloc, array_kmalloc);
}

static void on_cache(void *data, unsigned long call_site, const void *object,
		     struct kmem_cache *cache, gfp_t gfp, int node)
{
	on_slab_object(call_site, gfp, data_cache, meta_cache, array_cache);
}

static struct {
	const char *name;
	void *probe;
	struct tracepoint *point;
} traces[] = {
	{ "mm_page_alloc", on_page },
	{ "kmalloc", on_kmalloc },
	{ "kmem_cache_alloc", on_cache },
};

static void find_trace(struct tracepoint *point, void *unused)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(traces); i++)
		if (!strcmp(point->name, traces[i].name))
			traces[i].point = point;
}

/* ---- kprobes -------------------------------------------------------------------------------- */

/* Where a probed function continues when it is to return at once. */
static noinline unsigned long return_zero(void)
{
	return 0;
}

static noinline unsigned long return_true(void)
{
	return 1;
}

static int leave(struct pt_regs *regs, unsigned long (*with)(void))
{
	instruction_pointer_set(regs, (unsigned long)with);
	return 1;
}

static int on_attempt(struct kprobe *probe, struct pt_regs *regs)
{
	gfp_t gfp = (__force gfp_t)regs->di;
	unsigned int order = regs->si;
	bool fail = false;

	if (!watching(RECORD) || seen.injection == NO_INJECTION)
		return 0;
	seen.attempts++;
	note(FREELIST, NULL, order, regs->dx, gfp);
	if (seen.injection == FIRST_60)
		fail = seen.attempts <= 60;
	else if (seen.injection == FIRST_3)
		fail = seen.attempts <= 3;
	else if (seen.injection == HIGH_ORDER)
		fail = order > 0;
	if (!fail)
		return 0;
	seen.failed++;
	return leave(regs, return_zero);
}

static int on_bulk(struct kprobe *probe, struct pt_regs *regs)
{
	unsigned int vmallocs;

	if (!watching(RECORD))
		return 0;
	who_asked(&vmallocs);
	if (vmallocs > 1)
		note(METADATA, array_bulk, 0, 0, (__force gfp_t)regs->di);
	if (seen.injection != NO_INJECTION && seen.injection != FIRST_3)
		return leave(regs, return_zero);
	return 0;
}

static int on_reclaim(struct kprobe *probe, struct pt_regs *regs)
{
	if (!watching(RECORD))
		return 0;
	seen.reclaim++;
	note(RECLAIM, NULL, 0, 0, (__force gfp_t)regs->dx);
	/* Progress would depend on what happens to lie around. */
	return leave(regs, return_zero);
}

static int on_compaction(struct kprobe *probe, struct pt_regs *regs)
{
	if (watching(RECORD))
		seen.compact++;
	return 0;
}

static int on_oom(struct kprobe *probe, struct pt_regs *regs)
{
	if (!watching(RECORD))
		return 0;
	seen.oom++;
	return leave(regs, return_true);
}

static int on_warning(struct kprobe *probe, struct pt_regs *regs)
{
	char *name;
	int i;

	/* No in_task() here: this probe is a breakpoint, and that counts as an NMI. */
	if (READ_ONCE(seen.watch) != RECORD || current != seen.task ||
	    seen.warnings == MAX_WARNINGS)
		return 0;
	name = seen.warning[seen.warnings];
	snprintf(name, KSYM_NAME_LEN, "%ps", (void *)regs->di);
	for (i = 0; i < seen.warnings; i++)
		if (!strcmp(seen.warning[i], name))
			return 0;
	seen.warnings++;
	return 0;
}

static struct kprobe probes[] = {
	{ .symbol_name = "get_page_from_freelist", .pre_handler = on_attempt },
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 10, 0)
	{ .symbol_name = "__alloc_pages_bulk", .pre_handler = on_bulk },
#else
	{ .symbol_name = "alloc_pages_bulk_noprof", .pre_handler = on_bulk },
#endif
	{ .symbol_name = "try_to_free_pages", .pre_handler = on_reclaim },
	{ .symbol_name = "try_to_compact_pages", .pre_handler = on_compaction },
	{ .symbol_name = "out_of_memory", .pre_handler = on_oom },
	{ .symbol_name = "report_bug", .pre_handler = on_warning },
};

/* Warnings that are given once keep their state between two symbols. */
static char *once_start, *once_end;

static int find_once_state(void)
{
	struct kprobe probe = { .symbol_name = "kallsyms_lookup_name" };
	unsigned long (*lookup)(const char *name);
	int error = register_kprobe(&probe);

	if (error)
		return error;
	lookup = (void *)probe.addr;
	unregister_kprobe(&probe);
	once_start = (char *)lookup("__start_once");
	once_end = (char *)lookup("__end_once");
	return once_start && once_end ? 0 : -ENOENT;
}

/* ---- output --------------------------------------------------------------------------------- */

static int rows;

static __printf(1, 2) void out(const char *format, ...)
{
	static char text[512];
	va_list arguments;
	char *c;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	for (c = text; *c; c++)
		outb(*c, DEBUG_PORT);
}

static const struct {
	gfp_t bit;
	const char *name;
} bits[] = {
#define BIT_NAME(flag) { flag, #flag }
	BIT_NAME(__GFP_DMA),
	BIT_NAME(__GFP_HIGHMEM),
	BIT_NAME(__GFP_DMA32),
	BIT_NAME(__GFP_MOVABLE),
	BIT_NAME(__GFP_RECLAIMABLE),
	BIT_NAME(__GFP_HIGH),
	BIT_NAME(__GFP_IO),
	BIT_NAME(__GFP_FS),
	BIT_NAME(__GFP_ZERO),
#ifdef __GFP_ATOMIC
	BIT_NAME(__GFP_ATOMIC),
#endif
	BIT_NAME(__GFP_DIRECT_RECLAIM),
	BIT_NAME(__GFP_KSWAPD_RECLAIM),
	BIT_NAME(__GFP_WRITE),
	BIT_NAME(__GFP_NOWARN),
	BIT_NAME(__GFP_RETRY_MAYFAIL),
	BIT_NAME(__GFP_NOFAIL),
	BIT_NAME(__GFP_NORETRY),
	BIT_NAME(__GFP_MEMALLOC),
	BIT_NAME(__GFP_COMP),
	BIT_NAME(__GFP_NOMEMALLOC),
	BIT_NAME(__GFP_HARDWALL),
	BIT_NAME(__GFP_THISNODE),
	BIT_NAME(__GFP_ACCOUNT),
	BIT_NAME(__GFP_ZEROTAGS),
#ifdef __GFP_NO_OBJ_EXT
	BIT_NAME(__GFP_NO_OBJ_EXT),
#endif
};

static void out_mask(gfp_t gfp)
{
	const char *separator = "";
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bits); i++) {
		if (!(gfp & bits[i].bit))
			continue;
		out("%s%s", separator, bits[i].name);
		separator = "|";
		gfp &= ~bits[i].bit;
	}
	if (gfp || !*separator)
		out(gfp ? "%s0x%x" : "%s%x", separator, (__force unsigned int)gfp);
}

static void out_task_flags(unsigned int flags)
{
	const char *separator = "";

	if (flags & PF_MEMALLOC) {
		out("MEMALLOC");
		separator = "|";
	}
	if (flags & PF_MEMALLOC_NOFS) {
		out("%sNOFS", separator);
		separator = "|";
	}
	if (flags & PF_MEMALLOC_NOIO) {
		out("%sNOIO", separator);
		separator = "|";
	}
	if (!*separator)
		out("-");
}

static void out_events(enum field field, const char *name)
{
	bool first = true;
	int i;

	for (i = 0; i < seen.events; i++) {
		struct event *e = &seen.event[i];

		if (e->field != field)
			continue;
		if (first)
			out(", \"%s\": [\"", name);
		else
			out(", \"");
		first = false;
		if (field == EFFECTIVE)
			out("order%u %s: ", e->order, e->label);
		else if (field == PAGE_TABLE)
			out("order%u: ", e->order);
		else if (field == SLAB_TP || field == METADATA)
			out("%s: ", e->label);
		else if (field == FREELIST)
			out("order%u alloc_flags=0x%x ", e->order, e->flags);
		out_mask(e->gfp);
		if (field == PAGE_TABLE) {
			out(" [PF ");
			out_task_flags(e->flags);
			out("]");
		}
		out("\"");
	}
	if (!first)
		out("]");
}

/* ---- requests ------------------------------------------------------------------------------- */

enum scope { NOFS, NOIO, NORECLAIM };

static unsigned int scope_save(enum scope kind)
{
	switch (kind) {
	case NOFS:
		return memalloc_nofs_save();
	case NOIO:
		return memalloc_noio_save();
	default:
		return memalloc_noreclaim_save();
	}
}

static void scope_restore(enum scope kind, unsigned int cookie)
{
	switch (kind) {
	case NOFS:
		memalloc_nofs_restore(cookie);
		break;
	case NOIO:
		memalloc_noio_restore(cookie);
		break;
	default:
		memalloc_noreclaim_restore(cookie);
	}
}

static const struct nest {
	const char *name;
	int depth;
	enum scope scope[2];
} nests[] = {
	{ "none", 0 },
	{ "nofs", 1, { NOFS } },
	{ "noio", 1, { NOIO } },
	{ "noreclaim", 1, { NORECLAIM } },
	{ "nofs>noio", 2, { NOFS, NOIO } },
	{ "noio>nofs", 2, { NOIO, NOFS } },
};

enum api { ALLOC_PAGES, KMALLOC, CACHE, KVMALLOC, VMALLOC_GFP, VMALLOC_PLAIN, MEMPOOL, PERCPU };

static const char *const api_name[] = {
	[ALLOC_PAGES] = "alloc_pages",	   [KMALLOC] = "kmalloc",
	[CACHE] = "kmem_cache_alloc",	   [KVMALLOC] = "kvmalloc",
	[VMALLOC_GFP] = "__vmalloc",	   [VMALLOC_PLAIN] = "vmalloc",
	[MEMPOOL] = "mempool_alloc",	   [PERCPU] = "alloc_percpu_gfp",
};

static struct kmem_cache *cache;
static mempool_t *pool;

/* Out of line, so that a kernel that picks the slab by the caller's address always picks the same. */
static noinline void *ask(enum api api, unsigned long size, gfp_t gfp)
{
	switch (api) {
	case ALLOC_PAGES:
		return alloc_pages(gfp, size);
	case KMALLOC:
		return kmalloc(size, gfp);
	case CACHE:
		return kmem_cache_alloc(cache, gfp);
	case KVMALLOC:
		return kvmalloc(size, gfp);
	case VMALLOC_GFP:
		return __vmalloc(size, gfp);
	case VMALLOC_PLAIN:
		return vmalloc(size);
	case MEMPOOL:
		return mempool_alloc(pool, gfp);
	case PERCPU:
		return (__force void *)__alloc_percpu_gfp(size, 8, gfp);
	}
	return NULL;
}

static void give_back(enum api api, unsigned long size, void *memory)
{
	if (!memory)
		return;
	switch (api) {
	case ALLOC_PAGES:
		__free_pages(memory, size);
		break;
	case CACHE:
		kmem_cache_free(cache, memory);
		break;
	case KMALLOC:
	case KVMALLOC:
	case VMALLOC_GFP:
	case VMALLOC_PLAIN:
		kvfree(memory);
		break;
	case MEMPOOL:
		mempool_free(memory, pool);
		break;
	case PERCPU:
		free_percpu((__force void __percpu *)memory);
		break;
	}
}

/* What a group of rows keeps, so that each finds no memory of the last one to use again. */
#define MAX_HELD 16384
static struct {
	enum api api;
	unsigned long size;
	void *memory;
} *held;
static int holding;

static void hold(enum api api, unsigned long size, void *memory)
{
	if (!memory)
		return;
	if (holding == MAX_HELD) {
		give_back(api, size, memory);
		return;
	}
	held[holding].api = api;
	held[holding].size = size;
	held[holding++].memory = memory;
}

static void release(void)
{
	while (holding) {
		holding--;
		give_back(held[holding].api, held[holding].size, held[holding].memory);
	}
}

/* Allocates objects until a slab had to be grown; returns their number. */
static int until_growth(enum api api, unsigned long size, gfp_t gfp)
{
	int count = 0;

	seen.grown = false;
	WRITE_ONCE(seen.watch, GROWTH);
	while (!seen.grown && count < 1000) {
		hold(api, size, ask(api, size, gfp));
		count++;
	}
	WRITE_ONCE(seen.watch, OFF);
	return count;
}

/* Leaves the slab full: the next object of this size needs a new one. */
static void fill_slab(enum api api, unsigned long size, gfp_t mask, int objects)
{
	gfp_t gfp = GFP_KERNEL | (mask & __GFP_ACCOUNT);
	int left;

	until_growth(api, size, gfp);
	for (left = objects - 1; left > 0; left--)
		hold(api, size, ask(api, size, gfp));
}

struct row {
	enum api api;
	unsigned long size; /* bytes, or the order */
	const char *requested;
	gfp_t gfp;
	const struct nest *nest;
	enum injection injection;
	int batch; /* requests in one observation; 0 is one */
	bool keep; /* until the end of the group */
	const char *tag;
};

#define MAX_BATCH 9

static void observe(const struct row *row)
{
	unsigned int cookie[2];
	void *memory[MAX_BATCH] = {};
	int batch = row->batch ?: 1;
	int nulls = 0, i;

	memset(once_start, 0, once_end - once_start);
	seen.injection = row->injection;
	seen.attempts = seen.failed = seen.reclaim = seen.compact = seen.oom = 0;
	seen.events = seen.warnings = 0;

	for (i = 0; i < row->nest->depth; i++)
		cookie[i] = scope_save(row->nest->scope[i]);
	WRITE_ONCE(seen.watch, RECORD);
	for (i = 0; i < batch; i++)
		memory[i] = ask(row->api, row->size, row->gfp);
	WRITE_ONCE(seen.watch, OFF);
	for (i = row->nest->depth; i-- > 0;)
		scope_restore(row->nest->scope[i], cookie[i]);

	out("{\"kernel\": \"%s\", \"api\": \"%s\", \"size_or_order\": %lu, \"requested\": \"%s\", "
	    "\"scope\": \"%s\"",
	    kernel, api_name[row->api], row->size, row->requested, row->nest->name);
	out_events(EFFECTIVE, "effective_gfp");
	out_events(PAGE_TABLE, "page_table_gfp");
	out_events(SLAB_TP, "slab_tp_gfp");
	out_events(METADATA, "metadata_gfp");
	for (i = 0; i < batch; i++)
		nulls += !memory[i];
	out(", \"returned\": \"");
	if (nulls == batch)
		out("null");
	else if (nulls)
		out("%d/%d null", nulls, batch);
	else
		out(memory[0] == ZERO_SIZE_PTR ? "ok(ZERO_SIZE_PTR)" : "ok");
	out("\", \"vmalloc_addr\": %s, \"warned\": %s",
	    row->api != PERCPU && row->api != ALLOC_PAGES && is_vmalloc_addr(memory[0]) ? "true"
											: "false",
	    seen.warnings ? "true" : "false");
	for (i = 0; i < seen.warnings; i++)
		out("%s\"%s\"", i ? ", " : ", \"warn_fn\": [", seen.warning[i]);
	out(seen.warnings ? "]" : "");
	if (row->injection != NO_INJECTION) {
		out(", \"injected\": \"%s\", \"attempts\": %d, \"attempts_failed_by_injection\": %d",
		    injection_text[row->injection], seen.attempts, seen.failed);
		out_events(FREELIST, "freelist_masks");
		out(", \"reclaim_calls\": %d, \"compact_calls\": %d, \"oom_calls\": %d",
		    seen.reclaim, seen.compact, seen.oom);
		out_events(RECLAIM, "reclaim_gfp");
	}
	if (row->tag)
		out(", \"tag\": \"%s\"", row->tag);
	out("}\n");
	rows++;

	for (i = 0; i < batch; i++) {
		if (row->keep)
			hold(row->api, row->size, memory[i]);
		else
			give_back(row->api, row->size, memory[i]);
	}
	cond_resched();
}

/* ---- the matrix ----------------------------------------------------------------------------- */

struct mask {
	const char *name;
	gfp_t gfp;
};

static const struct mask bases[] = {
	{ "GFP_KERNEL", GFP_KERNEL }, { "GFP_NOFS", GFP_NOFS },	    { "GFP_NOIO", GFP_NOIO },
	{ "GFP_ATOMIC", GFP_ATOMIC }, { "GFP_NOWAIT", GFP_NOWAIT },
};

static const struct mask modifiers[] = {
	{ "", 0 },
	{ "|__GFP_NOFAIL", __GFP_NOFAIL },
	{ "|__GFP_NORETRY", __GFP_NORETRY },
	{ "|__GFP_RETRY_MAYFAIL", __GFP_RETRY_MAYFAIL },
	{ "|__GFP_ZERO", __GFP_ZERO },
	{ "|__GFP_HIGHMEM", __GFP_HIGHMEM },
};

/* One api and size: every mask in every scope. */
static const struct group {
	enum api api;
	unsigned long size;
	enum injection injection;
	bool grow; /* fill the slab first */
	bool keep;
	int batch;
} groups[] = {
	{ ALLOC_PAGES, 0 },
	{ ALLOC_PAGES, 1 },
	{ ALLOC_PAGES, 2 },
	{ ALLOC_PAGES, 4 },
	{ KMALLOC, 64 },
	{ KMALLOC, 8192, .grow = true, .keep = true },
	{ KMALLOC, 65536 },
	{ CACHE, CACHE_OBJECT, .grow = true, .keep = true },
	{ KVMALLOC, 4096, .grow = true, .keep = true },
	{ KVMALLOC, 8192, .grow = true, .keep = true },
	{ KVMALLOC, 65536 },
	{ KVMALLOC, 5242880 },
	{ VMALLOC_GFP, 65536, .keep = true },
	{ VMALLOC_GFP, 2097152, .keep = true },
	{ MEMPOOL, 0 },
	{ PERCPU, 64 },
	{ ALLOC_PAGES, 0, FIRST_60 },
	{ ALLOC_PAGES, 2, FIRST_60 },
	{ ALLOC_PAGES, 4, FIRST_60 },
	{ KMALLOC, 4096, FIRST_60, .grow = true, .keep = true, .batch = MAX_BATCH },
	{ KMALLOC, 65536, FIRST_60 },
	{ VMALLOC_GFP, 65536, FIRST_60, .keep = true },
	{ KMALLOC, 4096, HIGH_ORDER, .grow = true, .keep = true, .batch = MAX_BATCH },
	{ KVMALLOC, 65536, HIGH_ORDER, .keep = true },
	{ VMALLOC_GFP, 65536, NO_BULK, .keep = true },
	{ MEMPOOL, 0, FIRST_3 },
};

static void record_mask(const struct group *group, const struct mask *base,
			const struct mask *modifier, int objects)
{
	unsigned int n;
	char name[64];

	snprintf(name, sizeof(name), "%s%s", base->name, modifier->name);
	for (n = 0; n < ARRAY_SIZE(nests); n++) {
		struct row row = {
			group->api, group->size, name, base->gfp | modifier->gfp, &nests[n],
			group->injection, group->batch, group->keep,
		};

		if (group->grow)
			fill_slab(group->api, group->size, row.gfp, objects);
		observe(&row);
	}
}

static void record_group(const struct group *group)
{
	unsigned int b, m;
	int objects = 0;

	if (group->grow) {
		until_growth(group->api, group->size, GFP_KERNEL);
		objects = until_growth(group->api, group->size, GFP_KERNEL);
	}
	for (b = 0; b < ARRAY_SIZE(bases); b++)
		for (m = 0; m < ARRAY_SIZE(modifiers); m++)
			record_mask(group, &bases[b], &modifiers[m], objects);
	release();
}

/* Rows outside the matrix: limits of size and order, flags that are odd for their allocator. */
#define ROW(api, size, mask, tag) { api, size, #mask, mask, &nests[0], NO_INJECTION, 0, false, tag }
#define SIZES(api, size) \
	ROW(api, size, GFP_KERNEL, "size"), ROW(api, size, GFP_KERNEL | __GFP_NOWARN, "size"), \
	ROW(api, size, GFP_KERNEL | __GFP_NOFAIL, "size"), ROW(api, size, GFP_NOFS, "size"), \
	ROW(api, size, GFP_ATOMIC, "size")
#define ORDERS(order) \
	ROW(ALLOC_PAGES, order, GFP_KERNEL, "order"), \
	ROW(ALLOC_PAGES, order, GFP_KERNEL | __GFP_NOWARN, "order"), \
	ROW(ALLOC_PAGES, order, GFP_KERNEL | __GFP_NOFAIL, "order")
#define TERABYTES_64 (1UL << 46)

static const struct row odd_rows[] = {
	SIZES(KMALLOC, 0),
	SIZES(KMALLOC, 4194304),
	SIZES(KMALLOC, 4194305),
	SIZES(KMALLOC, 2147483648),
	SIZES(KMALLOC, ULONG_MAX),
	SIZES(KVMALLOC, 0),
	SIZES(KVMALLOC, 4194304),
	SIZES(KVMALLOC, 4194305),
	SIZES(KVMALLOC, 2147483648),
	SIZES(KVMALLOC, ULONG_MAX),
	ROW(VMALLOC_GFP, TERABYTES_64, GFP_KERNEL, "size"),
	ROW(VMALLOC_GFP, TERABYTES_64, GFP_KERNEL | __GFP_NOWARN, "size"),
	ROW(VMALLOC_GFP, TERABYTES_64, GFP_KERNEL | __GFP_NOFAIL, "size"),
	ROW(PERCPU, 0, GFP_KERNEL, "size"),
	ORDERS(3),
	ORDERS(9),
	ORDERS(10),
	ORDERS(11),
	ROW(ALLOC_PAGES, 0, __GFP_NOFAIL, "flags"),
	ROW(ALLOC_PAGES, 0, GFP_ATOMIC | __GFP_NOFAIL, "flags"),
	ROW(VMALLOC_GFP, 65536, GFP_KERNEL | __GFP_COMP, "flags"),
	ROW(VMALLOC_GFP, 65536, GFP_KERNEL | __GFP_DMA32, "flags"),
	ROW(MEMPOOL, 0, GFP_KERNEL | __GFP_ZERO, "flags"),
	{ KVMALLOC, 65536, "0", 0, &nests[0], .tag = "flags" },
	ROW(KMALLOC, 65536, GFP_KERNEL | __GFP_DMA32, "slabbug"),
	ROW(KMALLOC, 65536, GFP_KERNEL | __GFP_HIGHMEM, "slabbug"),
	ROW(KMALLOC, 65536, GFP_KERNEL | __GFP_HIGHMEM | __GFP_NOWARN, "slabbug"),
};

static const struct row odd_slab_rows[] = {
	ROW(KMALLOC, 8192, GFP_KERNEL | __GFP_ACCOUNT, "flags"),
	{ KMALLOC, 8192, "GFP_KERNEL|__GFP_DMA32", GFP_KERNEL | __GFP_DMA32, &nests[0],
	  .tag = "slabbug" },
	{ KMALLOC, 8192, "GFP_KERNEL|__GFP_COMP", GFP_KERNEL | __GFP_COMP, &nests[0],
	  .tag = "slabbug" },
	{ KMALLOC, 8192, "GFP_KERNEL|__GFP_MOVABLE", GFP_KERNEL | __GFP_MOVABLE, &nests[0],
	  .tag = "slabbug" },
};

static bool wanted(const char *api)
{
	return !*only || !strcmp(only, api);
}

static void record_odd_rows(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(odd_rows); i++)
		if (wanted(api_name[odd_rows[i].api]))
			observe(&odd_rows[i]);
	for (i = 0; i < ARRAY_SIZE(odd_slab_rows) && wanted(api_name[KMALLOC]); i++) {
		const struct row *row = &odd_slab_rows[i];
		gfp_t kind = GFP_KERNEL | (row->gfp & __GFP_ACCOUNT);
		int objects;

		until_growth(row->api, row->size, kind);
		objects = until_growth(row->api, row->size, kind);
		fill_slab(row->api, row->size, row->gfp, objects);
		observe(row);
		release();
	}
}

static void record_vmalloc(void)
{
	static const unsigned long sizes[] = { 65536, 2097152 };
	unsigned int s, n;

	for (s = 0; s < ARRAY_SIZE(sizes); s++) {
		for (n = 0; n < ARRAY_SIZE(nests); n++) {
			struct row row = { VMALLOC_PLAIN,	    sizes[s],
					   "(implicit GFP_KERNEL)", GFP_KERNEL,
					   &nests[n],		    .keep = true };

			observe(&row);
		}
	}
	release();
}

/* ---- save and restore sequences ------------------------------------------------------------- */

/*
 * A step is three letters: s(ave) or r(estore); f (nofs), i (noio) or m (noreclaim); the variable
 * a..d that takes or gives the cookie. In place of a variable 0 is the cookie 0 and P is
 * PF_MEMALLOC_NOFS.
 */
static const struct {
	const char *name;
	const char *steps;
} sequences[] = {
	{ "nofs>noio proper", "sfa sib rib rfa" },
	{ "noio>nofs proper", "sia sfb rfb ria" },
	{ "nofs>noio restored in wrong order", "sfa sib rfa rib" },
	{ "noio>nofs restored in wrong order", "sia sfb ria rfb" },
	{ "nofs>nofs proper", "sfa sfb rfb rfa" },
	{ "nofs>nofs restored in wrong order", "sfa sfb rfa rfb" },
	{ "noio>noio restored in wrong order", "sia sib ria rib" },
	{ "nofs>noio swapped cookies", "sfa sib ria rfb" },
	{ "nofs>nofs>noio swapped cookies", "sfa sfb sic rib rfc rfa" },
	{ "noio_restore called with nofs cookie (inside nofs)", "sfa sfb rib rfa" },
	{ "nofs_restore called with noio cookie", "sia rfa" },
	{ "double restore, outermost", "sfa rfa rfa" },
	{ "double restore, inner", "sfa sfb rfb rfb rfa" },
	{ "stale outer cookie used in a new scope", "sfa rfa sfb sfc rfa rfc rfb" },
	{ "restore without save, cookie 0, inside nofs", "sfa rf0 rfa" },
	{ "restore without save, cookie 0", "rf0" },
	{ "restore without save, cookie PF_MEMALLOC_NOFS", "rfP" },
	{ "noreclaim proper nested", "sma smb rmb rma" },
	{ "noreclaim>noreclaim wrong order", "sma smb rma rmb" },
	{ "nofs>noreclaim proper", "sfa smb rmb rfa" },
	{ "nofs>noreclaim restored in wrong order", "sfa smb rfa rmb" },
	{ "nofs>noreclaim cookies swapped", "sfa smb rfb rma" },
	{ "noreclaim cookie into noio_restore", "sma ria rma" },
	{ "forgotten restore", "sfa" },
	{ "forgotten inner restore", "sfa sib rfa" },
};

#define SCOPES (PF_MEMALLOC | PF_MEMALLOC_NOFS | PF_MEMALLOC_NOIO)

static void record_sequence(const char *name, const char *steps)
{
	static const char *const kinds[] = { "nofs", "noio", "noreclaim" };
	unsigned int before = current->flags & SCOPES;
	unsigned int cookies[4] = {};
	unsigned int end;
	const char *s;

	memset(once_start, 0, once_end - once_start);
	seen.events = seen.warnings = 0;
	out("{\"kernel\": \"%s\", \"api\": \"scope_seq\", \"scope\": \"%s\", \"steps\": [", kernel,
	    name);
	for (s = steps; *s; s += s[3] ? 4 : 3) {
		enum scope kind = s[1] == 'f' ? NOFS : s[1] == 'i' ? NOIO : NORECLAIM;
		unsigned int cookie = s[2] == '0' ? 0 :
				      s[2] == 'P' ? PF_MEMALLOC_NOFS : cookies[s[2] - 'a'];
		unsigned int flags;

		WRITE_ONCE(seen.watch, RECORD);
		if (s[0] == 's')
			cookies[s[2] - 'a'] = scope_save(kind);
		else
			scope_restore(kind, cookie);
		WRITE_ONCE(seen.watch, OFF);
		flags = current->flags & SCOPES;
		out(s == steps ? "[\"" : ", [\"");
		if (s[0] == 's')
			out("%c = %s_save()", s[2], kinds[kind]);
		else
			out("%s_restore(%.*s)", kinds[kind], s[2] == 'P' ? 16 : 1,
			    s[2] == 'P' ? "PF_MEMALLOC_NOFS" : s + 2);
		out("\", \"");
		out_task_flags(flags);
		out("\"]");
	}
	end = current->flags & SCOPES;
	current->flags = (current->flags & ~SCOPES) | before;
	out("], \"end\": \"");
	out_task_flags(end);
	out("\", \"leaked\": \"");
	out_task_flags(end & ~before);
	out("\", \"warned\": %s}\n", seen.warnings ? "true" : "false");
	rows++;
}

/* ---- start and end -------------------------------------------------------------------------- */

static void record(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sequences) && wanted("scope_seq"); i++)
		record_sequence(sequences[i].name, sequences[i].steps);
	if (wanted(api_name[VMALLOC_PLAIN]))
		record_vmalloc();
	for (i = 0; i < ARRAY_SIZE(groups); i++)
		if (wanted(api_name[groups[i].api]))
			record_group(&groups[i]);
	record_odd_rows();
	out("# end %d\n", rows);
}

static int watch_all(void)
{
	unsigned int i;
	int error;

	for_each_kernel_tracepoint(find_trace, NULL);
	for (i = 0; i < ARRAY_SIZE(traces); i++) {
		error = traces[i].point ?
				tracepoint_probe_register(traces[i].point, traces[i].probe, NULL) :
				-ENOENT;
		if (error) {
			out("# no tracepoint %s: %d\n", traces[i].name, error);
			return error;
		}
	}
	for (i = 0; i < ARRAY_SIZE(probes); i++) {
		error = register_kprobe(&probes[i]);
		if (error) {
			out("# no kprobe at %s: %d\n", probes[i].symbol_name, error);
			return error;
		}
	}
	return 0;
}

static int __init gfprecord_init(void)
{
	int error = find_once_state();

	if (error) {
		out("# no state of warnings that are given once: %d\n", error);
		return error;
	}
	held = vmalloc(sizeof(*held) * MAX_HELD);
	cache = kmem_cache_create("gfprecord", CACHE_OBJECT, 0, 0, NULL);
	pool = mempool_create_page_pool(POOL_MINIMUM, 0);
	if (!held || !cache || !pool)
		return -ENOMEM;
	seen.task = current;
	/* A failure leaves probes behind; the machine is switched off next. */
	error = watch_all();
	if (error)
		return error;
	record();
	return 0;
}

module_init(gfprecord_init);

MODULE_DESCRIPTION("records what the kernel does with allocation requests");
MODULE_LICENSE("GPL");
