import type { Clock } from "../../time/clock.ts";
import { isMet } from "./choice.ts";
import { type ContextObject, fill, place, valueAt } from "./data.ts";
import {
  type Retrier,
  readBranch,
  readProcessor,
  type State,
  type States,
  type TaskState,
} from "./definition.ts";
import { ExecutionError, matchesError, stoppedError } from "./executionError.ts";

export type InterpreterOptions = {
  readonly clock: Clock;
  readonly context: ContextObject;
  /** Does what a task names. @throws ExecutionError */
  readonly task: (resource: string, input: unknown) => Promise<unknown>;
  /** Is told of each state that begins and ends. */
  readonly onState: (step: StateStep) => void;
  readonly stopped: AbortSignal;
};

export type StateStep = {
  readonly kind: "entered" | "exited";
  readonly type: State["Type"];
  readonly name: string;
  /** The input, or the output. */
  readonly data: unknown;
};

type WorkingState = Extract<State, { Type: "Task" | "Parallel" | "Map" }>;

/**
 * Runs state machines of the Amazon States Language, with JSONPath.
 * https://states-language.net/spec.html
 */
export class Interpreter {
  readonly #options: InterpreterOptions;

  constructor(options: InterpreterOptions) {
    this.#options = options;
  }

  /** @throws ExecutionError when it fails */
  async run({ startAt, states }: States, input: unknown): Promise<unknown> {
    let name: string | undefined = startAt;
    let data = input;
    while (name !== undefined) {
      this.#requireGoing();
      const state = states.get(name);
      if (state === undefined) throw new ExecutionError("States.Runtime", `no state ${name}`);
      const { type, ...at } = { type: state.Type, name };
      this.#options.onState({ kind: "entered", type, ...at, data });
      const step = await this.#step(state, data);
      this.#requireGoing();
      data = step.data;
      this.#options.onState({ kind: "exited", type, ...at, data });
      name = step.next;
    }
    return data;
  }

  #requireGoing(): void {
    if (this.#options.stopped.aborted) throw stoppedError();
  }

