import { expect } from "chai";
import type { Failing, FaultView, Overview } from "../../../../../local/console/api/types.ts";
import {
  addressState,
  functionState,
  hubState,
  queueState,
} from "../../../../../local/console/page/graph/nodeStates.ts";
import type { ConsumerShape } from "../../../../../local/console/systems/systemShape.ts";

const topicArn = "arn:aws:sns:eu-west-1:000000000000:orders";
const queueArn = "arn:aws:sqs:eu-west-1:000000000000:orders-billing";
const functionArn = "arn:aws:lambda:eu-west-1:000000000000:function:orders-billing";

const consumer: ConsumerShape = {
  name: "billing",
  subscriptionArn: "arn:subscription",
  protocol: "sqs",
  endpoint: queueArn,
  confirmed: true,
  raw: false,
  queue: { arn: queueArn, name: "orders-billing" },
  function: { arn: functionArn, name: "orders-billing" },
};

const empty = { visible: 0, inFlight: 0, delayed: 0 };

function overview(others: Partial<Overview> = {}): Overview {
  return {
    stack: "dev",
    region: "eu-west-1",
    modes: [],
    now: 0,
    systems: [],
    queues: { [queueArn]: empty },
    functions: { [functionArn]: { running: 0 } },
    triggers: {},
    failures: 0,
    failing: {},
    failingIn: {},
    faults: [],
    outbox: 0,
    notFromProgram: [],
    problems: [],
    ...others,
  };
}

const failingStates = [
  "failed",
  "denied",
  "dropped",
  "unreached",
  "retrying",
  "filtered",
  "waiting",
  "working",
] as const satisfies readonly (keyof Failing)[];

describe("the state of a node of the map", () => {
  it("says what failed and how often wherever it is red, and never that it is idle or empty", () => {
    for (const state of failingStates) {
      const failing = { [state]: 2 };
      const shown = overview({
        failing: {
          [topicArn]: failing,
          [queueArn]: failing,
          [functionArn]: failing,
          "a@b.c": failing,
        },
      });
      const address = { ...consumer, protocol: "email", endpoint: "a@b.c" };
      for (const { words, tone } of [
        hubState(topicArn, shown),
        queueState(consumer, shown),
        functionState(functionArn, shown),
        addressState(address, shown),
      ]) {
        expect(tone, state).to.equal("bad");
        expect(words, state).to.match(/^2 [a-z]/);
        expect(words, state).not.to.match(/idle|empty/);
      }
    }
  });

  it("names each way in which events went wrong there", () => {
    const shown = overview({ failing: { [queueArn]: { denied: 1, dropped: 3 } } });
    expect(queueState(consumer, shown)).to.deep.equal({ words: "1 denied · 3 lost", tone: "bad" });
    const topic = overview({ failing: { [topicArn]: { unreached: 1 } } });
    expect(hubState(topicArn, topic, "in 4 min").words).to.equal("1 reached nobody · in 4 min");
  });

  it("says of a queue whose messages failed what waits for the next try, once", () => {
    const queues = { [queueArn]: { ...empty, inFlight: 1, oldestAgeSeconds: 18 } };
    const failing = { [queueArn]: { failed: 1 } };
    expect(queueState(consumer, overview({ queues, failing })).words).to.equal("1 to retry · 18 s");
    const functions = { [functionArn]: { running: 1 } };
    expect(queueState(consumer, overview({ queues, failing, functions })).words).to.equal(
      "1 failed · 1 in flight · 18 s",
    );
  });

  it("says which fault breaks a function, its alias, or a delivery on purpose", () => {
    const throttle: FaultView = { id: "1", hits: 0, kind: "throttle", functionArn };
    const deny: FaultView = {
      id: "2",
      hits: 0,
      kind: "deny",
      principal: "sns.amazonaws.com",
      action: "sqs:SendMessage",
      resource: "arn:*:sqs:*:*:orders-billing",
    };
    const functions = { [functionArn]: { running: 0 }, [`${functionArn}:live`]: { running: 0 } };
    const shown = overview({ faults: [throttle, deny], functions });
    for (const arn of [functionArn, `${functionArn}:live`]) {
      expect(functionState(arn, shown)).to.deep.equal({
        words: "throttled on purpose",
        tone: "open",
      });
    }
    expect(queueState(consumer, shown)).to.deep.equal({ words: "denied on purpose", tone: "open" });
    const other = { ...consumer, queue: { arn: `${queueArn}-2`, name: "orders-billing-2" } };
    const queues = { [`${queueArn}-2`]: empty };
    expect(queueState(other, overview({ faults: [deny], queues }))).to.deep.equal({
      words: "empty",
    });
  });

  it("is quiet where nothing happens, and red where a client deleted the queue or function", () => {
    expect(functionState(functionArn, overview())).to.deep.equal({ words: "idle" });
    expect(queueState(consumer, overview())).to.deep.equal({ words: "empty" });
    const gone = overview({ queues: {}, functions: {} });
    expect(functionState(functionArn, gone)).to.deep.equal({ words: "is gone", tone: "bad" });
    expect(queueState(consumer, gone)).to.deep.equal({ words: "is gone", tone: "bad" });
  });
});
