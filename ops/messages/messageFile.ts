import { readFile } from "node:fs/promises";
import type { MessageAttributeValue } from "@aws-sdk/client-sns";
import * as v from "valibot";
import { messageOf, OpsError } from "../errors.ts";
import type { Terminal } from "../terminal.ts";

/** A message to publish, or to explain. */
export type MessageToSend = {
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  readonly subject?: string | undefined;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
};

const attributeSchema = v.union([
  v.pipe(
    v.string(),
    v.transform((text) => ({ DataType: "String", StringValue: text })),
  ),
  v.pipe(
    v.number(),
    v.transform((number) => ({ DataType: "Number", StringValue: String(number) })),
  ),
  v.pipe(
    v.array(v.nullable(v.union([v.string(), v.number(), v.boolean()]))),
    v.transform((list) => ({ DataType: "String.Array", StringValue: JSON.stringify(list) })),
  ),
]);

const schema = v.strictObject({
  message: v.unknown(),
  attributes: v.optional(v.record(v.string(), attributeSchema), {}),
  subject: v.optional(v.string()),
  groupId: v.optional(v.string()),
  deduplicationId: v.optional(v.string()),
});

const members = Object.keys(schema.entries);

/** The format of message files, for the help. */
export const messageFileHelp = `FILE is the message itself, or JSON with attributes and a group:
  { "message": {...} or "text", "attributes": { "kind": "a", "size": 3, "tags": ["x", "y"] },
    "subject": "...", "groupId": "...", "deduplicationId": "..." }`;

/** @param file or `-` for the standard input */
export async function readMessageFile(file: string, terminal: Terminal): Promise<MessageToSend> {
  const text = file === "-" ? await terminal.readInput() : await read(file);
  return parseMessage(text, file);
}

async function read(file: string): Promise<string> {
  return readFile(file, "utf8").catch((cause: unknown) => {
    throw new OpsError(`${file} cannot be read: ${messageOf(cause)}`, { cause });
  });
}

/** An object that has `message` and only the known members describes a message; anything else is the message. */
function parseMessage(text: string, file: string): MessageToSend {
  const body = text.replace(/\r?\n$/, "");
  const document = parseJson(body);
  const keys = Object.keys(document ?? {});
  const isDescription = keys.includes("message") && keys.every((key) => members.includes(key));
  if (!isDescription) return { body, attributes: {} };
  const result = v.safeParse(schema, document);
  if (!result.success) {
    const [issue] = result.issues;
    throw new OpsError(`${file}: ${v.getDotPath(issue)}: ${issue.message}`);
  }
  const { message, ...others } = result.output;
  return { ...others, body: typeof message === "string" ? message : JSON.stringify(message) };
}

function parseJson(text: string): object | undefined {
  try {
    const document: unknown = JSON.parse(text);
    return typeof document === "object" && document !== null ? document : undefined;
  } catch {
    // A message need not be JSON.
    return undefined;
  }
}
