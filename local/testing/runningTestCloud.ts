import type { Cloud } from "../cloud.ts";
import { clientEnvironment } from "../endpoint/clientEnvironment.ts";
import type { ProjectRun, RunSnapshot } from "../run/projectRun.ts";
import type { Hop } from "../trace/hop.ts";
import type { TestFaults } from "./api/faults.ts";
import type {
  DeadLetter,
  Delivery,
  Invocation,
  QueueMessage,
  SentMessage,
} from "./api/observations.ts";
import type { AwsClient, ClientClass, Denied, Snapshot, TestCloud } from "./api/testCloud.ts";
import { Clients } from "./clients.ts";
import type { TestClockControl } from "./clock.ts";
import { testFaults } from "./faults.ts";
import { Observer } from "./observer.ts";

/** A test cloud on a local run that is restorable and follows the test's clock. */
export class RunningTestCloud implements TestCloud {
  readonly endpoint: string;
  readonly region: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly clock: TestClockControl;
  readonly faults: TestFaults;
  readonly #run: ProjectRun;
  readonly #clients: Clients;
  readonly #snapshots = new WeakMap<Snapshot, RunSnapshot>();
  #start: Snapshot | undefined;
  #observer: Observer;
  #closed: Promise<void> | undefined;

  private constructor(run: ProjectRun, clock: TestClockControl) {
    this.#run = run;
    this.clock = clock;
    this.endpoint = run.url;
    this.region = run.cloud.region;
    this.environment = clientEnvironment(this);
    this.faults = testFaults(() => run.cloud);
    this.#clients = new Clients(this);
    this.#observer = new Observer(run.cloud, run.records.history);
  }

  /** Resolves when what the program has set off has settled. */
  static async settled(run: ProjectRun, clock: TestClockControl): Promise<RunningTestCloud> {
    const cloud = new RunningTestCloud(run, clock);
    cloud.#start = await cloud.snapshot();
    return cloud;
  }

  get outputs(): Readonly<Record<string, unknown>> {
    return this.#run.latest().outputs;
  }

  client<Client extends AwsClient>(clientClass: ClientClass<Client>): Client {
    return this.#clients.get(clientClass);
  }

  settled(): Promise<void> {
    return this.#cloud.activity.idle();
  }

  hops(event?: string): readonly Hop[] {
    return this.#observer.hops(event);
  }

  denials(): readonly Denied[] {
    return this.#observer.denials();
  }

  deliveries(event: string): readonly Delivery[] {
    return this.#observer.deliveries(event);
  }

  delivery(event: string, subscriber: string): Delivery {
    return this.#observer.delivery(event, subscriber);
  }

  invocations(functionName?: string): readonly Invocation[] {
    return this.#observer.invocations(functionName);
  }

  messages(queue: string): readonly QueueMessage[] {
    return this.#observer.messages(queue);
  }

  deadLetters(queue?: string): readonly DeadLetter[] {
    return this.#observer.deadLetters(queue);
  }

  sent(): readonly SentMessage[] {
    return this.#observer.sent();
  }

  async snapshot(): Promise<Snapshot> {
    await this.settled();
    const snapshot = { takenAt: this.clock.now() };
    this.#snapshots.set(snapshot, await this.#run.snapshot());
    return snapshot;
  }

  async reset(snapshot: Snapshot | undefined = this.#start): Promise<void> {
    const kept = snapshot && this.#snapshots.get(snapshot);
    if (kept === undefined) throw new Error("the snapshot was taken of another test cloud");
    this.clock.startAt(kept.cloud.time);
    await this.#run.restore(kept);
    this.#observer = new Observer(this.#cloud, this.#run.records.history);
    await this.settled();
  }

  async update(): Promise<void> {
    await this.#run.update();
    await this.settled();
  }

  close(): Promise<void> {
    this.#clients.destroy();
    this.#closed ??= this.#run.close();
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  get #cloud(): Cloud {
    return this.#run.cloud;
  }
}
