import { matchesPattern } from "../../services/iam/pattern.ts";
import type { FaultView } from "../api/types.ts";

/** The faults of a function, which are also those of its aliases. */
export function faultsOfFunction(faults: readonly FaultView[], arn: string): FaultView[] {
  return faults.filter(
    (fault) =>
      fault.kind !== "deny" &&
      (arn === fault.functionArn || arn.startsWith(`${fault.functionArn}:`)),
  );
}

/** The faults that keep a topic from delivering to a queue or function; they name it by a pattern. */
export function denialsOf(faults: readonly FaultView[], endpoint: string): FaultView[] {
  const action = endpoint.split(":")[2] === "sqs" ? "sqs:SendMessage" : "lambda:InvokeFunction";
  return faults.filter(
    (fault) =>
      fault.kind === "deny" &&
      matchesPattern((fault.action ?? "*").toLowerCase(), action.toLowerCase()) &&
      matchesPattern(fault.principal ?? "*", "sns.amazonaws.com") &&
      matchesPattern(fault.resource ?? "*", endpoint),
  );
}
