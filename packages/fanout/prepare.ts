import { copyFileSync, rmSync } from "node:fs";
import path from "node:path";

/** Clears what an earlier build left, and puts the licence beside the package. */
const folder = import.meta.dirname;
rmSync(path.join(folder, "dist"), { recursive: true, force: true });
copyFileSync(path.join(folder, "../../LICENSE"), path.join(folder, "LICENSE"));
