import type * as grpc from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { unary } from "../../pulumi/grpc/unary.ts";
import { inputOf } from "../../pulumi/inputPath.ts";
import type {
  CheckFailure,
  CheckRequest,
  Diff,
  Provider,
  ResourceName,
} from "../../pulumi/provider.ts";
import { ProviderError } from "../../pulumi/provider.ts";
import { parseUrn } from "../../pulumi/urn.ts";
import type { PropertyMap } from "../../pulumi/values/propertyValue.ts";
import { toProvider } from "../../pulumi/values/secrets.ts";
import { decodeProperties, encodeProperties } from "../../pulumi/values/wire.ts";
import { version } from "./packageSchema.ts";

export type ProviderServiceOptions = {
  /** Still to be configured. */
  readonly provider: Provider;
  /** The package's schema, JSON text; asked for by programs in YAML. */
  readonly schema: () => string;
};

/** A call, by whose connection its provider is told. */
type Connected = { getPeer(): string };

/**
 * Pulumi's provider protocol in front of a provider. The engine opens a connection for each provider
 * resource of a program, and configures each: they are told apart by their connections.
 */
export function providerService({
  provider,
  schema,
}: ProviderServiceOptions): grpc.UntypedServiceImplementation {
  const configured = new Map<string, Provider>();
  const providerOf = (call: Connected) => configured.get(call.getPeer()) ?? provider;
  return {
    getPluginInfo: unary(() => new plugin.PluginInfo().setVersion(version)),
    getSchema: unary(() => new proto.GetSchemaResponse().setSchema(schema())),
    attach: unary(() => new empty.Empty()),
    cancel: unary(() => new empty.Empty()),

    checkConfig: unary((request: proto.CheckRequest) =>
      new proto.CheckResponse()
        .setInputs(request.getNews())
        .setFailuresList(configFailures(provider, readProperties(request.getNews()))),
    ),

    diffConfig: unary((request: proto.DiffRequest) => {
      const before = readProperties(request.getOldInputs() ?? request.getOlds());
      return diffMessage(provider.diffConfiguration(before, readProperties(request.getNews())));
    }),

    configure: unary((request: proto.ConfigureRequest, call) => {
      configured.set(call.getPeer(), provider.configure(readProperties(request.getArgs())));
      return new proto.ConfigureResponse()
        .setAcceptsecrets(false)
        .setAcceptresources(false)
        .setAcceptoutputs(false)
        .setSupportspreview(true)
        .setSupportsAutonamingConfiguration(true);
    }),

    check: unary(async (request: proto.CheckRequest, call) => {
      const { inputs, failures } = await providerOf(call).check(checkRequest(request));
      return new proto.CheckResponse()
        .setInputs(encodeProperties(inputs))
        .setFailuresList(failures.map(failureMessage));
    }),

    diff: unary(async (request: proto.DiffRequest, call) => {
      const diff = await providerOf(call).diff({
        ...nameOf(request.getUrn()),
        id: request.getId(),
        inputs: readProperties(request.getOldInputs()),
        outputs: readProperties(request.getOlds()),
        newInputs: readProperties(request.getNews()),
        ignoreChanges: request.getIgnorechangesList(),
      });
      return diffMessage(diff);
    }),

    create: unary(async (request: proto.CreateRequest, call) => {
      const { id, outputs } = await providerOf(call).create({
        ...nameOf(request.getUrn()),
        inputs: readProperties(request.getProperties()),
        preview: request.getPreview(),
      });
      return new proto.CreateResponse().setId(id).setProperties(encodeProperties(outputs));
    }),

    read: unary(async (request: proto.ReadRequest, call) => {
      const found = await providerOf(call).read({
        ...nameOf(request.getUrn()),
        id: request.getId(),
        inputs: readProperties(request.getInputs()),
        outputs: readProperties(request.getProperties()),
      });
      const response = new proto.ReadResponse();
      if (found === undefined) return response;
      return response
        .setId(found.id)
        .setInputs(encodeProperties(found.inputs))
        .setProperties(encodeProperties(found.outputs));
    }),

    update: unary(async (request: proto.UpdateRequest, call) => {
      const outputs = await providerOf(call).update({
        ...nameOf(request.getUrn()),
        id: request.getId(),
        inputs: readProperties(request.getOldInputs()),
        outputs: readProperties(request.getOlds()),
        newInputs: readProperties(request.getNews()),
        ignoreChanges: request.getIgnorechangesList(),
        preview: request.getPreview(),
      });
      return new proto.UpdateResponse().setProperties(encodeProperties(outputs));
    }),

    delete: unary(async (request: proto.DeleteRequest, call) => {
      await providerOf(call).delete({
        ...nameOf(request.getUrn()),
        id: request.getId(),
        inputs: readProperties(request.getOldInputs()),
        outputs: readProperties(request.getProperties()),
      });
      return new empty.Empty();
    }),

    invoke: unary(async (request: proto.InvokeRequest, call) => {
      const answer = await providerOf(call).invoke(
        request.getTok(),
        readProperties(request.getArgs()),
      );
      const response = new proto.InvokeResponse();
      return "failures" in answer
        ? response.setFailuresList(answer.failures.map(failureMessage))
        : response.setReturn(encodeProperties(answer.result));
    }),
  };
}

