import { expect } from "chai";
import { MachineLimit } from "../../../../../local/services/lambda/environments/machineLimit.ts";

describe("the machine's limit", () => {
  it("lets functions take turns, and each function's invocations in their order", async () => {
    const limit = new MachineLimit(1);
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
    const limit = new MachineLimit(1);
    const leaveFirst = await limit.enter("a");
    const leaveSecond = await limit.enter("b");
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
