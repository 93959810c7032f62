import type { Publication, SampleFile } from "../../../systems/example.ts";
import { files, publications } from "../../../systems/examples.ts";
import type { ExampleFile, ExampleMessage, Examples } from "./shapes.ts";

/** What there is to try a system with; nothing for a system that nobody has written examples for. */
export function examplesOf(system: string): Examples {
  const known = <T>(bySystem: Readonly<Record<string, readonly T[]>>) =>
    Object.hasOwn(bySystem, system) ? (bySystem[system] ?? []) : [];
  return { messages: known(publications).map(messageOf), files: known(files).map(fileOf) };
}

function messageOf({ title, message, attributes = {}, groupId }: Publication): ExampleMessage {
  return {
    title,
    message: typeof message === "string" ? message : JSON.stringify(message, undefined, 2),
    attributes,
    ...(groupId !== undefined && { groupId }),
  };
}

function fileOf({ title, key, contentType, body, metadata = {} }: SampleFile): ExampleFile {
  return { title, key, contentType, body: body.toString("base64"), metadata };
}
