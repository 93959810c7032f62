import { formatArn } from "../../../arn.ts";
import type { Cloud } from "../../../cloud.ts";
import {
  anything,
  type Fields,
  region,
  replaces,
  tags,
  text,
} from "../../../provider/declaration/field.ts";
import { listedType, type ResourceType } from "../../../provider/declaration/resourceType.ts";

/** A type that nothing in the local cloud looks at. */
export type OnAwsOnlyType = {
  readonly type: string;
  /** Why it has no effect here. */
  readonly listed: string;
  /** Names of inputs, with spaces between. @default none */
  readonly required?: string;
  /** Names of inputs, with spaces between. @default none */
  readonly optional?: string;
  /** Of the ARN, where there is one: what comes before the resource's id. */
  readonly arn?: { readonly service: string; readonly prefix: string };
  /** Names that AWS gives it, which programs pass on: with `{id}`, `{region}` and `{port}` in them. */
  readonly names?: Readonly<Record<string, string>>;
  /** Of a server: its port where the program gives none. */
  readonly port?: (engine: unknown) => number;
};

/** Declares a type of which every input is taken as it is. */
export function onAwsOnlyType(declared: OnAwsOnlyType): ResourceType {
  const { type, listed, arn, names = {}, port } = declared;
  const required = wordsOf(declared.required);
  const optional = wordsOf(declared.optional);
  const hasPrefix = optional.includes("namePrefix");
  return listedType({
    ...{ type, listed, inputs: fieldsOf({ required, optional }, hasPrefix) },
    ...(optional.includes("name") && {
      name: { input: "name", maximum: 128, ...(hasPrefix && { prefixInput: "namePrefix" }) },
    }),
    computed: [
      ...(arn === undefined ? [] : ["arn"]),
      ...Object.keys(names),
      ...(port ? ["port"] : []),
    ],
    outputs: (cloud, id, { port: own, engine }) => ({
      ...(port && { port: Number(own ?? port(engine)) }),
      ...(arn && { arn: formatArn(arn.service, regionOf(arn.service, cloud), arn.prefix + id) }),
      ...filled(names, {
        ...{ id, region: cloud.region },
        port: String(own ?? port?.(engine) ?? ""),
      }),
    }),
  });
}

/** IAM and budgets have no region. */
function regionOf(service: string, { region: own }: Cloud): string {
  return service === "iam" || service === "budgets" ? "" : own;
}

function filled(
  names: Readonly<Record<string, string>>,
  values: { id: string; region: string; port: string },
) {
  return Object.fromEntries(
    Object.entries(names).map(([name, pattern]) => [
      name,
      pattern
        .replaceAll("{id}", values.id)
        .replaceAll("{region}", values.region)
        .replaceAll("{port}", values.port),
    ]),
  );
}

function wordsOf(text = ""): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

type Named = { readonly required: readonly string[]; readonly optional: readonly string[] };

function fieldsOf({ required: needed, optional }: Named, hasPrefix: boolean): Fields {
  const fields: Fields = Object.fromEntries([
    ...needed.map((name) => [name, anything({ required: true })]),
    ...optional.map((name) => [name, anything({ computed: true })]),
  ]);
  return {
    ...fields,
    ...(optional.includes("region") && { region }),
    ...(optional.includes("tags") && { tags }),
    ...(optional.includes("name") && {
      name: text(hasPrefix ? { replaces: true, conflicts: ["namePrefix"] } : replaces),
    }),
    ...(hasPrefix && { namePrefix: text(replaces) }),
  };
}
