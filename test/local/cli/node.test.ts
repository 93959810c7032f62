import { expect } from "chai";
import { findUsableNode } from "../../../local/cli/node.ts";

describe("the Node of the command", () => {
  it("is that of the process if it is Lambda's or later", () => {
    for (const version of ["24.0.0", "25.1.0"]) {
      expect(findUsableNode(version), version).to.equal(process.execPath);
    }
  });

  it("is that of the package if that of the process is older", () => {
    expect(findUsableNode("22.18.0", () => "/bundled/node")).to.equal("/bundled/node");
  });

  it("is, without one from the package, that of the process from 22.13 on", () => {
    const none = () => undefined;
    const usable = ["22.13.0", "22.18.0", "23.4.0", "23.11.1"];
    const tooOld = ["18.20.0", "20.20.2", "22.12.0", "23.3.0"];
    for (const version of usable)
      expect(findUsableNode(version, none), version).to.equal(process.execPath);
    for (const version of tooOld)
      expect(findUsableNode(version, none), version).to.equal(undefined);
  });
});
