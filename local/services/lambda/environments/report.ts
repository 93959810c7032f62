import { answerOf, type Ending, exitText } from "./ending.ts";

/** The platform's own log lines of an invocation. */
export type Report = {
  readonly requestId: string;
  readonly ending: Ending;
  readonly milliseconds: number;
  /** Present on the first invocation of an environment. */
  readonly initMilliseconds?: number;
  readonly memoryMb: number;
  readonly maxMemoryMb: number;
};

/** @param version a number, or `$LATEST` */
export function startLine(requestId: string, version: string): string {
  return `START RequestId: ${requestId} Version: ${version}\n`;
}

/**
 * What Lambda writes after the handler's own output.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
export function endLines(report: Report): string {
  const { requestId, ending } = report;
  const exit =
    ending.kind === "exited"
      ? `RequestId: ${requestId} Error: ${exitText(ending)}\nRuntime.ExitError\n`
      : "";
  return `${exit}END RequestId: ${requestId}\n${reportLine(report)}`;
}

function reportLine(report: Report): string {
  const init = report.initMilliseconds;
  const billed = Math.ceil(report.milliseconds + (init ?? 0));
  const fields = [
    `REPORT RequestId: ${report.requestId}`,
    `Duration: ${report.milliseconds.toFixed(2)} ms`,
    `Billed Duration: ${billed} ms`,
    `Memory Size: ${report.memoryMb} MB`,
    `Max Memory Used: ${report.maxMemoryMb} MB`,
    ...(init === undefined ? [] : [`Init Duration: ${init.toFixed(2)} ms`]),
    ...status(report),
  ];
  return `${fields.join("\t")}\n`;
}

/** Without a status the line ends in a tab, as on AWS. */
function status({ ending, requestId }: Report): string[] {
  if (ending.kind === "answered") return [""];
  if (ending.kind === "timedOut") return ["Status: timeout"];
  const answer = answerOf(ending, requestId);
  return ["Status: error", `Error Type: ${answer.kind === "error" ? answer.error.errorType : ""}`];
}
