import type { FanoutTopicArgs } from "../../../components/index.ts";
import { fanoutTopicProblems } from "../../../components/validation/checkFanoutTopic.ts";
import { formatProblem } from "../../../components/validation/problem.ts";

/**
 * Problems of a spec, as lines with their severity. `spec` is not typed, as JSON and JavaScript are not.
 *
 * @param isFile @default every handler is there
 */
export function problemsOf(spec: object, name = "orders", isFile = (_path: string) => true) {
  return fanoutTopicProblems(name, spec as FanoutTopicArgs, isFile).map(
    (problem) => `${problem.severity}: ${formatProblem(problem)}`,
  );
}

/** Problems of a topic with one consumer "a". */
export function consumerProblems(consumer: object, topic: object = {}): string[] {
  return problemsOf({ consumers: [{ name: "a", ...consumer }], ...topic });
}
