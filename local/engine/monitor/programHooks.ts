import type { RegisterResourceHookRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import resourcePb from "@pulumi/pulumi/proto/resource_pb.js";
import type { Urn } from "../../pulumi/urn.ts";
import type { ValueMap } from "../../pulumi/values/value.ts";
import { encodeProperties } from "../../pulumi/values/wire.ts";
import type { HookCall, HookMoment, HookRunner } from "../deployment/hooks.ts";
import type { CallbackClients } from "./callbackClients.ts";

type ProgramHooksOptions = {
  readonly clients: CallbackClients;
  readonly preview: boolean;
  /** Is told of errors of hooks whose errors are ignored. */
  readonly warn: (urn: Urn, message: string) => void;
};

/**
 * Hooks that the program has registered, run in its process.
 *
 * https://www.pulumi.com/docs/iac/concepts/resources/options/hooks/
 */
export class ProgramHooks implements HookRunner {
  readonly #options: ProgramHooksOptions;
  readonly #hooks = new Map<string, RegisterResourceHookRequest>();

  constructor(options: ProgramHooksOptions) {
    this.#options = options;
  }

  register(request: RegisterResourceHookRequest): void {
    const name = request.getName();
    if (this.#hooks.has(name))
      throw new Error(`resource hook already registered for name "${name}"`);
    this.#hooks.set(name, request);
  }

  async run(moment: HookMoment, call: HookCall): Promise<void> {
    for (const name of call.resource.hooks[moment] ?? []) {
      const hook = this.#hooks.get(name);
      if (hook === undefined) {
        throw new Error(`${moment} hook "${name}" was not registered by the program`);
      }
      if (!this.#options.preview || hook.getOnDryRun()) await this.#runOne(moment, hook, call);
    }
  }

  async #runOne(
    moment: HookMoment,
    hook: RegisterResourceHookRequest,
    call: HookCall,
  ): Promise<void> {
    const name = hook.getName();
    const callback = hook.getCallback();
    if (callback === undefined) throw new Error(`resource hook "${name}" has no function`);
    const bytes = await this.#options.clients.invoke(callback, requestOf(call));
    const error = resourcePb.ResourceHookResponse.deserializeBinary(bytes).getError();
    if (error === "") return;
    if (hook.getIgnoreErrors()) {
      this.#options.warn(call.resource.urn, `${moment} hook "${name}" failed: ${error}`);
      return;
    }
    const kind = moment.startsWith("before") ? "before" : "after";
    throw new Error(`${kind} hook "${name}" failed: ${error}`);
  }
}

function requestOf({ resource, ...properties }: HookCall) {
  const request = new resourcePb.ResourceHookRequest();
  request.setUrn(resource.urn).setId(resource.id).setName(resource.name).setType(resource.type);
  const { newInputs, oldInputs, newOutputs, oldOutputs } = properties;
  request.setNewInputs(structOf(newInputs));
  request.setOldInputs(structOf(oldInputs));
  request.setNewOutputs(structOf(newOutputs));
  request.setOldOutputs(structOf(oldOutputs));
  return request;
}

function structOf(values: ValueMap | undefined) {
  return values === undefined ? undefined : encodeProperties(values);
}
