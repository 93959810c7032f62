import { Cloud, type CloudOptions } from "../cloud.ts";
import { consoleServer } from "../console/consoleServer.ts";
import { fullDisk } from "../diskSpace.ts";
import { serveCloud } from "../endpoint.ts";
import type { Examples } from "../examples.ts";
import { AwsProvider } from "../provider/awsProvider.ts";
import { shuffledDelivery } from "../services/sqs/receiving/standardDelivery.ts";
import { SystemClock } from "../time/systemClock.ts";
import { followEndpoint } from "./followEndpoint.ts";

export type LocalCloudOptions = Partial<
  Pick<CloudOptions, "clock" | "handlerTimer" | "onLog" | "permissions">
> & {
  readonly region: string;
  /** Port of the endpoint; 0 takes any free one. */
  readonly port: number;
  /** How many times as fast waiting goes. @default 1 */
  readonly speed?: number | undefined;
  /** Keeps queues, topics, objects, tables and functions beyond this run. @default nothing is kept */
  readonly dataDirectory?: string | undefined;
  /** Whether standard queues deliver out of order, and sometimes twice. @default false */
  readonly chaos?: boolean | undefined;
  /** Whether inputs and types that have their effect on AWS only are rejected. @default false */
  readonly strict?: boolean | undefined;
  /** Name of the stack in the console. @default none */
  readonly stack?: string | undefined;
  /** Offered by the console to try the program with. @default none */
  readonly examples?: Examples;
  /** What is wrong with the program as it is saved now; shown by the console. @default nothing */
  readonly problems?: () => readonly string[];
};

/** A local cloud behind its endpoint. */
export type LocalCloud = {
  readonly cloud: Cloud;
  /** `http://127.0.0.1:4566` */
  readonly url: string;
  /** From the first call on, the services answer; before it they ask callers to try again. */
  readonly setOutputs: (outputs: Readonly<Record<string, unknown>>) => void;
  /** Ends every handler and every connection. */
  readonly close: () => Promise<void>;
};

/**
 * Opens a cloud with the data of an earlier run, and serves it with its console on loopback.
 *
 * @throws Error if the port is in use or the data cannot be opened
 */
export async function openLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const { examples = {}, stack = "", problems = () => [], strict = false } = options;
  let url = "";
  let isReady = false;
  const cloud = new Cloud({
    ...options,
    clock:
      options.clock ?? ((activity, earliest) => new SystemClock(activity, options.speed, earliest)),
    endpoint: () => url,
    onDiskSpace: (isLow) => console.warn(diskSpaceLine(options.dataDirectory ?? "", isLow)),
    standardDelivery: options.chaos === true ? shuffledDelivery(Math.random) : undefined,
  });
  const onFailure = (message: string, error: unknown) => console.error(message, error);
  try {
    const modes = modesOf(options);
    const console = consoleServer({ cloud, stack, examples, modes, problems, onFailure });
    const endpoint = await serveCloud(cloud, {
      port: options.port,
      strict,
      ready: () => isReady,
      console: console.serve,
      onFailure,
    });
    url = endpoint.url;
    if (cloud.persistent) followEndpoint(cloud.store, url);
    const close = async () => {
      await endpoint.close();
      await cloud.close();
    };
    const setOutputs: LocalCloud["setOutputs"] = (outputs) => {
      console.setOutputs(outputs);
      isReady = true;
    };
    return { cloud, url, setOutputs, close };
  } catch (error) {
    await cloud.close();
    throw error;
  }
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

function diskSpaceLine(directory: string, isLow: boolean): string {
  return isLow
    ? `${fullDisk(directory)}.`
    : `The disk of the data directory "${directory}" has room again: everything is accepted.`;
}

/** How the cloud differs from AWS, for its page. */
function modesOf({ speed = 1, permissions = true, chaos }: LocalCloudOptions): string[] {
  return [
    ...(speed > 1 ? [`waiting ${speed} times as fast`] : []),
    ...(permissions ? [] : ["permissions off"]),
    ...(chaos === true ? ["with chaos"] : []),
  ];
}
