/** As the AWS provider, which asks for a region; a local run has one to fall back to. */
const defaultRegion = "us-east-1";

/**
 * The region of a stack: `aws:region`, or what the environment says, as for the AWS provider and the SDKs.
 *
 * @param config of the stack, by full key
 * @default us-east-1
 */
export function regionOf(
  config: Readonly<Record<string, string>>,
  environment: NodeJS.ProcessEnv = process.env,
): string {
  const { AWS_REGION, AWS_DEFAULT_REGION } = environment;
  return config["aws:region"] || AWS_REGION || AWS_DEFAULT_REGION || defaultRegion;
}
