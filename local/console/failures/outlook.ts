/** How a branch of an event goes on. */
export type Progress = {
  readonly tries: number;
  /** After so many tries it is given up; absent where that is not known. */
  readonly mostTries?: number;
  /** Cloud time of the next try in milliseconds; absent where none comes, or it is not known. */
  readonly nextAt?: number;
};

/** Why a message waits in its queue. */
export type Waiting = {
  /** An earlier message of its FIFO group, which has to be dealt with first. */
  readonly behind?: { readonly event: string; readonly group: string };
  /** Cloud time in milliseconds until which it is delayed. */
  readonly delayedUntil?: number;
  /** Nothing reads the queue: its event source mapping is disabled, or a fault pauses its function. */
  readonly paused?: boolean;
  /** The queue's function is a container image, which the local cloud does not run. */
  readonly notRunHere?: boolean;
};
