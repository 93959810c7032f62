import type { StateMachines } from "./stateMachines.ts";

/** What a service needs of Step Functions that starts executions. */
export type ExecutionStarter = Pick<StateMachines, "start">;
