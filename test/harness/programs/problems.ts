import type { FanoutTopicArgs } from "../../../components/index.ts";
import { fanoutTopicProblems } from "../../../components/validation/checkFanoutTopic.ts";
import { formatProblem } from "../../../components/validation/problem.ts";

/** Problems of a spec, as lines with their severity. `spec` is not typed, as JSON and JavaScript are not. */
export function problemsOf(spec: object, name = "orders"): string[] {
  return fanoutTopicProblems(name, spec as FanoutTopicArgs, () => true).map(
    (problem) => `${problem.severity}: ${formatProblem(problem)}`,
  );
}

/** Problems of a topic with one consumer "a". */
export function consumerProblems(consumer: object, topic: object = {}): string[] {
  return problemsOf({ consumers: [{ name: "a", ...consumer }], ...topic });
}
