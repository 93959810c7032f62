import { CreateQueueCommand, DeleteQueueCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { startTestRun, type TestRun } from "../../harness/runs/localRun.ts";
import { runOps } from "../../harness/runs/ops.ts";
import { publishTo } from "../../harness/runs/publishing.ts";

const systems = ["orders", "system-alerts"];

describe("ops status", () => {
  let test: TestRun;
  before(async () => {
    test = await startTestRun(systems);
    const { inventory } = test.system("orders").consumers;
    await test.clients.sqs.send(
      new SendMessageCommand({
        QueueUrl: inventory?.deadLetterQueueUrl,
        MessageBody: "x",
        MessageGroupId: "g",
      }),
    );
    await test.clock.advance(239_000);
  });
  after(() => test.close());

  it("shows the messages in each queue of a system, and marks queues that do not drain on their own", async () => {
    expect(await runOps(test, ["status", "orders"])).to.deep.equal({
      code: 0,
      notes: "",
      output: `orders  arn:aws:sns:eu-west-1:000000000000:orders.fifo  3 subscriptions
  QUEUE                    VISIBLE  IN FLIGHT  DELAYED  OLDEST
  orders/billing                 0          0        0       -
  orders/billing/dlq             0          0        0       -
  orders/inventory               0          0        0       -
  orders/inventory/dlq           1          0        0   3 min  !
  orders/notification            0          0        0       -
  orders/notification/dlq        0          0        0       -`,
    });
  });

  it("names what clients made and the program has not", async () => {
    const { output: before } = await runOps(test, ["status"]);
    expect(before).not.to.contain("not from the program");
    const { QueueUrl } = await test.clients.sqs.send(new CreateQueueCommand({ QueueName: "copy" }));
    const { output } = await runOps(test, ["status"]);
    expect(output.split("\n")).to.include("not from the program  queue copy");
    await test.clients.sqs.send(new DeleteQueueCommand({ QueueUrl }));
  });

  it("fits a terminal, with a name that is too long on a line of its own", async () => {
    for (const columns of [80, 60]) {
      const { output } = await runOps(test, ["status"], { columns: () => columns });
      expect(output.split("\n").filter((line) => line.length > columns)).to.deep.equal([]);
    }
    const { output } = await runOps(test, ["status", "orders"], { columns: () => 60 });
    expect(output.split("\n").slice(0, 7)).to.deep.equal([
      "orders  3 subscriptions",
      "  arn:aws:sns:eu-west-1:000000000000:orders.fifo",
      "  QUEUE               VISIBLE  IN FLIGHT  DELAYED  OLDEST",
      "  orders/billing            0          0        0       -",
      "  orders/billing/dlq        0          0        0       -",
      "  orders/inventory          0          0        0       -",
      "  orders/inventory/dlq",
    ]);
  });

  it("colours the marked queues on a terminal", async () => {
    const { output } = await runOps(test, ["status", "orders"], { colours: true });
    expect(output.split("\n").filter((line) => line.includes("\u001b[31m"))).to.have.lengthOf(1);
  });

  it("shows queues that the outputs do not name: for undelivered messages, and for failures of a function", async () => {
    const { output } = await runOps(test, ["status", "system-alerts", "--json"]);
    const { systems } = JSON.parse(output);
    expect(systems).to.have.lengthOf(1);
    const names = systems[0].queues.map(({ name, role }: { name: string; role: string }) => [
      name,
      role,
    ]);
    expect(names).to.deep.include.members([
      ["system-alerts/log/undelivered", "undelivered"],
      ["system-alerts/log/failures", "failures"],
    ]);
  });

  it("shows all systems, with --json in one line", async () => {
    const { output } = await runOps(test, ["status", "--json"]);
    expect(output.split("\n")).to.have.lengthOf(1);
    const report = JSON.parse(output);
    expect(report.systems.map(({ name }: { name: string }) => name)).to.deep.equal(systems);
    expect(report.systems[0].queues[3]).to.deep.equal({
      name: "orders/inventory/dlq",
      role: "deadLetters",
      url: test.system("orders").consumers.inventory?.deadLetterQueueUrl,
      visible: 1,
      inFlight: 0,
      delayed: 0,
      oldestAgeSeconds: 239,
    });
  });

  it("suggests the nearest name for an unknown system", async () => {
    expect(await runOps(test, ["status", "ordres"])).to.deep.equal({
      code: 2,
      output: "",
      notes: 'there is no system "ordres"; did you mean "orders"?',
    });
    expect((await runOps(test, ["status", "x"])).notes).to.equal(
      'there is no system "x"; available: orders, system-alerts',
    );
  });

  it("names at the end what needs a look, and how many events fail", async () => {
    const { output } = await runOps(test, ["status"]);
    expect(output.split("\n").at(-1)).to.equal("needs a look  orders/inventory/dlq (1)");
    await publishTo(test, "orders", { message: "no order", groupId: "g" });
    await test.clock.advance(1000);
    expect((await runOps(test, ["status"])).output.split("\n").slice(-2)).to.deep.equal([
      "needs a look  orders/inventory/dlq (1)",
      "failing  1 event; the command failures says why",
    ]);
    const { output: json } = await runOps(test, ["status", "--json"]);
    expect(JSON.parse(json).failing).to.equal(1);
  });

  it("shows the other queues when one was deleted, names it, and fails", async () => {
    const gone = test.system("orders").consumers.billing;
    await test.clients.sqs.send(new DeleteQueueCommand({ QueueUrl: gone?.deadLetterQueueUrl }));
    const { code, output, notes } = await runOps(test, ["status"]);
    expect(code).to.equal(1);
    expect(notes).to.equal(
      "orders/billing: QueueDoesNotExist: The specified queue does not exist.",
    );
    expect(output).to.match(/^ {2}orders\/inventory\/dlq +1 /m);
    expect(output).to.match(/^ {2}system-alerts\/log\/failures +0 /m);
    expect(output).not.to.include("orders/billing");
  });
});
