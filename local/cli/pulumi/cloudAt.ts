import * as v from "valibot";
import { identityPath } from "../../endpoint/endpoint.ts";
import { openEmptyCloud } from "../../run/localCloud.ts";
import { errorCode } from "../../storage/errorCode.ts";

/** A local cloud that engines in other processes can deploy to. */
export type ServedCloud = {
  readonly url: string;
  readonly region: string;
  /** Whether it was running before, and goes on. */
  readonly wasRunning: boolean;
  /** Port of the AWS provider for a program in this directory. */
  readonly providerPort: (directory: string) => Promise<number>;
  readonly close: () => Promise<void>;
};

export type CloudAtOptions = {
  readonly port: number;
  /** Of a cloud that has to be started. @throws Error if its data is of another one */
  readonly region: () => string;
  /** Where a cloud that has to be started keeps its data. */
  readonly dataDirectory: string;
  /** Of the stack that was deployed to it last. */
  readonly deployedOutputs: () => Readonly<Record<string, unknown>>;
};

const identity = v.looseObject({ name: v.literal("fanout"), region: v.string() });
const providerAnswer = v.object({ port: v.number() });

/**
 * The local cloud at the port: the one that answers there, or a new one in this process.
 *
 * @throws Error if something else answers at the port
 */
export async function cloudAt(options: CloudAtOptions): Promise<ServedCloud> {
  const url = `http://127.0.0.1:${options.port}`;
  const region = await regionAt(url);
  if (region !== undefined) {
    return { ...served(url), region, wasRunning: true, close: async () => {} };
  }
  const started = options.region();
  const local = await openEmptyCloud({ ...options, region: started });
  return { ...served(local.url), region: started, wasRunning: false, close: local.close };
}

/** Of the local cloud that answers there; undefined when nothing does. */
async function regionAt(url: string): Promise<string | undefined> {
  const response = await fetch(`${url}${identityPath}`).catch((error: unknown) => {
    const cause = error instanceof Error ? error.cause : undefined;
    if (errorCode(cause) === "ECONNREFUSED") return undefined;
    throw somethingElse(url, error);
  });
  if (response === undefined) return undefined;
  const parsed = v.safeParse(identity, await response.json().catch(() => undefined));
  if (parsed.success) return parsed.output.region;
  throw somethingElse(url, `HTTP status ${response.status}`);
}

function somethingElse(url: string, cause: unknown): Error {
  return new Error(
    `what answers at ${url} is not a local cloud (${cause}): choose another port, fanout pulumi --port N`,
  );
}

function served(url: string): Pick<ServedCloud, "url" | "providerPort"> {
  return {
    url,
    providerPort: async (directory) => {
      const response = await fetch(`${url}/_fanout/provider`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ directory }),
      });
      if (!response.ok) throw new Error(`${url} serves no provider: ${await response.text()}`);
      return v.parse(providerAnswer, await response.json()).port;
    },
  };
}
