import { isObject } from "../../../aws/isObject.ts";
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
    const statements = isObject(document) ? [document.Statement].flat() : [];
    return statements
      .filter(isObject)
      .map((statement) => ({ where: `${urn} ${input} ${statement.Sid}`, statement }));
  });
}
