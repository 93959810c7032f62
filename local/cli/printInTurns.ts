/**
 * Prints the lines of one turn of the event loop at once: under load a write for each would take more time than
 * the work that they are about.
 */
export function printInTurns(print: (lines: string) => void): (line: string) => void {
  let waiting: string[] = [];
  return (line) => {
    if (waiting.length === 0) {
      setImmediate(() => {
        const lines = waiting.join("\n");
        waiting = [];
        print(lines);
      });
    }
    waiting.push(line);
  };
}
