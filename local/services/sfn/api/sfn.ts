import * as v from "valibot";
import type { Authorize } from "../../../protocol/access.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import type { Call, Operation, Operations, Reply } from "../../../protocol/call.ts";
import { parseInput, requireAllowed } from "../../../protocol/input.ts";
import { jsonProtocol } from "../../../protocol/jsonProtocol.ts";
import { pageOf } from "../../../protocol/page.ts";
import type { Execution } from "../executions.ts";
import type { StateMachine } from "../stateMachine.ts";
import type { StateMachines } from "../stateMachines.ts";
import { historyOf } from "./history.ts";

export type SfnOptions = { readonly machines: StateMachines; readonly authorize: Authorize };

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_Operations.html */
export function sfn(options: SfnOptions): (call: Call) => Promise<Reply> {
  return jsonProtocol({
    targetPrefix: "AWSStepFunctions",
    errorNamespace: "com.amazonaws.swf.service.v2.model",
    operations: operations(options),
  });
}

const startInput = v.object({
  stateMachineArn: v.string(),
  input: v.optional(v.string(), "{}"),
  name: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(80))),
});
const page = {
  /** 0 is the same as none. */
  maxResults: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000)), 0),
  nextToken: v.optional(v.string()),
};
const machineInput = v.object({ stateMachineArn: v.string() });
const executionInput = v.object({ executionArn: v.string() });
const stopInput = v.object({
  executionArn: v.string(),
  error: v.optional(v.string(), ""),
  cause: v.optional(v.string(), ""),
});

const historyInput = v.object({
  executionArn: v.string(),
  reverseOrder: v.optional(v.boolean(), false),
  ...page,
});
const executionsInput = v.object({
  stateMachineArn: v.string(),
  statusFilter: v.optional(v.picklist(["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"])),
  // No execution is redriven here.
  redriveFilter: v.optional(v.literal("NOT_REDRIVEN")),
  ...page,
});

type Page = { readonly maxResults: number; readonly nextToken?: string | undefined };

function paged<T>(all: readonly T[], { maxResults, nextToken }: Page) {
  const invalid = () => new AwsError("InvalidToken", `Invalid Token: '${nextToken}'`);
  const { items, NextToken } = pageOf(all, nextToken, maxResults === 0 ? 100 : maxResults, invalid);
  return { items, nextToken: NextToken };
}

function operations({ machines, authorize }: SfnOptions): Operations {
  /** An operation whose caller needs permission for what `resource` names. */
  const operation = <S extends v.GenericSchema>(
    name: string,
    schema: S,
    resource: (input: v.InferOutput<S>) => string,
    run: (input: v.InferOutput<S>, call: Call) => object | Promise<object>,
  ): Record<string, Operation> => ({
    [name]: (given, call) => {
      const input = parseInput(schema, given);
      requireAllowed(authorize, call, `states:${name}`, resource(input));
      return run(input, call);
    },
  });
  const ofMachine = ({ stateMachineArn }: { stateMachineArn: string }) => stateMachineArn;
  const ofExecution = ({ executionArn }: { executionArn: string }) => executionArn;
  return {
    ...operation("StartExecution", startInput, ofMachine, (input, call) => {
      const { arn, started } = machines.start(
        input.stateMachineArn,
        input.input,
        call.callerArn,
        input.name,
      );
      return { executionArn: arn, startDate: started / 1000 };
    }),
    ...operation("StartSyncExecution", startInput, ofMachine, async (input, call) => {
      const { stateMachineArn, input: text, name } = input;
      const { arn } = machines.start(stateMachineArn, text, call.callerArn, name);
      return descriptionOf(await machines.executions.finished(arn));
    }),
    ...operation("StopExecution", stopInput, ofExecution, ({ executionArn, error, cause }) => {
      machines.executions.stop(executionArn, error, cause);
      const { result } = machines.executions.get(executionArn);
      return { stopDate: result.status === "RUNNING" ? 0 : result.stopped / 1000 };
    }),
    ...operation("DescribeExecution", executionInput, ofExecution, ({ executionArn }) =>
      descriptionOf(machines.executions.get(executionArn)),
    ),
    ...operation("GetExecutionHistory", historyInput, ofExecution, (input) => {
      const events = historyOf(machines.executions.get(input.executionArn));
      const { items, nextToken } = paged(input.reverseOrder ? events.reverse() : events, input);
      return { events: items, nextToken };
    }),
    ...operation("ListExecutions", executionsInput, ofMachine, (input) => {
      const { stateMachineArn, statusFilter: wanted } = input;
      const all = machines.executions
        .of(stateMachineArn)
        .filter(({ result }) => wanted === undefined || result.status === wanted);
      const { items, nextToken } = paged(all, input);
      return { executions: items.map(summaryOf), nextToken };
    }),
    ...operation("DescribeStateMachine", machineInput, ofMachine, ({ stateMachineArn }) => {
      const found = machines.get(stateMachineArn);
      const { definition, roleArn } = found;
      return { ...machineOf(found), definition, roleArn, status: "ACTIVE" };
    }),
    ...operation(
      "ListStateMachines",
      v.object(page),
      () => "*",
      (input) => {
        const { items, nextToken } = paged(machines.list(), input);
        return { stateMachines: items.map(machineOf), nextToken };
      },
    ),
  };
}

function machineOf({ arn, name, type, created }: StateMachine) {
  return { stateMachineArn: arn, name, type, creationDate: created / 1000 };
}

function summaryOf({ arn, stateMachineArn, name, started, result }: Execution) {
  return {
    ...{ executionArn: arn, stateMachineArn, name, status: result.status },
    startDate: started / 1000,
    ...(result.status !== "RUNNING" && { stopDate: result.stopped / 1000 }),
  };
}

function descriptionOf(execution: Execution) {
  const { input, result } = execution;
  const { status, ...details } = result;
  const { stopped: _, ...outcome } = { stopped: 0, ...details };
  return { ...summaryOf(execution), status, input, ...outcome };
}
