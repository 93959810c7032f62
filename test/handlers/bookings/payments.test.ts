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

describe("payments of bookings", () => {
  const database = useDatabase({ bookings: "bookingId", charges: "paymentId" });
  useEnvironment(() => ({
    BOOKINGS_TABLE: "bookings",
    CHARGES_TABLE: "charges",
    AWS_ENDPOINT_URL_DYNAMODB: database().url,
  }));

  let handler: QueueHandler;

  before(async () => {
    ({ handler } = await import("../../../handlers/bookings/payments.ts"));
  });

  const confirmation = queueEvent({ body: bookingEvent("confirmed"), messageId: "m-1" });

  const noted = async () => notedBy("payments", await database().get("bookings", bookingId(1)));

  it("charge the whole stay, and note it with the booking", async () => {
    await database().put("bookings", storedBooking());
    const { result, log } = await runHandler(handler, confirmation);
    expect(result).to.deep.equal({ batchItemFailures: [] });
    expect(log[0]).to.include({ outcome: "charged", amount: 520, isNew: true });
    const charges = await database().all("charges");
    expect(charges).to.have.length(1);
    expect(charges[0]).to.include({ paymentId: bookingId(1), amount: 520, status: "charged" });
    expect(await noted()).to.include({ outcome: "charged" });
  });

  it("charge once, however often the confirmation comes, and keep the first note", async () => {
    await database().put("bookings", storedBooking());
    await runHandler(handler, confirmation);
    const first = await noted();
    const { result, log } = await runHandler(handler, confirmation);
    expect(result).to.deep.equal({ batchItemFailures: [] });
    expect(log[0]).to.include({ outcome: "charged", isNew: false });
    expect(await database().all("charges")).to.have.length(1);
    expect(await noted()).to.deep.equal(first);
  });

  it("note a charge that was made just before the function died", async () => {
    const failed = await runHandler(handler, confirmation);
    expect(failed.result).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "m-1" }] });
    expect(await database().all("charges")).to.have.length(1);
    await database().put("bookings", storedBooking());
    await runHandler(handler, confirmation);
    expect(await database().all("charges")).to.have.length(1);
    expect(await noted()).to.include({ outcome: "charged" });
  });
});
