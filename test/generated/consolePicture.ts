import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { runIn } from "../harness/packages/newProject.ts";
import { follow } from "../harness/processes/fanoutCommand.ts";

/*
 * `npm run docs:picture`: takes the README's picture of the console, from this repository's program with a few
 * events. CHROMIUM names a browser in another place than the usual one.
 */
const browserPath = process.env.CHROMIUM ?? "/usr/bin/chromium";
if (!existsSync(browserPath)) throw new Error(`there is no ${browserPath}; set CHROMIUM`);

const systems = ["orders", "user-interactions"];
/** The first one moves to the dead-letter queues, after retries at a hundred times the speed. */
const events: readonly (readonly [system: string, title: string])[] = [
  ["orders", "An order that makes no sense"],
  ["orders", "An order is placed"],
  ["orders", "The order is paid"],
  ["user-interactions", "Ada likes a post"],
  ["user-interactions", "Grace shares it"],
];

const consumersOfOrders = ["billing", "inventory", "notification"];

const node = process.execPath;
const run = follow(
  spawn(node, ["demo/start.ts", ...systems, "--port", "0", "--speed", "100"], {
    stdio: ["ignore", "pipe", "pipe"],
  }),
);
try {
  const url = (await run.line(/^ready /)).replace("ready ", "");
  for (const [system, title] of events) {
    const { port } = new URL(url);
    await runIn(".", node, "ops/main.ts", "publish", system, "--example", title, "--port", port);
  }
  for (const _ of consumersOfOrders) await run.line(/ deadLettered /);
  await takePicture(url);
} finally {
  await run.end();
}

async function takePicture(url: string): Promise<void> {
  const isRoot = process.getuid?.() === 0;
  const browser = await chromium.launch({
    executablePath: browserPath,
    args: isRoot ? ["--no-sandbox"] : [],
  });
  try {
    const viewport = { width: 1280, height: 720 };
    const page = await browser.newPage({ viewport, reducedMotion: "reduce" });
    await page.goto(url);
    await page
      .getByRole("article")
      .nth(systems.length - 1)
      .waitFor();
    await page.locator(".node").first().waitFor();
    await page.screenshot({ path: "docs/console.png" });
  } finally {
    await browser.close();
  }
}
