import type { LocalRun } from "../localRun.ts";
import type { StartOptions } from "../options.ts";

/** What `npm start` says when everything is up. */
export function welcome(run: LocalRun, options: StartOptions): string {
  return [
    `Fanout's local cloud is at ${run.url} (stack ${options.stack}, region ${run.cloud.region}${pace(options)})`,
    "",
    ...systems(run),
    ...notes(run),
    ...(options.permissions === false
      ? ["Permissions are off: what AWS would deny works here.", ""]
      : []),
    "To try it, from another terminal:",
    ...tries(run).map((line) => `  ${line}`),
    "",
    "Events as they happen; Ctrl-C ends.",
  ].join("\n");
}

function pace({ speed = 1, dataDirectory, chaos }: StartOptions): string {
  return [
    speed > 1 ? `, waiting ${speed} times as fast` : "",
    dataDirectory === undefined ? "" : `, kept in ${dataDirectory}`,
    chaos ? ", with chaos" : "",
  ].join("");
}

type Outputs = Readonly<Record<string, unknown>>;

function systems({ outputs }: LocalRun): string[] {
  return Object.entries(asRecord(outputs.systems)).flatMap(([name, system]) => {
    const { consumers, ...others } = asRecord(system);
    return [
      name,
      ...Object.entries(others).map(([key, value]) => `  ${key.padEnd(16)} ${String(value)}`),
      `  ${"consumers".padEnd(16)} ${Object.keys(asRecord(consumers)).join(", ")}`,
      "",
    ];
  });
}

function notes({ cloud }: LocalRun): string[] {
  const said = cloud.notes();
  return said.length === 0 ? [] : ["On AWS only:", ...said.map((note) => `  ${note}`), ""];
}

/** Lines for the AWS CLI that fit what runs. */
function tries({ url, cloud, outputs }: LocalRun): string[] {
  const all = Object.values(asRecord(outputs.systems)).map(asRecord);
  const bucket = all.find((system) => typeof system.bucket === "string")?.bucket;
  const topic = all.find((system) => String(system.topicArn).endsWith(".fifo")) ?? all[0];
  const consumers = all.flatMap((system) =>
    Object.values(asRecord(system.consumers)).map(asRecord),
  );
  const deadLetters = consumers.find((consumer) => consumer.deadLetterQueueUrl)?.deadLetterQueueUrl;
  return [
    `export AWS_ENDPOINT_URL=${url} AWS_REGION=${cloud.region} AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local`,
    ...(bucket ? [`aws --endpoint-url ${url} s3 cp README.md s3://${bucket}/`] : []),
    ...(topic ? [publish(url, String(topic.topicArn))] : []),
    ...(deadLetters
      ? [`aws --endpoint-url ${url} sqs receive-message --queue-url ${deadLetters}`]
      : []),
  ];
}

function publish(url: string, topicArn: string): string {
  const fifo = topicArn.endsWith(".fifo");
  const message = JSON.stringify({
    orderId: "o-1",
    customer: { email: "ada@example.com" },
    items: [{ sku: "chair", quantity: 2, unitPrice: 49.9 }],
    event: "placed",
  });
  const group = fifo ? " --message-group-id o-1" : "";
  return `aws --endpoint-url ${url} sns publish --topic-arn ${topicArn}${group} --message '${message}'`;
}

function asRecord(value: unknown): Outputs {
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value))
    : {};
}
