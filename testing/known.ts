import * as pulumi from "@pulumi/pulumi";

/**
 * The value of an Output in a unit test, with all Outputs inside.
 *
 * @throws what the Output failed with, which Pulumi's `apply` would only report as an unhandled rejection
 */
export async function known<T>(value: pulumi.Input<T>): Promise<pulumi.Unwrap<T>> {
  const output = pulumi.output(value);
  if (!hasPromise(output))
    throw new Error("this version of @pulumi/pulumi hides an Output's promise");
  return output.promise();
}

/** The promise is not in Pulumi's declarations. */
function hasPromise<T>(
  output: pulumi.Output<T>,
): output is pulumi.Output<T> & { promise(): Promise<T> } {
  return "promise" in output && typeof output.promise === "function";
}
