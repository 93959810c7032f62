import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";

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
  /** The id that AWS would give; empty in a preview, and for a component. */
  readonly id: string;
  /** What AWS would answer, ARN and all; in a preview the inputs alone, of a component nothing. */
  readonly state: Readonly<Record<string, unknown>>;
  /** URNs that it waits for, by `dependsOn` or by its inputs. */
  readonly dependencies: readonly string[];
  /** By input: URNs that its value comes from. */
  readonly inputDependencies: Readonly<Record<string, readonly string[]>>;
  readonly protect: boolean;
  /** Names of its aliases. */
  readonly formerNames: readonly string[];
  /** The provider's URN and id, where it is not the default one. */
  readonly provider?: string;
};

/** Reads what a program asks of the engine for one resource, and what it is answered. */
export function registrationOf(
  request: RegisterResourceRequest,
  { project, stack }: { readonly project: string; readonly stack: string },
  answer: Pick<Registration, "id" | "state">,
): Registration {
  return {
    urn: `urn:pulumi:${stack}::${project}::${typeChain(request)}::${request.getName()}`,
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent(),
    inputs: pulumi.runtime.deserializeProperties(request.getObject() ?? new struct.Struct()),
    ...answer,
    dependencies: request.getDependenciesList(),
    inputDependencies: Object.fromEntries(
      [...request.getPropertydependenciesMap().entries()].map(([input, urns]) => [
        input,
        urns.getUrnsList(),
      ]),
    ),
    protect: request.getProtect() ?? false,
    formerNames: request.getAliasesList().flatMap((alias) => alias.getSpec()?.getName() ?? []),
    ...(request.getProvider() !== "" && { provider: request.getProvider() }),
  };
}

/** The engine's form: types of all parents but the stack, which Pulumi's mocks leave out or add to. */
function typeChain(request: RegisterResourceRequest): string {
  const parentTypes = request.getParent().split("::")[2] ?? "";
  const atTop = parentTypes === "" || parentTypes === stackType;
  return atTop ? request.getType() : `${parentTypes}$${request.getType()}`;
}

export const stackType = "pulumi:pulumi:Stack";
