import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { arnParts } from "../../aws/arn.ts";
import { ownerCredentials } from "../../local/protocol/authentication/ownerCredentials.ts";
import { parseStackOutputs } from "../../local/systems/stackOutputs.ts";
import type { Arguments } from "../arguments.ts";
import { messageOf, OpsError, UsageError } from "../errors.ts";
import { Clients } from "./clients.ts";
import { reasonIn } from "./localApi.ts";
import { readLocalSystems } from "./localSystems.ts";
import { readSystems, Stack, type System } from "./stack.ts";

const defaultPort = 4566;

/** Opens the stack that the command line names. @default the local run on port 4566 */
export async function openStack(given: Arguments): Promise<Stack> {
  const port = given.wholeNumber("port", { min: 1, max: 65_535 });
  const stack = given.text("stack");
  const file = given.text("outputs");
  const named = [port, stack, file].filter((each) => each !== undefined);
  if (named.length > 1) {
    throw new UsageError("give only one of --port, --stack and --outputs: each names a stack");
  }
  const region = given.text("region");
  if (stack !== undefined) return deployed(await stackOutputs(stack), `stack ${stack}`, region);
  if (file !== undefined) return deployed(await fileOutputs(file), file, region);
  return localRun(`http://127.0.0.1:${port ?? defaultPort}`, region);
}

function deployed(outputs: unknown, from: string, region: string | undefined): Stack {
  const systems = readSystems(outputs, from);
  return new Stack({ systems, clients: new Clients({ region: region ?? regionOf(systems) }) });
}

async function localRun(url: string, region: string | undefined): Promise<Stack> {
  const outputs = await localOutputs(url);
  const clientsIn = (ownRegion: string) =>
    new Clients({
      region: region ?? ownRegion,
      endpoint: url,
      credentials: ownerCredentials,
    });
  if (parseStackOutputs(outputs).success) {
    const systems = readSystems(outputs, `the local run at ${url}`);
    return new Stack({ systems, clients: clientsIn(regionOf(systems)), localUrl: url });
  }
  const local = await readLocalSystems(url);
  return new Stack({ ...local, clients: clientsIn(local.region), localUrl: url });
}

async function localOutputs(url: string): Promise<unknown> {
  const response = await fetch(`${url}/_fanout/outputs`).catch((cause: unknown) => {
    throw new OpsError(
      `there is no local run at ${url}; start one by fanout start, or name a deployed stack by --stack NAME`,
      { cause },
    );
  });
  const text = await response.text();
  if (!response.ok) {
    throw new OpsError(`${url}: ${reasonIn(text) ?? `status ${response.status}: ${text.trim()}`}`);
  }
  return parseJson(text, url);
}

async function fileOutputs(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new OpsError(`${file} cannot be read: ${messageOf(cause)}`, { cause });
  });
  return parseJson(text, file);
}

async function stackOutputs(stack: string): Promise<unknown> {
  const command = ["stack", "output", "--json", "--stack", stack];
  try {
    const { stdout } = await promisify(execFile)("pulumi", command);
    return parseJson(stdout, `pulumi ${command.join(" ")}`);
  } catch (cause) {
    if (cause instanceof OpsError) throw cause;
    const missing = messageOf(cause).includes("ENOENT");
    const reason = missing ? "there is no pulumi on the PATH" : messageOf(cause).trim();
    throw new OpsError(`the outputs of stack ${stack} cannot be read: ${reason}`, { cause });
  }
}

/** All topics of a program are in one region. */
function regionOf(systems: readonly System[]): string {
  const [first] = systems;
  return first?.topicArn === undefined ? "us-east-1" : arnParts(first.topicArn).region;
}

function parseJson(text: string, from: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new OpsError(`${from} is not JSON: ${messageOf(cause)}`, { cause });
  }
}
