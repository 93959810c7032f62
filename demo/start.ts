import { start } from "../local/cli/commands/start.ts";
import { examples, systemNames } from "../systems/index.ts";

/** `npm start`: this repository's program on the local cloud, until Ctrl-C. */
start(process.argv.slice(2), {
  call: "npm start --",
  systems: systemNames,
  systemsSetting: "fanout:systems",
  examples,
}).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
