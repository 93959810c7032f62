import type { Principal } from "./access.ts";
import type { FormFields, SignedRequest } from "./authentication/signedRequest.ts";

/** One HTTP request to the endpoint, read whole, with the caller that its signature proves. */
export type Call = SignedRequest & {
  /** The signing name in the credential scope (`sqs`, `sns`, `s3`, ...), or undefined for an unsigned request. */
  readonly service: string | undefined;
  /** The cloud's own, the only one in which calls are accepted. */
  readonly region: string;
  /** The signer, or an anonymous caller. */
  readonly principal: Principal;
  /** ARN of the caller, for the trace. */
  readonly callerArn: string;
  /**
   * Who has signed the policy of a form that the call uploads to S3.
   * @throws AwsError for a signature that is not valid
   */
  readonly signerOfForm?: (policy: string, fields: FormFields) => Principal;
  /** A signal that is aborted when the caller disconnects; made only for calls that wait. */
  readonly hungUp?: () => AbortSignal;
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
