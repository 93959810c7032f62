import type { DatabaseSync } from "node:sqlite";
import { Cloud, type CloudOptions } from "../cloud.ts";
import { type ConsoleServer, consoleServer } from "../console/consoleServer.ts";
import { type RunRecords, recordRun } from "../console/records.ts";
import { serveCloud } from "../endpoint/endpoint.ts";
import { AwsProvider } from "../provider/awsProvider.ts";
import { shuffledDelivery } from "../services/sqs/receiving/standardDelivery.ts";
import { openStore } from "../storage/store.ts";
import type { Examples } from "../systems/examples.ts";
import { SystemClock } from "../time/systemClock.ts";
import { type CloudSnapshot, takeSnapshot } from "./cloudSnapshot.ts";
import { followEndpoint } from "./followEndpoint.ts";
import { restoreStore } from "./storeCopy.ts";

export type LocalCloudOptions = Partial<
  Pick<CloudOptions, "clock" | "handlerTimer" | "limitTimer" | "onLog" | "permissions">
> & {
  readonly region: string;
  /** Port of the endpoint; 0 takes any free one. */
  readonly port: number;
  /** How many times as fast waiting goes. @default 1 */
  readonly speed?: number | undefined;
  /** Keeps queues, topics, objects, tables and functions beyond this run. @default nothing is kept */
  readonly dataDirectory?: string | undefined;
  /** Whether snapshots can be restored; the data is in memory then. @default false */
  readonly restorable?: boolean | undefined;
  /** Whether standard queues deliver out of order, and sometimes twice. @default false */
  readonly chaos?: boolean | undefined;
  /** Whether inputs and types that have their effect on AWS only are rejected. @default false */
  readonly strict?: boolean | undefined;
  /** Name of the stack in the console. @default none */
  readonly stack?: string | undefined;
  /** Offered by the console to try the program with. @default none */
  readonly examples?: Examples;
  /** Of the stack that an engine in another process deployed here, asked each time. @default none */
  readonly deployedOutputs?: (() => Readonly<Record<string, unknown>>) | undefined;
  /** What is wrong with the program as it is saved now; shown by the console. @default nothing */
  readonly problems?: () => readonly string[];
};

/** A local cloud behind its endpoint. */
export type LocalCloud = {
  /** Another one after each `restore`. */
  readonly cloud: Cloud;
  /** Of `cloud`. */
  readonly records: RunRecords;
  /** `http://127.0.0.1:4566` */
  readonly url: string;
  /** From the first call on, the services answer; before it they ask callers to try again. */
  readonly setOutputs: (outputs: Readonly<Record<string, unknown>>) => void;
  /** To be taken when nothing is under way. */
  readonly snapshot: () => Promise<CloudSnapshot>;
  /**
   * Ends what runs, and opens the cloud again with the data of the snapshot, at the same address. The
   * provider's resources are to be restored, and the outputs to be set, afterwards.
   *
   * @throws Error unless the cloud is `restorable`
   */
  readonly restore: (snapshot: CloudSnapshot) => Promise<void>;
  /** Ends every handler and every connection. */
  readonly close: () => Promise<void>;
};

/**
 * Opens a cloud with the data of an earlier run, and serves it with its console on loopback.
 *
 * @throws Error if the port is in use or the data cannot be opened
 */
export async function openLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const { strict = false } = options;
  const store = options.restorable === true ? openStore() : undefined;
  let url = "";
  let isReady = false;
  const open = () => openCloud(options, store, () => url);
  const handlers = (console: ConsoleServer) => ({
    strict,
    ready: () => isReady,
    console: console.serve,
    onFailure,
  });
  let cloud = open();
  await restoreClientFunctions(cloud);
  let records = recordRun(cloud);
  let console = consoleOf(cloud, records, options);
  try {
    const endpoint = await serveCloud(cloud, { port: options.port, ...handlers(console) });
    url = endpoint.url;
    if (options.dataDirectory !== undefined) followEndpoint(cloud.store, url);
    return {
      get cloud() {
        return cloud;
      },
      get records() {
        return records;
      },
      url,
      setOutputs: (outputs) => {
        console.setOutputs(outputs);
        if (!isReady) report(cloud.clients.functions.restoreMappings());
        isReady = true;
      },
      snapshot: () => takeSnapshot(cloud),
      restore: async (snapshot) => {
        if (store === undefined) throw new Error("this local cloud is not restorable");
        isReady = false;
        records.close();
        await cloud.close();
        restoreStore(store, snapshot.store);
        cloud = open();
        await cloud.tables.load(snapshot.tables);
        await restoreClientFunctions(cloud);
        records = recordRun(cloud);
        console = consoleOf(cloud, records, options);
        await endpoint.replace(cloud, handlers(console));
      },
      close: async () => {
        await endpoint.close();
        records.close();
        await cloud.close();
        store?.close();
      },
    };
  } catch (error) {
    records.close();
    await cloud.close();
    store?.close();
    throw error;
  }
}

/**
 * Makes what clients made by the API in earlier runs. Their mappings come after the program, whose queues and
 * functions they may concern.
 */
async function restoreClientFunctions({ clients, tables }: Cloud): Promise<void> {
  clients.roles.restore();
  report(clients.functions.restoreFunctions());
  await tables.streams.open();
}

function report(problems: readonly string[]): void {
  for (const problem of problems) console.warn(`warning: ${problem}`);
}

function openCloud(
  options: LocalCloudOptions,
  store: DatabaseSync | undefined,
  endpoint: () => string,
): Cloud {
  return new Cloud({
    ...options,
    store,
    clock:
      options.clock ?? ((activity, earliest) => new SystemClock(activity, options.speed, earliest)),
    endpoint,
    onDiskSpace: (message) => console.warn(message),
    standardDelivery: options.chaos === true ? shuffledDelivery(Math.random) : undefined,
  });
}

function consoleOf(cloud: Cloud, records: RunRecords, options: LocalCloudOptions): ConsoleServer {
  const { examples = {}, stack = "", problems = () => [] } = options;
  return consoleServer({
    cloud,
    records,
    stack,
    examples,
    modes: modesOf(options),
    problems,
    deployedOutputs: options.deployedOutputs,
    onFailure,
  });
}

function onFailure(message: string, error: unknown): void {
  console.error(message, error);
}

/**
 * Opens a cloud without a program, for engines in other processes, with everything that they made before.
 *
 * @throws Error if the port is in use or the data cannot be opened
 */
export async function openEmptyCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const local = await openLocalCloud(options);
  try {
    await new AwsProvider(local.cloud).restore();
  } catch (error) {
    await local.close();
    throw error;
  }
  local.setOutputs({});
  return local;
}

/** How the cloud differs from AWS, for its page. */
function modesOf({ speed = 1, permissions = true, chaos }: LocalCloudOptions): string[] {
  return [
    ...(speed > 1 ? [`waiting ${speed} times as fast`] : []),
    ...(permissions ? [] : ["permissions off"]),
    ...(chaos === true ? ["with chaos"] : []),
  ];
}
