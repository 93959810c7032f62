import { expect } from "chai";
import type { Page } from "playwright-core";
import { describeInBrowser } from "../harness/browser/browser.ts";
import { bookingsSite, type Site } from "../harness/runs/bookingsSite.ts";
import type { TestRun } from "../harness/runs/localRun.ts";
import { type SharedRun, startSharedRun } from "../harness/runs/sharedRun.ts";

describeInBrowser("the page of bookings", (open) => {
  let test: TestRun;
  let site: Site;
  let reset: SharedRun["reset"];
  before(async () => {
    ({ test, reset } = await startSharedRun(["bookings"]));
    site = bookingsSite(test);
  });
  afterEach(() => reset());
  after(() => test.close());

  const mails = () => test.run.cloud.outbox.list().map(({ to, subject }) => [...to, subject]);

  it("books a room, and shows what each consumer has made of it", async () => {
    const page = await open(site.url);
    await see(page, "#empty", "No bookings yet. Yours could be the first.");
    await fillIn(page, "Ada Lovelace", "ada@example.com");
    await page.getByRole("button", { name: "Book" }).click();
    await see(page, "#answer", "Your double is confirmed.");
    await see(page, ".entry .state", "Confirmed");
    for (const [consumer, outcome] of [
      ["reservations", "confirmed"],
      ["payments", "charged"],
      ["notifications", "sent"],
      ["analytics", "counted"],
    ]) {
      await see(page, `[data-consumer=${consumer}] .step-outcome`, outcome ?? "");
    }
    expect(await page.locator(".entry-facts").innerText()).to.match(/^Yours · 2 guests · €280 · /);
    expect(mails().map(([to]) => to)).to.deep.equal(["ada@example.com"]);
  });

  it("shows another guest that the room is taken, and says why the booking was rejected", async () => {
    const [ada, eve] = [await open(site.url), await open(site.url)];
    await fillIn(ada, "Ada Lovelace", "ada@example.com");
    await ada.getByRole("button", { name: "Book" }).click();
    await see(ada, "#answer", "Your double is confirmed.");
    await see(eve, ".entry .state", "Confirmed");
    expect(await eve.locator(".entry-facts").innerText()).not.to.contain("Yours");

    await fillIn(eve, "Eve", "eve@example.com");
    await eve.getByRole("button", { name: "Book" }).click();
    await see(
      eve,
      "#answer",
      /^Your booking was rejected\. The double is taken on \d+\s\w+, \d+\s\w+\.$/,
    );
    await see(eve, ".entry.own .state", "Rejected");
    await see(eve, ".entry.own [data-consumer=payments] .step-outcome", "nothing to do");
    await see(eve, ".entry.own [data-consumer=notifications] .step-outcome", "sent");
    expect(mails()).to.deep.include([
      "eve@example.com",
      "Your booking of the double is not possible",
    ]);
  });

  it("marks each field that is wrong, says what is wrong beside it, and goes to the first", async () => {
    const page = await open(site.url);
    await page.getByRole("button", { name: "Book" }).click();
    await see(page, "#name-problem", "Enter your name, 100 characters at most.");
    await see(page, "#email-problem", "Enter an e-mail address, such as ada@example.com.");
    await see(page, "#answer", "Please check what is marked.");
    expect(await focused(page)).to.equal("name");
    const name = page.getByLabel("Name");
    expect(await name.getAttribute("aria-invalid")).to.equal("true");
    expect(await name.getAttribute("aria-describedby")).to.equal("name-problem");

    await name.fill("Ada");
    await see(page, "#name-problem", "");
    expect(await name.getAttribute("aria-invalid")).to.equal(null);
    expect((await site.list()).body.bookings).to.deep.equal([]);
  });

  it("lets a guest choose what the hotel has: beds, days, and their price", async () => {
    const page = await open(site.url);
    await page.getByText("Single").click();
    expect(await page.locator("#guests").inputValue()).to.equal("1");
    await page.getByLabel("Arrival").fill("2030-05-30");
    expect(await page.getByLabel("Departure").inputValue()).to.equal("2030-05-31");
    await see(page, "#total", "€901 night");
    await page.getByText("Suite").click();
    await page.getByLabel("Departure").fill("2030-06-02");
    await see(page, "#total", "€7803 nights");
  });

  it("can be used by keyboard alone, and shows where one is", async () => {
    const page = await open(site.url);
    const visited: string[] = [];
    const next = async () => {
      await page.keyboard.press("Tab");
      expect(await focusIsVisible(page), await focused(page)).to.equal(true);
      visited.push(await focused(page));
    };
    await next();
    await page.keyboard.press("ArrowRight");
    await see(page, "#total", "€5202 nights");
    // A day field has stops for day, month, year and calendar.
    while (visited.at(-1) !== "guests") await next();
    await page.keyboard.press("ArrowDown");
    await next();
    await page.keyboard.type("Ada Lovelace");
    await next();
    await page.keyboard.type("ada@example.com");
    await next();
    expect([...new Set(visited)]).to.deep.equal([
      "roomType",
      "checkIn",
      "checkOut",
      "guests",
      "name",
      "email",
      "button",
    ]);
    await page.keyboard.press("Enter");
    await see(page, "#answer", "Your suite is confirmed.");
    expect((await site.list()).body.bookings[0]).to.include({ roomType: "suite", guests: 3 });
  });

  it("makes one booking when an answer is lost and the guest tries again", async () => {
    const page = await open(site.url);
    let lost = 0;
    await page.route("**/bookings", async (route) => {
      if (route.request().method() !== "POST" || lost > 0) return route.continue();
      lost += 1;
      await route.fetch();
      await route.abort();
    });
    await fillIn(page, "Ada Lovelace", "ada@example.com");
    await page.getByRole("button", { name: "Book" }).click();
    await see(
      page,
      "#answer",
      "The hotel cannot be reached. Nothing is booked twice if you try again.",
    );
    await see(page, ".entry:not(.own) .state", "Confirmed");
    await page.getByRole("button", { name: "Book" }).click();
    await see(page, ".entry.own .state", "Confirmed");
    await see(page, "#answer", "Your double is confirmed.");
    expect(lost).to.equal(1);
    expect((await site.list()).body.bookings).to.have.lengthOf(1);
    await test.settle();
    expect(mails()).to.have.lengthOf(1);
  });

  it("looks for news ever more rarely while nothing happens, and at once when the guest is back", async () => {
    const page = await open("about:blank");
    const start = Date.now();
    await page.clock.install({ time: start });
    // Otherwise the machine's time passes too.
    await page.clock.pauseAt(start + 1000);
    const asked = countLooks(page);
    await page.goto(site.url);
    await page.waitForResponse("**/bookings/bookings");
    await passMinute(page, asked);
    const inTheFirstMinute = asked.begun;
    expect(inTheFirstMinute).to.be.within(10, 20);
    await passMinute(page, asked);
    expect(asked.begun - inTheFirstMinute).to.be.within(4, 6);
    const answered = page.waitForResponse("**/bookings/bookings");
    await page.keyboard.press("Tab");
    await answered;
  });

  it("says when the hotel cannot be reached, and stops saying so when it can", async () => {
    const page = await open(site.url);
    await page.context().setOffline(true);
    await see(page, "#connection", "The hotel cannot be reached. Trying again.");
    await page.context().setOffline(false);
    await see(page, "#connection", "");
  });

  it("fits every screen from 320 pixels on, whatever it shows", async () => {
    const page = await open(site.url, { viewport: { width: 320, height: 640 }, isMobile: true });
    const expectFit = async () => {
      for (const width of [320, 360, 600, 768, 1024]) {
        await page.setViewportSize({ width, height: 640 });
        expect(await overhang(page), `${width} pixels`).to.equal(0);
      }
    };
    await page.getByRole("button", { name: "Book" }).click();
    await see(page, "#answer", "Please check what is marked.");
    await expectFit();
    await fillIn(page, "Ada Lovelace", "ada@example.com");
    for (const answer of ["Your double is confirmed.", /^Your booking was rejected/]) {
      await page.getByRole("button", { name: "Book" }).click();
      await see(page, "#answer", answer);
    }
    await expectFit();
  });

  it("can be read in light and in dark", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await open(site.url, { colorScheme });
      await page.getByRole("button", { name: "Book" }).click();
      await see(page, "#answer", "Please check what is marked.");
      expect(await faintTexts(page), colorScheme).to.deep.equal([]);
      await fillIn(page, "Ada Lovelace", "ada@example.com");
      await page.getByRole("button", { name: "Book" }).click();
      await see(page, ".entry.own .state", colorScheme === "light" ? "Confirmed" : "Rejected");
      await see(page, ".entry.own [data-consumer=notifications] .step-outcome", "sent");
      expect(await faintTexts(page), colorScheme).to.deep.equal([]);
    }
  });
});

