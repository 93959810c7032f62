import { examples } from "../systems/index.ts";
import { ops } from "./ops.ts";
import { processTerminal } from "./terminal.ts";

/** `npm run ops -- COMMAND`, with the examples of this repository's systems. */
process.exit(
  await ops(process.argv.slice(2), processTerminal(), { call: "npm run ops --", examples }),
);
