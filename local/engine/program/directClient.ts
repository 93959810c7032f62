import * as grpc from "@grpc/grpc-js";

type Callback = (error: grpc.ServiceError | null, response?: unknown) => void;

/** What the SDK takes for a gRPC client. */
export type Client = Readonly<Record<string, (request: unknown, callback: Callback) => void>>;

/**
 * Lets the SDK call services of this process without a connection. Once it is stopped, the services are not
 * reached any more: nothing of a program that has failed comes later.
 */
export class DirectCalls {
  #pending = 0;
  #isStopped = false;
  readonly #drained = Promise.withResolvers<void>();

  /** @param afterStop what becomes of calls then; the SDK waits for its log, and for nothing else */
  client(service: grpc.UntypedServiceImplementation, afterStop: "wait" | "succeed"): Client {
    const call = (handler: grpc.UntypedHandleCall) => (request: unknown, callback: Callback) => {
      if (!this.#isStopped) this.#call(handler, request, callback);
      else if (afterStop === "succeed") callback(null);
    };
    return Object.fromEntries([
      ["close", () => {}],
      ...Object.entries(service).map(([method, handler]) => [method, call(handler)]),
    ]);
  }

  /** @returns resolves when the calls that are pending have been answered */
  stop(): Promise<void> {
    this.#isStopped = true;
    this.#settle();
    return this.#drained.promise;
  }

  #call(handler: grpc.UntypedHandleCall, request: unknown, callback: Callback): void {
    this.#pending++;
    const done = (error: Partial<grpc.StatusObject> | null, response?: unknown) => {
      this.#pending--;
      callback(error === null ? null : serviceError(error), response);
      this.#settle();
    };
    Reflect.apply(handler, undefined, [{ request }, done]);
  }

  #settle(): void {
    if (this.#isStopped && this.#pending === 0) this.#drained.resolve();
  }
}

function serviceError({ code = grpc.status.UNKNOWN, details = "" }: Partial<grpc.StatusObject>) {
  const error = new Error(`${code} ${grpc.status[code]}: ${details}`);
  return Object.assign(error, { code, details, metadata: new grpc.Metadata() });
}
