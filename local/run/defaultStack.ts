import { existsSync, readdirSync } from "node:fs";

const usual = "dev";

/**
 * The stack to run when none is named: the only one that has a file, or `dev`.
 *
 * @param directory where the stacks' files are
 * @throws Error if there are several and none is `dev`
 */
export function defaultStack(directory: string): string {
  const stacks = stacksIn(directory);
  const [only] = stacks;
  if (only === undefined || stacks.includes(usual)) return usual;
  if (stacks.length === 1) return only;
  throw new Error(
    `${directory} has several stacks: name one by --stack NAME (${stacks.join(", ")})`,
  );
}

function stacksIn(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .map((name) => /^Pulumi\.(.+)\.ya?ml$/.exec(name)?.[1])
    .filter((name) => name !== undefined)
    .sort();
}
