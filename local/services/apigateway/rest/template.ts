import { notSupported } from "../../../protocol/awsError.ts";
import { memberAt } from "../../../protocol/memberAt.ts";

/** What a mapping template may refer to. */
export type TemplateScope = {
  readonly body: string;
  /** `$input.params("name")`: of the path, the query or the headers, in this order. */
  readonly parameter: (name: string) => string | undefined;
  readonly context: Readonly<Record<string, string>>;
  readonly stageVariables: Readonly<Record<string, string>>;
};

/** The references that `expand` replaces: to all kinds at once, so that no value is taken for a template. */
const references = new RegExp(
  [
    /\$util\.(?<utility>escapeJavaScript|urlEncode|base64Encode)\(\s*(?<argument>(?:[^()]|\([^()]*\))*)\)/,
    /\$input\.(?<reader>json|path)\(\s*['"]\$(?<path>[^'"]*)['"]\s*\)/,
    /\$input\.params\(\s*['"](?<parameter>[^'"]*)['"]\s*\)/,
    /\$context\.(?<context>[\w.]*\w)/,
    /\$stageVariables\.(?<variable>\w+)/,
    /\$input\.body\b/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
);

/** What a reference consists of; of `$input.body` there is nothing more. */
type Reference = {
  readonly utility?: string;
  /** A template of its own. */
  readonly argument?: string;
  readonly reader?: "json" | "path";
  readonly path?: string;
  readonly parameter?: string;
  readonly context?: string;
  readonly variable?: string;
};

const anyReference = /\$(?:util|input|context|stageVariables)\b[\w.]*/;

/**
 * Rejects what the local cloud cannot do of the Velocity Template Language: directives, variables of the
 * template's own, functions besides those of `expand`.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 *
 * @throws AwsError NotImplemented
 */
export function checkTemplate(template: string): void {
  const directive = /#(set|if|foreach|else|end|macro)\b/.exec(template)?.[0];
  if (directive !== undefined) throw notSupported(`${directive} in a mapping template`);
  const left = anyReference.exec(withoutKnown(template))?.[0];
  if (left !== undefined) throw notSupported(`${left} in a mapping template`);
}

function withoutKnown(template: string): string {
  return replaceReferences(template, ({ argument = "" }) => ` ${withoutKnown(argument)} `);
}

/** The template with its references replaced; one to what does not exist is replaced by nothing. */
export function expand(template: string, scope: TemplateScope): string {
  return replaceReferences(template, (reference) => replacement(reference, scope));
}

function replaceReferences(template: string, replace: (reference: Reference) => string): string {
  return template.replace(references, (...found) => {
    const groups: Reference = found.at(-1);
    return replace(groups);
  });
}

function replacement(reference: Reference, scope: TemplateScope): string {
  const { utility, argument = "", reader, path = "", parameter, context, variable } = reference;
  if (utility !== undefined) return utilities[utility]?.(expand(argument, scope)) ?? "";
  if (reader === "json") return JSON.stringify(valueAt(scope.body, path));
  if (reader === "path") return textOf(valueAt(scope.body, path));
  if (parameter !== undefined) return scope.parameter(parameter) ?? "";
  if (context !== undefined) return textOf(memberAt(scope.context, [context]) ?? "");
  if (variable !== undefined) return textOf(memberAt(scope.stageVariables, [variable]) ?? "");
  return scope.body;
}

const utilities: Readonly<Record<string, (text: string) => string>> = {
  // As Apache Commons does, which API Gateway uses: single quotes as well.
  escapeJavaScript: (text) => JSON.stringify(text).slice(1, -1).replaceAll("'", "\\'"),
  urlEncode: (text) => encodeURIComponent(text),
  base64Encode: (text) => Buffer.from(text).toString("base64"),
};

/** @param path `.orders[0].sku`, or nothing for the whole body */
function valueAt(body: string, path: string): unknown {
  const names = [...path.matchAll(/\.([\w-]+)|\[(\d+)\]/g)];
  return (
    memberAt(
      parsed(body),
      names.map(([, name, index]) => name ?? index ?? ""),
    ) ?? ""
  );
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body === "" ? "{}" : body);
  } catch {
    // A body that is no JSON is a text to a template.
    return body;
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
