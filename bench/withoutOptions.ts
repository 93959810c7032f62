import { parseArgs } from "node:util";

/**
 * Prints what a benchmark without options does and ends the process, for `--help`.
 *
 * @throws Error for any other argument
 */
export function withoutOptions(usage: string): void {
  const { values } = parseArgs({ options: { help: { type: "boolean", default: false } } });
  if (!values.help) return;
  console.log(usage);
  process.exit();
}
