/**
 * Prints what comes within one turn of the event loop at once: under load a write for each line would take more
 * time than the work that the lines are about.
 */
export function printInTurns(write: (text: string) => void): (text: string) => void {
  let waiting = "";
  return (text) => {
    if (waiting === "") {
      setImmediate(() => {
        write(waiting);
        waiting = "";
      });
    }
    waiting += text;
  };
}
