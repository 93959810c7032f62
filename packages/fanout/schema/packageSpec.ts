/** The part of Pulumi's schema that the package uses. https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/ */
export type TypeSpec = {
  readonly type?: "string" | "integer" | "boolean" | "array" | "object";
  readonly $ref?: string;
  readonly items?: TypeSpec;
  readonly additionalProperties?: TypeSpec;
  readonly oneOf?: readonly TypeSpec[];
  /** Whether the value may not be an Output. */
  readonly plain?: true;
};

export type PropertySpec = TypeSpec & { readonly description?: string };

export type ObjectSpec = {
  readonly type: "object";
  readonly description?: string;
  readonly properties: Readonly<Record<string, PropertySpec>>;
  readonly required?: readonly string[];
};

export type ComponentSpec = {
  readonly isComponent: true;
  readonly description: string;
  readonly inputProperties: Readonly<Record<string, PropertySpec>>;
  readonly requiredInputs?: readonly string[];
  readonly properties: Readonly<Record<string, PropertySpec>>;
  readonly required: readonly string[];
};

export type PackageSpec = {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly license: string;
  readonly types: Readonly<Record<string, ObjectSpec>>;
  readonly resources: Readonly<Record<string, ComponentSpec>>;
  readonly language: Readonly<Record<string, object>>;
};
