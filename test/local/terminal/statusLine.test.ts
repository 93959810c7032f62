import { expect } from "chai";
import { StatusLine } from "../../../local/terminal/statusLine.ts";
import { waitFor } from "../../../local/terminal/waiting.ts";

function screen(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, columns: 10, written, write: (text: string) => written.push(text) };
}

describe("the status line of a terminal", () => {
  it("stays below what is printed, and never breaks", () => {
    const terminal = screen(true);
    const status = new StatusLine(terminal);
    status.set("1 event · 2 failing");
    status.set("1 event · 2 failing");
    status.print("a hop");
    status.clear();
    expect(terminal.written).to.deep.equal(["1 event ·", "\r\x1b[2Ka hop\n1 event ·", "\r\x1b[2K"]);
  });

  it("is not shown where there is no terminal: lines alone are printed", async () => {
    const file = screen(false);
    const status = new StatusLine(file);
    status.set("1 event");
    status.print("a hop");
    expect(file.written).to.deep.equal(["a hop\n"]);
    const notes: string[] = [];
    const note = (line: string) => notes.push(line);
    expect(await waitFor(Promise.resolve(1), "Waiting", status, note)).to.equal(1);
    expect(notes).to.deep.equal([]);
  });
});
