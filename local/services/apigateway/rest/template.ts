import { notSupported } from "../../../protocol/awsError.ts";

/** What a mapping template may refer to. */
export type TemplateScope = {
  readonly body: string;
  /** `$input.params("name")`: of the path, the query or the headers, in this order. */
  readonly parameter: (name: string) => string | undefined;
  readonly context: Readonly<Record<string, string>>;
  readonly stageVariables: Readonly<Record<string, string>>;
};

const reference = /\$(?:util|input|context|stageVariables)\b[\w.]*/;

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
  const expanded = expand(template, {
    body: "{}",
    parameter: () => "",
    context: {},
    stageVariables: {},
  });
  const left = reference.exec(expanded)?.[0];
  if (left !== undefined) throw notSupported(`${left} in a mapping template`);
}

/** The template with its references replaced; one to what does not exist is replaced by nothing. */
export function expand(template: string, scope: TemplateScope): string {
  const inner = template.replace(
    /\$util\.(escapeJavaScript|urlEncode|base64Encode)\(\s*((?:[^()]|\([^()]*\))*)\)/g,
    (_all, name: string, argument: string) => utilities[name]?.(expand(argument, scope)) ?? "",
  );
  return inner
    .replace(/\$input\.body\b/g, () => scope.body)
    .replace(/\$input\.json\(\s*['"]\$([^'"]*)['"]\s*\)/g, (_all, path: string) =>
      JSON.stringify(valueAt(scope.body, path)),
    )
    .replace(/\$input\.path\(\s*['"]\$([^'"]*)['"]\s*\)/g, (_all, path: string) =>
      textOf(valueAt(scope.body, path)),
    )
    .replace(
      /\$input\.params\(\s*['"]([^'"]*)['"]\s*\)/g,
      (_all, name: string) => scope.parameter(name) ?? "",
    )
    .replace(/\$context\.([\w.]*\w)/g, (_all, name: string) => scope.context[name] ?? "")
    .replace(/\$stageVariables\.(\w+)/g, (_all, name: string) => scope.stageVariables[name] ?? "");
}

const utilities: Readonly<Record<string, (text: string) => string>> = {
  // As Apache Commons does, which API Gateway uses: single quotes as well.
  escapeJavaScript: (text) => JSON.stringify(text).slice(1, -1).replaceAll("'", "\\'"),
  urlEncode: (text) => encodeURIComponent(text),
  base64Encode: (text) => Buffer.from(text).toString("base64"),
};

/** @param path `.orders[0].sku`, or nothing for the whole body */
function valueAt(body: string, path: string): unknown {
  let value: unknown = parsed(body);
  for (const [, name, index] of path.matchAll(/\.([\w-]+)|\[(\d+)\]/g)) {
    if (typeof value !== "object" || value === null) return "";
    value = Reflect.get(value, name ?? index ?? "");
  }
  return value ?? "";
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
