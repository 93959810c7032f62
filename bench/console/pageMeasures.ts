import { type Browser, type CDPSession, chromium, type Page } from "playwright-core";
import { type TaskTimes, taskTimes } from "./taskTimes.ts";

/** How smooth a page was for a while. */
export type Smoothness = TaskTimes & {
  readonly seconds: number;
  /** Frames, of sixty in a second, that were not drawn. */
  readonly dropped: number;
  /** MiB of JavaScript's heap at the end, after a collection. */
  readonly heap: number;
};

/** Counts from the document's start: it needs no permission of the page's policy. */
const observe = `
  window.measured = { dropped: 0 };
  let last = performance.now();
  requestAnimationFrame(function count(now) {
    window.measured.dropped += Math.max(0, Math.round((now - last) / (1000 / 60)) - 1);
    last = now;
    requestAnimationFrame(count);
  });
`;

/** A page of a browser of its own, and how smooth it is. */
export class PageMeasures {
  readonly page: Page;
  readonly #browser: Browser;
  readonly #session: CDPSession;

  private constructor(browser: Browser, page: Page, session: CDPSession) {
    this.page = page;
    this.#browser = browser;
    this.#session = session;
  }

  /** Opens an empty page. CHROMIUM names a browser in another place than the usual one. */
  static async open(viewport: { width: number; height: number }): Promise<PageMeasures> {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      // Its sandbox does not work for root, as whom containers run.
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    });
    const page = await browser.newPage({ viewport });
    await page.addInitScript(observe);
    return new PageMeasures(browser, page, await page.context().newCDPSession(page));
  }

  async during(work: () => Promise<void>): Promise<Smoothness> {
    await this.#browser.startTracing(this.page, { categories: ["toplevel"] });
    await this.page.evaluate("window.measured.dropped = 0");
    const start = performance.now();
    await work();
    const seconds = (performance.now() - start) / 1000;
    const dropped = await this.page.evaluate<number>("window.measured.dropped");
    const trace = await this.#browser.stopTracing();
    return { seconds, dropped, ...taskTimes(trace.toString()), heap: await this.#heap() };
  }

  close(): Promise<void> {
    return this.#browser.close();
  }

  async #heap(): Promise<number> {
    await this.#session.send("HeapProfiler.collectGarbage");
    const { usedSize } = await this.#session.send("Runtime.getHeapUsage");
    return usedSize / 2 ** 20;
  }
}
