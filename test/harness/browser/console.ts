import type { Page } from "playwright-core";
import type { TestRun } from "../runs/localRun.ts";
import { type SharedRun, startSharedRun } from "../runs/sharedRun.ts";
import { describeInBrowser, type OpenPage } from "./browser.ts";

/** The console of a local run, in a browser. */
export type OpenConsole = {
  readonly test: TestRun;
  /** Opens a page without motion, which costs the machine more than all the rest. */
  readonly open: OpenPage;
  /** The URL of a view: `at("topic", arn)`. */
  at(...path: string[]): string;
};

/** Describes the console of these systems. The tests share one run, which is reset after each of them. */
export function describeConsole(
  title: string,
  systems: readonly string[],
  tests: (console: OpenConsole) => void,
): void {
  describeInBrowser(title, (openPage) => {
    let shared: SharedRun | undefined;
    before(async () => {
      shared = await startSharedRun(systems);
    });
    afterEach(() => shared?.reset());
    after(() => shared?.test.close());

    const test = () => {
      if (shared === undefined) throw new Error("the run is there within tests only");
      return shared.test;
    };
    tests({
      get test() {
        return test();
      },
      open: (url, options) => openPage(url, { reducedMotion: "reduce", ...options }),
      at: (...path) => `${test().run.url}/#/${path.map(encodeURIComponent).join("/")}`,
    });
  });
}

/** Publishes an example from the systems' view. @returns the event's id */
export async function publishExample(page: Page, system: string, title: string): Promise<string> {
  const card = page.getByRole("article", { name: system, exact: true });
  await card.getByRole("link", { name: "Publish" }).click();
  await page.getByLabel("Example").selectOption({ label: title });
  await page.getByRole("button", { name: "Publish" }).click();
  await page.getByText("Published.").waitFor();
  const link = await page.getByRole("link", { name: "Follow it" }).getAttribute("href");
  return decodeURIComponent(link?.split("/").at(-1) ?? "");
}

export const topicNamed = (name: string) => `arn:aws:sns:eu-west-1:000000000000:${name}`;
export const queueNamed = (name: string) => `arn:aws:sqs:eu-west-1:000000000000:${name}`;
export const functionNamed = (name: string) =>
  `arn:aws:lambda:eu-west-1:000000000000:function:${name}`;
