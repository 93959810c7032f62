import { enableCompileCache } from "node:module";

// What is loaded from here on starts faster the next time.
enableCompileCache();
const [{ start }, { examples, systemNames }] = await Promise.all([
  import("../local/cli/commands/start.ts"),
  import("../systems/index.ts"),
]);

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
