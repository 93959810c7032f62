import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { startLocalRun } from "../../local/localRun.ts";
import { PageMeasures, type Smoothness } from "./pageMeasures.ts";
import { recordEvents } from "./recordEvents.ts";

const usage = `npm run bench:console -- [options]

Measures how smooth the console is with many events, in Chromium; CHROMIUM names a browser in another place
than the usual one. A task counts as long by the clock, and as busy by the processor's time. Nothing is asserted.

  --events N   events in the list (100000)
  --rate N     events a second (2000)
`;

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "100000" },
    rate: { type: "string", default: "2000" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  console.log(usage);
  process.exit();
}
const events = Number(values.events);
const rate = Number(values.rate);

const columns = [
  "seconds",
  "long tasks",
  "longest",
  "busy tasks",
  "busiest",
  "processor",
  "frames dropped",
  "heap",
];

const run = await startLocalRun({ stack: "dev", systems: ["walkthrough"], port: 0 });
const measures = await PageMeasures.open({ width: 1440, height: 900 });
const { page } = measures;
try {
  await page.goto(run.url);
  await page.getByRole("article", { name: "walkthrough" }).waitFor();
  console.log(`${events.toLocaleString("en")} events of nine steps, ${rate} a second\n`);
  console.log(row(["", ...columns]));
  const measure = async (name: string, work: () => Promise<void>) =>
    show(name, await measures.during(work));
  const third = Math.floor(events / 3);
  let recorded = 0;
  const record = async (count: number) => {
    await recordEvents(run.cloud.trace, count, rate, recorded);
    recorded += count;
  };
  const recordWhile = async (count: number, act: () => Promise<void>) => {
    let isDone = false;
    const recording = record(count).finally(() => {
      isDone = true;
    });
    while (!isDone) await act();
    await recording;
  };
  // What the browser cannot do on this machine, whatever the page does.
  await measure("nothing happens", () => page.waitForTimeout(10_000));
  await measure("events arrive", () => record(third));
  await measure("... and the list is scrolled", () => recordWhile(third, () => scroll(page)));
  await measure("... and a search is typed", () =>
    recordWhile(events - 2 * third, () => search(page, `o-${Math.round(third / 2)}`)),
  );
  await knows(page, events);
  await measure("the list is scrolled", () => scroll(page));
  await measure("a search is typed", () => search(page, `o-${Math.round(events / 2)}`));
  await measure("trouble is chosen", () => choose(page, "trouble"));
  await measure("the page is loaded again", async () => {
    await page.reload();
    await page.locator(".event").first().waitFor();
    await knows(page, events);
  });
  console.log(`\nafter that, the page knows ${await known(page)} events`);
} finally {
  await measures.close();
  await run.close();
}

function known(page: Page): Promise<string> {
  return page.locator(".tab-events .number").innerText();
}

async function knows(page: Page, number: number): Promise<void> {
  const count = async () => Number((await known(page)).replaceAll(",", ""));
  // Under load the page may have missed some: the number stands still then.
  for (let last = -1, now = await count(); now < number && now !== last; now = await count()) {
    last = now;
    await page.waitForTimeout(2000);
  }
}

async function scroll(page: Page): Promise<void> {
  await page.locator("#panel").hover();
  for (let step = 0; step < 60; step++) {
    await page.mouse.wheel(0, 1500);
    await page.waitForTimeout(30);
  }
  await page.evaluate("document.querySelector('#panel').scrollTo({ top: 1e9 })");
  await page.locator("li[aria-posinset]").last().waitFor();
  await page.evaluate("document.querySelector('#panel').scrollTo({ top: 0 })");
}

async function search(page: Page, text: string): Promise<void> {
  await page
    .getByRole("searchbox", { name: /^Search events/ })
    .pressSequentially(text, { delay: 40 });
  await page.locator(".event", { hasText: text }).first().waitFor();
  await page.getByRole("searchbox", { name: /^Search events/ }).fill("");
}

async function choose(page: Page, outcome: string): Promise<void> {
  await page.getByLabel("Outcome").selectOption(outcome);
  await page.locator(".branch.bad").first().waitFor();
  await page.getByLabel("Outcome").selectOption("all");
}

function show(name: string, measured: Smoothness): void {
  const { seconds, longTasks, longest, busyTasks, busiest, busy, dropped, heap } = measured;
  const milliseconds = (time: number) => `${time.toFixed(0)} ms`;
  console.log(
    row([
      name,
      seconds.toFixed(1),
      `${longTasks}`,
      milliseconds(longest),
      `${busyTasks}`,
      milliseconds(busiest),
      `${((busy / 1000 / seconds) * 100).toFixed(0)} %`,
      `${dropped}`,
      `${heap.toFixed(0)} MiB`,
    ]),
  );
}

function row([name = "", ...columns]: readonly string[]): string {
  return name.padEnd(30) + columns.map((each) => each.padStart(14)).join("");
}
