import { didYouMean } from "../../components/validation/nearest.ts";
import { publications } from "../../systems/examples.ts";
import { WrongUse } from "../problems.ts";
import type { MessageToSend } from "./messageFile.ts";

/** The example of that title, whatever its case. @throws WrongUse that says which there are */
export function exampleMessage(system: string, title: string): MessageToSend {
  const examples = publications[system] ?? [];
  const found = examples.find((example) => sameText(example.title, title));
  if (found === undefined) {
    const titles = examples.map((example) => example.title);
    throw new WrongUse(
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

/** What can be given as an example, for who gives nothing. */
export function examplesOf(system: string): string {
  return there((publications[system] ?? []).map(({ title }) => title));
}

function there(titles: readonly string[]): string {
  if (titles.length === 0) return "; there is none";
  return `; there is\n${titles.map((title) => `  ${title}`).join("\n")}`;
}

function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
