import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AliasArgs } from "../handlerArgs.ts";

const aliasName = "live";

/** The alias of the newest version, of which an earlier one may have a share. */
export function createAlias(
  name: string,
  { provisionedConcurrency, previous }: AliasArgs,
  { name: functionName, version }: aws.lambda.Function,
  region: pulumi.Input<string> | undefined,
  opts: pulumi.CustomResourceOptions,
): aws.lambda.Alias {
  const weights =
    previous &&
    pulumi.output(previous.version).apply((number) => ({
      [number]: previous.percent / 100,
    }));
  const alias = new aws.lambda.Alias(
    name,
    {
      name: aliasName,
      functionName,
      functionVersion: version,
      routingConfig: weights && { additionalVersionWeights: weights },
      region,
    },
    opts,
  );
  if (provisionedConcurrency !== undefined) {
    new aws.lambda.ProvisionedConcurrencyConfig(
      name,
      {
        functionName,
        qualifier: alias.name,
        provisionedConcurrentExecutions: provisionedConcurrency,
        region,
      },
      opts,
    );
  }
  return alias;
}
