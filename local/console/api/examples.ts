import type {
  Examples,
  ExampleFile as File,
  ExampleMessage as Message,
} from "../../systems/examples.ts";
import type { ExampleFile, ExampleMessage, Examples as ShownExamples } from "./types.ts";

/** What there is to try a system with; nothing for a system that has no examples. */
export function examplesOf(examples: Examples, system: string): ShownExamples {
  const { messages = [], files = [] } = Object.hasOwn(examples, system)
    ? (examples[system] ?? {})
    : {};
  return { messages: messages.map(messageOf), files: files.map(fileOf) };
}

function messageOf({
  title,
  message,
  attributes = {},
  groupId,
  poison = false,
}: Message): ExampleMessage {
  return {
    title,
    message: typeof message === "string" ? message : JSON.stringify(message, undefined, 2),
    attributes,
    ...(groupId !== undefined && { groupId }),
    poison,
  };
}

function fileOf({ title, key, contentType, body, metadata = {} }: File): ExampleFile {
  return { title, key, contentType, body: body().toString("base64"), metadata };
}
