import type { Socket } from "node:net";
import { Worker } from "node:worker_threads";

/** The file descriptor of the child that nothing is ever written to: it closes with the parent. */
const lifelineDescriptor = 4;

/**
 * Ends this process as soon as the local cloud has ended, even by a kill. It watches from
 * a thread of its own, so that even a handler in an endless loop does not outlive its cloud.
 */
export function endWithParent(): void {
  const watch = `(${watchLifeline.toString()})(require("node:net").Socket, ${lifelineDescriptor})`;
  new Worker(watch, { eval: true, execArgv: [], env: {} }).unref();
}

/** Runs in the thread, as text: it must not use anything but its parameters. */
function watchLifeline(SocketClass: typeof Socket, fd: number): void {
  const end = () => process.kill(process.pid, "SIGKILL");
  new SocketClass({ fd, readable: true, writable: false }).on("end", end).on("error", end).resume();
}
