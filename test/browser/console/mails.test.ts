import { expect } from "chai";
import { describeConsole, publishExample } from "../../harness/browser/console.ts";

describeConsole("the console's mails", ["orders"], (local) => {
  it("shows mails as they would look", async () => {
    const page = await local.open(local.at());
    await publishExample(page, "orders", "An order is placed");
    await page.locator(".tab-outbox .number").waitFor();
    await page.getByRole("link", { name: /^Outbox/ }).click();
    const mail = page.locator(".mails > li");
    expect(await mail.locator(".subject").innerText()).to.match(/^We have your order /);
    expect(await mail.locator("header").innerText()).to.contain("ada@example.com");
  });

  it("shows mails of HTML with their styles, and lets nothing in them run", async () => {
    local.test.run.cloud.outbox.add({
      kind: "email",
      to: ["ada@example.com"],
      from: "shop@example.com",
      subject: "Sale",
      text: "",
      html: `<h1 style="color: rgb(1, 2, 3)">Sale</h1><script>document.body.textContent = "run"</script>`,
    });
    const page = await local.open(local.at("outbox"));
    const heading = page.frameLocator("iframe").getByRole("heading", { name: "Sale" });
    await heading.waitFor();
    const colour = "getComputedStyle(document.querySelector('h1')).color";
    expect(await page.frames()[1]?.evaluate<string>(colour)).to.equal("rgb(1, 2, 3)");
  });
});
