import { asSection, type Section } from "./section.ts";

/** The type of a setting that `Pulumi.yaml` declares: `{ type: array, items: { type: string } }`. */
export type ConfigType = { readonly type: string; readonly items: ConfigType | undefined };

export function declaredType(declaration: Section): ConfigType | undefined {
  if (typeof declaration.type !== "string") return undefined;
  return { type: declaration.type, items: declaredType(asSection(declaration.items)) };
}

/** @throws Error with the CLI's words when a value is not of its type */
export function assertType(stack: string, key: string, type: ConfigType, value: unknown): void {
  if (isOfType(type, value)) return;
  throw new Error(
    `Stack '${stack}' with configuration key '${key}' must be of type '${describe(type)}'`,
  );
}

/** Texts pass for numbers and booleans that they spell, because the CLI stores them so. */
function isOfType({ type, items }: ConfigType, value: unknown): boolean {
  switch (type) {
    case "string":
      return typeof value !== "object";
    case "integer":
      return Number.isInteger(typeof value === "string" && value !== "" ? Number(value) : value);
    case "boolean":
      return typeof value === "boolean" || value === "true" || value === "false";
    case "array":
      return Array.isArray(value) && value.every((each) => !items || isOfType(items, each));
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    default:
      return true;
  }
}

function describe({ type, items }: ConfigType): string {
  return items === undefined ? type : `${type}<${describe(items)}>`;
}
