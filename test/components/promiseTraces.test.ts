import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { withoutPromiseTraces, withTraces } from "../../components/promiseTraces.ts";
import { takeUnhandledRejections } from "../../local/engine/program/unhandledRejections.ts";

/** A component whose children are created without stack traces. */
class Component extends pulumi.ComponentResource {
  constructor(create: (self: Component) => void, opts: pulumi.ComponentResourceOptions = {}) {
    super("test:index:Component", "component", {}, opts);
    withoutPromiseTraces(this, () => create(this));
    this.registerOutputs();
  }
}

const thisFile = /promiseTraces\.test\.ts:\d+:\d+/;

describe("children created without stack traces for promises", () => {
  const usualLimit = Error.stackTraceLimit;

  before(() => {
    Error.stackTraceLimit = 10;
  });
  after(() => {
    Error.stackTraceLimit = usualLimit;
  });

  it("have no stack traces while they are created, and the usual limit applies afterwards", async () => {
    const limits: number[] = [];
    await failuresOf(() => {
      new Component(() => limits.push(Error.stackTraceLimit));
    });
    expect([...limits, Error.stackTraceLimit]).to.deep.equal([0, 10]);
  });

  it("restore the usual limit when the creation throws", async () => {
    const failures = await failuresOf(() => {
      new Component(() => {
        throw new Error("no");
      });
    });
    expect(failures.map(String)).to.deep.equal(["Error: no"]);
    expect(Error.stackTraceLimit).to.equal(10);
  });

  it("show where the component was created when their registration fails", async () => {
    const failures = await failuresOf(() => {
      new Component((parent) => new aws.sqs.Queue("refused", {}, { parent }));
    }, "refused");
    expect(failures).not.to.be.empty;
    for (const failure of failures) {
      const { message, stack } = asError(failure);
      expect(message).to.match(/^failed to register new resource refused /);
      expect(stack).to.match(thisFile);
      expect(stack?.split(message)).to.have.lengthOf(2);
    }
  });

  it("show where a callback of the user throws", async () => {
    const thrower = withTraces(function transformOfUser(): never {
      throw new Error("not like this");
    });
    const failures = await failuresOf(() => {
      new Component(() => thrower());
    });
    expect(failures.map((each) => asError(each).stack ?? "")).to.satisfy((stacks: string[]) =>
      stacks.every((stack) => /at transformOfUser .*promiseTraces\.test\.ts/.test(stack)),
    );
    expect(failures).to.have.lengthOf(1);
  });

  it("keep every stack trace when the component has transformations, which are code of the user", async () => {
    const limits: number[] = [];
    await failuresOf(() => {
      new Component(() => limits.push(Error.stackTraceLimit), {
        transformations: [() => undefined],
      });
    });
    expect(limits).to.deep.equal([10]);
  });

  it("leave the message alone of errors that hide their stack", async () => {
    const failures = await failuresOf(() => {
      new Component(() => {
        const error = new pulumi.RunError("a spec is wrong");
        error.stack = error.message;
        throw error;
      });
    });
    expect(failures.map((each) => asError(each).stack)).to.deep.equal(["a spec is wrong"]);
  });
});

/** Runs a program under mocks that refuse the resource of a name. @returns each error that it ends with, once */
async function failuresOf(program: () => void, refused?: string): Promise<unknown[]> {
  const failures = new Set<unknown>();
  const giveBack = takeUnhandledRejections((reason) => failures.add(reason));
  try {
    await pulumi.runtime.setMocks({
      newResource: ({ name, inputs }) => {
        if (name === refused) throw new Error("the engine refuses it");
        return { id: name, state: inputs };
      },
      call: ({ inputs }) => inputs,
    });
    await pulumi.runtime
      .runInPulumiStack(async () => program())
      .catch((reason) => failures.add(reason));
    await pulumi.runtime.disconnect().catch((reason) => failures.add(reason));
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    giveBack();
  }
  return [...failures];
}

function asError(failure: unknown): Error {
  if (failure instanceof Error) return failure;
  throw new Error(`not an error: ${String(failure)}`);
}
