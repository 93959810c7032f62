import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { type AnyProject, readSection } from "../../engine/program/project.ts";
import { asSection } from "../../engine/program/section.ts";
import { shortStackName } from "./stackChoice.ts";

/** The plain settings of a stack, by full key: enough to know its region. None without a stack or its file. */
export function settingsOf(
  project: AnyProject,
  stack: string | undefined,
): Readonly<Record<string, string>> {
  if (stack === undefined) return {};
  const file = stackFile(project, stack);
  const config = existsSync(file) ? asSection(readSection(file).config) : {};
  return Object.fromEntries(
    Object.entries(config).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  );
}

/** The settings that all stacks with a file agree on, for a cloud that any of them may be deployed to. */
export function agreedSettings(project: AnyProject): Readonly<Record<string, string>> {
  const { stackDirectory } = project;
  if (!existsSync(stackDirectory)) return {};
  const [first = {}, ...others] = readdirSync(stackDirectory)
    .flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [])
    .map((stack) => settingsOf(project, stack));
  return Object.fromEntries(
    Object.entries(first).filter(([key, value]) => others.every((other) => other[key] === value)),
  );
}

export function stackFile({ stackDirectory }: AnyProject, stack: string): string {
  return path.join(stackDirectory, `Pulumi.${shortStackName(stack)}.yaml`);
}
