import { expect } from "chai";
import { violationsOf } from "../../harness/browser/accessibility.ts";
import { describeConsole } from "../../harness/browser/console.ts";
import { publishTo } from "../../harness/runs/publishing.ts";

describeConsole("the console's events", ["uploads", "orders", "event-sources"], (local) => {
  it("lists events as they happen, with what became of each, and lets one look for trouble alone", async () => {
    const page = await local.open(local.at("events"));
    await publishTo(local.test, "orders", {
      message: '{"orderId":"o-9","items":"many"}',
      groupId: "o-9",
    });
    const entry = page.locator(".event", { hasText: "orderId o-9" });
    await entry.locator(".branch.bad").nth(2).waitFor();
    expect(await entry.locator(".branch").allTextContents()).to.deep.equal([
      "↻inventory: failed",
      "↻billing: failed",
      "↻notification: failed",
    ]);
    // S3 has tried whether it may publish: that is folded away until the reader asks for it.
    const testEvent = page.locator(".event", { hasText: "Test event of uploads" });
    expect(await testEvent.count()).to.equal(0);
    await page.getByLabel("Also results and files").check();
    await testEvent.waitFor();
    await page.getByLabel("Outcome").selectOption("trouble");
    await testEvent.waitFor({ state: "detached" });
    await page.getByRole("searchbox", { name: /^Search events/ }).fill("o-9");
    await page.locator("li[aria-setsize='1'] .event").waitFor();
    expect(await page.locator(".event").count()).to.equal(1);
    await page.getByRole("combobox", { name: "System" }).selectOption("uploads");
    await page.getByText("No event fits this choice.").waitFor();
  });

  it("draws a schedule with its next call, and runs it now", async () => {
    const page = await local.open(local.at());
    const card = page.getByRole("article", { name: "event-sources", exact: true });
    await card.waitFor();
    expect(await card.locator("a.node.rule").allInnerTexts()).to.deep.equal([
      "placed\non events",
      "removed\non events",
    ]);
    await card.getByRole("link", { name: /^reminder in \d min$/ }).click();
    await page.getByText("rate(5 minutes)").waitFor();
    expect(await violationsOf(page)).to.deep.equal([]);
    await page.getByRole("button", { name: "Run now" }).click();
    await page.locator(".outcome.good", { hasText: "notes" }).waitFor();
    expect(await page.getByLabel("Message", { exact: true }).innerText()).to.contain('"remind"');
  });

  it("takes files for a bucket, and shows what each consumer made of them", async () => {
    const page = await local.open(local.at());
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
    const keys = local.test.run.cloud.trace
      .recent()
      .flatMap((hop) => (hop.kind === "stored" ? [hop.key] : []));
    expect(keys).to.include("from the page/crème brûlée + 1.txt");
  });

  it("shows what is stored: an object with its picture, and the event that wrote it", async () => {
    const page = await local.open(local.at("bucket", "arn:aws:s3:::uploads"));
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
});
