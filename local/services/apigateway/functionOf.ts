/** The function of a URI: its ARN, or the ARN to invoke it through API Gateway. */
export function functionOf(uri: string): string {
  return /\/functions\/(arn:aws:lambda:.+)\/invocations$/.exec(uri)?.[1] ?? uri;
}
