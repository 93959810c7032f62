import type { Cloud } from "../cloud.ts";
import type { Faults } from "../faults.ts";
import type { DeniedCall } from "../services/iam/faults/deniedCalls.ts";
import type { InvocationFault } from "../services/lambda/faults/invocationFault.ts";
import type { Denial, Fault, FaultTimes, InvocationFailure, TestFaults } from "./api/faults.ts";
import { functionArns, resourceArn } from "./names.ts";

/** The faults of the cloud that is open. */
export function testFaults(cloud: () => Cloud): TestFaults {
  const inject = (target: string, fault: FaultOfFunction, times: number | undefined): Fault => {
    const { faults } = cloud().functions;
    const arns = functionArns(cloud(), target);
    return together(arns.map((arn) => handle(faults, { ...fault, functionArn: arn }, times)));
  };
  return {
    fail: (target, { times, ...failure } = {}) => inject(target, errorOf(failure), times),
    delay: (target, { seconds, times }) => {
      if (seconds > 0) return inject(target, { kind: "delay", seconds }, times);
      throw new RangeError(`faults.delay needs seconds of more than 0 (given ${seconds})`);
    },
    throttle: (target, { times }: FaultTimes = {}) => inject(target, { kind: "throttle" }, times),
    pause: (target) => inject(target, { kind: "pause" }, undefined),
    deny: ({ times, ...denial }) =>
      handle(cloud().permissions.faults, deniedCall(cloud(), denial), times),
    clear: () => {
      cloud().functions.faults.clear();
      cloud().permissions.faults.clear();
    },
  };
}

/** A fault without the function that it is for. */
type FaultOfFunction = InvocationFault extends infer Each
  ? Each extends InvocationFault
    ? Omit<Each, "functionArn">
    : never
  : never;

function errorOf({
  errorType = "InjectedFault",
  errorMessage = "failure injected by the test",
  preventExecution = true,
}: Omit<InvocationFailure, "times">): FaultOfFunction {
  return { kind: "error", errorType, errorMessage, preventExecution };
}

function deniedCall(cloud: Cloud, denial: Omit<Denial, "times">): DeniedCall {
  const { principal, action, resource } = denial;
  if ((principal ?? action ?? resource) === undefined) {
    throw new Error("faults.deny needs a principal, an action or a resource");
  }
  return {
    ...(principal !== undefined && { principal }),
    ...(action !== undefined && { action }),
    ...(resource !== undefined && { resource: resourceArn(cloud, resource) }),
  };
}

function handle<T>(faults: Faults<T>, fault: T, times: number | undefined): Fault {
  const active = faults.add(fault, times);
  return {
    id: active.id,
    get hits() {
      return active.hits;
    },
    remove: () => {
      faults.remove(active.id);
    },
  };
}

/** A queue may have several functions. */
function together(faults: readonly Fault[]): Fault {
  return {
    id: faults.map(({ id }) => id).join(" "),
    get hits() {
      return faults.reduce((sum, { hits }) => sum + hits, 0);
    },
    remove: () => {
      for (const fault of faults) fault.remove();
    },
  };
}