async function fillIn(page: Page, name: string, email: string): Promise<void> {
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("E-mail").fill(email);
}

/** Waits until the element has this text, and no other. */
async function see(page: Page, selector: string, text: string | RegExp): Promise<void> {
  const pattern = typeof text === "string" ? exactly(text) : text;
  await page
    .locator(selector)
    .filter({ hasText: pattern })
    .first()
    .waitFor({
      state: text === "" ? "attached" : "visible",
    });
}

function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\s*$`);
}

/** The name of the field that has the focus, or what it is. */
function focused(page: Page): Promise<string> {
  return page.evaluate<string>("document.activeElement.name || document.activeElement.localName");
}

/** Rooms are marked around their button; the browser itself marks the button within a day's field. */
function focusIsVisible(page: Page): Promise<boolean> {
  return page.evaluate<boolean>(`(() => {
    const element = document.activeElement;
    const marked = element.closest(".room") ?? element;
    return getComputedStyle(marked).outlineStyle === "solid" || !element.matches(":focus");
  })()`);
}

/** By how many pixels the page is wider than the screen. */
function overhang(page: Page): Promise<number> {
  return page.evaluate<number>("document.documentElement.scrollWidth - window.innerWidth");
}

/** Counts how often the page asks for the list. */
function countLooks(page: Page): { begun: number; ended: number } {
  const looks = { begun: 0, ended: 0 };
  const isLook = (url: string) => url.endsWith("/bookings/bookings");
  page.on("request", (request) => {
    if (isLook(request.url())) looks.begun += 1;
  });
  page.on("requestfinished", (request) => {
    if (isLook(request.url())) looks.ended += 1;
  });
  return looks;
}

/** Lets a minute pass in the page, a second at a time, and each time what it asked for be answered. */
async function passMinute(page: Page, looks: ReturnType<typeof countLooks>): Promise<void> {
  const roundTrip = 'fetch("icon.svg").then((answer) => answer.text())';
  for (let second = 0; second < 60; second++) {
    await page.clock.runFor(1000);
    await page.evaluate(roundTrip);
    while (looks.ended < looks.begun) await page.waitForEvent("requestfinished");
    await page.evaluate(roundTrip);
  }
}

/**
 * Texts with less contrast than WCAG asks for, 4.5 to 1.
 * https://www.w3.org/TR/WCAG22/#contrast-minimum
 */
function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const light = (color) => {
      const [r, g, b] = color.match(/[\\d.]+/g).slice(0, 3).map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = (element) => {
      const color = getComputedStyle(element).backgroundColor;
      return color.startsWith("rgba") ? ground(element.parentElement) : color;
    };
    const contrast = (element) => {
      const [low, high] = [light(getComputedStyle(element).color), light(ground(element))].sort((a, b) => a - b);
      return (high + 0.05) / (low + 0.05);
    };
    return [...document.body.querySelectorAll("*")]
      .filter((element) => element.checkVisibility() && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
      .filter((element) => contrast(element) < 4.5)
      .map((element) => element.textContent.trim());
  })()`);
}
