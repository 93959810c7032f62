import { expect } from "chai";
import { ManualHandlerTimer } from "../../../harness/cloud/handlerTimers.ts";
import { functionOf, payloadOf, startLambda } from "../../../harness/cloud/lambda.ts";
import { awaitConnections, connecting } from "../../../harness/processes/connections.ts";

const tellingWhen = `
  export const handler = async (event) => {
    const begun = performance.timeOrigin + performance.now();
    await new Promise((resolve) => setTimeout(resolve, event.milliseconds));
    return { begun, ended: performance.timeOrigin + performance.now() };
  };`;

type Span = { begun: number; ended: number };

describe("a function with reserved concurrency", () => {
  const { functions } = startLambda();
  after(() => functions.close());

  it("throttles what goes beyond it, and only while it does", async () => {
    const definition = functionOf(tellingWhen, { reservedConcurrency: 2 });
    const { arn } = functions.create(definition);
    const invoke = () => functions.invoke(arn, '{"milliseconds":20}');

    const results = await Promise.all([invoke(), invoke(), invoke()]);
    const later = await invoke();

    expect(results.map(({ outcome }) => outcome)).to.deep.equal([
      "succeeded",
      "succeeded",
      "throttled",
    ]);
    expect(later.outcome).to.equal("succeeded");
  });

  it("of none is throttled always, and never starts", async () => {
    const definition = functionOf(tellingWhen, { name: "stopped", reservedConcurrency: 0 });
    const { arn } = functions.create(definition);
    const started: string[] = [];

    const result = await functions.invoke(arn, "{}", { onStart: (id) => started.push(id) });

    expect(result.outcome).to.equal("throttled");
    expect(started).to.deep.equal([]);
  });
});

describe("the machine's limit", () => {
  it("makes invocations wait, not fail", async () => {
    const { functions } = startLambda({ machineLimit: 1 });
    const { arn } = functions.create(functionOf(tellingWhen));
    const invoke = async () =>
      payloadOf(await functions.invoke(arn, '{"milliseconds":10}')) as Span;

    const spans = await Promise.all([invoke(), invoke(), invoke()]);

    const [first, second, third] = spans.toSorted((a, b) => a.begun - b.begun);
    expect(second?.begun).to.be.at.least(first?.ended ?? Number.NaN);
    expect(third?.begun).to.be.at.least(second?.ended ?? Number.NaN);
    await functions.close();
  });

  it("gives way to handlers that wait for one another", async () => {
    const connections = await awaitConnections();
    const patience = new ManualHandlerTimer();
    const { functions } = startLambda({ machineLimit: 1, handlerTimer: patience.timer });
    const outer = functions.create(
      functionOf(
        `${connecting(connections.port)}
        export const handler = async () => void (await once(await connected(), "end"));`,
        { name: "outer" },
      ),
    );
    const inner = functions.create(
      functionOf("export const handler = async () => 'done';", { name: "inner" }),
    );

    const waiting = functions.invoke(outer.arn, "{}");
    const connection = await connections.next();
    const inside = functions.invoke(inner.arn, "{}");
    await patience.expire(1);
    const meanwhile = await inside;
    await connection.end();

    expect(payloadOf(meanwhile)).to.equal("done");
    expect(payloadOf(await waiting)).to.equal(null);
    await functions.close();
    await connections.close();
  });
});
