import { copyFileSync, rmSync } from "node:fs";
import path from "node:path";

/** Deletes the output of an earlier build, and copies the licence into the package. */
const folder = import.meta.dirname;
rmSync(path.join(folder, "dist"), { recursive: true, force: true });
copyFileSync(path.join(folder, "../../LICENSE"), path.join(folder, "LICENSE"));
