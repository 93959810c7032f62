import { expect } from "chai";
import { describeConsole, functionNamed, publishExample } from "../../harness/browser/console.ts";

describeConsole("the console's systems", ["uploads", "orders", "user-interactions"], (local) => {
  it("shows each system as a graph, from one document of less than 150 KB", async () => {
    const page = await local.open("about:blank");
    const fetched: { url: string; size: number }[] = [];
    page.on("response", async (response) => {
      const isData = response.url().includes("/_fanout/");
      if (!isData) fetched.push({ url: response.url(), size: (await response.body()).length });
    });
    await page.goto(local.at());
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
    expect(fetched.map(({ url }) => url)).to.deep.equal([`${local.test.run.url}/`]);
    expect(fetched[0]?.size).to.be.within(10_000, 150 * 1024);
  });

  it("pauses a consumer, breaks it on purpose, and says so at its function", async () => {
    const page = await local.open(local.at("function", functionNamed("orders-billing")));
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
    expect(local.test.run.cloud.functions.faults.list()).to.deep.equal([]);
  });

  it("moves dots along the edges, but not for who prefers reduced motion", async () => {
    for (const reducedMotion of ["no-preference", "reduce"] as const) {
      const page = await local.open(local.at(), { reducedMotion });
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
});
