import { compilePattern, PatternError } from "../../aws/eventPattern.ts";
import { transformerProblem } from "../../aws/eventTransformer.ts";
import type { EventPattern } from "../sources/source.ts";
import { formProblem } from "./addresses.ts";
import { show } from "./problem.ts";
import type { Rule } from "./rule.ts";
import type { EventSourceFacts } from "./sourceFacts.ts";

const patterns = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html";
const transformers =
  "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_InputTransformer.html";

const longestPattern = 4096;

/** Rules about event patterns of EventBridge as sources. */
export const eventSourceRules: readonly Rule<EventSourceFacts>[] = [
  {
    about: "sources[].eventPattern",
    rule: "an object with lists of values or operators, at most 4,096 characters as JSON",
    severity: "error",
    source: patterns,
    check: ({ source: { eventPattern } }) => {
      const { length } = JSON.stringify(eventPattern);
      return length > longestPattern
        ? `eventPattern has ${length} characters as JSON; EventBridge allows 4,096`
        : patternProblem(eventPattern);
    },
  },
  {
    about: "sources[].bus",
    rule: "a bus's name or ARN",
    severity: "error",
    source: "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html",
    check: ({ source: { bus } }) =>
      formProblem(
        "bus",
        {
          what: "the name or ARN of an event bus",
          pattern: /^(arn:[\w-]+:events:[\w-]+:\d{12}:event-bus\/)?[\w./-]{1,256}$/,
        },
        bus,
      ),
  },
  {
    about: "sources[].inputPath",
    rule: "a path in the event, such as $.detail; not together with inputTransformer",
    severity: "error",
    source: "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html",
    check: ({ source: { inputPath, inputTransformer } }) => {
      if (inputPath === undefined) return undefined;
      if (inputTransformer !== undefined) {
        return "inputPath and inputTransformer exclude each other; remove one";
      }
      return /^\$(\.|\[|$)/.test(inputPath) && inputPath.length <= 256
        ? undefined
        : `inputPath must be a path in the event, such as $.detail, of up to 256 characters (given ${show(inputPath)})`;
    },
  },
  {
    about: "sources[].inputTransformer",
    rule: "up to 100 variables, whose names do not begin with AWS, and a template of 1 to 8,192 characters whose variables have paths",
    severity: "error",
    source: transformers,
    check: ({ source: { inputTransformer } }) => {
      if (inputTransformer === undefined) return undefined;
      const { paths = {}, template } = inputTransformer;
      const problem = transformerProblem({ paths, template });
      return problem === undefined ? undefined : `inputTransformer: ${problem}`;
    },
  },
];

function patternProblem(pattern: EventPattern): string | undefined {
  try {
    compilePattern(pattern);
    return undefined;
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return `eventPattern is not valid: ${error.message}`;
  }
}
