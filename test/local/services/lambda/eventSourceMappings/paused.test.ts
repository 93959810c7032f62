import { expect } from "chai";
import { functionArn, map, startMappings } from "../../../../harness/cloud/mappings.ts";
import { message } from "../../../../harness/cloud/queues.ts";

describe("the mapping of a paused function", () => {
  it("leaves messages in the queue, and delivers them when the function goes on", async () => {
    const test = startMappings();
    const { queue } = map(test);
    const { id } = test.functions.faults.add({ functionArn, kind: "pause" });
    test.queues.send(queue.arn, message("hello"));
    await test.settle();
    expect(test.invocations).to.deep.equal([]);
    expect(test.queues.counts(queue.arn)).to.include({ visible: 1, inFlight: 0 });
    test.functions.faults.remove(id);
    await test.settle();
    expect(test.invocations.map(({ bodies }) => bodies)).to.deep.equal([["hello"]]);
  });

  it("is the only one that stops", async () => {
    const test = startMappings();
    const { queue } = map(test);
    const other = test.queues.create("other");
    test.mappings.create({ functionArn: `${functionArn}2`, queueArn: other.arn });
    test.functions.faults.add({ functionArn, kind: "pause" });
    test.queues.send(queue.arn, message("paused"));
    test.queues.send(other.arn, message("goes on"));
    await test.settle();
    expect(test.invocations.map(({ bodies }) => bodies)).to.deep.equal([["goes on"]]);
  });

  it("does not start when it is created, enabled or closed meanwhile", async () => {
    const test = startMappings();
    test.functions.faults.add({ functionArn, kind: "pause" });
    const { queue, mapping } = map(test);
    test.mappings.setEnabled(mapping.uuid, false);
    test.mappings.setEnabled(mapping.uuid, true);
    test.queues.send(queue.arn, message("hello"));
    await test.settle();
    test.mappings.close();
    test.functions.faults.clear();
    await test.settle();
    expect(test.invocations).to.deep.equal([]);
  });
});
