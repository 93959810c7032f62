import { shortName } from "../../local/trace/shortName.ts";
import type { Arguments } from "../arguments.ts";
import type { Command, Context } from "../command.ts";
import { OpsError, UsageError } from "../errors.ts";
import { count } from "../output.ts";
import {
  type ActiveFault,
  addFault,
  clearFaults,
  listFaults,
  removeFault,
} from "../stack/faults.ts";
import { unknownName } from "../stack/names.ts";
import type { Consumer } from "../stack/stack.ts";

const kinds = ["fail", "delay", "throttle", "pause", "deny"];

export const fault: Command = {
  name: "fault",
  positionals: ["[CONSUMER]", "[KIND]"],
  summary: "injects faults into a local run, and lists those in force",
  details: `KIND is one of
  fail      the consumer's function fails; with --after-work, it fails when its handler has done its work
  delay     the function starts --seconds late
  throttle  the function's invocations are rejected
  pause     its messages stay in the queue
  deny      the topic may not deliver to the consumer's queue, or invoke its function
Without arguments it lists the faults in force. A fault stays until it is removed, or as many --times as it
takes effect.`,
  options: {
    times: { type: "string", value: "N", about: "how often it takes effect (until it is removed)" },
    seconds: { type: "string", value: "N", about: "how late a delayed function starts" },
    "after-work": { type: "boolean", about: "fail after the handler has done its work" },
    remove: { type: "string", value: "ID", about: "ends that fault" },
    clear: { type: "boolean", about: "ends all faults" },
  },
  async run(context) {
    const { given, stack, show } = context;
    const url = stack.localUrl;
    if (url === undefined) throw new OpsError("faults can be injected into a local run only");
    const id = given.text("remove");
    if (id !== undefined) {
      await removeFault(url, id);
      return show(`${id} ended`, { removed: id });
    }
    if (given.flag("clear")) {
      const faults = await listFaults(url);
      await clearFaults(url);
      return show(`${count(faults.length, "fault")} ended`, { cleared: faults.length });
    }
    if (given.optional(0) === undefined) return list(context, await listFaults(url));
    const fault = faultOf(context);
    const added = await addFault(url, fault);
    show(`${given.required(0, "CONSUMER")}: ${given.required(1, "KIND")} injected as ${added}`, {
      id: added,
      ...fault,
    });
  },
};

function list({ show }: Context, faults: readonly ActiveFault[]): void {
  const lines = faults.map(({ id, kind, functionArn, resource, hits, times }) => {
    const name = shortName(functionArn ?? resource ?? "");
    const left = times === undefined ? "" : ` of ${times}`;
    return `${id}  ${kind}  ${name}  ${hits}${left} so far`;
  });
  show(lines.join("\n") || "no fault is in force", faults);
}

function faultOf({ given, stack }: Context): object {
  const consumer = stack.consumer(given.required(0, "CONSUMER"));
  const kind = given.required(1, `KIND (${kinds.join(", ")})`);
  const times = given.wholeNumber("times", { min: 1, max: 1_000_000 });
  const counted = times === undefined ? {} : { times };
  if (kind === "deny") return { kind, ...counted, ...deliveryTo(consumer) };
  const { functionName } = consumer;
  if (functionName === undefined) throw new UsageError(`${consumer.name} has no function`);
  const target = { function: functionName };
  switch (kind) {
    case "fail":
      return {
        kind: "error",
        ...target,
        ...counted,
        preventExecution: !given.flag("after-work"),
      };
    case "delay":
      return { kind, ...target, ...counted, seconds: secondsOf(given) };
    case "throttle":
      return { kind, ...target, ...counted };
    case "pause":
      if (times !== undefined) throw new UsageError("a pause takes no --times: end it by --remove");
      return { kind, ...target };
    default:
      throw unknownName("fault", kind, kinds);
  }
}

function secondsOf(given: Arguments): number {
  const seconds = given.wholeNumber("seconds", { min: 1, max: 86_400 });
  if (seconds === undefined) throw new UsageError("delay needs --seconds N");
  return seconds;
}

/** The topic's call that brings a message to the consumer. */
function deliveryTo({ name, functionName, queueUrl }: Consumer): object {
  const principal = "sns.amazonaws.com";
  if (queueUrl !== undefined) {
    const resource = `arn:*:sqs:*:*:${new URL(queueUrl).pathname.split("/").at(-1)}`;
    return { principal, action: "sqs:SendMessage", resource };
  }
  if (functionName !== undefined) {
    const resource = `arn:*:lambda:*:*:function:${functionName}`;
    return { principal, action: "lambda:InvokeFunction", resource };
  }
  throw new UsageError(`${name} has neither a queue nor a function`);
}
