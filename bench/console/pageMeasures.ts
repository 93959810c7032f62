import type { CDPSession, Page } from "playwright-core";

/** How smooth a page was for a while. */
export type Smoothness = {
  readonly seconds: number;
  /** Tasks that kept the page from answering for more than 50 ms: how many, their sum and the longest, in ms. */
  readonly longTasks: number;
  readonly longTotal: number;
  readonly longest: number;
  /** Frames, of sixty in a second, that were not drawn. */
  readonly dropped: number;
  /** MiB of JavaScript's heap at the end, after a collection. */
  readonly heap: number;
};

/** Counts from the document's start: it needs no permission of the page's policy. */
const observe = `
  window.measured = { tasks: [], dropped: 0 };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.measured.tasks.push(duration);
  }).observe({ type: "longtask" });
  let last = performance.now();
  requestAnimationFrame(function count(now) {
    window.measured.dropped += Math.max(0, Math.round((now - last) / (1000 / 60)) - 1);
    last = now;
    requestAnimationFrame(count);
  });
`;

/** Measures a page. Call `prepare` before the page is opened. */
export class PageMeasures {
  readonly #page: Page;
  #session: CDPSession | undefined;

  constructor(page: Page) {
    this.#page = page;
  }

  async prepare(): Promise<void> {
    await this.#page.addInitScript(observe);
    this.#session = await this.#page.context().newCDPSession(this.#page);
  }

  async during(work: () => Promise<void>): Promise<Smoothness> {
    await this.#page.evaluate("window.measured.tasks = []; window.measured.dropped = 0");
    const start = performance.now();
    await work();
    const seconds = (performance.now() - start) / 1000;
    const { tasks, dropped } = await this.#page.evaluate<{ tasks: number[]; dropped: number }>(
      "window.measured",
    );
    return {
      seconds,
      longTasks: tasks.length,
      longTotal: tasks.reduce((sum, each) => sum + each, 0),
      longest: Math.max(0, ...tasks),
      dropped,
      heap: await this.#heap(),
    };
  }

  async #heap(): Promise<number> {
    await this.#session?.send("HeapProfiler.collectGarbage");
    const usage = await this.#session?.send("Runtime.getHeapUsage");
    return (usage?.usedSize ?? 0) / 2 ** 20;
  }
}
