/** How a test's local cloud is started. */
export type TestCloudOptions = {
  /**
   * Folder of the Pulumi program: that of its `Pulumi.yaml`, or one below. The program runs in a process of its own,
   * as `pulumi up` starts it, with whatever TypeScript set-up it has.
   *
   * With `program`, the folder only names the project and the stacks' files.
   *
   * @default the working directory; for a `program`, a project without files
   */
  readonly directory?: string;
  /** @default `dev`, or the only stack that has a file */
  readonly stack?: string;
  /**
   * Settings over those of the stack's file, such as `{ "aws:region": "eu-west-1" }`. A key without a namespace
   * belongs to the project. Lists and objects become JSON, as `pulumi config set --path` makes them.
   *
   * @default none
   */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Cloud time at the start. @default 1 January 2026, UTC */
  readonly startTime?: Date;
  /** Port of the endpoint on loopback. @default any free one */
  readonly port?: number;
  /** Whether policies are enforced; without them every call is allowed. @default true */
  readonly permissions?: boolean;
  /** Whether inputs and types that have their effect on AWS only are rejected. @default false */
  readonly strict?: boolean;
  /** Whether standard queues deliver out of order, and some messages twice, as AWS may. @default false */
  readonly chaos?: boolean;
  /**
   * Whether handlers that exceed their timeout are ended. It is measured on the machine's clock, so a slow machine
   * may end a handler that is right; `faults.delay` makes a function time out on the test's clock.
   *
   * @default false
   */
  readonly handlerTimeouts?: boolean;
  /** Receives what handlers print, and Lambda's own lines. @default ignored */
  readonly onLog?: (entry: { readonly functionName: string; readonly text: string }) => void;
  /** Receives what a program in a process of its own prints. @default printed */
  readonly onOutput?: (stream: "stdout" | "stderr", text: string) => void;
};

/** A program as a function. */
export type InlineProgram<Outputs> = {
  /**
   * Registers resources, and returns the stack's outputs. It runs in this process, like an inline program of Pulumi's
   * Automation API: relative paths start from the working directory.
   *
   * A module runs only when it is imported first: `() => import("../index.js")` serves one test cloud for each process.
   */
  readonly program: () => Outputs | Promise<Outputs>;
};
