import * as grpc from "@grpc/grpc-js";

/** An error of a call with gRPC's code for it. */
export class CallError extends Error {
  readonly code: grpc.status;

  constructor(code: grpc.status, message: string) {
    super(message);
    this.code = code;
  }
}

/** Answers one request; what it throws becomes the call's failure. */
type Answer<Request, Response> = (
  request: Request,
  call: grpc.ServerUnaryCall<Request, Response>,
) => Response | Promise<Response>;

/** A call with one request and one answer. */
export function unary<Request, Response>(
  answer: Answer<Request, Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    answered(answer, call).then(
      (response) => callback(null, response),
      (error: unknown) =>
        callback({
          code: error instanceof CallError ? error.code : grpc.status.UNKNOWN,
          details: error instanceof Error ? error.message : String(error),
        }),
    );
  };
}

/** What is thrown before the first wait is a failure like any other. */
async function answered<Request, Response>(
  answer: Answer<Request, Response>,
  call: grpc.ServerUnaryCall<Request, Response>,
): Promise<Response> {
  return answer(call.request, call);
}
