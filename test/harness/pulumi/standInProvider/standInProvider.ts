import { createRequire } from "node:module";
import { setTimeout as rest } from "node:timers/promises";
import type * as grpc from "@grpc/grpc-js";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import type {
  CheckRequest,
  CreateRequest,
  DiffRequest,
  ReadRequest,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct, { type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import { unary } from "../../../../local/pulumi/grpc/unary.ts";
import { mockedResource, type State } from "../../programs/mockedResource.ts";
import { changedInputs } from "./changedInputs.ts";

/** How long a resource takes to be created, by its type, in milliseconds; `*` for all others. */
export type Delays = Readonly<Record<string, number>>;

/**
 * The smallest AWS provider under which the real engine deploys, refreshes and destroys the program. It
 * stores nothing: what exists is in the engine's state. It updates in place whatever changes.
 */
export function standInProvider(delays: Delays = {}): grpc.UntypedServiceImplementation {
  return {
    checkConfig: unary(check),
    diffConfig: unary(() => new proto.DiffResponse()),
    configure: unary(() => new proto.ConfigureResponse().setSupportspreview(true)),
    getPluginInfo: unary(pluginInfo),
    check: unary(check),
    diff: unary(diff),
    create: unary(async (request: CreateRequest) => {
      if (!request.getPreview()) await rest(delays[request.getType()] ?? delays["*"] ?? 0);
      return create(request);
    }),
    read: unary(read),
    update: unary(update),
    delete: unary(() => new empty.Empty()),
    cancel: unary(() => new empty.Empty()),
  };
}

/** The version that programs ask for; the engine warns of every other. */
function pluginInfo(): PluginInfo {
  const { version }: { version: string } = createRequire(import.meta.url)(
    "@pulumi/aws/package.json",
  );
  return new plugin.PluginInfo().setVersion(version);
}

function check(request: CheckRequest) {
  return new proto.CheckResponse().setInputs(request.getNews());
}

function diff(request: DiffRequest) {
  const changed = changedInputs(plain(request.getOldInputs()), plain(request.getNews()));
  const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
  return new proto.DiffResponse()
    .setChanges(changed.length === 0 ? DIFF_NONE : DIFF_SOME)
    .setDiffsList(changed);
}

function create(request: CreateRequest) {
  const { id, state } = mockedResource(
    request.getType(),
    request.getName(),
    plain(request.getProperties()),
    request.getPreview(),
  );
  return new proto.CreateResponse().setId(id).setProperties(struct.Struct.fromJavaScript(state));
}

function read(request: ReadRequest) {
  return new proto.ReadResponse()
    .setId(request.getId())
    .setInputs(request.getInputs())
    .setProperties(request.getProperties());
}

/** Everything that is not an input stays. */
function update(request: UpdateRequest) {
  const olds = Object.entries(plain(request.getOlds()));
  const inputs = plain(request.getOldInputs());
  const computed = Object.fromEntries(olds.filter(([name]) => !(name in inputs)));
  const state = { ...computed, ...plain(request.getNews()) };
  return new proto.UpdateResponse().setProperties(struct.Struct.fromJavaScript(state));
}

function plain(properties: struct.Struct | undefined): State {
  return (properties?.toJavaScript() ?? {}) satisfies Record<string, JavaScriptValue>;
}
