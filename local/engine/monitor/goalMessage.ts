import aliasPb, { type Alias as AliasMessage } from "@pulumi/pulumi/proto/alias_pb.js";
import resourcePb, {
  type RegisterResourceRequest,
  type TransformResourceOptions,
} from "@pulumi/pulumi/proto/resource_pb.js";
import { decodeProperties, decodeValue } from "../../pulumi/values/wire.ts";
import type { Alias, Goal, GoalOptions } from "../deployment/goal.ts";

type HooksMessage = resourcePb.RegisterResourceRequest.ResourceHooksBinding;

/** Reads a registration. */
export function goalOf(request: RegisterResourceRequest): Goal {
  const { values, dependencies } = decodeProperties(request.getObject());
  const propertyDependencies = new Map<string, readonly string[]>();
  for (const [name, urns] of dependencies) propertyDependencies.set(name, [...urns]);
  for (const [name, message] of request.getPropertydependenciesMap().entries()) {
    propertyDependencies.set(name, message.getUrnsList());
  }
  const trigger = request.getReplacementTrigger();
  return {
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    parent: request.getParent(),
    inputs: values,
    dependencies: request.getDependenciesList(),
    propertyDependencies,
    provider: request.getProvider(),
    providers: Object.fromEntries(request.getProvidersMap().entries()),
    version: request.getVersion(),
    aliases: [
      ...request.getAliasurnsList().map((urn) => ({ urn })),
      ...request.getAliasesList().map(aliasOf),
    ],
    protect: request.hasProtect() ? request.getProtect() : undefined,
    retainOnDelete: request.hasRetainondelete() ? request.getRetainondelete() : undefined,
    deleteBeforeReplace:
      request.getDeletebeforereplacedefined() || request.getDeletebeforereplace()
        ? request.getDeletebeforereplace()
        : undefined,
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    importId: request.getImportid(),
    deletedWith: request.getDeletedwith(),
    replaceWith: request.getReplaceWithList(),
    replacementTrigger: trigger === undefined ? undefined : decodeValue(trigger),
    hooks: hooksOf(request.getHooks()),
  };
}

function aliasOf(message: AliasMessage): Alias {
  const spec = message.getSpec();
  if (spec === undefined) return { urn: message.getUrn() };
  return {
    name: spec.getName(),
    type: spec.getType(),
    stack: spec.getStack(),
    project: spec.getProject(),
    parent: spec.getParenturn(),
    noParent: spec.getNoparent(),
  };
}

function hooksOf(message: HooksMessage | undefined): Goal["hooks"] {
  if (message === undefined) return {};
  const hooks = {
    beforeCreate: message.getBeforeCreateList(),
    afterCreate: message.getAfterCreateList(),
    beforeUpdate: message.getBeforeUpdateList(),
    afterUpdate: message.getAfterUpdateList(),
    beforeDelete: message.getBeforeDeleteList(),
    afterDelete: message.getAfterDeleteList(),
    onError: message.getOnErrorList(),
  };
  return Object.fromEntries(Object.entries(hooks).filter(([, names]) => names.length > 0));
}

/** A registration's options as transforms are given them. */
export function optionsMessage(
  goal: Goal,
  request: RegisterResourceRequest,
): TransformResourceOptions {
  const message = new resourcePb.TransformResourceOptions();
  message.setDependsOnList([...goal.dependencies]);
  message.setIgnoreChangesList([...goal.ignoreChanges]);
  message.setReplaceOnChangesList([...goal.replaceOnChanges]);
  message.setVersion(goal.version);
  message.setAliasesList(goal.aliases.map(aliasMessage));
  message.setProvider(goal.provider);
  message.setDeletedWith(goal.deletedWith);
  message.setReplaceWithList([...goal.replaceWith]);
  message.setAdditionalSecretOutputsList([...goal.additionalSecretOutputs]);
  message.setImport(goal.importId);
  message.setCustomTimeouts(request.getCustomtimeouts());
  message.setPluginDownloadUrl(request.getPlugindownloadurl());
  message.setHooks(request.getHooks());
  message.setReplacementTrigger(request.getReplacementTrigger());
  if (goal.protect !== undefined) message.setProtect(goal.protect);
  if (goal.retainOnDelete !== undefined) message.setRetainOnDelete(goal.retainOnDelete);
  if (goal.deleteBeforeReplace !== undefined)
    message.setDeleteBeforeReplace(goal.deleteBeforeReplace);
  for (const [name, provider] of Object.entries(goal.providers)) {
    message.getProvidersMap().set(name, provider);
  }
  return message;
}

export function aliasMessage(alias: Alias): AliasMessage {
  const message = new aliasPb.Alias();
  if ("urn" in alias) return message.setUrn(alias.urn);
  const spec = new aliasPb.Alias.Spec();
  spec.setName(alias.name).setType(alias.type).setStack(alias.stack).setProject(alias.project);
  if (alias.noParent) spec.setNoparent(true);
  else if (alias.parent !== "") spec.setParenturn(alias.parent);
  return message.setSpec(spec);
}

/** The options that a transform returned. */
export function optionsOf(
  message: TransformResourceOptions,
): GoalOptions & Pick<Goal, "dependencies"> {
  const trigger = message.getReplacementTrigger();
  return {
    dependencies: message.getDependsOnList(),
    provider: message.getProvider(),
    providers: Object.fromEntries(message.getProvidersMap().entries()),
    version: message.getVersion(),
    aliases: message.getAliasesList().map(aliasOf),
    protect: message.hasProtect() ? message.getProtect() : undefined,
    retainOnDelete: message.hasRetainOnDelete() ? message.getRetainOnDelete() : undefined,
    deleteBeforeReplace: message.hasDeleteBeforeReplace()
      ? message.getDeleteBeforeReplace()
      : undefined,
    ignoreChanges: message.getIgnoreChangesList(),
    replaceOnChanges: message.getReplaceOnChangesList(),
    additionalSecretOutputs: message.getAdditionalSecretOutputsList(),
    importId: message.getImport(),
    deletedWith: message.getDeletedWith(),
    replaceWith: message.getReplaceWithList(),
    replacementTrigger: trigger === undefined ? undefined : decodeValue(trigger),
    hooks: hooksOf(message.getHooks()),
  };
}
