import type { ValueMap } from "../../pulumi/values/value.ts";
import type { ResourceState } from "../state/resourceState.ts";

export type HookMoment =
  | "beforeCreate"
  | "afterCreate"
  | "beforeUpdate"
  | "afterUpdate"
  | "beforeDelete"
  | "afterDelete";

/** A resource as a hook is given it. */
export type HookCall = {
  readonly resource: Pick<ResourceState, "urn" | "type" | "name" | "id" | "hooks">;
  readonly newInputs?: ValueMap | undefined;
  readonly oldInputs?: ValueMap | undefined;
  readonly newOutputs?: ValueMap | undefined;
  readonly oldOutputs?: ValueMap | undefined;
};

/** Runs the functions that a program binds to the life of a resource. */
export interface HookRunner {
  /**
   * Runs a resource's hooks of this moment, one after the other.
   *
   * @throws Error when one fails whose errors the program does not ignore
   */
  run(moment: HookMoment, call: HookCall): Promise<void>;
}
