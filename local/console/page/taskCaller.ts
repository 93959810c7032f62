/** Calls work as a task of its own. Unlike a timer it does not wait for long, not even in a page that is hidden. */
export function taskCaller(): (work: () => void) => void {
  const { port1, port2 } = new MessageChannel();
  const works: (() => void)[] = [];
  port1.onmessage = () => works.shift()?.();
  return (work) => {
    works.push(work);
    port2.postMessage(undefined);
  };
}