  async #step(state: State, data: unknown): Promise<{ data: unknown; next?: string | undefined }> {
    if (state.Type === "Fail") {
      throw new ExecutionError(state.Error ?? "States.Failed", state.Cause ?? "");
    }
    const input = this.#select(state.InputPath, data);
    switch (state.Type) {
      case "Pass": {
        const effective = this.#fill(state.Parameters, input);
        const result = state.Result === undefined ? effective : state.Result;
        return this.#leave(state, place(state.ResultPath, data, result));
      }
      case "Choice":
        return { data: this.#select(state.OutputPath, input), next: this.#choose(state, input) };
      case "Wait":
        await this.#wait(state, input);
        return this.#leave(state, input);
      case "Succeed":
        return { data: this.#select(state.OutputPath, input) };
      default:
        return this.#withCatch(state, data, input);
    }
  }

  #leave(
    state: { OutputPath?: string | null | undefined; Next?: string | undefined },
    data: unknown,
  ) {
    return { data: this.#select(state.OutputPath, data), next: state.Next };
  }

  #choose(state: Extract<State, { Type: "Choice" }>, input: unknown): string {
    const rule = state.Choices.find((each) => isMet(each, input, this.#options.context));
    const next = rule === undefined ? state.Default : String(rule.Next);
    if (next !== undefined) return next;
    throw new ExecutionError(
      "States.NoChoiceMatched",
      "No choice rule matched, and there is no default",
    );
  }

  async #wait(state: Extract<State, { Type: "Wait" }>, input: unknown): Promise<void> {
    const { clock, context } = this.#options;
    const { Seconds, SecondsPath, Timestamp, TimestampPath } = state;
    const seconds = SecondsPath ? Number(valueAt(SecondsPath, input, context)) : Seconds;
    const time = TimestampPath ? String(valueAt(TimestampPath, input, context)) : Timestamp;
    const at = time === undefined ? clock.now() + (seconds ?? 0) * 1000 : Date.parse(time);
    if (Number.isNaN(at)) {
      const given = time ?? JSON.stringify(valueAt(SecondsPath ?? "$", input, context));
      throw new ExecutionError("States.Runtime", `A Wait state cannot wait for "${given}"`);
    }
    return this.#sleepUntil(at);
  }

  #sleepUntil(at: number): Promise<void> {
    const { clock, stopped } = this.#options;
    if (stopped.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        cancel();
        stopped.removeEventListener("abort", wake);
        resolve();
      };
      const cancel = clock.at(at, wake);
      stopped.addEventListener("abort", wake);
    });
  }

  async #withCatch(state: WorkingState, data: unknown, input: unknown) {
    try {
      const result = await this.#withRetries(state, this.#fill(state.Parameters, input));
      const selected = this.#fill(state.ResultSelector, result);
      return this.#leave(state, place(state.ResultPath, data, selected));
    } catch (error) {
      if (!(error instanceof ExecutionError)) throw error;
      const catcher = state.Catch.find(({ ErrorEquals }) => matchesError(ErrorEquals, error));
      if (catcher === undefined) throw error;
      const caught = { Error: error.error, Cause: error.message };
      return { data: place(catcher.ResultPath, data, caught), next: catcher.Next };
    }
  }

  async #withRetries(state: WorkingState, input: unknown): Promise<unknown> {
    const attempts = new Map<Retrier, number>();
    for (;;) {
      try {
        return await this.#work(state, input);
      } catch (error) {
        if (!(error instanceof ExecutionError)) throw error;
        const retrier = state.Retry.find(({ ErrorEquals }) => matchesError(ErrorEquals, error));
        const made = retrier === undefined ? 0 : (attempts.get(retrier) ?? 0);
        if (retrier === undefined || made >= retrier.MaxAttempts) throw error;
        attempts.set(retrier, made + 1);
        await this.#pause(retrier, made);
      }
    }
  }

  /** @param made the retries before */
  async #pause(retrier: Retrier, made: number): Promise<void> {
    const { IntervalSeconds, BackoffRate, MaxDelaySeconds = Number.POSITIVE_INFINITY } = retrier;
    const seconds = Math.min(IntervalSeconds * BackoffRate ** made, MaxDelaySeconds);
    await this.#sleepUntil(this.#options.clock.now() + seconds * 1000);
    this.#requireGoing();
  }

  #work(state: WorkingState, input: unknown): Promise<unknown> {
    switch (state.Type) {
      case "Task":
        return this.#task(state, input);
      case "Parallel":
        return this.#together((branches) =>
          Promise.all(state.Branches.map((each) => branches.run(readBranch(each, ""), input))),
        );
      case "Map":
        return this.#map(state, input);
    }
  }

  /** The first of several branches that fails stops the others. */
  async #together<T>(work: (branches: Interpreter) => Promise<T>): Promise<T> {
    const failed = new AbortController();
    const stopped = AbortSignal.any([this.#options.stopped, failed.signal]);
    try {
      return await work(new Interpreter({ ...this.#options, stopped }));
    } catch (error) {
      failed.abort();
      throw error;
    }
  }

  #task({ Resource, TimeoutSeconds }: TaskState, input: unknown): Promise<unknown> {
    const { task, clock } = this.#options;
    const work = task(Resource, input);
    if (TimeoutSeconds === undefined) return work;
    return new Promise((resolve, reject) => {
      const cancel = clock.at(clock.now() + TimeoutSeconds * 1000, () =>
        reject(new ExecutionError("States.Timeout", "")),
      );
      work.then(resolve, reject).finally(cancel);
    });
  }

  async #map(state: Extract<State, { Type: "Map" }>, input: unknown): Promise<unknown[]> {
    const { context } = this.#options;
    const items = valueAt(state.ItemsPath, input, context);
    if (!Array.isArray(items)) {
      throw new ExecutionError("States.Runtime", `Reference path ${state.ItemsPath} is no array`);
    }
    const processor = readProcessor(state, "");
    return this.#together((branches) =>
      inTurns(items, state.MaxConcurrency, async (Value, Index) => {
        const own = { ...context, Map: { Item: { Index, Value } } };
        const { ItemSelector: selector } = state;
        const item = selector === undefined ? Value : fill(selector, input, own);
        return branches.#with(own).run(processor, item);
      }),
    );
  }

  #with(context: ContextObject): Interpreter {
    return new Interpreter({ ...this.#options, context });
  }

  #select(path: string | null | undefined, data: unknown): unknown {
    if (path === null) return {};
    return path === undefined ? data : valueAt(path, data, this.#options.context);
  }

  #fill(template: unknown, input: unknown): unknown {
    return template === undefined ? input : fill(template, input, this.#options.context);
  }
}

/** The results in the order of the items. @param most how many at once; 0 for all */
async function inTurns<T>(
  items: readonly unknown[],
  most: number,
  work: (item: unknown, index: number) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  const entries = items.entries();
  const worker = async () => {
    for (const [index, item] of entries) results[index] = await work(item, index);
  };
  const workers = most === 0 ? items.length : Math.min(most, items.length);
  await Promise.all(Array.from({ length: workers }, worker));
  return results;
}
