/** Why no thumbnail can be made of some bytes. Trying again does not change it. */
export type UnusableReason = "not an image" | "cannot be decoded" | "too large";

export class UnusableImage extends Error {
  override readonly name = "UnusableImage";
  readonly reason: UnusableReason;

  constructor(reason: UnusableReason, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.reason = reason;
  }
}
