import type * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import type { Provider } from "../pulumi/provider.ts";
import { makeUrn, stackType, type Urn } from "../pulumi/urn.ts";
import type { ValueMap } from "../pulumi/values/value.ts";
import { configuredNames } from "./deployment/autonaming.ts";
import { deleteAbandoned } from "./deployment/deletes.ts";
import { type DataHolder, Deployment } from "./deployment/deployment.ts";
import type { Diagnostic } from "./deployment/diagnostics.ts";
import { type Autonamer, type Naming, namerFor } from "./deployment/naming.ts";
import { type Changes, changesOf, type Step } from "./deployment/steps.ts";
import { CallbackClients } from "./monitor/callbackClients.ts";
import { DefaultProviders } from "./monitor/defaultProviders.ts";
import { engineService } from "./monitor/engineService.ts";
import { Lookups } from "./monitor/lookups.ts";
import { Packages } from "./monitor/packages.ts";
import { ProgramHooks } from "./monitor/programHooks.ts";
import { Reads } from "./monitor/reads.ts";
import { Registrations } from "./monitor/registrations.ts";
import { RemoteComponents } from "./monitor/remoteComponents.ts";
import { resourceMonitor } from "./monitor/resourceMonitor.ts";
import { type Services, whenReady } from "./monitor/server.ts";
import { StackReferences } from "./monitor/stackReferences.ts";
import { Transforms } from "./monitor/transforms.ts";
import type { RunningProgram, RunProgram } from "./program/runProgram.ts";
import type { StackConfig } from "./project/stackConfig.ts";
import { ProviderRegistry } from "./providers/providerRegistry.ts";
import type { ResourceState } from "./state/resourceState.ts";
import type { StackName, StackOutputs } from "./state/stackOutputs.ts";
import type { StateStore } from "./state/stateStore.ts";

/** What resources are made of and kept in. */
export type Host = {
  /** Unconfigured providers by package: `aws`. */
  readonly providers: Readonly<Record<string, Provider>>;
  readonly state: StateStore;
  /** Of all local stacks, this one among them. */
  readonly stackOutputs: StackOutputs;
  /**
   * How resources are named that the program does not name: like AWS's provider does, with random
   * characters, or as in the program. @default "random"
   */
  readonly naming?: Naming | undefined;
  /**
   * What data a resource holds, in words: such a resource is neither deleted nor replaced.
   * @default no resource holds any
   */
  readonly holds?: DataHolder | undefined;
};

export type StackOptions = {
  readonly target: StackName;
  readonly config: StackConfig;
  /** Of the program; paths of assets are relative to it. */
  readonly workingDirectory: string;
  /** The program is started before it is there, because loading takes it longer. */
  readonly host: Host | Promise<Host>;
  readonly program: RunProgram;
  /** Whether only what would be done is found out. @default false */
  readonly preview?: boolean | undefined;
  /** Receives each diagnostic as it is reported. @default ignored */
  readonly onDiagnostic?: ((diagnostic: Diagnostic) => void) | undefined;
};

export type RunResult = {
  /** Whether the program has run to its end, and everything is as it says. */
  readonly succeeded: boolean;
  /** What the program exports; of the last run that succeeded, when this one has not. */
  readonly outputs: ValueMap;
  readonly steps: readonly Step[];
  readonly changes: Changes;
  readonly diagnostics: readonly Diagnostic[];
  /** What the program registered and read, as it is now. */
  readonly resources: readonly ResourceState[];
  /** What the program no longer has, and is kept for the data that it holds: `queue mail, with 3 messages`. */
  readonly leftovers: readonly string[];
};

/**
 * Runs a program, and brings its resources to what it says: what `pulumi up` does, or `pulumi preview`. It
 * can be run again and again on the same state. A program that fails leaves what was there before, and keeps
 * what it has made until then.
 *
 * @throws what the host fails of; failures of the program and of resources are in the result
 */
