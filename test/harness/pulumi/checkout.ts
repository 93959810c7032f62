import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import * as v from "valibot";
import { parse, stringify } from "yaml";
import { type Operated, reportedSchema } from "./operated.ts";

/** What Pulumi.yaml has Node load before the program. */
const nodeArguments = ["--require", "./checkNode.cjs", "--require", "./compileCache.cjs"];

/** A copy of this checkout in a temporary folder, with a backend and a home of Pulumi's of its own. */
export class Checkout {
  readonly #root: string;
  readonly #variables: NodeJS.ProcessEnv;
  #folder: string;

  private constructor(root: string, folder: string, variables: NodeJS.ProcessEnv) {
    this.#root = root;
    this.#folder = folder;
    this.#variables = variables;
  }

  /**
   * Copies what git knows of the working directory. Packages are those of this checkout.
   *
   * @param variables of the environment, for every process
   */
  static async create(variables: NodeJS.ProcessEnv = {}): Promise<Checkout> {
    const root = await mkdtemp(path.join(tmpdir(), "fanout-pulumi-"));
    const folder = path.join(root, "checkout");
    const { stdout } = await promisify(execFile)(
      "git",
      ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
      { maxBuffer: 2 ** 26 },
    );
    const files = stdout.split("\0").filter((file) => file !== "" && existsSync(file));
    for (const file of files) await cp(file, path.join(folder, file));
    await symlink(path.resolve("node_modules"), path.join(folder, "node_modules"));
    await mkdir(path.join(root, "backend"));
    await mkdir(path.join(root, "bin"));
    await writeFile(path.join(root, "bin", "pulumi-resource-aws"), providerScript, { mode: 0o755 });
    return new Checkout(root, folder, variables);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#root, { recursive: true, force: true });
  }

  /** Which files the checkout's folder holds at a path. */
  path(file: string): string {
    return path.join(this.#folder, file);
  }

  /** Moves the checkout to a folder of another name and depth, as another machine has it. */
  async move(): Promise<void> {
    const folder = path.join(this.#root, "elsewhere", "deeper", "copy");
    await mkdir(path.dirname(folder), { recursive: true });
    await rename(this.#folder, folder);
    this.#folder = folder;
  }

  /** Replaces text in a file, which has to be there. */
  async edit(file: string, before: string, after: string): Promise<void> {
    const content = await readFile(this.path(file), "utf8");
    if (!content.includes(before)) throw new Error(`${file} does not contain ${before}`);
    await writeFile(this.path(file), content.replaceAll(before, after));
  }

  async append(file: string, text: string): Promise<void> {
    await appendFile(this.path(file), text);
  }

  /** Adds to the settings of a stack, with full keys. */
  async configure(stack: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
    const file = this.path(`Pulumi.${stack}.yaml`);
    const current = v.parse(stackFile, parse(await readFile(file, "utf8")));
    await writeFile(file, stringify({ ...current, config: { ...current.config, ...settings } }));
  }

  /** Runs an operation of the engine in a process of its own. @throws Error with the engine's output if it fails */
  async operate(
    operation: "preview" | "up" | "refresh" | "destroy",
    options: {
      readonly stack?: string;
      readonly program?: string;
      /** @default the engine's */
      readonly parallel?: number;
    } = {},
  ): Promise<Operated> {
    const { stack = "dev", program = "index.ts" } = options;
    const script = "test/harness/pulumi/operate.ts";
    const begun = performance.now();
    const args = [operation, "--stack", stack, "--program", program];
    if (options.parallel !== undefined) args.push("--parallel", String(options.parallel));
    const out = await this.run(...nodeArguments, script, ...args);
    const seconds = (performance.now() - begun) / 1000;
    const last = out.trimEnd().split("\n").at(-1) ?? "";
    return { seconds, ...v.parse(reportedSchema, JSON.parse(last)) };
  }

  /** Runs Node in the folder, with the path of a script among its arguments. @returns what it prints @throws Error with that if it fails */
  async run(...args: readonly string[]): Promise<string> {
    const child = spawn(process.execPath, args, {
      cwd: this.#folder,
      env: this.#environment(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once("error", reject).once("close", resolve);
    });
    const [code, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
    if (code === 0) return out;
    throw new Error(`${args.join(" ")} ended with ${code}:\n${out}\n${err}`);
  }

  /** Bytes of the stack's state in the backend. */
  async stateSize(stack = "dev"): Promise<number> {
    return (await stat(this.statePath(stack))).size;
  }

  /** URNs of what is in the stack's state. */
  async resources(stack = "dev"): Promise<string[]> {
    const state = v.parse(stateFile, JSON.parse(await readFile(this.statePath(stack), "utf8")));
    return (state.checkpoint.latest.resources ?? []).map(({ urn }) => urn);
  }

  /** The file in which the backend keeps a stack. */
  statePath(stack = "dev"): string {
    return path.join(this.#root, "backend", ".pulumi", "stacks", "fanout", `${stack}.json`);
  }

  #environment(): NodeJS.ProcessEnv {
    const { PATH = "" } = process.env;
    return {
      ...process.env,
      PATH: [path.join(this.#root, "bin"), PATH].join(path.delimiter),
      PULUMI_HOME: path.join(this.#root, "home"),
      PULUMI_BACKEND_URL: `file://${path.join(this.#root, "backend")}`,
      PULUMI_CONFIG_PASSPHRASE: "passphrase",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      ...this.#variables,
    };
  }
}

const stateFile = v.object({
  checkpoint: v.object({
    latest: v.object({ resources: v.optional(v.array(v.object({ urn: v.string() }))) }),
  }),
});

const stackFile = v.looseObject({ config: v.record(v.string(), v.unknown()) });

const provider = path.resolve("test/harness/pulumi/standInProvider/main.ts");
const providerScript = `#!/bin/sh\nexec "${process.execPath}" "${provider}" "$@"\n`;
