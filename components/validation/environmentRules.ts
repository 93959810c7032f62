import { reservedLambdaVariables } from "../../aws/lambdaVariables.ts";
import { functionLimits } from "../../aws/limits.ts";
import { type HandlerArgs, isPython, sourceMapOption } from "../handlerArgs.ts";
import type { HandlerFacts } from "./handlerFacts.ts";
import { show } from "./problem.ts";
import { grouped, type Rule } from "./rule.ts";

const variables = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html";

/** Rules about the environment variables of a handler. */
export const environmentRules: readonly Rule<HandlerFacts>[] = [
  {
    about: "handler.environment",
    rule: "names of letters, digits and _ that begin with a letter and are not Lambda's own; 4 KB in all, with the component's own: NODE_OPTIONS, TOPIC_ARN, FANOUT_RETRIES, FANOUT_MAX_RECEIVE_COUNT",
    severity: "error",
    source: variables,
    check: ({ handler, addedVariables }) => handler && environmentProblems(handler, addedVariables),
  },
];

function environmentProblems(
  { entry, image, environment = {} }: Pick<HandlerArgs, "entry" | "environment" | "image">,
  addedVariables: Readonly<Record<string, string>>,
): string[] {
  const names = Object.keys(environment);
  const own =
    isPython(entry) || image
      ? addedVariables
      : { NODE_OPTIONS: sourceMapOption, ...addedVariables };
  const added = environmentBytes(own);
  const size = environmentBytes({ ...own, ...environment });
  return [
    ...names
      .filter((name) => !/^[A-Za-z][A-Za-z0-9_]+$/.test(name))
      .map((name) => `handler.environment: ${show(name)} is not a valid name of a variable`),
    ...names
      .filter((name) => reservedLambdaVariables.has(name))
      .map((name) => `handler.environment: ${name} is set by Lambda; choose another name`),
    ...(size > functionLimits.environmentBytes
      ? [
          `handler.environment has ${grouped(size)} bytes, ${grouped(added)} of them in the component's own variables (${Object.keys(own).join(", ")}); Lambda allows ${grouped(functionLimits.environmentBytes)}`,
        ]
      : []),
  ];
}

/** Bytes of names and values; a value that is not known counts for nothing. */
function environmentBytes(variables: Readonly<Record<string, unknown>>): number {
  return Object.entries(variables)
    .map(([name, value]) => name + (typeof value === "string" ? value : ""))
    .reduce((sum, entry) => sum + Buffer.byteLength(entry), 0);
}
