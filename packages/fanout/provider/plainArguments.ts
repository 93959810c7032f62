import * as pulumi from "@pulumi/pulumi";

/** By name of the argument; `plain` arguments may not be Outputs. */
export type InputSchemas = Readonly<Record<string, { readonly plain?: boolean }>>;

/**
 * Arguments as a component takes them. An SDK that sends dependencies beside a value, and not Outputs within it,
 * makes the whole argument an Output: plain arguments are read from it.
 *
 * @param component what errors call it, such as `FanoutTopic "orders"`
 * @throws RunError if a plain argument is a secret, or not known before the deployment
 */
export async function plainArguments(
  component: string,
  inputs: pulumi.Inputs,
  schemas: InputSchemas,
): Promise<Record<string, unknown>> {
  const entries = Object.entries(inputs).map(async ([name, value]: [string, unknown]) => {
    const isPlain = schemas[name]?.plain === true;
    return [name, isPlain ? await plainValue(`${component}: ${name}`, value) : value];
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function plainValue(where: string, value: unknown): Promise<unknown> {
  if (!pulumi.Output.isInstance(value)) return value;
  if (await pulumi.isSecret(pulumi.output(value))) {
    throw new pulumi.RunError(
      `${where} is secret as a whole, and decides which resources exist; mark only the values in it that are secret`,
    );
  }
  const known: unknown = await pulumi.runtime.serializeProperty(where, value);
  if (known === pulumi.runtime.unknownValue) {
    throw new pulumi.RunError(
      `${where} is not known before the deployment, and decides which resources exist; use a plain value, with Outputs only in the fields that take them`,
    );
  }
  return known;
}
