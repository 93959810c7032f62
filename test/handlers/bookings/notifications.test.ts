import { SendEmailCommand } from "@aws-sdk/client-sesv2";
import { expect } from "chai";
import type { QueueHandler } from "../../../handlers/lib/batch.ts";
import {
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

describe("notifications of bookings", () => {
  const database = useDatabase({ bookings: "bookingId", idempotency: "id" });
  useEnvironment(() => ({
    BOOKINGS_TABLE: "bookings",
    IDEMPOTENCY_TABLE: "idempotency",
    SENDER: "hotel@example.com",
    AWS_ENDPOINT_URL_DYNAMODB: database().url,
  }));

  let handler: QueueHandler;
  let calls: SdkCalls;

  before(async () => {
    ({ handler } = await import("../../../handlers/bookings/notifications.ts"));
  });

  beforeEach(async () => {
    calls = new SdkCalls();
    calls.on(SendEmailCommand, () => ({ MessageId: "mail-1" }));
    calls.start({ othersGoThrough: true });
    await database().put("bookings", storedBooking());
  });

  afterEach(() => calls.stop());

  const mails = () =>
    calls.of(SendEmailCommand).map(({ Destination, Content }) => ({
      to: Destination?.ToAddresses,
      subject: Content?.Simple?.Subject?.Data,
    }));

  for (const [event, subject] of [
    ["confirmed", "Your suite is booked, from 30 May 2026"],
    ["rejected", "Your booking of the suite is not possible"],
  ] as const) {
    it(`write to the guest that the booking is ${event}, and note it with the booking`, async () => {
      const { result } = await runHandler(handler, queueEvent({ body: bookingEvent(event) }));
      expect(result).to.deep.equal({ batchItemFailures: [] });
      expect(mails()).to.deep.equal([{ to: ["ada@example.com"], subject }]);
      const item = await database().get("bookings", bookingId(1));
      expect(notedBy("notifications", item)).to.include({ outcome: "sent", reason: event });
    });
  }

  it("write once, however often the event comes", async () => {
    const event = queueEvent({ body: bookingEvent("confirmed") });
    for (let delivery = 1; delivery <= 3; delivery++) await runHandler(handler, event);
    expect(mails()).to.have.length(1);
  });

  it("write nothing of a request: nothing is decided yet", async () => {
    const event = queueEvent({ body: bookingEvent("requested"), messageId: "m-1" });
    const { result } = await runHandler(handler, event);
    expect(result).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "m-1" }] });
    expect(mails()).to.deep.equal([]);
  });
});
