import type { AnyProject } from "../engine/project/project.ts";
import { stacksWithFile } from "../engine/project/stackFiles.ts";

const usual = "dev";

/**
 * The stack to run when none is named: the only one that has a file, or `dev`.
 *
 * @throws Error if there are several and none is `dev`
 */
export function defaultStack(project: Pick<AnyProject, "stackDirectory" | "extension">): string {
  const stacks = stacksWithFile(project);
  const [only] = stacks;
  if (only === undefined || stacks.includes(usual)) return usual;
  if (stacks.length === 1) return only;
  throw new Error(
    `${project.stackDirectory} has several stacks: name one by --stack NAME (${stacks.join(", ")})`,
  );
}
