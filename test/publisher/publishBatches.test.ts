import { expect } from "chai";
import { PublishError } from "../../publisher/errors.ts";
import { type BatchResult, type Entry, publishBatches } from "../../publisher/publishBatches.ts";
import { failureOf } from "../harness/assertions/failure.ts";

const entry = (index: number, group?: string): Entry => ({
  ...{ index, body: `m${index}`, attributes: {}, bytes: 2, group },
});

type Failure = { readonly Code: string; readonly SenderFault: boolean };

/** Answers each request; `failing` may name a failure for a message. */
function sender(failing: (index: number, request: number) => Failure | undefined, ordered = false) {
  const requests: number[][] = [];
  const pauses: number[] = [];
  const send = async (entries: readonly Entry[]): Promise<BatchResult> => {
    requests.push(entries.map(({ index }) => index));
    const results = entries.map(({ index }) => ({
      index,
      failure: failing(index, requests.length),
    }));
    return {
      Successful: results
        .filter(({ failure }) => failure === undefined)
        .map(({ index }) => ({ Id: String(index), MessageId: `id-${index}` })),
      Failed: results.flatMap(({ index, failure }) =>
        failure === undefined ? [] : [{ Id: String(index), Message: "no", ...failure }],
      ),
    };
  };
  return {
    requests,
    pauses,
    send,
    ordered,
    pause: async (attempt: number) => void pauses.push(attempt),
  };
}

const internal = { Code: "InternalError", SenderFault: false };
const invalid = { Code: "InvalidParameter", SenderFault: true };

async function publishErrorOf(promise: Promise<unknown>): Promise<PublishError> {
  const error = await failureOf(promise);
  if (error instanceof PublishError) return error;
  throw error;
}

describe("publishing batches", () => {
  it("returns the message ids in the order of the messages", async () => {
    const sns = sender(() => undefined);
    const published = await publishBatches([[entry(0), entry(1)], [entry(2)]], sns);
    expect(published).to.deep.equal([0, 1, 2].map((index) => ({ messageId: `id-${index}` })));
    expect(sns.requests).to.deep.equal([[0, 1], [2]]);
  });

  it("sends only those messages again that SNS itself failed on", async () => {
    const sns = sender((index, request) => (index === 1 && request < 3 ? internal : undefined));
    const published = await publishBatches([[entry(0), entry(1)]], sns);
    expect(published).to.have.length(2);
    expect(sns.requests).to.deep.equal([[0, 1], [1], [1]]);
    expect(sns.pauses).to.deep.equal([1, 2]);
  });

  it("gives up after five attempts, and publishes the others", async () => {
    const sns = sender((index) => (index === 0 ? internal : undefined));
    const { failed, published } = await publishErrorOf(
      publishBatches([[entry(0), entry(1)], [entry(2)]], sns),
    );
    expect(sns.requests).to.deep.equal([[0, 1], [0], [0], [0], [0], [2]]);
    expect(failed).to.deep.equal([
      { index: 0, code: "InternalError", reason: "no", senderFault: false },
    ]);
    expect(published).to.deep.equal([undefined, { messageId: "id-1" }, { messageId: "id-2" }]);
  });

  it("does not repeat a message that is itself at fault", async () => {
    const sns = sender((index) => (index === 0 ? invalid : undefined));
    const error = await publishErrorOf(publishBatches([[entry(0), entry(1)]], sns));
    expect(sns.requests).to.deep.equal([[0, 1]]);
    expect(error.message).to.equal(
      "1 of 2 messages were not published\n  - message 0: InvalidParameter: no",
    );
  });

  it("holds back the later messages of an ordered group whose message failed, and no others", async () => {
    const sns = sender((index) => (index === 0 ? invalid : undefined), true);
    const batches = [[entry(0, "a"), entry(1, "b")], [entry(2, "a")], [entry(3, "b")]];
    const { failed } = await publishErrorOf(publishBatches(batches, sns));
    expect(sns.requests).to.deep.equal([[0, 1], [3]]);
    expect(failed.map(({ index, code }) => `${index} ${code}`)).to.deep.equal([
      "0 InvalidParameter",
      "2 NotSent",
    ]);
  });

  it("sends nothing more after a request that failed as a whole, and keeps the cause", async () => {
    const denied = Object.assign(new Error("not authorized"), { name: "AuthorizationError" });
    const requests: number[] = [];
    const error = await publishErrorOf(
      publishBatches([[entry(0)], [entry(1)]], {
        ordered: false,
        pause: async () => {},
        send: async (entries) => {
          requests.push(entries.length);
          throw denied;
        },
      }),
    );
    expect(requests).to.have.length(1);
    expect(error.cause).to.equal(denied);
    expect(error.failed.map(({ code, reason }) => `${code}: ${reason}`)).to.deep.equal([
      "AuthorizationError: not authorized",
      "NotSent: not authorized",
    ]);
  });
});
