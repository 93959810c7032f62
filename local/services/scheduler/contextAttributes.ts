import { isoSeconds } from "../../time/isoSeconds.ts";

/** One call of a schedule. */
export type Execution = {
  readonly scheduleArn: string;
  readonly executionId: string;
  /** The scheduled time, in milliseconds since 1970. */
  readonly time: number;
};

/**
 * The input of a target with the values of the keywords in it, such as `<aws.scheduler.execution-id>`.
 *
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
export function withContext(input: string, { scheduleArn, executionId, time }: Execution): string {
  const values: Readonly<Record<string, string>> = {
    "schedule-arn": scheduleArn,
    "scheduled-time": isoSeconds(time),
    "execution-id": executionId,
    "attempt-number": "1",
  };
  return input.replace(
    /<aws\.scheduler\.([a-z-]+)>/g,
    (keyword, name: string) => values[name] ?? keyword,
  );
}
