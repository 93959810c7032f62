import type { Field, Fields } from "../../local/provider/declaration/field.ts";
import type { ResourceType } from "../../local/provider/declaration/resourceType.ts";
import { allLookups } from "../../local/provider/lookups/index.ts";
import { allResourceTypes } from "../../local/provider/resourceTypes.ts";

/** docs/resource-types.md: what the local cloud does with each type, input and lookup of the AWS provider. */
export function resourceTypesPage(): string {
  const sorted = [...allResourceTypes].sort((a, b) => (tokenOf(a) < tokenOf(b) ? -1 : 1));
  const emulated = sorted.filter(({ listed }) => listed === undefined);
  const listed = sorted.filter((type) => type.listed !== undefined);
  return `${[
    introduction,
    "## Emulated types",
    ...emulated.map(section),
    "## Listed types",
    "| type | why it has no effect locally |\n| --- | --- |",
  ].join("\n\n")}\n${listed.map(row).join("\n")}\n\n${lookupsSection()}\n`;
}

const introduction = `# Resource types

<!-- Made by \`npm run docs:types\` from local/services/*/resources.ts; do not edit. -->

What the local run does with a resource type, an input or a lookup of the AWS provider:

- **emulated**: it has its effect in the local cloud;
- **listed**: it is accepted, has its effect on AWS only, and is named at the start and in the console.
  \`--strict\` rejects it;
- **rejected**: everything that is not on this page. The error names the type or the path of the input.

A token in parentheses is an older name of the same type.`;

function section(type: ResourceType): string {
  const [own = "", ...others] = type.tokens;
  const names = others.length === 0 ? "" : ` (${others.map((token) => `\`${token}\``).join(", ")})`;
  const paths = pathsIn(type.inputs, "");
  const emulated = paths.filter(({ reason }) => reason === undefined);
  const listed = paths.filter(({ reason }) => reason !== undefined);
  return [
    `### \`${own}\`${names}`,
    `Emulated: ${emulated.map(({ path }) => `\`${path}\``).join(", ")}.`,
    ...(listed.length === 0
      ? []
      : [listed.map(({ path, reason }) => `- listed: \`${path}\`: ${reason}.`).join("\n")]),
  ].join("\n\n");
}

type Path = { readonly path: string; readonly reason: string | undefined };

function pathsIn(fields: Fields, prefix: string): Path[] {
  return Object.entries(fields)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, field]) => pathsOf(field, `${prefix}${name}`));
}

function pathsOf({ form, listed, listedWhere }: Field, path: string): Path[] {
  if (listed !== undefined) {
    const emulated = listedWhere === undefined ? [] : [{ path, reason: undefined }];
    return [...emulated, { path, reason: listed }];
  }
  if (form.kind === "object") return pathsIn(form.fields, `${path}.`);
  if (form.kind === "list" && form.element.form.kind === "object") {
    return pathsOf(form.element, `${path}[]`);
  }
  return [{ path, reason: undefined }];
}

function row(type: ResourceType): string {
  const names = type.tokens.map((token) => `\`${token}\``).join(", ");
  return `| ${names} | ${type.listed ?? ""} |`;
}

function lookupsSection(): string {
  const lines = allLookups.map(({ token, args }) => {
    const names = Object.keys(args).sort();
    return `| \`${token}\` | ${names.map((name) => `\`${name}\``).join(", ")} |`;
  });
  return ["## Lookups", "", "| lookup | arguments |", "| --- | --- |", ...lines.sort()].join("\n");
}

function tokenOf({ tokens: [own = ""] }: ResourceType): string {
  return own;
}
