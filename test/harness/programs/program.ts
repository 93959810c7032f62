import * as pulumi from "@pulumi/pulumi";
import type {
  ReadResourceRequest,
  RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb.js";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import { takeUnhandledRejections } from "../../../local/unhandledRejections.ts";
import { existingResource, mockedResource, ownAccount } from "./mockedResource.ts";
import { type Registration, registrationOf } from "./registration.ts";

export type ProgramRun<T> = {
  readonly registrations: readonly Registration[];
  /** The types of existing resources that it reads. */
  readonly reads: readonly string[];
  readonly outputs: T;
  /** The warnings in Pulumi's log. */
  readonly warnings: readonly string[];
};

export type RunOptions = {
  /** Pulumi's configuration, with full keys, and JSON for what is not a text. @default {} */
  readonly config?: Readonly<Record<string, string>>;
  /** @default "dev" */
  readonly stack?: string;
  /** As `pulumi preview`: what AWS would decide is unknown. @default false */
  readonly preview?: boolean;
};

/**
 * Runs a program under Pulumi's mocks, with outputs like AWS's, and says what it registered. Mocks prove
 * nothing about AWS: they take duplicate URNs, wrong names and wrong ranges.
 */
export async function runProgram<T>(
  program: () => T | Promise<T>,
  options: RunOptions = {},
): Promise<ProgramRun<T>> {
  const { config = {}, stack = "dev", preview = false } = options;
  const monitor = new RecordingMonitor(preview);
  const warnings: string[] = [];
  const { warn } = console;
  // Without an engine, Pulumi's log prints its warnings.
  console.warn = (line: unknown) => warnings.push(String(line));
  const limit = Error.stackTraceLimit;
  // Pulumi takes a stack trace for each resource, which would be most of a test's time.
  Error.stackTraceLimit = 0;
  try {
    await pulumi.runtime.setMocks(monitor.mocks, "fanout", stack, preview, "organization");
    pulumi.runtime.setMockOptions(monitor, "fanout", stack, preview, "organization");
    pulumi.runtime.setAllConfig({ ...config });
    const result: { outputs?: T } = {};
    await failingWithOutputs(async () => {
      try {
        await pulumi.runtime.runInPulumiStack(async () => {
          result.outputs = await program();
        });
      } finally {
        await pulumi.runtime.disconnect();
      }
    });
    if (result.outputs === undefined) throw new Error("the program returned nothing");
    const { registrations, reads } = monitor;
    return { registrations, reads, outputs: result.outputs, warnings };
  } finally {
    console.warn = warn;
    Error.stackTraceLimit = limit;
  }
}

/** A failing Output shows only as an unhandled rejection, with which the run fails. */
async function failingWithOutputs(run: () => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  const giveBack = takeUnhandledRejections((reason) => failures.push(reason));
  try {
    await run().catch((reason) => failures.unshift(reason));
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    giveBack();
  }
  if (failures.length > 0) throw failures[0];
}

type Callback = Parameters<MockMonitor["registerResource"]>[1];

/** Also notes the parents, dependencies and protection, of which Pulumi's mocks are told nothing. */
class RecordingMonitor extends MockMonitor {
  readonly registrations: Registration[] = [];
  readonly reads: string[] = [];

  constructor(preview: boolean) {
    super({
      newResource: ({ type, name, inputs, id }) =>
        id ? existingResource(type, id) : mockedResource(type, name, inputs, preview),
      call: ({ token }) => {
        if (token === "aws:index/getCallerIdentity:getCallerIdentity")
          return { accountId: ownAccount };
        throw new Error(`the program calls ${token}; it is meant to need no lookups`);
      },
    });
  }

  override async readResource(request: ReadResourceRequest, callback: Callback) {
    this.reads.push(request.getType());
    await super.readResource(request, callback);
  }

  override async registerResource(request: RegisterResourceRequest, callback: Callback) {
    await super.registerResource(request, (error, response) => {
      if (response !== undefined) {
        const registration = registrationOf(
          request,
          { project: pulumi.getProject(), stack: pulumi.getStack() },
          { id: response.getId(), state: response.getObject()?.toJavaScript() ?? {} },
        );
        response.setUrn(registration.urn);
        this.registrations.push(registration);
      }
      callback(error, response);
    });
  }

  /** Pulumi's mocks look the resource up by their own form of URN. */
  override registerResourceOutputs(_request: unknown, callback: Callback): void {
    callback(null, {});
  }
}
