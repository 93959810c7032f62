import { expect } from "chai";
import { MachineLimit } from "../../../../../local/services/lambda/environments/machineLimit.ts";
import { ManualHandlerTimer, untimed } from "../../../../harness/cloud/handlerTimers.ts";

describe("the machine's limit", () => {
  it("lets functions take turns, and each function's invocations in their order", async () => {
    const limit = new MachineLimit(1, untimed);
    const order: string[] = [];
    const enter = async (functionArn: string, invocation: string) => {
      const leave = await limit.enter(functionArn);
      order.push(invocation);
      setImmediate(leave);
    };

    await Promise.all([
      enter("a", "a1"),
      enter("a", "a2"),
      enter("a", "a3"),
      enter("b", "b1"),
      enter("c", "c1"),
      enter("b", "b2"),
    ]);

    expect(order).to.deep.equal(["a1", "a2", "b1", "c1", "a3", "b2"]);
  });

  it("is back to its number once the place that it opened in need is free", async () => {
    const patience = new ManualHandlerTimer();
    const limit = new MachineLimit(1, patience.timer);
    const leaveFirst = await limit.enter("a");
    const second = limit.enter("b");
    await patience.expire(1);
    const leaveSecond = await second;
    let entered = false;
    const third = limit.enter("c").then((leave) => {
      entered = true;
      return leave;
    });

    leaveFirst();
    await new Promise((resolve) => setImmediate(resolve));
    expect(entered).to.equal(false);

    leaveSecond();
    (await third)();
  });
});
