import * as v from "valibot";
import type { Cloud } from "../../cloud.ts";
import type { ActiveFault } from "../../faults.ts";
import { AwsError } from "../../protocol/awsError.ts";
import { qualifiedArn } from "../../services/lambda/functionArn.ts";
import type { FaultView } from "./types.ts";

const common = {
  /** How often it takes effect. @default until it is removed */
  times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
};

const ofFunction = {
  ...common,
  /** Name or ARN. */
  function: v.string(),
};

/** A fault that a person or a tool injects. */
export const faultInput = v.variant("kind", [
  v.strictObject({
    kind: v.literal("error"),
    ...ofFunction,
    errorType: v.optional(v.string(), "InjectedFault"),
    errorMessage: v.optional(v.string(), "injected failure"),
    preventExecution: v.optional(v.boolean(), true),
  }),
  v.strictObject({
    kind: v.literal("delay"),
    ...ofFunction,
    seconds: v.pipe(v.number(), v.finite(), v.gtValue(0)),
  }),
  v.strictObject({ kind: v.literal("throttle"), ...ofFunction }),
  v.strictObject({ kind: v.literal("pause"), function: v.string() }),
  v.strictObject({
    kind: v.literal("deny"),
    ...common,
    principal: v.optional(v.string()),
    action: v.optional(v.string()),
    /** Patterns, like the others; without any of the three, every call would be denied. */
    resource: v.string(),
  }),
]);

type FaultInput = v.InferOutput<typeof faultInput>;

/** @throws AwsError `ResourceNotFoundException` for an unknown function */
export function addFault(cloud: Cloud, input: FaultInput): { id: string } {
  if (input.kind === "deny") {
    const { kind: _, times, ...denied } = input;
    return { id: cloud.permissions.faults.add(denied, times).id };
  }
  const { function: name, ...fault } = input;
  const { arn: functionArn } = qualifiedArn(cloud.functions.get(name).arn);
  if (fault.kind === "pause") return cloud.functions.faults.add({ ...fault, functionArn });
  const { times, ...rest } = fault;
  return { id: cloud.functions.faults.add({ ...rest, functionArn }, times).id };
}

/** @throws AwsError when it is not in force any more */
export function removeFault({ functions, permissions }: Cloud, id: string): void {
  if (functions.faults.remove(id) || permissions.faults.remove(id)) return;
  throw new AwsError("InvalidParameterValue", `The fault ${id} is not in force.`);
}

export function clearFaults({ functions, permissions }: Cloud): void {
  functions.faults.clear();
  permissions.faults.clear();
}

/** Those of functions first, each kind in the order in which they were ordered. */
export function faultsOf({ functions, permissions }: Cloud): FaultView[] {
  return [
    ...functions.faults.list().map((active) => ({ ...active.fault, ...countOf(active) })),
    ...permissions.faults
      .list()
      .map((active) => ({ kind: "deny" as const, ...active.fault, ...countOf(active) })),
  ];
}

function countOf({ id, times, hits }: ActiveFault<unknown>) {
  return { id, hits, ...(times !== undefined && { times }) };
}
