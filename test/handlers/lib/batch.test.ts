import { expect } from "chai";
import { handleBatch } from "../../../handlers/lib/batch.ts";
import { handleFifoBatch } from "../../../handlers/lib/fifoBatch.ts";
import type { Message } from "../../../handlers/lib/message.ts";
import { PermanentError } from "../../../handlers/lib/permanentError.ts";
import { skipped } from "../../../handlers/lib/recordHandler.ts";
import { runHandler } from "../../harness/handlers/handlerRun.ts";
import { envelope, queueEvent } from "../../harness/handlers/records.ts";

/** A record handler that fails on some bodies, and remembers what it was given. */
function failingOn(...failing: string[]) {
  const seen: string[] = [];
  const recordHandler = async ({ body }: Message) => {
    seen.push(body);
    if (failing.includes(body)) throw new Error(`no ${body}`);
    return { outcome: "done", body };
  };
  return { seen, recordHandler };
}

const failures = (...messageIds: string[]) => ({
  batchItemFailures: messageIds.map((itemIdentifier) => ({ itemIdentifier })),
});

const batch = (...bodies: string[]) =>
  queueEvent(...bodies.map((body) => ({ body, messageId: `id-${body}` })));

/** Bodies are a group and a number: `a1`. */
const fifoBatch = (...bodies: string[]) =>
  queueEvent(
    ...bodies.map((body) => ({ body, messageId: `id-${body}`, groupId: body.slice(0, 1) })),
  );

for (const [name, handle, event] of [
  ["handleBatch", handleBatch, batch],
  ["handleFifoBatch", handleFifoBatch, fifoBatch],
] as const) {
  describe(name, () => {
    it("reports no failure when there is none", async () => {
      const { result } = await runHandler(
        handle(failingOn().recordHandler),
        event("a1", "a2", "b1"),
      );
      expect(result).to.deep.equal(failures());
    });

    it("reports a message that failed, when others did not", async () => {
      const { result } = await runHandler(handle(failingOn("b1").recordHandler), event("a1", "b1"));
      expect(result).to.deep.equal(failures("id-b1"));
    });

    it("reports every message when all failed, instead of failing the function", async () => {
      const { recordHandler } = failingOn("a1", "b1");
      const { result } = await runHandler(handle(recordHandler), event("a1", "b1"));
      expect(result).to.deep.equal(failures("id-a1", "id-b1"));
    });

    it("does not carry failures over to the next batch", async () => {
      const handler = handle(failingOn("a1").recordHandler);
      await runHandler(handler, event("a1"));
      const { result } = await runHandler(handler, event("a2"));
      expect(result).to.deep.equal(failures());
    });

    it("logs a line for each message with its ids and its outcome", async () => {
      const body = envelope({ messageId: "sns-1", message: "hello" });
      const { log } = await runHandler(
        handle(failingOn().recordHandler),
        queueEvent({ body, messageId: "queue-1", groupId: "a" }),
      );
      expect(log).to.have.length(1);
      expect(log[0]).to.include({
        level: "INFO",
        message: "handled",
        messageId: "queue-1",
        eventId: "sns-1",
        outcome: "done",
        body: "hello",
        function_request_id: "request-1",
      });
    });

    it("logs a line for each of several outcomes of a message", async () => {
      const handler = handle(async () => [{ outcome: "one" }, { outcome: "two" }]);
      const { log } = await runHandler(handler, event("a1"));
      expect(log.map(({ outcome }) => outcome)).to.deep.equal(["one", "two"]);
    });

    it("counts handled, skipped and failed messages", async () => {
      const handler = handle(async ({ body }) => {
        if (body === "c1") throw new Error("no");
        return body === "a1" ? skipped("a duplicate") : { outcome: "done" };
      });
      const { counts } = await runHandler(handler, event("a1", "b1", "b2", "c1"));
      expect(counts).to.deep.equal({ skipped: 1, handled: [1, 1], failed: 1 });
      const { counts: next } = await runHandler(handler, event("b3"));
      expect(next).to.deep.equal({ handled: 1 });
    });

    it("logs a failure with its error, and whether it is permanent", async () => {
      const handler = handle(async ({ body }) => {
        throw body === "a1" ? new PermanentError("malformed") : new Error("slow down");
      });
      const { log } = await runHandler(handler, event("a1", "b1"));
      const lines = log.map(({ level, message, messageId, permanent }) => ({
        level,
        message,
        messageId,
        permanent,
      }));
      const failed = { level: "ERROR", message: "failed" };
      expect(lines).to.deep.equal([
        { ...failed, messageId: "id-a1", permanent: true },
        { ...failed, messageId: "id-b1", permanent: false },
      ]);
      expect(log[0]).to.have.nested.property("error.message", "malformed");
    });
  });
}

