import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import languagePb, { type RunRequest, type RunResponse } from "@pulumi/pulumi/proto/language_pb.js";
import pluginPb from "@pulumi/pulumi/proto/plugin_pb.js";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import { inlineProgram } from "../../../../local/engine/program/inlineProgram.ts";
import { listenOnLoopback } from "../../../../local/pulumi/grpc/loopback.ts";
import { unary } from "../../../../local/pulumi/grpc/unary.ts";
import { organization, type Program } from "./engine.ts";

const { UNAVAILABLE, CANCELLED } = grpc.status;

/** A program of this process, served to the real engine as a language host serves one. */
export type ServedProgram = AsyncDisposable & { readonly address: string };

/** The program runs as it does under the embedded engine: only the engine behind it is another one. */
export async function serveProgram(program: Program): Promise<ServedProgram> {
  const server = new grpc.Server();
  server.addService(LanguageRuntimeService, {
    getPluginInfo: unary(() => new pluginPb.PluginInfo().setVersion("1.0.0")),
    getRequiredPlugins: unary(() => new languagePb.GetRequiredPluginsResponse()),
    getRequiredPackages: unary(() => new languagePb.GetRequiredPackagesResponse()),
    run: unary((request: RunRequest) => run(program, request)),
  });
  const port = await listenOnLoopback(server);
  return {
    address: `127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => server.forceShutdown(),
  };
}

async function run(program: Program, request: RunRequest): Promise<RunResponse> {
  const credentials = grpc.credentials.createInsecure();
  const monitor = new grpc.Client(request.getMonitorAddress(), credentials);
  const engine = new grpc.Client(request.getArgsList()[0] ?? "", credentials);
  const ended = Promise.withResolvers<void>();
  const running = await inlineProgram(program)({
    services: {
      monitor: forwarded(ResourceMonitorService, monitor, ended.resolve),
      engine: forwarded(EngineService, engine, ended.resolve),
    },
    target: { organization, project: request.getProject(), stack: request.getStack() },
    config: {
      values: Object.fromEntries(request.getConfigMap().entries()),
      secretKeys: request.getConfigsecretkeysList(),
    },
    preview: request.getDryrun(),
  });
  // A program waits for ever for an engine that has ended with an error.
  void ended.promise.then(() => running.stop());
  const end = await running.ended;
  monitor.close();
  engine.close();
  const response = new languagePb.RunResponse();
  if (end.kind === "failed") return response.setError(end.message);
  return response.setBail(end.kind === "failedWithMessage");
}

/**
 * Calls of the program, passed on to the engine of the CLI.
 *
 * @param onEnd is called when the engine answers no more
 */
function forwarded(
  definition: grpc.ServiceDefinition,
  client: grpc.Client,
  onEnd: () => void,
): grpc.UntypedServiceImplementation {
  return Object.fromEntries(
    Object.entries(definition).map(([name, { path, requestSerialize, responseDeserialize }]) => {
      const forward: grpc.handleUnaryCall<unknown, unknown> = ({ request }, callback) => {
        client.makeUnaryRequest(
          path,
          requestSerialize,
          responseDeserialize,
          request,
          (error, response) => {
            callback(error, response);
            if (error?.code === UNAVAILABLE || error?.code === CANCELLED) onEnd();
          },
        );
      };
      return [name, forward];
    }),
  );
}
