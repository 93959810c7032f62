import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { mockedResource } from "./mockedResource.ts";

/** One resource as a program registered it. */
export type Registration = {
  /** With the whole chain of parents' types, as the engine makes it. */
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** URN of the parent. */
  readonly parent: string;
  /** What the engine would get, Outputs resolved; in a preview without those that are unknown. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** URNs that it waits for, by `dependsOn` or by its inputs. */
  readonly dependencies: readonly string[];
  readonly protect: boolean;
};

export type ProgramRun<T> = {
  readonly registrations: readonly Registration[];
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
  program: () => T,
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
    await pulumi.runtime.runInPulumiStack(async () => {
      result.outputs = program();
    });
    await pulumi.runtime.disconnect();
    // A failing Output shows only as an unhandled rejection, which fails the test if it comes in time.
    await new Promise((resolve) => setImmediate(resolve));
    if (result.outputs === undefined) throw new Error("the program returned nothing");
    return { registrations: monitor.registrations, outputs: result.outputs, warnings };
  } finally {
    console.warn = warn;
    Error.stackTraceLimit = limit;
  }
}

type Callback = Parameters<MockMonitor["registerResource"]>[1];

/** Also notes the parents, dependencies and protection, of which Pulumi's mocks are told nothing. */
class RecordingMonitor extends MockMonitor {
  readonly registrations: Registration[] = [];

  constructor(preview: boolean) {
    super({
      newResource: ({ type, name, inputs }) => mockedResource(type, name, inputs, preview),
      call: ({ token }) => {
        throw new Error(`the program calls ${token}; it is meant to need no lookups`);
      },
    });
  }

  override async registerResource(request: RegisterResourceRequest, callback: Callback) {
    await super.registerResource(request, (error, response) => {
      if (response !== undefined) {
        const urn = engineUrn(request);
        response.setUrn(urn);
        this.registrations.push({
          urn,
          type: request.getType(),
          name: request.getName(),
          parent: request.getParent(),
          inputs: pulumi.runtime.deserializeProperties(request.getObject() ?? new struct.Struct()),
          dependencies: request.getDependenciesList(),
          protect: request.getProtect() ?? false,
        });
      }
      callback(error, response);
    });
  }

  /** Pulumi's mocks look the resource up by their own form of URN. */
  override registerResourceOutputs(_request: unknown, callback: Callback): void {
    callback(null, {});
  }
}

/** The engine's form: types of all parents but the stack, which the mocks leave out or add to. */
function engineUrn(request: RegisterResourceRequest): string {
  const parentTypes = request.getParent().split("::")[2] ?? "";
  const chain = parentTypes === "" || parentTypes === stackType ? "" : `${parentTypes}$`;
  const { getStack, getProject } = pulumi;
  return `urn:pulumi:${getStack()}::${getProject()}::${chain}${request.getType()}::${request.getName()}`;
}

const stackType = "pulumi:pulumi:Stack";
