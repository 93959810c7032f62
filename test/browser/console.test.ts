import { expect } from "chai";
import type { Page } from "playwright-core";
import { violationsOf } from "../harness/browser/accessibility.ts";
import { describeInBrowser } from "../harness/browser/browser.ts";
import { startTestRun, type TestRun } from "../harness/runs/localRun.ts";

const orders = "arn:aws:sns:eu-west-1:000000000000:orders.fifo";

/** Longer than five receives of a message that fails each time. */
const untilDeadLettered = 10 * 60_000;

describeInBrowser("the console", (openPage) => {
  let test: TestRun;
  beforeEach(async () => {
    test = await startTestRun(["uploads", "orders", "user-interactions"]);
    // S3's test event, which each bucket sends when it is made, has reached the consumers.
    await test.settle();
  });
  afterEach(() => test.close());

  /** Without motion, which costs the machine more than all the rest. */
  const open: typeof openPage = (url, options) =>
    openPage(url, { reducedMotion: "reduce", ...options });

  const at = (...path: string[]) => `${test.run.url}/#/${path.map(encodeURIComponent).join("/")}`;
  const queueNamed = (name: string) => `arn:aws:sqs:eu-west-1:000000000000:${name}`;

  async function publishExample(page: Page, system: string, title: string): Promise<void> {
    const card = page.getByRole("article", { name: system, exact: true });
    await card.getByRole("link", { name: "Publish" }).click();
    await page.getByLabel("Example").selectOption({ label: title });
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByText("Published.").waitFor();
  }

  it("shows each system as a graph, from one document of less than 150 KB", async () => {
    const page = await open("about:blank");
    const fetched: { url: string; size: number }[] = [];
    page.on("response", async (response) => {
      const isData = response.url().includes("/_fanout/");
      if (!isData) fetched.push({ url: response.url(), size: (await response.body()).length });
    });
    await page.goto(at());
    for (const [system, consumers] of Object.entries({
      uploads: ["audit", "catalog", "thumbnail"],
      orders: ["billing", "inventory", "notification"],
      "user-interactions": ["comments", "likes", "shares"],
    })) {
      const card = page.getByRole("article", { name: system, exact: true });
      await card.waitFor();
      expect(await card.locator(".lane-title strong").allInnerTexts()).to.deep.equal(consumers);
      expect(await card.locator("a.node.queue .node-state").allInnerTexts()).to.deep.equal(
        consumers.map(() => "empty"),
      );
      expect(await card.locator("path.edge:not(.hidden)").count()).to.equal(
        system === "uploads" ? 7 : 6,
      );
    }
    expect(fetched.map(({ url }) => url)).to.deep.equal([`${test.run.url}/`]);
    expect(fetched[0]?.size).to.be.within(10_000, 150 * 1024);
  });

  it("publishes an example by keyboard alone, and shows where it went, step by step", async () => {
    const page = await open(at());
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

  it("lists events as they happen, with what became of each, and lets one look for trouble alone", async () => {
    const page = await open(at("events"));
    // S3 has tried whether it may publish: that is folded away until the reader asks for it.
    await page.getByText("No event fits this choice.").waitFor();
    await page.getByLabel("Also results and files").check();
    await page.locator(".event", { hasText: "Test event of uploads" }).waitFor();
    await test.run.cloud.topics.publish(orders, {
      message: '{"orderId":"o-9","items":"many"}',
      groupId: "o-9",
      deduplicationId: "o-9",
      by: { kind: "account", account: "000000000000" },
      context: { "aws:SecureTransport": "true" },
      from: "arn:aws:iam::000000000000:root",
    });
    const entry = page.locator(".event", { hasText: "orderId o-9" });
    await entry.locator(".branch.bad").nth(2).waitFor();
    expect(await entry.locator(".branch").allTextContents()).to.deep.equal([
      "↻inventory: failed",
      "↻billing: failed",
      "↻notification: failed",
    ]);
    expect(await page.locator(".event").count()).to.equal(2);
    await page.getByLabel("Outcome").selectOption("trouble");
    await page.locator(".event", { hasText: "Test event" }).waitFor({ state: "detached" });
    expect(await page.locator(".event").count()).to.equal(1);
    await page.getByRole("combobox", { name: "System" }).selectOption("uploads");
    await page.getByText("No event fits this choice.").waitFor();
  });

  it("says who did not get an event, and which key and value kept it back", async () => {
    const page = await open(at());
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

  it("foretells who would get what is being written", async () => {
    const page = await open(at("topic", "arn:aws:sns:eu-west-1:000000000000:user-interactions"));
    await page.getByLabel("Value of attribute 1").fill("comment");
    await page.locator(".verdicts li.good", { hasText: "comments" }).waitFor();
    expect(await page.locator(".verdicts li.good").count()).to.equal(1);
    expect(await page.locator(".verdicts li", { hasText: "likes" }).innerText()).to.contain(
      '"type" is "comment", the filter asks for ["like"]',
    );
  });

  it("keeps what is being written while everything else moves", async () => {
    const page = await open(at("topic", orders));
    await page.getByText("An order is placed").waitFor({ state: "attached" });
    await page.getByLabel("Message", { exact: true }).fill("half a mess");
    await test.run.cloud.topics.publish("arn:aws:sns:eu-west-1:000000000000:user-interactions", {
      message: "{}",
      by: { kind: "account", account: "000000000000" },
      context: { "aws:SecureTransport": "true" },
      from: "arn:aws:iam::000000000000:root",
    });
    await page.locator(".tab-events .number", { hasText: "2" }).waitFor();
    await page.keyboard.type("age");
    expect(await page.getByLabel("Message", { exact: true }).inputValue()).to.equal(
      "half a message",
    );
  });

  it("shows a failed message once, with its reason, its place in the sources, its tries, and its log", async () => {
    const page = await open(at());
    await publishExample(page, "orders", "An order that makes no sense");
    await page.locator(".tab-failures .number").getByText("1").waitFor();
    await page.getByRole("link", { name: /^Failures/ }).click();
    const failure = page.locator(".failure");
    await failure.getByText("failed, 1 of 5, next in 1 min").nth(2).waitFor();
    expect(await failure.count()).to.equal(1);
    expect(await failure.locator("p.reason").innerText()).to.match(/^not a valid order: customer/);
    expect(await failure.locator("code").innerText()).to.match(/^handlers\/lib\/parseJson\.ts:\d+/);
    await test.clock.advance(60_000);
    await failure.getByText("failed, 2 of 5").nth(2).waitFor();
    await failure.getByRole("link", { name: "log" }).click();
    const log = page.getByLabel("Log").first();
    expect(await log.innerText()).to.match(/START RequestId: [\s\S]*REPORT/);
    await page.getByRole("link", { name: "its event" }).first().click();
    await page.locator(".outcome", { hasText: "inventory" }).waitFor();
    // The graph shows the way that it came.
    await page.locator('.graph[data-traced] .node.function[data-path="bad"]').nth(2).waitFor();
  });

  it("lists an event that nobody got, and why for each consumer", async () => {
    const page = await open(at());
    await publishExample(page, "user-interactions", "Something that no consumer asks for");
    await page.locator(".tab-failures .number").getByText("1").waitFor();
    await page.getByRole("link", { name: /^Failures/ }).click();
    await page.getByText("user-interactions: nobody got it").waitFor();
    expect(await page.locator(".failure p.reason").allInnerTexts()).to.have.members([
      '"type" is "report", the filter asks for ["like"]',
      '"type" is "report", the filter asks for ["share"]',
      '"type" is "report", the filter asks for ["comment"]',
    ]);
  });

  it("pauses a consumer, breaks it on purpose, and says so at its function", async () => {
    const page = await open(
      at("function", "arn:aws:lambda:eu-west-1:000000000000:function:orders-billing"),
    );
    const node = page.locator(".node.function", { hasText: "paused" });
    await page.getByRole("button", { name: "Pause" }).click();
    await node.waitFor();
    await page.getByRole("button", { name: "Resume" }).click();
    await node.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Break it" }).click();
    await page.getByText("fails: 0 of 1 so far").waitFor();
    await page.locator(".badge", { hasText: "broken on purpose" }).waitFor();
    await page.getByRole("button", { name: "Remove" }).click();
    await page.getByText("fails: 0 of 1 so far").waitFor({ state: "detached" });
    expect(test.run.cloud.functions.faults.list()).to.deep.equal([]);
  });

  it("shows what is stored: an object with its picture, and the event that wrote it", async () => {
    const page = await open(at("bucket", "arn:aws:s3:::uploads"));
    await page.getByRole("button", { name: "A picture", exact: true }).click();
    await page.getByRole("link", { name: /^picture\.png/ }).click();
    await page.locator("img.preview").evaluate("(image) => image.decode()");
    await page.getByRole("link", { name: "this event" }).click();
    await page.getByRole("heading", { name: "Put picture.png in uploads" }).waitFor();
    await page.getByRole("link", { name: "Put picture.png in thumbnails" }).click();
    await page.getByText("In the course of").waitFor();
    await page.getByRole("link", { name: /^Stored/ }).click();
    await page.getByRole("link", { name: /^catalog/ }).click();
    await page.locator(".items li", { hasText: "picture.png" }).waitFor();
  });

  it("shows dead letters, moves them back, and deletes them", async () => {
    const page = await open(at());
    await publishExample(page, "orders", "An order that makes no sense");
    await page.locator(".tab-failures .number").waitFor();
    await test.clock.advance(untilDeadLettered);
    const card = page.getByRole("article", { name: "orders", exact: true });
    const letters = card.getByRole("link", { name: "1 dead letter", exact: true });
    await letters.nth(2).waitFor();
    await letters.nth(1).click();
    await page.locator(".messages summary").click();
    expect(await page.getByLabel("Body").innerText()).to.contain('"many"');
    await page.getByRole("button", { name: "Redrive all" }).click();
    await page.getByText("The messages are moved back").waitFor();
    await test.clock.advance(1);
    await page.getByText("1 of 1 message moved, completed").waitFor();
    await page.getByText("It is empty.").waitFor();

    await page.getByRole("link", { name: /^Dead letters/ }).click();
    await page.getByRole("link", { name: "billing dead letters" }).click();
    page.on("dialog", (dialog) => dialog.accept());
    await page.getByRole("button", { name: "Delete all" }).click();
    await page.getByText("1 message deleted.").waitFor();
    expect(test.run.cloud.queues.counts(queueNamed("orders-billing-dlq.fifo")).visible).to.equal(0);
  });

  it("takes files for a bucket, and shows what each consumer made of them", async () => {
    const page = await open(at());
    const card = page.getByRole("article", { name: "uploads", exact: true });
    await card.getByRole("link", { name: /^uploads drop files/ }).click();
    await page.getByLabel("Key prefix").fill("from the page/");
    await page.locator("#files").setInputFiles({
      name: "crème brûlée + 1.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("hello"),
    });
    await page.getByText("from the page/crème brûlée + 1.txt: stored").waitFor();
    await page.getByRole("button", { name: "A picture", exact: true }).click();
    await page.getByText("picture.png: stored").waitFor();
    await page
      .locator(".answers li", { hasText: "crème" })
      .getByRole("link", { name: "Follow it" })
      .click();
    await page.getByRole("heading", { name: "Put from the page/crème" }).waitFor();
    await page.locator(".outcome.good").nth(2).waitFor();
    const hops = test.run.cloud.trace.recent().filter(({ kind }) => kind === "stored");
    expect(hops[0]).to.include({ key: "from the page/crème brûlée + 1.txt" });
  });

  it("shows mails as they would look", async () => {
    const page = await open(at());
    await publishExample(page, "orders", "An order is placed");
    await page.locator(".tab-outbox .number").waitFor();
    await page.getByRole("link", { name: /^Outbox/ }).click();
    const mail = page.locator(".mails > li");
    expect(await mail.locator(".subject").innerText()).to.match(/^We have your order /);
    expect(await mail.locator("header").innerText()).to.contain("ada@example.com");
  });

  it("shows mails of HTML with their styles, and lets nothing in them run", async () => {
    test.run.cloud.outbox.add({
      kind: "email",
      to: ["ada@example.com"],
      from: "shop@example.com",
      subject: "Sale",
      text: "",
      html: `<h1 style="color: rgb(1, 2, 3)">Sale</h1><script>document.body.textContent = "run"</script>`,
    });
    const page = await open(at("outbox"));
    const heading = page.frameLocator("iframe").getByRole("heading", { name: "Sale" });
    await heading.waitFor();
    const colour = "getComputedStyle(document.querySelector('h1')).color";
    expect(await page.frames()[1]?.evaluate<string>(colour)).to.equal("rgb(1, 2, 3)");
  });

  it("fits a phone, in every view, without sideways scrolling", async () => {
    const page = await open(at(), { viewport: { width: 360, height: 740 } });
    await publishExample(page, "orders", "An order that makes no sense");
    await page.locator(".tab-failures .number").waitFor();
    await test.clock.advance(untilDeadLettered);
    const [event] = test.run.cloud.trace.recent().filter(({ kind }) => kind === "failed");
    const views = [
      ["systems"],
      ["events"],
      ["event", event?.event ?? ""],
      ["failures"],
      ["letters"],
      ["outbox"],
      ["topic", orders],
      ["queue", queueNamed("orders-inventory-dlq.fifo")],
      ["function", "arn:aws:lambda:eu-west-1:000000000000:function:orders-inventory"],
      ["bucket", "arn:aws:s3:::uploads"],
    ];
    for (const view of views) {
      await page.goto(at(...view));
      await page.locator(".view-title").waitFor({ state: "attached" });
      const width = await page.evaluate<number>("document.documentElement.scrollWidth");
      expect(width, view[0]).to.equal(360);
    }
  });

  it("moves dots along the edges, but not for who prefers reduced motion", async () => {
    for (const reducedMotion of ["no-preference", "reduce"] as const) {
      const page = await open(at(), { reducedMotion });
      await page.locator(".connection[data-state=live]").waitFor();
      await page.evaluate(`new MutationObserver((changes) => {
        const added = changes.flatMap(({ addedNodes }) => [...addedNodes]);
        if (added.some((each) => each.matches?.(".dot"))) document.body.dataset.dots = "seen";
      }).observe(document.body, { childList: true, subtree: true })`);
      await publishExample(page, "user-interactions", "Ada likes a post");
      await page.getByRole("link", { name: "Follow it" }).click();
      await page.locator(".outcome.good").waitFor();
      if (reducedMotion === "no-preference") await page.locator("[data-dots=seen]").waitFor();
      else expect(await page.locator("[data-dots=seen]").count()).to.equal(0);
    }
  });

  it("gives everything that can be reached a name, and shows where the focus is", async () => {
    const page = await open(at("topic", orders));
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
    const page = await open(at(), { colorScheme: "light" });
    await publishExample(page, "orders", "An order that makes no sense");
    await publishExample(page, "user-interactions", "Something that no consumer asks for");
    await page.locator(".tab-failures .number").getByText("2").waitFor();
    const [event] = test.run.cloud.trace.recent().filter(({ kind }) => kind === "failed");
    const views = [
      ["events"],
      ["event", event?.event ?? ""],
      ["failures"],
      ["letters"],
      ["stored"],
      ["outbox"],
      ["topic", orders],
      ["queue", queueNamed("orders-inventory.fifo")],
      ["function", "arn:aws:lambda:eu-west-1:000000000000:function:orders-inventory"],
      ["bucket", "arn:aws:s3:::uploads"],
    ];
    for (const [index, view] of views.entries()) {
      // Each scheme sees half of the views: their colours are the same.
      await page.emulateMedia({ colorScheme: index % 2 === 0 ? "light" : "dark" });
      await page.goto(at(...view));
      await page.locator(".view-title").waitFor();
      await page.getByText("Looking").waitFor({ state: "detached" });
      expect(await violationsOf(page), view[0]).to.deep.equal([]);
    }
  });

  it("says what it could not find, and what it was refused, in whatever view", async () => {
    const page = await open(at("queue", "arn:aws:sqs:eu-west-1:000000000000:nowhere"));
    await page.getByText("The specified queue does not exist").waitFor();
    await page.route("**/_fanout/api/outbox*", (route) =>
      route.fulfill({
        status: 500,
        json: { error: { code: "InternalFailure", message: "The outbox is on fire." } },
      }),
    );
    await page.goto(at("outbox"));
    await page.getByText("The outbox is on fire.").waitFor();
  });

  it("says when the local run is gone", async () => {
    const page = await open(at());
    await page.locator(".connection[data-state=live]").waitFor();
    await page.context().setOffline(true);
    await page.getByText("No connection: is the local run still up?").waitFor();
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
