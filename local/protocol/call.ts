import type { Principal } from "./access.ts";

/** One HTTP request to the endpoint, read whole, with the caller that its signature names. */
export type Call = {
  readonly method: string;
  /** The path as sent, still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The signing name in the credential scope (`sqs`, `sns`, `s3`, ...), or undefined for an unsigned request. */
  readonly service: string | undefined;
  /** Region in the credential scope, else the cloud's own. */
  readonly region: string;
  /** The signer: a role's credentials mean the role, any others the account's owner. */
  readonly principal: Principal;
  /** ARN of the caller, for the trace. */
  readonly callerArn: string;
  /** Aborted when the caller disconnects. */
  readonly signal?: AbortSignal;
  /** To be called when the call begins to wait for the cloud's clock; what it returns, when it goes on. */
  readonly waitForClock?: () => () => void;
};

export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
};

/**
 * One AWS operation, independent of its protocol: it gets the input members by name and returns the output members
 * or throws an `AwsError`.
 */
export type Operation = (
  input: Readonly<Record<string, unknown>>,
  call: Call,
) => Promise<object> | object;

/** The operations of a service by name (`SendMessage`). Any other is rejected as not supported. */
export type Operations = Readonly<Record<string, Operation>>;
