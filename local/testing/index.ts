import type * as pulumi from "@pulumi/pulumi";
import type { Require } from "../engine/program/sdk.ts";
import type { InlineProgram, TestCloudOptions } from "./api/options.ts";
import type { TestCloud } from "./api/testCloud.ts";
import { requireSupportedNode } from "./nodeVersion.ts";

export type { Hop, Step } from "../trace/hop.ts";
export type * from "./api/faults.ts";
export type * from "./api/observations.ts";
export type * from "./api/options.ts";
export type * from "./api/testCloud.ts";

/**
 * Starts a local cloud in this process, and runs a Pulumi program on it: a function, or the program of a folder.
 * Resolves when the program has run and everything that it set off has settled. Several may run at once.
 *
 * @example
 * const cloud = await startTestCloud({ directory: "infrastructure" });
 * await cloud.client(SNSClient).send(new PublishCommand({ TopicArn, Message: "{}" }));
 * await cloud.settled();
 *
 * @throws Error with what `pulumi up` would print, or when no cloud can be opened
 */
export async function startTestCloud<Outputs>(
  options: TestCloudOptions & InlineProgram<Outputs>,
): Promise<TestCloud<pulumi.Unwrap<Outputs>>>;
export async function startTestCloud<Outputs = Readonly<Record<string, unknown>>>(
  options?: TestCloudOptions,
): Promise<TestCloud<Outputs>>;
export async function startTestCloud(
  options: TestCloudOptions & Partial<InlineProgram<unknown>> = {},
  load?: Require,
): Promise<unknown> {
  requireSupportedNode();
  const { openTestCloud } = await import("./openTestCloud.ts");
  return openTestCloud(options, load);
}
