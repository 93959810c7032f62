import { expect } from "chai";
import { once } from "../../../handlers/lib/idempotency.ts";
import { failureOf } from "../../harness/assertions/failure.ts";
import { useDatabase } from "../../harness/handlers/database.ts";
import { useEnvironment } from "../../harness/handlers/environment.ts";
import { lambdaContext } from "../../harness/handlers/handlerRun.ts";

type Order = { readonly orderId: string; readonly event: string; readonly note?: string };

describe("once", () => {
  const database = useDatabase({ idempotency: "id" });
  useEnvironment(() => ({ AWS_ENDPOINT_URL_DYNAMODB: database().url }));

  /** Work that counts itself, and fails the first `failures` times. */
  function counted(operation: string, failures = 0) {
    const done: Order[] = [];
    let left = failures;
    const work = async (order: Order) => {
      if (left-- > 0) throw new Error("slow down");
      done.push(order);
      return { number: done.length };
    };
    const options = { table: "idempotency", operation, key: "[orderId, event]" };
    return { done, doOnce: once(options, work) };
  }

  const placed = { orderId: "o-1", event: "placed" };

  it("does the work once, and gives its result again", async () => {
    const { done, doOnce } = counted("mail");
    const results = [];
    for (const order of [placed, { ...placed, note: "again" }, placed]) {
      results.push(await doOnce(order, lambdaContext()));
    }
    expect(results).to.deep.equal([{ number: 1 }, { number: 1 }, { number: 1 }]);
    expect(done).to.deep.equal([placed]);
  });

  it("does it for each key", async () => {
    const { done, doOnce } = counted("mail");
    const orders = [placed, { orderId: "o-1", event: "paid" }, { orderId: "o-2", event: "placed" }];
    for (const order of orders) await doOnce(order, lambdaContext());
    expect(done).to.deep.equal(orders);
  });

  it("keeps operations apart in one table", async () => {
    const mail = counted("mail");
    const print = counted("print");
    await mail.doOnce(placed, lambdaContext());
    await print.doOnce(placed, lambdaContext());
    expect([mail.done.length, print.done.length]).to.deep.equal([1, 1]);
    expect(await database().all("idempotency")).to.have.length(2);
  });

  it("does it again when it failed", async () => {
    const { done, doOnce } = counted("mail", 1);
    const failure = await failureOf(doOnce(placed, lambdaContext()));
    expect(failure).to.have.property("message", "slow down");
    await doOnce(placed, lambdaContext());
    expect(done).to.deep.equal([placed]);
  });

  it("does not do it while another function is at it", async () => {
    const { done, doOnce } = counted("mail");
    await doOnce(placed, lambdaContext());
    const [record] = await database().all("idempotency");
    await database().put("idempotency", {
      ...record,
      status: "INPROGRESS",
      in_progress_expiration: Date.now() + 60_000,
    });
    const failure = await failureOf(doOnce(placed, lambdaContext()));
    expect(failure.name).to.equal("IdempotencyAlreadyInProgressError");
    expect(done).to.have.length(1);
  });

  it("does it again when the function that was at it has died", async () => {
    const { done, doOnce } = counted("mail");
    await doOnce(placed, lambdaContext());
    const [record] = await database().all("idempotency");
    await database().put("idempotency", {
      ...record,
      status: "INPROGRESS",
      in_progress_expiration: Date.now() - 1,
    });
    await doOnce(placed, lambdaContext());
    expect(done).to.have.length(2);
  });

  it("remembers for 30 days", async () => {
    const { doOnce } = counted("mail");
    const now = Date.now() / 1000;
    await doOnce(placed, lambdaContext());
    const [record] = await database().all("idempotency");
    expect(record?.status).to.equal("COMPLETED");
    expect(record?.expiration).to.be.within(now + 30 * 86_400 - 1, now + 30 * 86_400 + 60);
  });

  it("refuses work without a key", async () => {
    const { done, doOnce } = counted("mail");
    const failure = await failureOf(doOnce({ orderId: "", event: "" }, lambdaContext()));
    expect(failure.cause).to.have.property("name", "IdempotencyKeyError");
    expect(done).to.deep.equal([]);
  });
});
