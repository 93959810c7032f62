/** What a target of EventBridge gets in place of the event: a template with parts of the event. */
export type EventTransformer = {
  /** Paths in the event by the names of variables: `order` to `$.detail.order`. At most 100. */
  readonly paths: Readonly<Record<string, string>>;
  /** Text with `<order>` for the variables, and `<aws.events.rule-arn>` and its like. */
  readonly template: string;
};

const mostVariables = 100;
const longestTemplate = 8192;

/**
 * Why EventBridge rejects a transformer, or undefined if it does not.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_InputTransformer.html
 */
export function transformerProblem({ paths, template }: EventTransformer): string | undefined {
  const names = Object.keys(paths);
  const reserved = names.find((name) => /^aws/i.test(name));
  if (names.length > mostVariables || reserved !== undefined) {
    return `at most ${mostVariables} variables, whose names do not begin with AWS (given ${reserved ?? names.length})`;
  }
  if (template === "" || template.length > longestTemplate) {
    return `a template of 1 to ${longestTemplate} characters (given ${template.length})`;
  }
  const unknown = variablesIn(template).find(
    (name) => !names.includes(name) && !/^aws\.events\./.test(name),
  );
  return unknown === undefined ? undefined : `the variable <${unknown}> has no path`;
}

function variablesIn(template: string): string[] {
  return [...template.matchAll(/<([\w.-]+)>/g)].flatMap(([, name]) => name ?? []);
}