describe("handleBatch", () => {
  it("handles a batch's messages at the same time", async () => {
    expect(await mostAtOnce(undefined)).to.equal(3);
  });

  it("handles them one after another when asked to", async () => {
    expect(await mostAtOnce({ parallel: false })).to.equal(1);
  });

  it("goes on after a failure", async () => {
    const { seen, recordHandler } = failingOn("a1");
    await runHandler(handleBatch(recordHandler, { parallel: false }), batch("a1", "a2", "b1"));
    expect(seen).to.deep.equal(["a1", "a2", "b1"]);
  });

  async function mostAtOnce(options: Parameters<typeof handleBatch>[1]): Promise<number> {
    let running = 0;
    let most = 0;
    const handler = handleBatch(async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return { outcome: "done" };
    }, options);
    await runHandler(handler, batch("a1", "a2", "a3"));
    return most;
  }
});

describe("handleFifoBatch", () => {
  it("handles messages in the order of the batch, one after another", async () => {
    let running = false;
    const seen: string[] = [];
    const handler = handleFifoBatch(async ({ body }) => {
      expect(running, "two at once").to.equal(false);
      running = true;
      await new Promise((resolve) => setImmediate(resolve));
      running = false;
      seen.push(body);
      return { outcome: "done" };
    });
    const { result } = await runHandler(handler, fifoBatch("a1", "b1", "a2"));
    expect(result).to.deep.equal(failures());
    expect(seen).to.deep.equal(["a1", "b1", "a2"]);
  });

  it("stops a group at its first failure and goes on with the others", async () => {
    const { seen, recordHandler } = failingOn("a2");
    const event = fifoBatch("a1", "a2", "b1", "a3", "b2", "a4");
    const { result } = await runHandler(handleFifoBatch(recordHandler), event);
    expect(result).to.deep.equal(failures("id-a2", "id-a3", "id-a4"));
    expect(seen).to.deep.equal(["a1", "a2", "b1", "b2"]);
  });

  it("stops every group that fails", async () => {
    const { seen, recordHandler } = failingOn("a1", "b1");
    const event = fifoBatch("a1", "b1", "a2", "b2", "c1");
    const { result } = await runHandler(handleFifoBatch(recordHandler), event);
    expect(result).to.deep.equal(failures("id-a1", "id-b1", "id-a2", "id-b2"));
    expect(seen).to.deep.equal(["a1", "b1", "c1"]);
  });

  it("lets a group go on in the next batch", async () => {
    const { seen, recordHandler } = failingOn("a1");
    const handler = handleFifoBatch(recordHandler);
    await runHandler(handler, fifoBatch("a1", "a2"));
    await runHandler(handler, fifoBatch("a2", "a3"));
    expect(seen).to.deep.equal(["a1", "a2", "a3"]);
  });

  it("logs the messages that it holds back, and does not call them failed", async () => {
    const { recordHandler } = failingOn("a1");
    const { log } = await runHandler(handleFifoBatch(recordHandler), fifoBatch("a1", "a2", "b1"));
    const lines = log.map(({ level, message, messageId }) => `${level} ${message} ${messageId}`);
    expect(lines).to.deep.equal([
      "ERROR failed id-a1",
      "WARN held back id-a2",
      "INFO handled id-b1",
    ]);
  });

  it("goes on with a group whose message failed at its last receive", async () => {
    const { seen, recordHandler } = failingOn("a1", "a2", "b1");
    const handler = handleFifoBatch(recordHandler, { maxReceiveCount: 3 });
    const event = queueEvent(
      ...["a1", "a2", "a3", "b1", "b2"].map((body) => ({
        body,
        messageId: `id-${body}`,
        groupId: body.slice(0, 1),
        receiveCount: body.startsWith("a") ? 3 : 2,
      })),
    );
    const { result } = await runHandler(handler, event);
    expect(seen).to.deep.equal(["a1", "a2", "a3", "b1"]);
    expect(result).to.deep.equal(failures("id-a1", "id-a2", "id-b1", "id-b2"));
  });
});
