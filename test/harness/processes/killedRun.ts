/**
 * The orders and uploads on a local run that a test kills: it places an order and uploads a file, again
 * and again, and prints after each pair how many it has had accepted; 0 before it starts anything.
 *
 * Its arguments are the data directory, and the name of this run, which orders and files begin with.
 */
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { PublishCommand } from "@aws-sdk/client-sns";
import { connect } from "../../../demo/clients.ts";
import { startLocalRun } from "../../../local/localRun.ts";
import { systemOutputs, textOutput } from "../../../local/systems/stackOutputs.ts";

const [dataDirectory, name] = process.argv.slice(2);
console.log(0);
const systems = ["orders", "uploads"];
const run = await startLocalRun({ stack: "dev", systems, port: 0, dataDirectory });
const { sns, s3 } = connect(run);
const { topicArn } = systemOutputs(run.outputs, "orders");
const bucket = textOutput(systemOutputs(run.outputs, "uploads"), "bucket");
for (let count = 1; ; count++) {
  const id = `${name}-${count}`;
  const order = {
    orderId: id,
    customer: { email: `${id}@example.com` },
    items: [{ sku: "chair", quantity: 1, unitPrice: 10 }],
    event: "placed",
  };
  await sns.send(
    new PublishCommand({ TopicArn: topicArn, MessageGroupId: id, Message: JSON.stringify(order) }),
  );
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: id, Body: id }));
  console.log(count);
}
