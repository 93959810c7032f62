import { expect } from "chai";
import { auditEventKey, readAuditEvent } from "../../../handlers/auditLogs/auditEvent.ts";
import { PermanentError } from "../../../handlers/lib/permanentError.ts";

const event = {
  eventId: "e-1",
  time: "2026-01-31T23:30:00.5-01:00",
  actor: "ada",
  action: "invoice.approved",
  subject: "invoice/1",
};

const read = (changes: object) => readAuditEvent(JSON.stringify({ ...event, ...changes }));

describe("an audit event", () => {
  it("is kept with whatever else it says, and its time in UTC", () => {
    const time = "2026-02-01T00:30:00.500Z";
    expect(read({ amount: 7 })).to.deep.equal({ ...event, time, amount: 7 });
  });

  it("has a key by its day and time in UTC, the same whatever zone it was told in", () => {
    const key = "2026/02/01/20260201T003000500Z-e-1.json";
    expect(auditEventKey(read({}))).to.equal(key);
    expect(auditEventKey(read({ time: "2026-02-01T00:30:00.500Z" }))).to.equal(key);
  });

  for (const [what, changes] of [
    ["without an actor", { actor: undefined }],
    ["without an action", { action: "" }],
    ["with a path for an id", { eventId: "../e-1" }],
    ["of no time", { time: "yesterday" }],
    ["of a time in no zone", { time: "2026-01-31T10:30" }],
  ] as const) {
    it(`is refused for good ${what}`, () => {
      expect(() => read(changes)).to.throw(PermanentError, "not a valid audit event");
    });
  }
});
