import { formatArn } from "../../arn.ts";
import { AwsError } from "../../protocol/awsError.ts";
import { readDefinition } from "./definition.ts";
import { type Execution, Executions, type ExecutionsOptions } from "./executions.ts";
import type { StateMachine } from "./stateMachine.ts";

/** Step Functions. State machines are kept in memory. */
export class StateMachines {
  readonly #options: ExecutionsOptions;
  readonly #machines = new Map<string, StateMachine>();
  readonly executions: Executions;

  constructor(options: ExecutionsOptions) {
    this.#options = options;
    this.executions = new Executions(options);
  }

  /** @throws AwsError InvalidDefinition, StateMachineAlreadyExists */
  create(given: Omit<StateMachine, "arn" | "machine" | "created">): StateMachine {
    const { region, clock } = this.#options;
    const arn = formatArn("states", region, `stateMachine:${given.name}`);
    if (this.#machines.has(arn)) {
      throw new AwsError("StateMachineAlreadyExists", `State Machine Already Exists: '${arn}'`);
    }
    const machine = readDefinition(given.definition);
    const created = { ...given, arn, machine, created: clock.now() };
    this.#machines.set(arn, created);
    return created;
  }

  /** Executions at work go on as they began. */
  update(arn: string, changes: Pick<StateMachine, "definition" | "roleArn">): void {
    const machine = readDefinition(changes.definition);
    this.#machines.set(arn, { ...this.get(arn), ...changes, machine });
  }

  delete(arn: string): void {
    this.#machines.delete(arn);
  }

  find(arn: string): StateMachine | undefined {
    return this.#machines.get(arn);
  }

  /** @throws AwsError StateMachineDoesNotExist */
  get(arn: string): StateMachine {
    const found = this.#machines.get(arn);
    if (found !== undefined) return found;
    throw new AwsError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${arn}'`);
  }

  list(): readonly StateMachine[] {
    return [...this.#machines.values()];
  }

  /** @param input JSON text @param from who starts it, for the trace @throws AwsError StateMachineDoesNotExist */
  start(machineArn: string, input: string, from: string, name?: string): Execution {
    return this.executions.start(this.get(machineArn), input, from, name);
  }
}
