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

describe("analytics of bookings", () => {
  const database = useDatabase({
    bookings: "bookingId",
    counts: ["day", "roomType"],
    counted: "id",
  });
  useEnvironment(() => ({
    BOOKINGS_TABLE: "bookings",
    COUNTS_TABLE: "counts",
    IDEMPOTENCY_TABLE: "counted",
    AWS_ENDPOINT_URL_DYNAMODB: database().url,
  }));

  let handler: QueueHandler;

  before(async () => {
    ({ handler } = await import("../../../handlers/bookings/analytics.ts"));
  });

  const second = { bookingId: bookingId(2) };
  const tomorrow = { bookingId: bookingId(3), requestedAt: "2026-02-01T00:00:00.000Z" };
  const single = { bookingId: bookingId(4), roomType: "single" } as const;

  beforeEach(async () => {
    for (const each of [{}, second, tomorrow, single]) {
      await database().put("bookings", storedBooking(each));
    }
  });

  const bodies = [
    bookingEvent("requested"),
    bookingEvent("requested", second),
    bookingEvent("confirmed"),
    bookingEvent("rejected", second),
    bookingEvent("requested", tomorrow),
    bookingEvent("requested", single),
  ];

  const counts = [
    { day: "2026-01-31", roomType: "suite", requested: 2, confirmed: 1, rejected: 1 },
    { day: "2026-02-01", roomType: "suite", requested: 1 },
    { day: "2026-01-31", roomType: "single", requested: 1 },
  ];

  it("count by day of the request and by room type", async () => {
    const { result } = await runHandler(handler, queueEvent(...bodies.map((body) => ({ body }))));
    expect(result).to.deep.equal({ batchItemFailures: [] });
    expect(await database().all("counts")).to.have.deep.members(counts);
    const item = await database().get("bookings", bookingId(1));
    expect(notedBy("analytics", item)).to.include({ outcome: "counted" });
  });

  it("stay exact when events come again, in any order", async () => {
    const again = [...bodies, ...bodies.toReversed(), ...bodies].map((body) => ({ body }));
    await runHandler(handler, queueEvent(...again));
    const { result, log } = await runHandler(handler, queueEvent(...again));
    expect(result).to.deep.equal({ batchItemFailures: [] });
    expect(log.map(({ isNew }) => isNew)).to.deep.equal(again.map(() => false));
    expect(await database().all("counts")).to.have.deep.members(counts);
  });
});
