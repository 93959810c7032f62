import { parseArgs } from "node:util";
import { startLocalRun } from "../../local/localRun.ts";
import { examples, systemNames } from "../../systems/index.ts";
import { program } from "./program.ts";

/** Run as a process, which is killed: every system on kept data. Prints the endpoint and the outputs as JSON. */
const { values } = parseArgs({
  options: {
    data: { type: "string", default: "" },
    ledger: { type: "string", default: "" },
    speed: { type: "string", default: "20" },
  },
});

const run = await startLocalRun({
  stack: "dev",
  systems: systemNames,
  examples,
  port: 0,
  speed: Number(values.speed),
  dataDirectory: values.data,
  program: () => program(values.ledger),
});
console.log(JSON.stringify({ url: run.url, outputs: run.outputs }));
process.once("SIGINT", () => void run.close().then(() => process.exit(0)));
