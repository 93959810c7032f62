import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { PublishCommand } from "@aws-sdk/client-sns";
import { GetCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import type { Booking } from "../../../handlers/bookings/booking.ts";
import type { QueueHandler } from "../../../handlers/lib/batch.ts";
import {
  booking,
  bookingEvent,
  bookingId,
  notedBy,
  storedBooking,
} from "../../harness/handlers/bookings.ts";
import { useDatabase } from "../../harness/handlers/database.ts";
import { useEnvironment } from "../../harness/handlers/environment.ts";
import { runHandler } from "../../harness/handlers/handlerRun.ts";
import { queueEvent } from "../../harness/handlers/records.ts";
import { SdkCalls } from "../../harness/handlers/sdkCalls.ts";

const topicArn = "arn:aws:sns:eu-west-1:000000000000:bookings";

describe("reservations", () => {
  const database = useDatabase({ bookings: "bookingId", nights: ["roomType", "night"] });
  useEnvironment(() => ({
    BOOKINGS_TABLE: "bookings",
    NIGHTS_TABLE: "nights",
    TOPIC_ARN: topicArn,
    AWS_ENDPOINT_URL_DYNAMODB: database().url,
  }));

  let handler: QueueHandler;
  let calls: SdkCalls;

  before(async () => {
    ({ handler } = await import("../../../handlers/bookings/reservations.ts"));
  });

  beforeEach(() => {
    calls = new SdkCalls();
    calls.on(PublishCommand, () => ({ MessageId: "m-1" }));
    calls.start({ othersGoThrough: true });
  });

  afterEach(() => calls.stop());

  const requests = (...bookings: Partial<Booking>[]) =>
    queueEvent(
      ...bookings.map((changes) => ({
        body: bookingEvent("requested", changes),
        messageId: changes.bookingId ?? bookingId(1),
      })),
    );

  const store = (changes: Partial<Booking> = {}) =>
    database().put("bookings", storedBooking(changes));

  async function handle(...bookings: Partial<Booking>[]): Promise<unknown[]> {
    const { result, log } = await runHandler(handler, requests(...bookings));
    expect(result).to.deep.equal({ batchItemFailures: [] });
    return log.map(({ outcome }) => outcome);
  }

  const published = () =>
    calls.of(PublishCommand).map(({ Message = "" }) => JSON.parse(Message) as { event: string });

  const second = { bookingId: bookingId(2), name: "Charles", email: "charles@example.com" };

  const nights = async () =>
    (await database().all("nights")).map((each) => `${each.roomType} ${each.night}`).sort();

  const stateOf = async (id: string) => {
    const item = await database().get("bookings", id);
    return { status: item?.status, ...notedBy("reservations", item) };
  };

  it("takes each night of the stay, and announces the confirmation", async () => {
    await store();
    expect(await handle({})).to.deep.equal(["confirmed"]);
    expect(await database().all("nights")).to.have.deep.members([
      { roomType: "suite", night: "2026-05-30", bookingId: bookingId(1) },
      { roomType: "suite", night: "2026-05-31", bookingId: bookingId(1) },
    ]);
    expect(await stateOf(bookingId(1))).to.include({ status: "confirmed", outcome: "confirmed" });
    expect(calls.of(PublishCommand)).to.deep.equal([
      {
        TopicArn: topicArn,
        Message: JSON.stringify({ event: "confirmed", ...booking() }),
        MessageAttributes: {
          event: { DataType: "String", StringValue: "confirmed" },
          roomType: { DataType: "String", StringValue: "suite" },
        },
      },
    ]);
  });

  it("lets one of two bookings of the same night win, and rejects the other with the nights", async () => {
    await store();
    await store({ ...second, checkIn: "2026-05-31", checkOut: "2026-06-03" });
    const outcomes = await handle({}, { ...second, checkIn: "2026-05-31", checkOut: "2026-06-03" });
    expect(outcomes).to.deep.equal(["confirmed", "rejected"]);
    expect(await nights()).to.deep.equal(["suite 2026-05-30", "suite 2026-05-31"]);
    const reason = "The suite is taken on 2026-05-31.";
    expect(await stateOf(bookingId(2))).to.include({
      status: "rejected",
      outcome: "rejected",
      reason,
    });
    expect(published()[1]).to.deep.include({ event: "rejected", reason, bookingId: bookingId(2) });
  });

  it("names every night that is taken", async () => {
    await store();
    await store(second);
    await handle({}, second);
    expect(published()[1]).to.include({
      reason: "The suite is taken on 2026-05-30, 2026-05-31.",
    });
  });

  it("lets a guest come on the day another leaves, and book the same night in another room", async () => {
    const next = { ...second, checkIn: "2026-06-01", checkOut: "2026-06-02" };
    const double = { bookingId: bookingId(3), roomType: "double" } as const;
    for (const each of [{}, next, double]) await store(each);
    expect(await handle({}, next, double)).to.deep.equal(["confirmed", "confirmed", "confirmed"]);
    expect(await nights()).to.deep.equal([
      "double 2026-05-30",
      "double 2026-05-31",
      "suite 2026-05-30",
      "suite 2026-05-31",
      "suite 2026-06-01",
    ]);
  });

  it("takes 30 nights at once", async () => {
    const long = { checkIn: "2026-06-01", checkOut: "2026-07-01" };
    await store(long);
    expect(await handle(long)).to.deep.equal(["confirmed"]);
    expect(await nights()).to.have.length(30);
  });

  for (const decision of ["confirmed", "rejected"] as const) {
    it(`announces a booking that is ${decision} again when the message comes again, and changes nothing`, async () => {
      await store(second);
      if (decision === "rejected") await handle(second);
      await store();
      expect(await handle({})).to.deep.equal([decision]);
      const before = [await database().all("nights"), await database().all("bookings")];
      calls.made.length = 0;
      expect(await handle({})).to.deep.equal([decision]);
      expect(published()).to.have.length(1);
      expect(published()[0]).to.include({ event: decision, bookingId: bookingId(1) });
      if (decision === "rejected") {
        expect(published()[0]).to.include({
          reason: "The suite is taken on 2026-05-30, 2026-05-31.",
        });
      }
      expect([await database().all("nights"), await database().all("bookings")]).to.deep.equal(
        before,
      );
    });
  }

  it("keeps a rejection when the nights have become free", async () => {
    await database().put("bookings", {
      ...storedBooking(),
      status: "rejected",
      outcomes: { reservations: { outcome: "rejected", at: "", reason: "It was taken." } },
    });
    expect(await handle({})).to.deep.equal(["rejected"]);
    expect(await nights()).to.deep.equal([]);
    expect(published()[0]).to.include({ reason: "It was taken." });
  });

  it("loses no decision when it dies before it is announced: the next delivery announces it", async () => {
    await store();
    calls.on(PublishCommand, () => {
      throw new Error("the process was killed");
    });
    const first = await runHandler(handler, requests({}));
    expect(first.result).to.deep.equal({ batchItemFailures: [{ itemIdentifier: bookingId(1) }] });
    expect(await stateOf(bookingId(1))).to.include({ status: "confirmed" });
    calls.made.length = 0;
    calls.on(PublishCommand, () => ({ MessageId: "m-1" }));
    expect(await handle({})).to.deep.equal(["confirmed"]);
    expect(published().map(({ event }) => event)).to.deep.equal(["confirmed"]);
  });

  it("announces the decision of another that was quicker", async () => {
    const reason = "Another said so.";
    const reservations = { outcome: "rejected", at: "2026-01-31T10:30:01.000Z", reason };
    await database().put("bookings", {
      ...storedBooking(),
      status: "rejected",
      outcomes: { reservations },
    });
    // The nights were taken when this one tried to confirm, and the booking was decided when it tried to reject.
    const refusals = [
      cancelled("None", "ConditionalCheckFailed"),
      cancelled("ConditionalCheckFailed"),
    ];
    calls.on(TransactWriteCommand, () => {
      throw refusals.shift() ?? new Error("once more than expected");
    });
    expect(await handle({})).to.deep.equal(["rejected"]);
    expect(refusals).to.deep.equal([]);
    expect(published()).to.have.length(1);
    expect(published()[0]).to.include({ event: "rejected", reason });
  });

  it("reads an earlier decision as it is, and not as it was", async () => {
    await store();
    await handle({}, {});
    expect(calls.of(GetCommand)[0]).to.include({ ConsistentRead: true });
  });

  it("fails for a booking that was never stored, and publishes nothing", async () => {
    const { result, log } = await runHandler(handler, requests({}));
    expect(result).to.deep.equal({ batchItemFailures: [{ itemIdentifier: bookingId(1) }] });
    expect(JSON.stringify(log)).to.contain(`booking ${bookingId(1)} is not in the table bookings`);
    expect(calls.of(PublishCommand)).to.deep.equal([]);
    expect(await nights()).to.deep.equal([]);
  });

  it("fails a malformed message for good, and handles the others", async () => {
    await store();
    const event = queueEvent(
      { body: '{"event":"requested"}', messageId: "bad" },
      { body: bookingEvent("requested"), messageId: "good" },
    );
    const { result, log } = await runHandler(handler, event);
    expect(result).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "bad" }] });
    expect(log[0]).to.include({ permanent: true });
    expect(log[1]).to.include({ outcome: "confirmed" });
  });
});

function cancelled(...codes: readonly string[]): TransactionCanceledException {
  const CancellationReasons = codes.map((Code) => ({ Code }));
  return new TransactionCanceledException({
    message: "cancelled",
    CancellationReasons,
    $metadata: {},
  });
}
