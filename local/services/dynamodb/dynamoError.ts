import { AwsError } from "../../protocol/awsError.ts";

/** An error of DynamoDB's, with the members that it has besides its message (`CancellationReasons`, `Item`). */
export class DynamoError extends AwsError {
  readonly details: Readonly<Record<string, unknown>>;
  /** What stands before the `#` in the error's `__type`. */
  readonly namespace: string;

  constructor(
    code: string,
    message: string,
    options: {
      status?: number;
      details?: Readonly<Record<string, unknown>>;
      namespace?: string;
    } = {},
  ) {
    super(code, message, options);
    this.details = options.details ?? {};
    this.namespace = options.namespace ?? "com.amazonaws.dynamodb.v20120810";
  }
}

export function validationError(message: string): DynamoError {
  return new DynamoError("ValidationException", message, {
    namespace: "com.amazon.coral.validate",
  });
}
