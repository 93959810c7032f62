/** https://www.pulumi.com/docs/iac/using-pulumi/extending-pulumi/schema/ */
export type TypeSpec =
  | { readonly type: "string" | "number" | "boolean" }
  | { readonly type: "array"; readonly items: TypeSpec }
  | { readonly type: "object"; readonly additionalProperties: TypeSpec }
  | { readonly $ref: string };

export const anything: TypeSpec = { $ref: "pulumi.json#/Any" };
export const texts: TypeSpec = { type: "object", additionalProperties: { type: "string" } };
export const aText: TypeSpec = { type: "string" };
export const aNumber: TypeSpec = { type: "number" };
export const aFlag: TypeSpec = { type: "boolean" };
export const someTexts: TypeSpec = { type: "array", items: aText };