/** Secrets are opened: the provider accepts none, and the engine marks its outputs itself. */
function readProperties(message: Struct | undefined): PropertyMap {
  return toProvider(decodeProperties(message).values);
}

function nameOf(urn: string): ResourceName {
  const { type, name } = parseUrn(urn);
  return { urn, type, name };
}

function checkRequest(request: proto.CheckRequest): CheckRequest {
  const olds = readProperties(request.getOlds());
  const seed = request.getRandomseed_asU8();
  return {
    ...nameOf(request.getUrn()),
    inputs: readProperties(request.getNews()),
    ...(Object.keys(olds).length > 0 && { oldInputs: olds }),
    ...(seed.length > 0 && { randomSeed: seed }),
    autonaming: autonamingOf(request.getAutonaming()),
  };
}

function autonamingOf(
  options: proto.CheckRequest.AutonamingOptions | undefined,
): CheckRequest["autonaming"] {
  const { Mode } = proto.CheckRequest.AutonamingOptions;
  switch (options?.getMode()) {
    case Mode.PROPOSE:
      return { mode: "propose", proposedName: options.getProposedName() };
    case Mode.ENFORCE:
      return { mode: "enforce", proposedName: options.getProposedName() };
    case Mode.DISABLE:
      return { mode: "disable" };
    default:
      return undefined;
  }
}

function configFailures(provider: Provider, configuration: PropertyMap): proto.CheckFailure[] {
  try {
    provider.configure(configuration);
    return [];
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return [failureMessage({ property: "", reason: error.message })];
  }
}

function failureMessage({ property, reason }: CheckFailure): proto.CheckFailure {
  return new proto.CheckFailure().setProperty(property).setReason(reason);
}

const kinds = {
  add: proto.PropertyDiff.Kind.ADD,
  delete: proto.PropertyDiff.Kind.DELETE,
  update: proto.PropertyDiff.Kind.UPDATE,
  "add-replace": proto.PropertyDiff.Kind.ADD_REPLACE,
  "delete-replace": proto.PropertyDiff.Kind.DELETE_REPLACE,
  "update-replace": proto.PropertyDiff.Kind.UPDATE_REPLACE,
} as const;

function diffMessage(diff: Diff): proto.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
  const paths = Object.keys(diff.detailed);
  const response = new proto.DiffResponse()
    .setChanges(diff.changes ? DIFF_SOME : DIFF_NONE)
    .setReplacesList([...diff.replaces])
    .setStablesList([...diff.stables])
    .setDeletebeforereplace(diff.deleteBeforeReplace)
    .setDiffsList([...new Set(paths.map(inputOf))])
    .setHasdetaileddiff(true);
  for (const [path, kind] of Object.entries(diff.detailed)) {
    const message = new proto.PropertyDiff().setKind(kinds[kind]).setInputdiff(true);
    response.getDetaileddiffMap().set(path, message);
  }
  return response;
}
