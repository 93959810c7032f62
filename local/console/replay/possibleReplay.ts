/** Whether a queue's messages can be brought again to whom they were meant for. */
export type Replay =
  | { readonly possible: true; readonly to: string }
  | { readonly possible: false; readonly reason: string };
