import { expect } from "chai";
import type { Page } from "playwright-core";
import { chairsAndDesk } from "../../../systems/shared/purchaseExamples.ts";
import { describeConsole, publishExample, topicNamed } from "../../harness/browser/console.ts";
import { publishTo } from "../../harness/runs/publishing.ts";

describeConsole("publishing on the console", ["orders", "user-interactions"], (local) => {
  it("publishes an example by keyboard alone, and shows where it went, step by step", async () => {
    const page = await local.open(local.at());
    const keyboard = new Keyboard(page);
    await page.getByRole("article", { name: "orders", exact: true }).waitFor();
    await keyboard.goTo(/^Publish$/, 0);
    await page.keyboard.press("Enter");
    await page.getByText("An order is placed").waitFor({ state: "attached" });
    await keyboard.goTo(/^Publish$/, 0, "BUTTON");
    await page.keyboard.press("Enter");
    await page.getByText("Published.").waitFor();
    await keyboard.goTo(/^Follow it$/);
    await page.keyboard.press("Enter");
    await page.locator(".outcome", { hasText: "handled" }).nth(2).waitFor();
    expect(await page.locator(".outcome strong").allInnerTexts()).to.deep.equal([
      "inventory",
      "billing",
      "notification",
    ]);
    expect(await page.locator(".outcome.good").count()).to.equal(3);
    expect(await page.getByLabel("Message", { exact: true }).innerText()).to.contain(
      '"event": "placed"',
    );
    const steps = await page.locator(".outcomes > li").first().locator(".step").allInnerTexts();
    expect(steps.slice(0, 3)).to.deep.equal([
      "queued in orders-inventory.fifo",
      "received by orders-inventory",
      "handed to orders-inventory",
    ]);
    expect(steps[3]).to.match(/^handled in \d+(\.\d)? m?s, reserved, log$/);
  });

  it("draws what happened when, from the publication to the mail that a handler sent", async () => {
    const order = { ...chairsAndDesk, orderId: "o-timeline", event: "placed" };
    const [event = ""] = await publishTo(local.test, "orders", { message: order, groupId: "t" });
    const page = await local.open(local.at("event", event));
    const timeline = page.getByRole("list", { name: "Timeline" });
    await timeline.getByText("ObjectCreated:Put invoices").waitFor();
    await timeline.getByText("sent ada@example.com").waitFor();
    await page.locator(".outcome", { hasText: "handled" }).nth(2).waitFor();
    await timeline.locator(".lasting").first().waitFor({ state: "detached" });
    expect(await timeline.locator(".span-name").allInnerTexts()).to.have.members([
      "publish orders.fifo",
      "wait in orders-inventory.fifo",
      "process orders-inventory",
      "wait in orders-billing.fifo",
      "process orders-billing",
      "ObjectCreated:Put invoices",
      "wait in orders-notification.fifo",
      "process orders-notification",
      "sent ada@example.com",
    ]);
    await timeline.getByRole("link", { name: "process orders-billing" }).press("Enter");
    await page.getByLabel("Log").waitFor();
  });

  it("foretells who would get what is being written", async () => {
    const page = await local.open(local.at("topic", topicNamed("user-interactions")));
    await page.getByLabel("Value of attribute 1").fill("comment");
    await page.locator(".verdicts li.good", { hasText: "comments" }).waitFor();
    expect(await page.locator(".verdicts li.good").count()).to.equal(1);
    expect(await page.locator(".verdicts li", { hasText: "likes" }).innerText()).to.contain(
      '"type" is "comment", the filter asks for ["like"]',
    );
  });

  it("offers the examples' fields beside the text, and says at a field what is wrong", async () => {
    const page = await local.open(local.at("topic", topicNamed("orders.fifo")));
    const message = page.getByLabel("Message", { exact: true });
    const email = page.getByLabel("customer.email");
    await email.fill("grace@example.com");
    expect(JSON.parse(await message.inputValue()).customer).to.deep.equal({
      email: "grace@example.com",
    });
    await email.fill("");
    await page.getByText("Every example has a value here.").waitFor();
    expect(await email.getAttribute("aria-invalid")).to.equal("true");
    await message.fill('{"orderId":"o-5","customer":{"email":"eve@example.com"}}');
    expect(await email.inputValue()).to.equal("eve@example.com");
    await message.fill("no JSON");
    await page.getByText("The message is no JSON object").waitFor();
    expect(await email.isDisabled()).to.equal(true);
  });

  it("keeps what is being written while everything else moves", async () => {
    await publishTo(local.test, "user-interactions", { message: "{}" });
    const page = await local.open(local.at("topic", topicNamed("orders.fifo")));
    await page.getByText("An order is placed").waitFor({ state: "attached" });
    await page.getByLabel("Message", { exact: true }).fill("half a mess");
    const events = page.locator(".tab-events .number");
    const known = Number(await events.innerText());
    await publishTo(local.test, "user-interactions", { message: "{}" });
    await events.getByText(String(known + 1), { exact: true }).waitFor();
    await page.keyboard.type("age");
    expect(await page.getByLabel("Message", { exact: true }).inputValue()).to.equal(
      "half a message",
    );
  });

  it("says who did not get an event, and which key and value kept it back", async () => {
    const page = await local.open(local.at());
    await publishExample(page, "user-interactions", "Grace shares it");
    await page.getByRole("link", { name: "Follow it" }).click();
    const likes = page.locator(".outcomes > li", { hasText: "likes" });
    await likes.getByText("filtered out").waitFor();
    expect(await likes.locator(".reason").innerText()).to.equal(
      '"type" is "share", the filter asks for ["like"]',
    );
    await page
      .locator(".outcomes > li", { hasText: "shares" })
      .getByText("handled", { exact: true })
      .waitFor();
  });
});

/** Reaches things as who has no mouse does. */
class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Presses the tab key until what has the focus reads like this. @param skip so many of them are passed */
  async goTo(text: RegExp, skip = 0, tag = ""): Promise<void> {
    let left = skip;
    for (let presses = 0; presses < 200; presses++) {
      await this.#page.keyboard.press("Tab");
      const focused = await this.#page.evaluate<{ text: string; tag: string }>(
        "({ text: document.activeElement.textContent, tag: document.activeElement.tagName })",
      );
      const fits = text.test(focused.text) && (tag === "" || focused.tag === tag);
      if (fits && left-- === 0) return;
    }
    throw new Error(`the tab key does not lead to ${text}`);
  }
}
