import { inspect } from "node:util";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import rpc from "@pulumi/pulumi/runtime/rpc.js";
import { expect } from "chai";
import {
  withoutPropertyPromises,
  withPropertyPromises,
} from "../../components/propertyPromises.ts";
import { takeUnhandledRejections } from "../../local/engine/program/unhandledRejections.ts";

/** Every test of behaviour runs for both: what is expected is what Pulumi's own Outputs do. */
const creations = [
  { kind: "created at once", creating: <T>(create: () => T): T => create() },
  { kind: "created on first use", creating: withoutPropertyPromises },
];

describe("the runtime's function that transfers properties", () => {
  const usual = rpc.transferProperties;

  afterEach(() => Reflect.set(rpc, "transferProperties", usual));

  it("is replaced while resources are created: the installed SDK has the known function", () => {
    expect(withoutPropertyPromises(() => rpc.transferProperties)).not.to.equal(usual);
    expect(rpc.transferProperties).to.equal(usual);
  });

  it("is restored when the creation throws", () => {
    const throwing = () =>
      withoutPropertyPromises(() => {
        throw new Error("no");
      });
    expect(throwing).to.throw("no");
    expect(rpc.transferProperties).to.equal(usual);
  });

  it("is the usual one for code of the user", () => {
    const seen = withoutPropertyPromises(() => {
      const replacement = rpc.transferProperties;
      const ofUser = withPropertyPromises(() => rpc.transferProperties);
      return { ofUser, afterwards: rpc.transferProperties === replacement };
    });
    expect(seen).to.deep.equal({ ofUser: usual, afterwards: true });
  });

  it("is not replaced in an SDK that has another", () => {
    const other: typeof usual = (...args) => usual(...args);
    Reflect.set(rpc, "transferProperties", other);
    expect(withoutPropertyPromises(() => rpc.transferProperties)).to.equal(other);
    expect(withPropertyPromises(() => rpc.transferProperties)).to.equal(other);
  });
});

