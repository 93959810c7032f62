import { expect } from "chai";
import { Mappings } from "../../../../../local/services/lambda/eventSourceMappings/mappings.ts";
import { Queues } from "../../../../../local/services/sqs/queues.ts";
import { openStore } from "../../../../../local/storage/store.ts";
import { Activity } from "../../../../../local/time/activity.ts";
import { ManualClock } from "../../../../../local/time/manualClock.ts";
import { Trace } from "../../../../../local/trace/trace.ts";
import { allowEverything, functionOf, startLambda } from "../../../../harness/cloud/lambda.ts";
import { message } from "../../../../harness/cloud/queues.ts";

describe("a queue, its mapping, and a function in a process", () => {
  const activity = new Activity();
  const clock = new ManualClock(() => activity.idle());
  const trace = new Trace(clock);
  const store = openStore();
  const queueUrl = (name: string) => `http://127.0.0.1:4566/000000000000/${name}`;
  const queues = new Queues({ store, clock, trace, region: "eu-west-1", queueUrl });
  const { functions } = startLambda({ activity, clock, trace, store, queues });
  const mappings = new Mappings({ clock, trace, queues, functions, authorize: allowEverything });

  after(async () => {
    mappings.close();
    await functions.close();
    queues.close();
  });

  it("bring every message to its end: handled, tried again, or a dead letter", async () => {
    const dead = queues.create("dead");
    const redrive = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 3 });
    const queue = queues.create("work", { RedrivePolicy: redrive, VisibilityTimeout: "30" });
    const { arn } = functions.create(
      functionOf(`
        const failsOnce = new Set();
        export const handler = async ({ Records }) => {
          const failed = Records.filter(({ body }) => {
            if (body === "poison") return true;
            return body.startsWith("flaky") && !failsOnce.has(body) && failsOnce.add(body);
          });
          if (Records.some(({ body }) => body === "crash" )) process.exit(1);
          return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
        };`),
    );
    mappings.create({ functionArn: arn, queueArn: queue.arn, reportBatchItemFailures: true });

    for (let n = 0; n < 50; n++)
      queues.send(queue.arn, message(n % 10 === 0 ? `flaky ${n}` : String(n)));
    queues.send(queue.arn, message("poison"));
    await clock.advance(300_000);
    queues.send(queue.arn, message("crash"));
    await clock.advance(300_000);

    const handled = trace.recent().filter(({ kind }) => kind === "handled");
    expect(handled).to.have.length(50);
    expect(queues.counts(queue.arn)).to.include({ visible: 0, inFlight: 0 });
    expect(queues.peek(dead.arn, 10).map(({ body }) => body)).to.deep.equal(["poison", "crash"]);
  });
});
