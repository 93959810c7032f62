import { setTimeout as rest } from "node:timers/promises";
import { parseArgs } from "node:util";
import { clientAlone } from "./clientAlone.ts";
import { startCollector } from "./collector.ts";
import { logOf } from "./install.ts";
import type { Load } from "./measurements.ts";
import { type Row, rowsOf } from "./rows.ts";
import { startServer } from "./servers/serverProcess.ts";
import { type Server, servers } from "./servers/servers.ts";
import { table } from "./table.ts";

const usage = `npm run bench:peers -- [options]

Measures this local cloud and others in turn, with the same client. Nothing is asserted.

  --messages N     messages of each measurement (2000)
  --rounds N       rounds, after each of which the medians so far are printed (3)
  --clients N      processes of the client (2)
  --patience S     seconds that a measurement may take before a server is given up for the round (120)
  --only NAMES     servers, separated by commas, such as fanout,ministack (all)
  --profile DIR    writes profiles of the processor time of this local cloud, for Chromium's DevTools
  --data DIR       keeps the messages of this local cloud in a file (in memory, as the others do)
`;

type Measuring = { readonly load: Load; readonly patience: number };

/** `npm run bench:peers` */
async function main(): Promise<void> {
  const options = readOptions();
  if (options === undefined) return console.log(usage);
  const { load, rounds, patience } = options;
  const chosen = await installed(options.servers);
  const alone = await clientAlone(load);
  const each = `${load.messages.toLocaleString("en")} messages of 1 KB`;
  console.log(`${each}, ${load.clients} processes of the client, ${rounds} rounds`);
  console.log(`the client alone: ${Math.round(alone).toLocaleString("en")} requests a second`);
  console.log("(in parentheses: how many times as good the first is; us: processor time of the");
  console.log("server's own process)");
  const results = new Map<string, Row[]>(chosen.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const server of chosen) {
      await measure(server, { load, patience }, results.get(server.name) ?? []);
    }
    console.log(`\nafter round ${round} of ${rounds}\n\n${table(results)}`);
  }
}

/** Leaves out, with a line that says so, what cannot be installed. */
async function installed(wanted: readonly Server[]): Promise<Server[]> {
  const found: Server[] = [];
  for (const server of wanted) {
    try {
      await server.install();
      found.push(server);
    } catch (error) {
      console.error(`${server.name} is left out, because it cannot be installed: ${error}`);
    }
  }
  return found;
}

/** Keeps the rows up to a failure, and prints it. */
async function measure(server: Server, { load, patience }: Measuring, rows: Row[]): Promise<void> {
  console.error(`${new Date().toISOString()} ${server.name}`);
  const collector = await startCollector();
  try {
    const process = await startServer({
      command: (port) => server.command(port, collector.url),
      path: server.readyPath,
      log: logOf(server.name),
    });
    try {
      const deployment = await server.deploy(process.url, collector.url);
      const measured = rowsOf({ process, deployment, collector }, load);
      for await (const row of withPatience(measured, patience)) rows.push(row);
    } finally {
      await process.close();
    }
  } catch (error) {
    console.error(`${server.name} failed:`, error);
  } finally {
    collector.close();
  }
}

/** @throws Error when a row takes longer than so many seconds */
async function* withPatience(rows: AsyncGenerator<Row>, seconds: number): AsyncGenerator<Row> {
  for (;;) {
    const next = rows.next();
    // Given up, it fails when its server ends.
    next.catch(() => {});
    const waiting = new AbortController();
    const tooLong = rest(seconds * 1000, undefined, { signal: waiting.signal }).then(() => {
      throw new Error(`a measurement took more than ${seconds} seconds`);
    });
    tooLong.catch(() => {});
    const { done, value } = await Promise.race([next, tooLong]).finally(() => waiting.abort());
    if (done === true) return;
    yield value;
  }
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      messages: { type: "string", default: "2000" },
      rounds: { type: "string", default: "3" },
      clients: { type: "string", default: "2" },
      patience: { type: "string", default: "120" },
      only: { type: "string" },
      data: { type: "string" },
      profile: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return undefined;
  const names = values.only?.split(",");
  return {
    load: { messages: Number(values.messages), clients: Number(values.clients) },
    rounds: Number(values.rounds),
    patience: Number(values.patience),
    servers: servers({ data: values.data, profile: values.profile }).filter(
      ({ name }) => names?.includes(name) ?? true,
    ),
  };
}

await main();
