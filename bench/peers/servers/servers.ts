import path from "node:path";
import type { Deployment } from "../deployment.ts";
import { install, type PeerPackage, programs } from "../install.ts";
import { deployByApi } from "./deployByApi.ts";
import { deployedProgram } from "./deployedProgram.ts";
import type { ServerCommand } from "./serverProcess.ts";

/** A local cloud of the comparison. */
export type Server = {
  readonly name: string;
  /** @throws Error when it cannot be installed */
  readonly install: () => Promise<void>;
  readonly command: (port: number, collectorUrl: string) => ServerCommand;
  /** What it answers with 200 once it is ready. */
  readonly readyPath: string;
  readonly deploy: (url: string, collectorUrl: string) => Promise<Deployment>;
};

const root = path.resolve(import.meta.dirname, "../../..");

export type OwnOptions = {
  /** Where it keeps its messages. @default in memory */
  readonly data: string | undefined;
  /** Where it writes a profile of its processor time when it ends. @default none */
  readonly profile: string | undefined;
};

/** @param own for the local cloud of this repository */
export function servers(own: OwnOptions): readonly Server[] {
  return [ours(own), ministack, moto, fauxqs];
}

function ours({ data, profile }: OwnOptions): Server {
  return {
    name: "fanout",
    install: async () => {},
    command: (port, collectorUrl) => ({
      program: process.execPath,
      args: [
        ...(profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${path.resolve(profile)}`]),
        "--max-semi-space-size=4",
        path.join(root, "local/cli/main.ts"),
        ...["start", "--stack", "dev", "--port", `${port}`],
        ...(data === undefined ? [] : ["--data", data]),
      ],
      env: { COLLECTOR_URL: collectorUrl },
      folder: path.join(root, "bench/peers/program"),
    }),
    readyPath: "/_fanout/outputs",
    deploy: deployedProgram,
  };
}

const ministack = peer("ministack", {
  args: () => [],
  env: (port) => ({ BIND_HOST: "127.0.0.1", GATEWAY_PORT: `${port}`, LOG_LEVEL: "WARNING" }),
  readyPath: "/_ministack/health",
  functions: true,
});

/** Runs functions in Docker only. */
const moto = peer("moto", {
  args: (port) => ["-H", "127.0.0.1", "-p", `${port}`],
  env: () => ({}),
  readyPath: "/moto-api/data.json",
  functions: false,
});

/** Has no functions. Its own command listens on every interface. */
const fauxqs = peer("fauxqs", {
  args: (port) => [
    path.join(import.meta.dirname, "fauxqs.ts"),
    ...["--package", programs.fauxqs, "--port", `${port}`],
  ],
  env: () => ({}),
  readyPath: "/health",
  functions: false,
});

function peer(
  name: PeerPackage,
  options: {
    readonly args: (port: number) => readonly string[];
    readonly env: (port: number) => Readonly<Record<string, string>>;
    readonly readyPath: string;
    /** Whether it runs functions with handlers for Node, without Docker. */
    readonly functions: boolean;
  },
): Server {
  return {
    name,
    install: () => install(name),
    command: (port) => ({
      program: name === "fauxqs" ? process.execPath : programs[name],
      args: options.args(port),
      env: options.env(port),
    }),
    readyPath: options.readyPath,
    deploy: (url, collectorUrl) => deployByApi(url, options.functions ? collectorUrl : undefined),
  };
}
