import type { Registration } from "./registration.ts";

export type FoundStatement = {
  /** Which resource's policy it is in. */
  readonly where: string;
  readonly statement: Readonly<Record<string, unknown>>;
};

/** Every statement of every policy document among a resource's inputs. */
export function statementsOf({ urn, inputs }: Registration): FoundStatement[] {
  return ["policy", "assumeRolePolicy"].flatMap((input) => {
    const text = inputs[input];
    if (typeof text !== "string") return [];
    const document: unknown = JSON.parse(text);
    const statements = isRecord(document) ? [document.Statement].flat() : [];
    return statements
      .filter(isRecord)
      .map((statement) => ({ where: `${urn} ${input} ${statement.Sid}`, statement }));
  });
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
