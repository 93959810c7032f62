import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import type { AnyProject } from "./project.ts";

type StackFolder = Pick<AnyProject, "stackDirectory" | "extension">;

/** The file of a stack, which need not exist: `Pulumi.dev.yaml`. */
export function stackFile({ stackDirectory, extension }: StackFolder, stack: string): string {
  return path.join(stackDirectory, `Pulumi.${stack}${extension}`);
}

/** The stacks that have a file, sorted. */
export function stacksWithFile({ stackDirectory, extension }: StackFolder): string[] {
  if (!existsSync(stackDirectory)) return [];
  const prefix = "Pulumi.";
  return readdirSync(stackDirectory)
    .filter((name) => name.startsWith(prefix) && name.endsWith(extension))
    .map((name) => name.slice(prefix.length, -extension.length))
    .filter((stack) => stack !== "")
    .sort();
}
