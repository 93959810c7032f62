import * as pulumi from "@pulumi/pulumi";
import { functionNameProblem } from "../../aws/resourceNames.ts";
import { tagAlphabet } from "../../aws/tags.ts";
import { autoNameSuffixLength } from "../childNames.ts";
import { programFolder } from "../functions/programFolder.ts";
import type { HandlerFunctionArgs } from "../handlerArgs.ts";
import { formProblem, region } from "./addresses.ts";
import { filesIn } from "./filesIn.ts";
import type { HandlerFacts } from "./handlerFacts.ts";
import { handlerRules } from "./handlerRules.ts";
import { handlerFunctionSchema } from "./handlerSchema.ts";
import { containsOutput } from "./outputs.ts";
import { type Problem, show } from "./problem.ts";
import { checkedPart, error, report, reportNew, violations } from "./report.ts";
import type { Rule } from "./rule.ts";
import { tagProblems } from "./tagRules.ts";

/** The subject of rules about a HandlerFunction. */
export type HandlerFunctionFacts = HandlerFacts & {
  readonly name: string;
  readonly args: HandlerFunctionArgs;
};

export const handlerFunctionRules: readonly Rule<HandlerFunctionFacts>[] = [
  {
    about: "name",
    rule: "letters, digits, - and _; at most 56: Lambda and IAM allow 64, and Pulumi adds 8",
    severity: "error",
    source: "https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html",
    check: ({ name }) => {
      const problem = functionNameProblem(name + "-".padEnd(autoNameSuffixLength, "0"));
      return problem === undefined
        ? undefined
        : `the name may have only letters, digits, - and _, at most 56 (given ${show(name)})`;
    },
  },
  {
    about: "description",
    rule: "at most 256 characters of Latin-1, without control characters",
    severity: "error",
    source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html",
    check: ({ args: { description } }) =>
      /^[\u0020-\u007E\u00A1-\u00FF]{0,256}$/.test(description)
        ? undefined
        : `description may have at most 256 characters of Latin-1, in one line (given ${show(description)})`,
  },
  {
    about: "region",
    rule: region.what,
    severity: "error",
    source: "https://docs.aws.amazon.com/general/latest/gr/lambda-service.html",
    check: ({ args }) => formProblem("region", region, args.region),
  },
  {
    about: "tags",
    rule: `at most 50, with keys and values of ${tagAlphabet}`,
    severity: "error",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html",
    check: ({ args }) => tagProblems(args.tags ?? {}),
  },
  ...handlerRules,
];

/**
 * Checks the arguments of a HandlerFunction before any resource is created. Outputs are checked when their
 * values are known.
 *
 * @throws RunError with a line for each problem
 */
export function checkHandlerFunction(name: string, args: HandlerFunctionArgs): void {
  const component = `HandlerFunction "${name}"`;
  // Later the program is no longer on the call stack, which may determine its folder.
  const isFile = filesIn(programFolder());
  const problems = handlerFunctionProblems(name, args, isFile);
  report(component, problems);
  pulumi.output(args).apply((resolved) => {
    const later = handlerFunctionProblems(name, resolved, isFile);
    reportNew(component, later, problems);
  });
}

function handlerFunctionProblems(
  name: string,
  args: HandlerFunctionArgs,
  isFile: (entry: string) => boolean,
): readonly Problem[] {
  if (containsOutput(name)) {
    return [error("", "the name contains an Output as text, which is not its value")];
  }
  return checkedPart("", handlerFunctionSchema, args, () => {
    const { handler } = args;
    const entryFound = handler.entry !== undefined && isFile(handler.entry);
    const facts = { name, args, handler, entryFound, addedVariables: {} };
    return violations(handlerFunctionRules, "", facts);
  }).problems;
}
