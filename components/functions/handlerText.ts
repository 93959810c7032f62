import { readFile } from "node:fs/promises";
import * as esbuild from "esbuild";

/** The text of a handler's file as JavaScript, printed by esbuild. */
export async function handlerText(file: string): Promise<string> {
  const [, loader = "js"] = /\.[cm]?([jt]sx?)$/.exec(file) ?? [];
  const { code } = await esbuild.transform(await readFile(file, "utf8"), {
    loader: loader === "ts" || loader === "tsx" || loader === "jsx" ? loader : "js",
    logLevel: "silent",
  });
  return code;
}
