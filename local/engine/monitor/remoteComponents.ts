import proto from "@pulumi/pulumi/proto/provider_pb.js";
import { packageOf } from "../../pulumi/urn.ts";
import { encodeProperties } from "../../pulumi/values/wire.ts";
import type { Goal } from "../deployment/goal.ts";
import { findPlugin } from "../plugins/findPlugin.ts";
import { PluginProcess } from "../plugins/pluginProcess.ts";
import { packageSettings, type StackConfig } from "../project/stackConfig.ts";
import type { StackName } from "../state/stackOutputs.ts";
import { aliasMessage } from "./goalMessage.ts";
import { type MonitorServer, type Services, serveMonitor } from "./server.ts";

export type RemoteComponentsOptions = {
  readonly target: StackName;
  readonly config: StackConfig;
  readonly preview: boolean;
  /** The program's folder. */
  readonly workingDirectory: string;
  /** What the plugins register the components' children with. */
  readonly services: () => Services;
};

/** How many registrations a component begins at a time, as many as `pulumi up` allows. */
const parallel = 16;

/**
 * Components that come from packages in another language: a plugin constructs them, and registers them and
 * their children as the program would. Plugins run until the end of the deployment.
 */
export class RemoteComponents {
  readonly #options: RemoteComponentsOptions;
  readonly #plugins = new Map<string, PluginProcess>();
  #monitor: Promise<MonitorServer> | undefined;

  constructor(options: RemoteComponentsOptions) {
    this.#options = options;
  }

  /** @throws Error when the package's plugin is not installed, and with what the plugin fails of */
  async construct(goal: Goal): Promise<proto.ConstructResponse> {
    this.#monitor ??= serveMonitor(this.#options.services());
    const { address } = await this.#monitor;
    const request = this.#request(goal, address);
    try {
      return await this.#plugin(goal, address).construct(request);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`${goal.type} "${goal.name}": ${reason}`, { cause });
    }
  }

  async close(): Promise<void> {
    for (const plugin of this.#plugins.values()) plugin.close();
    (await this.#monitor)?.close();
  }

  #plugin({ type, version }: Goal, engineAddress: string): PluginProcess {
    const name = packageOf(type);
    const key = `${name}@${version}`;
    const running = this.#plugins.get(key);
    if (running !== undefined) return running;
    const command = findPlugin(name, version);
    if (command === undefined) {
      throw new Error(
        `this component needs the plugin "${name}", which is not installed: pulumi plugin install resource ${name} ${version}`.trim(),
      );
    }
    const { workingDirectory: directory } = this.#options;
    const config = packageSettings(this.#options.config.values, name);
    const plugin = new PluginProcess(command, { directory, engineAddress, config });
    this.#plugins.set(key, plugin);
    return plugin;
  }

  #request(goal: Goal, address: string): proto.ConstructRequest {
    const { target, config, preview } = this.#options;
    const request = new proto.ConstructRequest()
      .setOrganization(target.organization)
      .setProject(target.project)
      .setStack(target.stack)
      .setDryrun(preview)
      .setParallel(parallel)
      .setMonitorendpoint(address)
      .setConfigsecretkeysList([...config.secretKeys])
      .setAcceptsOutputValues(true);
    for (const [key, value] of Object.entries(config.values)) {
      request.getConfigMap().set(key, value);
    }
    return withGoal(request, goal);
  }
}

function withGoal(request: proto.ConstructRequest, goal: Goal): proto.ConstructRequest {
  request
    .setType(goal.type)
    .setName(goal.name)
    .setParent(goal.parent)
    .setInputs(encodeProperties(goal.inputs))
    .setDependenciesList([...goal.dependencies])
    .setAliasesList(goal.aliases.map(aliasMessage))
    .setIgnorechangesList([...goal.ignoreChanges])
    .setReplaceonchangesList([...goal.replaceOnChanges])
    .setReplaceWithList([...goal.replaceWith])
    .setAdditionalsecretoutputsList([...goal.additionalSecretOutputs])
    .setDeletedwith(goal.deletedWith);
  if (goal.protect !== undefined) request.setProtect(goal.protect);
  if (goal.retainOnDelete !== undefined) request.setRetainondelete(goal.retainOnDelete);
  for (const [name, urns] of goal.propertyDependencies) {
    const dependencies = new proto.ConstructRequest.PropertyDependencies().setUrnsList([...urns]);
    request.getInputdependenciesMap().set(name, dependencies);
  }
  for (const [name, provider] of Object.entries(goal.providers)) {
    request.getProvidersMap().set(name, provider);
  }
  return request;
}
