import { asynchronousLimits } from "../../aws/limits.ts";
import {
  functionArnProblem,
  isExistingFunction,
  isFunctionArn,
} from "../consumers/existingFunction.ts";
import type { ConsumerFacts } from "./facts.ts";
import { known, type Rule, range } from "./rule.ts";

const asynchronous =
  "https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html";

/** Rules about the function of a consumer and its asynchronous invocations. */
export const functionRules: readonly Rule<ConsumerFacts>[] = [
  {
    about: "handler.functionArn",
    rule: "the ARN of a function, or of an alias or a version of it",
    severity: "error",
    source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html",
    check: ({ queue, direct }) => {
      const handler = queue?.handler ?? direct?.handler;
      if (!isExistingFunction(handler) || !("functionArn" in handler)) return undefined;
      const arn = known(handler.functionArn);
      return arn === undefined || isFunctionArn(arn) ? undefined : functionArnProblem(arn);
    },
  },
  {
    about: "handler.publishes",
    rule: "requires a filter: without one the consumer receives its own messages, until Lambda stops the loop after 16 invocations",
    severity: "error",
    source: "https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html",
    check: ({ spec, handler }) =>
      handler?.publishes && spec.filter === undefined
        ? "handler.publishes requires a filter: without one the consumer receives its own messages in an endless loop"
        : undefined,
  },
  range({
    about: "maximumRetryAttempts",
    ...asynchronousLimits.retryAttempts,
    source: asynchronous,
    value: ({ direct }) => direct?.maximumRetryAttempts,
  }),
  range({
    about: "maximumEventAgeSeconds",
    ...asynchronousLimits.eventAgeSeconds,
    unit: "seconds",
    source: asynchronous,
    value: ({ direct }) => direct?.maximumEventAgeSeconds,
  }),
  {
    about: "maximumRetryAttempts, maximumEventAgeSeconds",
    rule: "not with an existing function, whose asynchronous settings are not changed",
    severity: "error",
    source: asynchronous,
    check: ({ direct }) =>
      direct && isExistingFunction(direct.handler)
        ? (["maximumRetryAttempts", "maximumEventAgeSeconds"] as const)
            .filter((field) => direct[field] !== undefined)
            .map(
              (field) => `${field} does not apply to an existing function; set it on the function`,
            )
        : undefined,
  },
];
