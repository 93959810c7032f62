import type { HandlerFile } from "../../components/functions/buildHandlers.ts";
import type { BundleContents, BundledHandler } from "../../components/functions/bundle.ts";
import { sourcesOf } from "../../components/functions/cache/consulted.ts";
import { summarize } from "../services/lambda/code.ts";
import type { Functions } from "../services/lambda/functions.ts";

/** A handler of the program, and the functions that run it. */
type Handler = HandlerFile & {
  readonly functionNames: readonly string[];
  readonly sources: readonly string[];
  /** Of the code that they run. */
  readonly sha256: string;
};

export type ReloaderOptions = {
  readonly functions: Pick<Functions, "list" | "find" | "updateCode">;
  /** Is told, in a line or more, what has new code and what does not compile. */
  readonly say: (text: string) => void;
};

type Outcome = { readonly built: BundleContents } | { readonly problem: string };

/**
 * Gives functions the code of their handlers as it is saved now. A handler that does not compile keeps
 * the code it had.
 */
export class Reloader {
  readonly #options: ReloaderOptions;
  readonly #handlers = new Map<string, Handler>();
  /** What is wrong with a handler as it is saved now, by its file. */
  readonly #problems = new Map<string, string>();

  constructor(options: ReloaderOptions) {
    this.#options = options;
  }

  /** Takes in the handlers that functions run. Those that the process bundled for another run are left out. */
  async add(bundled: readonly BundledHandler[]): Promise<void> {
    const results = await Promise.allSettled(bundled.map(({ contents }) => contents()));
    for (const [index, { file, name }] of bundled.entries()) {
      const result = results[index];
      // No function runs what did not compile: the run that asked for it has failed of it.
      if (result?.status !== "fulfilled") continue;
      const { files, sources } = result.value;
      const { sha256 } = summarize(files);
      const running = this.#options.functions.list().filter(({ code }) => code.sha256 === sha256);
      if (running.length === 0) continue;
      const functionNames = running.map((each) => each.name);
      this.#handlers.set(file, { file, name, sources, sha256, functionNames });
    }
  }

  /** The files that the handlers are made of, full paths. */
  sources(): Set<string> {
    return new Set([...this.#handlers.values()].flatMap(({ sources }) => sources));
  }

  /** What does not compile at present, a text for each cause. */
  problems(): readonly string[] {
    return [...new Set(this.#problems.values())];
  }

  /**
   * Builds anew what is made of any of these files, and what did not compile before.
   *
   * @param isOver whether the functions have ended meanwhile
   */
  async changed(files: ReadonlySet<string>, isOver = () => false): Promise<void> {
    const affected = [...this.#handlers.values()].filter(
      ({ file, sources }) =>
        this.#problems.has(file) || sources.some((source) => files.has(source)),
    );
    if (affected.length === 0) return;
    const before = this.problems();
    const updated: string[] = [];
    const outcomes = await buildEach(affected);
    if (isOver()) return;
    for (const [handler, outcome] of outcomes) {
      if ("problem" in outcome) this.#problems.set(handler.file, outcome.problem);
      else updated.push(...this.#update(handler, outcome.built));
    }
    for (const problem of this.problems()) {
      if (!before.includes(problem)) this.#options.say(`${problem}\n${this.#holdingOn(problem)}`);
    }
    if (updated.length > 0) this.#options.say(`New code: ${updated.join(", ")}`);
  }

  /** @returns the functions that have new code */
  #update(handler: Handler, built: BundleContents): readonly string[] {
    const { file, functionNames } = handler;
    const wasBroken = this.#problems.delete(file);
    const { sha256 } = summarize(built.files);
    this.#handlers.set(file, { ...handler, sources: built.sources, sha256 });
    const { functions } = this.#options;
    const names = functionNames.filter((name) => functions.find(name) !== undefined);
    if (sha256 === handler.sha256) return wasBroken ? names : [];
    for (const name of names) functions.updateCode(name, built.files);
    return names;
  }

  #holdingOn(problem: string): string {
    const names = [...this.#handlers.values()]
      .filter(({ file }) => this.#problems.get(file) === problem)
      .flatMap(({ functionNames }) => functionNames);
    return `Until it does, these run the code they had: ${names.join(", ")}`;
  }
}

/** All in one run; where that fails, each for itself, so that one of them does not hold up the others. */
async function buildEach(handlers: readonly Handler[]): Promise<[Handler, Outcome][]> {
  try {
    // The first change loads esbuild: a run without changes does without it.
    const { buildHandlers } = await import("../../components/functions/buildHandlers.ts");
    const built = await buildHandlers(handlers, process.cwd());
    return handlers.flatMap((handler, index): [Handler, Outcome][] => {
      const own = built[index];
      if (own === undefined) return [];
      return [[handler, { built: { files: own.files, sources: sourcesOf(own.consulted) } }]];
    });
  } catch (error) {
    const [only] = handlers;
    if (handlers.length === 1 && only !== undefined) {
      return [[only, { problem: error instanceof Error ? error.message : String(error) }]];
    }
    const each = await Promise.all(handlers.map((handler) => buildEach([handler])));
    return each.flat();
  }
}
