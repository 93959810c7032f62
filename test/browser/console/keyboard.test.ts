import { expect } from "chai";
import type { Page } from "playwright-core";
import {
  describeConsole,
  functionNamed,
  publishExample,
  queueNamed,
  topicNamed,
} from "../../harness/browser/console.ts";

/** What Tab should reach, in the order of the page. */
const reachable = `[...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((element) => element.checkVisibility() && !element.disabled)`;

/** What has the focus: its place among those, how it shows that, and whether anything lies over it. */
const focused = `(() => {
  const element = document.activeElement;
  const shown = element.matches("input[type=file]") ? element.nextElementSibling : element;
  const { left, top, width, height } = shown.getBoundingClientRect();
  const x = left + Math.min(width / 2, 20);
  const y = top + Math.min(height / 2, 10);
  const over = document.elementFromPoint(x, y);
  return {
    index: ${reachable}.indexOf(element),
    what: element.outerHTML.slice(0, 120),
    outline: getComputedStyle(shown).outlineStyle,
    isSeen: over !== null && (shown.contains(over) || over.contains(shown)),
  };
})()`;

type Focused = {
  readonly index: number;
  readonly what: string;
  readonly outline: string;
  readonly isSeen: boolean;
};

describeConsole("the console by keyboard alone", ["orders"], (local) => {
  const hash = (page: Page) => decodeURIComponent(new URL(page.url()).hash);

  it("reaches everything of each view by Tab, in the order of the page, and shows where it is", async () => {
    const page = await local.open(local.at());
    const event = await publishExample(page, "orders", "An order that makes no sense");
    await page.locator(".tab-failures .number").waitFor();
    const views = [
      ["systems"],
      ["event", event],
      ["failures"],
      ["letters"],
      ["stored"],
      ["outbox"],
      ["topic", topicNamed("orders.fifo")],
      ["queue", queueNamed("orders-inventory.fifo")],
      ["function", functionNamed("orders-inventory")],
    ];
    for (const view of views) {
      await page.goto("about:blank");
      await page.goto(local.at(...view));
      await page.locator(".view-title").waitFor();
      await page.getByText("Looking").waitFor({ state: "detached" });
      const number = await page.evaluate<number>(`${reachable}.length`);
      for (let index = 0; index < number; index++) {
        await page.keyboard.press("Tab");
        const found = await page.evaluate<Focused>(focused);
        const what = `${view[0]}: ${found.what}`;
        expect(found, what).to.include({ index, isSeen: true });
        expect(found.outline, what).not.to.equal("none");
      }
    }
  });

  it("closes by Escape what is open, and goes back to where that was opened", async () => {
    const page = await local.open(local.at());
    const node = page.locator("a.node.queue").first();
    await node.waitFor();
    await node.focus();
    const href = await node.getAttribute("href");
    await page.keyboard.press("Enter");
    await page.locator(".view-title:focus", { hasText: "billing: queue" }).waitFor();
    await page.keyboard.press("Escape");
    await page.locator(`a:focus[href="${href}"]`).waitFor();
    expect(hash(page)).to.equal("#/systems");
    await page.goto(local.at("letters"));
    await page.locator("details.others summary").click();
    const letters = page.locator(".queues a").first();
    const lettersHref = await letters.getAttribute("href");
    await letters.focus();
    await page.keyboard.press("Enter");
    await page.locator(".view-title:focus", { hasText: "dead letters" }).waitFor();
    await page.keyboard.press("Escape");
    // The list comes folded: the map beside it has the queue, too.
    await page.locator(`a:focus[href="${lettersHref}"]`).waitFor();
    expect(hash(page)).to.equal("#/letters");
    await page.locator(".view-title").focus();
    await page.keyboard.press("Escape");
    await page.locator(".view-title", { hasText: "Events" }).waitFor();
    expect(hash(page)).to.equal("#/systems");
  });

  it("empties a search by Escape, leaves a field, and folds a message in, before it leaves the view", async () => {
    const page = await local.open(local.at());
    await publishExample(page, "orders", "An order that makes no sense");
    await page.locator(".tab-failures .number").waitFor();
    await page.goto(local.at("events"));
    const search = page.getByLabel("Search events by id, text or key");
    await search.fill("nothing is called so");
    await page.keyboard.press("Escape");
    expect(await search.inputValue()).to.equal("");
    expect(hash(page)).to.equal("#/events");
    await page.keyboard.press("Escape");
    await page.locator(".view-title:focus").waitFor();
    await page.goto(local.at("queue", queueNamed("orders-inventory.fifo")));
    const message = page.locator("ol.messages summary");
    await message.focus();
    await page.keyboard.press("Enter");
    await page.locator("ol.messages details[open]").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    await page.locator("ol.messages details:not([open]) > summary:focus").waitFor();
    expect(hash(page)).to.equal(`#/queue/${queueNamed("orders-inventory.fifo")}`);
  });

  it("does by keyboard what a click does, and keeps the focus when what had it is gone", async () => {
    const page = await local.open(local.at("function", functionNamed("orders-billing")));
    await page.getByRole("button", { name: "Pause" }).focus();
    await page.keyboard.press("Enter");
    await page.locator("button:focus", { hasText: "Resume" }).waitFor();
    await page.keyboard.press("Enter");
    await page.locator("button:focus", { hasText: "Pause" }).waitFor();
    await page.getByRole("button", { name: "Break it" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Remove" }).focus();
    await page.keyboard.press("Enter");
    await page.locator(".view-title:focus").waitFor();
  });

  it("walks through a long list of events by Tab, without losing its place", async () => {
    for (let number = 0; number < 60; number++) {
      local.test.run.cloud.topics.publish(topicNamed("orders.fifo"), {
        message: JSON.stringify({ number }),
        groupId: "g",
        deduplicationId: String(number),
        by: { kind: "account", account: "000000000000" },
        from: "arn:aws:iam::000000000000:root",
      });
    }
    const page = await local.open(local.at("events"));
    await page.locator("a.event", { hasText: '{"number":59}' }).focus();
    for (let place = 1; place <= 50; place++) {
      const at = "document.activeElement.closest('li')?.getAttribute('aria-posinset')";
      expect(await page.evaluate<string>(at)).to.equal(String(place));
      await page.keyboard.press("Tab");
      // The page draws the rows that came into sight.
      await page.evaluate(
        "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))",
      );
    }
  });
});
