import * as grpc from "@grpc/grpc-js";

/** An error of a call with gRPC's code for it. */
export class CallError extends Error {
  readonly code: grpc.status;

  constructor(code: grpc.status, message: string) {
    super(message);
    this.code = code;
  }
}

/** The deployment has ended with an error, which was reported; the SDK ends the program without another. */
export function shutDown(): CallError {
  return new CallError(grpc.status.UNAVAILABLE, "resource monitor shut down");
}

/** A call with one request and one answer; what is thrown becomes the call's failure. */
export function unary<Request, Response>(
  answer: (request: Request) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return ({ request }, callback) => {
    answered(answer, request).then(
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
  answer: (request: Request) => Response | Promise<Response>,
  request: Request,
): Promise<Response> {
  return answer(request);
}
