/** Something that a program configures and that takes effect on AWS only. */
export type Listed = {
  /** Pulumi's token. */
  readonly type: string;
  /** The resource's logical name. */
  readonly name: string;
  /** The path of the input; absent when the whole type is only listed. */
  readonly input?: string;
  readonly reason: string;
};
