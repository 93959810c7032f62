import { didYouMean } from "../../aws/nearest.ts";
import type { Examples } from "../../local/systems/examples.ts";
import { UsageError } from "../errors.ts";
import type { MessageToSend } from "./messageFile.ts";

/** The example with that title, ignoring case. @throws UsageError that lists the examples */
export function exampleMessage(examples: Examples, system: string, title: string): MessageToSend {
  const { messages = [] } = examples[system] ?? {};
  const found = messages.find((example) => sameText(example.title, title));
  if (found === undefined) {
    const titles = messages.map((example) => example.title);
    throw new UsageError(
      `${system} has no example "${title}"${didYouMean(title, titles) || there(titles)}`,
    );
  }
  const { message, attributes = {}, groupId } = found;
  return {
    body: typeof message === "string" ? message : JSON.stringify(message),
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([name, text]) => [
        name,
        { DataType: "String", StringValue: text },
      ]),
    ),
    groupId,
  };
}

/** The titles of a system's examples, for the error when no message is given. */
export function listExamples(examples: Examples, system: string): string {
  const { messages = [] } = examples[system] ?? {};
  return there(messages.map(({ title }) => title));
}

function there(titles: readonly string[]): string {
  if (titles.length === 0) return "; it has no examples";
  return `; its examples are\n${titles.map((title) => `  ${title}`).join("\n")}`;
}

function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
