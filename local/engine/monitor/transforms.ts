import type { Callback } from "@pulumi/pulumi/proto/callback_pb.js";
import resourcePb, {
  type RegisterResourceRequest,
  type TransformInvokeOptions,
} from "@pulumi/pulumi/proto/resource_pb.js";
import type { Urn } from "../../pulumi/urn.ts";
import type { ValueMap } from "../../pulumi/values/value.ts";
import {
  decodeProperties,
  encodeProperties,
  encodeWithDependencies,
} from "../../pulumi/values/wire.ts";
import type { Goal } from "../deployment/goal.ts";
import type { CallbackClients } from "./callbackClients.ts";
import { optionsMessage, optionsOf } from "./goalMessage.ts";

/**
 * Functions of the program that change what it registers: a resource's own, then those of its parents,
 * then the stack's.
 *
 * https://www.pulumi.com/docs/iac/concepts/resources/options/transforms/
 */
export class Transforms {
  readonly #clients: CallbackClients;
  readonly #ofStack: Callback[] = [];
  readonly #ofInvokes: Callback[] = [];
  readonly #ofResources = new Map<Urn, readonly Callback[]>();
  readonly #parents = new Map<Urn, Urn>();

  constructor(clients: CallbackClients) {
    this.#clients = clients;
  }

  addToStack(callback: Callback): void {
    this.#ofStack.push(callback);
  }

  addToInvokes(callback: Callback): void {
    this.#ofInvokes.push(callback);
  }

  /** Lets a resource's own transforms run on its children too. */
  addResource(urn: Urn, parent: Urn, request: RegisterResourceRequest): void {
    this.#parents.set(urn, parent);
    const own = request.getTransformsList();
    if (own.length > 0) this.#ofResources.set(urn, own);
  }

  /** @throws Error that a transform throws */
  async apply(goal: Goal, request: RegisterResourceRequest): Promise<Goal> {
    const own = request.getTransformsList();
    const callbacks = [...own, ...this.#ofParents(goal.parent), ...this.#ofStack];
    let transformed = goal;
    for (const callback of callbacks) {
      transformed = await this.#applyOne(callback, transformed, request);
    }
    // As in the real engine, dependencies are those of the program unless the resource has transforms itself.
    const { dependencies, propertyDependencies } = goal;
    return own.length > 0 ? transformed : { ...transformed, dependencies, propertyDependencies };
  }

  /** @returns the arguments of a lookup, and the provider to ask, after every transform of the stack */
  async applyToInvoke(
    token: string,
    args: ValueMap,
    options: TransformInvokeOptions,
  ): Promise<{ readonly args: ValueMap; readonly options: TransformInvokeOptions }> {
    let transformed = { args, options };
    for (const callback of this.#ofInvokes) {
      const message = new resourcePb.TransformInvokeRequest();
      message.setToken(token);
      message.setArgs(encodeProperties(transformed.args));
      message.setOptions(transformed.options);
      const bytes = await this.#clients.invoke(callback, message);
      const response = resourcePb.TransformInvokeResponse.deserializeBinary(bytes);
      const given = response.getArgs();
      transformed = {
        args: given === undefined ? transformed.args : decodeProperties(given).values,
        options: response.getOptions() ?? transformed.options,
      };
    }
    return transformed;
  }

  #ofParents(parent: Urn): Callback[] {
    const found: Callback[] = [];
    for (let urn: Urn | undefined = parent; urn; urn = this.#parents.get(urn)) {
      found.push(...(this.#ofResources.get(urn) ?? []));
    }
    return found;
  }

  async #applyOne(callback: Callback, goal: Goal, request: RegisterResourceRequest): Promise<Goal> {
    const message = new resourcePb.TransformRequest();
    message.setName(goal.name).setType(goal.type).setParent(goal.parent).setCustom(goal.custom);
    message.setProperties(encodeWithDependencies(goal.inputs, goal.propertyDependencies));
    message.setOptions(optionsMessage(goal, request));
    const bytes = await this.#clients.invoke(callback, message);
    const response = resourcePb.TransformResponse.deserializeBinary(bytes);
    const options = response.getOptions();
    const properties = response.getProperties();
    const decoded = properties === undefined ? undefined : decodeProperties(properties);
    return {
      ...goal,
      ...(options !== undefined && optionsOf(options)),
      ...(decoded !== undefined && {
        inputs: decoded.values,
        propertyDependencies: dependenciesOf(decoded),
      }),
    };
  }
}

/** Only outputs that a transform has returned as such name what they depend on. */
function dependenciesOf({
  values,
  dependencies,
}: ReturnType<typeof decodeProperties>): Goal["propertyDependencies"] {
  return new Map(Object.keys(values).map((name) => [name, [...(dependencies.get(name) ?? [])]]));
}
