import * as grpc from "@grpc/grpc-js";
import type { Callback } from "@pulumi/pulumi/proto/callback_pb.js";
import resourcePb, {
  type ExistsResourceRequest,
  type ReadResourceRequest,
  type RegisterErrorHookRequest,
  type RegisterPackageRequest,
  type RegisterResourceHookRequest,
  type RegisterResourceOutputsRequest,
  type RegisterResourceRequest,
  type ResourceCallRequest,
  type ResourceInvokeRequest,
  type SupportsFeatureRequest,
} from "@pulumi/pulumi/proto/resource_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { CallError, unary } from "../../pulumi/grpc/unary.ts";
import { decodeProperties } from "../../pulumi/values/wire.ts";
import type { Deployment } from "../deployment/deployment.ts";
import { registerOutputs } from "../deployment/registerOutputs.ts";
import { featureNames, features } from "./features.ts";
import type { Lookups } from "./lookups.ts";
import type { Packages } from "./packages.ts";
import type { ProgramHooks } from "./programHooks.ts";
import type { Reads } from "./reads.ts";
import type { Registrations } from "./registrations.ts";
import type { Transforms } from "./transforms.ts";

type MonitorOptions = {
  readonly deployment: Deployment;
  readonly registrations: Registrations;
  readonly reads: Reads;
  readonly lookups: Lookups;
  readonly packages: Packages;
  readonly transforms: Transforms;
  readonly hooks: ProgramHooks;
  /** Is called when the program has said all; the program ends when this has resolved. */
  readonly finish: () => Promise<void>;
};

/** Pulumi's ResourceMonitor: through it a program registers, reads and looks up everything. */
export function resourceMonitor(options: MonitorOptions): grpc.UntypedServiceImplementation {
  const { deployment, registrations, reads, lookups, packages, transforms, hooks } = options;
  const step = stepsOf(deployment);
  return {
    getDeploymentInfo: unary(() =>
      new resourcePb.DeploymentInfo().setSupportedfeaturesList([...features]),
    ),
    supportsFeature: unary((request: SupportsFeatureRequest) =>
      new resourcePb.SupportsFeatureResponse().setHassupport(featureNames.has(request.getId())),
    ),
    registerResource: step((request: RegisterResourceRequest) => registrations.register(request)),
    registerResourceOutputs: step(async (request: RegisterResourceOutputsRequest) => {
      const { values } = decodeProperties(request.getOutputs());
      await registerOutputs(deployment, request.getUrn(), values);
      return new empty.Empty();
    }),
    readResource: step((request: ReadResourceRequest) => reads.read(request)),
    existsResource: unary(async (request: ExistsResourceRequest) =>
      new resourcePb.ExistsResourceResponse().setExists(await reads.exists(request)),
    ),
    invoke: unary((request: ResourceInvokeRequest) => lookups.invoke(request)),
    call: unary((request: ResourceCallRequest) => {
      throw new Error(
        `the local run does not call methods of resources that come from plugins (${request.getTok()})`,
      );
    }),
    registerStackTransform: unary((request: Callback) => {
      transforms.addToStack(request);
      return new empty.Empty();
    }),
    registerStackInvokeTransform: unary((request: Callback) => {
      transforms.addToInvokes(request);
      return new empty.Empty();
    }),
    registerResourceHook: unary((request: RegisterResourceHookRequest) => {
      hooks.register(request);
      return new empty.Empty();
    }),
    registerErrorHook: unary((request: RegisterErrorHookRequest) => {
      throw new Error(`the local run does not run onError hooks ("${request.getName()}")`);
    }),
    registerPackage: unary((request: RegisterPackageRequest) =>
      new resourcePb.RegisterPackageResponse().setRef(packages.register(request)),
    ),
    signalAndWaitForShutdown: unary(async () => {
      await options.finish();
      return new empty.Empty();
    }),
  };
}

/**
 * Makes calls that are steps of the deployment: the first failure ends it, and every other call that is
 * at work or comes later is answered that the monitor has shut down, which ends the program quietly.
 */
function stepsOf(deployment: Deployment) {
  return <Request, Response>(answer: (request: Request) => Promise<Response>) =>
    unary(async (request: Request) => {
      if (deployment.isFailed) throw shutDown();
      const work = deployment.track(answer(request));
      try {
        return await Promise.race([work, deployment.failed]);
      } catch (error) {
        deployment.fail("", error);
        throw shutDown();
      }
    });
}

/** The deployment has ended with an error, which was reported; the SDK ends the program without another. */
function shutDown(): CallError {
  return new CallError(grpc.status.UNAVAILABLE, "resource monitor shut down");
}
