import { PublishCommand } from "@aws-sdk/client-sns";
import { expect } from "chai";
import type { BookingRequest } from "../../handlers/bookings/bookingRequest.ts";
import { nightsOf } from "../../handlers/bookings/stay.ts";
import { textOutput } from "../../local/systems/stackOutputs.ts";
import { bookingRequest } from "../harness/handlers/bookings.ts";
import { type Answer, bookingsSite, type Site } from "../harness/runs/bookingsSite.ts";
import { countsOf, itemsIn } from "../harness/runs/sinks.ts";
import { type RunningSystems, startSystems } from "../harness/runs/systems.ts";

describe("bookings, end to end", () => {
  let test: RunningSystems;
  let site: Site;
  beforeEach(async () => {
    test = await startSystems(["bookings"]);
    site = bookingsSite(test);
  });
  afterEach(() => test.cloud.close());

  const rows = (table: string) => itemsIn(test, textOutput(test.system("bookings"), table));
  const mails = () => test.cloud.sent().map(({ to, subject }) => [...to, subject]);

  async function taken(): Promise<Record<string, unknown>> {
    const items = await rows("nightsTable");
    return Object.fromEntries(
      items.map(({ roomType, night, bookingId }) => [`${roomType} ${night}`, bookingId]),
    );
  }

  const nights = ({ roomType, checkIn, checkOut }: BookingRequest, bookingId: unknown) =>
    Object.fromEntries(
      nightsOf(checkIn, checkOut).map((night) => [`${roomType} ${night}`, bookingId]),
    );

  /** Every consumer's word or two on a booking, by consumer. */
  const outcomesOf = ({ outcomes }: Answer["bookings"][number]) =>
    Object.fromEntries(Object.entries(outcomes).map(([name, { outcome }]) => [name, outcome]));

  it("are accepted, confirmed, charged, mailed to the guest and counted, and the list shows each outcome", async () => {
    const asked = bookingRequest(10);
    const { status, body } = await site.book(asked);
    expect(status).to.equal(202);
    await test.cloud.settled();

    const [listed, ...others] = (await site.list()).body.bookings;
    expect(others).to.deep.equal([]);
    expect(listed).to.include({ bookingId: body.bookingId, status: "confirmed", total: 520 });
    expect(listed && outcomesOf(listed)).to.deep.equal({
      reservations: "confirmed",
      payments: "charged",
      notifications: "sent",
      analytics: "counted",
    });
    expect(await taken()).to.deep.equal(nights(asked, body.bookingId));
    const [charge, ...furtherCharges] = await rows("chargesTable");
    expect(charge).to.include({ paymentId: body.bookingId, amount: 520, status: "charged" });
    expect(furtherCharges).to.deep.equal([]);
    expect(mails()).to.have.lengthOf(1);
    expect(mails()[0]?.[0]).to.equal("ada@example.com");
    expect(mails()[0]?.[1]).to.match(/^Your suite is booked, from /);
    expect(await rows("countsTable")).to.deep.equal([
      { day: body.requestedAt?.slice(0, 10), roomType: "suite", requested: 1, confirmed: 1 },
    ]);
  });

  it("for the same night at the same time: one is confirmed, the other rejected, and both guests are notified", async () => {
    const asked = bookingRequest(10);
    const guests = ["ada@example.com", "eve@example.com"];
    await Promise.all(guests.map((email) => site.book({ ...asked, email })));
    await test.cloud.settled();

    const { bookings } = (await site.list()).body;
    expect(bookings.map(({ status }) => status)).to.have.members(["confirmed", "rejected"]);
    const winner = bookings.find(({ status }) => status === "confirmed");
    const loser = bookings.find(({ status }) => status === "rejected");
    expect(loser && outcomesOf(loser)).to.deep.equal({
      reservations: "rejected",
      notifications: "sent",
      analytics: "counted",
    });
    expect(loser?.outcomes.reservations?.reason).to.equal(
      `The suite is taken on ${nightsOf(asked.checkIn, asked.checkOut).join(", ")}.`,
    );
    expect(await taken()).to.deep.equal(nights(asked, winner?.bookingId));
    expect((await rows("chargesTable")).map(({ paymentId }) => paymentId)).to.deep.equal([
      winner?.bookingId,
    ]);
    expect(mails().map(([to]) => to)).to.have.members(guests);
    expect(mails().map(([, subject]) => subject?.replace(/, from .*/, ""))).to.have.members([
      "Your suite is booked",
      "Your booking of the suite is not possible",
    ]);
    expect(await rows("countsTable")).to.deep.equal([
      {
        day: winner?.requestedAt.slice(0, 10),
        roomType: "suite",
        requested: 2,
        confirmed: 1,
        rejected: 1,
      },
    ]);
  });

  it("reserve all of their nights or none", async () => {
    const first = bookingRequest(10);
    const { body } = await site.book(first);
    await test.cloud.settled();
    // Its second night is the first night of the other.
    await site.book(bookingRequest(9));
    await test.cloud.settled();
    const { bookings } = (await site.list()).body;
    expect(bookings.map(({ status }) => status)).to.deep.equal(["rejected", "confirmed"]);
    expect(await taken()).to.deep.equal(nights(first, body.bookingId));
  });

  it("have their effect once, however often their events are published", async () => {
    await site.book(bookingRequest(10), { "idempotency-key": "3f2b8c1e-0d4a-4c56" });
    const { body } = await site.book(bookingRequest(10), {
      "idempotency-key": "3f2b8c1e-0d4a-4c56",
    });
    await test.cloud.settled();
    const [stored] = await rows("bookingsTable");
    const { list: _list, status: _status, outcomes: _outcomes, ...booking } = stored ?? {};
    for (const event of ["requested", "confirmed"]) {
      await test.clients.sns.send(
        new PublishCommand({
          TopicArn: test.system("bookings").topicArn,
          Message: JSON.stringify({ event, ...booking }),
          MessageAttributes: { event: { DataType: "String", StringValue: event } },
        }),
      );
    }
    await test.cloud.settled();
    // A message that met another one's write is received again after its visibility timeout.
    await test.cloud.clock.advance(10 * 60_000);
    expect((await rows("bookingsTable")).map(({ bookingId }) => bookingId)).to.deep.equal([
      body.bookingId,
    ]);
    expect(mails()).to.have.lengthOf(1);
    expect(await rows("chargesTable")).to.have.lengthOf(1);
    expect(await rows("countsTable")).to.deep.equal([
      { day: body.requestedAt?.slice(0, 10), roomType: "suite", requested: 1, confirmed: 1 },
    ]);
    for (const consumer of Object.values(test.system("bookings").consumers)) {
      const nothing = { visible: 0, inFlight: 0 };
      expect(await countsOf(test, consumer.queueUrl)).to.deep.equal(nothing);
      expect(await countsOf(test, consumer.deadLetterQueueUrl)).to.deep.equal(nothing);
    }
  });

  it("that are invalid are rejected with the field's name, and not published", async () => {
    for (const [field, wrong] of [
      ["email", { email: "ada" }],
      ["guests", { guests: 5 }],
      ["checkOut", { checkOut: bookingRequest(10).checkIn }],
      ["discount", { discount: 100 }],
    ] as const) {
      const { status, body } = await site.book({ ...bookingRequest(10), ...wrong });
      expect({ status, fields: body.problems?.map((problem) => problem.field) }).to.deep.equal({
        status: 400,
        fields: [field],
      });
    }
    expect(
      (await site.post("roomType=suite", "application/x-www-form-urlencoded")).status,
    ).to.equal(415);
    expect((await site.post("{", "application/json")).status).to.equal(400);
    expect((await site.post(`"${"a".repeat(5000)}"`, "application/json")).status).to.equal(413);
    await test.cloud.settled();
    expect(await rows("bookingsTable")).to.deep.equal([]);
    expect(mails()).to.deep.equal([]);
    expect(test.cloud.hops().filter(({ kind }) => kind === "published")).to.deep.equal([]);
  });

  it("have a page with security headers, whose files are revalidated", async () => {
    const page = await site.get("");
    expect(page.status).to.equal(200);
    expect(await page.text()).to.contain("<title>Linden House</title>");
    expect(Object.fromEntries(page.headers)).to.include({
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-cache",
      "content-security-policy":
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    });
    const etag = page.headers.get("etag") ?? "";
    expect((await site.get("", { "if-none-match": etag })).status).to.equal(304);
    expect((await site.get("main.js")).headers.get("content-type")).to.equal(
      "text/javascript; charset=utf-8",
    );
    expect((await site.get("nothing.js")).status).to.equal(403);
    expect((await site.get("bookings/1")).status).to.equal(403);
  });

  it("can neither be read nor made by a page of another site", async () => {
    const elsewhere = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    expect((await site.get("bookings", elsewhere)).status).to.equal(403);
    expect((await site.book(bookingRequest(10), elsewhere)).status).to.equal(403);
    expect((await site.get("bookings")).headers.has("access-control-allow-origin")).to.equal(false);
    expect(await rows("bookingsTable")).to.deep.equal([]);
  });
});
