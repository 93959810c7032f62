import { expect } from "chai";
import { map, startMappings } from "../../../../harness/cloud/mappings.ts";
import { message } from "../../../../harness/cloud/queues.ts";

/** Makes a response that names messages by their place in the batch. */
type Response = (ids: readonly string[]) => unknown;

const items = (...identifiers: unknown[]) => ({
  batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })),
});

describe("a function that reports batch item failures", () => {
  /** Which of three messages are still in the queue after the function has given its response. */
  async function kept(response: Response, reportBatchItemFailures = true) {
    const cloud = startMappings();
    cloud.state.behaviour = "byHand";
    const { queue } = map(cloud, { reportBatchItemFailures });
    for (const body of ["a", "b", "c"]) cloud.queues.send(queue.arn, message(body));
    await cloud.settle();
    const ids = cloud.invocations[0]?.records.map(({ messageId }) => messageId) ?? [];
    cloud.invocations[0]?.succeed(response(ids));
    await cloud.settle();
    const kinds = cloud.trace.recent().map(({ kind }) => kind);
    return {
      bodies: cloud.queues.peek(queue.arn, 10).map(({ body }) => body),
      handled: kinds.filter((kind) => kind === "handled").length,
      failed: cloud.trace.recent().flatMap((hop) => (hop.kind === "failed" ? [hop.reason] : [])),
    };
  }

  const successes: [string, Response][] = [
    ["nothing", () => null],
    ["an empty text", () => ""],
    ["an empty object", () => ({})],
    ["an object that says something else", () => ({ statusCode: 200 })],
    ["an empty list of failures", () => items()],
    ["an empty list", () => []],
    ["null for the list of failures", () => ({ batchItemFailures: null })],
  ];
  for (const [what, response] of successes) {
    it(`is done with the whole batch when it returns ${what}`, async () => {
      expect(await kept(response)).to.deep.equal({ bodies: [], handled: 3, failed: [] });
    });
  }

  it("keeps exactly those messages that it names", async () => {
    expect(await kept((ids) => items(ids[1], ids[2]))).to.deep.equal({
      bodies: ["b", "c"],
      handled: 1,
      failed: ["the function reported it as failed", "the function reported it as failed"],
    });
  });

  it("may name a message twice, and all of them", async () => {
    expect(await kept((ids) => items(ids[0], ids[0], ids[1], ids[2]))).to.include({ handled: 0 });
  });

  const failures: [string, Response, string][] = [
    [
      "a wrong key",
      () => ({ batchItemFailures: [{ foo: "notvalid" }] }),
      'batchItemFailures[0] is {"foo":"notvalid"}: its itemIdentifier is not a message id of the batch',
    ],
    [
      "an empty identifier",
      () => items(""),
      'batchItemFailures[0] is {"itemIdentifier":""}: its itemIdentifier is not a message id of the batch',
    ],
    [
      "null for an identifier",
      () => items(null),
      'batchItemFailures[0] is {"itemIdentifier":null}: its itemIdentifier is not a message id of the batch',
    ],
    [
      "a number for an identifier",
      () => items(1),
      'batchItemFailures[0] is {"itemIdentifier":1}: its itemIdentifier is not a message id of the batch',
    ],
    [
      "an identifier of another batch among right ones",
      (ids) => items(ids[0], "other"),
      'batchItemFailures[1] is {"itemIdentifier":"other"}: its itemIdentifier is not a message id of the batch',
    ],
    [
      "bare identifiers",
      (ids) => ({ batchItemFailures: [ids[0]] }),
      "its itemIdentifier is not a message id of the batch",
    ],
    [
      "an object for the list",
      (ids) => ({ batchItemFailures: { itemIdentifier: ids[0] } }),
      "batchItemFailures is not a list",
    ],
    ["a text", () => "done", 'the response is "done", not an object'],
    ["a list of something", () => [1], "the response is [1], not an object"],
  ];
  for (const [what, response, reason] of failures) {
    it(`fails with the whole batch when it returns ${what}`, async () => {
      const { bodies, handled, failed } = await kept(response);

      expect(bodies).to.deep.equal(["a", "b", "c"]);
      expect(handled).to.equal(0);
      expect(failed).to.have.length(3);
      expect(failed[0]).to.contain(reason);
    });
  }

  it("is shown by the first hundred characters of its response", async () => {
    const { failed } = await kept(() => "x".repeat(200));

    expect(failed[0]).to.equal(`the response is "${"x".repeat(99)}, not an object`);
  });

  it("is not listened to where the mapping does not ask for it", async () => {
    const { bodies, handled } = await kept((ids) => items(ids[0]), false);

    expect(bodies).to.deep.equal([]);
    expect(handled).to.equal(3);
  });
});