for (const { kind, creating } of creations) {
  describe(`the Output of a property, ${kind}`, () => {
    for (const [when, settled] of [
      ["before", false],
      ["after", true],
    ] as const) {
      it(`has value, secrecy and dependencies, if used ${when} its resource is registered`, async () => {
        const { queue } = await run(() => ({ queue: creating(createQueue) }), { settled });
        expect(await factsOf(queue.arn)).to.deep.equal({ value: "arn:queue", secret: false });
        expect(await factsOf(queue.policy)).to.deep.equal({ value: "confidential", secret: true });
        expect(await factsOf(queue.kmsMasterKeyId)).to.deep.equal({
          value: undefined,
          secret: false,
        });
        expect(await dependencies(queue.arn)).to.deep.equal([queue]);
        expect(queue.arn).to.equal(queue.arn);
      });
    }

    it("is applied, combined, interpolated and accessed like a value", async () => {
      const { queue } = await run(() => ({ queue: creating(createQueue) }));
      const { arn, tags } = queue;
      const derived = {
        applied: arn.apply((text) => text.length),
        combined: pulumi.all([arn, queue.policy]).apply((texts) => texts.join()),
        interpolated: pulumi.interpolate`<${arn}>`,
        lifted: tags.apply((known) => known?.team),
        accessed: Reflect.get(tags, "team"),
        nested: pulumi.output({ in: [arn] }),
      };
      expect(await factsOf(pulumi.unsecret(pulumi.output(derived)))).to.deep.equal({
        value: {
          applied: 9,
          combined: "arn:queue,confidential",
          interpolated: "<arn:queue>",
          lifted: "payments",
          accessed: "payments",
          nested: { in: ["arn:queue"] },
        },
        secret: false,
      });
      expect((await factsOf(derived.combined)).secret).to.equal(true);
    });

    it("is an Output to everything that looks at it", async () => {
      const { queue } = await run(() => ({ queue: creating(createQueue) }));
      const { arn } = queue;
      expect(pulumi.Output.isInstance(arn)).to.equal(true);
      expect(pulumi.Resource.isInstance(arn)).to.equal(false);
      expect(arn).to.be.instanceOf(pulumi.Output);
      expect(Object.getPrototypeOf(arn)).to.equal(Object.getPrototypeOf(pulumi.output(1)));
      expect(Reflect.ownKeys(arn)).to.deep.equal(Reflect.ownKeys(pulumi.output(1)));
      expect("promise" in arn).to.equal(true);
      expect(Reflect.get(arn, "then")).to.equal(undefined);
      expect(`${arn}`).to.match(/^Calling \[toString\] on an \[Output<T>\] is not supported/);
      expect(JSON.stringify({ arn })).to.match(/Calling \[toJSON\] on an \[Output<T>\]/);
      expect(inspect(arn)).to.match(/^OutputImpl \{/);
    });

    it("takes other members, as from a library that replaces them in tests", async () => {
      const { queue } = await run(() => ({ queue: creating(createQueue) }));
      const replacement = () => pulumi.output("replaced");
      Reflect.set(queue.arn, "apply", replacement);
      expect(queue.arn.apply).to.equal(replacement);
      Reflect.deleteProperty(queue.arn, "apply");
      expect(await factsOf(queue.arn.apply((arn) => arn))).to.include({ value: "arn:queue" });
      Reflect.defineProperty(queue.arn, "apply", { value: replacement, configurable: true });
      expect(Object.getOwnPropertyDescriptor(queue.arn, "apply")?.value).to.equal(replacement);
    });

    it("is unknown in a preview unless it is an input, and is not applied", async () => {
      const applied: unknown[] = [];
      const { queue, next } = await run(
        () => {
          const queue = creating(createQueue);
          queue.url.apply((url) => applied.push(url));
          const next = new aws.sqs.Queue("next", { name: queue.url });
          return { queue, next };
        },
        { preview: true },
      );
      expect(await isKnown(queue.url)).to.equal(false);
      expect(await isKnown(next.name)).to.equal(false);
      expect(await isKnown(queue.visibilityTimeoutSeconds)).to.equal(true);
      expect(applied).to.deep.equal([]);
    });

    it("is an input of another resource, also through apply", async () => {
      const received: unknown[] = [];
      const { next } = await run(() => {
        const queue = creating(createQueue);
        const input = queue.arn.apply((arn) => {
          received.push(arn);
          return arn;
        });
        return { next: new aws.sqs.Queue("next", { name: input }, { dependsOn: [queue] }) };
      });
      expect(received).to.deep.equal(["arn:queue"]);
      expect(await factsOf(next.name)).to.include({ value: "arn:queue" });
    });

    it("is captured by a serialized function as its value", async () => {
      const { queue } = await run(() => ({ queue: creating(createQueue) }));
      const { text } = await pulumi.runtime.serializeFunction(() => queue.arn.get());
      expect(text).to.include('__queue_arn.value = "arn:queue";');
      expect(text).to.include("__queue.arn = __queue_arn;");
    });

    it("belongs to the enumerable properties of its resource, in the usual order", async () => {
      const { queue } = await run(() => ({ queue: creating(createQueue) }));
      const { queue: usual } = await run(() => ({ queue: createQueue() }));
      expect(Object.keys(queue)).to.deep.equal(Object.keys(usual));
      expect(Object.keys(queue)).to.include.members([
        "arn",
        "id",
        "urn",
        "visibilityTimeoutSeconds",
      ]);
    });

    it("fails with the error of its resource, which is reported if no property is used", async () => {
      const { result, failures } = await failing(() => creating(createQueue));
      expect(failures.map(String)).to.deep.equal([refusal]);
      expect(result).to.be.instanceOf(aws.sqs.Queue);
    });

    it("fails with the error of its resource, before and after the failure", async () => {
      const seen: unknown[] = [];
      const { result, failures } = await failing(() => {
        const queue = creating(createQueue);
        const recovered = pulumi.recover(queue.arn, (error) => {
          seen.push(error);
          return "recovered";
        });
        return { queue, recovered };
      });
      expect(failures.map(String)).to.deep.equal([refusal]);
      expect(seen).to.deep.equal(failures);
      expect(await factsOf(result.recovered)).to.include({ value: "recovered" });
      const late = pulumi.recover(result.queue.policy, (error) => String(error));
      expect(await factsOf(late)).to.include({ value: refusal });
    });
  });
}

const refusal = "Error: failed to register new resource queue [aws:sqs/queue:Queue]: refused";

function createQueue(): aws.sqs.Queue {
  return new aws.sqs.Queue("queue", {
    visibilityTimeoutSeconds: 30,
    policy: pulumi.secret("confidential"),
    tags: { team: "payments" },
  });
}

/** Runs a program under mocks. @returns its result when all resources are registered, or at once */
async function run<T>(
  program: () => T,
  { settled = true, preview = false, refuse = false } = {},
): Promise<T> {
  await pulumi.runtime.setMocks(
    {
      newResource: ({ name, inputs }) => {
        if (refuse) throw new Error("refused");
        return { id: name, state: preview ? inputs : { ...inputs, arn: `arn:${name}` } };
      },
      call: ({ inputs }) => inputs,
    },
    "project",
    "stack",
    preview,
  );
  const result = program();
  if (settled) await pulumi.runtime.disconnect();
  return result;
}

/** Runs a program whose resource is refused. @returns its result, and each error that is not handled, once */
async function failing<T>(program: () => T): Promise<{ result: T; failures: unknown[] }> {
  const failures = new Set<unknown>();
  const giveBack = takeUnhandledRejections((reason) => failures.add(reason));
  try {
    const result = await run(program, { settled: false, refuse: true });
    await pulumi.runtime.disconnect().catch((reason) => failures.add(reason));
    await new Promise((resolve) => setImmediate(resolve));
    return { result, failures: [...failures] };
  } finally {
    giveBack();
  }
}

async function factsOf(
  output: pulumi.Output<unknown>,
): Promise<{ value: unknown; secret: boolean }> {
  const value = await new Promise((resolve) => output.apply(resolve));
  return { value, secret: await pulumi.isSecret(output) };
}

/** Not in Pulumi's declarations. */
async function isKnown(output: pulumi.Output<unknown>): Promise<unknown> {
  return await Reflect.get(output, "isKnown");
}

/** Not in Pulumi's declarations. */
async function dependencies(output: pulumi.Output<unknown>): Promise<unknown[]> {
  return [...(await Reflect.get(output, "allResources")())];
}
