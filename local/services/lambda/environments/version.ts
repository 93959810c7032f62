/**
 * A function's code and settings, fixed: every environment runs exactly one version, and a change of
 * the function makes a new one.
 */
export type FunctionVersion = {
  readonly functionArn: string;
  readonly functionName: string;
  readonly runtime: string;
  /** `path/to/file.export`, in `codeDirectory`. */
  readonly handler: string;
  readonly codeDirectory: string;
  /** What Lambda has at `/opt`; absent for a function without layers. */
  readonly layerDirectory?: string | undefined;
  /** Of the program that made the function. */
  readonly programDirectory?: string | undefined;
  /** 128 to 10,240. */
  readonly memoryMb: number;
  /** 1 to 900. */
  readonly timeoutSeconds: number;
  readonly roleArn: string;
  readonly environment: Readonly<Record<string, string>>;
};

/** Credentials of a function's role, as the SDK reads them from the environment. */
export type Credentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
};
