import { expect } from "chai";
import { type ConsoleClient, consoleClient } from "../../../harness/runs/consoleApi.ts";
import { startTestRun, type TestRun } from "../../../harness/runs/localRun.ts";

const functionArn = "arn:aws:lambda:eu-west-1:000000000000:function:walkthrough-QueueA";

describe("faults in the console's API", () => {
  let test: TestRun;
  let api: ConsoleClient;
  before(async () => {
    test = await startTestRun(["walkthrough"]);
    api = consoleClient(test);
  });
  afterEach(() => api.post("clear-faults", {}));
  after(() => test.close());

  it("are added, listed with what they do, removed and cleared", async () => {
    const added = await api.post("add-fault", {
      kind: "error",
      function: "walkthrough-QueueA",
      times: 3,
    });
    const { id } = added.body as { id: string };
    await api.post("add-fault", { kind: "pause", function: functionArn });
    await api.post("add-fault", { kind: "deny", action: "sqs:*", resource: "arn:*:one" });
    const { body } = await api.get("faults");
    expect(body).to.have.lengthOf(3);
    expect(body).to.deep.include.members([
      {
        id,
        kind: "error",
        functionArn,
        errorType: "InjectedFault",
        errorMessage: "injected failure",
        preventExecution: true,
        times: 3,
        hits: 0,
      },
      { id: "denial-1", kind: "deny", action: "sqs:*", resource: "arn:*:one", hits: 0 },
    ]);
    expect(await api.post("remove-fault", { id })).to.deep.equal({ status: 200, body: {} });
    expect((await api.get("faults")).body).to.have.lengthOf(2);
    await api.post("clear-faults", {});
    expect((await api.get("faults")).body).to.deep.equal([]);
  });

  it("are rejected for unknown functions, kinds and members, and when nothing is named", async () => {
    for (const body of [
      { kind: "error", function: "nobody" },
      { kind: "explode", function: functionArn },
      { kind: "error", function: functionArn, times: 0 },
      { kind: "delay", function: functionArn, seconds: 0 },
      { kind: "throttle", function: functionArn, colour: "red" },
      { kind: "deny", action: "sqs:*" },
    ]) {
      const { status } = await api.post("add-fault", body);
      expect(status, JSON.stringify(body)).to.be.within(400, 404);
    }
    expect((await api.get("faults")).body).to.deep.equal([]);
  });

  it("are changed by a POST with a JSON body only, which no page of another site can send", async () => {
    const form = { "content-type": "application/x-www-form-urlencoded" };
    expect((await api.get("clear-faults")).status).to.equal(405);
    expect((await api.post("clear-faults", {}, form)).status).to.equal(415);
  });
});
