import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import type { AnyProject } from "../../engine/project/project.ts";
import { defaultStack } from "../../run/defaultStack.ts";

/**
 * The stack that a command without `--stack` means: the only one of the local state, or the project's default
 * when there is none yet. With several, the CLI knows which one is selected.
 *
 * @param state folder of the local backend
 */
export function impliedStack(state: string, project: AnyProject): string | undefined {
  const [only, ...others] = stacksIn(state, project);
  if (only === undefined) return defaultStack(project);
  return others.length === 0 ? only : undefined;
}

/** @param stack as the CLI takes it, possibly with organization and project */
export function hasStack(state: string, project: AnyProject, stack: string): boolean {
  return stacksIn(state, project).includes(shortStackName(stack));
}

/** `dev` of `organization/shop/dev`. */
export function shortStackName(stack: string): string {
  return stack.slice(stack.lastIndexOf("/") + 1);
}

/** The backend keeps a stack's state in `.pulumi/stacks/PROJECT/STACK.json`. */
function stacksIn(state: string, { name }: AnyProject): string[] {
  const folder = path.join(state, ".pulumi", "stacks", name);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((file) => /^(.+)\.json(\.gz)?$/.exec(file)?.[1])
    .filter((stack) => stack !== undefined);
}
