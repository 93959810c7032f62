import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { textOutput } from "../../local/systems/stackOutputs.ts";
import { failureOf } from "../harness/assertions/failure.ts";
import { deadLettersOf } from "../harness/runs/leftovers.ts";
import { publishTo } from "../harness/runs/publishing.ts";
import { keysIn, textIn } from "../harness/runs/sinks.ts";
import { type RunningSystems, startSystems } from "../harness/runs/systems.ts";

const system = "audit-logs";
const first = "2026/01/31/20260131T103000000Z-e-1.json";

const event = (eventId: string, time: string, action: string) => ({
  groupId: "invoice-1",
  message: { eventId, time, action, actor: "ada", subject: "invoice-1" },
});

describe("audit logs, end to end", () => {
  let test: RunningSystems;
  beforeEach(async () => {
    test = await startSystems([system]);
  });
  afterEach(() => test.cloud.close());

  const trail = () => textOutput(test.system(system), "trail");

  it("are on record by day and time, each once", async () => {
    await publishTo(
      test,
      system,
      event("e-1", "2026-01-31T10:30:00Z", "approved"),
      event("e-2", "2026-01-31T11:00:00Z", "paid"),
      event("e-1", "2026-01-31T10:30:00Z", "approved"),
    );
    await test.cloud.settled();
    expect(await keysIn(test, trail())).to.deep.equal([
      first,
      "2026/01/31/20260131T110000000Z-e-2.json",
    ]);
    expect(JSON.parse(await textIn(test, trail(), first))).to.include({ action: "approved" });
  });

  it("cannot be overwritten by an event of the same id or by any caller, nor deleted", async () => {
    await publishTo(test, system, event("e-1", "2026-01-31T10:30:00Z", "approved"));
    await publishTo(test, system, event("e-1", "2026-01-31T10:30:00Z", "rejected"));
    await test.cloud.settled();
    const place = { Bucket: trail(), Key: first };
    const { s3 } = test.clients;
    const overwritten = await failureOf(s3.send(new PutObjectCommand({ ...place, Body: "{}" })));
    expect(overwritten).to.include({ name: "AccessDenied" });
    const deleted = await failureOf(s3.send(new DeleteObjectCommand(place)));
    expect(deleted).to.include({ name: "AccessDenied" });
    expect(JSON.parse(await textIn(test, trail(), first))).to.include({ action: "approved" });
    expect(await deadLettersOf(test, system)).to.deep.equal({ trail: 0 });
  });

  it("without an actor end in the dead-letter queue, and block no others", async () => {
    await publishTo(
      test,
      system,
      { groupId: "invoice-2", message: { eventId: "e-3" } },
      event("e-1", "2026-01-31T10:30:00Z", "approved"),
    );
    await test.cloud.settled();
    expect(await keysIn(test, trail())).to.deep.equal([first]);
    await test.cloud.clock.advance(30 * 60_000);
    expect(await deadLettersOf(test, system)).to.deep.equal({ trail: 1 });
  });
});
