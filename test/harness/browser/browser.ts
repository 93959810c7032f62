import { existsSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { hangMilliseconds } from "../assertions/hang.ts";
import { leaveOut } from "../runs/leftOut.ts";

/** Where Chromium and its kin are installed; `CHROMIUM` names another place. */
const places = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const installed = places.find((place) => place !== undefined && existsSync(place));

/** Opens a page of a browser that knows nothing yet: no storage, no other page. */
export type OpenPage = (url: string, options?: BrowserContextOptions) => Promise<Page>;

/**
 * Describes what people see, with a browser that is started before the tests and ended after them.
 * Without Chromium the tests are left out.
 */
export function describeInBrowser(title: string, tests: (open: OpenPage) => void): void {
  if (installed === undefined) {
    leaveOut(title, "there is no Chromium: install it, or set CHROMIUM to its path");
    return;
  }
  describe(title, () => {
    let browser: Browser | undefined;
    let errors: string[] = [];

    before(async () => {
      browser = await launch(installed);
    });
    after(() => browser?.close());

    afterEach(async () => {
      for (const context of browser?.contexts() ?? []) await context.close();
      const found = errors;
      errors = [];
      if (found.length > 0) throw new Error(`the page failed: ${found.join("; ")}`);
    });

    tests(async (url, options) => {
      if (browser === undefined) throw new Error("pages can be opened within tests only");
      const context = await browser.newContext(options);
      context.setDefaultTimeout(hangMilliseconds);
      context.on("weberror", (error) => errors.push(String(error.error())));
      context.on("console", (message) => {
        if (message.text().includes("Content Security Policy")) errors.push(message.text());
      });
      const page = await context.newPage();
      await page.goto(url);
      return page;
    });
  });
}

function launch(executablePath: string): Promise<Browser> {
  // Chromium's sandbox refuses to work for root, as whom containers run.
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath,
    args: isRoot ? ["--no-sandbox"] : [],
    timeout: hangMilliseconds,
  });
}
