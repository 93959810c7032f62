import { expect } from "chai";
import { Cloud } from "../../../local/cloud.ts";
import type { AccessRequest, Principal } from "../../../local/protocol/access.ts";
import { ManualClock } from "../../../local/time/manualClock.ts";
import type { Step } from "../../../local/trace/hop.ts";
import { withRefusedCalls } from "../../../local/trace/refusedCalls.ts";

const role = "arn:aws:iam::000000000000:role/worker";
const queue = "arn:aws:sqs:eu-west-1:000000000000:work";
const table = "arn:aws:dynamodb:eu-west-1:000000000000:table/sums";
const byRole: Principal = { kind: "role", arn: role };

describe("a call that is refused", () => {
  let cloud: Cloud;
  let worker: string;
  let authorize: ReturnType<typeof withRefusedCalls>;
  beforeEach(() => {
    const endpoint = () => "http://127.0.0.1:4566";
    cloud = new Cloud({ region: "eu-west-1", clock: () => new ManualClock(), endpoint });
    worker = cloud.functions.create({
      name: "worker",
      handler: "index.handler",
      files: { "index.mjs": "export const handler = () => {};" },
      runtime: "nodejs24.x",
      roleArn: role,
    }).arn;
    const refuse = (_request: AccessRequest) => ({ allowed: false, reason: "no" }) as const;
    authorize = withRefusedCalls({ ...cloud, authorize: refuse });
  });
  afterEach(() => cloud.close());

  function record(event: string, from: string, step: Step): void {
    cloud.trace.record(event, from, worker, step);
  }

  const invoked = (requestId: string): Step => ({ kind: "invoked", requestId, batchSize: 1 });

  function call(principal: Principal = byRole) {
    const before = cloud.trace.recent().length;
    const request = { principal, action: "dynamodb:PutItem", resource: table, context: {} };
    expect(authorize(request)).to.deep.equal({ allowed: false, reason: "no" });
    return cloud.trace.recent().slice(before);
  }

  it("is a step of every event that the role's functions have at work, on the branch of its queue", () => {
    record("done", queue, invoked("request-1"));
    record("done", queue, { kind: "handled", requestId: "request-1", milliseconds: 1 });
    record("one", queue, invoked("request-2"));
    record("two", queue, invoked("request-2"));
    const said = call().map(({ time, sequence, ...hop }) => hop);
    const refused = { from: worker, to: table, kind: "refused", reason: "no", branch: queue };
    expect(said).to.deep.equal([
      { ...refused, event: "one" },
      { ...refused, event: "two" },
    ]);
  });

  it("is on the function's own branch when the event came without a queue", () => {
    record("one", "arn:aws:sns:eu-west-1:000000000000:news", invoked("request-1"));
    expect(call()).to.have.lengthOf(1);
    expect(call()[0]).to.include({ kind: "refused", branch: worker });
  });

  it("is an event of its own when nothing is at work that could be the reason", () => {
    record("one", queue, invoked("request-1"));
    record("one", queue, { kind: "failed", requestId: "request-1", reason: "crash" });
    const [only, ...others] = call();
    expect(others).to.deep.equal([]);
    expect(only).to.include({ kind: "denied", from: role, to: table, reason: "no" });
    expect(only?.event).not.to.equal("one");
  });

  it("is not said of the account's owner, who is told", () => {
    expect(call({ kind: "account", account: "000000000000" })).to.deep.equal([]);
  });
});
