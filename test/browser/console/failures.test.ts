import { expect } from "chai";
import { describeConsole, publishExample, queueNamed } from "../../harness/browser/console.ts";

/** Longer than five receives of a message that fails each time. */
const untilDeadLettered = 10 * 60_000;

describeConsole("the console's failures", ["orders", "user-interactions"], (local) => {
  it("shows a failed message once, with its reason, its place in the sources, its tries, and its log", async () => {
    const page = await local.open(local.at());
    await publishExample(page, "orders", "An order that makes no sense");
    await page.locator(".tab-failures .number").getByText("1").waitFor();
    await page.getByRole("link", { name: /^Failures/ }).click();
    const failure = page.locator(".failure");
    await failure.getByText("failed, 1 of 5, next in 1 min").nth(2).waitFor();
    expect(await failure.count()).to.equal(1);
    expect(await failure.locator("p.reason").innerText()).to.match(/^not a valid order: customer/);
    expect(await failure.locator("code").innerText()).to.match(/^handlers\/lib\/parseJson\.ts:\d+/);
    await local.test.clock.advance(60_000);
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
    const page = await local.open(local.at());
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

  it("shows dead letters, moves them back, and deletes them", async () => {
    const page = await local.open(local.at());
    await publishExample(page, "orders", "An order that makes no sense");
    await page.locator(".tab-failures .number").waitFor();
    await local.test.clock.advance(untilDeadLettered);
    const card = page.getByRole("article", { name: "orders", exact: true });
    const letters = card.getByRole("link", { name: "1 dead letter", exact: true });
    await letters.nth(2).waitFor();
    await letters.nth(1).click();
    await page.locator(".messages summary").click();
    expect(await page.getByLabel("Body").innerText()).to.contain('"many"');
    expect((await page.locator(".messages .summary-text").boundingBox())?.width).to.be.above(200);
    expect(await page.locator(".messages .reason").innerText()).to.match(
      /^not a valid order: customer.* handlers\/lib\/parseJson\.ts:\d+/,
    );
    await page.getByRole("button", { name: "Redrive all" }).click();
    await page.getByText("The messages are moved back").waitFor();
    await local.test.clock.advance(1);
    await page.getByText("1 of 1 message moved, completed").waitFor();
    await page.getByText("It is empty.").waitFor();

    await page.getByRole("link", { name: /^Dead letters/ }).click();
    await page.getByRole("link", { name: "billing dead letters" }).click();
    page.on("dialog", (dialog) => dialog.accept());
    await page.getByRole("button", { name: "Delete all" }).click();
    await page.getByText("1 message deleted.").waitFor();
    expect(
      local.test.run.cloud.queues.counts(queueNamed("orders-billing-dlq.fifo")).visible,
    ).to.equal(0);
  });
});
