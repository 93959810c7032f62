import type { ExampleMessage, Examples } from "../systems/examples.ts";

/** A system's outputs, by name. */
type Outputs = Readonly<Record<string, unknown>>;

/** Where the local cloud is, and what runs on it. */
export type Running = {
  readonly url: string;
  readonly region: string;
  readonly systems: ReadonlyMap<string, Outputs>;
  readonly examples: Examples;
};

/** Addresses for a browser: the console, and the sites of the systems that run. */
export function pagesOf({ url, systems }: Running): string[] {
  const sites = [...systems].flatMap(([name, outputs]) =>
    typeof outputs.url === "string" ? [[outputs.url, `the site of ${name}`]] : [],
  );
  const pages = [[`${url}/`, "what runs, and what happens to each event"], ...sites];
  const width = Math.max(...pages.map(([address = ""]) => address.length));
  return pages.map(([address = "", text]) => `${address.padEnd(width)}  ${text}`);
}

/** Lines for the AWS CLI that fit what runs: a file into a bucket, a message to a topic, a look at dead letters. */
export function commandsFor({ url, region, systems, examples }: Running): string[] {
  const outputs = [...systems.values()];
  const bucket = outputs.find((system) => typeof system.bucket === "string")?.bucket;
  const deadLetters = outputs
    .flatMap((system) => Object.values(asRecord(system.consumers)).map(asRecord))
    .find((consumer) => consumer.deadLetterQueueUrl)?.deadLetterQueueUrl;
  const aws = `aws --endpoint-url ${url}`;
  // The AWS CLI's first version, and boto3, go by AWS_DEFAULT_REGION only.
  const regions = `AWS_REGION=${region} AWS_DEFAULT_REGION=${region}`;
  return [
    `export AWS_ENDPOINT_URL=${url} ${regions} AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local`,
    ...(bucket ? [`${aws} s3 cp README.md s3://${bucket}/`] : []),
    ...publishing(aws, systems, examples),
    ...(deadLetters ? [`${aws} sqs receive-message --queue-url ${deadLetters}`] : []),
  ];
}

/** The first example of the first system that has one. */
function publishing(aws: string, systems: Running["systems"], examples: Examples): string[] {
  for (const [name, { topicArn }] of systems) {
    const example = examples[name]?.messages?.[0];
    if (example !== undefined) {
      return [`${aws} sns publish --topic-arn ${topicArn}${flagsFor(example)}`];
    }
  }
  return [];
}

function flagsFor({ message, attributes = {}, groupId }: ExampleMessage): string {
  const typed = Object.entries(attributes).map(([name, value]) => [
    name,
    { DataType: "String", StringValue: value },
  ]);
  const text = typeof message === "string" ? message : JSON.stringify(message);
  return [
    groupId === undefined ? "" : ` --message-group-id ${quoted(groupId)}`,
    typed.length === 0
      ? ""
      : ` --message-attributes ${quoted(JSON.stringify(Object.fromEntries(typed)))}`,
    ` --message ${quoted(text)}`,
  ].join("");
}

/** As one word of a shell's command line. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

export function asRecord(value: unknown): Outputs {
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value))
    : {};
}
