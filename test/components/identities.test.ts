import * as aws from "@pulumi/aws";
import { expect } from "chai";
import * as fc from "fast-check";
import { childName } from "../../components/childNames.ts";
import { FanoutTopic, UploadBucket } from "../../components/index.ts";
import { sidParts } from "../../components/policyDocument.ts";
import { hangMilliseconds } from "../harness/assertions/hang.ts";
import { brokenLimits } from "../harness/programs/awsLimits.ts";
import { namesOf, resource } from "../harness/programs/graph.ts";
import { problemsOf } from "../harness/programs/problems.ts";
import { type ProgramRun, type RunOptions, runProgram } from "../harness/programs/program.ts";

const queueType = "aws:sqs/queue:Queue";

/** Names that are prefixes of each other, or differ in dashes, case and digits only. */
const name = fc
  .array(fc.constantFrom("a", "A", "b", "1", "-", "_", "-dlq", "-failed", "eu"), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join(""));

const bucketName = name.map((text) =>
  `b${text.replaceAll("_", "-")}`.replace(/-+$/, "1").toLowerCase(),
);

const topics = fc.uniqueArray(
  fc.record({
    name,
    consumers: fc.uniqueArray(name, { minLength: 1, maxLength: 3 }),
    /** Whether the topic has its name in AWS, without a suffix of Pulumi's. */
    hasOwnName: fc.boolean(),
    options: fc.record({
      alarms: fc.boolean(),
      deliveryLogging: fc.boolean(),
      encryption: fc.constantFrom("none" as const, "kms" as const),
    }),
  }),
  { minLength: 1, maxLength: 4, selector: (topic) => topic.name },
);

type Topics = typeof topics extends fc.Arbitrary<infer T> ? T : never;

/** Creates all topics, of which the first has the buckets as sources, and grants both rights to every role. */
function create(specs: Topics, buckets: readonly string[], roles: readonly string[]): object {
  const sources = buckets.map((bucket) => ({ bucket: new UploadBucket(bucket) }));
  const granted = roles.map((role) => new aws.iam.Role(role, { assumeRolePolicy: "{}" }));
  specs.forEach(({ name: topic, consumers, hasOwnName, options }, index) => {
    const fanout = new FanoutTopic(topic, {
      consumers: consumers.map((consumer) => ({ name: consumer })),
      ...options,
      ...(index === 0 && { sources }),
      ...(hasOwnName && { transform: { topic: (args) => ({ ...args, name: topic }) } }),
    });
    for (const role of granted) {
      fanout.grantPublish(role);
      for (const consumer of consumers) fanout.grantConsume(consumer, role);
    }
  });
  return {};
}

describe("the names of components and their consumers, buckets and roles", () => {
  it("never make the same URN, Sid or queue", async () => {
    let deployed = 0;
    const few = { maxLength: 3 };
    await fc.assert(
      fc.asyncProperty(
        topics,
        fc.uniqueArray(bucketName, few),
        fc.uniqueArray(name, few),
        async (specs, buckets, roles) => {
          const run = await acceptedRun(() => create(specs, buckets, roles));
          if (run === undefined) return;
          deployed += 1;
          expect(brokenLimits(run.registrations)).to.deep.equal([]);
        },
      ),
      { numRuns: 60, interruptAfterTimeLimit: hangMilliseconds, markInterruptAsFailure: true },
    );
    expect(deployed).to.be.greaterThan(20);
  });

  it("are joined without collision", () => {
    void fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(name, name), { selector: String, maxLength: 20 }),
        (pairs) => {
          const joined = pairs.map(([owner, child]) => childName(owner, child));
          expect(new Set(joined).size).to.equal(pairs.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("are parts of Sids that differ as they do", () => {
    void fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 20 }), (names) => {
        const parts = sidParts(names);
        expect(new Set(parts).size).to.equal(names.length);
        for (const part of parts) expect(part).to.match(/^[A-Za-z0-9]*$/);
      }),
    );
    expect(sidParts(["img-1", "img1", "films"])).to.deep.equal([
      "Img1c2a64047",
      "Img1d7bdd545",
      "Films",
    ]);
  });
});

