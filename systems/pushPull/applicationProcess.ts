import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const file = fileURLToPath(new URL("application.ts", import.meta.url));

/** The application in its own process, which uses the local endpoint. */
export class Application {
  readonly lines: string[] = [];
  readonly #process: ChildProcess;
  readonly #firstLine = Promise.withResolvers<void>();
  readonly #ended: Promise<unknown[]>;

  constructor(options: {
    readonly arguments: readonly string[];
    readonly url: string;
    readonly region: string;
    readonly onLine: (line: string) => void;
  }) {
    const { url, region, onLine } = options;
    const child = spawn(process.execPath, [file, ...options.arguments], {
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        ...process.env,
        AWS_ENDPOINT_URL: url,
        AWS_REGION: region,
        AWS_ACCESS_KEY_ID: "local",
        AWS_SECRET_ACCESS_KEY: "local",
        AWS_SESSION_TOKEN: "",
      },
    });
    this.#process = child;
    this.#ended = once(child, "exit");
    createInterface({ input: child.stdout }).on("line", (line) => {
      this.lines.push(line);
      onLine(line);
      this.#firstLine.resolve();
    });
  }

  /** Resolves when it has printed its first line. */
  async begun(): Promise<void> {
    const died = this.#ended.then(([code]) => {
      throw new Error(`the application ended with ${code} before it said anything`);
    });
    await Promise.race([this.#firstLine.promise, died]);
  }

  /** Kills it without warning, as a failure of its machine would. */
  async kill(): Promise<void> {
    this.#process.kill("SIGKILL");
    await this.#ended;
  }
}
