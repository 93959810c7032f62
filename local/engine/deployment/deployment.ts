import { isDefaultProvider, type Urn } from "../../pulumi/urn.ts";
import type { ValueMap } from "../../pulumi/values/value.ts";
import type { ProviderRegistry } from "../providers/providerRegistry.ts";
import type { ResourceState } from "../state/resourceState.ts";
import type { StackName } from "../state/stackOutputs.ts";
import type { StateStore } from "../state/stateStore.ts";
import { DeploymentError, type Diagnostic } from "./diagnostics.ts";
import type { HookRunner } from "./hooks.ts";
import type { Autonamer } from "./naming.ts";
import type { Operation, Step } from "./steps.ts";

/** What data a resource holds, in words for the user: `queue mail, with 3 messages`; undefined for none. */
export type DataHolder = (resource: ResourceState) => Promise<string | undefined>;

export type DeploymentOptions = {
  readonly target: StackName;
  /** Whether only what would be done is found out. */
  readonly preview: boolean;
  readonly state: StateStore;
  readonly autonamer: Autonamer;
  readonly holds: DataHolder;
  readonly providers: ProviderRegistry;
  readonly hooks: HookRunner;
  /** Is told each diagnostic as it comes. */
  readonly onDiagnostic: (diagnostic: Diagnostic) => void;
};

/** What is known of one run of the program: what was there, what the program has said, what was done. */
export class Deployment {
  readonly target: StackName;
  readonly preview: boolean;
  readonly autonamer: Autonamer;
  readonly holds: DataHolder;
  readonly providers: ProviderRegistry;
  readonly hooks: HookRunner;
  /** As the last run left them, without those that wait to be deleted. */
  readonly olds: ReadonlyMap<Urn, ResourceState>;
  /** Replaced in an earlier run, and not deleted yet. */
  readonly oldPendingDeletes: readonly ResourceState[];
  /** What this run has registered or read, complete with outputs. */
  readonly news = new Map<Urn, ResourceState>();
  /** Every URN that the program has registered, also those that are still at work. */
  readonly registered = new Set<Urn>();
  /** By URN of this run: the URN that the last run knew the resource by. */
  readonly oldUrns = new Map<Urn, Urn>();
  /** The other way round: who has taken a URN of the last run. */
  readonly takenBy = new Map<Urn, Urn>();
  /** Keys of old states that are deleted already, for a replacement of theirs or of what they depend on. */
  readonly deletedAhead = new Set<string>();
  /** What became of each resource. */
  readonly operations = new Map<Urn, Operation>();
  readonly steps: Step[] = [];
  readonly diagnostics: Diagnostic[] = [];
  /** What is kept, though the program no longer has it, for the data that it holds. */
  readonly leftovers: string[] = [];
  /** Whether a preview has shown something that is not allowed. */
  hasRefused = false;
  /** What the program has exported; `undefined` until it has run to its end. */
  stackOutputs: ValueMap | undefined;
  readonly #state: StateStore;
  readonly #onDiagnostic: (diagnostic: Diagnostic) => void;
  readonly #failed = Promise.withResolvers<never>();
  readonly #atWork = new Set<Promise<void>>();
  #failure: unknown;
  #isFailed = false;
  #keys = 0;

  constructor(options: DeploymentOptions) {
    this.target = options.target;
    this.preview = options.preview;
    this.autonamer = options.autonamer;
    this.holds = options.holds;
    this.providers = options.providers;
    this.hooks = options.hooks;
    this.#state = options.state;
    this.#onDiagnostic = options.onDiagnostic;
    const resources = options.state.load();
    this.olds = new Map(
      resources.filter(({ pendingDelete }) => !pendingDelete).map((each) => [each.urn, each]),
    );
    this.oldPendingDeletes = resources.filter(({ pendingDelete }) => pendingDelete);
    this.#keys = resources.reduce((highest, { key }) => Math.max(highest, Number(key)), 0);
    // Callers that wait for it are rejected; without any, the failure is in the result.
    this.#failed.promise.catch(() => {});
  }

  /** Rejects once the deployment has failed: calls that are at work then are not answered otherwise. */
  get failed(): Promise<never> {
    return this.#failed.promise;
  }

  get isFailed(): boolean {
    return this.#isFailed;
  }

  /** What it failed of first. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Ends the deployment: nothing is begun any more. The first reason is reported with its resource. */
  fail(urn: Urn, error: unknown): void {
    if (error === this.#failure) return;
    if (error instanceof DeploymentError) {
      for (const message of error.messages)
        this.report({ severity: "error", urn: error.urn, message });
    } else {
      const message = error instanceof Error ? error.message : String(error);
      this.report({ severity: "error", urn, message });
    }
    this.failSilently(error);
  }

  /**
   * Fails for what is not allowed. A preview goes on, to show everything that would be done.
   *
   * @throws DeploymentError in an update
   */
  refuse(error: DeploymentError): void {
    if (!this.preview) throw error;
    for (const message of error.messages) {
      this.report({ severity: "error", urn: error.urn, message });
    }
    this.hasRefused = true;
  }

  /** Ends the deployment where the error has been reported. */
  failSilently(error: unknown): void {
    if (this.#isFailed) return;
    this.#isFailed = true;
    this.#failure = error;
    this.#failed.reject(error);
  }

  report(diagnostic: Diagnostic): void {
    this.diagnostics.push(diagnostic);
    this.#onDiagnostic(diagnostic);
  }

  /** Notes work that outlasts the answer to its call when the deployment fails meanwhile. */
  track<T>(work: Promise<T>): Promise<T> {
    const settled = work.then(
      () => {},
      () => {},
    );
    this.#atWork.add(settled);
    void settled.then(() => this.#atWork.delete(settled));
    return work;
  }

  /** Resolves when nothing is at work: what was begun is then in the state. */
  async idle(): Promise<void> {
    while (this.#atWork.size > 0) await Promise.all(this.#atWork);
  }

  newKey(): string {
    return String(++this.#keys);
  }

  /** Notes what was done. Default providers are the engine's own, and in no list of changes. */
  record(operation: Operation, urn: Urn): void {
    if (!isDefaultProvider(urn)) this.steps.push({ operation, urn });
    if (operation !== "delete-replaced") this.operations.set(urn, operation);
  }

  /** @throws what the deployment has failed of: after that, nothing is begun */
  assertRunning(): void {
    if (this.#isFailed) throw this.#failure;
  }

  /** Takes in a resource as it is now. A preview keeps nothing beyond itself. */
  complete(state: ResourceState): void {
    this.news.set(state.urn, state);
    if (!this.preview) this.#state.save(state);
  }

  save(state: ResourceState): void {
    if (!this.preview) this.#state.save(state);
  }

  forget(state: ResourceState): void {
    if (!this.preview) this.#state.remove(state.key);
  }

  /** What this run knows, or else the last: for what is registered later or was deleted. */
  find(urn: Urn): ResourceState | undefined {
    return this.news.get(urn) ?? this.olds.get(urn);
  }
}