/** Undefined for names that the rules reject. */
async function acceptedRun(
  program: () => object,
  options?: RunOptions,
): Promise<ProgramRun<object> | undefined> {
  try {
    return await runProgram(program, options);
  } catch (error) {
    if (/would be named|must be|may have/.test(String(error))) return undefined;
    throw error;
  }
}

describe("consumers of topics whose names are prefixes of each other", () => {
  const both = () =>
    runProgram(() => {
      new FanoutTopic("orders", { consumers: [{ name: "eu-billing" }] });
      return new FanoutTopic("orders-eu", { consumers: [{ name: "billing" }] });
    });

  it("have queues of their own", async () => {
    const run = await both();
    expect(namesOf(run, queueType)).to.deep.equal([
      "orders-eu--billing",
      "orders-eu--billing-dlq",
      "orders-eu-billing",
      "orders-eu-billing-dlq",
    ]);
    expect(brokenLimits(run.registrations)).to.deep.equal([]);
  });

  it("keep the resources of their former names, unless another consumer has these", async () => {
    const alone = await runProgram(
      () => new FanoutTopic("orders", { consumers: [{ name: "eu-billing" }] }),
    );
    const type = "fanout:index:QueueConsumer";
    expect(resource(alone, type, "orders-eu--billing").formerNames).to.deep.equal([
      "orders-eu-billing",
    ]);
    expect(resource(await both(), type, "orders-eu--billing").formerNames).to.deep.equal([
      "orders-eu--billing",
    ]);
  });
});

describe("queues of an existing topic", () => {
  const existingTopicArn = "arn:aws:sns:eu-west-1:333333333333:news";
  const queuesOf = async (options: RunOptions, component = "news") => {
    const run = await runProgram(
      () => new FanoutTopic(component, { existingTopicArn, consumers: [{ name: "search" }] }),
      options,
    );
    return run.registrations
      .filter(({ type }) => type === queueType)
      .map(({ inputs }) => inputs.name);
  };

  it("have names of their own in each stack and for each component", async () => {
    const names = [
      ...(await queuesOf({ stack: "dev" })),
      ...(await queuesOf({ stack: "prod" })),
      ...(await queuesOf({ stack: "dev" }, "other")),
    ];
    expect(names).to.have.lengthOf(6);
    expect(new Set(names).size).to.equal(6);
    for (const each of names) expect(each).to.match(/^news-search(-dlq)?-[0-9a-f]{7}$/);
  });

  it("have the same names at every deployment, and in a preview", async () => {
    const deployed = await queuesOf({ stack: "dev" });
    expect(await queuesOf({ stack: "dev" })).to.deep.equal(deployed);
    expect(await queuesOf({ stack: "dev", preview: true })).to.deep.equal(deployed);
  });
});

describe("a topic's name", () => {
  const consumers = [
    { name: "a", kind: "sms" as const, endpoint: "+4915112345678", subscriptionDeadLetter: false },
  ];
  const rejected = (length: number, more: object) =>
    problemsOf({ consumers, ...more }, "t".repeat(length));

  it("leaves room for the names of alarms and of the policy for traces", () => {
    expect(rejected(227, { alarms: true })).to.deep.equal([]);
    expect(rejected(228, { alarms: true })).to.deep.equal([
      `error: the name of the alarm "${"t".repeat(228)}-redriven-deliveries" would have 256 characters; AWS allows 255: shorten the topic's or the consumer's name`,
    ]);
    expect(rejected(112, { tracing: true })).to.deep.equal([]);
    expect(rejected(113, { tracing: true })).to.deep.equal([
      `error: the name of the policy "${"t".repeat(113)}-tracing" would have 129 characters; AWS allows 128: shorten the topic's or the consumer's name`,
    ]);
  });

  it("names a dashboard that no other stack or project has, whatever the stack's name", async () => {
    const nameIn = async (stack: string) => {
      const run = await runProgram(() => new FanoutTopic("news", { consumers, dashboard: true }), {
        stack,
      });
      return String(
        resource(run, "aws:cloudwatch/dashboard:Dashboard", "news").inputs.dashboardName,
      );
    };
    const names = [await nameIn("dev"), await nameIn("prod"), await nameIn("feature.x")];
    expect(new Set(names).size).to.equal(3);
    for (const each of names) expect(each).to.match(/^[A-Za-z0-9_-]{1,255}$/);
  });
});
