import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import path from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import grpc from "@grpc/grpc-js";
import analyzerService from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzer, { type AnalyzeResponse } from "@pulumi/pulumi/proto/analyzer_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { State } from "../programs/mockedResource.ts";

/** What is not known yet, a text, as the engine sends it. */
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export type Analysed = {
  readonly type: string;
  readonly name: string;
  readonly properties: State;
  /** Names of resources of the same stack. */
  readonly dependencies?: readonly string[];
};

export type Violation = { readonly level: "advisory" | "mandatory"; readonly message: string };

export type RunningPack = {
  /** What the engine asks before it makes a resource. */
  readonly analyze: (resource: Analysed) => Promise<Violation[]>;
  /** What it asks at the end. */
  readonly analyzeStack: (resources: readonly Analysed[]) => Promise<Violation[]>;
  readonly stop: () => Promise<void>;
};

/**
 * Starts a pack as `pulumi preview --policy-pack FOLDER` does: the same process and arguments.
 *
 * @param folder full path. @default this repository's pack
 */
export async function startPolicyPack(
  nodeArguments: readonly string[] = [],
  folder = path.resolve("policyPack"),
): Promise<RunningPack> {
  const runner = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/run-policy-pack");
  const child = spawn(process.execPath, [...nodeArguments, runner, "127.0.0.1:1", "."], {
    cwd: folder,
  });
  const problems = text(child.stderr);
  const closed = once(child, "close");
  const port = await Promise.race([
    once(createInterface(child.stdout), "line").then(([line]) => String(line)),
    closed.then(async () => Promise.reject(new Error(await problems))),
  ]);
  const client = new analyzerService.AnalyzerClient(
    `127.0.0.1:${port}`,
    grpc.credentials.createInsecure(),
  );
  return {
    analyze: (resource) => call((done) => client.analyze(analyzeRequest(resource), done)),
    analyzeStack: (resources) => call((done) => client.analyzeStack(stackRequest(resources), done)),
    stop: async () => {
      client.close();
      child.kill();
      await closed;
    },
  };
}

type Answered = (error: grpc.ServiceError | null, response: AnalyzeResponse) => void;

function call(send: (done: Answered) => void): Promise<Violation[]> {
  return new Promise((resolve, reject) => {
    send((error, response) => {
      if (error) reject(error);
      else resolve(response.getDiagnosticsList().map(violation));
    });
  });
}

function violation(diagnostic: analyzer.AnalyzeDiagnostic): Violation {
  const mandatory = diagnostic.getEnforcementlevel() === analyzer.EnforcementLevel.MANDATORY;
  return {
    level: mandatory ? "mandatory" : "advisory",
    message: `${diagnostic.getPolicyname()}: ${diagnostic.getMessage()}`,
  };
}

function analyzeRequest(resource: Analysed): analyzer.AnalyzeRequest {
  return describe(new analyzer.AnalyzeRequest(), resource);
}

function stackRequest(resources: readonly Analysed[]): analyzer.AnalyzeStackRequest {
  const urns = new Map(resources.map((each) => [each.name, urn(each)]));
  return new analyzer.AnalyzeStackRequest().setResourcesList(
    resources.map((each) =>
      describe(new analyzer.AnalyzerResource(), each).setDependenciesList(
        (each.dependencies ?? []).map((name) => urns.get(name) ?? name),
      ),
    ),
  );
}

function describe<Request extends analyzer.AnalyzeRequest | analyzer.AnalyzerResource>(
  request: Request,
  resource: Analysed,
): Request {
  request.setType(resource.type);
  request.setName(resource.name);
  request.setUrn(urn(resource));
  request.setOptions(
    new analyzer.AnalyzerResourceOptions().setCustomtimeouts(
      new analyzer.AnalyzerResourceOptions.CustomTimeouts(),
    ),
  );
  request.setProperties(struct.Struct.fromJavaScript({ ...resource.properties }));
  return request;
}

function urn({ type, name }: Analysed): string {
  return `urn:pulumi:dev::fanout::${type}::${name}`;
}