export async function runStack(options: StackOptions): Promise<RunResult> {
  const clients = new CallbackClients();
  const { target, config, preview = false, workingDirectory } = options;
  const shared = { target, config, preview, workingDirectory };
  const remoteComponents = new RemoteComponents({ ...shared, services: () => services });
  const prepared = prepare(options, clients, remoteComponents);
  prepared.catch(() => {}); // Whoever waits for it hears of it.
  const services: Services = {
    monitor: whenReady(
      ResourceMonitorService,
      prepared.then(({ monitor }) => monitor),
    ),
    engine: whenReady(
      EngineService,
      prepared.then(({ engine }) => engine),
    ),
  };
  const running = await options.program({ services, target, config, preview });
  try {
    const run = await prepared;
    await follow(run, running);
    return resultOf(run.deployment, run.host);
  } finally {
    running.stop();
    clients.close();
    await remoteComponents.close();
  }
}

type PreparedRun = {
  readonly host: Host;
  readonly deployment: Deployment;
  readonly monitor: grpc.UntypedServiceImplementation;
  readonly engine: grpc.UntypedServiceImplementation;
  /** Deletes what the program no longer has, once. */
  readonly finish: () => Promise<void>;
};

async function prepare(
  options: StackOptions,
  clients: CallbackClients,
  remoteComponents: RemoteComponents,
): Promise<PreparedRun> {
  const { target, config, workingDirectory, preview = false, onDiagnostic = () => {} } = options;
  const host = await options.host;
  const hooks = new ProgramHooks({
    clients,
    preview,
    warn: (urn, message) => deployment.report({ severity: "warning", urn, message }),
  });
  const deployment = new Deployment({
    target,
    preview,
    state: host.state,
    autonamer: autonamerOf(options, host),
    holds: host.holds ?? (async () => undefined),
    providers: new ProviderRegistry(host.providers),
    hooks,
    onDiagnostic,
  });
  let finished: Promise<void> | undefined;
  const finish = () => {
    finished ??= deployment.idle().then(() => deleteAbandoned(deployment));
    return finished;
  };
  const packages = new Packages();
  const transforms = new Transforms(clients);
  const defaultProviders = new DefaultProviders(deployment, config.values);
  const stackReferences = new StackReferences(host.stackOutputs, target);
  const shared = { deployment, defaultProviders, packages, transforms, stackReferences };
  const registrations = new Registrations({ ...shared, remoteComponents, workingDirectory });
  const lookups = new Lookups({ ...shared, registrations });
  const reads = new Reads(shared);
  return {
    host,
    deployment,
    monitor: resourceMonitor({ ...shared, registrations, lookups, reads, hooks, finish }),
    engine: engineService(deployment),
    finish,
  };
}

function autonamerOf({ target, config: { values } }: StackOptions, { naming }: Host): Autonamer {
  const configured = values["pulumi:autonaming"];
  return configured === undefined
    ? namerFor(naming ?? "random")
    : configuredNames(configured, target, values);
}

/** Waits until the program has ended and everything it began is done. */
async function follow(
  { deployment, finish }: PreparedRun,
  { ended, stop }: RunningProgram,
): Promise<void> {
  const failed = deployment.failed.catch(() => undefined);
  const end = await Promise.race([ended, failed]);
  if (end === undefined) stop();
  await ended;
  await deployment.idle();
  if (end === undefined || deployment.isFailed) return;
  switch (end.kind) {
    case "succeeded":
      return finish();
    case "failed":
      return deployment.fail(rootUrn(deployment), new Error(end.message, { cause: end.cause }));
    case "failedWithMessage":
      return deployment.failSilently(new Error("the program failed"));
  }
}

function resultOf(deployment: Deployment, { stackOutputs }: Host): RunResult {
  const { steps, diagnostics, preview, isFailed, target } = deployment;
  const urn = rootUrn(deployment);
  const root = deployment.news.get(urn);
  const outputs = deployment.stackOutputs ?? {};
  if (!isFailed && !preview && root !== undefined) {
    deployment.complete({ ...root, outputs });
    stackOutputs.write(target, outputs);
  }
  return {
    succeeded: !isFailed && !deployment.hasRefused,
    outputs: isFailed ? (deployment.olds.get(urn)?.outputs ?? {}) : outputs,
    steps,
    changes: changesOf(steps),
    diagnostics,
    resources: [...deployment.news.values()],
    leftovers: deployment.leftovers,
  };
}

function rootUrn({ target }: Deployment): Urn {
  return makeUrn(target, "", stackType, `${target.project}-${target.stack}`);
}
