import { type Install, sharedInstall } from "./sharedInstall.ts";

/** What users test their programs with, at the versions of today. */
const runners = {
  "@oven/bun-linux-x64": "1.4.5",
  jest: "30.5.2",
  mocha: "12.0.3",
  pnpm: "12.21.0",
  "ts-jest": "29.4.15",
  "ts-node": "10.9.2",
  vitest: "5.1.2",
  yarn: "1.22.22",
};

/** Both packages, installed beside test runners and package managers. */
export function matrixInstall(): Promise<Install> {
  return sharedInstall(runners);
}

/** A project in a folder of a workspace, with a handler that uses the helpers. */
export const infra = {
  "infra/Pulumi.yaml": "name: infra\nruntime: nodejs\n",
  "infra/package.json": '{ "name": "infra", "version": "1.0.0", "main": "index.ts" }',
  "infra/handlers/billing.ts": `
import { handleBatch } from "@pulumi-fanout/fanout/handlers";
export const handler = handleBatch(async ({ body }) => ({ outcome: body }));
`,
  "infra/index.ts": `
import { FanoutTopic } from "@pulumi-fanout/fanout";
export const topic = new FanoutTopic("orders", {
  consumers: [
    { name: "billing", handler: "handlers/billing.ts" },
    { name: "audit", filter: { kind: ["sale"] } },
  ],
});
`,
};

/** A unit test as Pulumi documents them. `imports` brings describe, it and before. */
export const documentedTest = (imports: string) => `
${imports}
import * as pulumi from "@pulumi/pulumi";

pulumi.runtime.setMocks({
  newResource: (args: pulumi.runtime.MockResourceArgs): { id: string; state: any } => ({
    id: args.inputs.name + "_id",
    state: args.inputs,
  }),
  call: (args: pulumi.runtime.MockCallArgs) => args.inputs,
});

describe("infra", () => {
  let infra: typeof import("../index");
  before(async () => {
    infra = await import("../index");
  });
  it("leaves six times the function's timeout to its messages", () =>
    new Promise<void>((resolve, reject) => {
      pulumi.all([infra.topic.consumers["billing"]!.queue!.visibilityTimeoutSeconds]).apply(([seconds]) => {
        if (seconds === 180) resolve();
        else reject(new Error(String(seconds)));
      });
    }));
});
`;

/** A unit test with the mocks and descriptions of the package. */
export const describedTest = (imports: string) => `
${imports}
import * as pulumi from "@pulumi/pulumi";
import { PermanentError } from "@pulumi-fanout/fanout/handlers";
import { fanoutMocks, fanoutOf, receiversOf } from "@pulumi-fanout/fanout/testing";
import { handler } from "../handlers/billing";

describe("the fan-out", () => {
  it("delivers sales to both consumers", async () => {
    await pulumi.runtime.setMocks(fanoutMocks());
    const { topic } = await import("../index");
    const { consumers } = await fanoutOf(topic);
    const receivers = await receiversOf(topic, { attributes: { kind: "sale" } });
    const found = [consumers["billing"]?.queue?.name, ...receivers].join();
    if (found !== "orders-1a2b3c4-billing,billing,audit") throw new Error(found);
    if (typeof handler !== "function" || !(new PermanentError("no") instanceof Error)) {
      throw new Error("the helpers of handlers are missing");
    }
  });
});
`;
