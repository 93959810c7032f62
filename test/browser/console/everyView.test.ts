import { expect } from "chai";
import { violationsOf } from "../../harness/browser/accessibility.ts";
import {
  describeConsole,
  functionNamed,
  publishExample,
  queueNamed,
  topicNamed,
} from "../../harness/browser/console.ts";

/** Longer than five receives of a message that fails each time. */
const untilDeadLettered = 10 * 60_000;

describeConsole(
  "every view of the console",
  ["uploads", "orders", "user-interactions"],
  (local) => {
    it("fits a phone, in every view, without sideways scrolling", async () => {
      const page = await local.open(local.at(), { viewport: { width: 360, height: 740 } });
      await publishExample(page, "orders", "An order that makes no sense");
      await page.locator(".tab-failures .number").waitFor();
      await local.test.clock.advance(untilDeadLettered);
      const [event] = local.test.run.cloud.trace.recent().filter(({ kind }) => kind === "failed");
      const views = [
        ["systems"],
        ["events"],
        ["event", event?.event ?? ""],
        ["failures"],
        ["letters"],
        ["outbox"],
        ["topic", topicNamed("orders.fifo")],
        ["queue", queueNamed("orders-inventory-dlq.fifo")],
        ["function", functionNamed("orders-inventory")],
        ["bucket", "arn:aws:s3:::uploads"],
      ];
      for (const view of views) {
        await page.goto(local.at(...view));
        await page.locator(".view-title").waitFor({ state: "attached" });
        const width = await page.evaluate<number>("document.documentElement.scrollWidth");
        expect(width, view[0]).to.equal(360);
      }
    });

    it("gives the nodes of the map the width of a phone, and cuts none of their words", async () => {
      const page = await local.open(local.at(), { viewport: { width: 390, height: 844 } });
      await publishExample(page, "orders", "An order that makes no sense");
      await page.goto(local.at("systems"));
      await publishExample(page, "user-interactions", "Something that no consumer asks for");
      await page.goto(local.at("systems"));
      await page.locator(".node.topic[data-tone=bad]").getByText("1 reached nobody").waitFor();
      await page.locator(".node.queue[data-tone=bad]").getByText("1 to retry").nth(2).waitFor();
      const cut = await page.evaluate<string[]>(`
      [...document.querySelectorAll(".node-name, .node-state, .lane-title strong")]
        .filter(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
          clientWidth > 0 && (scrollWidth > clientWidth || scrollHeight > clientHeight))
        .map((element) => element.textContent)`);
      expect(cut).to.deep.equal([]);
      const widths = await page
        .locator("a.node.queue, a.node.function")
        .evaluateAll((nodes) =>
          nodes.map((node) => (node as unknown as { offsetWidth: number }).offsetWidth),
        );
      expect(Math.min(...widths)).to.be.at.least(0.7 * 390);
    });

    it("gives everything that can be reached a name, and shows where the focus is", async () => {
      const page = await local.open(local.at("topic", topicNamed("orders.fifo")));
      await page.getByText("An order is placed").waitFor({ state: "attached" });
      const nameless = await page.evaluate<string[]>(`
      [...document.querySelectorAll("a, button, input, select, textarea")]
        .filter((element) => {
          const named = [element, ...(element.labels ?? [])].filter((each) => each.localName !== "input");
          const text = named.map((each) => each.textContent.trim()).join("");
          return text === "" && !element.getAttribute("aria-label");
        })
        .map((element) => element.outerHTML)`);
      expect(nameless).to.deep.equal([]);
      for (let presses = 0; presses < 20; presses++) {
        await page.keyboard.press("Tab");
        const style = "getComputedStyle(document.activeElement).outlineStyle";
        expect(await page.evaluate<string>(style), String(presses)).to.equal("solid");
      }
    });

    it("has nothing that axe-core finds wrong, in any view, light and dark", async () => {
      const page = await local.open(local.at(), { colorScheme: "light" });
      await publishExample(page, "orders", "An order that makes no sense");
      await publishExample(page, "user-interactions", "Something that no consumer asks for");
      await page.locator(".tab-failures .number").getByText("2").waitFor();
      const [event] = local.test.run.cloud.trace.recent().filter(({ kind }) => kind === "failed");
      const views = [
        ["events"],
        ["event", event?.event ?? ""],
        ["failures"],
        ["letters"],
        ["stored"],
        ["outbox"],
        ["topic", topicNamed("orders.fifo")],
        ["queue", queueNamed("orders-inventory.fifo")],
        ["function", functionNamed("orders-inventory")],
        ["bucket", "arn:aws:s3:::uploads"],
      ];
      for (const view of views) {
        await page.goto(local.at(...view));
        await page.locator(".view-title").waitFor();
        await page.getByText("Looking").waitFor({ state: "detached" });
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          expect(await violationsOf(page), `${view[0]}, ${colorScheme}`).to.deep.equal([]);
        }
      }
    });

    it("says what it could not find, and what it was refused, in whatever view", async () => {
      const page = await local.open(local.at("queue", queueNamed("nowhere")));
      await page.getByText("The specified queue does not exist").waitFor();
      await page.route("**/_fanout/api/outbox*", (route) =>
        route.fulfill({
          status: 500,
          json: { error: { code: "InternalFailure", message: "The outbox is on fire." } },
        }),
      );
      await page.goto(local.at("outbox"));
      await page.getByText("The outbox is on fire.").waitFor();
    });

    it("says when the local run is gone", async () => {
      const page = await local.open(local.at());
      await page.locator(".connection[data-state=live]").waitFor();
      await page.context().setOffline(true);
      await page.getByText("No connection: is the local run still up?").waitFor();
    });
  },
);
