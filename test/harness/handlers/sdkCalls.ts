import { S3Client } from "@aws-sdk/client-s3";

/** The class of an SDK command, as far as its input and output go. */
type CommandClass<Input, Output> = new (
  input: Input,
) => {
  readonly input: Input;
  resolveMiddleware(...rest: never[]): (rest: never) => Promise<{ readonly output: Output }>;
};

type Answer<Input, Output> = (
  input: Input,
) => Omit<Output, "$metadata"> | Promise<Omit<Output, "$metadata">>;

type Send = (this: unknown, command: { readonly input: unknown }) => Promise<unknown>;

/** Every client of the SDK inherits from one class, and sends through it. */
const everyClient: { send: Send } = Object.getPrototypeOf(S3Client.prototype);

/**
 * Answers the calls that SDK clients make, in place of the network. While it is in use, a call that
 * nothing answers fails, unless it may go through.
 */
export class SdkCalls {
  /** Every call so far: the command's name and its input. */
  readonly made: { readonly command: string; readonly input: unknown }[] = [];
  readonly #answers = new Map<unknown, (input: unknown) => unknown>();
  readonly #send = everyClient.send;

  on<Input, Output>(command: CommandClass<Input, Output>, answer: Answer<Input, Output>): this {
    this.#answers.set(command, (input) => answer(input as Input));
    return this;
  }

  /** Takes the network's place, until `stop`. */
  start(options: { readonly othersGoThrough?: boolean } = {}): void {
    const calls = this;
    everyClient.send = async function send(command) {
      calls.made.push({ command: command.constructor.name, input: command.input });
      const answer = calls.#answers.get(command.constructor);
      if (answer) return answer(command.input);
      if (options.othersGoThrough) return calls.#send.call(this, command);
      throw new Error(`nothing answers ${command.constructor.name}`);
    };
  }

  stop(): void {
    everyClient.send = this.#send;
  }

  /** The inputs of all calls of one command. */
  of<Input, Output>(command: CommandClass<Input, Output>): Input[] {
    const named = this.made.filter((call) => call.command === command.name);
    return named.map(({ input }) => input as Input);
  }
}
