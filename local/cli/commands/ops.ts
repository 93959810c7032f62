import { ops } from "../../../ops/ops.ts";
import { processTerminal } from "../../../ops/terminal.ts";

/**
 * `fanout ops`
 *
 * @returns the exit code
 */
export function operate(argv: readonly string[]): Promise<number> {
  return ops(argv, processTerminal(), { call: "fanout ops" });
}

/** `fanout explain` */
export function explain(argv: readonly string[]): Promise<number> {
  return ops(["explain", ...argv], processTerminal(), { call: "fanout" });
}
