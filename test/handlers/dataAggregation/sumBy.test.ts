import { expect } from "chai";
import type { QueueHandler } from "../../../handlers/lib/batch.ts";
import { useDatabase } from "../../harness/handlers/database.ts";
import { useEnvironment } from "../../harness/handlers/environment.ts";
import { runHandler } from "../../harness/handlers/handlerRun.ts";
import { queueEvent } from "../../harness/handlers/records.ts";

describe("data aggregation", () => {
  const database = useDatabase({ sums: ["source", "period"], added: "id" });
  useEnvironment(() => ({
    SUMS_TABLE: "sums",
    IDEMPOTENCY_TABLE: "added",
    AWS_ENDPOINT_URL_DYNAMODB: database().url,
  }));

  let byMinute: QueueHandler;
  let byDay: QueueHandler;
  before(async () => {
    ({ handler: byMinute } = await import("../../../handlers/dataAggregation/byMinute.ts"));
    ({ handler: byDay } = await import("../../../handlers/dataAggregation/byDay.ts"));
  });

  const reading = (changes: object = {}) => ({
    body: JSON.stringify({
      readingId: "r-1",
      source: "a",
      time: "2026-01-31T23:59:30-01:00",
      value: 1.5,
      ...changes,
    }),
  });

  it("counts a reading in the minute and day of its time in UTC", async () => {
    await runHandler(byMinute, queueEvent(reading()));
    await runHandler(byDay, queueEvent(reading()));
    expect(await database().all("sums")).to.have.deep.members([
      { source: "a", period: "2026-02-01", sum: 1.5, readings: 1 },
      { source: "a", period: "2026-02-01T00:59", sum: 1.5, readings: 1 },
    ]);
  });

  it("counts a reading that comes again once; one of the same id elsewhere for itself", async () => {
    const event = queueEvent(reading(), reading(), reading({ source: "b" }));
    const { log } = await runHandler(byMinute, event);
    expect(log.map(({ outcome }) => outcome)).to.deep.equal(["added", "unchanged", "added"]);
    const sums = await database().all("sums");
    expect(sums.map(({ source, sum }) => [source, sum])).to.have.deep.members([
      ["a", 1.5],
      ["b", 1.5],
    ]);
  });

  it("reports what is no reading as failed, alone", async () => {
    const event = queueEvent(
      { ...reading({ value: "warm" }), messageId: "bad" },
      { ...reading(), messageId: "good" },
    );
    const { result } = await runHandler(byMinute, event);
    expect(result).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "bad" }] });
    expect(await database().all("sums")).to.have.length(1);
  });
});
