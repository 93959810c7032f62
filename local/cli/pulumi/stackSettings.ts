import { existsSync } from "node:fs";
import { type AnyProject, readSection } from "../../engine/project/project.ts";
import { asSection } from "../../engine/project/section.ts";
import { stackFile, stacksWithFile } from "../../engine/project/stackFiles.ts";
import { shortStackName } from "./stackChoice.ts";

/** The plain settings of a stack, by full key: enough to know its region. None without a stack or its file. */
export function settingsOf(
  project: AnyProject,
  stack: string | undefined,
): Readonly<Record<string, string>> {
  if (stack === undefined) return {};
  const file = stackFileOf(project, stack);
  const config = existsSync(file) ? asSection(readSection(file).config) : {};
  return Object.fromEntries(
    Object.entries(config).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  );
}

/** The settings that all stacks with a file agree on, for a cloud that any of them may be deployed to. */
export function agreedSettings(project: AnyProject): Readonly<Record<string, string>> {
  const [first = {}, ...others] = stacksWithFile(project).map((stack) =>
    settingsOf(project, stack),
  );
  return Object.fromEntries(
    Object.entries(first).filter(([key, value]) => others.every((other) => other[key] === value)),
  );
}

/** @param stack as the CLI takes it, possibly with organization and project */
export function stackFileOf(project: AnyProject, stack: string): string {
  return stackFile(project, shortStackName(stack));
}
